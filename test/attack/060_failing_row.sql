-- Errors that print the failing row: a change of an unmasked column breaks a constraint.
--! writes
--@ agent
\echo ## CHECK
UPDATE customers SET calls = -1 WHERE id = 1;
\echo ## NOT NULL
UPDATE customers SET status = NULL WHERE id = 2;
\echo ## deferrable unique key, at the end of the statement
UPDATE customers SET code = 11 WHERE id = 2;
UPDATE customers SET status = NULL;
\echo ## caught, with its detail
DO $$ DECLARE d text; BEGIN UPDATE customers SET calls = -1 WHERE id = 1;
	EXCEPTION WHEN check_violation THEN GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL; RAISE NOTICE 'caught %', d; END $$;
\echo ## ON CONFLICT
INSERT INTO customers (id, calls) VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET calls = -5;
\echo ## MERGE
MERGE INTO customers c USING (VALUES (1)) v (id) ON c.id = v.id WHEN MATCHED THEN UPDATE SET status = NULL;
\echo ## view
UPDATE customer_list SET status = NULL WHERE id = 2;
\echo ## view of his own with a check
CREATE VIEW mine AS SELECT * FROM customers WHERE calls < 5 WITH CHECK OPTION;
UPDATE mine SET calls = 9 WHERE id = 1;
\echo ## prepared
PREPARE p AS UPDATE customers SET calls = -1 WHERE id = $1;
EXECUTE p (1);
\echo ## in a CTE
WITH u AS (UPDATE customers SET calls = -1 RETURNING id) SELECT * FROM u;
\echo ## EXPLAIN ANALYZE
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) UPDATE customers SET calls = -1 WHERE id = 1;
\echo ## in a function
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'UPDATE customers SET status = NULL WHERE id = 1';
SELECT f();

-- Promise: the result of a masked statement has the typmods that its columns
-- have, so that what keeps its rows (EXECUTE, RETURN QUERY, tuplestores of any
-- kind) takes them; and the index on a mask serves all the same.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
SELECT ccpii.mask_role('regress_ccpii_reader');
CREATE SCHEMA regress_ccpii_result;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_result TO PUBLIC;
SET search_path = regress_ccpii_result;
CREATE TABLE customers (id int PRIMARY KEY, name ccpii.masked_text(name), code varchar(12), day timestamptz(0));
INSERT INTO customers
	SELECT n, 'Customer ' || n, 'code-' || n, '2024-05-17' FROM generate_series(1, 2000) AS n;
CREATE INDEX by_mask ON customers (ccpii.masked(name));
ANALYZE customers;
SECURITY LABEL FOR ccpii ON COLUMN customers.code IS $$MASKED AS partial(2, '*', 1)$$;
SECURITY LABEL FOR ccpii ON COLUMN customers.day IS 'MASKED AS month';
GRANT SELECT, UPDATE ON customers TO PUBLIC;

SET TimeZone = UTC;
SET ROLE regress_ccpii_reader;

--
-- Prepared statements, under every kind of plan that returns rows.
--
PREPARE plain AS SELECT * FROM customers WHERE id = 7;
EXECUTE plain;
PREPARE sorted AS SELECT id, name FROM customers WHERE id IN (8, 9) ORDER BY name, id DESC;
EXECUTE sorted;
PREPARE grouped AS SELECT name, count(*) FROM customers GROUP BY name ORDER BY name;
EXECUTE grouped;
PREPARE distinct_ones AS SELECT DISTINCT name, code FROM customers WHERE id < 3 ORDER BY code LIMIT 1;
EXECUTE distinct_ones;
PREPARE united AS SELECT name FROM customers WHERE id = 1 UNION ALL SELECT name FROM customers WHERE id = 2;
EXECUTE united;
PREPARE joined AS SELECT a.name, b.code FROM customers a JOIN customers b USING (id) WHERE id = 3 FOR UPDATE OF a;
EXECUTE joined;
PREPARE within AS WITH c AS MATERIALIZED (SELECT name FROM customers WHERE id < 3) SELECT max(name), min(name) FROM c;
EXECUTE within;
PREPARE changed AS UPDATE customers SET day = day WHERE id = 4 RETURNING name, code, day;
EXECUTE changed;
PREPARE changed_within AS WITH c AS (UPDATE customers SET day = day WHERE id = 5 RETURNING name) SELECT name FROM c;
EXECUTE changed_within;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
PREPARE parallel AS SELECT name FROM customers WHERE id % 1999 = 1;
EXPLAIN (COSTS OFF) EXECUTE parallel;
EXECUTE parallel;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

--
-- Rows of functions, cursors.
--
CREATE FUNCTION whole() RETURNS SETOF customers LANGUAGE plpgsql AS
	$$ BEGIN RETURN QUERY SELECT * FROM customers WHERE id = 1; END $$;
SELECT * FROM whole();
CREATE FUNCTION changed() RETURNS SETOF customers LANGUAGE plpgsql AS
	$$ BEGIN RETURN QUERY UPDATE customers SET day = day WHERE id = 6 RETURNING *; END $$;
SELECT * FROM changed();
CREATE FUNCTION one_by_one() RETURNS SETOF customers LANGUAGE plpgsql AS
	$$ DECLARE r customers; BEGIN FOR r IN SELECT * FROM customers WHERE id = 2 LOOP RETURN NEXT r; END LOOP; END $$;
SELECT * FROM one_by_one();
CREATE FUNCTION by_sql() RETURNS SETOF customers LANGUAGE sql VOLATILE AS 'SELECT * FROM customers WHERE id = 3';
SELECT * FROM by_sql();
BEGIN;
DECLARE held CURSOR WITH HOLD FOR SELECT * FROM customers WHERE id = 1;
COMMIT;
FETCH ALL FROM held;
SELECT name FROM customers \gdesc

--
-- The index serves, also a statement that is kept.
--
PREPARE first AS SELECT name FROM customers ORDER BY name LIMIT 1;
EXPLAIN (COSTS OFF) EXECUTE first;
EXECUTE first;

RESET ROLE;
DROP SCHEMA regress_ccpii_result CASCADE;
DROP ROLE regress_ccpii_reader;

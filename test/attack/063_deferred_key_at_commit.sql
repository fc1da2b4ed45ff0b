-- Keys that are checked at COMMIT, when no statement runs.
--! without log
--@ superuser
CREATE UNIQUE INDEX customers_card ON customers (card);
ALTER TABLE customers ADD UNIQUE (code, phone) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE customers DROP CONSTRAINT customers_code_key;
UPDATE customers SET phone = '+1 415-555-0142';
UPDATE original SET whole = c::text FROM
	(SELECT id, name, phone, email, card, note, born, reference, attrs FROM customers) c WHERE c.id = original.id;
--@ agent
\echo ## at once
UPDATE customers SET calls = -1 WHERE id = 1;
\echo ## COMMIT
BEGIN;
UPDATE customers SET code = 11 WHERE id = 2;
COMMIT;
\echo ## single statement
UPDATE customers SET code = 11 WHERE id = 2;
\echo ## SET CONSTRAINTS
BEGIN;
UPDATE customers SET code = 11 WHERE id = 2;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
\echo ## after an error and a savepoint
BEGIN;
UPDATE customers SET code = 11 WHERE id = 2;
SAVEPOINT s;
SELECT no_such_column;
ROLLBACK TO s;
COMMIT;
\echo ## PREPARE TRANSACTION
BEGIN;
UPDATE customers SET code = 11 WHERE id = 2;
PREPARE TRANSACTION 'regress_ccpii';
\echo ## caught
DO $$ DECLARE d text; BEGIN UPDATE customers SET code = 11 WHERE id = 2; SET CONSTRAINTS ALL IMMEDIATE;
	EXCEPTION WHEN unique_violation THEN GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL; RAISE NOTICE 'caught %', d; END $$;
\echo ## end of a procedure's transaction
CREATE PROCEDURE pr() LANGUAGE plpgsql AS $$ BEGIN UPDATE customers SET code = 11 WHERE id = 2; COMMIT; END $$;
CALL pr();
\echo ## a plan that was kept, after an error
SET plan_cache_mode = force_generic_plan;
PREPARE p AS UPDATE customers SET code = 11 WHERE id = 2;
BEGIN;
EXECUTE p;
ROLLBACK;
SELECT 1 / 0;
BEGIN;
EXECUTE p;
COMMIT;
\echo ## and after one before the plan
SELECT no_such_column;
BEGIN;
EXECUTE p;
COMMIT;
\echo ## first thing in a session
\c
PREPARE p AS UPDATE customers SET code = 11 WHERE id = 2;
SELECT no_such_column;
EXECUTE p;

-- One login becomes clear and masked in turns, in transactions.
--@ app
PREPARE p AS SELECT phone FROM customers WHERE id = 1;
CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT name FROM public.customers WHERE id = 1); END $$;
CREATE FUNCTION g() RETURNS text LANGUAGE sql AS 'SELECT email FROM public.customers WHERE id = 1';
BEGIN;
SET LOCAL ROLE regress_ccpii_compliance;
EXECUTE p \g /dev/null
SELECT f(), g() \g /dev/null
COMMIT;
BEGIN;
SET LOCAL ROLE regress_ccpii_support;
\echo ## group
EXECUTE p;
SELECT f(), g();
COMMIT;
BEGIN;
SET LOCAL ROLE regress_ccpii_compliance;
SELECT f(), g() \g /dev/null
SAVEPOINT s;
SET LOCAL ROLE regress_ccpii_agent;
\echo ## masked role in a savepoint
SELECT f(), g();
EXECUTE p;
ROLLBACK TO s;
SELECT f(), g() \g /dev/null
ROLLBACK;
\echo ## after the transaction, as the masked role
SET ROLE regress_ccpii_agent;
SELECT f(), g();
EXECUTE p;
RESET ROLE;
\echo ## a function that changes the role
CREATE FUNCTION h() RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN
	PERFORM set_config('role', 'regress_ccpii_compliance', true); PERFORM regress_ccpii_agent.f();
	PERFORM set_config('role', 'regress_ccpii_agent', true); r := regress_ccpii_agent.f(); RETURN r; END $$;
SELECT h();

-- PREPARE, EXECUTE and what is kept between them.
--@ agent
PREPARE p (int) AS SELECT * FROM customers WHERE id = $1;
PREPARE q AS SELECT 1 FROM customers;
\echo ## parameters that read
EXECUTE p (1);
\echo ## generic plan
SET plan_cache_mode = force_generic_plan;
EXECUTE p (2);
\echo ## after DISCARD PLANS
DISCARD PLANS;
EXECUTE p (1);
\echo ## after SET ROLE to the group
SET ROLE regress_ccpii_support;
EXECUTE p (1);
RESET ROLE;
\echo ## after DISCARD ALL
DISCARD ALL;
SELECT name FROM public.customers;
\echo ## EXECUTE with a function that reads
CREATE FUNCTION regress_ccpii_agent.f() RETURNS text LANGUAGE sql AS 'SELECT name FROM public.customers WHERE id = 1';
PREPARE r (text) AS SELECT $1;
EXECUTE r (regress_ccpii_agent.f());
\echo ## several statements at once
SELECT phone FROM public.customers\; SELECT name FROM public.customers;
\echo ## savepoints and errors
BEGIN;
SAVEPOINT a;
SELECT 1 / 0;
ROLLBACK TO a;
SELECT email FROM public.customers;
RELEASE a;
SELECT note FROM public.customers;
COMMIT;

-- A function called PARALLEL SAFE reads the table inside of a parallel worker.
--@ superuser
ALTER ROLE regress_ccpii_guest SUPERUSER;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.customers.name IS $$MASKED AS name WHEN (status <> 'nothing')$$;
--@ agent
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
CREATE FUNCTION inner_one(int) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
	RETURN (SELECT phone FROM public.customers WHERE id = $1 % 2 + 1); END $$;
CREATE FUNCTION named(int) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
	RETURN (SELECT name FROM public.customers WHERE id = $1 % 2 + 1); END $$;
CREATE FUNCTION defined(int) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER AS $$ BEGIN
	RETURN (SELECT email FROM public.customers WHERE id = $1 % 2 + 1); END $$;
GRANT USAGE ON SCHEMA regress_ccpii_agent TO regress_ccpii_guest;
\echo ## as the login
SELECT DISTINCT inner_one(id) FROM contacts;
\echo ## definer function
SELECT DISTINCT defined(id) FROM contacts;
\echo ## column with a condition
SELECT DISTINCT named(id) FROM contacts;
\echo ## as the group
SET ROLE regress_ccpii_support;
SELECT DISTINCT inner_one(id) FROM contacts;
--@ guest
-- A superuser becomes the masked login, its workers as well.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
SET SESSION AUTHORIZATION regress_ccpii_agent;
\echo ## after SET SESSION AUTHORIZATION
SELECT DISTINCT regress_ccpii_agent.inner_one(id) FROM contacts;
RESET SESSION AUTHORIZATION;
SET ROLE regress_ccpii_agent;
\echo ## after SET ROLE
SELECT DISTINCT regress_ccpii_agent.inner_one(id) FROM contacts;
--@ superuser
ALTER ROLE regress_ccpii_guest NOSUPERUSER;

-- Functions, types, operators and tables that stand before ours and the server's.
--@ agent
CREATE FUNCTION tell(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN $1; END $$;
CREATE FUNCTION mask_phone(text) RETURNS text LANGUAGE sql AS 'SELECT regress_ccpii_agent.tell($1)';
CREATE FUNCTION mask_name(text) RETURNS text LANGUAGE sql AS 'SELECT regress_ccpii_agent.tell($1)';
CREATE FUNCTION mask_full(text) RETURNS text LANGUAGE sql AS 'SELECT regress_ccpii_agent.tell($1)';
CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT regress_ccpii_agent.tell($1)';
CREATE TYPE pg_temp.plan_token AS ENUM ('x');
CREATE TEMP TABLE pii_attribute (attribute text, mask text);
CREATE TEMP TABLE pg_seclabel (LIKE pg_catalog.pg_seclabel);
CREATE TEMP TABLE pg_shseclabel (LIKE pg_catalog.pg_shseclabel);
CREATE TEMP TABLE pg_roles AS SELECT rolname, true AS rolsuper FROM pg_catalog.pg_roles;
SET search_path = regress_ccpii_agent, pg_temp, public, pg_catalog;
\echo ## columns
SELECT name, phone, note, email FROM public.customers;
\echo ## functions of the same name
SELECT mask_phone(phone), mask_name(name), lower(email) FROM public.customers;
\echo ## in a schema called like ours
CREATE SCHEMA ccpii2;
SET search_path = ccpii2;
SELECT name, phone FROM public.customers;
\echo ## in a schema called like us
SET search_path = ccpii, public;
SELECT phone FROM customers;

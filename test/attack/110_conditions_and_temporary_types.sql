-- The names in a WHEN that resolved to nothing when a dump was restored must not resolve to types of the reader's.
--! no control: conditions are ccpii's
--@ superuser
SET check_function_bodies = off;
SECURITY LABEL FOR ccpii ON COLUMN public.customers.note IS $$MASKED WHEN (note::kind_of_note IS NULL)$$;
SECURITY LABEL FOR ccpii ON COLUMN public.customers.name IS $$CLEAR WHEN (kind_of_name(name) = 'x'); MASKED AS name$$;
--@ agent
CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
CREATE DOMAIN pg_temp.kind_of_note AS text CHECK (regress_ccpii_agent.tell(VALUE));
CREATE DOMAIN kind_of_note AS text CHECK (regress_ccpii_agent.tell(VALUE));
CREATE FUNCTION kind_of_name(text) RETURNS text LANGUAGE sql AS 'SELECT ''x''::text';
CREATE FUNCTION pg_temp.kind_of_name(text) RETURNS text LANGUAGE sql AS 'SELECT ''x''::text';
SELECT name, note FROM public.customers;
\c
CREATE DOMAIN pg_temp.kind_of_note AS text CHECK (regress_ccpii_agent.tell(VALUE));
SET search_path = pg_temp, regress_ccpii_agent, public;
SELECT name, note FROM public.customers;

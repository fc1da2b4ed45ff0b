-- A session planned for one session user goes on as another one.
--@ superuser
CREATE FUNCTION public.looked_up() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (SELECT string_agg(phone, ',') FROM public.customers); END $$;
CREATE FUNCTION public.parsed() RETURNS SETOF text STABLE BEGIN ATOMIC SELECT email FROM public.customers; END;
ALTER ROLE regress_ccpii_guest SUPERUSER;
--@ guest
-- A superuser for now, who can become anybody.
PREPARE p AS SELECT name FROM public.customers;
PREPARE q AS SELECT * FROM public.parsed();
SELECT public.looked_up() \g /dev/null
EXECUTE p \g /dev/null
EXECUTE q \g /dev/null
SET SESSION AUTHORIZATION regress_ccpii_agent;
\echo ## plpgsql
SELECT public.looked_up();
SELECT public.looked_up();
\echo ## prepared
EXECUTE p;
EXECUTE p;
\echo ## prepared, inlined
EXECUTE q;
EXECUTE q;
RESET SESSION AUTHORIZATION;
SELECT public.looked_up() \g /dev/null
\echo ## by set_config
SELECT set_config('session_authorization', 'regress_ccpii_agent', false) \g /dev/null
SELECT public.looked_up();
SELECT public.looked_up();
SELECT note FROM public.customers;
--@ superuser
ALTER ROLE regress_ccpii_guest NOSUPERUSER;

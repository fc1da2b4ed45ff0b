-- A condition of a label calls a function of the admin's, whose body finds the reader's functions on his search_path.
--! no control: conditions are ccpii's
--@ superuser
CREATE OPERATOR public.~~~~ (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq);
--@ boss
CREATE FUNCTION public.is_vip(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT lower($1) = ''vip''';
CREATE FUNCTION public.is_vip_slow(text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN upper($1) = 'VIP'; END $$;
CREATE FUNCTION public.is_vip_nested(text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN public.is_vip($1);
CREATE FUNCTION public.is_vip_operator(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 ~~~~ ''vip''';
--@ superuser
\set ON_ERROR_STOP 0
SECURITY LABEL FOR ccpii ON COLUMN public.customers.note IS $$CLEAR WHEN (public.is_vip(note)); MASKED$$;
SECURITY LABEL FOR ccpii ON COLUMN public.customers.name IS $$CLEAR WHEN (public.is_vip_slow(name)); MASKED AS name$$;
SECURITY LABEL FOR ccpii ON COLUMN public.customers.phone IS $$CLEAR WHEN (public.is_vip_nested(phone)); MASKED AS phone$$;
SECURITY LABEL FOR ccpii ON COLUMN public.customers.email IS $$CLEAR WHEN (public.is_vip_operator(email)); MASKED AS email$$;
--@ agent
CREATE FUNCTION tell(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN $1; END $$;
CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT regress_ccpii_agent.tell($1)';
CREATE FUNCTION upper(text) RETURNS text LANGUAGE sql AS 'SELECT regress_ccpii_agent.tell($1)';
CREATE FUNCTION same(text, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
CREATE OPERATOR ~~~~ (LEFTARG = text, RIGHTARG = text, FUNCTION = same);
CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = same);
SET search_path = regress_ccpii_agent, pg_catalog, public;
SELECT note FROM public.customers;
SELECT name FROM public.customers;
SELECT phone FROM public.customers;
SELECT email FROM public.customers;
SELECT c FROM public.customers c;

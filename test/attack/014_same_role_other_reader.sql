-- A helper is planned inside of a definer function of the reader's own role and then called directly.
--@ boss
CREATE FUNCTION public.looked_up() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (SELECT string_agg(phone, ',') FROM public.customers); END $$;
CREATE FUNCTION public.only_length() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
	AS $$ BEGIN RETURN length(public.looked_up()); END $$;
--@ superuser
-- A helper of the group's: its reader is the group, in and out of the definer function.
CREATE FUNCTION public.by_group() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
	AS $$ BEGIN RETURN length(public.looked_up()); END $$;
ALTER FUNCTION public.by_group() OWNER TO regress_ccpii_support;
ALTER ROLE regress_ccpii_support SUPERUSER;
--@ guest
-- As the group itself, which is a superuser while this session's user is nobody.
SELECT by_group() \g /dev/null
SET ROLE regress_ccpii_support;
\echo ## as the group
SELECT looked_up();
SELECT looked_up();
--@ superuser
ALTER ROLE regress_ccpii_support NOSUPERUSER;
--@ agent
SELECT only_length() \g /dev/null
\echo ## after the owner's definer function
SELECT looked_up();
SELECT by_group() \g /dev/null
SELECT looked_up();
SET ROLE regress_ccpii_support;
\echo ## after the group's definer function, as the group
SELECT looked_up();
SELECT by_group() \g /dev/null
SELECT looked_up();

-- The masked login makes a definer function of a group of his and calls it.
--@ agent
SET ROLE regress_ccpii_support;
CREATE FUNCTION of_group() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT string_agg(phone || name, '','') FROM public.customers';
CREATE FUNCTION of_group_plpgsql() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN (SELECT max(note) FROM public.customers); END $$;
CREATE VIEW group_view AS SELECT * FROM public.customers;
\echo ## as the group
SELECT of_group(), of_group_plpgsql();
RESET ROLE;
\echo ## as the login
SELECT of_group(), of_group_plpgsql();
\echo ## view of the group
SELECT phone FROM group_view;
\echo ## inside of a definer function of his own
CREATE FUNCTION outer_one() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN of_group() || (SELECT max(email) FROM public.customers); END $$;
SELECT outer_one();

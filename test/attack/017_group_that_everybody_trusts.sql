-- Unlabelled roles are clear by the site's choice; the masked login goes through an unlabelled group.
--@ superuser with labels
ALTER DATABASE attack SET ccpii.unlabelled_roles = 'clear';
--@ agent
SET ROLE regress_ccpii_support;
\echo ## as the group
SELECT phone FROM customers;
CREATE FUNCTION of_group() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT string_agg(phone || name, '','') FROM public.customers';
CREATE FUNCTION of_group_invoker() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT min(email) FROM public.customers); END $$;
CREATE FUNCTION of_group_both() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN of_group_invoker(); END $$;
CREATE MATERIALIZED VIEW group_copy AS SELECT * FROM public.customers;
CREATE INDEX group_index ON group_copy ((of_group_invoker()));
RESET ROLE;
\echo ## by a definer function of the group
SELECT of_group();
\echo ## by a helper inside of it
SELECT of_group_both();
\echo ## by a materialized view of the group
SELECT note FROM group_copy;

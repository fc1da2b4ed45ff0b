-- Functions whose plans are kept while a query runs, called by two readers in it.
--@ boss
CREATE FUNCTION public.helper(int) RETURNS text STABLE BEGIN ATOMIC SELECT max(phone || name) FROM public.customers WHERE id = $1; END;
CREATE FUNCTION public.helper_rows(int) RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT phone FROM public.customers WHERE id = $1';
CREATE FUNCTION public.count_only(int) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
	AS 'SELECT length(public.helper($1)) + (SELECT count(*) FROM public.helper_rows($1))';
CREATE FUNCTION public.count_loop() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
	AS $$ BEGIN PERFORM public.helper(1), public.helper_rows(1); RETURN 1; END $$;
--@ agent
BEGIN;
SELECT count_only(1), count_loop() \g /dev/null
\echo ## called directly afterwards
SELECT helper(1);
SELECT helper_rows(1);
COMMIT;
\echo ## in the same query
SELECT count_only(1), helper(1), count_loop();
\echo ## in turns
SELECT CASE i % 2 WHEN 0 THEN helper(1) ELSE count_only(1)::text END FROM generate_series(1, 4) i;
\echo ## in one plpgsql function
CREATE FUNCTION turns() RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN
	FOR i IN 1..3 LOOP PERFORM count_only(1), count_loop(); r := concat(r, helper(1)); END LOOP; RETURN r; END $$;
SELECT turns();
SELECT turns();

-- Long statistics lie in TOAST tables of the catalogs, which pg_read_all_data may read.
--! guesses
--@ superuser
CREATE TABLE public.many AS SELECT i AS id, 'Ottoline ' || md5(i::text) AS name FROM generate_series(1, 3000) i;
CREATE STATISTICS public.many_mcv (mcv) ON id, name FROM public.many;
INSERT INTO public.many SELECT * FROM public.many;
GRANT pg_read_all_data TO regress_ccpii_agent;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.many.name IS 'MASKED AS name';
--@ superuser
SET default_statistics_target = 1000;
ANALYZE public.many;
--@ agent
\echo ## of columns
SELECT CASE WHEN count(chunk_data) > 0 THEN 'Ottoline' END FROM pg_toast.pg_toast_2619;
\echo ## of combinations
SELECT CASE WHEN count(chunk_data) > 0 THEN 'Ottoline' END FROM pg_toast.pg_toast_3429;
--@ superuser
REVOKE pg_read_all_data FROM regress_ccpii_agent;

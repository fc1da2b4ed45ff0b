-- A parallel worker fails on a stored value; leader and log hear of it.
--@ boss
CREATE VIEW public.sums AS SELECT sum(phone::bigint) AS s FROM contacts;
GRANT SELECT ON public.sums TO regress_ccpii_support;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON VIEW public.sums IS 'TRUSTED';
--@ superuser
ALTER DATABASE attack SET parallel_setup_cost = 0;
ALTER DATABASE attack SET parallel_tuple_cost = 0;
ALTER DATABASE attack SET min_parallel_table_scan_size = 0;
ALTER DATABASE attack SET parallel_leader_participation = off;
--@ agent
\echo ## TRUSTED view
TABLE sums;
\echo ## by himself
SELECT sum(phone::bigint) FROM contacts;

-- The same, looked for in the log, with a server that writes everything about errors.
--! log
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
ALTER DATABASE attack SET log_error_verbosity = verbose;
ALTER DATABASE attack SET log_min_messages = debug1;
--@ agent
TABLE sums;

-- The functions that guard statistics tell nothing by themselves.
--! no control: they are ccpii's
--! sees permission denied for function purge_statistics
--@ agent
SELECT ccpii.statistics_visible('public.contacts'::regclass, 2::int2), ccpii.statistics_visible(0, 1::int2);
SELECT ccpii.statistics_ext_visible(oid) FROM pg_statistic_ext;
SELECT ccpii.purge_statistics('public.contacts');
CREATE FUNCTION statistics_visible(oid, int2) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION public.statistics_visible(oid, int2) RETURNS boolean LANGUAGE sql AS 'SELECT true';
SELECT most_common_vals FROM pg_stats WHERE tablename = 'contacts';
SELECT s.most_common_vals FROM pg_stats s LEFT JOIN pg_class c ON c.relname = s.tablename WHERE s.schemaname = 'public';

-- The predefined role that reads everything reads the catalogs of statistics themselves.
--@ superuser
GRANT pg_read_all_data TO regress_ccpii_agent;
--@ agent
\echo ## column
SELECT stavalues1, stavalues2 FROM pg_statistic WHERE starelid = 'public.contacts'::regclass;
\echo ## all of it
SELECT * FROM pg_statistic WHERE starelid >= 16384;
\echo ## whole row
SELECT s FROM pg_statistic s WHERE starelid >= 16384;
\echo ## as json
SELECT to_jsonb(s) FROM pg_statistic s WHERE starelid >= 16384;
\echo ## COPY
COPY pg_statistic TO STDOUT;
\echo ## COPY of columns
COPY pg_catalog.pg_statistic (stavalues1, stavalues2, stavalues3) TO STDOUT;
\echo ## extended
SELECT m.* FROM pg_statistic_ext_data, LATERAL pg_mcv_list_items(stxdmcv) m;
\echo ## extended, expressions
SELECT stxdexpr FROM pg_statistic_ext_data;
SELECT unnest(stxdexpr) FROM pg_statistic_ext_data;
\echo ## extended, whole row
SELECT d FROM pg_statistic_ext_data d;
\echo ## extended, COPY
COPY pg_statistic_ext_data TO STDOUT;
\echo ## SQL function over the catalog
CREATE FUNCTION f() RETURNS SETOF pg_statistic STABLE BEGIN ATOMIC SELECT * FROM pg_statistic WHERE starelid >= 16384; END;
SELECT stavalues1 FROM f() WHERE starelid >= 16384;
--@ superuser
REVOKE pg_read_all_data FROM regress_ccpii_agent;

-- A clear reader refreshes or reads what the masked login has made; what it keeps is the login's.
--@ agent
CREATE MATERIALIZED VIEW m AS SELECT * FROM customers;
GRANT SELECT ON m TO PUBLIC;
CREATE FUNCTION f(int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT name FROM public.customers WHERE id = $1); END $$;
CREATE MATERIALIZED VIEW n AS SELECT f(1) AS f;
CREATE TABLE t (id int);
INSERT INTO t VALUES (1), (2);
CREATE INDEX t_f ON t (f(id));
--@ superuser
REFRESH MATERIALIZED VIEW regress_ccpii_agent.m;
REFRESH MATERIALIZED VIEW regress_ccpii_agent.n;
REINDEX TABLE regress_ccpii_agent.t;
ANALYZE regress_ccpii_agent.t;
--@ agent
\echo ## refreshed by the superuser
TABLE m;
\echo ## with a function
TABLE n;
\echo ## analyzed by the superuser
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 't_f';

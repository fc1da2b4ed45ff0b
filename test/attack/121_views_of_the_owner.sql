-- Views, barrier views and materialized views of the owner's, and functions over them.
--@ boss
CREATE VIEW public.nested AS SELECT id, upper(name) AS n, v.phone FROM customer_list v;
CREATE VIEW public.grouped AS SELECT status, string_agg(name || phone, ',') AS everybody FROM customers GROUP BY status;
CREATE VIEW public.united AS SELECT phone AS n FROM customers UNION ALL SELECT number FROM calls;
CREATE VIEW public.tabled AS SELECT c AS whole, (SELECT max(d.email) FROM customers d) AS e FROM customers c;
CREATE FUNCTION public.listed() RETURNS SETOF customers LANGUAGE sql STABLE AS 'SELECT * FROM public.customers';
CREATE VIEW public.called AS SELECT * FROM public.listed();
GRANT SELECT ON public.nested, public.grouped, public.united, public.tabled, public.called TO regress_ccpii_support;
--@ agent
\echo ## view of a view
TABLE nested;
\echo ## aggregates
TABLE grouped;
\echo ## union
TABLE united;
\echo ## whole rows and subqueries
TABLE tabled;
\echo ## function in a view
TABLE called;
\echo ## barrier
TABLE customer_barrier;
\echo ## materialized
TABLE customer_copy;
\echo ## row of a materialized view
SELECT c FROM customer_copy c;

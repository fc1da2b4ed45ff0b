-- COPY of a table whose name first means another one.
--@ agent
CREATE TEMP TABLE customers (LIKE public.customers);
BEGIN;
SAVEPOINT s;
DROP TABLE pg_temp.customers;
\echo ## dropped in this transaction
COPY customers TO STDOUT;
ROLLBACK TO s;
\echo ## another search_path
SET LOCAL search_path = public, pg_temp;
COPY customers TO STDOUT;
COMMIT;
\echo ## COPY into a table of his own and back
COPY public.customers TO STDOUT;
INSERT INTO pg_temp.customers SELECT * FROM public.customers;
COPY pg_temp.customers TO STDOUT;

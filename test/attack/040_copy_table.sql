-- COPY of a table, without a query.
--@ agent
\echo ## text
COPY customers TO STDOUT;
\echo ## columns
COPY customers (phone, name) TO STDOUT;
\echo ## csv, quoted
COPY public.customers TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE *);
\echo ## binary
COPY customers (note, name, phone) TO STDOUT (FORMAT binary);
\echo ## partition
COPY calls_1 TO STDOUT;
\echo ## child and parent
COPY leads_imported TO STDOUT;
COPY leads TO STDOUT;
\echo ## ONLY, by a query
COPY (SELECT * FROM ONLY leads) TO STDOUT;
\echo ## with row security
COPY tickets TO STDOUT;
\echo ## psql
\copy customers TO STDOUT
\echo ## in a function
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT 1';
DO $$ BEGIN EXECUTE 'CREATE TEMP TABLE t AS SELECT * FROM customers'; END $$;
COPY t TO STDOUT;
\echo ## RETURNING
COPY (INSERT INTO t SELECT * FROM customers RETURNING *) TO STDOUT;

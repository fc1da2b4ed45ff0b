-- Views of the server about sessions, statements and settings.
--@ superuser
GRANT pg_monitor TO regress_ccpii_agent;
--@ agent
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT max(name) FROM public.customers';
SELECT f();
SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid();
PREPARE p AS SELECT name FROM customers;
SELECT statement FROM pg_prepared_statements;
SELECT * FROM pg_cursors;
\echo ## a value in the name of the session
SELECT set_config('application_name', (SELECT name FROM customers WHERE id = 1), false) \g /dev/null
SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid();
\echo ## a value in a setting
SELECT set_config('my.value', string_agg(phone, ','), false) FROM customers \g /dev/null
SELECT current_setting('my.value');
\echo ## a value in a comment
DO $$ BEGIN EXECUTE format('CREATE TABLE t (%I int)', (SELECT name FROM customers WHERE id = 1)); END $$;
\d t
--@ superuser
REVOKE pg_monitor FROM regress_ccpii_agent;

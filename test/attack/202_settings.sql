-- Settings of ccpii's and of the server's that could switch masks off.
--! no control: nothing is switched off there
--! sees query would be affected by masking
--@ agent
SET ccpii.unlabelled_roles = clear;
SET ccpii.lookups_per_minute = 10000;
SET ccpii.key_file = '';
SET ccpii.masking = off;
SELECT set_config('ccpii.unlabelled_roles', 'clear', false);
ALTER ROLE regress_ccpii_agent SET ccpii.unlabelled_roles = clear;
ALTER SYSTEM SET ccpii.unlabelled_roles = clear;
ALTER DATABASE attack SET ccpii.unlabelled_roles = clear;
CREATE FUNCTION f() RETURNS text LANGUAGE sql SET ccpii.unlabelled_roles = clear AS 'SELECT max(phone) FROM public.customers';
SELECT f();
UPDATE pg_settings SET setting = 'clear' WHERE name ~ '^ccpii';
SET session_replication_role = replica;
SET row_security = off;
SELECT phone FROM customers;
SELECT title, phone FROM tickets;
COPY customers TO STDOUT;
CREATE FUNCTION g() RETURNS SETOF text LANGUAGE sql SET row_security = off AS 'SELECT phone FROM public.customers';
SELECT g();
SELECT most_common_vals FROM pg_stats WHERE tablename = 'contacts';
RESET row_security;
LOAD 'ccpii';
SET local_preload_libraries = '';
SET session_preload_libraries = '';
SET jit = on;
SET jit_above_cost = 0;
SET enable_seqscan = off;
SET plan_cache_mode = force_custom_plan;
SET constraint_exclusion = on;
SET from_collapse_limit = 1;
SET geqo_threshold = 2;
SET transform_null_equals = on;
SET check_function_bodies = off;
SET default_transaction_isolation = 'serializable';
SELECT name, phone FROM customers ORDER BY phone;
\c "dbname=attack options=-cccpii.unlabelled_roles=clear"
SELECT phone FROM customers;

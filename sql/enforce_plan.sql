-- Promise: a plan that is kept masks for whoever runs it, not for whoever made
-- it; functions of any kind do not carry raw values out; and what touches no
-- labelled relation is planned as ever.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE ROLE regress_ccpii_clear;
SELECT ccpii.clear_role('regress_ccpii_clear');
CREATE SCHEMA regress_ccpii_plan;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_plan TO PUBLIC;
SET search_path = regress_ccpii_plan;
CREATE TABLE customers (id int PRIMARY KEY, name text, phone text);
INSERT INTO customers VALUES (1, 'Ada Lovelace', '415-555-7890'), (2, 'Grace Hopper', '212-555-7890');
CREATE TABLE open (id int, what text);
INSERT INTO open VALUES (1, 'open');
GRANT SELECT ON customers, open TO PUBLIC;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';

--
-- Prepared statements
--
PREPARE by_id (int) AS SELECT phone FROM customers WHERE id = $1;
PREPARE by_phone (text) AS SELECT id FROM customers WHERE phone = $1 ORDER BY id;
PREPARE nothing AS SELECT what FROM open;
SET plan_cache_mode = force_generic_plan;
EXECUTE by_id (1);
SET ROLE regress_ccpii_reader;
EXECUTE by_id (1);
EXECUTE by_phone ('415-555-7890');
EXECUTE by_phone ('XXX-XXX-7890');
SET ROLE regress_ccpii_clear;
EXECUTE by_id (1);
EXECUTE by_phone ('415-555-7890');
RESET ROLE;
SET plan_cache_mode = force_custom_plan;
EXECUTE by_id (1);
SET ROLE regress_ccpii_reader;
EXECUTE by_id (1);
EXPLAIN (COSTS OFF) EXECUTE by_phone ('415-555-7890');
RESET ROLE;
RESET plan_cache_mode;
-- Six executions turn it generic by itself.
SET ROLE regress_ccpii_reader;
EXECUTE by_id (1); EXECUTE by_id (2); EXECUTE by_id (1); EXECUTE by_id (2); EXECUTE by_id (1); EXECUTE by_id (2); EXECUTE by_id (1);
RESET ROLE;
EXECUTE by_id (2);
SET ROLE regress_ccpii_reader;
EXECUTE by_id (2);
EXECUTE nothing;
RESET ROLE;
-- The statement is its own, the reader is the one who runs it.
SET ROLE regress_ccpii_reader;
PREPARE his AS SELECT name FROM customers WHERE id = 1;
EXECUTE his;
RESET ROLE;
EXECUTE his;
SET SESSION AUTHORIZATION regress_ccpii_reader;
EXECUTE his;
RESET SESSION AUTHORIZATION;
EXECUTE his;
DEALLOCATE ALL;
-- set_config changes the reader in the middle of a statement: what was planned
-- for the one before stays his, and nothing is kept for the one after.
PREPARE change AS SELECT set_config('role', $1, true), phone FROM customers WHERE id = 1;
BEGIN;
SET LOCAL ROLE regress_ccpii_reader;
EXECUTE change ('regress_ccpii_reader');
EXECUTE change ('none');
EXECUTE change ('regress_ccpii_reader');
SELECT phone FROM customers WHERE id = 1;
ROLLBACK;
DEALLOCATE ALL;

--
-- Functions
--
CREATE FUNCTION scalar(int) RETURNS text LANGUAGE sql STABLE AS 'SELECT phone FROM regress_ccpii_plan.customers WHERE id = $1';
CREATE FUNCTION whole() RETURNS SETOF customers LANGUAGE sql STABLE AS 'SELECT * FROM regress_ccpii_plan.customers';
CREATE FUNCTION rows() RETURNS TABLE (id int, phone text) LANGUAGE sql STABLE AS 'SELECT id, phone FROM regress_ccpii_plan.customers';
CREATE FUNCTION atomic() RETURNS SETOF text LANGUAGE sql STABLE BEGIN ATOMIC SELECT phone FROM customers ORDER BY id; END;
CREATE FUNCTION atomic_scalar() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT phone FROM customers WHERE id = 1; END;
CREATE FUNCTION of_row(customers) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ($1).phone || ''/'' || $1.name';
CREATE FUNCTION of_text(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''<'' || $1 || ''>''';
CREATE FUNCTION counted(text) RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM regress_ccpii_plan.customers WHERE phone = $1';
CREATE FUNCTION folded() RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT phone FROM regress_ccpii_plan.customers WHERE id = 1';
CREATE FUNCTION folded_plpgsql() RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN (SELECT phone FROM regress_ccpii_plan.customers WHERE id = 1); END';
CREATE FUNCTION loops() RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
DECLARE
	c customers;
	v text;
	cur CURSOR (who int) FOR SELECT phone FROM customers WHERE customers.id = who;
BEGIN
	FOR c IN SELECT * FROM customers ORDER BY id LOOP
		RETURN NEXT c.phone;
	END LOOP;
	SELECT phone INTO v FROM customers WHERE id = 1;
	RETURN NEXT v;
	EXECUTE 'SELECT phone FROM customers WHERE id = $1' INTO v USING 2;
	RETURN NEXT v;
	OPEN cur (1);
	FETCH cur INTO v;
	CLOSE cur;
	RETURN NEXT v;
	v := (SELECT name FROM customers WHERE id = 2);
	RETURN NEXT v;
	IF EXISTS (SELECT FROM customers WHERE phone = '415-555-7890') THEN
		RETURN NEXT 'hit';
	END IF;
	RETURN QUERY SELECT of_row(x) FROM customers x WHERE id = 1;
END
$$;
CREATE PROCEDURE proc(INOUT v text) LANGUAGE plpgsql AS 'BEGIN SELECT phone INTO v FROM regress_ccpii_plan.customers WHERE id = 1; END';
PREPARE all_functions AS
	SELECT scalar(1), (SELECT string_agg(w.phone, ',' ORDER BY id) FROM whole() w) AS whole, (SELECT string_agg(r.phone, ',' ORDER BY id) FROM rows() r) AS rows,
		ARRAY(SELECT atomic()) AS atomic, atomic_scalar(), counted('415-555-7890'), folded(), folded_plpgsql(),
		(SELECT of_row(c) FROM customers c WHERE id = 1), (SELECT of_text(phone) FROM customers WHERE id = 1),
		ARRAY(SELECT loops()) AS loops;
\pset format aligned
\x on
SET ROLE regress_ccpii_reader;
EXECUTE all_functions;
RESET ROLE;
EXECUTE all_functions;
SET ROLE regress_ccpii_reader;
EXECUTE all_functions;
SET ROLE regress_ccpii_clear;
EXECUTE all_functions;
SET ROLE regress_ccpii_reader;
EXECUTE all_functions;
RESET ROLE;
\x off
\pset format unaligned
DEALLOCATE ALL;
SET ROLE regress_ccpii_reader;
CALL proc(NULL);
SELECT * FROM whole() WHERE phone LIKE '415%';
SELECT w FROM whole() w WHERE id = 1;
SELECT c.id, r.phone FROM customers c, LATERAL (SELECT * FROM rows() r WHERE r.id = c.id) r ORDER BY 1;
SELECT id, counted(phone) FROM customers ORDER BY id;
DO $$ BEGIN RAISE WARNING '%', (SELECT string_agg(phone, ',' ORDER BY id) FROM customers); END $$;
-- His own functions and aggregates.
CREATE FUNCTION pg_temp.grab(text, text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE WARNING ''got %'', $2; RETURN $1 || $2; END';
CREATE AGGREGATE pg_temp.collect(text) (SFUNC = pg_temp.grab, STYPE = text, INITCOND = '');
SELECT pg_temp.collect(phone ORDER BY id) FROM customers;
CREATE FUNCTION his_atomic() RETURNS SETOF customers LANGUAGE sql BEGIN ATOMIC SELECT * FROM customers; END;
CREATE FUNCTION his_folded() RETURNS text LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT max(phone) FROM customers; END;
SELECT * FROM his_atomic() ORDER BY id;
PREPARE his AS SELECT his_folded();
EXECUTE his;
RESET ROLE;
EXECUTE his;
SET ROLE regress_ccpii_reader;
EXECUTE his;
RESET ROLE;
-- Constants of clear readers do not stay in their plans either.
PREPARE folded AS SELECT what, folded() FROM open;
EXECUTE folded;
SET ROLE regress_ccpii_reader;
EXECUTE folded;
SELECT what FROM open WHERE folded() = '415-555-7890';
SELECT folded() = '415-555-7890' AS hit;
RESET ROLE;
EXECUTE folded;
DEALLOCATE ALL;

-- One helper, planned inside of a definer function and called by itself; in
-- one transaction, where functions keep their plans.
CREATE FUNCTION helper() RETURNS text LANGUAGE sql AS 'SELECT phone FROM regress_ccpii_plan.customers WHERE id = 1';
CREATE FUNCTION helper_plpgsql() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT phone FROM regress_ccpii_plan.customers WHERE id = 1); END';
CREATE FUNCTION definer() RETURNS text LANGUAGE plpgsql SECURITY DEFINER
	AS 'BEGIN RETURN regress_ccpii_plan.helper() || ''/'' || regress_ccpii_plan.helper_plpgsql(); END';
ALTER FUNCTION definer() OWNER TO regress_ccpii_clear;
SET ROLE regress_ccpii_reader;
SELECT helper(), helper_plpgsql();
SELECT definer();
SELECT helper(), helper_plpgsql();
SELECT definer();
RESET ROLE;
-- A masked definer, who is also the reader: current_user stays the same.
ALTER FUNCTION definer() OWNER TO regress_ccpii_reader;
SET SESSION AUTHORIZATION regress_ccpii_reader;
SELECT helper(), helper_plpgsql(), definer();
RESET SESSION AUTHORIZATION;
SELECT helper(), helper_plpgsql(), definer();
-- The session of a clear reader becomes a masked one's, current_user not.
CREATE ROLE regress_ccpii_group ROLE regress_ccpii_reader, regress_ccpii_clear;
SET ccpii.unlabelled_roles = clear;
SELECT ccpii.mask_role('regress_ccpii_reader');
SET SESSION AUTHORIZATION regress_ccpii_clear;
SET ROLE regress_ccpii_group;
PREPARE same AS SELECT phone FROM customers WHERE id = 1;
EXECUTE same;
SELECT helper_plpgsql();
SET SESSION AUTHORIZATION regress_ccpii_reader;
SET ROLE regress_ccpii_group;
EXECUTE same;
SELECT helper_plpgsql();
RESET SESSION AUTHORIZATION;
DEALLOCATE ALL;
-- Where a setting changes the session and nothing tells the plans, a plan that
-- was made for another reader is not run.
CREATE FUNCTION become(login name) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	PERFORM set_config('session_authorization', login, true);
	PERFORM set_config('role', 'regress_ccpii_group', true);
	SELECT phone INTO result FROM regress_ccpii_plan.customers WHERE id = 1;
	RETURN result;
END
$$;
BEGIN;
SELECT become('regress_ccpii_clear');
ROLLBACK;
BEGIN;
SELECT become('regress_ccpii_reader');  -- fails: planned for the other
ROLLBACK;
BEGIN;
SELECT become('regress_ccpii_reader');
ROLLBACK;
RESET ccpii.unlabelled_roles;

--
-- Cursors hold what their reader saw when he opened them
--
BEGIN;
SET LOCAL ROLE regress_ccpii_reader;
DECLARE c SCROLL CURSOR FOR SELECT id, phone FROM customers ORDER BY id;
FETCH 1 FROM c;
SET LOCAL ROLE regress_ccpii_clear;
FETCH 1 FROM c;
SELECT phone FROM customers WHERE id = 1;
SET LOCAL ROLE regress_ccpii_reader;
FETCH BACKWARD 1 FROM c;
COMMIT;
-- WITH HOLD is a copy of the one who made it, as with row security.
SET ROLE regress_ccpii_clear;
DECLARE held CURSOR WITH HOLD FOR SELECT id, phone FROM customers ORDER BY id;
SET ROLE regress_ccpii_reader;
FETCH 1 FROM held;
CLOSE held;
DECLARE held CURSOR WITH HOLD FOR SELECT id, phone FROM customers ORDER BY id;
RESET ROLE;
FETCH 1 FROM held;
CLOSE held;
-- A refcursor that a definer function opens.
CREATE FUNCTION opens(refcursor) RETURNS refcursor LANGUAGE plpgsql AS 'BEGIN OPEN $1 FOR SELECT phone FROM regress_ccpii_plan.customers ORDER BY id; RETURN $1; END';
BEGIN;
SET LOCAL ROLE regress_ccpii_reader;
SELECT opens('r');
FETCH ALL FROM r;
COMMIT;

-- Parallel workers see what their leader does.
CREATE TABLE many AS SELECT n AS id, '415-555-' || (1000 + n % 9000) AS phone FROM generate_series(1, 20000) n;
SECURITY LABEL FOR ccpii ON COLUMN many.phone IS 'MASKED AS phone';
GRANT SELECT ON many TO PUBLIC;
ANALYZE many;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET ROLE regress_ccpii_reader;
EXPLAIN (COSTS OFF) SELECT count(*), min(phone) FROM many WHERE phone LIKE '%0';
SELECT count(*), min(phone) FROM many WHERE phone LIKE '%0';
SELECT count(*) FROM many WHERE phone LIKE '415%';
RESET ROLE;
SELECT count(*) FROM many WHERE phone LIKE '415%';

DROP FUNCTION pg_temp.grab(text, text) CASCADE;
DROP SCHEMA regress_ccpii_plan CASCADE;
DROP ROLE regress_ccpii_reader, regress_ccpii_clear, regress_ccpii_group;

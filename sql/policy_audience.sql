-- Promise: a reader is masked if anyone who asks is masked; what decides for
-- one role is his own label, then MASKED before CLEAR among the roles whose
-- privileges he has, superuser, owner, and last ccpii.unlabelled_roles; every
-- change counts from the next statement on.

\pset format unaligned
\pset tuples_only on
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_masked;
CREATE ROLE regress_ccpii_clear;
CREATE ROLE regress_ccpii_group;	-- no label
CREATE SCHEMA regress_ccpii_audience AUTHORIZATION regress_ccpii_owner;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_audience TO PUBLIC;
SET search_path = regress_ccpii_audience;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int PRIMARY KEY, name text, phone text);
INSERT INTO customers VALUES (1, 'Ada Lovelace', '415-555-7890');
GRANT ALL ON customers TO PUBLIC;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_masked IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_clear IS 'CLEAR';

-- What one sees who logs in as somebody and then takes on a role.
CREATE FUNCTION sees(login name, become name DEFAULT NULL,
	query text DEFAULT 'SELECT phone FROM regress_ccpii_audience.customers') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	PERFORM set_config('session_authorization', 'regress_ccpii_' || login, false);
	IF become IS NOT NULL THEN
		PERFORM set_config('role', 'regress_ccpii_' || become, false);
	END IF;
	EXECUTE query INTO result;
	RESET ROLE;
	RESET SESSION AUTHORIZATION;
	RETURN result;
END
$$;

--
-- One role
--
CREATE ROLE regress_ccpii_r1 IN ROLE regress_ccpii_clear;
CREATE ROLE regress_ccpii_r2 IN ROLE regress_ccpii_masked;
CREATE ROLE regress_ccpii_r3 IN ROLE regress_ccpii_clear, regress_ccpii_masked;
CREATE ROLE regress_ccpii_r4 IN ROLE regress_ccpii_r2, regress_ccpii_r1;
CREATE ROLE regress_ccpii_r5 IN ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_r6 NOINHERIT IN ROLE regress_ccpii_masked, regress_ccpii_clear, regress_ccpii_owner;
CREATE ROLE regress_ccpii_r7 IN ROLE pg_read_all_data, pg_write_all_data, pg_monitor BYPASSRLS CREATEROLE CREATEDB REPLICATION;
CREATE ROLE regress_ccpii_s1 SUPERUSER;
CREATE ROLE regress_ccpii_s2 SUPERUSER IN ROLE regress_ccpii_masked;
CREATE ROLE regress_ccpii_s3 SUPERUSER IN ROLE regress_ccpii_clear, regress_ccpii_masked;
CREATE ROLE regress_ccpii_s4 SUPERUSER NOINHERIT IN ROLE regress_ccpii_masked;
CREATE VIEW verdicts AS SELECT n, who, sees(who) FROM (VALUES
	(1, 'masked', 'own label'), (2, 'clear', 'own label'), (3, 'group', 'nothing'), (4, 'owner', 'owns it'),
	(5, 'r1', 'of clear'), (6, 'r2', 'of masked'), (7, 'r3', 'of both'), (8, 'r4', 'of both, over two steps'),
	(9, 'r5', 'of the owner'), (10, 'r6', 'of all, but without their privileges'), (11, 'r7', 'may read everything'),
	(12, 's1', 'superuser'), (13, 's2', 'superuser of masked'), (14, 's3', 'superuser of both'),
	(15, 's4', 'superuser of masked, whatever inherits')) r(n, who, why);
SELECT who, sees FROM verdicts ORDER BY n;
-- An own label outweighs everything.
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_r1 IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_r2 IS 'CLEAR';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_s1 IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_s2 IS 'CLEAR';
SELECT who, sees FROM verdicts WHERE who IN ('r1', 'r2', 'r4', 's1', 's2') ORDER BY n;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_r1 IS NULL;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_r2 IS NULL;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_s1 IS NULL;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_s2 IS NULL;

-- Whoever is left is decided by the setting, which only superusers set.
SHOW ccpii.unlabelled_roles;
SET ccpii.unlabelled_roles = clear;
SELECT who, sees FROM verdicts ORDER BY n;
SET ccpii.unlabelled_roles = 'off';  -- fails: masked or clear
RESET ccpii.unlabelled_roles;
SELECT who, sees FROM verdicts WHERE who IN ('group', 'r6', 'r7') ORDER BY n;
SET ROLE regress_ccpii_group;
SET ccpii.unlabelled_roles = clear;  -- fails: not a superuser
SET ccpii.unlabelled_roles TO DEFAULT;  -- fails: the same
CREATE FUNCTION escape() RETURNS text LANGUAGE sql SET ccpii.unlabelled_roles = clear AS 'SELECT phone FROM customers';  -- fails: the same
ALTER ROLE regress_ccpii_group SET ccpii.unlabelled_roles = clear;  -- fails: the same
RESET ROLE;

-- A reader who is not masked reads the bytes as they are stored.
INSERT INTO customers VALUES (2, E'O''Hara\tÜmlaut', '  +49 221 123456 '), (3, NULL, NULL), (4, '', ''), (5, '-', '-');
-- From before there was a label.
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL;
UPDATE customers SET name = '****', phone = 'XXX-XXX-7890' WHERE id = 5;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SELECT bool_and(sees(who, query => q) = sees('owner', query => q) AND sees(who, query => q) LIKE '%+49 221 123456%'), count(*) FROM
	unnest(ARRAY['SELECT string_agg(c::text, ''|'' ORDER BY id) FROM regress_ccpii_audience.customers c',
		'SELECT string_agg(encode(convert_to(phone, ''UTF8''), ''escape''), ''|'' ORDER BY id) FROM regress_ccpii_audience.customers',
		'SELECT json_agg(c ORDER BY id)::text FROM regress_ccpii_audience.customers c',
		'SELECT string_agg(concat(id, name, phone), ''|'' ORDER BY id) FROM regress_ccpii_audience.customers']) q,
	unnest(ARRAY['clear', 'r1', 'r5', 's1']) who;
SELECT sees('masked', query => 'SELECT string_agg(c::text, ''|'' ORDER BY id) FROM regress_ccpii_audience.customers c');
DELETE FROM customers WHERE id > 1;

--
-- SET ROLE: session_user asks along with current_user
--
CREATE ROLE regress_ccpii_login;	-- masked, of all
GRANT regress_ccpii_masked, regress_ccpii_clear, regress_ccpii_group, regress_ccpii_owner, regress_ccpii_r1 TO regress_ccpii_login;
CREATE ROLE regress_ccpii_boss;		-- clear, of all
GRANT regress_ccpii_masked, regress_ccpii_clear, regress_ccpii_group, regress_ccpii_owner, regress_ccpii_r1 TO regress_ccpii_boss;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_boss IS 'CLEAR';
SELECT login, become, sees(login, become) FROM unnest(ARRAY['login', 'boss', 's1']) login,
	unnest(ARRAY[NULL, 'masked', 'clear', 'group', 'owner', 'r1', 'none']) WITH ORDINALITY b(become, n)
	WHERE become IS DISTINCT FROM 'none' ORDER BY login, n;
-- The same in one session, step by step, with a statement that stays prepared.
PREPARE look AS SELECT current_user, session_user, phone FROM customers;
EXECUTE look;
SET SESSION AUTHORIZATION regress_ccpii_login;
EXECUTE look;
SET ROLE regress_ccpii_clear;
EXECUTE look;
RESET ROLE;
EXECUTE look;
SET ROLE regress_ccpii_owner;
EXECUTE look;
SET SESSION AUTHORIZATION regress_ccpii_boss;
EXECUTE look;
SET ROLE regress_ccpii_owner;
EXECUTE look;
SET ROLE regress_ccpii_group;
EXECUTE look;
SET ROLE NONE;
EXECUTE look;
SET SESSION AUTHORIZATION DEFAULT;
EXECUTE look;
BEGIN;
SET LOCAL ROLE regress_ccpii_masked;
EXECUTE look;
SAVEPOINT s;
SET LOCAL ROLE regress_ccpii_clear;
EXECUTE look;
ROLLBACK TO s;
EXECUTE look;
SET LOCAL SESSION AUTHORIZATION regress_ccpii_login;
SET LOCAL ROLE regress_ccpii_owner;
EXECUTE look;
COMMIT;
EXECUTE look;
-- A statement that was planned before anything was labelled.
DEALLOCATE look;
CREATE TABLE later AS SELECT * FROM customers;
GRANT SELECT ON later TO PUBLIC;
SET ROLE regress_ccpii_masked;
PREPARE look AS SELECT phone FROM later;
EXECUTE look;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN later.phone IS 'MASKED';
SET ROLE regress_ccpii_masked;
EXECUTE look;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN later.phone IS 'MASKED AS phone';
SET ROLE regress_ccpii_masked;
EXECUTE look;
RESET ROLE;
SELECT ccpii.clear_role('regress_ccpii_masked');
SET ROLE regress_ccpii_masked;
EXECUTE look;
RESET ROLE;
SELECT ccpii.mask_role('regress_ccpii_masked');
SET ROLE regress_ccpii_masked;
EXECUTE look;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN later.phone IS NULL;
SET ROLE regress_ccpii_masked;
EXECUTE look;
RESET ROLE;
DEALLOCATE look;
DROP TABLE later;
-- Membership counts as soon as it is granted or taken away.
SET ROLE regress_ccpii_group;
PREPARE look AS SELECT phone FROM customers;
EXECUTE look;
RESET ROLE;
GRANT regress_ccpii_clear TO regress_ccpii_group;
SET ROLE regress_ccpii_group;
EXECUTE look;
RESET ROLE;
REVOKE regress_ccpii_clear FROM regress_ccpii_group;
GRANT regress_ccpii_owner TO regress_ccpii_group;
SET ROLE regress_ccpii_group;
EXECUTE look;
RESET ROLE;
REVOKE regress_ccpii_owner FROM regress_ccpii_group;
ALTER ROLE regress_ccpii_group SUPERUSER;
SET ROLE regress_ccpii_group;
EXECUTE look;
RESET ROLE;
ALTER ROLE regress_ccpii_group NOSUPERUSER;
SET ccpii.unlabelled_roles = clear;
SET ROLE regress_ccpii_group;
EXECUTE look;
RESET ROLE;
RESET ccpii.unlabelled_roles;
SET ROLE regress_ccpii_group;
EXECUTE look;
RESET ROLE;
ALTER TABLE customers OWNER TO regress_ccpii_group;
SET ROLE regress_ccpii_group;
EXECUTE look;
RESET ROLE;
ALTER TABLE customers OWNER TO regress_ccpii_owner;
SET ROLE regress_ccpii_group;
EXECUTE look;
RESET ROLE;
DEALLOCATE look;

--
-- Definer functions: the one whose rights they have asks; the masked login
-- asks too if the function could be his own way out
--
CREATE FUNCTION of_clear() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = regress_ccpii_audience, pg_temp
	AS 'SELECT phone FROM customers';
CREATE FUNCTION of_owner() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = regress_ccpii_audience, pg_temp
	AS 'BEGIN RETURN (SELECT phone FROM customers); END';
CREATE FUNCTION of_group() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = regress_ccpii_audience, pg_temp
	AS 'SELECT phone FROM customers';
CREATE FUNCTION of_masked() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = regress_ccpii_audience, pg_temp
	AS 'BEGIN RETURN (SELECT phone FROM customers); END';
CREATE FUNCTION of_login() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = regress_ccpii_audience, pg_temp
	AS 'SELECT phone FROM customers';
CREATE FUNCTION plain() RETURNS text LANGUAGE sql AS 'SELECT phone FROM regress_ccpii_audience.customers';
CREATE FUNCTION clear_over_masked() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT regress_ccpii_audience.of_masked()';
CREATE FUNCTION masked_over_clear() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT regress_ccpii_audience.of_clear()';
CREATE FUNCTION clear_over_plain() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT regress_ccpii_audience.plain()';
CREATE FUNCTION masked_over_plain() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT regress_ccpii_audience.plain()';
ALTER FUNCTION of_clear() OWNER TO regress_ccpii_clear;
ALTER FUNCTION of_owner() OWNER TO regress_ccpii_owner;
ALTER FUNCTION of_group() OWNER TO regress_ccpii_group;
ALTER FUNCTION of_masked() OWNER TO regress_ccpii_masked;
ALTER FUNCTION of_login() OWNER TO regress_ccpii_login;
ALTER FUNCTION clear_over_masked() OWNER TO regress_ccpii_clear;
ALTER FUNCTION masked_over_clear() OWNER TO regress_ccpii_masked;
ALTER FUNCTION clear_over_plain() OWNER TO regress_ccpii_clear;
ALTER FUNCTION masked_over_plain() OWNER TO regress_ccpii_masked;
-- "other" is masked and a member of nobody; "login" is a member of everybody.
CREATE ROLE regress_ccpii_other;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_other IS 'MASKED';
CREATE VIEW through AS SELECT login, function, sees(login, query => format('SELECT regress_ccpii_audience.%I()', function)) FROM
	unnest(ARRAY['of_clear', 'of_owner', 'of_group', 'of_masked', 'of_login', 'clear_over_masked', 'masked_over_clear', 'clear_over_plain', 'masked_over_plain'])
	WITH ORDINALITY f(function, n), unnest(ARRAY['other', 'login', 'clear', 's1']) WITH ORDINALITY l(login, m) ORDER BY n, m;
SELECT * FROM through;
-- If nobody is masked but by label, the group's function is a way out for the
-- login only if he is not asked.
SET ccpii.unlabelled_roles = clear;
SELECT * FROM through WHERE function = 'of_group';
RESET ccpii.unlabelled_roles;
-- A login who becomes the group and calls its function.
GRANT regress_ccpii_owner TO regress_ccpii_group;
SELECT sees('group'), sees('login', 'group'), sees('login', 'group', 'SELECT regress_ccpii_audience.of_group()'),
	sees('login', NULL, 'SELECT regress_ccpii_audience.of_group()'), sees('other', NULL, 'SELECT regress_ccpii_audience.of_group()');
REVOKE regress_ccpii_owner FROM regress_ccpii_group;

-- Maintenance runs as the owner of what is maintained.
CREATE MATERIALIZED VIEW copy AS SELECT phone FROM customers;
SELECT phone FROM copy;
ALTER MATERIALIZED VIEW copy OWNER TO regress_ccpii_masked;
REFRESH MATERIALIZED VIEW copy;
SELECT phone FROM copy;
ALTER MATERIALIZED VIEW copy OWNER TO regress_ccpii_owner;
REFRESH MATERIALIZED VIEW copy;
SELECT phone FROM copy;
DROP MATERIALIZED VIEW copy;

--
-- The pooled application: one login without privileges of his own, who is for
-- a transaction one of three groups; each of them toggled by itself
--
CREATE ROLE regress_ccpii_admins;
CREATE ROLE regress_ccpii_agents;
CREATE ROLE regress_ccpii_managers;
CREATE ROLE regress_ccpii_app NOINHERIT IN ROLE regress_ccpii_admins, regress_ccpii_agents, regress_ccpii_managers;
CREATE FUNCTION toggle(who name, masked boolean) RETURNS void LANGUAGE sql AS $$
	SELECT CASE WHEN masked THEN ccpii.mask_role(('regress_ccpii_' || who)::regrole)
		ELSE ccpii.clear_role(('regress_ccpii_' || who)::regrole) END $$;
CREATE FUNCTION combination(admins boolean, agents boolean, managers boolean,
	OUT admin text, OUT agent text, OUT manager text) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM toggle('admins', admins), toggle('agents', agents), toggle('managers', managers);
	admin := sees('app', 'admins');
	agent := sees('app', 'agents');
	manager := sees('app', 'managers');
END
$$;
SELECT admins, agents, managers, c.* FROM
	unnest(ARRAY[false, true]) admins, unnest(ARRAY[false, true]) agents, unnest(ARRAY[false, true]) managers,
	combination(admins, agents, managers) c ORDER BY 1, 2, 3;
-- As the application does it.
SELECT toggle('admins', false), toggle('agents', true), toggle('managers', true);
SET SESSION AUTHORIZATION regress_ccpii_app;
SELECT phone FROM customers;  -- the application itself: not classified
BEGIN;
SET LOCAL ROLE regress_ccpii_admins;
SELECT phone FROM customers;
COMMIT;
BEGIN;
SET LOCAL ROLE regress_ccpii_agents;
SELECT phone FROM customers;
ROLLBACK;
SELECT phone FROM customers;
RESET SESSION AUTHORIZATION;
-- People with logins of their own, who inherit from one group or from two.
CREATE ROLE regress_ccpii_ann IN ROLE regress_ccpii_admins;
CREATE ROLE regress_ccpii_ben IN ROLE regress_ccpii_agents;
CREATE ROLE regress_ccpii_cat IN ROLE regress_ccpii_admins, regress_ccpii_agents;
SELECT who, sees(who) FROM unnest(ARRAY['ann', 'ben', 'cat']) who;
SELECT sees('cat', 'admins'), sees('cat', 'agents');

-- FOR, UNLESS and CLEAR: what masks counts for everyone who asks; what shows
-- is a right of current_user's.
SELECT toggle('admins', true), toggle('app', true);
CREATE FUNCTION under(label text, OUT app text, OUT admin text, OUT agent text, OUT manager text, OUT ben text, OUT cat text, OUT "cat as admin" text)
	LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS %L', replace(label, 'r_', 'regress_ccpii_'));
	app := sees('app');
	admin := sees('app', 'admins');
	agent := sees('app', 'agents');
	manager := sees('app', 'managers');
	ben := sees('ben');
	cat := sees('cat');
	"cat as admin" := sees('cat', 'admins');
END
$$;
\pset tuples_only off
SELECT label, u.* FROM (VALUES
	(1, 'MASKED FOR r_agents'), (2, 'MASKED UNLESS r_managers'), (3, 'MASKED FOR r_agents, r_managers UNLESS r_managers'),
	(4, 'CLEAR FOR r_admins; MASKED'), (5, 'CLEAR UNLESS r_agents; MASKED'), (6, 'MASKED AS phone FOR r_admins; MASKED AS digits(4) FOR r_managers; MASKED'),
	(7, 'MASKED AS phone UNLESS r_admins, r_managers; CLEAR FOR r_managers; MASKED'),
	(8, 'MASKED FOR r_app'), (9, 'CLEAR FOR r_app; MASKED'), (10, 'MASKED UNLESS r_app'), (11, 'CLEAR')) l(n, label), under(label) u ORDER BY n;
\pset tuples_only on
-- Labels narrow the masked; those who are clear stay clear, whatever they say.
SELECT toggle('managers', false);
SELECT label, manager FROM (VALUES (1, 'MASKED'), (2, 'MASKED FOR r_managers'), (3, 'MASKED FOR r_app')) l(n, label), under(label) u ORDER BY n;

-- Names in labels: a role that is renamed or dropped is read as nobody who
-- might see, and everybody who might not.
SELECT label, admin, agent FROM under('CLEAR FOR r_admins; MASKED FOR r_agents') u (app, admin, agent), (VALUES ('before')) l(label);
ALTER ROLE regress_ccpii_agents RENAME TO regress_ccpii_operators;
SELECT sees('app', 'admins'), sees('app', 'operators'), sees('app');
ALTER ROLE regress_ccpii_admins RENAME TO regress_ccpii_chiefs;
SELECT sees('app', 'chiefs'), sees('app', 'operators');
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED UNLESS regress_ccpii_chiefs';
SELECT sees('app', 'chiefs');
ALTER ROLE regress_ccpii_chiefs RENAME TO regress_ccpii_admins;
SELECT sees('app', 'admins');
-- Another role of that name is the one that is named.
CREATE ROLE regress_ccpii_chiefs ROLE regress_ccpii_app;
SELECT toggle('chiefs', true), sees('app', 'chiefs'), sees('app', 'admins');
DROP ROLE regress_ccpii_chiefs;
SELECT sees('app', 'admins'), sees('app');
-- The label of a role is the role's, under any name, and goes with it.
SELECT objname, label FROM pg_seclabels WHERE provider = 'ccpii' AND objtype = 'role'
	AND objname IN ('regress_ccpii_operators', 'regress_ccpii_agents', 'regress_ccpii_chiefs') ORDER BY 1;

--
-- What is labelled is masked from the next statement on, in the transaction
-- that labels it and, once that is over, everywhere
--
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED';
SET ROLE regress_ccpii_masked;
SELECT name, phone FROM customers;
RESET ROLE;
BEGIN;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SET LOCAL ROLE regress_ccpii_masked;
SELECT name, phone FROM customers;
COMMIT;
SELECT who, sees(who, query => 'SELECT c::text FROM regress_ccpii_audience.customers c') FROM unnest(ARRAY['masked', 'other', 'r2', 'clear']) who;
BEGIN;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS NULL;
SET LOCAL ROLE regress_ccpii_masked;
SELECT name, phone FROM customers;
ROLLBACK;
SET ROLE regress_ccpii_masked;
SELECT name, phone FROM customers;
RESET ROLE;

-- What a rollback takes back was for nobody.
SET ccpii.unlabelled_roles = clear;
BEGIN;
DROP OWNED BY regress_ccpii_other;
DROP ROLE regress_ccpii_other;
REVOKE regress_ccpii_masked FROM regress_ccpii_r2;
SAVEPOINT s;
SELECT ccpii.clear_role('regress_ccpii_masked');
ALTER ROLE regress_ccpii_clear RENAME TO regress_ccpii_renamed;
SELECT who, sees(who, query => 'SELECT name FROM regress_ccpii_audience.customers') FROM unnest(ARRAY['masked', 'r2', 'renamed']) who;
ROLLBACK TO s;
SELECT who, sees(who, query => 'SELECT name FROM regress_ccpii_audience.customers') FROM unnest(ARRAY['masked', 'r2', 'clear']) who;
ROLLBACK;
SELECT who, sees(who, query => 'SELECT name FROM regress_ccpii_audience.customers') FROM unnest(ARRAY['masked', 'other', 'r2', 'clear']) who;
RESET ccpii.unlabelled_roles;

DROP SCHEMA regress_ccpii_audience CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_masked, regress_ccpii_clear, regress_ccpii_group, regress_ccpii_login, regress_ccpii_boss,
	regress_ccpii_r1, regress_ccpii_r2, regress_ccpii_r3, regress_ccpii_r4, regress_ccpii_r5, regress_ccpii_r6, regress_ccpii_r7,
	regress_ccpii_s1, regress_ccpii_s2, regress_ccpii_s3, regress_ccpii_s4, regress_ccpii_other,
	regress_ccpii_admins, regress_ccpii_operators, regress_ccpii_managers, regress_ccpii_app, regress_ccpii_ann, regress_ccpii_ben, regress_ccpii_cat;
SELECT count(*) FROM pg_seclabels WHERE provider = 'ccpii' AND objtype <> 'database';

-- Promise: a row rule restricts those whom it names to the rows it says, by
-- every way of reading and writing that row security has, also next to native
-- policies and masks; whatever it needs and does not find hides rows.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_agent LOGIN;
CREATE ROLE regress_ccpii_night;
CREATE ROLE regress_ccpii_lead LOGIN IN ROLE regress_ccpii_agent, regress_ccpii_night;
CREATE ROLE regress_ccpii_guest;
CREATE ROLE regress_ccpii_clear IN ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_bypass BYPASSRLS IN ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_steward IN ROLE regress_ccpii_owner, ccpii_admin;
SELECT ccpii.clear_role('regress_ccpii_clear');
CREATE SCHEMA regress_ccpii_rows AUTHORIZATION regress_ccpii_owner;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_rows TO PUBLIC;
SET search_path = regress_ccpii_rows;
SET ROLE regress_ccpii_owner;
CREATE TABLE conv (id int PRIMARY KEY, gone int, assignee text, phone text, status text);
ALTER TABLE conv DROP COLUMN gone;
INSERT INTO conv VALUES
	(1, 'agent', '415-555-0001', 'open'), (2, 'agent', '415-555-0002', 'closed'), (3, 'lead', '415-555-0003', 'open'),
	(4, 'boss', '415-555-0004', 'closed'), (5, NULL, '415-555-0005', NULL);
CREATE TABLE note (id int PRIMARY KEY, conv int REFERENCES conv, body text);
INSERT INTO note VALUES (10, 1, 'a'), (11, 4, 'b'), (12, 5, 'c');
CREATE VIEW by_owner AS SELECT * FROM conv;
CREATE MATERIALIZED VIEW stored AS SELECT * FROM conv;
CREATE VIEW by_invoker WITH (security_invoker) AS SELECT * FROM conv;
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_rows TO PUBLIC;
RESET ROLE;

--
-- Setting the label
--
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (assignee = ''agent'')';  -- fails: row security is off
ALTER TABLE conv ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent';  -- fails: no condition
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO WHEN (true)';  -- fails: WHEN is read as a role
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (true), regress_ccpii_night';  -- fails: roles come first
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (true);';  -- fails: nothing follows
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (true';  -- fails: not closed
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (true) SEARCHABLE';  -- fails: of columns
SECURITY LABEL FOR ccpii ON TABLE conv IS 'PROTECTED VISIBLE TO regress_ccpii_agent WHEN (true)';  -- fails: no semicolon
SECURITY LABEL FOR ccpii ON TABLE conv IS 'PROTECTED KEEPING';  -- fails: what?
SECURITY LABEL FOR ccpii ON TABLE conv IS 'PROTECTED KEEPING ROW SECURITY;';  -- fails: nothing follows
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (true); PROTECTED';  -- fails: comes first
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_nobody WHEN (true)';  -- fails: no such role
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (owner = 1)';  -- fails: no such column
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (id)';  -- fails: not boolean
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (random() < id)';  -- fails: volatile
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (id IN (SELECT 1))';  -- fails: a subquery
SECURITY LABEL FOR ccpii ON VIEW by_owner IS 'VISIBLE TO regress_ccpii_agent WHEN (true)';  -- fails: a view
SET ROLE regress_ccpii_owner;
SECURITY LABEL FOR ccpii ON TABLE conv IS 'VISIBLE TO regress_ccpii_agent WHEN (true)';  -- fails: no ccpii_admin
SET ROLE regress_ccpii_steward;
SECURITY LABEL FOR ccpii ON TABLE conv IS $$visible to Regress_CCPII_Agent, "regress_ccpii_bypass" when (assignee = 'agent');
	Visible To regress_ccpii_night When (status = 'open')$$;
RESET ROLE;

--
-- Who sees what.  One clause or the other; all rows to whom none names.
--
CREATE FUNCTION seen(role regrole) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SET LOCAL ROLE %s', role);
	SELECT string_agg(id::text, ' ' ORDER BY id) INTO result FROM regress_ccpii_rows.conv;
	RESET ROLE;
	RETURN result;
END $$;
REVOKE ALL ON FUNCTION seen FROM PUBLIC;
SELECT role, seen(role::regrole) FROM unnest('{regress_ccpii_owner,regress_ccpii_agent,regress_ccpii_night,regress_ccpii_lead,regress_ccpii_guest,regress_ccpii_clear,regress_ccpii_bypass,regress_ccpii_steward}'::text[]) role;

-- Whoever logged in is asked too: he keeps what restricts him in every role
-- that he takes, and what restricts that role is added.
CREATE FUNCTION mine() RETURNS text LANGUAGE sql BEGIN ATOMIC
	SELECT string_agg(id::text, ' ' ORDER BY id) FROM conv;
END;
SET SESSION AUTHORIZATION regress_ccpii_lead;
SELECT mine();
SET ROLE regress_ccpii_agent;
SELECT mine();
RESET SESSION AUTHORIZATION;
GRANT regress_ccpii_guest TO regress_ccpii_agent;
SET SESSION AUTHORIZATION regress_ccpii_agent;
SET ROLE regress_ccpii_guest;
SELECT mine();
RESET SESSION AUTHORIZATION;
REVOKE regress_ccpii_guest FROM regress_ccpii_agent;

--
-- Reading
--
SET ROLE regress_ccpii_agent;
SELECT * FROM conv ORDER BY id;
SELECT count(*) FROM conv;
SELECT c FROM conv c ORDER BY id;
SELECT n.body, c.id FROM note n LEFT JOIN conv c ON c.id = n.conv ORDER BY n.id;
SELECT a.id, b.id FROM conv a JOIN conv b ON a.status <> b.status ORDER BY a.id;
SELECT (SELECT string_agg(status, ',' ORDER BY id) FROM conv), EXISTS (SELECT FROM conv WHERE id = 4);
WITH c AS MATERIALIZED (SELECT id FROM conv) SELECT * FROM c ORDER BY 1;
SELECT id FROM conv WHERE id > 0 ORDER BY id FOR UPDATE;
SELECT id FROM conv WHERE assignee = 'boss' OR id = 5;
TABLE by_invoker ORDER BY id;
SELECT id FROM by_owner ORDER BY id;  -- the view's owner owns the table
COPY conv TO STDOUT;
COPY (SELECT id FROM conv ORDER BY id) TO STDOUT;
EXPLAIN (COSTS off) SELECT * FROM conv WHERE upper(phone) = 'X';
DECLARE c CURSOR WITH HOLD FOR SELECT id FROM conv ORDER BY id;
FETCH ALL FROM c;
CLOSE c;
SET row_security = off;
SELECT * FROM conv;  -- fails: as with any policy
RESET row_security;
CREATE FUNCTION count_sql() RETURNS SETOF int LANGUAGE sql STABLE AS 'SELECT id FROM conv';
CREATE FUNCTION count_plpgsql() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM conv); END';
SELECT * FROM count_sql() ORDER BY 1;
SELECT count_plpgsql();
RESET ROLE;
SELECT count_plpgsql();
SET ROLE regress_ccpii_night;
SELECT count_plpgsql();
SELECT * FROM count_sql() ORDER BY 1;
RESET ROLE;

-- A definer function is its owner's.
CREATE FUNCTION definer_count() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = regress_ccpii_rows AS 'SELECT count(*) FROM conv';
ALTER FUNCTION definer_count() OWNER TO regress_ccpii_owner;
SET ROLE regress_ccpii_agent;
SELECT definer_count();
RESET ROLE;
ALTER FUNCTION definer_count() OWNER TO regress_ccpii_night;
SET ROLE regress_ccpii_guest;
SELECT definer_count();
RESET ROLE;
DROP FUNCTION definer_count();

-- Whoever is restricted cannot open by a view of his what he does not see.
SET ROLE regress_ccpii_agent;
CREATE VIEW by_agent AS SELECT id, assignee FROM conv;
GRANT ALL ON by_agent TO PUBLIC;
SELECT id FROM by_agent ORDER BY id;
SET ROLE regress_ccpii_guest;
SELECT * FROM by_agent;  -- fails: restricted otherwise
SELECT count(*) FROM conv c WHERE EXISTS (SELECT FROM by_agent a WHERE a.id = c.id);  -- fails: the same
UPDATE by_agent SET assignee = 'guest' WHERE id = 4;  -- fails: the same
INSERT INTO by_agent VALUES (9, 'guest');  -- fails: the same
SET ROLE regress_ccpii_clear;
SELECT id FROM by_agent ORDER BY id;
RESET ROLE;
DROP VIEW by_agent;

--
-- Writing
--
SET ROLE regress_ccpii_agent;
BEGIN;
INSERT INTO conv VALUES (20, 'agent', NULL, 'new') RETURNING id;
INSERT INTO conv SELECT 21, 'agent', NULL, 'new';
WITH u AS (UPDATE conv SET status = 'done' RETURNING id, status) SELECT * FROM u ORDER BY id;
UPDATE conv SET status = 'done' WHERE id = 4;
UPDATE conv SET status = n.body FROM note n WHERE n.conv = conv.id RETURNING conv.id;
DELETE FROM conv WHERE id IN (3, 4, 5, 20) RETURNING id;
INSERT INTO conv VALUES (1, 'agent', NULL, 'again') ON CONFLICT (id) DO UPDATE SET status = excluded.status RETURNING id, status;
INSERT INTO conv VALUES (4, 'agent', NULL, 'again') ON CONFLICT DO NOTHING;
MERGE INTO conv c USING (VALUES (1), (22)) v (id) ON c.id = v.id
	WHEN MATCHED THEN UPDATE SET status = 'merged' WHEN NOT MATCHED THEN INSERT VALUES (v.id, 'agent', NULL, 'merged');
MERGE INTO conv c USING (VALUES (2)) v (id) ON c.id = v.id WHEN MATCHED THEN DELETE;
WITH u AS (UPDATE by_invoker SET status = 'view' RETURNING id) SELECT * FROM u ORDER BY id;
ROLLBACK;
INSERT INTO conv VALUES (20, 'boss', NULL, 'new');  -- fails: would not be visible
INSERT INTO conv VALUES (20, NULL, NULL, 'new');  -- fails: nor this, NULL is not true
INSERT INTO by_invoker VALUES (20, 'boss', NULL, 'new');  -- fails: the same
UPDATE conv SET assignee = 'boss' WHERE id = 1;  -- fails: out of sight
UPDATE conv SET assignee = 'boss';  -- fails: the same
INSERT INTO conv VALUES (4, 'agent', NULL, 'x') ON CONFLICT (id) DO UPDATE SET assignee = 'agent';  -- fails: the row is not visible
INSERT INTO conv VALUES (1, 'agent', NULL, 'x') ON CONFLICT (id) DO UPDATE SET assignee = 'boss';  -- fails: out of sight
MERGE INTO conv c USING (VALUES (1)) v (id) ON c.id = v.id WHEN MATCHED THEN UPDATE SET assignee = 'boss';  -- fails: the same
MERGE INTO conv c USING (VALUES (23)) v (id) ON c.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (v.id, 'boss', NULL, 'x');  -- fails: would not be visible
COPY conv FROM STDIN;  -- fails: the server does not do that under row security
\.
INSERT INTO note VALUES (13, 4, 'd');  -- a foreign key sees all rows
DELETE FROM note WHERE id = 13;
DELETE FROM conv WHERE id = 1;  -- fails: referenced
RESET ROLE;
SELECT * FROM conv ORDER BY id;

-- No restriction: all of that.
SET ROLE regress_ccpii_guest;
BEGIN;
INSERT INTO conv VALUES (20, 'boss', NULL, 'new') ON CONFLICT (id) DO UPDATE SET assignee = 'x';
UPDATE conv SET assignee = 'boss' WHERE id = 1;
DELETE FROM conv WHERE id = 3 RETURNING id;
MERGE INTO conv c USING (VALUES (2), (23)) v (id) ON c.id = v.id
	WHEN MATCHED THEN UPDATE SET assignee = 'boss' WHEN NOT MATCHED THEN INSERT VALUES (v.id, 'boss', NULL, 'x');
ROLLBACK;
RESET ROLE;

--
-- As row security has it: owner, FORCE, BYPASSRLS, native policies
--
ALTER TABLE conv FORCE ROW LEVEL SECURITY;
SELECT seen('regress_ccpii_owner');
GRANT regress_ccpii_agent TO regress_ccpii_owner;
SELECT seen('regress_ccpii_owner');
ALTER TABLE conv NO FORCE ROW LEVEL SECURITY;
SELECT seen('regress_ccpii_owner');
REVOKE regress_ccpii_agent FROM regress_ccpii_owner;

-- A policy of its own takes the place of our permissive one, and is added.
CREATE POLICY numbers ON conv FOR SELECT TO regress_ccpii_agent USING (id > 1);
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_night'), seen('regress_ccpii_guest'), seen('regress_ccpii_lead');
SET ROLE regress_ccpii_agent;
UPDATE conv SET status = status WHERE id = 2 RETURNING id;
RESET ROLE;
CREATE POLICY others ON conv AS RESTRICTIVE TO regress_ccpii_lead USING (id <> 3);
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_lead');
DROP POLICY numbers ON conv;
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_guest');  -- a restrictive one alone shows nothing
DROP POLICY others ON conv;

--
-- Next to masks: the rule sees the values
--
SECURITY LABEL FOR ccpii ON COLUMN conv.assignee IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN conv.status IS 'MASKED AS constant(''open'')';
SET ROLE regress_ccpii_agent;
SELECT * FROM conv ORDER BY id;
SELECT id FROM conv WHERE assignee = 'agent' OR status = 'closed';  -- and the reader masks
WITH u AS (UPDATE conv SET phone = '1' WHERE id < 5 RETURNING *) SELECT * FROM u ORDER BY id;
SET ROLE regress_ccpii_night;
SELECT * FROM conv ORDER BY id;
SELECT id FROM by_invoker ORDER BY id;
INSERT INTO conv VALUES (30, 'x', NULL, 'closed');  -- fails: the new value counts, not its mask
RESET ROLE;
-- Also where the owner was masked later: it is his policies that see masks.
CREATE POLICY own ON conv USING (status = 'open');
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_night'), seen('regress_ccpii_guest');
SELECT ccpii.mask_role('regress_ccpii_guest');
GRANT regress_ccpii_guest TO regress_ccpii_owner;
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_night'), seen('regress_ccpii_guest');
SET ROLE regress_ccpii_night;
WITH u AS (UPDATE conv SET id = id WHERE id > 0 RETURNING id) SELECT * FROM u ORDER BY id;
INSERT INTO conv VALUES (30, 'x', NULL, 'closed');  -- fails: by the rule
RESET ROLE;
REVOKE regress_ccpii_guest FROM regress_ccpii_owner;
SELECT ccpii.unlabel_role('regress_ccpii_guest');
DROP POLICY own ON conv;
SECURITY LABEL FOR ccpii ON COLUMN conv.assignee IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN conv.status IS NULL;

--
-- Kept plans
--
PREPARE p AS SELECT id FROM conv ORDER BY id;
PREPARE d (int) AS WITH u AS (UPDATE conv SET status = status WHERE id > $1 RETURNING id) SELECT * FROM u ORDER BY id;
SET ROLE regress_ccpii_agent;
EXECUTE p;
EXECUTE d (0);
SET ROLE regress_ccpii_night;
EXECUTE p;
EXECUTE d (0);
RESET ROLE;
EXECUTE p;
SET ROLE regress_ccpii_agent;
EXECUTE p;
RESET ROLE;
GRANT regress_ccpii_night TO regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
EXECUTE p;
EXECUTE d (0);
RESET ROLE;
REVOKE regress_ccpii_night FROM regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
EXECUTE p;
RESET ROLE;
SECURITY LABEL FOR ccpii ON TABLE conv IS $$VISIBLE TO regress_ccpii_agent WHEN (id = 5)$$;
SET ROLE regress_ccpii_agent;
EXECUTE p;
RESET ROLE;
-- A label that changes without a word to anybody: the query that is kept has the
-- rule of before.
PREPARE i (text) AS INSERT INTO conv VALUES (5, 'x', NULL, NULL) ON CONFLICT (id) DO UPDATE SET phone = $1;
SET ROLE regress_ccpii_agent;
EXECUTE i ('1');
EXECUTE d (0);
RESET ROLE;
UPDATE pg_seclabel SET label = 'VISIBLE TO regress_ccpii_agent WHEN (id = 3)' WHERE objoid = 'conv'::regclass;
CREATE FUNCTION anything() RETURNS int LANGUAGE sql AS 'SELECT 1';
SET ROLE regress_ccpii_agent;
EXECUTE d (0);  -- fails: kept with another rule
EXECUTE d (0);
EXECUTE i ('1');  -- fails: would not be visible
RESET ROLE;
UPDATE pg_seclabel SET label = 'VISIBLE TO regress_ccpii_agent WHEN (id = 5)' WHERE objoid = 'conv'::regclass;
DROP FUNCTION anything();
SET ROLE regress_ccpii_agent;
EXECUTE i ('1');  -- fails: kept with another rule
EXECUTE i ('1');
RESET ROLE;
-- The same role, but another reader: in a definer function only its owner asks.
GRANT regress_ccpii_guest TO regress_ccpii_agent;
CREATE FUNCTION helper() RETURNS int LANGUAGE plpgsql SET search_path = regress_ccpii_rows AS 'BEGIN RETURN (SELECT count(*) FROM conv); END';
CREATE FUNCTION as_guest() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = regress_ccpii_rows AS 'SELECT helper()';
ALTER FUNCTION as_guest() OWNER TO regress_ccpii_guest;
SET ROLE regress_ccpii_guest;
SELECT as_guest(), helper();
SET SESSION AUTHORIZATION regress_ccpii_agent;
SELECT as_guest();  -- he can become that role, and so asks too
SET ROLE regress_ccpii_guest;
SELECT helper();
RESET SESSION AUTHORIZATION;
SET ROLE regress_ccpii_guest;
SELECT helper();
RESET ROLE;
REVOKE regress_ccpii_guest FROM regress_ccpii_agent;
DEALLOCATE ALL;

--
-- What is missing
--
CREATE ROLE regress_ccpii_gone;
CREATE FUNCTION is_mine(text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$SELECT $1 = 'agent'$$;
SECURITY LABEL FOR ccpii ON TABLE conv IS $$VISIBLE TO regress_ccpii_agent WHEN (is_mine(assignee)); VISIBLE TO regress_ccpii_gone WHEN (id = 3)$$;  -- fails: names resolve in pg_catalog
SECURITY LABEL FOR ccpii ON TABLE conv IS $$VISIBLE TO regress_ccpii_agent WHEN (regress_ccpii_rows.is_mine(assignee)); VISIBLE TO regress_ccpii_gone WHEN (id = 3)$$;
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_guest');
DROP ROLE regress_ccpii_gone;
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_guest');
SELECT mask, warnings FROM ccpii.masking_rules WHERE relation = 'conv'::regclass;
DROP FUNCTION is_mine(text);
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_guest');
SELECT mask, warnings FROM ccpii.masking_rules WHERE relation = 'conv'::regclass;
UPDATE pg_seclabel SET label = 'SEEN BY nobody' WHERE objoid = 'conv'::regclass AND objsubid = 0;
ALTER TABLE conv ALTER COLUMN status SET STATISTICS 10;
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_guest');
SELECT mask, warnings FROM ccpii.masking_rules WHERE relation = 'conv'::regclass;
SELECT * FROM ccpii.detach('conv', true);
SECURITY LABEL FOR ccpii ON TABLE conv IS $$VISIBLE TO regress_ccpii_agent WHEN (assignee = 'agent')$$;

-- Row security that is off.
SET ROLE regress_ccpii_owner;
ALTER TABLE conv DISABLE ROW LEVEL SECURITY;  -- fails: the label needs it
ALTER TABLE conv ALTER COLUMN status SET STATISTICS 20, DISABLE ROW LEVEL SECURITY;  -- fails: the same
RESET ROLE;
PREPARE p AS SELECT id FROM conv;
SET ROLE regress_ccpii_agent;
EXECUTE p;
RESET ROLE;
UPDATE pg_class SET relrowsecurity = false WHERE oid = 'conv'::regclass;
SELECT seen('regress_ccpii_owner'), seen('regress_ccpii_guest'), seen('regress_ccpii_bypass');
SET ROLE regress_ccpii_agent;
EXECUTE p;  -- fails: not all rows
SELECT FROM conv;  -- fails
SELECT * FROM by_invoker;  -- fails
SELECT * FROM count_sql();  -- fails
SELECT count_plpgsql();  -- fails
COPY conv TO STDOUT;  -- fails
COPY conv FROM STDIN;  -- fails
\.
DELETE FROM conv;  -- fails
INSERT INTO conv VALUES (40, 'boss', NULL, NULL);  -- fails
SELECT id FROM by_owner WHERE id = 4;
SET ROLE regress_ccpii_clear;
SELECT * FROM count_sql();  -- fails: clear, but restricted
RESET ROLE;
SELECT finding, severity, replace(object, 'regress_ccpii_rows.', '') AS object, detail, remedy FROM ccpii.coverage(0) WHERE finding LIKE 'row%' AND object ~ 'conv|by_|stored';
SET check_function_bodies = off;
SECURITY LABEL FOR ccpii ON TABLE conv IS $$VISIBLE TO regress_ccpii_agent WHEN (assignee = 'agent'); VISIBLE TO regress_ccpii_gone WHEN (nothing = 1)$$;  -- warns: a restore has no choice
RESET check_function_bodies;
ALTER TABLE conv ENABLE ROW LEVEL SECURITY;
SELECT seen('regress_ccpii_agent'), seen('regress_ccpii_guest');
SELECT finding, severity, replace(object, 'regress_ccpii_rows.', '') AS object, detail, remedy FROM ccpii.coverage(0) WHERE (finding LIKE 'row%' OR finding = 'rule_problem') AND object ~ 'conv|by_|stored';
DEALLOCATE ALL;

--
-- Leaving
--
SECURITY LABEL FOR ccpii ON TABLE conv IS $$VISIBLE TO regress_ccpii_agent WHEN (assignee = 'agent')$$;
DROP EXTENSION ccpii CASCADE;  -- fails: labels
SET ROLE regress_ccpii_steward;
SELECT * FROM ccpii.detach('conv', true);
SELECT * FROM ccpii.detach('conv');
RESET ROLE;
SELECT relrowsecurity, seen('regress_ccpii_agent'), seen('regress_ccpii_owner') FROM pg_class WHERE oid = 'conv'::regclass;
SELECT count(*) FROM pg_seclabel WHERE objoid = 'conv'::regclass;

--
-- Odd names
--
CREATE SCHEMA "Odd ""Rows""";
GRANT USAGE ON SCHEMA "Odd ""Rows""" TO PUBLIC;
CREATE ROLE "regress_ccpii_Odd; Role";
CREATE TABLE "Odd ""Rows"""."A 'Table'" ("The ID" int, "When (x)" text);
INSERT INTO "Odd ""Rows"""."A 'Table'" VALUES (1, 'a)'), (2, 'b;');
GRANT ALL ON "Odd ""Rows"""."A 'Table'" TO PUBLIC;
SECURITY LABEL FOR ccpii ON TABLE "Odd ""Rows"""."A 'Table'" IS $$VISIBLE TO "regress_ccpii_Odd; Role" WHEN ("When (x)" = 'a)')$$;  -- fails: row security is off
ALTER TABLE "Odd ""Rows"""."A 'Table'" ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE "Odd ""Rows"""."A 'Table'" IS $$VISIBLE TO "regress_ccpii_Odd; Role" WHEN ("When (x)" = 'a)')$$;
ALTER TABLE "Odd ""Rows"""."A 'Table'" DISABLE ROW LEVEL SECURITY;  -- fails: the label needs it
SET ROLE "regress_ccpii_Odd; Role";
SELECT "The ID" FROM "Odd ""Rows"""."A 'Table'";
RESET ROLE;
SELECT relation, column_name, label, mask, inherited_from, warnings FROM ccpii.masking_rules WHERE relation = '"Odd ""Rows"""."A ''Table''"'::regclass;
DROP SCHEMA "Odd ""Rows""" CASCADE;
DROP ROLE "regress_ccpii_Odd; Role";

--
-- Partitions and children
--
CREATE TABLE call (id int, assignee text) PARTITION BY RANGE (id);
CREATE TABLE call1 PARTITION OF call FOR VALUES FROM (0) TO (10);
CREATE TABLE call2 (assignee text, id int);
ALTER TABLE call ATTACH PARTITION call2 FOR VALUES FROM (10) TO (20);
INSERT INTO call VALUES (1, 'agent'), (2, 'boss'), (11, 'agent'), (12, 'boss');
GRANT ALL ON call, call1, call2 TO PUBLIC;
ALTER TABLE call ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE call IS $$VISIBLE TO regress_ccpii_agent WHEN (assignee = 'agent')$$;
SET ROLE regress_ccpii_agent;
SELECT * FROM call ORDER BY id;
UPDATE call SET assignee = 'boss' WHERE id = 11;  -- fails: out of sight
INSERT INTO call VALUES (3, 'boss');  -- fails: would not be visible
SELECT * FROM call1;  -- fails: its own row security is off
INSERT INTO call1 VALUES (3, 'boss');  -- fails: the same
SET ROLE regress_ccpii_guest;
SELECT * FROM call1 ORDER BY id;
RESET ROLE;
ALTER TABLE call1 ENABLE ROW LEVEL SECURITY;
SET ROLE regress_ccpii_agent;
SELECT * FROM call1;  -- on without a policy: nothing
RESET ROLE;
SELECT ccpii.protect('call2');
SET ROLE regress_ccpii_agent;
SELECT * FROM call2;
INSERT INTO call2 VALUES ('boss', 13);  -- fails: would not be visible
RESET ROLE;
-- Its own rule is added when it is named, as with policies.
SECURITY LABEL FOR ccpii ON TABLE call1 IS $$VISIBLE TO regress_ccpii_agent, regress_ccpii_guest WHEN (id = 1)$$;
SET ROLE regress_ccpii_agent;
SELECT * FROM call1;
SET ROLE regress_ccpii_guest;
SELECT * FROM call1;
SELECT * FROM call ORDER BY id;
RESET ROLE;
SELECT relation, label, inherited_from FROM ccpii.masking_rules WHERE relation::text ~ '^call' ORDER BY relation::text, inherited_from::text NULLS FIRST;
SET client_min_messages = notice;
ALTER TABLE call DETACH PARTITION call2;
ALTER TABLE call DETACH PARTITION call1;  -- warns: it has its own
SET client_min_messages = warning;
SELECT relation, label, inherited_from FROM ccpii.masking_rules WHERE relation::text ~ '^call' ORDER BY relation::text;
SET ROLE regress_ccpii_agent;
SELECT * FROM call2;
RESET ROLE;
-- Two parents.
CREATE TABLE one (id int, a text);
CREATE TABLE two (id int, b text);
CREATE TABLE pair () INHERITS (one, two);
INSERT INTO pair VALUES (1, 'agent', 'agent'), (2, 'agent', 'boss'), (3, 'boss', 'agent');
GRANT ALL ON one, two, pair TO PUBLIC;
ALTER TABLE one ENABLE ROW LEVEL SECURITY;
ALTER TABLE two ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE one IS $$VISIBLE TO regress_ccpii_agent WHEN (a = 'agent')$$;
SECURITY LABEL FOR ccpii ON TABLE two IS $$VISIBLE TO regress_ccpii_agent WHEN (b = 'agent')$$;
SELECT ccpii.protect('pair');
SET ROLE regress_ccpii_agent;
SELECT id FROM one ORDER BY id;
SELECT id FROM two ORDER BY id;
SELECT id FROM pair ORDER BY id;
RESET ROLE;
ALTER TABLE pair NO INHERIT two;  -- fails: which rule should it keep?
SECURITY LABEL FOR ccpii ON TABLE pair IS $$PROTECTED; VISIBLE TO regress_ccpii_agent WHEN (a = b)$$;
ALTER TABLE pair NO INHERIT two;
SET ROLE regress_ccpii_agent;
SELECT id FROM pair ORDER BY id;
RESET ROLE;

SELECT count(*) > 0 FROM ccpii.detach_all();
SELECT count(*) FROM pg_seclabel WHERE provider = 'ccpii';
DROP SCHEMA regress_ccpii_rows CASCADE;
SELECT ccpii.unlabel_role('regress_ccpii_clear');
DROP ROLE regress_ccpii_owner, regress_ccpii_agent, regress_ccpii_night, regress_ccpii_lead, regress_ccpii_guest, regress_ccpii_clear, regress_ccpii_bypass, regress_ccpii_steward;

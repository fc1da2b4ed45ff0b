-- Changes neither show rows that a row rule hides, nor change them, nor move a
-- row to where it is hidden.
--@ boss
CREATE TABLE secrets (id int PRIMARY KEY, assignee text, body text, hint text);
INSERT INTO secrets VALUES (1, 'agent', 'mine', 'a'), (2, 'boss', 'velociraptor', 'marzipanella'), (3, NULL, 'xylophonium', 'turmalin');
GRANT ALL ON secrets TO regress_ccpii_support;
ANALYZE secrets;
--@ superuser with labels
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE secrets IS $$VISIBLE TO regress_ccpii_support WHEN (assignee = 'agent')$$;
--@ agent
CREATE FUNCTION tell(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN $1; END $$;
\echo ## UPDATE
UPDATE secrets SET hint = hint RETURNING *;
\echo ## UPDATE by key
UPDATE secrets SET assignee = 'agent' WHERE id = 2 RETURNING *;
\echo ## UPDATE from another table
UPDATE secrets s SET assignee = 'agent' FROM customers c WHERE c.id = s.id RETURNING tell(s.body);
\echo ## ON CONFLICT
INSERT INTO secrets VALUES (3, 'agent', 'x', 'y') ON CONFLICT (id) DO UPDATE SET hint = tell(secrets.body) RETURNING *;
\echo ## MERGE
MERGE INTO secrets s USING (VALUES (2), (3)) v (id) ON s.id = v.id WHEN MATCHED THEN UPDATE SET hint = tell(s.body);
\echo ## MERGE that deletes
BEGIN;
MERGE INTO secrets s USING (VALUES (2), (3)) v (id) ON s.id = v.id WHEN MATCHED AND tell(s.body) <> '' THEN DELETE;
ROLLBACK;
\echo ## DELETE with a subquery
DELETE FROM secrets WHERE id IN (SELECT id FROM secrets WHERE tell(body) <> '') RETURNING *;
--@ superuser with labels
DO $$ BEGIN
	IF (SELECT count(*) FROM secrets WHERE id > 1 AND assignee IS DISTINCT FROM 'agent' AND hint IN ('marzipanella', 'turmalin')) <> 2 THEN
		RAISE EXCEPTION 'hidden rows were changed';
	END IF;
	INSERT INTO secrets VALUES (5, 'agent', 'mine', 'a') ON CONFLICT DO NOTHING;
END $$;
--@ agent with labels
UPDATE secrets SET assignee = 'boss' WHERE id = 5;
INSERT INTO secrets VALUES (6, 'boss', 'x', 'y');
INSERT INTO secrets VALUES (5, 'agent', 'x', 'y') ON CONFLICT (id) DO UPDATE SET assignee = 'boss';
MERGE INTO secrets s USING (VALUES (5)) v (id) ON s.id = v.id WHEN MATCHED THEN UPDATE SET assignee = 'boss';
--@ superuser with labels
DO $$ BEGIN
	IF EXISTS (SELECT FROM secrets WHERE id > 3 AND assignee <> 'agent') THEN
		RAISE EXCEPTION 'a row was moved out of sight';
	END IF;
END $$;

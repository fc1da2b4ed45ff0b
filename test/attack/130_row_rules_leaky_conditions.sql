-- Functions and operators of one's own see no row before the row rule has let it
-- through, wherever they stand and however cheap they are.
--@ boss
CREATE TABLE secrets (id int PRIMARY KEY, assignee text, body text, hint text);
INSERT INTO secrets VALUES (1, 'agent', 'mine', 'a'), (2, 'boss', 'velociraptor', 'marzipanella'), (3, NULL, 'xylophonium', 'turmalin');
GRANT ALL ON secrets TO regress_ccpii_support;
ANALYZE secrets;
--@ superuser with labels
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE secrets IS $$VISIBLE TO regress_ccpii_support WHEN (assignee = 'agent')$$;
--@ agent
CREATE FUNCTION hand_on(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
CREATE FUNCTION hand_on(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'sees % %', $1, $2; RETURN true; END $$;
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = hand_on, RESTRICT = eqsel, MERGES, HASHES);
CREATE VIEW mine AS SELECT * FROM secrets;
\echo ## rows
SELECT * FROM secrets;
\echo ## whole rows
SELECT s FROM secrets s;
\echo ## WHERE
SELECT id FROM secrets WHERE hand_on(body);
\echo ## operator
SELECT id FROM secrets WHERE body === 'x';
\echo ## beside a condition that the index serves
SELECT id FROM secrets WHERE id = 2 AND hand_on(body);
\echo ## join
SELECT c.id FROM customers c JOIN secrets s ON s.id = c.id AND hand_on(s.body);
\echo ## join by an operator
SELECT c.id FROM (VALUES ('x'), ('y')) c (id) JOIN secrets s ON s.body === c.id;
\echo ## outer join
SELECT c.id, s.id FROM customers c LEFT JOIN secrets s ON s.id = c.id AND hand_on(s.hint);
\echo ## semi-join
SELECT id FROM customers c WHERE EXISTS (SELECT FROM secrets s WHERE s.id = c.id AND hand_on(s.body));
\echo ## aggregate
SELECT count(*) FILTER (WHERE hand_on(body)), string_agg(body, ',') FROM secrets;
\echo ## view
SELECT id FROM mine WHERE hand_on(body);
\echo ## row locks
SELECT * FROM secrets WHERE hand_on(body) FOR UPDATE;
\echo ## TABLESAMPLE
SELECT * FROM secrets TABLESAMPLE system (100) WHERE hand_on(body);
\echo ## CTE
WITH s AS NOT MATERIALIZED (SELECT * FROM secrets) SELECT id FROM s WHERE hand_on(body);
\echo ## parameter
PREPARE p (text) AS SELECT id FROM secrets WHERE body === $1;
EXECUTE p ('x');
\echo ## COPY
COPY secrets TO STDOUT;
\echo ## DELETE
BEGIN;
DELETE FROM secrets WHERE hand_on(body) RETURNING *;
ROLLBACK;
\echo ## UPDATE
BEGIN;
UPDATE secrets SET hint = hint WHERE hand_on(body);
ROLLBACK;
\echo ## MERGE
BEGIN;
MERGE INTO secrets s USING (VALUES (2)) v (id) ON s.id = v.id AND hand_on(s.body) WHEN MATCHED THEN DO NOTHING;
ROLLBACK;

-- Errors, plans and statistics do not tell of rows that a row rule hides.
--@ boss
CREATE TABLE secrets (id int PRIMARY KEY, assignee text, body text, hint text);
INSERT INTO secrets VALUES (1, 'agent', '7', '2020-01-01'), (2, 'boss', 'velociraptor', 'marzipanella'), (3, NULL, 'xylophonium', 'turmalin');
GRANT ALL ON secrets TO regress_ccpii_support;
ANALYZE secrets;
--@ superuser with labels
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE secrets IS $$VISIBLE TO regress_ccpii_support WHEN (assignee = 'agent')$$;
--@ agent
\echo ## cast
SELECT id FROM secrets WHERE body::int = 1;
\echo ## cast of a row that is looked for
SELECT id FROM secrets WHERE id = 2 AND hint::date IS NULL;
\echo ## cast in a join
SELECT c.id FROM customers c JOIN secrets s ON s.id = c.id WHERE s.hint::date IS NULL OR s.body::int = c.id;
\echo ## statistics
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'secrets';
\echo ## plan
EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off, VERBOSE) SELECT * FROM secrets WHERE body::xml IS NOT NULL;
SELECT body FROM secrets;
\echo ## XML of the table
SELECT table_to_xml('secrets', true, false, '');
\echo ## dynamic statement
DO $$
DECLARE
	s record;
BEGIN
	FOR s IN EXECUTE 'SELECT * FROM secrets' LOOP
		RAISE NOTICE '%', s;
	END LOOP;
END $$;

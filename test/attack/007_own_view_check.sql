-- The CHECK OPTION and the barrier of views of one's own see rows of labelled tables.
--! writes
--@ agent
CREATE FUNCTION hand_on(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'view sees %', $1; RETURN true; END $$;
CREATE VIEW checked AS SELECT * FROM customers WHERE hand_on(note) WITH CHECK OPTION;
CREATE VIEW barred WITH (security_barrier) AS SELECT * FROM customers WHERE hand_on(email);
\echo ## SELECT through the check
SELECT id FROM checked;
\echo ## UPDATE through the check
UPDATE checked SET status = 'seen' WHERE id = 1;
\echo ## SELECT through the barrier
SELECT id FROM barred;
\echo ## UPDATE through the barrier
UPDATE barred SET status = 'seen' WHERE id = 2;
\echo ## DELETE through the barrier
DELETE FROM barred WHERE id = 4;

-- The policy of a table of one's own reads labelled columns and hands them on.
--@ agent
CREATE FUNCTION hand_on(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'policy sees %', $1; RETURN true; END $$;
CREATE TABLE bait (id int);
INSERT INTO bait VALUES (1), (2);
ALTER TABLE bait ENABLE ROW LEVEL SECURITY;
ALTER TABLE bait FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON bait USING ((SELECT bool_and(hand_on(c.phone)) FROM customers c WHERE c.id = bait.id));
\echo ## SELECT
SELECT * FROM bait;
\echo ## UPDATE
UPDATE bait SET id = id;
\echo ## DELETE
DELETE FROM bait;

-- The WITH CHECK of a policy of one's own reads labelled columns.
--@ agent
CREATE FUNCTION hand_on(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'policy sees %', $1; RETURN true; END $$;
CREATE TABLE bait (id int PRIMARY KEY);
ALTER TABLE bait ENABLE ROW LEVEL SECURITY;
ALTER TABLE bait FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON bait USING (true) WITH CHECK ((SELECT bool_and(hand_on(c.name)) FROM customers c WHERE c.id = bait.id));
\echo ## INSERT
INSERT INTO bait VALUES (1);
\echo ## UPDATE
UPDATE bait SET id = 2;
\echo ## ON CONFLICT
INSERT INTO bait VALUES (2) ON CONFLICT (id) DO UPDATE SET id = 4;
\echo ## MERGE
MERGE INTO bait USING (VALUES (1)) v (id) ON false WHEN NOT MATCHED THEN INSERT VALUES (v.id);

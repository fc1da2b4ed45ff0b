-- The policy stands on a table of an unlabelled group that the masked login belongs to.
--@ agent
SET ROLE regress_ccpii_support;
CREATE FUNCTION hand_on(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'policy sees %', $1; RETURN true; END $$;
CREATE TABLE bait (id int);
INSERT INTO bait VALUES (1), (2);
ALTER TABLE bait ENABLE ROW LEVEL SECURITY;
ALTER TABLE bait FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON bait USING ((SELECT bool_and(hand_on(c.phone)) FROM customers c WHERE c.id = bait.id));
\echo ## as the group
TABLE bait;
\echo ## as the login
RESET ROLE;
TABLE bait;

-- A cascade from a table without labels breaks a constraint of a labelled one, which prints its row.
--! writes
--@ boss
CREATE TABLE areas (id int PRIMARY KEY);
INSERT INTO areas VALUES (1), (2);
GRANT SELECT, UPDATE, DELETE ON areas TO regress_ccpii_support;
ALTER TABLE customers ADD area int NOT NULL DEFAULT 1 REFERENCES areas ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE customers ADD CHECK (area < 100);
--@ agent
\echo ## NOT NULL
DELETE FROM areas WHERE id = 1;
\echo ## CHECK
UPDATE areas SET id = 200 WHERE id = 1;
\echo ## caught
DO $$ DECLARE d text; BEGIN DELETE FROM areas WHERE id = 1;
	EXCEPTION WHEN not_null_violation THEN GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL; RAISE NOTICE 'caught %', d; END $$;

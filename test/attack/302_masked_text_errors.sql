-- Errors that print a row or a key of columns of type masked_text.
--@ superuser
CREATE TABLE vault (id int PRIMARY KEY, phone text, code text, n int CHECK (n > 0));
INSERT INTO vault SELECT id, phone, reference, id FROM customers WHERE id < 3;
ALTER TABLE vault OWNER TO regress_ccpii_boss;
--@ superuser with labels
ALTER TABLE vault ALTER phone TYPE ccpii.masked_text(phone), ALTER code TYPE ccpii.masked_text;
--@ superuser
ALTER TABLE vault ADD UNIQUE (code);
GRANT SELECT, INSERT, UPDATE, DELETE ON vault TO regress_ccpii_support;
CREATE TABLE vault_ref (code text);
ALTER TABLE vault_ref OWNER TO regress_ccpii_boss;
--@ superuser with labels
ALTER TABLE vault_ref ALTER code TYPE ccpii.masked_text;
--@ superuser
ALTER TABLE vault_ref ADD FOREIGN KEY (code) REFERENCES vault (code);
INSERT INTO vault_ref SELECT code FROM vault;
--@ agent
\echo ## failing row
UPDATE vault SET n = -1;
\echo ## a key that others refer to
DELETE FROM vault;
\echo ## conversions of the value
SELECT phone::int FROM vault;
SELECT code::regclass FROM vault;
DO $$ BEGIN PERFORM phone::date FROM vault; EXCEPTION WHEN OTHERS THEN RAISE NOTICE '%', SQLERRM; END $$;
\echo ## more than one row
DO $$ DECLARE r record; BEGIN SELECT phone INTO STRICT r FROM vault; END $$;
SELECT phone, 1 / (n - n) FROM vault;
TABLE vault;

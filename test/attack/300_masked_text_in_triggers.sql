-- Columns of type masked_text, where their values go round the rewrite.
--@ superuser
CREATE TABLE vault (id int PRIMARY KEY, phone text, name text, code text);
INSERT INTO vault SELECT id, phone, name, reference FROM customers WHERE id < 3;
CREATE TABLE vault_log (was jsonb, line text, kept text);
ALTER TABLE vault OWNER TO regress_ccpii_boss;
ALTER TABLE vault_log OWNER TO regress_ccpii_boss;
GRANT SELECT, INSERT, UPDATE, DELETE ON vault, vault_log TO regress_ccpii_support;
--@ superuser with labels
ALTER TABLE vault ALTER phone TYPE ccpii.masked_text(phone), ALTER name TYPE ccpii.masked_text(name), ALTER code TYPE ccpii.masked_text;
--@ boss
CREATE FUNCTION vault_watch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	typed vault%ROWTYPE;
	one vault.phone%TYPE;
BEGIN
	typed := OLD;
	one := OLD.phone;
	RAISE NOTICE 'row %, typed %, one %, text %', OLD, typed, one, OLD.name || '!';
	RAISE NOTICE 'json %, array %, format %, xml %', to_jsonb(OLD), ARRAY[OLD.phone], format('%s', OLD.code), xmlforest(OLD.phone);
	INSERT INTO vault_log VALUES (to_jsonb(OLD), OLD::text, OLD.phone);
	RETURN NEW;
END $$;
CREATE TRIGGER vault_watch BEFORE UPDATE ON vault FOR EACH ROW EXECUTE FUNCTION vault_watch();
--@ agent
\echo ## what a trigger says and keeps
UPDATE vault SET id = id;
TABLE vault_log;
\echo ## what its conditions and errors print
SELECT line, kept FROM vault_log;
ALTER TABLE vault ADD CHECK (id > 0);
UPDATE vault SET id = id RETURNING vault, to_json(vault);

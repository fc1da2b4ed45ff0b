-- Promise: detach gives columns of type masked_text back as text, with all that
-- stands on them, and stored masks as masks; what is in the way it names.

\pset format unaligned
\pset tuples_only on
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_chief IN ROLE ccpii_admin, regress_ccpii_owner;
CREATE ROLE regress_ccpii_agent;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED';
CREATE SCHEMA regress_ccpii_retype AUTHORIZATION regress_ccpii_owner;
GRANT ALL ON SCHEMA regress_ccpii_retype TO PUBLIC;
SET search_path = regress_ccpii_retype;

SET ROLE regress_ccpii_owner;
CREATE DOMAIN tel AS ccpii.masked_text(phone);
CREATE DOMAIN checked_tel AS ccpii.masked_text(phone) CHECK (VALUE <> '');
CREATE TABLE contact (
	id int,
	phone ccpii.masked_text(phone) COLLATE "C" DEFAULT 'none' CHECK (phone !~ 'X'),
	email ccpii.masked_text(email) DEFAULT lower('None@example.com'),
	mobile tel,
	others ccpii.masked_text(phone)[],
	low ccpii.masked_text GENERATED ALWAYS AS (lower(phone)) STORED,
	digits text GENERATED ALWAYS AS (regexp_replace(ccpii.text_of(phone), '\D', '', 'g')) STORED,
	code ccpii.masked_text(partial, 1, ')', 1),
	n int,
	CONSTRAINT not_bad CHECK (phone <> 'bad'),
	CONSTRAINT short CHECK (length(email) < 100 AND code <> 'ccpii'),
	UNIQUE (id, email)
) PARTITION BY RANGE (id);
CREATE TABLE contact_1 PARTITION OF contact FOR VALUES FROM (0) TO (100);
CREATE TABLE contact_2 (LIKE contact INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS);
ALTER TABLE contact ATTACH PARTITION contact_2 FOR VALUES FROM (100) TO (200);
ALTER TABLE contact_1 ALTER phone SET DEFAULT 'first';
ALTER TABLE contact ALTER phone SET STATISTICS 77, ALTER email SET STORAGE EXTERNAL;
COMMENT ON COLUMN contact.phone IS 'number';
CREATE INDEX by_phone ON contact (phone);
CREATE INDEX by_bytes ON contact (phone ccpii.masked_text_pattern_ops) WITH (fillfactor = 70);
CREATE INDEX by_low ON contact (lower(phone));
CREATE INDEX of_some ON contact (n) WHERE phone = '415-555-7890' AND n > 0;
COMMENT ON INDEX of_some IS 'some';
CREATE INDEX by_mask ON contact (ccpii.masked(phone));
CREATE UNIQUE INDEX unique_1 ON contact_1 (email);
CREATE STATISTICS numbers ON phone, n FROM contact;
CREATE STATISTICS expression ON (lower(phone)), (ccpii.text_of(phone)) FROM contact_1;
CREATE FUNCTION pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER checks BEFORE UPDATE OF phone ON contact FOR EACH ROW WHEN (NEW.phone LIKE '4%') EXECUTE FUNCTION pass();
COMMENT ON TRIGGER checks ON contact IS 'passes';
CREATE TRIGGER never AFTER UPDATE OF email ON contact_1 FOR EACH ROW EXECUTE FUNCTION pass();
ALTER TABLE contact_1 DISABLE TRIGGER never;
INSERT INTO contact (id, phone, email, mobile, others, code, n)
	SELECT i, '+1 (415) ' || i, 'U' || i || '@Example.com', '9-' || i, ARRAY['1-' || i, NULL], 'c' || i || 'e', i FROM generate_series(1, 150) i;
INSERT INTO contact (id) VALUES (0), (151);
CREATE TABLE parent (id int, phone ccpii.masked_text(phone) PRIMARY KEY);
CREATE TABLE child (extra ccpii.masked_text(name), UNIQUE (phone)) INHERITS (parent);
CREATE TABLE refers (phone ccpii.masked_text(phone) REFERENCES parent ON UPDATE CASCADE);
INSERT INTO parent VALUES (1, '415-555-7890');
INSERT INTO child VALUES (2, '415-555-7891', 'Ada');
INSERT INTO refers VALUES ('415-555-7890');
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_retype TO regress_ccpii_agent;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN contact.phone IS 'MASKED AS phone SEARCHABLE';
-- What it must be afterwards.
CREATE TABLE before AS SELECT id, phone::text, email::text, mobile::text, others::text[], low::text, digits, code::text, n FROM contact;
CREATE TABLE before_parent AS SELECT tableoid::regclass AS which, id, phone::text FROM parent;
-- A copy that a masked reader has made holds masks.
SET ROLE regress_ccpii_agent;
CREATE TABLE copied AS SELECT id, phone FROM parent WHERE id = 1;

-- Not for everybody.
SELECT * FROM ccpii.detach('copied');	-- fails
RESET ROLE;
-- Told and not done.
SET ROLE regress_ccpii_chief;
SELECT * FROM ccpii.detach('contact', dry_run => true) ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT * FROM ccpii.detach('child', dry_run => true) ORDER BY action COLLATE "C";
-- What is in the way.
CREATE VIEW shows AS SELECT phone FROM contact;
CREATE POLICY p ON parent USING (phone <> '');
SELECT * FROM ccpii.detach('contact', dry_run => true) WHERE action LIKE 'must%';
SELECT * FROM ccpii.detach('contact');	-- fails
SELECT * FROM ccpii.detach('parent');	-- fails
DROP VIEW shows;
DROP POLICY p ON parent;
-- Done.
SELECT count(*) FROM ccpii.detach('contact');
SELECT * FROM ccpii.detach('contact');
SELECT * FROM ccpii.detach('parent') ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT count(*) FROM ccpii.detach('refers');
RESET ROLE;
\pset tuples_only off
\d+ contact
\d contact_1
\d parent
\d child
\d refers
\pset tuples_only on
SELECT pg_get_triggerdef(oid), tgenabled, obj_description(oid) FROM pg_trigger
	WHERE tgrelid IN ('contact'::regclass, 'contact_1'::regclass) AND tgparentid = 0 ORDER BY 1;
SELECT obj_description('of_some'::regclass), col_description('contact'::regclass, 2);
SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext WHERE stxnamespace = 'regress_ccpii_retype'::regnamespace ORDER BY 1;
SELECT count(*) FROM (TABLE before EXCEPT ALL TABLE contact) x;
SELECT count(*) FROM (TABLE contact EXCEPT ALL TABLE before) x;
SELECT count(*) FROM (TABLE before_parent EXCEPT ALL SELECT tableoid::regclass, id, phone FROM parent) x;
SET ROLE regress_ccpii_agent;
SELECT phone, digits FROM contact WHERE id = 1;
INSERT INTO contact (id, email) VALUES (5, 'new') RETURNING phone, email, low, digits;
INSERT INTO contact (id, phone, email) VALUES (6, 'bad', 'newer');	-- fails
INSERT INTO refers VALUES ('415-555-7899');	-- fails
UPDATE contact SET phone = 'ABC 12' WHERE id = 5 AND email = 'new' RETURNING low, digits;
RESET ROLE;
-- Stored masks stay what they are.
SELECT count(*) FROM ccpii.detach('copied');
SELECT pg_typeof(phone), phone FROM copied;

--
-- What cannot become text
--
SET ROLE regress_ccpii_owner;
CREATE TYPE person AS (phone ccpii.masked_text(phone));
CREATE TABLE rest (id int, a checked_tel, b person, c ccpii.masked_text(name));
CREATE TABLE keyed (phone ccpii.masked_text(phone)) PARTITION BY LIST (phone);
CREATE MATERIALIZED VIEW stored AS SELECT a FROM rest;
CREATE FUNCTION takes(ccpii.masked_text) RETURNS int LANGUAGE sql RETURN 1;
RESET ROLE;
SELECT * FROM ccpii.detach_all(true) WHERE object IS NULL OR object::text IN ('rest', 'keyed', 'stored') ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT * FROM ccpii.detach('rest');
SELECT * FROM ccpii.detach('keyed');
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'rest'::regclass AND attnum > 0 ORDER BY attnum;
-- The extension cannot go, in no way, while there are columns.
DROP EXTENSION ccpii CASCADE;	-- fails
DROP SCHEMA ccpii CASCADE;	-- fails
CREATE FUNCTION dropping() RETURNS void LANGUAGE plpgsql AS 'BEGIN DROP EXTENSION ccpii CASCADE; END';
SELECT dropping();	-- fails
SELECT count(*) FROM pg_attribute WHERE attrelid = 'keyed'::regclass AND attnum > 0;
DROP TABLE rest, keyed CASCADE;
DROP TYPE person;
DROP DOMAIN tel, checked_tel;
DROP FUNCTION takes(ccpii.masked_text);
-- Whoever sees masks cannot give values back.
CREATE TABLE hers (phone ccpii.masked_text(phone));
INSERT INTO hers VALUES ('415-555-7890');
GRANT regress_ccpii_agent TO regress_ccpii_chief;
ALTER TABLE hers OWNER TO regress_ccpii_chief;
SET ROLE regress_ccpii_chief;
SELECT * FROM ccpii.detach('hers');	-- fails
RESET ROLE;
SELECT * FROM ccpii.detach_all() ORDER BY object::text COLLATE "C", action COLLATE "C";
TABLE hers;
SELECT * FROM ccpii.detach_all();
BEGIN;
DROP EXTENSION ccpii;
SELECT count(*) FROM (TABLE before EXCEPT ALL TABLE contact) x;
UPDATE contact SET phone = '12-34' WHERE id = 7 AND n = 7 RETURNING phone, low, digits;
ROLLBACK;

DROP SCHEMA regress_ccpii_retype CASCADE;
DROP OWNED BY regress_ccpii_owner, regress_ccpii_chief, regress_ccpii_agent;
DROP ROLE regress_ccpii_owner, regress_ccpii_chief, regress_ccpii_agent;

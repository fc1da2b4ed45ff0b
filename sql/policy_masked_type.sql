-- Promise: a column that is, or holds, masked_text is masked without a label,
-- from the next statement after it was made, whichever way; a label outweighs
-- the type.  Who may see stored values sees them wherever they stand.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET ccpii.lookups_per_minute = 10000;

CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_lead IN ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_boss;
CREATE ROLE regress_ccpii_other;
CREATE ROLE regress_ccpii_owner;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_boss IS 'CLEAR';
CREATE SCHEMA regress_ccpii_type;
GRANT ALL ON SCHEMA regress_ccpii_type TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA regress_ccpii_type GRANT ALL ON TABLES TO PUBLIC;
SET search_path = regress_ccpii_type;
SET ROLE regress_ccpii_owner;
ALTER DEFAULT PRIVILEGES IN SCHEMA regress_ccpii_type GRANT ALL ON TABLES TO PUBLIC;

--
-- Every kind, without a label
--
CREATE TABLE kinds (id int, phone ccpii.masked_text(phone), email ccpii.masked_text(email), card ccpii.masked_text(card),
	cards ccpii.masked_text(cards), name ccpii.masked_text(name), plain ccpii.masked_text, hash ccpii.masked_text(hash),
	digits ccpii.masked_text(digits, 4), part ccpii.masked_text(partial, 1, '#', 1));
INSERT INTO kinds VALUES (1, '415-555-7890', 'ann@example.com', '4111111111111111', 'card 4111111111111111', 'Ada Lovelace',
	'anything', 'ref-1', 'call 5550 now', 'abcdef'), (2, '', NULL, '', '', '', '', '', '', '');
SELECT * FROM kinds ORDER BY id;
SET ROLE regress_ccpii_agent;
SELECT * FROM kinds ORDER BY id;
SELECT k FROM kinds k WHERE id = 1;
SELECT to_jsonb(k) - 'hash' FROM kinds k WHERE phone = 'XXX-XXX-7890';
SELECT count(*) FROM kinds WHERE phone = '415-555-7890' OR phone LIKE '415%' OR email > 'a' AND email < 'b';
RESET ROLE;
SELECT column_name, label, mask, source FROM ccpii.masking_rules WHERE relation = 'kinds'::regclass ORDER BY column_name;
SELECT * FROM ccpii.masking_of('kinds', 'regress_ccpii_agent');

--
-- Domains, arrays, ranges, composite types
--
SET ROLE regress_ccpii_owner;
CREATE DOMAIN tel AS ccpii.masked_text(phone) CHECK (VALUE <> '');
CREATE TYPE span AS RANGE (subtype = ccpii.masked_text);
CREATE TYPE person AS (id int, phone ccpii.masked_text(phone), tels tel[]);
CREATE TABLE nested (id int, t tel, ts ccpii.masked_text(phone)[], s span, p person, ps person[]);
INSERT INTO nested VALUES (1, '415-555-7890', '{415-555-7891,NULL}', '[415-555-7892,415-555-7893]',
	ROW(7, '415-555-7894', '{415-555-7895}'), ARRAY[ROW(8, '415-555-7896', NULL)::person]);
SELECT * FROM nested;
SET ROLE regress_ccpii_agent;
SELECT * FROM nested;
SELECT (p).phone, ts[1], (ps[1]).phone, lower(s), upper(s)::text FROM nested;
SELECT id FROM nested WHERE '415-555-7891' = ANY (ts) OR (p).phone = '415-555-7894' OR t = '415-555-7890';
-- A type gets such a column while tables use it.
SET ROLE regress_ccpii_owner;
CREATE TYPE late AS (id int);
CREATE TABLE uses_late (id int, l late);
INSERT INTO uses_late VALUES (1, ROW(1));
SET ROLE regress_ccpii_agent;
SELECT id, l FROM uses_late;
PREPARE late AS SELECT id, l, (l).id FROM uses_late;
EXECUTE late;
SET ROLE regress_ccpii_owner;
ALTER TYPE late ADD ATTRIBUTE phone ccpii.masked_text(phone);
UPDATE uses_late SET l = ROW(1, '415-555-7890');
SET ROLE regress_ccpii_agent;
EXECUTE late;
SELECT id FROM uses_late WHERE (l).phone = '415-555-7890';
SELECT id FROM uses_late WHERE (l).phone = 'XXX-XXX-7890';
DEALLOCATE late;

--
-- Tables that come and go
--
SET ROLE regress_ccpii_owner;
CREATE TABLE moving (id int, note text);
INSERT INTO moving VALUES (1, '415-555-7890');
SET ROLE regress_ccpii_agent;
PREPARE moving AS SELECT id FROM moving WHERE note = '415-555-7890';
EXECUTE moving;
SET ROLE regress_ccpii_owner;
ALTER TABLE moving ALTER note TYPE ccpii.masked_text(phone);
SET ROLE regress_ccpii_agent;
EXECUTE moving;
SELECT * FROM moving;
SET ROLE regress_ccpii_owner;
ALTER TABLE moving ALTER note TYPE ccpii.masked_text(digits, 4);
SET ROLE regress_ccpii_agent;
EXECUTE moving;
SELECT * FROM moving;
RESET ROLE;
BEGIN;
ALTER TABLE moving DROP note;
SELECT column_name FROM ccpii.masking_rules WHERE relation = 'moving'::regclass;
ROLLBACK;
SELECT column_name FROM ccpii.masking_rules WHERE relation = 'moving'::regclass;
SET ROLE regress_ccpii_agent;
SELECT * FROM moving;
SET ROLE regress_ccpii_owner;
ALTER TABLE moving ALTER note TYPE text;
SET ROLE regress_ccpii_agent;
EXECUTE moving;
SELECT * FROM moving;
RESET ROLE;
SELECT relation, column_name FROM ccpii.masking_rules WHERE relation = 'moving'::regclass;
-- In a transaction that is rolled back, to a savepoint too.
BEGIN;
CREATE TABLE brief (phone ccpii.masked_text(phone));
SELECT column_name FROM ccpii.masking_rules WHERE relation = 'brief'::regclass;
SAVEPOINT a;
DROP TABLE brief;
ROLLBACK TO a;
SELECT column_name FROM ccpii.masking_rules WHERE relation = 'brief'::regclass;
ROLLBACK;
-- More of them than are noted one by one.
DO $$ BEGIN FOR i IN 1..150 LOOP EXECUTE format('CREATE TABLE many_%s (phone ccpii.masked_text(phone))', i); END LOOP; END $$;
INSERT INTO many_150 VALUES ('415-555-7890');
SET ROLE regress_ccpii_agent;
SELECT * FROM many_150;
RESET ROLE;
SELECT count(*) FROM ccpii.masking_rules WHERE relation::text LIKE 'many_%';
DO $$ BEGIN FOR i IN 1..150 LOOP EXECUTE format('DROP TABLE many_%s', i); END LOOP; END $$;
SELECT count(*) FROM ccpii.masking_rules WHERE relation::text LIKE '%many_%';
-- Temporary tables, copies and materialized views are tables.
SET ROLE regress_ccpii_agent;
CREATE TEMP TABLE mine AS SELECT phone, plain FROM kinds;
SELECT * FROM mine WHERE phone <> '';
RESET ROLE;
SELECT * FROM mine WHERE phone <> '';	-- masks: that is what was stored
DROP TABLE mine;
SET ROLE regress_ccpii_owner;
CREATE MATERIALIZED VIEW copy AS SELECT id, phone FROM kinds;
CREATE TABLE copied AS SELECT id, phone FROM kinds;
CREATE TABLE alike (LIKE kinds);
INSERT INTO alike SELECT * FROM kinds;
SELECT id, phone FROM copy ORDER BY id;
SET ROLE regress_ccpii_agent;
SELECT id, phone FROM copy ORDER BY id;
SELECT id, phone FROM copied ORDER BY id;
SELECT id, phone, part FROM alike ORDER BY id;
RESET ROLE;
REFRESH MATERIALIZED VIEW copy;
SET ROLE regress_ccpii_owner;
SELECT id, phone FROM copy ORDER BY id;
-- Partitions and children.
CREATE TABLE parted (id int, phone ccpii.masked_text(phone)) PARTITION BY RANGE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE TABLE parted_2 (phone ccpii.masked_text(phone), id int);
ALTER TABLE parted ATTACH PARTITION parted_2 FOR VALUES FROM (10) TO (20);
INSERT INTO parted VALUES (1, '415-555-7890'), (11, '415-555-7891');
SET ROLE regress_ccpii_agent;
SELECT * FROM parted ORDER BY id;
SELECT * FROM parted_2;
SET ROLE regress_ccpii_owner;
DROP TABLE parted;

--
-- Labels outweigh the type
--
CREATE TABLE labelled (id int, phone ccpii.masked_text(phone), name ccpii.masked_text(name), note ccpii.masked_text, state text);
CREATE INDEX labelled_phone ON labelled (phone);
INSERT INTO labelled VALUES (1, '415-555-7890', 'Ada Lovelace', 'one', 'open'), (2, '415-555-7891', 'Grace Hopper', 'two', 'done');
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN labelled.phone IS 'MASKED AS partial(3, ''*'', 0) UNLESS regress_ccpii_lead';
SECURITY LABEL FOR ccpii ON COLUMN labelled.name IS $$MASKED AS name WHEN (state = 'open' OR name LIKE 'X%')$$;
SECURITY LABEL FOR ccpii ON COLUMN labelled.note IS 'MASKED AS constant(''secret'')';
SET ROLE regress_ccpii_agent;
SELECT * FROM labelled ORDER BY id;
SELECT l FROM labelled l ORDER BY id;
SELECT id FROM labelled WHERE phone = '415-555-7890' OR note = 'one';
SELECT id FROM labelled WHERE phone LIKE '415%' AND name LIKE '%Hopper' AND note = 'secret';
SET ROLE regress_ccpii_lead;
SELECT * FROM labelled ORDER BY id;
SELECT phone || '!', lower(name), phone LIKE '%7890', concat(phone), to_jsonb(phone) FROM labelled WHERE phone = '415-555-7890';
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM labelled WHERE phone = '415-555-7890';
RESET enable_seqscan;
-- What he stores away is not told to show itself.
CREATE TABLE led AS SELECT phone, name FROM labelled;
GRANT ALL ON led TO regress_ccpii_agent;
INSERT INTO led (phone) SELECT phone FROM labelled WHERE id = 2;
UPDATE labelled SET phone = phone WHERE id = 1 RETURNING phone;
RESET ROLE;
SET ROLE regress_ccpii_agent;
SELECT phone FROM led ORDER BY phone;
SELECT phone FROM labelled ORDER BY id;
RESET ROLE;
SELECT phone FROM labelled ORDER BY id;
SELECT phone FROM led ORDER BY phone;
-- CLEAR for all: the label says so.
SECURITY LABEL FOR ccpii ON COLUMN labelled.phone IS 'CLEAR';
SET ROLE regress_ccpii_agent;
SELECT phone FROM labelled ORDER BY phone;
RESET ROLE;
-- Look-ups by a whole value.
SECURITY LABEL FOR ccpii ON COLUMN labelled.phone IS 'MASKED AS phone SEARCHABLE';
SET ccpii.lookups_per_minute = 10000;
SET ROLE regress_ccpii_agent;
SELECT id, phone FROM labelled WHERE phone = '415-555-7891';
SELECT id, phone FROM labelled WHERE phone = '415-555-7891'::text;
SELECT id, phone FROM labelled WHERE phone = '415-555-7892';
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN labelled.phone IS 'MASKED AS year';	-- fails: not for such columns
SECURITY LABEL FOR ccpii ON COLUMN labelled.phone IS NULL;
SET ROLE regress_ccpii_agent;
SELECT id, phone FROM labelled ORDER BY id;
-- A mask that the type brings along is one call, which an index can be on.
RESET ROLE;
CREATE INDEX labelled_masked ON labelled (ccpii.masked(phone));
SET ROLE regress_ccpii_agent;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id, phone FROM labelled WHERE phone = 'XXX-XXX-7890';
RESET enable_seqscan;
RESET ROLE;

--
-- Views, generated columns, constraints
--
SET ROLE regress_ccpii_owner;
CREATE VIEW seen AS SELECT id, phone, phone || '' AS text FROM labelled;
CREATE VIEW trusted AS SELECT min(phone) AS least, count(*) FILTER (WHERE phone LIKE '415%') AS n, max(phone::text) AS most FROM labelled;
RESET ROLE;
SECURITY LABEL FOR ccpii ON VIEW trusted IS 'TRUSTED';
SET ROLE regress_ccpii_agent;
SELECT * FROM seen ORDER BY id;
SELECT least, n FROM trusted;
SET ROLE regress_ccpii_owner;
SELECT * FROM trusted;
CREATE TABLE computed (id int, phone ccpii.masked_text(phone) CHECK (phone ~ '^[0-9-]+$'), CHECK (length(phone) = 12),
	low ccpii.masked_text(phone) GENERATED ALWAYS AS (lower(phone)) STORED,
	is_test boolean GENERATED ALWAYS AS (phone = '415-555-0000') STORED,
	digits text GENERATED ALWAYS AS (replace(ccpii.text_of(phone), '-', '')) STORED);
CREATE TABLE refused (phone ccpii.masked_text, t text GENERATED ALWAYS AS (phone || '') STORED);	-- fails: depends on who reads
INSERT INTO computed VALUES (1, '415-555-7890');
SET ROLE regress_ccpii_agent;
INSERT INTO computed VALUES (2, '415-555-7891');
INSERT INTO computed VALUES (3, '415-555-789x');	-- fails: CHECK
UPDATE computed SET id = 4 WHERE id = 1;
SELECT * FROM computed ORDER BY id;
SET ROLE regress_ccpii_owner;
SELECT * FROM computed ORDER BY id;
-- Elsewhere text_of() is the mask, for everybody.
SELECT ccpii.text_of(phone) FROM computed ORDER BY id;
RESET ROLE;

--
-- Who may see stored values
--
CREATE FUNCTION tell(ccpii.masked_text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN format('%s', $1); END $$;
CREATE FUNCTION given() RETURNS ccpii.masked_text LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = regress_ccpii_type AS 'SELECT phone FROM kinds WHERE id = 1';
ALTER FUNCTION given() OWNER TO regress_ccpii_boss;
SET ROLE regress_ccpii_boss;
SELECT given(), tell(given());
SET ROLE regress_ccpii_owner;	-- owns all tables with such columns, but those of masked roles
SELECT given(), tell(given());
SET ROLE regress_ccpii_agent;
SELECT given(), tell(given()), given()::text::bytea, given()::ccpii.masked_text(digits, 32);
SET ROLE regress_ccpii_other;
SELECT given(), tell(given());
CREATE TEMP TABLE own (phone ccpii.masked_text(phone));	-- takes nothing from anybody
INSERT INTO own VALUES ('415-555-7899');
SELECT * FROM own;
SET ROLE regress_ccpii_agent;
CREATE TABLE agents (phone ccpii.masked_text(phone));	-- nor does a masked role's
SET ROLE regress_ccpii_owner;
SELECT given();
-- An owner among others sees his tables, and masks of what comes from nowhere.
SET ROLE regress_ccpii_other;
CREATE TABLE others (id int, phone ccpii.masked_text(phone));
CREATE INDEX ON others (phone);
INSERT INTO others VALUES (1, '415-555-7777');
SELECT *, phone || '!', given() FROM others WHERE phone = '415-555-7777' AND phone LIKE '415%';
COPY others TO STDOUT;
INSERT INTO others SELECT 2, phone FROM others;
CREATE TABLE others_copy AS SELECT * FROM others;
GRANT ALL ON others, others_copy TO regress_ccpii_agent;
SET ROLE regress_ccpii_owner;
SELECT given(), tell(given());
SELECT id, phone FROM kinds WHERE id = 1;
SET ROLE regress_ccpii_agent;
SELECT * FROM others ORDER BY id;
SELECT * FROM others_copy ORDER BY id;
-- row_security, as pg_dump sets it.
SET row_security = off;
SELECT phone FROM kinds;
COPY kinds TO STDOUT;
SELECT given();
DO $$ BEGIN PERFORM tell(given()); END $$;
SET ROLE regress_ccpii_owner;
SELECT phone FROM kinds WHERE id = 1;
COPY kinds (phone) TO STDOUT;
SELECT given();	-- fails: not his alone any more
RESET row_security;
RESET ROLE;
-- A superuser, and what unlabelled roles are by default.
SELECT given();
SET ccpii.unlabelled_roles = clear;
SET ROLE regress_ccpii_other;
SELECT given(), tell(given());
SELECT phone FROM kinds WHERE id = 1;
RESET ROLE;
RESET ccpii.unlabelled_roles;
SET ROLE regress_ccpii_other;
SELECT given(), tell(given());
RESET ROLE;

DROP SCHEMA regress_ccpii_type CASCADE;
DROP TABLE IF EXISTS own;
DROP OWNED BY regress_ccpii_agent, regress_ccpii_lead, regress_ccpii_boss, regress_ccpii_other, regress_ccpii_owner;
DROP ROLE regress_ccpii_agent, regress_ccpii_lead, regress_ccpii_boss, regress_ccpii_other, regress_ccpii_owner;

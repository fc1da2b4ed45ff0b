-- Promise: one for whom a relation is masked, be it his own, defines nothing
-- on it that would answer questions about its values or store masks in them.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_masked;
CREATE ROLE regress_ccpii_boss;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_masked IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_boss IS 'CLEAR';
CREATE SCHEMA regress_ccpii_definition;
GRANT ALL ON SCHEMA regress_ccpii_definition TO PUBLIC;
SET search_path = regress_ccpii_definition;
SET ROLE regress_ccpii_agent;
CREATE TABLE kept (id int, phone ccpii.masked_text(phone), note text, plain int);
CREATE TABLE labelled (id int, phone text, note text);
INSERT INTO labelled VALUES (1, '415-555-7890', 'one');
CREATE TABLE other (id int, note text);
RESET ROLE;
INSERT INTO kept VALUES (1, '415-555-7890', 'one', 1);
SECURITY LABEL FOR ccpii ON COLUMN labelled.phone IS 'MASKED AS phone';
GRANT regress_ccpii_masked TO regress_ccpii_agent;

SET ROLE regress_ccpii_agent;
SELECT * FROM kept;
ALTER TABLE kept ALTER phone TYPE text;	-- fails
ALTER TABLE kept ALTER phone TYPE ccpii.masked_text(digits, 32);	-- fails
ALTER TABLE kept ALTER note TYPE text USING phone::text;	-- fails
ALTER TABLE kept ALTER plain TYPE int USING (phone = '415-555-7890')::int;	-- fails
ALTER TABLE kept ADD CHECK (phone <> '415-555-7890');	-- fails
ALTER TABLE kept ADD CONSTRAINT c CHECK (phone LIKE '5%') NOT VALID;	-- fails
CREATE INDEX ON kept (id) WHERE phone = '415-555-7890';	-- fails
CREATE INDEX ON kept ((1 / (phone <> '415-555-7890')::int));	-- fails
ALTER TABLE kept ADD told int GENERATED ALWAYS AS (1 / (phone <> '415-555-7890')::int) STORED;	-- fails
ALTER TABLE kept ADD EXCLUDE USING btree (phone WITH =) WHERE (phone < '5');	-- fails
CREATE STATISTICS s ON (1 / (phone <> '415-555-7890')::int) FROM kept;	-- fails
CREATE TABLE bounds (LIKE kept) PARTITION BY RANGE (phone);
ALTER TABLE bounds ATTACH PARTITION kept FOR VALUES FROM ('5') TO ('6');	-- fails
ALTER TABLE labelled ALTER note TYPE int USING (phone = '415-555-7890')::int;	-- fails
ALTER TABLE labelled ADD CHECK (phone <> '415-555-7890');	-- fails
CREATE INDEX ON labelled (lower(phone));	-- fails
-- On his own new tables expressions would read values as they are stored, such
-- as a function of somebody else returns.
CREATE TEMP TABLE own (phone ccpii.masked_text(phone) CHECK (phone::text <> '415-555-7890'));	-- fails
CREATE TABLE own (phone ccpii.masked_text(phone), copy text GENERATED ALWAYS AS (ccpii.text_of(phone)) STORED);	-- fails
CREATE TABLE own (phone ccpii.masked_text(phone), EXCLUDE (ccpii.text_of(phone) WITH =));	-- fails
CREATE TABLE own (phone ccpii.masked_text(phone)) PARTITION BY LIST (ccpii.text_of(phone));	-- fails
CREATE TABLE own (phone text CHECK (phone <> '415-555-7890'), note text);
CREATE INDEX ON own (note) WHERE note > 'a';
ALTER TABLE own ALTER phone TYPE ccpii.masked_text(phone);	-- fails
ALTER TABLE own ALTER note TYPE ccpii.masked_text(phone);	-- fails
ALTER TABLE own ADD other ccpii.masked_text(phone) CHECK (other <> '415-555-7890');	-- fails
CREATE TEMP TABLE kept (phone ccpii.masked_text(phone) CHECK (phone::text <> 'x'));	-- fails: another of that name
CREATE TABLE fine (id int CHECK (id > 0), phone ccpii.masked_text(phone) UNIQUE, twice int GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE IF NOT EXISTS kept (id int);
-- What reads no rows, or those of no masked column by expressions, he may.
CREATE INDEX ON kept (phone);
CREATE UNIQUE INDEX ON kept (id);
ALTER TABLE kept ALTER plain TYPE bigint;
ALTER TABLE kept ADD extra int DEFAULT 1;
ALTER TABLE other ALTER note TYPE int USING length(note);
ALTER TABLE other ADD CHECK (id > 0);
CREATE INDEX ON other (id) WHERE note > 0;
RESET ROLE;
SELECT ccpii.text_of(phone), phone, plain, extra FROM kept;
-- Who is clear may all of it.
ALTER TABLE kept OWNER TO regress_ccpii_boss;
SET ROLE regress_ccpii_boss;
ALTER TABLE kept ADD CHECK (phone <> 'x');
CREATE INDEX ON kept (id) WHERE phone = '415-555-7890';
ALTER TABLE kept ALTER note TYPE text USING phone::text;
SELECT note FROM kept;
ALTER TABLE kept ALTER phone TYPE text;
SELECT phone FROM kept;
ALTER TABLE kept ALTER phone TYPE ccpii.masked_text(phone);
SELECT phone FROM kept;
RESET ROLE;

DROP SCHEMA regress_ccpii_definition CASCADE;
DROP OWNED BY regress_ccpii_agent, regress_ccpii_masked, regress_ccpii_boss;
DROP ROLE regress_ccpii_agent, regress_ccpii_masked, regress_ccpii_boss;

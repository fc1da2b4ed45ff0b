-- Promise: detach gives tables back as they were, says what it does and can
-- say so before; the extension cannot be dropped, in no way, while it hides
-- anything; once it is gone nothing is left, and it can come back.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_steward IN ROLE ccpii_admin;
CREATE ROLE regress_ccpii_chief IN ROLE ccpii_admin, regress_ccpii_owner;
CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_detach AUTHORIZATION regress_ccpii_owner;
GRANT USAGE ON SCHEMA regress_ccpii_detach TO PUBLIC;
SET search_path = regress_ccpii_detach;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int PRIMARY KEY, "Name" text, phone text, digits text GENERATED ALWAYS AS (replace(phone, '-', '')) STORED);
INSERT INTO customers VALUES (1, 'Ada Lovelace', '415-555-7890');
CREATE TABLE vip (rank int, code text) INHERITS (customers);
INSERT INTO vip VALUES (2, 'Grace Hopper', '212-555-7890', DEFAULT, 1, 'x');
CREATE TABLE parts (id int, phone text) PARTITION BY RANGE (id);
CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
INSERT INTO parts VALUES (1, '415-555-0001');
CREATE VIEW report AS SELECT left(phone, 3) AS area, count(*) AS n FROM customers GROUP BY 1;
CREATE TABLE plain (id int);
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_detach TO PUBLIC;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers."Name" IS 'MASKED AS name FOR regress_ccpii_reader';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN vip.code IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN parts.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON VIEW report IS 'TRUSTED';
SECURITY LABEL FOR ccpii ON COLUMN report.n IS 'CLEAR';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_reader IS 'MASKED';
CREATE VIEW labels AS SELECT objname, label FROM pg_seclabels
	WHERE provider = 'ccpii' AND objtype IN ('table', 'view', 'column', 'materialized view') AND objnamespace = 'regress_ccpii_detach'::regnamespace;

-- Told and not done.
SELECT * FROM ccpii.detach('customers', dry_run => true) ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT * FROM ccpii.detach('report', true) ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT * FROM ccpii.detach('plain', true);
SELECT * FROM ccpii.detach_all(dry_run => true) WHERE object::text !~ '\.' ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT count(*) FROM labels;
-- A part of a family only: what stays is said.
SELECT * FROM ccpii.detach('vip', true) ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT * FROM ccpii.detach('part1', true) ORDER BY object::text COLLATE "C", action COLLATE "C";
BEGIN TRANSACTION READ ONLY;
SELECT count(*) FROM ccpii.detach('customers', true);
SELECT * FROM ccpii.detach('customers');  -- fails: nothing can be written
ROLLBACK;

-- Who may: the owner who is a ccpii_admin, and superusers.
SET ROLE regress_ccpii_owner;
SELECT * FROM ccpii.detach('customers');  -- fails: no ccpii_admin
SELECT * FROM ccpii.detach_all();  -- fails: no ccpii_admin
SET ROLE regress_ccpii_steward;
SELECT * FROM ccpii.detach('customers');  -- fails: not his
SELECT * FROM ccpii.detach('customers', true);  -- fails: not his
SELECT * FROM ccpii.detach_all();  -- fails: not his
SET ROLE regress_ccpii_reader;
SELECT * FROM ccpii.detach('customers');  -- fails: no ccpii_admin
RESET ROLE;
SELECT * FROM ccpii.detach(NULL);  -- fails: null
SELECT * FROM ccpii.detach(0);  -- fails: no relation
SELECT * FROM ccpii.detach('nosuch');  -- fails: no relation
SELECT count(*) FROM labels;

-- Done, by the owner who is a ccpii_admin; plans follow, others stay masked.
SET ROLE regress_ccpii_reader;
PREPARE look AS SELECT id, "Name", phone, digits FROM customers ORDER BY id;
PREPARE look_vip AS SELECT phone, code FROM vip;
EXECUTE look;
EXECUTE look_vip;
SET ROLE regress_ccpii_chief;
BEGIN;
SELECT count(*) FROM ccpii.detach('customers');
SET LOCAL ROLE regress_ccpii_reader;
EXECUTE look;
EXECUTE look_vip;
ROLLBACK;
SET ROLE regress_ccpii_reader;
EXECUTE look;
EXECUTE look_vip;
SET ROLE regress_ccpii_chief;
SELECT * FROM ccpii.detach('customers') ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT * FROM ccpii.detach('customers');
SET ROLE regress_ccpii_reader;
EXECUTE look;
EXECUTE look_vip;
SELECT * FROM parts;
UPDATE customers SET phone = '415-555-7891' WHERE id = 1;
RESET ROLE;
TABLE labels ORDER BY 1;
DEALLOCATE ALL;

-- The extension stays as long as there is a label, on whatever, whoever asks.
DROP EXTENSION ccpii;  -- fails: labels
DROP EXTENSION ccpii CASCADE;  -- fails: labels
DROP SCHEMA ccpii CASCADE;  -- fails: labels
DO $$ BEGIN DROP EXTENSION ccpii; END $$;  -- fails: labels
DROP EXTENSION IF EXISTS plpgsql, ccpii;  -- fails: labels
BEGIN;
SECURITY LABEL FOR ccpii ON COLUMN parts.phone IS NULL;
DROP EXTENSION ccpii;  -- fails: labels of the view
ROLLBACK;
SET ROLE regress_ccpii_chief;
DROP EXTENSION ccpii;  -- fails: not his
RESET ROLE;
SET ROLE regress_ccpii_reader;
SELECT * FROM parts;
RESET ROLE;
DROP TYPE ccpii.plan_token CASCADE;  -- fails: the extension needs it
DROP FUNCTION ccpii.mask_phone(text);  -- fails: the same

-- What detach_all leaves can be dropped.
SELECT * FROM ccpii.detach_all() ORDER BY object::text COLLATE "C", action COLLATE "C";
SELECT * FROM ccpii.detach_all();
TABLE labels;
DROP EXTENSION ccpii;
DROP SCHEMA ccpii;
SET ROLE regress_ccpii_reader;
SELECT * FROM parts;
COPY customers (phone) TO STDOUT;
RESET ROLE;
-- Where it is not, labels are refused, since nothing would heed them.
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED';  -- fails: not installed
SECURITY LABEL FOR ccpii ON VIEW report IS 'TRUSTED';  -- fails: not installed
SELECT count(*) FROM pg_proc WHERE proname IN ('mask_phone', 'detach', 'plan_token_in');
SELECT count(*) FROM pg_seclabels WHERE provider = 'ccpii' AND objtype NOT IN ('role', 'database');
-- The server does not count this database among those that have it.
SELECT count(*) FROM pg_seclabels WHERE provider = 'ccpii' AND objtype = 'database' AND objname = quote_ident(current_database());

-- It comes back, in the same session, with the labels of roles, which are the
-- cluster's.
CREATE ROLE regress_ccpii_super SUPERUSER;
SET ROLE regress_ccpii_super;
CREATE EXTENSION ccpii;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SET ROLE regress_ccpii_reader;
SELECT phone FROM customers ORDER BY id;
RESET ROLE;
-- An owner's things are dropped with him, but not this.
DROP OWNED BY regress_ccpii_super;  -- fails: labels
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL;
DROP OWNED BY regress_ccpii_super CASCADE;
SELECT count(*) FROM pg_extension WHERE extname = 'ccpii';
DROP SCHEMA IF EXISTS ccpii;
-- Dropped and made again in one transaction, and taken back.
CREATE EXTENSION ccpii;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
BEGIN;
SELECT count(*) FROM ccpii.detach_all();
DROP EXTENSION ccpii;
SET LOCAL ROLE regress_ccpii_reader;
SELECT phone FROM customers ORDER BY id;
ROLLBACK;
SET ROLE regress_ccpii_reader;
SELECT phone FROM customers ORDER BY id;
RESET ROLE;
BEGIN;
SELECT count(*) FROM ccpii.detach_all();
DROP EXTENSION ccpii;
CREATE EXTENSION ccpii;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED';
SET LOCAL ROLE regress_ccpii_reader;
SELECT phone FROM customers ORDER BY id;
COMMIT;
SET ROLE regress_ccpii_reader;
SELECT phone FROM customers ORDER BY id;
RESET ROLE;

DROP SCHEMA regress_ccpii_detach CASCADE;
DROP ROLE regress_ccpii_chief, regress_ccpii_steward, regress_ccpii_owner, regress_ccpii_reader, regress_ccpii_super;
SELECT extname FROM pg_extension WHERE extname = 'ccpii';

-- Promise: masked views never keep their relations from being altered or
-- dropped; they follow, in the same transaction, with their owner, privileges,
-- comments and labels; what depends on them is never dropped unasked.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_heir;
CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_clerk;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED';
CREATE SCHEMA regress_ccpii_base;
CREATE SCHEMA regress_ccpii_mask;
GRANT ALL ON SCHEMA regress_ccpii_base TO regress_ccpii_owner, regress_ccpii_heir;
GRANT USAGE ON SCHEMA regress_ccpii_base, regress_ccpii_mask TO PUBLIC;
SET search_path = regress_ccpii_base;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int PRIMARY KEY, name text, phone varchar(20), email text);
INSERT INTO customers VALUES (1, 'Ada Lovelace', '415-555-7890', 'ada@example.com');
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS 'MASKED AS email';
-- The owner of the table may not create anything where its view is.
SELECT ccpii.masked_view_create('customers', 'regress_ccpii_mask.customers');
SET ROLE regress_ccpii_owner;
CREATE TABLE regress_ccpii_mask.probe (id int);  -- fails: not his schema
GRANT SELECT, INSERT ON regress_ccpii_mask.customers TO regress_ccpii_agent WITH GRANT OPTION;
GRANT UPDATE (name, email) ON regress_ccpii_mask.customers TO regress_ccpii_agent;
REVOKE TRUNCATE ON regress_ccpii_mask.customers FROM regress_ccpii_owner;
COMMENT ON VIEW regress_ccpii_mask.customers IS 'for agents';
COMMENT ON COLUMN regress_ccpii_mask.customers.phone IS 'the number';
SET ROLE regress_ccpii_agent;
GRANT SELECT ON regress_ccpii_mask.customers TO regress_ccpii_clerk;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN regress_ccpii_mask.customers.name IS 'MASKED AS name FOR regress_ccpii_clerk';

CREATE VIEW state AS
	SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attacl, col_description(a.attrelid, a.attnum) AS comment,
		(SELECT label FROM pg_seclabel l WHERE l.objoid = a.attrelid AND l.objsubid = a.attnum) AS label
	FROM pg_attribute a WHERE a.attrelid = to_regclass('regress_ccpii_mask.customers') AND a.attnum > 0 ORDER BY a.attnum;
CREATE VIEW whole AS
	SELECT c.relowner::regrole AS owner, replace(c.relacl::text, 'xtm/', 'xt/') AS relacl, c.reloptions, obj_description(c.oid, 'pg_class') AS comment,
		(SELECT label FROM pg_seclabel l WHERE l.objoid = c.oid AND l.objsubid = 0) AS label
	FROM pg_class c WHERE c.oid = to_regclass('regress_ccpii_mask.customers');
CREATE FUNCTION read_as_agent() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	SET LOCAL ROLE regress_ccpii_agent;
	RETURN QUERY EXECUTE 'SELECT c::text FROM regress_ccpii_mask.customers c ORDER BY c.id';
	RESET ROLE;
END
$$;
TABLE state;
TABLE whole;
SELECT read_as_agent();

--
-- In place: new columns and names
--
SELECT 'regress_ccpii_mask.customers'::regclass::oid AS view \gset
SET ROLE regress_ccpii_owner;
ALTER TABLE customers ADD COLUMN city text DEFAULT 'Lyon', ADD COLUMN age int;
ALTER TABLE customers RENAME COLUMN city TO "To wn";
ALTER TABLE customers RENAME name TO "full";
ALTER TABLE customers ADD COLUMN IF NOT EXISTS age int;
RESET ROLE;
SELECT 'regress_ccpii_mask.customers'::regclass::oid = :view AS same;
TABLE state;
SELECT read_as_agent();
-- A label comes with the column, in one transaction.
BEGIN;
ALTER TABLE customers ADD COLUMN fax text DEFAULT '415-555-0009';
SECURITY LABEL FOR ccpii ON COLUMN customers.fax IS 'MASKED AS phone';
COMMIT;
SELECT read_as_agent();
-- Names of the table and its schema are nobody's business.
ALTER TABLE customers RENAME TO clients;
ALTER SCHEMA regress_ccpii_base RENAME TO regress_ccpii_moved;
SET search_path = regress_ccpii_moved;
ALTER TABLE clients SET SCHEMA public;
ALTER VIEW regress_ccpii_mask.customers RENAME TO shown;
ALTER TABLE public.clients DROP COLUMN fax;
ALTER VIEW regress_ccpii_mask.shown RENAME TO customers;
ALTER TABLE public.clients SET SCHEMA regress_ccpii_moved;
ALTER SCHEMA regress_ccpii_moved RENAME TO regress_ccpii_base;
SET search_path = regress_ccpii_base;
ALTER TABLE clients RENAME TO customers;
SELECT read_as_agent();

--
-- Made again: columns that go, or change their types
--
SET ROLE regress_ccpii_owner;
ALTER TABLE customers DROP COLUMN age, ALTER COLUMN phone TYPE text, ADD COLUMN note text;
ALTER TABLE customers ALTER "full" TYPE char(20) USING left("full", 3);
RESET ROLE;
TABLE state;
TABLE whole;
SELECT read_as_agent();
SET ROLE regress_ccpii_clerk;
SELECT * FROM regress_ccpii_mask.customers;
SET ROLE regress_ccpii_agent;
UPDATE regress_ccpii_mask.customers SET "full" = 'x' WHERE id = 1;
UPDATE regress_ccpii_mask.customers SET id = 2;  -- fails: no grant
RESET ROLE;
-- What is not there to be dropped changes nothing.
SELECT 'regress_ccpii_mask.customers'::regclass::oid AS view \gset
SET client_min_messages = error;
ALTER TABLE customers DROP COLUMN IF EXISTS nosuch;
SET client_min_messages = warning;
ALTER TABLE customers ALTER COLUMN note SET DEFAULT 'x', ALTER COLUMN note SET STATISTICS 10;
ALTER TABLE customers ADD CHECK (id > 0);
SELECT 'regress_ccpii_mask.customers'::regclass::oid = :view AS same;

-- All or nothing.
ALTER TABLE customers DROP COLUMN note, ALTER COLUMN "full" TYPE int USING "full"::int;  -- fails: no number
SELECT 'regress_ccpii_mask.customers'::regclass::oid = :view AS same;
BEGIN;
ALTER TABLE customers DROP COLUMN note;
SAVEPOINT s;
ALTER TABLE customers DROP COLUMN email;
TABLE state;
ROLLBACK TO s;
SELECT count(*) FROM state;
ROLLBACK;
SELECT 'regress_ccpii_mask.customers'::regclass::oid = :view AS same;
SELECT count(*) FROM state;
-- Whoever may not alter the table does not touch the view.
SET ROLE regress_ccpii_agent;
ALTER TABLE customers DROP COLUMN note;  -- fails: not his
ALTER TABLE customers RENAME COLUMN note TO x;  -- fails: not his
DROP TABLE customers;  -- fails: not his
RESET ROLE;
SELECT 'regress_ccpii_mask.customers'::regclass::oid = :view AS same;

-- What depends on the view is named, and stays.
CREATE VIEW on_top AS SELECT id, phone FROM regress_ccpii_mask.customers;
ALTER TABLE customers ADD COLUMN extra int;
ALTER TABLE customers RENAME extra TO more;
ALTER TABLE customers DROP COLUMN more;  -- fails: on_top
ALTER TABLE customers ALTER COLUMN more TYPE bigint;  -- fails: on_top
DROP TABLE customers;  -- fails: on_top
SELECT count(*) FROM on_top;
-- As the server does with other views, CASCADE takes it along.
SET client_min_messages = error;
ALTER TABLE customers DROP COLUMN more CASCADE;
SET client_min_messages = warning;
SELECT to_regclass('on_top');
SELECT count(*) FROM state;
-- What belongs to the view, and could not be made again, is not lost.
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER own INSTEAD OF DELETE ON regress_ccpii_mask.customers FOR EACH ROW EXECUTE FUNCTION nothing();
ALTER TABLE customers DROP COLUMN note;  -- fails: a trigger
DROP TRIGGER own ON regress_ccpii_mask.customers;
CREATE RULE own AS ON DELETE TO regress_ccpii_mask.customers DO ALSO NOTHING;
ALTER TABLE customers DROP COLUMN note;  -- fails: a rule
DROP RULE own ON regress_ccpii_mask.customers;
ALTER VIEW regress_ccpii_mask.customers ALTER COLUMN note SET DEFAULT 'y';
ALTER TABLE customers DROP COLUMN note;  -- fails: a default
ALTER TABLE customers ADD COLUMN extra int;
ALTER VIEW regress_ccpii_mask.customers ALTER COLUMN note DROP DEFAULT;
ALTER TABLE customers DROP COLUMN note, DROP COLUMN extra;

--
-- Owners
--
ALTER TABLE customers OWNER TO regress_ccpii_heir;
TABLE whole;
SELECT read_as_agent();
ALTER TABLE customers OWNER TO regress_ccpii_owner, DROP COLUMN "To wn";
TABLE whole;
REASSIGN OWNED BY regress_ccpii_owner TO regress_ccpii_heir;
TABLE whole;
SELECT read_as_agent();

--
-- Drift: what happened where ccpii was not loaded
--
SET ROLE regress_ccpii_heir;
ALTER VIEW regress_ccpii_mask.customers RENAME COLUMN phone TO email_;
ALTER VIEW regress_ccpii_mask.customers RENAME COLUMN email TO phone;
ALTER VIEW regress_ccpii_mask.customers RENAME COLUMN email_ TO email;
ALTER VIEW regress_ccpii_mask.customers SET (security_barrier = false, security_invoker = true);
RESET ROLE;
ALTER VIEW regress_ccpii_mask.customers OWNER TO regress_ccpii_owner;
TABLE state;
SELECT ccpii.masked_view_refresh('regress_ccpii_mask.customers');
TABLE state;
TABLE whole;
ALTER VIEW regress_ccpii_mask.customers RENAME COLUMN phone TO number;
SELECT ccpii.masked_view_refresh('regress_ccpii_mask.customers');
TABLE state;
CREATE OR REPLACE VIEW regress_ccpii_mask.customers AS SELECT id, "full", phone, email FROM customers WHERE id > 5;
SELECT ccpii.masked_view_refresh('regress_ccpii_mask.customers');
SELECT read_as_agent();

--
-- Families
--
CREATE TABLE parent (id int, phone text);
CREATE TABLE child (note text) INHERITS (parent);
CREATE TABLE parts (id int, phone text) PARTITION BY RANGE (id);
CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
CREATE TABLE part11 PARTITION OF part1 FOR VALUES FROM (0) TO (5);
CREATE TYPE pair AS (a int, b text);
CREATE TABLE typed OF pair;
CREATE MATERIALIZED VIEW copied AS SELECT id, phone FROM customers;
SELECT ccpii.masked_view_create(c, format('regress_ccpii_mask.%I', c::oid::regclass::name))
	FROM unnest(ARRAY['parent', 'child', 'parts', 'part1', 'part11', 'typed', 'copied']::regclass[]) c;
CREATE VIEW shapes AS SELECT c.relname, string_agg(format('%s %s', attname, atttypid::regtype), ', ' ORDER BY attnum) AS columns
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0
	WHERE relnamespace = 'regress_ccpii_mask'::regnamespace AND relkind = 'v' AND relname <> 'customers'
	GROUP BY c.relname ORDER BY c.relname;
TABLE shapes;
ALTER TABLE parent ADD COLUMN x int;
ALTER TABLE parent RENAME phone TO number;
ALTER TABLE parent ALTER COLUMN number TYPE varchar;
ALTER TABLE parts RENAME phone TO number;
ALTER TABLE parts ALTER COLUMN number TYPE varchar, ADD COLUMN y int;
ALTER TYPE pair ADD ATTRIBUTE c int CASCADE;
ALTER TYPE pair RENAME ATTRIBUTE a TO first CASCADE;
ALTER TYPE pair ALTER ATTRIBUTE c TYPE bigint CASCADE;
ALTER MATERIALIZED VIEW copied RENAME COLUMN phone TO number;
TABLE shapes;
ALTER TABLE ONLY parent DROP COLUMN x;
ALTER TABLE parts DROP COLUMN y;
ALTER TYPE pair DROP ATTRIBUTE b CASCADE;
TABLE shapes;

-- Foreign tables are no different.
CREATE FOREIGN DATA WRAPPER regress_ccpii_wrapper;
CREATE SERVER regress_ccpii_server FOREIGN DATA WRAPPER regress_ccpii_wrapper;
CREATE FOREIGN TABLE far (id int, phone text, fax text) SERVER regress_ccpii_server;
SELECT ccpii.masked_view_create('far', 'regress_ccpii_mask.far');
ALTER FOREIGN TABLE far RENAME phone TO number;
ALTER FOREIGN TABLE far DROP COLUMN fax;
ALTER FOREIGN TABLE far ADD COLUMN x int;
SELECT * FROM shapes WHERE relname = 'far';
DROP FOREIGN TABLE far;
SELECT * FROM shapes WHERE relname = 'far';
DROP FOREIGN DATA WRAPPER regress_ccpii_wrapper CASCADE;

-- A table takes its views along, and its partitions' views; children do not go.
DROP TABLE parent;  -- fails: child
DROP TABLE child, parent;
DROP MATERIALIZED VIEW copied;
DROP TABLE part11;
DROP TABLE parts, typed;
TABLE shapes;
SET ROLE regress_ccpii_heir;
DROP TABLE customers;
RESET ROLE;
SELECT relname FROM pg_class WHERE relnamespace = 'regress_ccpii_mask'::regnamespace;
SELECT count(*) FROM pg_seclabel WHERE provider = 'ccpii';

SET client_min_messages = error;
DROP SCHEMA regress_ccpii_base, regress_ccpii_mask CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_heir, regress_ccpii_agent, regress_ccpii_clerk;

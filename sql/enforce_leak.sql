-- Promise: no error tells a stored value of a labelled relation, neither to a
-- masked reader nor to anybody else, neither in message, detail nor context;
-- errors of other relations are as ever.

\pset format unaligned
\pset null (null)
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_leak;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_leak TO regress_ccpii_reader;
SET search_path = regress_ccpii_leak;
CREATE TABLE customers (
	id int PRIMARY KEY,
	phone text CONSTRAINT phone_unique UNIQUE,
	email text,
	status text NOT NULL CONSTRAINT status_known CHECK (status <> 'bad'),
	rank int,
	CONSTRAINT email_status UNIQUE (email, status),
	CONSTRAINT email_excluded EXCLUDE (email WITH =, rank WITH =) DEFERRABLE);
INSERT INTO customers VALUES (1, '415-555-7890', 'ada@example.com', 'open', 1), (2, '212-555-7890', 'ada@example.com', 'shut', 2), (3, 'secret word', 'eve@example.com', 'open', 3);
CREATE TABLE calls (id int PRIMARY KEY, phone text);
CREATE TABLE plain (id int PRIMARY KEY, phone text UNIQUE DEFERRABLE, status text NOT NULL);
INSERT INTO plain VALUES (1, '415-555-7890', 'open');
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_leak TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS 'MASKED AS email';

--
-- Constraints, whoever violates them
--
SET ROLE regress_ccpii_reader;
INSERT INTO customers VALUES (4, '415-555-0004', 'new@example.com', NULL);  -- fails: not null
UPDATE customers SET status = NULL WHERE id = 1;  -- fails: not null, in a row that he did not write
UPDATE customers SET status = 'bad' WHERE id = 1;  -- fails: check
UPDATE customers SET status = 'open' WHERE id = 2;  -- fails: unique, with a column that he did not write
UPDATE customers SET id = 2 WHERE id = 1;  -- fails: unique
INSERT INTO customers VALUES (5, '415-555-7890', NULL, 'open');  -- fails: unique
RESET ROLE;
UPDATE customers SET status = 'open' WHERE id = 2;  -- fails: unique, for the owner as well
UPDATE customers SET status = NULL WHERE id = 1;  -- fails: not null
-- An exclusion that can be deferred: at once, when told to, and at the end.
SET ROLE regress_ccpii_reader;
UPDATE customers SET rank = 1 WHERE id = 2;  -- fails: excluded
BEGIN;
SET CONSTRAINTS email_excluded DEFERRED;
UPDATE customers SET rank = 1 WHERE id = 2;
SET CONSTRAINTS email_excluded IMMEDIATE;  -- fails: excluded
ROLLBACK;
BEGIN;
SET CONSTRAINTS email_excluded DEFERRED;
UPDATE customers SET rank = 1 WHERE id = 2;
COMMIT;  -- fails: excluded
RESET ROLE;
ALTER TABLE customers DROP CONSTRAINT email_excluded, ADD CONSTRAINT email_rank UNIQUE (email, rank) DEFERRABLE INITIALLY DEFERRED;
SET ROLE regress_ccpii_reader;
UPDATE customers SET rank = 1 WHERE id = 2;  -- fails: unique, at the end of the statement's own transaction
BEGIN;
UPDATE customers SET rank = 1 WHERE id = 2;
COMMIT;  -- fails: unique
BEGIN;
UPDATE customers SET rank = 1 WHERE id = 2;
SAVEPOINT s;
SELECT 1 / 0;  -- fails: by zero
ROLLBACK TO s;
COMMIT;  -- fails: unique, after another error
PREPARE change AS UPDATE customers SET rank = 1 WHERE id = 2;
BEGIN;
EXECUTE change;
ROLLBACK;
SELECT 1 / 0;  -- fails: by zero
BEGIN;
EXECUTE change;
COMMIT;  -- fails: unique, with nothing planned since the error
DEALLOCATE change;
DO $$
BEGIN
	UPDATE regress_ccpii_leak.customers SET rank = 1 WHERE id = 2;
	COMMIT;
END
$$;  -- fails: unique, at a commit inside
RESET ROLE;
-- Foreign keys: what is written refers to nothing, what goes is referred to.
ALTER TABLE calls ADD CONSTRAINT calls_phone FOREIGN KEY (phone) REFERENCES customers (phone) DEFERRABLE;
INSERT INTO calls VALUES (1, '415-555-7890');
SET ROLE regress_ccpii_reader;
DELETE FROM customers WHERE id = 1;  -- fails: referred to
BEGIN;
SET CONSTRAINTS calls_phone DEFERRED;
DELETE FROM customers WHERE id = 1;
SET CONSTRAINTS calls_phone IMMEDIATE;  -- fails: referred to
ROLLBACK;
BEGIN;
SET CONSTRAINTS calls_phone DEFERRED;
DELETE FROM customers WHERE id = 1;
COMMIT;  -- fails: referred to
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS 'MASKED AS phone';
SET ROLE regress_ccpii_reader;
INSERT INTO calls VALUES (2, '999-999-9999');  -- fails: refers to nothing
BEGIN;
SET CONSTRAINTS calls_phone DEFERRED;
INSERT INTO calls VALUES (2, '999-999-9999');
COMMIT;  -- fails: refers to nothing
DELETE FROM customers WHERE id = 1;  -- fails: referred to
RESET ROLE;
DROP TABLE calls;

--
-- Partitions
--
CREATE TABLE parts (id int, phone text, status text) PARTITION BY LIST (phone);
CREATE TABLE part1 PARTITION OF parts FOR VALUES IN ('415-555-7890');
CREATE TABLE areas (area int, phone text) PARTITION BY RANGE (area);
CREATE TABLE area4 PARTITION OF areas FOR VALUES FROM (400) TO (500);
INSERT INTO areas VALUES (415, '415-555-7890');
GRANT ALL ON parts, part1, areas, area4 TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN parts.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN areas.phone IS 'MASKED AS phone';
SET ROLE regress_ccpii_reader;
INSERT INTO parts VALUES (1, '999-999-9999', 'x');  -- fails: no partition
INSERT INTO part1 VALUES (1, '999-999-9999', 'x');  -- fails: not this one
UPDATE areas SET area = 999;  -- fails: no partition for the row
UPDATE area4 SET area = 999;  -- fails: not in this one
RESET ROLE;
CREATE TABLE area5 (area int, phone text);
INSERT INTO area5 VALUES (415, '415-555-7890');
ALTER TABLE areas ATTACH PARTITION area5 FOR VALUES FROM (500) TO (600);  -- fails: a row is elsewhere
DROP TABLE parts, areas, area5;

--
-- Casts and other functions that repeat what they do not understand
--
SET ROLE regress_ccpii_reader;
SELECT phone::int FROM customers;  -- fails: a mask is no number
SELECT phone::date FROM customers;  -- fails: nor a date
SELECT phone::json FROM customers;  -- fails: nor json
SELECT '5'::int + length(phone), phone::regclass FROM customers;  -- fails: nor a relation
SELECT to_number(phone, 'x'), to_date(email, 'YYYY') FROM customers;  -- fails: the same
INSERT INTO plain SELECT id + 100, phone::numeric::text, email FROM customers;  -- fails: the same
PREPARE cast_it AS SELECT phone::uuid FROM customers WHERE id = $1;
EXECUTE cast_it (1);  -- fails: the same
DEALLOCATE cast_it;
RESET ROLE;
SELECT phone::int FROM customers;  -- fails: of the owner, whose log others read
SELECT phone::json FROM customers;  -- fails: the same
SELECT phone::regclass FROM customers;  -- fails: the same
SELECT phone::regrole FROM customers;  -- fails: the same
SELECT (email || '.x')::regclass FROM customers;  -- fails: the same, of another database
SELECT (phone || '(')::tsquery FROM customers;  -- fails: the same
SELECT array_agg(phone::int) OVER () FROM customers;  -- fails: the same
DECLARE c CURSOR WITH HOLD FOR SELECT phone::int FROM customers;  -- fails: the same
UPDATE customers SET rank = phone::int;  -- fails: the same
ALTER TABLE customers ALTER phone TYPE int USING phone::int;  -- fails: the same
ALTER TABLE customers ADD COLUMN number int GENERATED ALWAYS AS (phone::int) STORED;  -- fails: the same
CREATE INDEX ON customers ((phone::int));  -- fails: the same
CREATE UNIQUE INDEX ON customers (email);  -- fails: twice there
ALTER TABLE customers ADD UNIQUE (email);  -- fails: the same
ALTER TABLE customers ADD CHECK (phone <> 'secret word');  -- fails: some row
COPY (SELECT phone::int FROM customers) TO STDOUT;  -- fails: the same
CREATE TABLE cast_it AS SELECT phone::int FROM customers;  -- fails: the same
CREATE MATERIALIZED VIEW cast_it AS SELECT phone::int FROM customers;  -- fails: the same
-- Maintenance.
CREATE STATISTICS numbers ON (phone::int), id FROM customers;
ANALYZE customers;  -- fails: the same
DROP STATISTICS numbers;
CREATE MATERIALIZED VIEW stored AS SELECT rank, phone FROM customers;
CREATE UNIQUE INDEX ON stored (rank);
SECURITY LABEL FOR ccpii ON COLUMN stored.phone IS 'MASKED';
ALTER TABLE customers DROP CONSTRAINT phone_unique;
INSERT INTO customers VALUES (4, '415-555-7890', 'grace@example.com', 'open', 1);
REFRESH MATERIALIZED VIEW CONCURRENTLY stored;  -- fails: a row twice
REFRESH MATERIALIZED VIEW stored;  -- fails: the same
DROP MATERIALIZED VIEW stored;
DELETE FROM customers WHERE id = 4;
ALTER TABLE customers ADD CONSTRAINT phone_unique UNIQUE (phone);
-- Raw values that policies and conditions of labels look at.
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON customers USING (phone::jsonb IS NULL);
SET ROLE regress_ccpii_reader;
SELECT id FROM customers;  -- fails: in the policy
RESET ROLE;
ALTER POLICY p ON customers USING (phone::int = 1);
SET ROLE regress_ccpii_reader;
SELECT id FROM customers;  -- fails: in the policy
RESET ROLE;
ALTER POLICY p ON customers USING (phone::regclass::oid = 1);
SET ROLE regress_ccpii_reader;
SELECT id FROM customers;  -- fails: in the policy
RESET ROLE;
DROP POLICY p ON customers;
ALTER TABLE customers DISABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON COLUMN customers.rank IS 'MASKED WHEN (phone::jsonb IS NULL)';
SET ROLE regress_ccpii_reader;
SELECT rank FROM customers;  -- fails: in the condition
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.rank IS 'MASKED WHEN (phone::int = 1)';
SET ROLE regress_ccpii_reader;
SELECT rank FROM customers;  -- fails: in the condition
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.rank IS NULL;
-- Trusted views.
CREATE VIEW trusted AS SELECT id, phone::int AS number FROM customers;
GRANT SELECT ON trusted TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON VIEW trusted IS 'TRUSTED';
SET ROLE regress_ccpii_reader;
SELECT number FROM trusted;  -- fails: inside
RESET ROLE;
CREATE OR REPLACE VIEW trusted AS SELECT id, phone::regrole::oid::int AS number FROM customers;
SET ROLE regress_ccpii_reader;
SELECT number FROM trusted;  -- fails: inside
RESET ROLE;
DROP VIEW trusted;

-- Messages that have no place for a value stay, and those of a mistake.
CREATE FUNCTION mistaken(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT 1 FROM nowhere); END $$;
SELECT mistaken(phone) FROM customers;  -- fails: in the function
DROP FUNCTION mistaken(text);
ALTER TABLE customers DROP COLUMN nowhere;  -- fails: no such column
SET ROLE regress_ccpii_reader;
SELECT id / 0 FROM customers;  -- fails: by zero
SELECT (2147483647 + id)::text FROM customers;  -- fails: out of range
SELECT substring(phone, 1, -1) FROM customers;  -- fails: negative length
UPDATE customers SET status = repeat('x', 300)::char(1) || chr(0) WHERE id = 1;  -- fails: no such character
RESET ROLE;
CREATE TABLE narrow (phone varchar(12), short varchar(3));
INSERT INTO narrow VALUES ('415-555-7890', 'abc');
SECURITY LABEL FOR ccpii ON COLUMN narrow.phone IS 'MASKED';
UPDATE narrow SET short = phone;  -- fails: too long
ALTER TABLE narrow ALTER phone TYPE varchar(5);  -- fails: too long
DROP TABLE narrow;

--
-- Views with a check, COPY
--
CREATE VIEW checked AS SELECT * FROM customers WHERE status <> 'gone' WITH CHECK OPTION;
GRANT ALL ON checked TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
UPDATE checked SET status = 'gone' WHERE id = 1;  -- fails: the view's check
COPY customers (id, phone, status) FROM STDIN;  -- fails: not null
7	999-999-9999	\N
\.
COPY customers (id, phone) FROM STDIN;  -- fails: no number
seven	999-999-9999
\.
COPY customers (id, phone, status) FROM STDIN;  -- fails: unique
7	415-555-7890	open
\.
COPY customers FROM STDIN;  -- fails: missing data
7	999-999-9999
\.
COPY plain FROM STDIN;  -- fails: as ever
x	999-999-9999	open
\.
RESET ROLE;

--
-- Nor does a handler see what is not told
--
CREATE FUNCTION handled(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text; hint text; context text; "table" text; "column" text; "constraint" text;
BEGIN
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, context = PG_EXCEPTION_CONTEXT,
		"table" = TABLE_NAME, "column" = COLUMN_NAME, "constraint" = CONSTRAINT_NAME;
	RETURN concat_ws('|', SQLSTATE, SQLERRM, detail, hint, "table", "column", "constraint", CASE WHEN context ~ '[0-9X]{3}-' THEN 'context tells' END);
END
$$;
DROP VIEW checked;
\pset tuples_only on
SET ROLE regress_ccpii_reader;
SELECT handled('UPDATE customers SET status = NULL WHERE id = 1');
SELECT handled('UPDATE customers SET status = ''bad'' WHERE id = 1');
SELECT handled('UPDATE customers SET status = ''open'' WHERE id = 2');
SELECT handled('UPDATE customers SET rank = 1 WHERE id = 2; SET CONSTRAINTS ALL IMMEDIATE');
SELECT handled('SELECT phone::json FROM customers');
SELECT handled('SELECT phone::int FROM customers');
SELECT handled('UPDATE plain SET status = NULL');
SELECT handled('SELECT phone::int FROM plain');
RESET ROLE;
SELECT handled('UPDATE customers SET status = NULL WHERE id = 1');
SELECT handled('SELECT phone::int FROM customers');
SELECT handled('ALTER TABLE customers ALTER phone TYPE int USING phone::int');
SELECT handled('CREATE UNIQUE INDEX ON customers (email)');
\pset tuples_only off

--
-- Other relations
--
SET ROLE regress_ccpii_reader;
INSERT INTO plain VALUES (2, 'x', NULL);  -- fails: not null, in full
INSERT INTO plain VALUES (1, 'x', 'y');  -- fails: unique, in full
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO plain VALUES (2, '415-555-7890', 'y');
COMMIT;  -- fails: unique, in full
SELECT phone::int FROM plain;  -- fails: no number, in full
SELECT 'x'::int, phone FROM customers;  -- fails: no number, his own
RESET ROLE;
-- One that has lost its labels tells again.
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS NULL;
UPDATE customers SET status = NULL WHERE id = 1;  -- fails: not null, in full

DROP SCHEMA regress_ccpii_leak CASCADE;
DROP ROLE regress_ccpii_reader;

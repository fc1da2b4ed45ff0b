-- Promise: what becomes part of somebody else's query is masked for the reader
-- like his own: what rules add to the queries of foreign keys, statistics in a
-- kept plan, functions that were replaced, samples, and plans that are printed.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_kept;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_kept TO regress_ccpii_reader;
SET search_path = regress_ccpii_kept;
CREATE TABLE customers (id int PRIMARY KEY, phone text, name varchar(20));
INSERT INTO customers VALUES (1, '415-555-7890', 'Ada'), (2, '415-555-7890', 'Alan'), (3, '415-555-1234', 'Grace');
GRANT SELECT, REFERENCES ON customers TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
ANALYZE customers;

--
-- Rules on the table of a foreign key: the key's own query stays as it is, what
-- they add to it reads for the reader.
--
SET ROLE regress_ccpii_reader;
CREATE TABLE follows (customer int REFERENCES customers ON UPDATE CASCADE);
INSERT INTO follows VALUES (1), (3);
CREATE TABLE taken (phone text);
CREATE RULE spy AS ON UPDATE TO follows DO ALSO INSERT INTO taken SELECT phone FROM customers;
RESET ROLE;
UPDATE customers SET id = id + 100 WHERE id = 1;
SELECT DISTINCT phone FROM taken ORDER BY phone;
SET ROLE regress_ccpii_reader;
DROP RULE spy ON follows;
CREATE RULE look AS ON UPDATE TO follows WHERE EXISTS (SELECT FROM customers WHERE phone LIKE '415%') DO INSTEAD NOTHING;
RESET ROLE;
UPDATE customers SET id = id - 100 WHERE id = 101;
SELECT customer FROM follows ORDER BY customer;

--
-- A kept plan that reads statistics
--
PREPARE statistics AS SELECT most_common_vals FROM pg_stats
	WHERE schemaname = 'regress_ccpii_kept' AND tablename = 'customers' AND attname = 'phone';
SET plan_cache_mode = force_generic_plan;
EXECUTE statistics;
SET ROLE regress_ccpii_reader;
EXECUTE statistics;
RESET ROLE;
EXECUTE statistics;
RESET plan_cache_mode;
DEALLOCATE statistics;

--
-- A function that becomes one which could be inlined
--
CREATE FUNCTION phones() RETURNS SETOF text STABLE LANGUAGE plpgsql AS $$
	BEGIN RETURN QUERY SELECT phone FROM regress_ccpii_kept.customers ORDER BY id; END $$;
SET ROLE regress_ccpii_reader;
SELECT * FROM phones();
RESET ROLE;
CREATE OR REPLACE FUNCTION phones() RETURNS SETOF text STABLE LANGUAGE sql AS
	'SELECT phone FROM regress_ccpii_kept.customers ORDER BY id';
SET ROLE regress_ccpii_reader;
SELECT * FROM phones();

--
-- How much of a table is sampled says nothing of a value
--
SELECT c.id, s.id AS sampled FROM customers c, LATERAL (SELECT id FROM customers
	TABLESAMPLE bernoulli (CASE WHEN c.phone LIKE '415-555-7%' THEN 100 ELSE 0 END)) s WHERE c.id = 1 ORDER BY s.id;
SELECT c.id, s.id AS sampled FROM customers c, LATERAL (SELECT id FROM customers
	TABLESAMPLE bernoulli (CASE WHEN c.phone LIKE 'XXX-XXX-7%' THEN 100 ELSE 0 END)) s WHERE c.id = 1 ORDER BY s.id;

--
-- Plans are not printed, whoever asks for it
--
SET debug_print_plan = on;
SET client_min_messages = log;
SELECT phone FROM customers WHERE id = 1;
RESET debug_print_plan;
SET client_min_messages = warning;

--
-- Totals of a column whose mask has another type
--
SELECT name, upper(name) AS upper, count(*) FROM customers GROUP BY ROLLUP (name) ORDER BY count, name;

--
-- A policy of the owner reads what is stored
--
RESET ROLE;
CREATE POLICY area ON customers USING (phone LIKE '415-555-7%');
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
SET ROLE regress_ccpii_reader;
SELECT id, phone FROM customers ORDER BY id;
RESET ROLE;
ALTER TABLE customers DISABLE ROW LEVEL SECURITY;

--
-- Errors of constraints that were deferred
--
CREATE TABLE deferred (phone text UNIQUE DEFERRABLE INITIALLY DEFERRED);
SECURITY LABEL FOR ccpii ON COLUMN deferred.phone IS 'MASKED AS phone';
BEGIN;
INSERT INTO deferred VALUES ('415-555-7890'), ('415-555-7890');
SET CONSTRAINTS ALL IMMEDIATE;  -- fails: the key is not printed
ROLLBACK;

DROP SCHEMA regress_ccpii_kept CASCADE;
DROP ROLE regress_ccpii_reader;

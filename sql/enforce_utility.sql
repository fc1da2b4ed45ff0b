-- Promise: statements that are not planned show a masked reader no more than
-- queries do, and build nothing for him that would.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET ccpii.lookups_per_minute = 10000;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_utility;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_utility TO regress_ccpii_reader;
SET search_path = regress_ccpii_utility;
CREATE TABLE customers (gone text, id int PRIMARY KEY, "Name" varchar(20), phone text UNIQUE, born date, shown text,
	digits text GENERATED ALWAYS AS (replace(phone, '-', '')) STORED);
ALTER TABLE customers DROP COLUMN gone;
INSERT INTO customers VALUES (1, 'Ada Lovelace', '415-555-7890', '1815-12-10', 'x'), (2, NULL, '212-555-7891', NULL, 'y');
CREATE TABLE parts (id int, phone text) PARTITION BY LIST (id);
CREATE TABLE part1 PARTITION OF parts FOR VALUES IN (1);
INSERT INTO parts VALUES (1, '415-555-7890');
CREATE TABLE old (phone text);
CREATE TABLE young (age int) INHERITS (old);
INSERT INTO young VALUES ('415-555-7890', 1);
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_utility TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN customers."Name" IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.born IS 'MASKED AS year';
SECURITY LABEL FOR ccpii ON COLUMN parts.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN old.phone IS 'MASKED AS phone';

--
-- COPY
--
SET ROLE regress_ccpii_reader;
COPY customers TO STDOUT;
COPY customers (phone, "Name") TO STDOUT WITH (FORMAT csv, HEADER, FORCE_QUOTE *);
COPY customers (born, id) TO STDOUT WITH (DELIMITER '|', NULL 'nothing');
COPY customers ("Name", shown, phone, id, born) TO STDOUT CSV HEADER;
COPY customers (nosuch) TO STDOUT;  -- fails: no column
-- As under row security, a column can be named twice, or be generated.
COPY customers (id, digits, id) TO STDOUT;
COPY (SELECT phone, digits FROM customers ORDER BY id) TO STDOUT;
COPY (TABLE customers) TO STDOUT;
COPY (DELETE FROM customers WHERE id = 0 RETURNING phone) TO STDOUT;
COPY (INSERT INTO customers (id, phone) VALUES (9, '415-555-0009') RETURNING phone, digits) TO STDOUT;
COPY part1 TO STDOUT;
COPY parts TO STDOUT;  -- fails: as ever, a partitioned table
COPY old TO STDOUT;
COPY young TO STDOUT;
COPY regress_ccpii_utility.customers (phone) TO STDOUT;
COPY customers (id, phone) FROM STDIN;
12	415-555-0012
\.
COPY customers (phone) TO STDOUT;
-- What COPY FROM asks is not asked on masks.
COPY customers (id, phone) FROM STDIN WHERE phone LIKE '415%';
13	415-555-0013
14	212-555-0014
\.
CREATE FUNCTION copies() RETURNS void LANGUAGE plpgsql AS $$ BEGIN COPY customers TO STDOUT; END $$;
SELECT copies();  -- fails: not to a client, from a function
RESET ROLE;
SELECT id, phone FROM customers ORDER BY id;
COPY customers TO STDOUT;
DELETE FROM customers WHERE id > 2;
-- Where row security is on too, both work.
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY ada ON customers USING ("Name" = 'Ada Lovelace');
SET ROLE regress_ccpii_reader;
COPY customers TO STDOUT;
COPY customers (phone) TO STDOUT CSV HEADER;
COPY customers (phone) FROM STDIN;  -- fails: as ever, under row security
\.
RESET ROLE;
DROP POLICY ada ON customers;
ALTER TABLE customers DISABLE ROW LEVEL SECURITY;
-- No right to the column, no copy.
REVOKE ALL ON customers FROM regress_ccpii_reader;
GRANT SELECT (id, phone) ON customers TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
COPY customers TO STDOUT;  -- fails: no right to all columns
COPY customers (phone) TO STDOUT;
RESET ROLE;
REVOKE ALL ON customers FROM regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
COPY customers (phone) TO STDOUT;  -- fails: no right at all
RESET ROLE;
GRANT ALL ON customers TO regress_ccpii_reader;

--
-- What a masked reader makes of a table holds masks
--
CREATE FUNCTION explained(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || query LOOP
		IF line ~ 'Filter: |Output: |Key: ' THEN
			RETURN NEXT ltrim(line);
		END IF;
	END LOOP;
END
$$;
SET ROLE regress_ccpii_reader;
CREATE TABLE copy1 AS SELECT * FROM customers;
CREATE TABLE copy2 AS TABLE customers WITH NO DATA;
SELECT * INTO copy3 FROM customers WHERE id = 1;
CREATE MATERIALIZED VIEW copy4 AS SELECT phone, digits FROM customers;
CREATE TEMP TABLE copy5 AS SELECT c FROM customers c;
PREPARE query AS SELECT phone FROM customers;
CREATE TABLE copy6 AS EXECUTE query;
SELECT * FROM explained('CREATE TABLE copy7 AS SELECT phone FROM customers');
INSERT INTO copy2 SELECT * FROM customers;
REFRESH MATERIALIZED VIEW copy4;
RESET ROLE;
SELECT * FROM copy1 ORDER BY id;
SELECT * FROM copy2 ORDER BY id;
SELECT * FROM copy3;
SELECT * FROM copy4 ORDER BY phone;
SELECT * FROM pg_temp.copy5 ORDER BY 1;
SELECT * FROM copy6 ORDER BY 1;
SELECT * FROM copy7 ORDER BY 1;
REFRESH MATERIALIZED VIEW copy4;
SELECT * FROM copy4 ORDER BY phone;
DROP TABLE copy1, copy2, copy3, copy6, copy7, pg_temp.copy5;
DROP MATERIALIZED VIEW copy4;
DEALLOCATE ALL;
-- EXPLAIN shows no value.
SET ROLE regress_ccpii_reader;
SELECT * FROM explained('SELECT id FROM customers WHERE phone = ''415-555-7890''');
SELECT * FROM explained('SELECT c FROM customers c WHERE born > ''1800-01-01'' ORDER BY phone');
RESET ROLE;

--
-- A masked dump is not taken by accident
--
SET ROLE regress_ccpii_reader;
SET row_security = off;
SELECT phone FROM customers;  -- fails: it would be masked
SELECT id FROM customers;  -- fails: the same
COPY customers TO STDOUT;  -- fails: the same
COPY customers (id) TO STDOUT;  -- fails: the same
COPY (SELECT phone FROM old) TO STDOUT;  -- fails: the same
SELECT 1 AS one;
RESET row_security;
SELECT phone FROM customers ORDER BY id;
RESET ROLE;
SET row_security = off;
COPY customers (phone) TO STDOUT;
RESET row_security;

--
-- Foreign keys
--
CREATE TABLE calls (id int PRIMARY KEY, customer int, phone text);
INSERT INTO calls VALUES (1, 1, '415-555-7890');
GRANT ALL ON calls TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
CREATE TABLE probe (phone text REFERENCES customers (phone));  -- fails: would tell which values exist
CREATE TABLE probe (phone text, FOREIGN KEY (phone) REFERENCES customers (phone));  -- fails: the same
CREATE TABLE probe (phone text);
ALTER TABLE probe ADD FOREIGN KEY (phone) REFERENCES customers (phone);  -- fails: the same
ALTER TABLE probe ADD CONSTRAINT f FOREIGN KEY (phone) REFERENCES customers (phone) NOT VALID;  -- fails: the same
ALTER TABLE probe ADD COLUMN also text REFERENCES customers (phone);  -- fails: the same
ALTER TABLE probe ADD FOREIGN KEY (phone) REFERENCES customers (fone);  -- fails: no such column, as the server says
CREATE TABLE probe2 (id int REFERENCES customers, other int REFERENCES customers (id));
INSERT INTO probe2 VALUES (1, 2);
INSERT INTO probe2 VALUES (77, NULL);  -- fails: no such customer
-- His trigger that a cascade fires runs as he does, whoever deletes, and is no
-- query of the key's own.
ALTER TABLE probe2 DROP CONSTRAINT probe2_id_fkey, ADD FOREIGN KEY (id) REFERENCES customers ON DELETE CASCADE;
CREATE FUNCTION pry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	a text; b text; c text;
BEGIN
	SELECT string_agg(phone, ',' ORDER BY id) INTO a FROM customers;
	EXECUTE 'SELECT max(phone) FROM customers' INTO b;
	EXECUTE 'SELECT pry_sql()' INTO c;
	RAISE WARNING 'pried % % %', a, b, c;
	RETURN OLD;
END
$$;
CREATE FUNCTION pry_sql() RETURNS text LANGUAGE sql AS 'SELECT max(phone) FROM customers';
CREATE TRIGGER before_pry BEFORE DELETE ON probe2 FOR EACH ROW EXECUTE FUNCTION pry();
RESET ROLE;
BEGIN;
DELETE FROM customers WHERE id = 1;
ROLLBACK;
DISCARD PLANS;
SET ROLE regress_ccpii_reader;
CREATE TRIGGER after_pry AFTER DELETE ON probe2 FOR EACH ROW EXECUTE FUNCTION pry();
BEGIN;
DELETE FROM customers WHERE id = 1;
ROLLBACK;
RESET ROLE;
DROP TABLE probe2;
-- What the owner has declared works on raw values whoever fires it.
ALTER TABLE calls ADD CONSTRAINT calls_phone FOREIGN KEY (phone) REFERENCES customers (phone) ON UPDATE CASCADE ON DELETE CASCADE;
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS 'MASKED AS phone';
SET ROLE regress_ccpii_reader;
INSERT INTO calls VALUES (2, 1, '415-555-7890'), (3, 2, '212-555-7891');
INSERT INTO calls VALUES (4, 1, '415-555-0000');  -- fails: no such phone
DELETE FROM customers WHERE id = 2;
RESET ROLE;
SELECT * FROM calls ORDER BY id;
-- A masked owner of the referring table.
ALTER TABLE calls DROP CONSTRAINT calls_phone;
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS NULL;
ALTER TABLE calls OWNER TO regress_ccpii_reader;
ALTER TABLE calls ADD CONSTRAINT calls_phone FOREIGN KEY (phone) REFERENCES customers (phone) NOT VALID;
SET ROLE regress_ccpii_reader;
ALTER TABLE calls VALIDATE CONSTRAINT calls_phone;  -- fails: masked on the other side
ALTER TABLE calls ADD CONSTRAINT calls_customer FOREIGN KEY (customer) REFERENCES customers NOT VALID;
ALTER TABLE calls VALIDATE CONSTRAINT calls_customer;
INSERT INTO calls VALUES (5, 1, '415-555-7890');
INSERT INTO calls VALUES (6, 1, 'XXX-XXX-7890');  -- fails: no such phone
RESET ROLE;
SELECT * FROM calls ORDER BY id;
DROP TABLE calls, probe;

--
-- Triggers
--
SET ROLE regress_ccpii_reader;
CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'spied %', NEW; RETURN NEW; END $$;
CREATE TRIGGER spy BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION spy();  -- fails: would see raw rows
CREATE TRIGGER spy AFTER UPDATE ON customers REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION spy();  -- fails: the same
CREATE CONSTRAINT TRIGGER spy AFTER INSERT ON customers DEFERRABLE FOR EACH ROW EXECUTE FUNCTION spy();  -- fails: the same
CREATE TRIGGER spy BEFORE INSERT ON part1 FOR EACH ROW EXECUTE FUNCTION spy();  -- fails: the same
CREATE TABLE own (id int);
CREATE TRIGGER spy BEFORE INSERT ON own FOR EACH ROW EXECUTE FUNCTION spy();
INSERT INTO own SELECT id FROM customers;
RESET ROLE;
CREATE TRIGGER spy BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION spy();
DROP TRIGGER spy ON customers;

--
-- Other ways to a table
--
SET ROLE regress_ccpii_reader;
CREATE TABLE heir () INHERITS (customers);  -- fails: not his
ALTER TABLE customers ADD CHECK (phone <> 'x');  -- fails: not his
CREATE INDEX ON customers (phone);  -- fails: not his
CREATE STATISTICS s ON phone, id FROM customers;  -- fails: not his
CREATE TABLE like1 (LIKE customers INCLUDING ALL);
SELECT count(*) FROM like1;
CREATE POLICY p ON customers USING (true);  -- fails: not his
CREATE RULE r AS ON SELECT TO customers DO INSTEAD SELECT 1;  -- fails: not his
CREATE DOMAIN guess AS text CHECK (VALUE <> '415-555-7890');
SELECT phone::guess FROM customers;
TRUNCATE like1;
RESET ROLE;

-- A statement of somebody clear is not touched.
COPY customers (id, phone) TO STDOUT;

DROP SCHEMA regress_ccpii_utility CASCADE;
DROP ROLE regress_ccpii_reader;

-- Promise: a masked reader may write what he does not have to see, never makes
-- values of masks where they would be stored, and never picks by masks of several
-- relations the rows that he changes.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET ccpii.lookups_per_minute = 10000;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_refuse;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_refuse TO regress_ccpii_reader;
SET search_path = regress_ccpii_refuse;
CREATE TABLE customers (id int PRIMARY KEY, name text, phone text DEFAULT 'unknown', status text, changed text GENERATED ALWAYS AS (upper(phone)) STORED);
INSERT INTO customers VALUES (1, 'Ada Lovelace', '415-555-7890', 'open'), (2, 'Grace Hopper', '212-555-7890', 'open'), (3, 'Alan Turing', '415-555-1234', 'closed');
CREATE TABLE orders (id int PRIMARY KEY, customer int, phone text, note text);
INSERT INTO orders VALUES (10, 1, '415-555-7890', 'a'), (11, 2, 'XXX-XXX-7890', 'b'), (12, 3, NULL, 'c');
GRANT ALL ON customers, orders TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
CREATE VIEW truth AS SELECT id, name, phone, status FROM customers;
CREATE VIEW by_view AS SELECT id, phone FROM customers;
GRANT SELECT ON by_view TO regress_ccpii_reader;

--
-- INSERT: whatever he writes, he reads it masked
--
SET ROLE regress_ccpii_reader;
INSERT INTO customers (id, name, phone, status) VALUES (4, 'Eve Online', '415-555-0004', 'open') RETURNING *;
INSERT INTO customers (id) VALUES (5) RETURNING phone, customers, upper(phone), (SELECT phone);
INSERT INTO customers SELECT id + 10, name, phone, status FROM customers WHERE id = 1;  -- fails: masks are what he has
INSERT INTO customers VALUES (20, DEFAULT, DEFAULT, 'x'), (21, NULL, NULL, 'y') RETURNING id, phone;
WITH i AS (INSERT INTO customers (id, phone) VALUES (30, '415-555-0030') RETURNING *) SELECT phone, (SELECT count(*) FROM customers WHERE phone LIKE '%0030') FROM i;
INSERT INTO orders SELECT id + 100, id, phone, name FROM customers WHERE id = 2;
RESET ROLE;
SELECT * FROM truth ORDER BY id;
SELECT * FROM orders WHERE id > 100;
DELETE FROM customers WHERE id > 3;
DELETE FROM orders WHERE id > 100;

--
-- UPDATE
--
SET ROLE regress_ccpii_reader;
UPDATE customers SET status = 'done' WHERE id = 1 RETURNING *;
UPDATE customers SET status = phone WHERE id = 1 RETURNING status;  -- a mask is what he copies
UPDATE customers SET status = (SELECT c.phone FROM customers c WHERE c.id = 2) WHERE id = 1 RETURNING status;
WITH u AS (UPDATE customers SET status = 'mask' WHERE phone = 'XXX-XXX-7890' RETURNING id) SELECT * FROM u ORDER BY id;  -- as he sees them
UPDATE customers SET status = 'none' WHERE phone = '415-555-7890' RETURNING id;
UPDATE customers SET (status, id) = (SELECT 'row', 1) WHERE id = 1;
UPDATE customers c SET status = o.note FROM orders o WHERE o.customer = c.id AND o.id = 10 RETURNING c.phone, o.phone, c;
UPDATE customers SET status = d.status FROM customers d WHERE d.id = 3 AND customers.id = 1 RETURNING customers.phone, d.phone;
UPDATE customers SET (status, name) = (SELECT 'x', d.phone FROM customers d WHERE d.id = 2);  -- fails: a mask
UPDATE customers SET name = (SELECT d.phone FROM customers d WHERE d.id = 2);  -- fails: the same
UPDATE customers SET phone = phone || 'x';  -- fails: made of a mask
UPDATE customers SET phone = CASE WHEN id = 1 THEN '1' ELSE name END;  -- fails: a mask of another column
-- Joins on masks would change the wrong rows.
UPDATE customers c SET status = o.note FROM orders o WHERE o.phone = c.phone;  -- fails: a join on masks
UPDATE customers c SET status = 'x' FROM orders o WHERE o.customer = c.id AND c.phone = o.phone;  -- fails: the same
UPDATE orders o SET note = 'x' FROM customers c WHERE c.phone = o.phone;  -- fails: the same, into another table
UPDATE orders SET note = 'x' WHERE phone IN (SELECT phone FROM customers);  -- fails: the same
UPDATE orders SET note = 'x' WHERE EXISTS (SELECT FROM customers c WHERE c.phone = orders.phone);  -- fails: the same
UPDATE orders o SET note = 'x' FROM customers c JOIN customers d ON c.phone = d.phone WHERE o.customer = c.id AND d.id = 1;  -- fails: the same
UPDATE customers SET status = 'x' WHERE phone = (SELECT phone FROM orders WHERE id = 11);  -- fails: the same
UPDATE orders SET note = 'x' WHERE customer IN (SELECT id FROM customers WHERE status = 'none');
UPDATE orders SET note = 'd' WHERE customer IN (SELECT id FROM customers WHERE phone = 'XXX-XXX-1234');
RESET ROLE;
SELECT * FROM truth ORDER BY id;
SELECT * FROM orders ORDER BY id;

--
-- DELETE
--
BEGIN;
SET LOCAL ROLE regress_ccpii_reader;
DELETE FROM customers WHERE phone = '415-555-7890';
DELETE FROM customers WHERE id = 3 RETURNING *, customers;
WITH d AS (DELETE FROM customers WHERE phone LIKE '%7890' RETURNING id) SELECT * FROM d ORDER BY id;
ROLLBACK;
BEGIN;
SET LOCAL ROLE regress_ccpii_reader;
DELETE FROM customers c USING orders o WHERE o.customer = c.id AND o.id = 12 RETURNING c.phone, o.phone;
WITH d AS (DELETE FROM customers WHERE id = 1 RETURNING *) INSERT INTO orders SELECT id + 200, id, phone, name FROM d RETURNING *;
ROLLBACK;
SET ROLE regress_ccpii_reader;
DELETE FROM customers c USING orders o WHERE o.phone = c.phone;  -- fails: a join on masks
DELETE FROM orders o WHERE EXISTS (SELECT FROM customers c WHERE c.phone = o.phone);  -- fails: the same
DELETE FROM orders o WHERE (customer, phone) IN (SELECT id, phone FROM customers);  -- fails: the same
DELETE FROM orders WHERE phone = (SELECT max(phone) FROM customers);  -- fails: the same
WITH c AS (SELECT phone FROM customers) DELETE FROM orders USING c WHERE c.phone = orders.phone;  -- fails: the same
DELETE FROM orders USING (SELECT phone FROM customers) s WHERE s.phone = orders.phone;  -- fails: the same
DELETE FROM orders USING by_view v WHERE v.phone = orders.phone;  -- fails: the same
DELETE FROM orders USING customers c, LATERAL (SELECT c.phone) s (p) WHERE s.p = orders.phone;  -- fails: the same
DELETE FROM orders o USING customers c WHERE c::text = o.phone;  -- fails: the same
DELETE FROM orders o USING customers c JOIN customers d USING (phone) WHERE o.customer = c.id AND d.id = 2;  -- fails: the same
RESET ROLE;

--
-- ON CONFLICT
--
CREATE UNIQUE INDEX customers_phone ON customers (phone) WHERE status <> 'gone';
CREATE UNIQUE INDEX customers_lower ON customers (lower(name));
SET ROLE regress_ccpii_reader;
INSERT INTO customers (id, phone) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET status = 'conflict' RETURNING id, phone, status;
INSERT INTO customers (id, status) VALUES (1, 'second') ON CONFLICT (id) DO UPDATE SET status = excluded.status || customers.phone WHERE customers.phone LIKE 'XXX%' RETURNING status, customers;
INSERT INTO customers (id) VALUES (1) ON CONFLICT DO NOTHING RETURNING id;
INSERT INTO customers (id, phone, status) VALUES (50, '415-555-7890', 'x') ON CONFLICT (phone) WHERE status <> 'gone' DO NOTHING RETURNING id;
INSERT INTO customers (id, name) VALUES (51, 'ADA LOVELACE') ON CONFLICT (lower(name)) DO NOTHING RETURNING id;
INSERT INTO customers (id, name) VALUES (52, 'new') ON CONFLICT (lower(name)) DO UPDATE SET status = excluded.phone RETURNING id, phone;
RESET ROLE;
SELECT * FROM truth ORDER BY id;
DELETE FROM customers WHERE id > 50;
DROP INDEX customers_phone, customers_lower;

--
-- MERGE
--
SET ROLE regress_ccpii_reader;
MERGE INTO customers c USING orders o ON c.id = o.customer AND o.id = 10
	WHEN MATCHED AND c.phone = '415-555-7890' THEN UPDATE SET status = 'raw'
	WHEN MATCHED AND c.phone = 'XXX-XXX-7890' THEN UPDATE SET status = 'merged ' || c.phone;
MERGE INTO customers c USING (VALUES (60, '415-555-0060')) v (id, phone) ON c.id = v.id
	WHEN NOT MATCHED THEN INSERT (id, phone) VALUES (v.id, v.phone) WHEN MATCHED THEN DELETE;
MERGE INTO orders o USING customers c ON c.id = o.customer WHEN MATCHED THEN UPDATE SET note = c.phone;
MERGE INTO customers c USING orders o ON c.phone = o.phone WHEN MATCHED THEN DELETE;  -- fails: a join on masks
MERGE INTO customers c USING orders o ON c.id = o.customer WHEN MATCHED AND c.phone = o.phone THEN DELETE;  -- fails: the same
MERGE INTO customers c USING orders o ON c.id = o.customer WHEN MATCHED AND o.phone IN (SELECT phone FROM customers) THEN DELETE;  -- fails: the same
MERGE INTO orders o USING customers c ON c.phone = o.phone WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT VALUES (c.id, 1, c.phone, NULL);  -- fails: the same
RESET ROLE;
SELECT * FROM truth ORDER BY id;
SELECT * FROM orders ORDER BY id;

--
-- Who is clear, or not masked on a column, writes as ever
--
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name UNLESS regress_ccpii_reader';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'CLEAR WHEN (status = ''mine''); MASKED AS phone';
SET ROLE regress_ccpii_reader;
UPDATE customers SET name = 'Ada King' WHERE name = 'Ada Lovelace' RETURNING name;
UPDATE customers c SET name = o.note FROM orders o WHERE o.customer = c.id AND c.name = 'Alan Turing' RETURNING name;
RESET ROLE;
UPDATE customers SET phone = '1' WHERE id = 1;
CREATE ROLE regress_ccpii_clear;
SELECT ccpii.clear_role('regress_ccpii_clear');
GRANT USAGE ON SCHEMA regress_ccpii_refuse TO regress_ccpii_clear;
GRANT ALL ON customers, orders TO regress_ccpii_clear;
SET ROLE regress_ccpii_clear;
UPDATE customers c SET phone = '2' FROM customers d WHERE d.phone = c.phone AND c.id = 1 RETURNING c.phone;
INSERT INTO customers (id, phone) VALUES (1, '3') ON CONFLICT (id) DO UPDATE SET phone = excluded.phone RETURNING phone;
MERGE INTO customers c USING orders o ON c.id = o.customer AND c.id = 1 WHEN MATCHED THEN UPDATE SET phone = '4';
RESET ROLE;
SELECT id, phone FROM truth ORDER BY id;

-- Parts of a masked value are as good as the whole.
CREATE TYPE pair AS (a text, b int);
CREATE TABLE made (id int PRIMARY KEY, tags text[], p pair);
INSERT INTO made VALUES (1, '{a}', '(x,1)');
GRANT ALL ON made TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN made.tags IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN made.p IS 'MASKED';
SET ROLE regress_ccpii_reader;
UPDATE made SET tags[1] = 'x';  -- fails: masked
UPDATE made SET p.b = 2;  -- fails: masked
INSERT INTO made (id, tags[2], p.a) VALUES (1, 'x', 'y') ON CONFLICT (id) DO UPDATE SET tags[2] = 'y';  -- fails: masked
INSERT INTO made (id, tags[2], p.a) VALUES (2, 'x', 'y') RETURNING *;
RESET ROLE;
SELECT * FROM made ORDER BY id;

-- Triggers of the owner see what is stored; the masked reader fires them.
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
	'BEGIN INSERT INTO regress_ccpii_refuse.orders VALUES (NEW.id + 1000, NEW.id, NEW.phone, (SELECT phone FROM regress_ccpii_refuse.customers WHERE id = 2)); RETURN NEW; END';
CREATE FUNCTION note_invoker() RETURNS trigger LANGUAGE plpgsql AS
	'BEGIN INSERT INTO regress_ccpii_refuse.orders VALUES (NEW.id + 2000, NEW.id, ''-'', (SELECT phone FROM regress_ccpii_refuse.customers WHERE id = 2)); RETURN NEW; END';
CREATE TRIGGER note AFTER UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER note_invoker AFTER UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION note_invoker();
SET ROLE regress_ccpii_reader;
UPDATE customers SET status = 'triggered' WHERE id = 3;
RESET ROLE;
SELECT * FROM orders WHERE id > 1000 ORDER BY id;
DROP TRIGGER note ON customers;
DROP TRIGGER note_invoker ON customers;

-- An owner's trigger instead of an update of a view writes back what it is
-- given; that must not be masks.
CREATE FUNCTION write_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
	'BEGIN UPDATE regress_ccpii_refuse.customers SET phone = NEW.phone, status = NEW.status WHERE id = OLD.id; RETURN NEW; END';
CREATE VIEW written_back AS SELECT id, phone, status FROM customers;
CREATE TRIGGER write_back INSTEAD OF UPDATE ON written_back FOR EACH ROW EXECUTE FUNCTION write_back();
GRANT ALL ON written_back TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
DO $$
BEGIN
	UPDATE written_back SET status = 'x' WHERE id = 3;
EXCEPTION WHEN insufficient_privilege THEN NULL;	-- refused, or done without harm
END
$$;
RESET ROLE;
SELECT id, phone FROM truth WHERE id = 3;
-- The same where the view gets the column by a subquery.
CREATE VIEW looked_up AS SELECT id, (SELECT c.phone FROM customers c WHERE c.id = o.customer) AS phone, note FROM orders o;
CREATE FUNCTION look_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
	'BEGIN UPDATE regress_ccpii_refuse.orders SET phone = NEW.phone, note = NEW.note WHERE id = OLD.id; RETURN NEW; END';
CREATE TRIGGER look_back INSTEAD OF UPDATE ON looked_up FOR EACH ROW EXECUTE FUNCTION look_back();
GRANT ALL ON looked_up TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
UPDATE looked_up SET note = 'x' WHERE id = 10;  -- fails: the trigger would get masks
-- Nor do subqueries hide that rows are picked by masks.
UPDATE orders SET note = 'x' FROM (SELECT (SELECT phone FROM customers WHERE id = 1) AS p) s WHERE orders.phone = s.p;  -- fails: a join of masks
DELETE FROM orders USING (SELECT o.id, (SELECT count(*) FROM customers c WHERE c.phone = o.phone) AS n FROM orders o) s WHERE s.id = orders.id AND s.n = 1;  -- fails: the same
UPDATE orders SET note = 'y' FROM (SELECT id, (SELECT phone FROM customers WHERE id = 1) AS p FROM orders) s WHERE orders.id = s.id AND s.id = 10 RETURNING note, s.p;
UPDATE orders SET note = 'z' FROM (SELECT EXISTS (SELECT phone FROM customers) AS e) s WHERE s.e AND orders.id = 10 RETURNING note;
RESET ROLE;
CREATE RULE write_back AS ON UPDATE TO by_view DO INSTEAD UPDATE customers SET phone = NEW.phone WHERE id = OLD.id;
SET ROLE regress_ccpii_reader;
UPDATE by_view SET id = id WHERE id = 3;  -- fails: the rule assigns a masked column
RESET ROLE;

DROP SCHEMA regress_ccpii_refuse CASCADE;
DROP ROLE regress_ccpii_reader, regress_ccpii_clear;

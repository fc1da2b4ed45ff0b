-- Promise: masks never pick the rows that are changed, however deep in the
-- statement they are compared; where nothing is compared nothing is refused.

\pset format unaligned
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_rows;
GRANT USAGE ON SCHEMA regress_ccpii_rows TO regress_ccpii_reader;
SET search_path = regress_ccpii_rows;
CREATE TABLE customers (id int PRIMARY KEY, phone text, name text);
INSERT INTO customers VALUES (1, '415-555-7890', 'Ada'), (2, '212-555-7890', 'XXX-XXX-7890');
GRANT ALL ON customers TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SET ROLE regress_ccpii_reader;

DELETE FROM customers t USING (SELECT id FROM customers ORDER BY phone OFFSET 1) s WHERE t.id = s.id;  -- fails: by order
DELETE FROM customers t USING (SELECT id FROM customers ORDER BY phone LIMIT 1) s WHERE t.id = s.id;  -- fails: by order
DELETE FROM customers WHERE id IN (SELECT id FROM (SELECT id, phone FROM customers
	UNION ALL (SELECT id, phone FROM customers EXCEPT SELECT id, phone FROM customers WHERE id = 1)) s);  -- fails: compares
DELETE FROM customers WHERE id IN (SELECT id FROM ((SELECT id, phone FROM customers
	INTERSECT SELECT id, phone FROM customers) UNION ALL SELECT id, phone FROM customers) s);  -- fails: compares
DELETE FROM customers t USING customers c,
	XMLTABLE('/r' PASSING xmlelement(name r, c.phone) COLUMNS p text PATH '.') x WHERE t.name = x.p;  -- fails: a join
DELETE FROM customers WHERE phone IN (SELECT name FROM customers);  -- fails: a join
DELETE FROM customers WHERE (phone, id) = (SELECT name, 2);  -- fails: a join

-- Nothing is compared with a mask, or only with what the reader has written.
BEGIN;
DELETE FROM customers c WHERE EXISTS (SELECT phone FROM customers d WHERE d.id = c.id + 1) RETURNING id;
DELETE FROM customers t USING (SELECT id FROM customers ORDER BY phone) s WHERE t.id = s.id RETURNING t.id;
ROLLBACK;
BEGIN;
DELETE FROM customers WHERE id IN (SELECT id FROM (SELECT id, phone FROM customers UNION ALL SELECT id, phone FROM customers) s)
	RETURNING id;
ROLLBACK;

RESET ROLE;
SELECT count(*) FROM customers;
DROP SCHEMA regress_ccpii_rows CASCADE;
DROP ROLE regress_ccpii_reader;

-- Promise: however a mask gets into the choice of rows, through subqueries,
-- CTEs, views, functions, groups, order or set operations, a masked reader does
-- not change the rows that it picks; what it does not pick stays open to him.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_trace AUTHORIZATION regress_ccpii_owner;
SET search_path = regress_ccpii_trace;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int PRIMARY KEY, phone text, email text, born date, status text);
INSERT INTO customers SELECT i, '415-555-' || 1000 + i, 'a' || i || '@x.com', date '1980-01-01' + i, 'open' FROM generate_series(1, 20) i;
CREATE TABLE orders (customer int, phone text, note text);
INSERT INTO orders SELECT i, '415-555-' || 1000 + i, 'n' FROM generate_series(1, 20) i;
CREATE TABLE days (d date);
INSERT INTO days VALUES ('1980-01-01');
CREATE VIEW shown AS SELECT id, phone FROM customers;
CREATE VIEW matched AS SELECT c.id, o.note FROM customers c JOIN orders o ON o.phone = c.phone;
RESET ROLE;
GRANT USAGE ON SCHEMA regress_ccpii_trace TO regress_ccpii_reader;
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_trace TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS 'MASKED AS email';
SECURITY LABEL FOR ccpii ON COLUMN customers.born IS 'MASKED';
SECURITY LABEL FOR ccpii ON VIEW matched IS 'TRUSTED';

-- Tells whether a statement is refused, and takes it back if it is not.
CREATE FUNCTION outcome(statement text) RETURNS text LANGUAGE plpgsql
	SET search_path = regress_ccpii_trace
AS $$
BEGIN
	EXECUTE statement;
	RAISE EXCEPTION USING ERRCODE = 'P0099';
EXCEPTION
	WHEN SQLSTATE 'P0099' THEN RETURN 'done';
	WHEN insufficient_privilege THEN RETURN SQLERRM;
END
$$;

SET ROLE regress_ccpii_reader;

-- Refused: a mask of one relation is compared with something of another.
SELECT outcome('DELETE FROM orders o WHERE EXISTS (SELECT FROM customers c WHERE c.phone = o.phone)');
SELECT outcome('DELETE FROM orders WHERE phone NOT IN (SELECT phone FROM customers)');
SELECT outcome('DELETE FROM orders WHERE (phone, customer) IN (SELECT phone, id FROM customers)');
SELECT outcome('DELETE FROM orders WHERE note = (SELECT max(phone) FROM customers)');
SELECT outcome('DELETE FROM orders USING shown WHERE shown.phone = orders.phone');
SELECT outcome('DELETE FROM orders USING (SELECT phone AS p FROM customers UNION ALL SELECT NULL) u WHERE u.p = orders.phone');
SELECT outcome('WITH c AS (SELECT phone AS p FROM customers) DELETE FROM orders USING c WHERE c.p = orders.phone');
SELECT outcome('WITH c AS (UPDATE customers SET status = ''x'' RETURNING phone) DELETE FROM orders WHERE phone NOT IN (SELECT phone FROM c)');
SELECT outcome('WITH c AS MATERIALIZED (SELECT born FROM customers), d AS (DELETE FROM days WHERE NOT EXISTS (SELECT FROM c WHERE c.born = days.d) RETURNING *) SELECT count(*) FROM d');
SELECT outcome('DELETE FROM orders WHERE NOT EXISTS (SELECT FROM customers c, LATERAL (VALUES (c.phone)) v (p) WHERE v.p = orders.phone)');
SELECT outcome('DELETE FROM orders WHERE NOT EXISTS (SELECT FROM customers c, LATERAL upper(c.phone) p WHERE p = orders.phone)');
SELECT outcome('MERGE INTO orders o USING customers c ON c.id = o.customer WHEN MATCHED AND c.phone <> o.phone THEN DELETE');

-- Refused: masks group, order or tell rows apart.
SELECT outcome('DELETE FROM customers WHERE id NOT IN (SELECT min(id) FROM customers GROUP BY email)');
SELECT outcome('DELETE FROM customers WHERE id NOT IN (SELECT DISTINCT ON (email) id FROM customers ORDER BY email, id)');
SELECT outcome('DELETE FROM customers WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY born ORDER BY id) AS n FROM customers) x WHERE n > 1)');
SELECT outcome('UPDATE customers SET status = ''first'' WHERE id IN (SELECT id FROM customers ORDER BY phone LIMIT 5)');
SELECT outcome('DELETE FROM customers WHERE status IN (SELECT status FROM customers GROUP BY status HAVING count(DISTINCT email) = 1)');
SELECT outcome('DELETE FROM orders WHERE customer IN (SELECT customer FROM (SELECT customer, phone FROM orders EXCEPT SELECT id, phone FROM customers) x)');

-- Done: masks are read, but pick nothing, or rows of their own relation only.
SELECT outcome('UPDATE customers SET status = ''x'' WHERE id IN (SELECT customer FROM orders GROUP BY customer HAVING count(*) > 0)');
SELECT outcome('WITH c AS (UPDATE customers SET status = ''x'' WHERE id = 1 RETURNING id, phone) SELECT * FROM c');
SELECT outcome('DELETE FROM customers WHERE phone LIKE ''XXX-XXX-101_''');
SELECT outcome('UPDATE orders o SET note = c.phone FROM customers c WHERE c.id = o.customer AND c.status = ''open''');
SELECT outcome('DELETE FROM orders WHERE customer IN (SELECT id FROM customers WHERE phone = ''XXX-XXX-1001'')');
SELECT outcome('UPDATE orders o SET note = s.phone FROM shown s WHERE s.id = o.customer');

-- Done: a TRUSTED view compares stored values inside.
SELECT outcome('DELETE FROM orders WHERE customer IN (SELECT id FROM matched)');
RESET ROLE;

-- A rule of the owner's would store masks, whatever stands in the statement.
SET ROLE regress_ccpii_owner;
CREATE TABLE archive (id int, phone text);
CREATE RULE archived AS ON DELETE TO shown DO INSTEAD (INSERT INTO archive VALUES (OLD.id, OLD.phone); DELETE FROM customers WHERE id = OLD.id);
CREATE RULE copied AS ON UPDATE TO shown DO INSTEAD INSERT INTO archive SELECT OLD.id, phone FROM customers WHERE id = OLD.id;
RESET ROLE;
GRANT ALL ON archive TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
SELECT outcome('DELETE FROM shown WHERE id = 1');
SELECT outcome('DELETE FROM shown USING (SELECT * FROM orders OFFSET 0) o WHERE o.customer = shown.id');
SELECT outcome('UPDATE shown SET id = id WHERE id = 1');
RESET ROLE;

-- Totals of grouping sets show no mask of some row.
SET ROLE regress_ccpii_reader;
SELECT coalesce(status, 'all'), coalesce(lower(email), 'total'), count(*) FROM customers WHERE id < 3 GROUP BY ROLLUP (status, email) ORDER BY status, email;
RESET ROLE;

-- A statement that uses its subqueries many times over is looked at in time.
SET ROLE regress_ccpii_reader;
SET statement_timeout = '20s';
DO $$
DECLARE
	ctes text := 'c0 AS MATERIALIZED (SELECT id AS i FROM customers)';
BEGIN
	FOR n IN 1..60 LOOP
		ctes := ctes || format(', c%s AS MATERIALIZED (SELECT x.i + y.i AS i FROM c%s x, c%s y LIMIT 1)', n, n - 1, n - 1);
	END LOOP;
	EXECUTE 'EXPLAIN WITH ' || ctes || ' DELETE FROM orders USING c60 WHERE c60.i = orders.customer';
END
$$;
RESET statement_timeout;
RESET ROLE;

SELECT count(*) FROM customers WHERE phone = '415-555-' || 1000 + id;
DROP SCHEMA regress_ccpii_trace CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_reader;

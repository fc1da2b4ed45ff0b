-- Promise: wherever a masked column stands in a query, a masked reader gets
-- its mask, and the rest of the query means what it says: predicates, joins,
-- order and groups work on what he sees.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_rewrite;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_rewrite TO regress_ccpii_reader;
SET search_path = regress_ccpii_rewrite;

CREATE TABLE customers (gone int, id int PRIMARY KEY, name text, phone text, lost text, area int, born date);
ALTER TABLE customers DROP COLUMN gone;
INSERT INTO customers (id, name, phone, area, born) VALUES
	(1, 'Ada Lovelace', '415-555-7890', 415, '1815-12-10'),
	(2, 'Grace Hopper', '212-555-7890', 212, '1906-12-09'),
	(3, 'Alan Turing', '415-555-1234', 415, '1912-06-23'),
	(4, NULL, NULL, NULL, NULL);
ALTER TABLE customers DROP COLUMN lost;
CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, phone text, item text);
INSERT INTO orders VALUES (10, 1, '415-555-7890', 'lamp'), (11, 1, '415-555-0000', 'desk'), (12, 3, NULL, 'chair'), (13, NULL, '212-555-7890', 'bed');
CREATE TABLE "Odd ""Names" ("Id" int, "a,b" text, "quote""d" text, "select" text);
INSERT INTO "Odd ""Names" VALUES (1, '415-555-7890', '415-555-7890', 'x');
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_rewrite TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.area IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN orders.phone IS 'MASKED AS digits(4)';
SECURITY LABEL FOR ccpii ON COLUMN "Odd ""Names"."a,b" IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN "Odd ""Names"."quote""d" IS 'MASKED';

-- The owner, and every other test, see this.
SELECT * FROM customers ORDER BY id;
SELECT * FROM orders ORDER BY id;
SET ROLE regress_ccpii_reader;

--
-- Columns and rows
--
SELECT * FROM customers ORDER BY id;
SELECT phone, phone || '!', upper(name), length(phone), area + 1, born FROM customers ORDER BY id;
SELECT c.phone, d.phone FROM customers c, customers d WHERE c.id = 1 AND d.id = 2;
SELECT * FROM ONLY customers WHERE id = 1;
TABLE "Odd ""Names";
SELECT o."a,b", "quote""d", o FROM "Odd ""Names" o;
-- Rows as a whole; a column that was dropped is none of them.
SELECT c FROM customers c ORDER BY id;
SELECT (c).phone, (c).*, c.* FROM customers c WHERE id = 1;
SELECT customers, (customers).phone, phone(customers), customers.name FROM customers WHERE id = 1;
SELECT row_to_json(c), to_jsonb(c) -> 'phone' AS phone, c::text, hstore_like.value
	FROM customers c, json_each_text(row_to_json(c)) hstore_like WHERE id = 1 AND key = 'name';
SELECT json_agg(c ORDER BY id), count(c), array_agg(c ORDER BY id) FROM customers c WHERE id > 2;
SELECT c IS NULL AS is_null, c IS NOT NULL AS is_not_null, c.phone IS NULL AS no_phone FROM customers c ORDER BY id;
SELECT (c).name FROM (SELECT c FROM customers c) s ORDER BY 1;
SELECT r FROM (SELECT c AS r FROM customers c WHERE id = 1) s;
SELECT * FROM customers c WHERE c = ROW(1, 'Ada Lovelace', '415-555-7890', 415, '1815-12-10'::date)::customers;
SELECT id FROM customers c WHERE c = ROW(1, 'A*** L***', 'XXX-XXX-7890', NULL, '1815-12-10'::date)::customers;
SELECT c.id, d.id FROM customers c JOIN customers d ON c.* = d.* ORDER BY 1;
SELECT id FROM customers WHERE (name, phone) = ('A*** L***', 'XXX-XXX-7890') ORDER BY 1;
SELECT id FROM customers WHERE (name, phone) = ('Ada Lovelace', '415-555-7890') ORDER BY 1;
SELECT DISTINCT c FROM customers c WHERE id IN (1, 2) ORDER BY c;
SELECT c, count(*), count(DISTINCT c) FROM customers c WHERE id < 3 GROUP BY c ORDER BY c;
SELECT id FROM customers c WHERE c IN (SELECT d FROM customers d WHERE d.phone = 'XXX-XXX-7890') ORDER BY id;
SELECT max(c::text), min(c.phone) FROM customers c;
-- An outer join has no row where it has none: not a row of masks.
SELECT o.id, c, c.phone, c IS NULL AS none FROM orders o LEFT JOIN customers c ON c.id = o.customer ORDER BY o.id;
SELECT count(c), count(c.*), count(c.phone), count(*), json_agg(c ORDER BY o.id) FROM orders o LEFT JOIN customers c ON c.id = o.customer AND o.id = 10;
SELECT c, o FROM customers c FULL JOIN orders o ON c.id = o.customer AND o.id = 10 ORDER BY c.id, o.id;
SELECT coalesce(c.phone, 'none'), coalesce(c, ROW(0, NULL, NULL, NULL, NULL)::customers) FROM orders o LEFT JOIN customers c ON false WHERE o.id = 10;

--
-- Predicates, order, groups: on the mask
--
SELECT id FROM customers WHERE phone = '415-555-7890';
SELECT id FROM customers WHERE phone LIKE '415%' OR phone ~ '^4' OR phone > '4' AND phone < '5' OR phone IN ('415-555-7890') OR phone = ANY ('{415-555-7890}');
SELECT id FROM customers WHERE phone = 'XXX-XXX-7890' ORDER BY id;
SELECT id FROM customers WHERE name LIKE 'A%' ORDER BY id;
SELECT id FROM customers WHERE area = 415 OR area IS NOT NULL OR area BETWEEN 1 AND 999;
SELECT id FROM customers WHERE area IS NULL ORDER BY id;
SELECT id FROM customers WHERE CASE WHEN phone LIKE '415%' THEN 1 / (id - 1) ELSE 0 END > 0;
SELECT id FROM customers WHERE phone IS DISTINCT FROM '415-555-7890' ORDER BY id;
SELECT id, phone FROM customers ORDER BY phone, id;
SELECT id FROM customers ORDER BY phone DESC NULLS LAST, id;
SELECT id FROM customers ORDER BY phone COLLATE "C" USING <, id;
SELECT DISTINCT phone FROM customers ORDER BY phone;
SELECT DISTINCT ON (phone) phone, id FROM customers ORDER BY phone, id;
SELECT phone, count(*), array_agg(id ORDER BY id) FROM customers GROUP BY phone ORDER BY phone;
SELECT area, count(*) FROM customers GROUP BY area;
SELECT left(phone, 3) AS prefix, count(*) FROM customers GROUP BY 1 HAVING max(phone) > 'X' ORDER BY 1;
SELECT phone, name, count(*), grouping(phone, name) FROM customers GROUP BY GROUPING SETS ((phone), (name), ()) ORDER BY 4, 1, 2;
SELECT phone, area, count(*) FROM customers WHERE id < 4 GROUP BY ROLLUP (phone, area) ORDER BY 1, 3;
SELECT phone, id % 2 AS odd, count(*) FROM customers WHERE id < 3 GROUP BY CUBE (phone, odd) ORDER BY 1, 2, 3;
SELECT string_agg(phone, ',' ORDER BY phone, id), min(phone), max(phone), count(DISTINCT phone), array_agg(DISTINCT name ORDER BY name),
	count(*) FILTER (WHERE phone LIKE '415%'), mode() WITHIN GROUP (ORDER BY phone), percentile_disc(0.5) WITHIN GROUP (ORDER BY phone),
	rank('XXX') WITHIN GROUP (ORDER BY phone), sum(area), jsonb_object_agg(id, phone) FROM customers;
SELECT id, rank() OVER w, lag(phone) OVER w, first_value(name) OVER (PARTITION BY phone ORDER BY id), count(*) OVER (PARTITION BY phone),
	sum(area) OVER () FROM customers WINDOW w AS (ORDER BY phone NULLS LAST) ORDER BY id;
SELECT phone FROM customers ORDER BY id LIMIT 1 OFFSET 2;
SELECT phone FROM customers ORDER BY phone NULLS LAST FETCH FIRST 2 ROWS WITH TIES;

--
-- Joins
--
SELECT c.id, o.id FROM customers c JOIN orders o ON c.phone = o.phone ORDER BY 1, 2;
SELECT c.id, d.id FROM customers c JOIN customers d ON c.phone = d.phone ORDER BY 1, 2;
SELECT c.id, o.id, phone FROM customers c LEFT JOIN orders o USING (phone) ORDER BY 1, 2;
SELECT c.id, o.id, phone, c.phone AS c, o.phone AS o FROM customers c FULL JOIN orders o USING (phone) ORDER BY 1, 2;
SELECT phone, j.phone AS alias, j FROM customers c JOIN customers d USING (id, phone) AS j WHERE id = 1;
SELECT a, b, c, d, phone FROM (customers x JOIN orders o ON x.id = o.customer) AS j (a, b, c, d, e, f, g, phone) WHERE f = 10;
SELECT j FROM (customers x JOIN orders o ON x.id = o.customer) AS j (a, b) ORDER BY 1;
SELECT * FROM customers NATURAL JOIN (SELECT id, phone FROM customers) s ORDER BY id;
SELECT c.phone, l.* FROM customers c, LATERAL (SELECT o.item, c.phone || '/' || o.phone AS both FROM orders o WHERE o.customer = c.id) l ORDER BY 2;
SELECT c.id, l FROM customers c CROSS JOIN LATERAL regexp_split_to_table(c.phone, '-') l WHERE c.id = 1;
SELECT c.id, v FROM customers c CROSS JOIN LATERAL (VALUES (c.phone), (c.name)) l (v) WHERE c.id = 1;
SELECT c.id, u FROM customers c, unnest(ARRAY[c.phone, c.name]) u WHERE c.id = 1;
DO $$
DECLARE
	seen text;
BEGIN
	EXECUTE $q$ SELECT x.p FROM regress_ccpii_rewrite.customers c,
		XMLTABLE('/r' PASSING xmlelement(name r, c.phone) COLUMNS p text PATH '.') x WHERE c.id = 1 $q$ INTO seen;
	IF seen IS DISTINCT FROM 'XXX-XXX-7890' THEN
		RAISE WARNING 'XMLTABLE shows %', seen;
	END IF;
EXCEPTION WHEN feature_not_supported THEN NULL;	-- a server without XML
END
$$;
SELECT c.phone, t.phone FROM customers c, (SELECT * FROM customers TABLESAMPLE system (100) REPEATABLE (1)) t WHERE c.id = 1 AND t.id = 2;
SELECT count(*), max(phone) FROM customers TABLESAMPLE bernoulli (100);

--
-- Levels: subqueries, CTEs, set operations
--
SELECT (SELECT 1 FROM orders LIMIT 1), phone FROM customers WHERE id = 1;
SELECT phone, (SELECT 1 FROM orders LIMIT 1) FROM customers WHERE id = (SELECT min(id) FROM customers);
SELECT (SELECT c.phone), (SELECT (SELECT c.phone || o.phone FROM orders o WHERE o.id = 10)), (SELECT c FROM orders LIMIT 1) FROM customers c WHERE id = 1;
SELECT id, (SELECT max(o.phone) FROM orders o WHERE o.customer = c.id AND o.phone <> c.phone) FROM customers c ORDER BY id;
SELECT id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.phone = c.phone) ORDER BY id;
SELECT id FROM customers WHERE phone IN (SELECT phone FROM customers WHERE id = 1) ORDER BY id;
SELECT id FROM customers WHERE '415-555-7890' IN (SELECT phone FROM orders);
SELECT id FROM customers c WHERE (name, phone) IN (SELECT name, phone FROM customers d WHERE d.id = c.id) ORDER BY id;
SELECT id FROM customers WHERE phone > ALL (SELECT phone FROM orders WHERE phone IS NOT NULL) ORDER BY id;
SELECT ARRAY(SELECT phone FROM customers ORDER BY id), (SELECT array_agg(phone ORDER BY id) FROM customers);
WITH a AS (SELECT * FROM customers), b AS MATERIALIZED (SELECT phone FROM a WHERE id = 1), c AS NOT MATERIALIZED (SELECT a FROM a)
	SELECT b.phone, (SELECT string_agg(c.a::text, ' ') FROM c) FROM b;
WITH a AS (SELECT phone FROM customers WHERE id = 1) SELECT (WITH b AS (SELECT phone || '+' AS p FROM a) SELECT p FROM b), c.phone FROM customers c WHERE id = 2;
WITH RECURSIVE r AS (SELECT id, phone, 1 AS depth FROM customers WHERE id = 1
		UNION ALL SELECT c.id, r.phone || c.phone, depth + 1 FROM r JOIN customers c ON c.id = r.id + 1)
	SELECT * FROM r ORDER BY id;
WITH RECURSIVE r (p, n) AS (SELECT phone, 0 FROM customers UNION SELECT p, n + 1 FROM r WHERE n < 1 AND p LIKE '%7890') SELECT * FROM r ORDER BY 1, 2;
WITH RECURSIVE t (id, phone) AS (SELECT id, phone FROM customers WHERE id = 1 UNION ALL SELECT c.id, c.phone FROM customers c JOIN t ON c.id = t.id + 1)
	SEARCH DEPTH FIRST BY phone SET s CYCLE phone SET again USING path SELECT id, phone, s, again, path FROM t ORDER BY id;
SELECT phone FROM customers UNION SELECT phone FROM orders ORDER BY 1;
SELECT phone FROM customers UNION ALL SELECT '415-555-7890' ORDER BY 1;
SELECT phone FROM customers INTERSECT SELECT '415-555-7890';
SELECT '415-555-7890' EXCEPT SELECT phone FROM customers;
SELECT phone FROM customers WHERE id = 1 UNION (SELECT phone FROM orders WHERE id = 10 UNION SELECT name FROM customers WHERE id = 2) ORDER BY 1;
VALUES ((SELECT phone FROM customers WHERE id = 1)), ((SELECT name FROM customers WHERE id = 1));

--
-- What is computed and shown elsewhere
--
SELECT CASE phone WHEN '415-555-7890' THEN 'hit' ELSE phone END, nullif(phone, '415-555-7890'), greatest(phone, name) FROM customers WHERE id = 1;
SELECT phone::bytea, phone::varchar(5), phone::name, (phone, name), ARRAY[phone, name], jsonb_build_object('p', phone) FROM customers WHERE id = 1;
SELECT format('%s %s', phone, c), concat_ws('|', c, phone), quote_nullable(phone), to_tsvector('simple', phone) FROM customers c WHERE id = 1;
SELECT md5(phone) = md5('415-555-7890') AS raw, md5(phone) = md5('XXX-XXX-7890') AS masked FROM customers WHERE id = 1;
SELECT phone FROM customers WHERE id = 1 FOR UPDATE;
SELECT c.phone, o.phone FROM customers c JOIN orders o ON o.customer = c.id WHERE o.id = 10 FOR SHARE OF c;
SELECT tableoid::regclass, ctid, phone FROM customers WHERE id = 1;
EXPLAIN (COSTS OFF, VERBOSE) SELECT name FROM customers WHERE phone = 'x';
EXPLAIN (COSTS OFF) SELECT c.id FROM customers c WHERE id = 1 AND area = 3;

-- The same query of somebody who is clear has nothing added.
RESET ROLE;
EXPLAIN (COSTS OFF, VERBOSE) SELECT name FROM customers WHERE phone = 'x';

-- NULL stays NULL and is no value to find: the masks are strict.
SET ROLE regress_ccpii_reader;
SELECT id, phone IS NULL AS phone, name IS NULL AS name FROM customers ORDER BY id;
SELECT count(phone), count(name), count(area) FROM customers;

-- Grouping by a key lets other columns stand for it, but a masked key says
-- nothing of them.
RESET ROLE;
CREATE TABLE keyed (phone text PRIMARY KEY, note text);
INSERT INTO keyed VALUES ('415-555-7890', 'a'), ('212-555-7890', 'b');
GRANT SELECT ON keyed TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN keyed.phone IS 'MASKED AS phone';
SELECT phone, note FROM keyed GROUP BY phone ORDER BY phone;
SET ROLE regress_ccpii_reader;
SELECT phone, note FROM keyed GROUP BY phone;  -- fails: masks of different keys are equal
SELECT (SELECT count(*) FROM (SELECT note FROM keyed GROUP BY phone) s);  -- fails: the same
SELECT phone, string_agg(note, ',' ORDER BY note) FROM keyed GROUP BY phone;
SELECT phone, note FROM keyed GROUP BY phone, note ORDER BY 2;
SELECT c.id, c.phone, count(*) FROM customers c GROUP BY c.id ORDER BY c.id;

RESET ROLE;
DROP SCHEMA regress_ccpii_rewrite CASCADE;
DROP ROLE regress_ccpii_reader;

-- Promise: values of type masked_text compare, sort, hash and match as their
-- texts do, under every collation, whatever their masks; with texts and names
-- they compare without a cast, in sessions that do not know our schema.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_agent;
SELECT FROM (SELECT ccpii.mask_role('regress_ccpii_agent')) r;
CREATE SCHEMA regress_ccpii_order;
GRANT USAGE ON SCHEMA regress_ccpii_order TO regress_ccpii_agent;
SET search_path = regress_ccpii_order;

--
-- What is declared holds together.
--
SELECT o.opcname, a.amname FROM pg_opclass o JOIN pg_am a ON a.oid = o.opcmethod
	WHERE o.opcintype = 'ccpii.masked_text'::regtype AND amvalidate(o.oid) ORDER BY 1, 2;
CREATE VIEW operators AS SELECT o.* FROM pg_operator o JOIN pg_depend d ON d.classid = 'pg_operator'::regclass
	AND d.objid = o.oid AND d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'ccpii');
SELECT count(*), count(*) FILTER (WHERE oprnamespace = 'pg_catalog'::regnamespace) FROM operators;
SELECT o.oid::regoperator FROM operators o LEFT JOIN pg_operator c ON c.oid = o.oprcom
	WHERE o.oprcom <> 0 AND (c.oprcom, c.oprleft, c.oprright) IS DISTINCT FROM (o.oid, o.oprright, o.oprleft)
		OR o.oprcom = 0 AND o.oprname !~ '[~@]';
SELECT o.oid::regoperator FROM operators o LEFT JOIN pg_operator n ON n.oid = o.oprnegate
	WHERE o.oprnegate <> 0 AND (n.oprnegate, n.oprleft, n.oprright) IS DISTINCT FROM (o.oid, o.oprleft, o.oprright)
		OR o.oprnegate = 0 AND o.oprname NOT IN ('#=', '^@');
-- Comparisons are as good as those of text for the planner; what matches masks
-- for the reader, and so is neither leakproof nor constant.
SELECT p.oid::regprocedure FROM operators o JOIN pg_proc p ON p.oid = o.oprcode
	WHERE (p.provolatile, p.proisstrict, p.proparallel, p.proleakproof) IS DISTINCT FROM
		(CASE WHEN o.oprname ~ '^!?~~?\*?$|@' THEN 's' ELSE 'i' END::"char", true, 's', o.oprname !~ '^!?~~?\*?$|@');
-- An operator that hashes or merges has its families.
SELECT o.oid::regoperator, oprcanmerge, oprcanhash FROM operators o
	WHERE oprcanmerge <> EXISTS (SELECT FROM pg_amop WHERE amopopr = o.oid AND amopmethod = (SELECT oid FROM pg_am WHERE amname = 'btree') AND amopstrategy = 3)
		OR oprcanhash <> EXISTS (SELECT FROM pg_amop WHERE amopopr = o.oid AND amopmethod = (SELECT oid FROM pg_am WHERE amname = 'hash'));
-- Operators of texts alone stay what they were for the planner.
SELECT amopopr::regoperator, amopfamily::regclass FROM pg_amop
	WHERE amoplefttype = 'text'::regtype AND amoprighttype = 'text'::regtype AND amopmethod = (SELECT oid FROM pg_am WHERE amname = 'btree')
		AND amopfamily IN (SELECT oid FROM pg_opfamily WHERE opfnamespace = 'ccpii'::regnamespace)
		AND amopopr NOT IN (SELECT oid FROM operators);

--
-- Every operator with every type of string on either side means what it means
-- for texts.
--
CREATE FUNCTION compared() RETURNS TABLE (expression text, message text) LANGUAGE plpgsql AS $$
DECLARE
	same bool;
BEGIN
	FOR expression IN SELECT format('%s %s %s', l, op, r)
		FROM unnest('{=,<>,<,<=,>,>=}'::text[]) op,
			unnest('{ccpii.masked_text,text,varchar,bpchar,name,unknown}'::text[]) type,
			(VALUES ('a', 'b'), ('b', 'a'), ('b', 'b'), ('', 'a')) v(x, y),
			LATERAL (VALUES (quote_literal(x) || '::ccpii.masked_text', quote_literal(y) || '::' || type),
				(quote_literal(x) || '::' || type, quote_literal(y) || '::ccpii.masked_text')) e(l, r)
	LOOP
		message := 'differs';
		BEGIN
			EXECUTE format('SELECT (%s) = (%s)', expression,
				regexp_replace(expression, '::[a-z._]+', '::text', 'g')) INTO same;
		EXCEPTION WHEN OTHERS THEN
			same := false;
			message := SQLERRM;
		END;
		IF same IS NOT TRUE THEN
			RETURN NEXT;
		END IF;
	END LOOP;
END
$$;
SET search_path = '';
SELECT * FROM regress_ccpii_order.compared();
SET search_path = regress_ccpii_order;
SELECT 'a'::ccpii.masked_text IN ('a', 'b'), 'a'::ccpii.masked_text = ANY ('{a,b}'::text[]), 'a'::text = ANY ('{b}'::ccpii.masked_text[]),
	'a'::ccpii.masked_text BETWEEN 'a' AND 'b'::text, 'a'::ccpii.masked_text IS DISTINCT FROM 'a'::varchar, nullif('a'::ccpii.masked_text, 'a'::text) IS NULL,
	row('a'::ccpii.masked_text, 1) < row('a'::text, 2), greatest('a'::ccpii.masked_text, 'b'::text) COLLATE "C" = 'b';
SELECT 'a'::ccpii.masked_text COLLATE "C" < 'b'::ccpii.masked_text COLLATE "POSIX";  -- fails: two collations
-- The mask plays no part.
SELECT 'x'::ccpii.masked_text(phone) = 'x'::ccpii.masked_text(digits, 3), ccpii.final_of('x') = 'x'::ccpii.masked_text(name),
	ccpii.masked_text_hash('x'::ccpii.masked_text(phone)) = ccpii.masked_text_hash('x'::ccpii.masked_text(digits, 3));

--
-- Strings of all kinds under all kinds of collations.
--
CREATE TABLE words AS SELECT t, t::ccpii.masked_text(name) AS m, n FROM (
	SELECT n, (ARRAY['', 'a', 'A', 'ä', 'Ä', U&'a\0308', 'ß', 'ss', ' ', '-', 'é', '日本', '🙂', repeat('x', 40)])[1 + n % 14]
		|| CASE n % 3 WHEN 0 THEN '' WHEN 1 THEN left(md5(n::text), n % 9) ELSE upper(left(md5((n / 7)::text), 3)) || '-é' END
		|| CASE WHEN n % 11 = 0 THEN repeat('long ', n % 300) ELSE '' END AS t
	FROM generate_series(1, 6000) n) s;
CREATE FUNCTION differences(collation_name text) RETURNS TABLE (what text, number bigint) LANGUAGE plpgsql AS $$
DECLARE
	c text := format('COLLATE %s', collation_name);
	op text;
BEGIN
	EXECUTE format('CREATE TEMP TABLE w AS SELECT t %1$s AS t, m %1$s AS m FROM words ORDER BY n LIMIT 150', c);
	FOREACH op IN ARRAY '{=,<>,<,<=,>,>=}'::text[] LOOP
		what := op;
		EXECUTE format('SELECT count(*) FROM w a, w b WHERE (a.t %1$s b.t) <> ALL (ARRAY[a.m %1$s b.m, a.m %1$s b.t, a.t %1$s b.m])', op) INTO number;
		RETURN NEXT;
	END LOOP;
	DROP TABLE w;
	EXECUTE format('CREATE TEMP TABLE w AS SELECT t %1$s AS t, m %1$s AS m, n FROM words', c);
	what := 'sort';
	SELECT count(*) INTO number FROM (SELECT n, row_number() OVER (ORDER BY t, n) FROM w) a
		FULL JOIN (SELECT n, row_number() OVER (ORDER BY m, n) FROM w) b USING (row_number)
		WHERE a.n IS DISTINCT FROM b.n;
	RETURN NEXT;
	what := 'hash';
	SELECT count(*) INTO number FROM w WHERE ccpii.masked_text_hash(m) <> hashtext(t) OR ccpii.masked_text_hash(m, 42) <> hashtextextended(t, 42);
	RETURN NEXT;
	what := 'distinct';
	SELECT count(DISTINCT m) - count(DISTINCT t) INTO number FROM w;
	RETURN NEXT;
	what := 'min and max';
	SELECT (min(m) <> min(t))::int + (max(m) <> max(t))::int INTO number FROM w;
	RETURN NEXT;
	what := 'lower and upper';
	SELECT count(*) INTO number FROM w WHERE lower(m)::text COLLATE "C" <> lower(t) COLLATE "C" OR upper(m)::text COLLATE "C" <> upper(t) COLLATE "C";
	RETURN NEXT;
	what := 'index';
	CREATE INDEX ON w (m);
	SET LOCAL enable_seqscan = off;
	SET LOCAL enable_sort = off;
	SELECT count(*) INTO number FROM (SELECT t, row_number() OVER () FROM (SELECT t FROM w ORDER BY m) s) a
		JOIN (SELECT t, row_number() OVER (ORDER BY t) FROM w) b USING (row_number) WHERE a.t <> b.t;
	RETURN NEXT;
	DROP TABLE w;
END
$$;
SELECT * FROM differences('"C"');
SELECT sum(number) FROM differences('"default"');
-- Of ICU, where the server has it.
DO $$
BEGIN
	CREATE COLLATION equal (PROVIDER = icu, LOCALE = 'und-u-ks-level1', DETERMINISTIC = false);
	IF (SELECT sum(number) FROM differences('"und-x-icu"')) <> 0 THEN
		RAISE WARNING 'differs under und-x-icu';
	END IF;
	IF (SELECT sum(number) FROM differences('equal')) <> 0 THEN
		RAISE WARNING 'differs under a nondeterministic collation';
	END IF;
	IF 'a'::ccpii.masked_text COLLATE equal <> 'Ä'::text COLLATE equal OR 'a'::ccpii.masked_text COLLATE equal <> 'Ä' THEN
		RAISE WARNING 'what is equal is not';
	END IF;
	BEGIN
		CREATE INDEX ON words (m COLLATE equal ccpii.masked_text_pattern_ops);
		RAISE WARNING 'sorts patterns';
	EXCEPTION WHEN feature_not_supported THEN
	END;
EXCEPTION WHEN feature_not_supported OR undefined_object THEN
END
$$;

--
-- Indexes find what texts' indexes find.
--
CREATE TABLE customers (id int PRIMARY KEY, phone ccpii.masked_text(phone), name ccpii.masked_text(name) COLLATE "C",
	email ccpii.masked_text(email), t text);
INSERT INTO customers SELECT g, 'phone ' || lpad(g::text, 5, '0'), 'name ' || lpad(g::text, 5, '0'), 'Email' || g || '@example.com',
	'phone ' || lpad(g::text, 5, '0') FROM generate_series(1, 5000) g;
CREATE UNIQUE INDEX customers_phone ON customers (phone);
CREATE INDEX customers_name ON customers (name);
CREATE INDEX customers_lower ON customers (lower(email));
CREATE INDEX customers_hash ON customers USING hash (email);
CREATE UNIQUE INDEX customers_t ON customers (t);
ANALYZE customers;
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query;
END
$$;
SET enable_bitmapscan = off;
SELECT plan($$SELECT * FROM customers WHERE phone = 'phone 00001'$$);
SELECT plan($$SELECT * FROM customers WHERE phone = 'phone 00001'::text$$);
SELECT plan($$SELECT * FROM customers WHERE 'phone 00001'::varchar = phone$$);
SELECT plan($$SELECT * FROM customers WHERE phone IN ('phone 00001', 'phone 00002')$$);
SELECT plan($$SELECT * FROM customers WHERE phone = ANY ('{phone 00001}'::text[])$$);
SELECT plan($$SELECT * FROM customers WHERE phone = ANY ('{phone 00001}'::varchar[])$$);
SELECT plan($$SELECT * FROM customers WHERE phone > 'phone 00001' AND phone <= 'phone 00003'::text$$);
SELECT plan($$SELECT * FROM customers WHERE lower(email) = 'email1@example.com'$$);
SELECT plan($$SELECT * FROM customers WHERE lower(email) = lower('Email1@example.com')$$);
SELECT plan($$SELECT * FROM customers WHERE email = 'Email1@example.com'::text$$);
SELECT plan($$SELECT * FROM customers ORDER BY phone LIMIT 1$$);
SELECT plan($$SELECT min(phone), max(phone) FROM customers$$);
SET plan_cache_mode = force_generic_plan;
PREPARE by_text(text) AS SELECT id FROM customers WHERE phone = $1;
PREPARE by_varchar(varchar) AS SELECT id FROM customers WHERE phone = $1;
PREPARE by_unknown AS SELECT id FROM customers WHERE phone = $1;
SELECT plan($$EXECUTE by_text('phone 00001')$$);
SELECT plan($$EXECUTE by_varchar('phone 00001')$$);
SELECT plan($$EXECUTE by_unknown('phone 00001')$$);
EXECUTE by_text('phone 00001');
EXECUTE by_varchar('phone 00002');
EXECUTE by_unknown('phone 00003');
RESET plan_cache_mode;
-- Patterns with a fixed beginning.
CREATE INDEX customers_pattern ON customers (phone ccpii.masked_text_pattern_ops);
SELECT plan($$SELECT * FROM customers WHERE name LIKE 'name 0000_'$$);
SELECT plan($$SELECT * FROM customers WHERE name SIMILAR TO 'name 0000_'$$);
SELECT plan($$SELECT * FROM customers WHERE name ILIKE '0000_'$$);
SELECT plan($$SELECT * FROM customers WHERE name LIKE '%0000_'$$);
SELECT plan($$SELECT * FROM customers WHERE name NOT LIKE 'name 0000_'$$);
SELECT plan($$SELECT * FROM customers WHERE phone LIKE 'phone 00001'$$);
SET enable_seqscan = off;
SELECT plan($$SELECT * FROM customers WHERE phone LIKE 'phone 0000_'$$);
SELECT plan($$SELECT * FROM customers WHERE phone ~ '^phone 0000'$$);
SELECT plan($$SELECT * FROM customers WHERE phone ~* '^[0]000'$$);
SELECT plan($$SELECT * FROM customers WHERE phone ^@ 'phone 0000'$$);
SELECT count(*) FROM customers WHERE phone LIKE 'phone 0000_';
SELECT count(*) FROM customers WHERE phone ~ '^phone 0000';
SELECT count(*) FROM customers WHERE phone ^@ 'phone 0000';
SELECT count(*) FROM customers WHERE name LIKE 'name 0000_';
SELECT count(*) FROM customers WHERE name ILIKE 'NAME 0000_' AND name !~ '9$' AND name !~* 'NAME .*8$' AND name NOT ILIKE '%7' AND name ~* 'NAME';
RESET enable_seqscan;
RESET enable_bitmapscan;

--
-- Estimates are within a factor of two of those for texts.
--
CREATE TABLE skewed AS SELECT t, t::ccpii.masked_text(name) AS m FROM (
	SELECT CASE WHEN g % 4 = 0 THEN 'common' WHEN g % 7 = 0 THEN NULL ELSE md5(g::text) END AS t FROM generate_series(1, 20000) g) s;
ANALYZE skewed;
CREATE FUNCTION estimate(query text) RETURNS float LANGUAGE plpgsql AS $$
DECLARE
	result json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO result;
	RETURN result -> 0 -> 'Plan' ->> 'Plan Rows';
END
$$;
SELECT condition, text_rows, masked_text_rows FROM (
	SELECT condition, estimate('SELECT FROM skewed WHERE ' || replace(condition, '@@', 't')) AS text_rows,
			estimate('SELECT FROM skewed WHERE ' || replace(condition, '@@', 'm')) AS masked_text_rows
		FROM regexp_split_to_table($$@@ = 'common';@@ = 'other';@@ <> 'common';@@ < '5';@@ >= 'c';@@ BETWEEN '3' AND '4';@@ IS NULL;
			@@ LIKE 'comm%';@@ LIKE 'common';@@ LIKE 'a%';@@ LIKE 'ab%';@@ LIKE '%a';@@ LIKE '%zz%';@@ NOT LIKE 'a%';@@ NOT LIKE 'comm%';
			@@ ILIKE 'A%';@@ ILIKE '%COMM%';@@ NOT ILIKE 'A%';@@ ~ '^a';@@ ~ '^[0-9]';@@ !~ '^a';@@ ~* '^A';@@ !~* '^A';@@ ^@ 'a';
			@@ IN ('common', 'x');@@ LIKE NULL;@@ NOT LIKE NULL$$, ';') condition) e
	WHERE NOT (masked_text_rows BETWEEN text_rows / 2 AND text_rows * 2);
SELECT estimate('SELECT FROM skewed a JOIN skewed b USING (m)') / estimate('SELECT FROM skewed a JOIN skewed b USING (t)') BETWEEN 0.5 AND 2,
	estimate('SELECT FROM skewed GROUP BY m') / estimate('SELECT FROM skewed GROUP BY t') BETWEEN 0.5 AND 2,
	estimate('SELECT FROM skewed a JOIN skewed b ON a.m = b.t') / estimate('SELECT FROM skewed a JOIN skewed b USING (t)') BETWEEN 0.5 AND 2;

--
-- Joins by every method, with themselves and with texts; groups; sets.
--
CREATE TABLE calls (id int, phone ccpii.masked_text(digits, 3), t text);
INSERT INTO calls SELECT g, 'phone ' || lpad((g % 50)::text, 5, '0'), 'phone ' || lpad((g % 50)::text, 5, '0') FROM generate_series(1, 500) g;
ANALYZE calls;
CREATE FUNCTION joined(condition text) RETURNS TABLE (method text, rows bigint) LANGUAGE plpgsql AS $$
DECLARE
	query text := 'SELECT count(*) FROM calls k JOIN customers c ON ' || condition;
	node text;
BEGIN
	FOREACH method IN ARRAY '{hashjoin,mergejoin,nestloop}'::text[] LOOP
		PERFORM set_config('enable_hashjoin', (method = 'hashjoin')::text, true), set_config('enable_mergejoin', (method = 'mergejoin')::text, true),
			set_config('enable_nestloop', (method = 'nestloop')::text, true);
		SELECT string_agg(trim(translate(line, '->', '')), '; ') INTO node FROM plan(query) line
			WHERE line ~ 'Hash Join|Merge Join|Nested Loop|Cond:';
		EXECUTE query INTO rows;
		method := node;
		RETURN NEXT;
	END LOOP;
END
$$;
SELECT * FROM joined('k.phone = c.phone');
SELECT * FROM joined('k.phone = c.t');
SELECT * FROM joined('k.t = c.phone');
SELECT count(*), count(DISTINCT phone), min(phone), max(phone) FROM calls;
SELECT phone, count(*) FROM calls GROUP BY phone ORDER BY phone DESC LIMIT 2;
SET enable_hashagg = off;
SELECT phone, count(*) FROM calls GROUP BY phone ORDER BY phone DESC LIMIT 2;
RESET enable_hashagg;
SELECT count(*) FROM (SELECT phone FROM calls UNION SELECT phone FROM customers) u;
SELECT count(*) FROM (SELECT phone FROM calls INTERSECT SELECT t FROM customers) u;
SELECT pg_typeof(p), count(*) FROM (SELECT phone FROM calls UNION ALL SELECT t FROM customers) u(p) GROUP BY 1;
SELECT count(*) FROM calls k WHERE EXISTS (SELECT FROM customers c WHERE c.phone = k.t) AND k.phone IN (SELECT t FROM customers);
SELECT phone, rank() OVER (ORDER BY phone) FROM (SELECT DISTINCT phone FROM calls) s ORDER BY phone LIMIT 2;

--
-- Keys.
--
INSERT INTO customers VALUES (-1, 'phone 00001'::ccpii.masked_text(digits, 3));  -- fails: the text is there
INSERT INTO customers VALUES (-1, 'phone 00001') ON CONFLICT (phone) DO NOTHING RETURNING id;
INSERT INTO customers VALUES (-1, 'phone 00001') ON CONFLICT (phone) DO UPDATE SET t = NULL RETURNING id;
CREATE TABLE owners (phone ccpii.masked_text(phone) PRIMARY KEY, t text UNIQUE);
INSERT INTO owners VALUES ('1', '1'), ('2', '2');
CREATE TABLE pets (owner ccpii.masked_text(phone) REFERENCES owners ON UPDATE CASCADE ON DELETE CASCADE,
	by_text text REFERENCES owners (phone), of_text ccpii.masked_text(phone) REFERENCES owners (t));
INSERT INTO pets VALUES ('1', '2', '1');
INSERT INTO pets (owner) VALUES ('3');  -- fails: nobody
INSERT INTO pets (by_text) VALUES ('3');  -- fails: nobody
INSERT INTO pets (of_text) VALUES ('3');  -- fails: nobody
UPDATE owners SET phone = '9' WHERE phone = '1';
SELECT * FROM pets;
DELETE FROM owners WHERE phone = '2';  -- fails: a pet is there
DELETE FROM pets;
DELETE FROM owners;
-- Keys compare what is stored, whoever writes, and whoever owns the tables: here
-- somebody who may not see all such values.
CREATE ROLE regress_ccpii_owner;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_order TO regress_ccpii_owner;
SET SESSION AUTHORIZATION regress_ccpii_owner;
CREATE TABLE masters (phone ccpii.masked_text(phone) PRIMARY KEY, t text UNIQUE, v varchar(20) UNIQUE);
CREATE TABLE dogs (master ccpii.masked_text(phone) REFERENCES masters ON UPDATE CASCADE, by_text text REFERENCES masters,
	of_text ccpii.masked_text(phone) REFERENCES masters (t) ON UPDATE CASCADE, of_varchar ccpii.masked_text(phone) REFERENCES masters (v));
INSERT INTO masters VALUES ('415-555-7890', '415-555-7890', '415-555-7890');
GRANT ALL ON masters, dogs TO regress_ccpii_agent;
SET SESSION AUTHORIZATION regress_ccpii_agent;
INSERT INTO dogs VALUES ('415-555-7890', '415-555-7890', '415-555-7890', '415-555-7890');
INSERT INTO dogs (master) VALUES ('415-555-7891');  -- fails: nobody
INSERT INTO dogs (by_text) VALUES ('415-555-7891');  -- fails: nobody
INSERT INTO dogs (of_text) VALUES ('415-555-7891');  -- fails: nobody
INSERT INTO dogs (of_varchar) VALUES ('415-555-7891');  -- fails: nobody
DELETE FROM masters;  -- fails: a dog is there
SELECT * FROM dogs;
RESET SESSION AUTHORIZATION;
UPDATE masters SET t = '415-555-0000', phone = '415-555-0000' WHERE t = '415-555-7890';  -- fails: by_text does not follow
UPDATE dogs SET by_text = NULL;
UPDATE masters SET t = '415-555-0000', phone = '415-555-0000' WHERE t = '415-555-7890';
SELECT *, ccpii.masked(master), ccpii.masked(of_text) FROM dogs;
CREATE TABLE excluded (phone ccpii.masked_text(phone), EXCLUDE USING hash (phone WITH =), EXCLUDE (phone WITH =));
INSERT INTO excluded VALUES ('1'), ('1');  -- fails: the same twice

--
-- Partitions, arrays, ranges, records, extended statistics.
--
CREATE TABLE parted (phone ccpii.masked_text(phone)) PARTITION BY RANGE (phone);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (MINVALUE) TO ('5');
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('5') TO (MAXVALUE) PARTITION BY LIST (phone);
CREATE TABLE parted_3 PARTITION OF parted_2 FOR VALUES IN ('7', '8');
CREATE TABLE parted_4 PARTITION OF parted_2 DEFAULT PARTITION BY HASH (phone);
CREATE TABLE parted_5 PARTITION OF parted_4 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
INSERT INTO parted VALUES ('1'), ('6'), ('7');
SELECT tableoid::regclass, phone FROM parted ORDER BY phone;
SELECT plan($$SELECT * FROM parted WHERE phone = '7'$$);
SELECT plan($$SELECT * FROM parted WHERE phone < '3'::text$$);
SELECT '{b,a}'::ccpii.masked_text[] @> '{a}', '{b,a}'::ccpii.masked_text[] = '{b,a}', '{a}'::ccpii.masked_text[] < '{b}';
CREATE TABLE lists (phones ccpii.masked_text(phone)[]);
INSERT INTO lists SELECT ARRAY[g::text, (g + 1)::text]::ccpii.masked_text[] FROM generate_series(1, 500) g;
CREATE INDEX ON lists USING gin (phones);
SET enable_seqscan = off;
SELECT * FROM lists WHERE phones @> '{7}' ORDER BY phones;
RESET enable_seqscan;
CREATE TYPE phone_range AS RANGE (SUBTYPE = ccpii.masked_text);
SELECT phone_range('a', 'c') @> 'b'::ccpii.masked_text;
SELECT phone_range('c', 'a');  -- fails: the wrong way round
SELECT count(DISTINCT row(phone, t)) FROM calls;
CREATE STATISTICS both_columns ON phone, t FROM calls;
ANALYZE calls;
SELECT plan($$SELECT phone, t FROM calls GROUP BY phone, t$$);

DROP SCHEMA regress_ccpii_order CASCADE;
DROP ROLE regress_ccpii_agent, regress_ccpii_owner;

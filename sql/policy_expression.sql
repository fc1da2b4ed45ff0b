-- Promise: a mask keeps the type, the declared length, the collation and the
-- NULLs of its column; conditions choose between masks row by row, and NULL
-- counts as more masked; what a mask parses to can be indexed.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET client_encoding = 'UTF8';
SET DateStyle = 'ISO, YMD';
SET TimeZone = 'UTC';

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_expression;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_expression TO regress_ccpii_reader;
SET search_path = regress_ccpii_expression;

-- Label all columns of a table, each with the same mask where it is defined.
CREATE FUNCTION label_all(relation regclass, label text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	name name;
BEGIN
	FOR name IN SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = relation AND attnum > 1 AND NOT attisdropped LOOP
		EXECUTE pg_catalog.format('SECURITY LABEL FOR ccpii ON COLUMN %s.%I IS %L', relation, name, label);
	END LOOP;
END
$$;

--
-- Text and its like
--
CREATE DOMAIN phone_number AS varchar(14) CHECK (VALUE <> 'nothing');
CREATE DOMAIN contact AS text NOT NULL;
CREATE TABLE texts (id int PRIMARY KEY, t text, c text COLLATE "C", v varchar, v20 varchar(20), v3 varchar(3), b24 char(24), b3 char(3),
	d phone_number, n contact);
INSERT INTO texts VALUES
	(1, '415-555-7890', '415-555-7890', '415-555-7890', '415-555-7890', '415', '415-555-7890', '415', '415-555-7890', '415-555-7890'),
	(2, 'a@example.com', 'a@example.com', 'a@example.com', 'a@example.com', 'a@b', 'a@example.com', 'a@b', 'a@example.com', 'a@example.com'),
	(3, 'Ada Lovelace', 'Ada Lovelace', 'Ada Lovelace', 'Ada Lovelace', 'Ada', 'Ada Lovelace', 'Ada', 'Ada Lovelace', 'Ada Lovelace'),
	(4, '', '', '', '', '', '', '', '', ''),
	(5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '');
GRANT SELECT ON texts TO regress_ccpii_reader;
CREATE FUNCTION under(label text) RETURNS SETOF texts LANGUAGE plpgsql AS $$
BEGIN
	PERFORM label_all('texts', label);
	SET LOCAL ROLE regress_ccpii_reader;
	RETURN QUERY EXECUTE 'SELECT * FROM texts ORDER BY id';
	RESET ROLE;
END
$$;
SELECT * FROM under('MASKED');
SELECT * FROM under('MASKED AS phone') WHERE id IN (1, 2, 4, 5);
SELECT * FROM under('MASKED AS email') WHERE id IN (1, 2, 4, 5);
SELECT * FROM under('MASKED AS name') WHERE id >= 3;
SELECT * FROM under('MASKED AS card') WHERE id IN (1, 4);
SELECT * FROM under('MASKED AS digits(3)') WHERE id IN (1, 4);
SELECT * FROM under('MASKED AS cards') WHERE id IN (1, 4);
SELECT * FROM under('MASKED AS partial(1, ''#'', 1)') WHERE id IN (1, 4, 5);
SELECT * FROM under('MASKED AS null');
SELECT * FROM under('MASKED AS constant(''x'')');
-- Types, lengths and collations are those of the columns: what is made of
-- them needs no cast.
SELECT label_all('texts', 'MASKED');
SET ROLE regress_ccpii_reader;
CREATE TABLE copy AS TABLE texts;
SELECT attname, format_type(atttypid, atttypmod), collname FROM pg_catalog.pg_attribute LEFT JOIN pg_catalog.pg_collation c ON c.oid = attcollation
	WHERE attrelid = 'copy'::regclass AND attnum > 0 ORDER BY attnum;
DROP TABLE copy;
SELECT pg_typeof(v3), pg_typeof(b3), pg_typeof(d), pg_collation_for(c), octet_length(b24) FROM texts WHERE id = 1;
SELECT t FROM texts WHERE c > '*' ORDER BY c, t LIMIT 1;
SELECT id FROM texts WHERE b24 = '****' ORDER BY id;
SELECT id FROM texts t1 WHERE b24 = t AND v3 <> t ORDER BY id;
RESET ROLE;
-- A long value stays long.
INSERT INTO texts (id, t, n) VALUES (6, repeat('Ada ', 100000), repeat('7', 100000));
SELECT label_all('texts', 'MASKED AS name');
SET ROLE regress_ccpii_reader;
SELECT length(t), left(t, 10), n FROM texts WHERE id = 6;
RESET ROLE;
DROP TABLE texts CASCADE;

--
-- Everything else: full is NULL, and constants are of the type
--
CREATE TYPE mood AS ENUM ('happy', 'angry');
CREATE TYPE pair AS (a text, b int);
CREATE DOMAIN age AS int CHECK (VALUE > 0);
CREATE DOMAIN birthday AS date;
CREATE DOMAIN moment AS timestamptz;
CREATE DOMAIN document AS jsonb;
CREATE TABLE others (id int PRIMARY KEY, i2 int2, i4 int4, i8 int8, f float8, m numeric(10,2), y bool, by bytea, u uuid, ip inet, oi oid, na name, ch "char",
	bi bit(3), mo mood, pa pair, ar text[], ra int4range, x tsvector, ag age, iv interval, da date, ts timestamp(0), tz timestamptz(3), bd birthday, mt moment, js json, jb jsonb, dc document);
INSERT INTO others VALUES (1, 1, 2, 3, 4.5, 6.78, true, '\x01', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '10.0.0.1', 7, 'n', 'c', '101', 'happy', '(x,1)', '{a,b}', '[1,3)', 'a b', 5, '1 day',
	'2024-08-15', '2024-08-15 12:34:56', '2024-08-15 12:34:56.789+00', '2024-08-15', '2024-08-15 12:34+00', '{"a": "x"}', '{"a": "x"}', '{"a": "x"}');
INSERT INTO others (id) VALUES (2);
GRANT SELECT ON others TO regress_ccpii_reader;
SELECT label_all('others', 'MASKED');
SET ROLE regress_ccpii_reader;
SELECT * FROM others ORDER BY id;
SELECT others FROM others ORDER BY id;
SELECT pg_typeof(m), pg_typeof(ag), pg_typeof(ar), pg_typeof(mt), i4 + 1, ar[1], (pa).a, jb -> 'a', da - 1 FROM others WHERE id = 1;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN others.i2 IS 'MASKED AS constant(0)';
SECURITY LABEL FOR ccpii ON COLUMN others.m IS 'MASKED AS constant(''1.005'')';
SECURITY LABEL FOR ccpii ON COLUMN others.y IS 'MASKED AS constant(''f'')';
SECURITY LABEL FOR ccpii ON COLUMN others.u IS 'MASKED AS constant(''00000000-0000-0000-0000-000000000000'')';
SECURITY LABEL FOR ccpii ON COLUMN others.mo IS 'MASKED AS constant(''angry'')';
SECURITY LABEL FOR ccpii ON COLUMN others.pa IS 'MASKED AS constant(''(hidden,0)'')';  -- fails: of several values
SECURITY LABEL FOR ccpii ON COLUMN others.ar IS 'MASKED AS constant(''{}'')';  -- fails: the same
SECURITY LABEL FOR ccpii ON COLUMN others.ag IS 'MASKED AS constant(99)';
SECURITY LABEL FOR ccpii ON COLUMN others.na IS 'MASKED AS constant(''hidden'')';
SECURITY LABEL FOR ccpii ON COLUMN others.iv IS 'MASKED AS constant(''0'')';
SECURITY LABEL FOR ccpii ON COLUMN others.da IS 'MASKED AS year';
SECURITY LABEL FOR ccpii ON COLUMN others.ts IS 'MASKED AS month';
SECURITY LABEL FOR ccpii ON COLUMN others.tz IS 'MASKED AS year';
SECURITY LABEL FOR ccpii ON COLUMN others.bd IS 'MASKED AS month';
SECURITY LABEL FOR ccpii ON COLUMN others.mt IS 'MASKED AS month';
SECURITY LABEL FOR ccpii ON COLUMN others.js IS 'MASKED AS jsonb(a => full)';
SECURITY LABEL FOR ccpii ON COLUMN others.jb IS 'MASKED AS jsonb(a => constant(''y''))';
SECURITY LABEL FOR ccpii ON COLUMN others.dc IS 'MASKED AS jsonb(a => null)';
SET ROLE regress_ccpii_reader;
SELECT i2, m, y, u, mo, pa, ar, ag, na, iv FROM others ORDER BY id;
SELECT da, ts, tz, bd, mt, js, jb, dc, pg_typeof(bd), pg_typeof(dc) FROM others ORDER BY id;
SELECT id FROM others WHERE ag = 99 AND mo = 'angry' AND ar IS NULL AND m = 1.01 AND da = '2024-01-01';
RESET ROLE;
DROP TABLE others;

-- citext, where it is to be had, is text.
DO $$
BEGIN
	CREATE EXTENSION citext SCHEMA regress_ccpii_expression;
EXCEPTION WHEN OTHERS THEN
	CREATE DOMAIN citext AS text;
END
$$;
CREATE TABLE insensitive (id int, email citext);
INSERT INTO insensitive VALUES (1, 'Ada@Example.com');
GRANT SELECT ON insensitive TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN insensitive.email IS 'MASKED AS email';
SET ROLE regress_ccpii_reader;
SELECT email, pg_typeof(email) FROM insensitive;
SELECT email FROM insensitive WHERE email = 'Ada@Example.com';
RESET ROLE;
DROP TABLE insensitive;

--
-- Conditions
--
CREATE TABLE tickets (id int PRIMARY KEY, status text, assignee text, phone text, area int);
INSERT INTO tickets VALUES (1, 'open', 'regress_ccpii_reader', '415-555-7890', 415), (2, 'open', 'somebody', '415-555-7891', 415),
	(3, 'resolved', 'regress_ccpii_reader', '415-555-7892', 415), (4, NULL, NULL, '415-555-7893', 415), (5, 'open', NULL, NULL, NULL);
GRANT SELECT ON tickets TO regress_ccpii_reader;
CREATE FUNCTION show(label text, phone_label text DEFAULT NULL) RETURNS TABLE (id int, phone text, area int) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE pg_catalog.format('SECURITY LABEL FOR ccpii ON COLUMN tickets.area IS %L', label);
	EXECUTE pg_catalog.format('SECURITY LABEL FOR ccpii ON COLUMN tickets.phone IS %L', coalesce(phone_label, label));
	SET LOCAL ROLE regress_ccpii_reader;
	RETURN QUERY EXECUTE 'SELECT id, phone, area FROM tickets ORDER BY id';
	RESET ROLE;
END
$$;
SELECT * FROM show('MASKED WHEN (status = ''resolved'')');
SELECT * FROM show('CLEAR WHEN (status = ''open''); MASKED');
SELECT * FROM show('CLEAR WHEN (assignee = current_user); MASKED', 'CLEAR WHEN (assignee = current_user); MASKED AS phone');
SELECT * FROM show('MASKED AS constant(1) WHEN (status = ''open'' AND assignee = current_user); MASKED AS constant(2) WHEN (status = ''open''); CLEAR',
	'MASKED AS phone WHEN (status = ''open'' AND assignee = current_user); MASKED AS digits(4) WHEN (status = ''open''); CLEAR');
SELECT * FROM show('MASKED WHEN (status = ''open'') ; CLEAR WHEN (assignee IS NULL); MASKED AS constant(3)',
	'MASKED WHEN (status = ''open'') ; CLEAR WHEN (assignee IS NULL); MASKED AS phone');
-- A condition sees raw values, even of what it masks, and is true of one row.
SELECT * FROM show('MASKED WHEN (area = 415 AND phone LIKE ''%1'')');
SECURITY LABEL FOR ccpii ON COLUMN tickets.status IS 'MASKED';
SELECT * FROM show('MASKED WHEN (status = ''open'')');
SET ROLE regress_ccpii_reader;
-- ... in joins, subqueries, rows and aggregates.
SELECT a.id, b.id, a.area, b.phone FROM tickets a JOIN tickets b ON b.id = a.id + 1 ORDER BY 1;
SELECT id, (SELECT t.phone), (SELECT max(u.phone) FROM tickets u WHERE u.id <= t.id) FROM tickets t ORDER BY 1;
SELECT t FROM tickets t ORDER BY id;
SELECT count(area), string_agg(phone, ',' ORDER BY id) FROM tickets;
SELECT x.id, t.area, t.phone, t FROM (VALUES (1), (3), (9)) x (id) LEFT JOIN tickets t USING (id) ORDER BY 1;
SELECT area, count(*) FROM tickets GROUP BY area ORDER BY 1;
RESET ROLE;
DROP TABLE tickets;

--
-- What the rewrite makes is what ccpii.mask_...(column) parses to
--
CREATE TABLE many (id int, phone text, name varchar(40), note text);
INSERT INTO many SELECT n, '415-555-' || (7000 + n), 'Ada Lovelace ' || n, '4111111111111111' FROM generate_series(1, 2000) n;
CREATE INDEX many_phone ON many (ccpii.mask_phone(phone));
CREATE INDEX many_note ON many (ccpii.mask_digits(note, 4));
CREATE INDEX many_fit ON many (ccpii.mask_partial(phone, 1, '#', 2));
GRANT SELECT ON many TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN many.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN many.note IS 'MASKED AS digits(4)';
VACUUM ANALYZE many;
SET ROLE regress_ccpii_reader;
EXPLAIN (COSTS OFF) SELECT phone FROM many ORDER BY phone LIMIT 20;
EXPLAIN (COSTS OFF) SELECT note FROM many ORDER BY note LIMIT 20;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM many WHERE phone = 'XXX-XXX-7020';
SELECT id FROM many WHERE phone = 'XXX-XXX-7020';
RESET enable_seqscan;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN many.phone IS 'MASKED AS partial(1, ''#'', 2)';
SET ROLE regress_ccpii_reader;
EXPLAIN (COSTS OFF) SELECT phone FROM many ORDER BY phone LIMIT 20;
RESET ROLE;
-- So it is for varchar; a mask that can be longer than the column has to fit.
SECURITY LABEL FOR ccpii ON COLUMN many.name IS 'MASKED AS phone';
CREATE INDEX many_name_phone ON many (ccpii.mask_phone(name));
SET ROLE regress_ccpii_reader;
EXPLAIN (COSTS OFF) SELECT name FROM many ORDER BY name LIMIT 20;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN many.name IS 'MASKED AS name';
CREATE INDEX many_name_fit ON many (ccpii.mask_fit(ccpii.mask_name(name), 40));
SET ROLE regress_ccpii_reader;
EXPLAIN (COSTS OFF) SELECT name FROM many ORDER BY name LIMIT 20;
RESET ROLE;

-- So has a hash, of 18 characters.
CREATE TABLE narrow (phone varchar(10), mobile varchar(18), pin varchar(2));
INSERT INTO narrow VALUES ('4155557890', '415-555-7890', '12');
GRANT SELECT ON narrow TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN narrow.phone IS 'MASKED AS hash';
SECURITY LABEL FOR ccpii ON COLUMN narrow.mobile IS 'MASKED AS hash';
SECURITY LABEL FOR ccpii ON COLUMN narrow.pin IS 'MASKED AS hash';
SET ROLE regress_ccpii_reader;
SELECT phone, length(mobile), mobile LIKE 'h:%' AS hash, pin FROM narrow;
RESET ROLE;

DROP SCHEMA regress_ccpii_expression CASCADE;
DROP ROLE regress_ccpii_reader;

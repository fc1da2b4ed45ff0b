-- Promise: a label says what it means, or is refused with its position and a
-- reason before anything is stored; what a label names is checked when it is
-- set, and read as masked when it cannot be resolved any more.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_encoding = 'UTF8';
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE ROLE regress_ccpii_other;
CREATE ROLE "Regress_ccpii ""odd""";
CREATE ROLE "regress_ccpii_für";
CREATE SCHEMA regress_ccpii_label;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_label TO regress_ccpii_reader;
SET search_path = regress_ccpii_label;

CREATE DOMAIN digits AS text CHECK (VALUE ~ '^[0-9]*$');
CREATE TYPE mood AS ENUM ('open', 'resolved');
CREATE TABLE subject (
	id int PRIMARY KEY,
	c text, v varchar(12), b char(12), t3 varchar(3), d digits, nm name,
	i int, day date, ts timestamp, tz timestamptz, j json, jb jsonb,
	a text[], m mood, x bytea,
	status text, "Odd Name" text
);
INSERT INTO subject VALUES (1, '415-555-7890', '415-555-7890', '415-555-7890', '415', '4155557890', 'n',
	42, '2024-02-29', '2024-02-29 12:30', '2024-02-29 12:30+00', '{"phone": "415-555-7890"}', '{"phone": "415-555-7890"}',
	'{415-555-7890}', 'open', '\x01', 'open', 'odd');
GRANT SELECT ON subject TO regress_ccpii_reader;

-- Set a label; what came of it.
CREATE FUNCTION attempt(label text, "column" text DEFAULT 'c') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	EXECUTE format('SECURITY LABEL FOR ccpii ON COLUMN regress_ccpii_label.subject.%I IS %L', "column", label);
	RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN concat_ws(' | ', SQLSTATE, SQLERRM, nullif(detail, ''));
END
$$;

-- What the reader, whom nobody has classified, sees of a column under a label.
CREATE FUNCTION seen(label text, "column" text DEFAULT 'c') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text := attempt(label, "column");
BEGIN
	IF result <> 'accepted' THEN
		RETURN result;
	END IF;
	SET LOCAL ROLE regress_ccpii_reader;
	EXECUTE format('SELECT %I::text FROM regress_ccpii_label.subject', "column") INTO result;
	RESET ROLE;
	EXECUTE format('SECURITY LABEL FOR ccpii ON COLUMN regress_ccpii_label.subject.%I IS NULL', "column");
	RETURN result;
END
$$;

-- Masks by name, in any case and spacing.
SELECT label, seen(label) FROM (VALUES
	(1, 'MASKED'), (2, 'masked'), (3, 'Masked As Full'), (4, E' MASKED\tAS\n phone '),
	(5, 'MASKED AS email'), (6, 'MASKED AS card'), (7, 'MASKED AS name'),
	(8, 'MASKED AS digits(4)'), (9, 'MASKED AS digits ( 3 )'), (10, 'MASKED AS cards'),
	(11, 'MASKED AS partial(2, ''#'', 3)'), (12, 'MASKED AS partial(0,'' '',0)'),
	(13, 'MASKED AS null'), (14, 'MASKED AS constant(''hidden'')'), (15, 'MASKED AS constant(''it''''s'')'),
	(16, 'MASKED AS constant(42)'), (17, 'MASKED AS constant('''')'), (18, 'CLEAR')) l(n, label) ORDER BY n;

-- Clauses: the first that applies wins; if none does, the value is clear.
SELECT label, seen(label) FROM (VALUES
	(1, 'MASKED AS phone; MASKED'), (2, 'MASKED; MASKED AS phone'), (3, 'CLEAR; MASKED'),
	(4, 'MASKED FOR regress_ccpii_reader'), (5, 'MASKED FOR regress_ccpii_other'),
	(6, 'MASKED FOR regress_ccpii_other, regress_ccpii_reader'),
	(7, 'MASKED UNLESS regress_ccpii_reader'), (8, 'MASKED UNLESS regress_ccpii_other'),
	(9, 'MASKED UNLESS regress_ccpii_other , regress_ccpii_reader'),
	(10, 'MASKED FOR regress_ccpii_reader UNLESS regress_ccpii_reader'),
	(11, 'CLEAR FOR regress_ccpii_reader; MASKED'), (12, 'CLEAR FOR regress_ccpii_other; MASKED'),
	(13, 'CLEAR UNLESS regress_ccpii_reader; MASKED AS phone'),
	(14, 'MASKED FOR REGRESS_CCPII_READER'), (15, 'MASKED FOR "regress_ccpii_reader"'),
	(16, 'MASKED FOR "Regress_ccpii ""odd"""; MASKED AS phone'), (17, 'MASKED FOR "regress_ccpii_für"; MASKED AS phone'),
	(18, 'MASKED FOR regress_ccpii_für; MASKED AS phone'),
	(19, 'MASKED WHEN (true)'), (20, 'MASKED WHEN (false)'), (21, 'MASKED WHEN (NULL)'),
	(22, 'CLEAR WHEN (true); MASKED'), (23, 'CLEAR WHEN (false); MASKED'), (24, 'CLEAR WHEN (NULL); MASKED'),
	(25, 'MASKED AS phone FOR regress_ccpii_reader UNLESS regress_ccpii_other WHEN (status = ''open'') SEARCHABLE;CLEAR'),
	(26, 'masked as phone for regress_ccpii_reader unless regress_ccpii_other when(status=''open'')searchable')) l(n, label)
	ORDER BY n;

-- Conditions hold parentheses, strings, quotes and casts of SQL's own.
SELECT label, seen(label) FROM (VALUES
	(1, 'MASKED WHEN ((status) = (''open''))'), (2, 'MASKED WHEN (status = '')'')'),
	(3, 'MASKED WHEN (status <> ''it''''s :)'')'), (4, 'MASKED WHEN (status <> E''\'')'')'),
	(5, 'MASKED WHEN (status <> $x$ ) $x$)'), (6, 'MASKED WHEN ("Odd Name" = ''odd'')'),
	(7, 'MASKED WHEN (subject."Odd Name" <> ''odd'')'), (8, 'MASKED WHEN (status::regress_ccpii_label.mood = m)'),
	(9, 'MASKED WHEN (m = ''open'' AND i BETWEEN 40 AND 50)'), (10, 'MASKED WHEN (c ~ ''^415'')'),
	(11, 'MASKED WHEN (day < now())'), (12, 'MASKED WHEN (current_user = ''regress_ccpii_reader'')'),
	(13, 'MASKED WHEN (subject IS NULL)'), (14, 'MASKED WHEN (jb ->> ''phone'' IS NOT NULL)'),
	(15, 'MASKED WHEN (''1'')')) l(n, label) ORDER BY n;

-- Other types: full is NULL, everything else keeps the column's type.
SELECT "column", label, seen(label, "column") FROM (VALUES
	(1, 'v', 'MASKED'), (2, 'v', 'MASKED AS phone'), (3, 'b', 'MASKED'), (4, 'b', 'MASKED AS phone'),
	(5, 't3', 'MASKED'), (6, 't3', 'MASKED AS phone'), (7, 't3', 'MASKED AS email'),
	(8, 'd', 'MASKED'), (9, 'd', 'MASKED AS phone'), (10, 'nm', 'MASKED'),
	(11, 'i', 'MASKED'), (12, 'i', 'MASKED AS constant(''7'')'), (13, 'i', 'MASKED AS constant(7)'), (14, 'i', 'MASKED AS null'),
	(15, 'day', 'MASKED AS year'), (16, 'day', 'MASKED AS month'), (17, 'ts', 'MASKED AS year'), (18, 'ts', 'MASKED AS month'),
	(19, 'tz', 'MASKED'), (20, 'j', 'MASKED'), (21, 'j', 'MASKED AS jsonb(phone => phone)'),
	(22, 'jb', 'MASKED AS jsonb(phone => digits(4))'), (23, 'jb', 'MASKED AS jsonb("phone" => null, ''x.y'' => constant(''z''), 7 => full)'),
	(24, 'j', 'MASKED AS attributes'), (25, 'a', 'MASKED'),
	(27, 'm', 'MASKED AS constant(''resolved'')'), (28, 'x', 'MASKED'), (29, 'Odd Name', 'MASKED')) l(n, "column", label) ORDER BY n;

-- What does not parse, with the character where it stops making sense.
SELECT label, attempt(label) FROM (VALUES
	(1, ''), (2, '   '), (3, 'MASK'), (4, '"MASKED"'), (5, 'MASKED phone'), (6, 'MASKED AS'), (7, 'MASKED AS "phone"'),
	(8, 'MASKED AS ''phone'''), (9, 'MASKED AS phone()'), (10, 'MASKED AS phone email'), (11, 'MASKED AS phone,email'),
	(12, 'MASKED;'), (13, ';MASKED'), (14, 'MASKED;;MASKED'), (15, 'CLEAR AS phone'), (16, 'CLEAR SEARCHABLE'),
	(17, 'MASKED FOR'), (18, 'MASKED FOR ,'), (19, 'MASKED FOR regress_ccpii_reader,'), (20, 'MASKED FOR ''regress_ccpii_reader'''),
	(21, 'MASKED FOR ""'), (22, 'MASKED FOR 12'), (23, 'MASKED UNLESS regress_ccpii_reader FOR regress_ccpii_other'),
	(24, 'MASKED WHEN'), (25, 'MASKED WHEN true'), (26, 'MASKED WHEN (true'), (27, 'MASKED WHEN (true))'), (28, 'MASKED WHEN (status = '')'),
	(29, 'MASKED WHEN (status = $x$)'), (30, 'MASKED WHEN (true -- )'), (31, 'MASKED WHEN (true /* ) */)'),
	(32, 'MASKED WHEN (true) WHEN (true)'), (33, 'MASKED WHEN (true) FOR regress_ccpii_reader'), (34, 'MASKED SEARCHABLE WHEN (true)'),
	(35, 'MASKED WHEN (true) AND (true)'), (36, 'MASKED WHEN (true); DROP TABLE subject'), (37, 'MASKED SEARCHABLE SEARCHABLE'),
	(38, 'MASKED AS name FÖR x'), (39, 'Größe'), (40, 'MASKED – phone'), (41, 'MASKED AS "phone'), (42, 'TRUSTED'),
	(43, 'MASKED ' || repeat('x', 100)), (44, 'VISIBLE TO regress_ccpii_reader WHEN (true)'), (45, E'MASKED\u00A0AS phone')) l(n, label)
	ORDER BY n;

-- Masks that do not exist, and arguments that do not fit.
SELECT label, attempt(label) FROM (VALUES
	(1, 'MASKED AS nosuch'), (2, 'MASKED AS mask_phone'), (3, 'MASKED AS ccpii.mask_phone'), (4, 'MASKED AS nosuch(1)'),
	(5, 'MASKED AS digits'), (6, 'MASKED AS digits()'), (7, 'MASKED AS digits(0)'), (8, 'MASKED AS digits(33)'), (9, 'MASKED AS digits(-1)'),
	(10, 'MASKED AS digits(x)'), (11, 'MASKED AS digits(1, 2)'), (12, 'MASKED AS digits(99999999999999999999)'), (13, 'MASKED AS digits(4'),
	(14, 'MASKED AS partial'), (15, 'MASKED AS partial(1)'), (16, 'MASKED AS partial(1, ''**'', 1)'), (17, 'MASKED AS partial(1, '''', 1)'),
	(18, 'MASKED AS partial(1, ''é'', 1)'), (19, E'MASKED AS partial(1, ''\t'', 1)'), (20, 'MASKED AS partial(1, x, 1)'),
	(21, 'MASKED AS partial(1025, ''x'', 1)'), (22, 'MASKED AS partial(1, ''x'', 1025)'), (23, 'MASKED AS partial(1, ''x'', 1, 1)'),
	(24, 'MASKED AS constant'), (25, 'MASKED AS constant()'), (26, 'MASKED AS constant(x)'), (27, 'MASKED AS constant(''a'', ''b'')'),
	(28, 'MASKED AS constant(''a'), (29, 'MASKED AS full(1)'), (30, 'MASKED AS phone => email')) l(n, label) ORDER BY n;
SELECT label, attempt(label, 'jb') FROM (VALUES
	(1, 'MASKED AS jsonb'), (2, 'MASKED AS jsonb()'), (3, 'MASKED AS jsonb(a)'), (4, 'MASKED AS jsonb(a =>)'), (5, 'MASKED AS jsonb(a = full)'),
	(6, 'MASKED AS jsonb(=> full)'), (7, 'MASKED AS jsonb('''' => full)'), (8, 'MASKED AS jsonb(a => full,)'), (9, 'MASKED AS jsonb(a => nosuch)'),
	(10, 'MASKED AS jsonb(a => year)'), (11, 'MASKED AS jsonb(a => hash)'), (12, 'MASKED AS jsonb(a => attributes)'),
	(13, 'MASKED AS jsonb(a => jsonb(b => full))'), (14, 'MASKED AS jsonb(a => jsonb(b => jsonb(c => full)))'),
	(15, 'MASKED AS jsonb(a => ai)')) l(n, label) ORDER BY n;

-- Of a later version.
SELECT label, attempt(label) FROM (VALUES
	(1, 'MASKED AS ai'), (2, 'MASKED AS REDACT'), (3, 'MASKED AS ai FOR nosuch; MASKED')) l(n, label) ORDER BY n;
SECURITY LABEL FOR ccpii ON TABLE subject IS 'VISIBLE TO regress_ccpii_reader WHEN (true)';  -- fails: row security is off
SECURITY LABEL FOR ccpii ON TABLE subject IS 'MASKED';  -- fails: no label of a table
SECURITY LABEL FOR ccpii ON TABLE subject IS 'VISIBLE';  -- fails: the same
SECURITY LABEL FOR ccpii ON TABLE subject IS 'TRUSTED';  -- fails: the same

-- Masks are defined for some types.
SELECT "column", label, attempt(label, "column") FROM (VALUES
	(1, 'i', 'MASKED AS phone'), (2, 'day', 'MASKED AS email'), (3, 'x', 'MASKED AS digits(4)'), (4, 'a', 'MASKED AS name'), (5, 'm', 'MASKED AS name'),
	(6, 'nm', 'MASKED AS name'), (7, 'i', 'MASKED AS hash'), (8, 'c', 'MASKED AS year'), (9, 'i', 'MASKED AS month'), (10, 'c', 'MASKED AS attributes'),
	(11, 'c', 'MASKED AS jsonb(a => full)'), (12, 'a', 'MASKED AS constant(''{x}'')'), (13, 'c', 'MASKED FOR regress_ccpii_other; MASKED AS year')) l(n, "column", label) ORDER BY n;

-- Constants are values of the column; what a domain checks besides is not asked.
SELECT "column", label, attempt(label, "column") FROM (VALUES
	(1, 'i', 'MASKED AS constant(''x'')'), (2, 'i', 'MASKED AS constant(''99999999999'')'), (3, 'day', 'MASKED AS constant(''2024-02-30'')'),
	(4, 't3', 'MASKED AS constant(''abcd'')'), (5, 'd', 'MASKED AS constant(''abcd'')'), (6, 'm', 'MASKED AS constant(''closed'')'),
	(7, 'j', 'MASKED AS constant(''{'')')) l(n, "column", label) ORDER BY n;

-- A hash needs a key, which not every server under test has.
SELECT attempt('MASKED AS hash') IN ('accepted', '55000 | mask "hash" needs a key') = true AS has_key_or_says_so;
SECURITY LABEL FOR ccpii ON COLUMN subject.c IS NULL;

-- Conditions are one boolean expression over the row, with nothing volatile.
SELECT label, attempt(label) FROM (VALUES
	(1, 'MASKED WHEN ()'), (2, 'MASKED WHEN (status)'), (3, 'MASKED WHEN (1)'), (4, 'MASKED WHEN (true, false)'), (5, 'MASKED WHEN (nosuch = 1)'),
	(6, 'MASKED WHEN (other.status = ''open'')'), (7, 'MASKED WHEN (nosuch(status))'), (8, 'MASKED WHEN (status = )'),
	(9, 'MASKED WHEN ((SELECT true))'), (10, 'MASKED WHEN (EXISTS (SELECT FROM pg_authid))'), (11, 'MASKED WHEN (i IN (SELECT 1))'),
	(12, 'MASKED WHEN (random() < 0.5)'), (13, 'MASKED WHEN (clock_timestamp() > day)'), (14, 'MASKED WHEN (set_config(''ccpii.x'', status, false) = status)'),
	(15, 'MASKED WHEN (count(*) > 0)'), (16, 'MASKED WHEN (row_number() OVER () > 0)'), (17, 'MASKED WHEN (generate_series(1, 2) = 1)'),
	(18, 'MASKED WHEN (i = $1)'), (19, 'MASKED WHEN (true) FROM pg_authid'), (20, 'MASKED WHEN (status = ''open'' ORDER BY 1)'),
	(21, 'MASKED WHEN (grouping(status) = 0)'), (22, 'MASKED WHEN (mood(status) = ''open'')'), (23, 'MASKED WHEN (DEFAULT)'),
	(24, 'CLEAR FOR regress_ccpii_reader WHEN (nosuch); MASKED')) l(n, label) ORDER BY n;

-- Roles exist.
SELECT label, attempt(label) FROM (VALUES
	(1, 'MASKED FOR regress_ccpii_nosuch'), (2, 'MASKED UNLESS regress_ccpii_nosuch'), (3, 'CLEAR FOR regress_ccpii_reader, regress_ccpii_nosuch; MASKED'),
	(4, 'MASKED FOR "Regress_ccpii_reader"'), (5, 'MASKED FOR public'), (6, 'MASKED FOR current_user'), (7, 'MASKED UNLESS unless')) l(n, label) ORDER BY n;

-- What was refused has left nothing behind.
SELECT objname, label FROM pg_seclabels WHERE provider = 'ccpii' AND objname LIKE 'regress_ccpii_label.%';

-- Only columns that hold something can be labelled, on relations of users.
SECURITY LABEL FOR ccpii ON COLUMN subject.nosuch IS 'MASKED';  -- fails: no column
SECURITY LABEL FOR ccpii ON COLUMN nosuch.c IS 'MASKED';  -- fails: no relation
SECURITY LABEL FOR ccpii ON COLUMN subject.ctid IS 'MASKED';  -- fails: a system column
SECURITY LABEL FOR ccpii ON COLUMN subject.tableoid IS 'MASKED';  -- fails: the same
SECURITY LABEL FOR ccpii ON COLUMN pg_catalog.pg_authid.rolname IS 'MASKED';  -- fails: a catalog
SECURITY LABEL FOR ccpii ON COLUMN ccpii.pii_attribute.attribute IS 'MASKED';  -- fails: a table of ccpii
SECURITY LABEL FOR ccpii ON COLUMN ccpii.keys.id IS 'MASKED';  -- fails: a view of ccpii
CREATE TYPE pair AS (a text, b text);
CREATE SEQUENCE numbers;
CREATE INDEX subject_c ON subject (c);
SECURITY LABEL FOR ccpii ON COLUMN pair.a IS 'MASKED';  -- fails: a composite type
SECURITY LABEL FOR ccpii ON COLUMN subject_c.c IS 'MASKED';  -- fails: an index
SECURITY LABEL FOR ccpii ON COLUMN numbers.last_value IS 'MASKED';  -- fails: a sequence
SECURITY LABEL FOR ccpii ON SEQUENCE numbers IS 'MASKED';  -- fails: the same
SECURITY LABEL FOR ccpii ON TABLE subject_c IS 'MASKED';  -- fails: an index
DO $$
DECLARE
	toast regclass := (SELECT reltoastrelid FROM pg_class WHERE oid = 'subject'::regclass);
BEGIN
	BEGIN
		EXECUTE format('SECURITY LABEL FOR ccpii ON COLUMN %s.chunk_data IS %L', toast, 'MASKED');
	EXCEPTION WHEN OTHERS THEN RAISE WARNING 'column of a toast table: %', SQLSTATE; END;
	BEGIN
		EXECUTE format('SECURITY LABEL FOR ccpii ON TABLE %s IS %L', toast, 'MASKED');
	EXCEPTION WHEN OTHERS THEN RAISE WARNING 'toast table: %', SQLSTATE; END;
END
$$;
SECURITY LABEL FOR ccpii ON SCHEMA regress_ccpii_label IS 'MASKED';  -- fails: no relation
SECURITY LABEL FOR ccpii ON FUNCTION attempt(text, text) IS 'MASKED';  -- fails: the same
SECURITY LABEL FOR ccpii ON TYPE pair IS 'MASKED';  -- fails: the same
SECURITY LABEL FOR ccpii ON DOMAIN digits IS 'MASKED';  -- fails: the same
SECURITY LABEL FOR ccpii ON LANGUAGE plpgsql IS 'MASKED';  -- fails: the same
SECURITY LABEL FOR ccpii ON TABLESPACE pg_default IS 'MASKED';  -- fails: the same
SECURITY LABEL FOR nosuch ON COLUMN subject.c IS 'MASKED';  -- fails: no provider

-- Views: TRUSTED and nothing else; their columns like any. Materialized views
-- have columns to label and cannot be trusted.
CREATE VIEW plain AS SELECT id, c FROM subject;
CREATE MATERIALIZED VIEW stored AS SELECT id, c FROM subject;
GRANT SELECT ON plain, stored TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON VIEW plain IS 'trusted';
SECURITY LABEL FOR ccpii ON VIEW plain IS 'MASKED';  -- fails: not TRUSTED
SECURITY LABEL FOR ccpii ON VIEW plain IS 'TRUSTED; MASKED';  -- fails: too much
SECURITY LABEL FOR ccpii ON VIEW plain IS 'VISIBLE TO regress_ccpii_reader WHEN (true)';  -- fails: a view
SECURITY LABEL FOR ccpii ON MATERIALIZED VIEW stored IS 'TRUSTED';  -- fails: not a view
SECURITY LABEL FOR ccpii ON COLUMN plain.c IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN stored.c IS 'MASKED AS digits(4)';
SET ROLE regress_ccpii_reader;
SELECT plain.c, stored.c FROM plain JOIN stored USING (id);
RESET ROLE;
SECURITY LABEL FOR ccpii ON VIEW plain IS NULL;
SET ROLE regress_ccpii_reader;
SELECT plain.c, stored.c FROM plain JOIN stored USING (id);
RESET ROLE;
DROP VIEW plain;
DROP MATERIALIZED VIEW stored;
SELECT objname, label FROM pg_seclabels WHERE provider = 'ccpii' AND objname LIKE 'regress_ccpii_label.%';

-- Names in a condition are those of pg_catalog, whatever the search_path of
-- who sets the label, and of who reads.
SET ROLE regress_ccpii_reader;
CREATE FUNCTION regress_ccpii_label.lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'hijacked' $$;
CREATE FUNCTION regress_ccpii_label.is_not(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT false $$;
CREATE OPERATOR regress_ccpii_label.= (LEFTARG = text, RIGHTARG = text, FUNCTION = regress_ccpii_label.is_not);
RESET ROLE;
SET search_path = regress_ccpii_label, pg_catalog;
SELECT lower('X'), 'a'::text = 'a'::text AS equal;
SECURITY LABEL FOR ccpii ON COLUMN subject.c IS 'MASKED AS phone WHEN (lower(status) = ''open''::text)';
SET ROLE regress_ccpii_reader;
SELECT c FROM subject;
CREATE TEMP TABLE subject AS SELECT 1 AS id, 'resolved'::text AS status;
SELECT c FROM regress_ccpii_label.subject;
RESET ROLE;
SET search_path = regress_ccpii_label;
DROP OPERATOR regress_ccpii_label.= (text, text);
DROP FUNCTION regress_ccpii_label.lower(text), regress_ccpii_label.is_not(text, text);
DROP TABLE pg_temp.subject;
-- Functions of a schema are there when they are named with it.
CREATE FUNCTION is_open(text) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT $1 OPERATOR(pg_catalog.=) 'open' $$;
SELECT attempt('MASKED AS phone WHEN (is_open(status))');
SELECT attempt('MASKED AS phone WHEN (regress_ccpii_label.is_open(status))');
SET ROLE regress_ccpii_reader;
SELECT c FROM subject;
RESET ROLE;

-- When what a label names is gone, MASKED applies to all and CLEAR to none.
SECURITY LABEL FOR ccpii ON COLUMN subject.c IS
	'MASKED AS phone WHEN (NOT regress_ccpii_label.is_open(status)); CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN subject.v IS
	'CLEAR WHEN (regress_ccpii_label.is_open(status)); MASKED AS phone';
SET ROLE regress_ccpii_reader;
SELECT c, v FROM subject;
RESET ROLE;
DROP FUNCTION is_open(text);
SET ROLE regress_ccpii_reader;
SELECT c, v FROM subject;
RESET ROLE;
CREATE FUNCTION is_open(text) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT $1 OPERATOR(pg_catalog.=) 'open' $$;
SET ROLE regress_ccpii_reader;
SELECT c, v FROM subject;
RESET ROLE;
-- A function that has become volatile is gone, too.
ALTER FUNCTION is_open(text) VOLATILE;
SET ROLE regress_ccpii_reader;
SELECT c, v FROM subject;
RESET ROLE;
-- A renamed column is another column to a condition, and a type that changes
-- loses the mask that is not defined for it, but not the mask full.
SECURITY LABEL FOR ccpii ON COLUMN subject.c IS 'MASKED AS phone WHEN (status = ''resolved''); CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN subject.v IS 'CLEAR WHEN (status = ''open''); MASKED AS phone';
SET ROLE regress_ccpii_reader;
SELECT c, v FROM subject;
RESET ROLE;
ALTER TABLE subject RENAME status TO state;
SET ROLE regress_ccpii_reader;
SELECT c, v FROM subject;
RESET ROLE;
ALTER TABLE subject RENAME state TO status;
SET ROLE regress_ccpii_reader;
SELECT c, v FROM subject;
RESET ROLE;
ALTER TABLE subject ALTER v TYPE bytea USING '\x00', ALTER c TYPE varchar(20);
SECURITY LABEL FOR ccpii ON COLUMN subject.c IS 'MASKED AS phone';
UPDATE subject SET status = 'resolved';
SET ROLE regress_ccpii_reader;
SELECT c, v FROM subject;
RESET ROLE;

-- A restore, as pg_restore sets it: names that do not exist (yet) warn.
SET check_function_bodies = off;
SECURITY LABEL FOR ccpii ON COLUMN subject.c IS 'MASKED AS phone FOR regress_ccpii_nosuch UNLESS regress_ccpii_nosuch2; CLEAR';  -- warns twice
SECURITY LABEL FOR ccpii ON COLUMN subject.jb IS 'CLEAR FOR regress_ccpii_nosuch; MASKED WHEN (regress_ccpii_label.nosuch(status))';  -- warns twice
SECURITY LABEL FOR ccpii ON COLUMN subject.j IS 'CLEAR UNLESS regress_ccpii_nosuch; CLEAR WHEN (nosuch = 1); MASKED AS null';  -- warns twice
SECURITY LABEL FOR ccpii ON COLUMN subject.c IS 'MASKED AS nosuch';  -- fails: still not a mask
SECURITY LABEL FOR ccpii ON COLUMN subject.c IS 'MASKED WHEN (nosuch';  -- fails: still not a label
RESET check_function_bodies;
-- Whoever might be meant by FOR sees nothing: another clause could hide more.
SET ROLE regress_ccpii_reader;
SELECT c, jb, j FROM subject;
RESET ROLE;
-- Once the names are there they count.
CREATE ROLE regress_ccpii_nosuch;
CREATE ROLE regress_ccpii_nosuch2;
SET ROLE regress_ccpii_reader;
SELECT c, jb, j FROM subject;
RESET ROLE;
GRANT regress_ccpii_nosuch TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
SELECT c, jb, j FROM subject;
RESET ROLE;

DROP SCHEMA regress_ccpii_label CASCADE;
DROP ROLE regress_ccpii_reader, regress_ccpii_other, "Regress_ccpii ""odd""", "regress_ccpii_für", regress_ccpii_nosuch, regress_ccpii_nosuch2;
SELECT count(*) FROM pg_seclabels WHERE provider = 'ccpii' AND objname LIKE '%regress_ccpii_label%';

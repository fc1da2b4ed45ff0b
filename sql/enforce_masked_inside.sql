-- Promise: masked_inside() puts masks into arrays, composite types, ranges and
-- multiranges, and domains over them, at any depth; all the rest of a value
-- stays as it is.

\pset format unaligned
\pset tuples_only on
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE SCHEMA regress_ccpii_inside;
SET search_path = regress_ccpii_inside;

-- Nothing to mask: the value itself.
SELECT ccpii.masked_inside(1), ccpii.masked_inside('x'::text), ccpii.masked_inside('{1,NULL}'::int[]),
	ccpii.masked_inside(row(1, 'x')), ccpii.masked_inside('[1,2]'::int4range), ccpii.masked_inside('{"a": 1}'::jsonb);
SELECT ccpii.masked_inside(NULL::text), ccpii.masked_inside(NULL::ccpii.masked_text[]);
SELECT ccpii.masked_inside('x');  -- fails: of which type?
-- The type itself.
SELECT ccpii.masked_inside('415-555-7890'::ccpii.masked_text(phone)), ccpii.is_final(ccpii.masked_inside('x'::ccpii.masked_text));

-- Arrays: NULLs, dimensions and bounds stay.
SELECT ccpii.masked_inside('{415-555-7890,NULL,""}'::ccpii.masked_text(phone)[]);
SELECT ccpii.masked_inside('{}'::ccpii.masked_text(phone)[]);
SELECT ccpii.masked_inside('[0:1][2:3]={{a,b},{c,NULL}}'::ccpii.masked_text[]);

-- Composite types: dropped columns, nested ones, arrays of them.
CREATE DOMAIN phone AS ccpii.masked_text(phone) CHECK (VALUE <> 'none');
CREATE TYPE contact AS (gone int, kind int, phone phone, others phone[]);
ALTER TYPE contact DROP ATTRIBUTE gone;
CREATE DOMAIN main_contact AS contact CHECK ((VALUE).kind = 1);
CREATE TABLE person (id int, gone text, name ccpii.masked_text(name), main main_contact, contacts contact[]);
INSERT INTO person VALUES (1, 'x', 'Ada Lovelace', row(1, '415-555-7890', '{415-555-1111,NULL}'),
	ARRAY[row(2, '415-555-2222', NULL), NULL, row(3, NULL, '{}')]::contact[]), (2, NULL, NULL, NULL, NULL);
ALTER TABLE person DROP COLUMN gone;
ALTER TABLE person ADD COLUMN added ccpii.masked_text(phone) DEFAULT '415-555-3333';
SELECT ccpii.masked_inside(p) FROM person p ORDER BY id;
SELECT ccpii.masked_inside(main), ccpii.masked_inside(contacts), pg_typeof(ccpii.masked_inside(main)),
	(ccpii.masked_inside(p)).name FROM person p ORDER BY id LIMIT 1;
-- It looks into rows without a type too.
SELECT ccpii.masked_inside(row(p, 1, ARRAY[p.name])) FROM person p ORDER BY id LIMIT 1;
-- In plpgsql, where values are kept in another form.
DO $$
DECLARE
	p person;
	a ccpii.masked_text(phone)[] := '{415-555-7890}';
BEGIN
	SELECT * INTO p FROM person WHERE id = 1;
	a[3] := '415-555-1111';
	p.name := 'Grace Hopper';
	RAISE WARNING '% %', ccpii.masked_inside(p), ccpii.masked_inside(a);
END
$$;

-- Ranges end at masks; where these make none, it is empty.
CREATE TYPE names AS RANGE (SUBTYPE = ccpii.masked_text, MULTIRANGE_TYPE_NAME = many_names);
CREATE TABLE ranges (id int, r names, m many_names, a names[]);
INSERT INTO ranges VALUES (1, names('Ada L'::ccpii.masked_text(name), 'Grace H'::ccpii.masked_text(name), '[]'),
		many_names(names('Ada L'::ccpii.masked_text(name), 'Bob Q'::ccpii.masked_text(name)), names('X Ypsilon'::ccpii.masked_text(name), NULL)),
		ARRAY[names(NULL, 'Ada L'::ccpii.masked_text(name)), 'empty', NULL]),
	(2, names('aaaa'::ccpii.masked_text(name), 'ab'::ccpii.masked_text(name)), '{}', '{}');
SELECT ccpii.masked_inside(r), ccpii.masked_inside(m), ccpii.masked_inside(a) FROM ranges ORDER BY id;
SELECT ccpii.is_final(lower(ccpii.masked_inside(r))) FROM ranges ORDER BY id LIMIT 1;

-- A call that sees values of several types.
SELECT ccpii.masked_inside(r) FROM (SELECT row(p) FROM person p WHERE id = 1 UNION ALL SELECT row(x) FROM ranges x WHERE id = 1) s(r);
-- Large values.
SELECT length(ccpii.masked_inside(array_agg(repeat('x ', 100)::ccpii.masked_text(name)))::text) FROM generate_series(1, 10000);

DROP SCHEMA regress_ccpii_inside CASCADE;

-- Promise: a value of type masked_text carries its text and its mask; modifiers
-- print as what reads them again, and stay with columns, variables and domains;
-- whatever leaves the type, as text, bytes or another type, is for the reader;
-- nobody weakens the mask of a value that he did not type.

\pset format unaligned
\pset tuples_only on
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_clear;
SELECT FROM (SELECT ccpii.mask_role('regress_ccpii_agent'), ccpii.clear_role('regress_ccpii_clear')) r;
CREATE SCHEMA regress_ccpii_mt;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_mt TO regress_ccpii_agent, regress_ccpii_clear;
SET search_path = regress_ccpii_mt;

--
-- Modifiers: what is printed reads again, whatever the settings.
--
CREATE TABLE masks (bare ccpii.masked_text, phone ccpii.masked_text(phone), email ccpii.masked_text(email),
	card ccpii.masked_text(card), cards ccpii.masked_text(cards), name ccpii.masked_text(name),
	hash ccpii.masked_text(hash), quoted ccpii.masked_text('full'), digits ccpii.masked_text(digits, 7),
	least ccpii.masked_text('digits', 1), most ccpii.masked_text(digits, '32'),
	partial ccpii.masked_text(partial, 2, '*', 3), quote ccpii.masked_text(partial, 0, '''', 15),
	backslash ccpii.masked_text(partial, 15, '\', 0), space ccpii.masked_text(partial, 1, ' ', 1));
SELECT attname, format_type(atttypid, atttypmod), atttypmod FROM pg_attribute
	WHERE attrelid = 'masks'::regclass AND attnum > 0 ORDER BY attnum;
SET standard_conforming_strings = off;
SET escape_string_warning = off;
DO $$
DECLARE
	att record;
BEGIN
	FOR att IN SELECT attname, format_type(atttypid, atttypmod) AS type, atttypmod FROM pg_attribute
		WHERE attrelid = 'masks'::regclass AND attnum > 0
	LOOP
		EXECUTE format('CREATE TABLE again (c %s)', att.type);
		IF att.atttypmod <> (SELECT atttypmod FROM pg_attribute WHERE attrelid = 'again'::regclass AND attnum = 1) THEN
			RAISE '% reads as another modifier', att.type;
		END IF;
		DROP TABLE again;
	END LOOP;
END
$$;
RESET standard_conforming_strings;
RESET escape_string_warning;
CREATE TABLE wrong (c ccpii.masked_text(nonsense));  -- fails: no such mask
CREATE TABLE wrong (c ccpii.masked_text("Phone"));  -- fails: names are lower case
CREATE TABLE wrong (c ccpii.masked_text(year));  -- fails: not a mask of texts
CREATE TABLE wrong (c ccpii.masked_text(phone, 4));  -- fails: no arguments
CREATE TABLE wrong (c ccpii.masked_text(digits));  -- fails: one is missing
CREATE TABLE wrong (c ccpii.masked_text(digits, 0));  -- fails: less than 1
CREATE TABLE wrong (c ccpii.masked_text(digits, 33));  -- fails: more than 32
CREATE TABLE wrong (c ccpii.masked_text(digits, '7x'));  -- fails: no number
CREATE TABLE wrong (c ccpii.masked_text(partial, 2, '*'));  -- fails: one is missing
CREATE TABLE wrong (c ccpii.masked_text(partial, 16, '*', 0));  -- fails: more than 15
CREATE TABLE wrong (c ccpii.masked_text(partial, 0, '*', -1));  -- fails: less than 0
CREATE TABLE wrong (c ccpii.masked_text(partial, 0, '**', 0));  -- fails: two characters
CREATE TABLE wrong (c ccpii.masked_text(partial, 0, 'ä', 0));  -- fails: not ASCII
CREATE TABLE wrong (c ccpii.masked_text(partial, 1, 2, 3, 4, 5));  -- fails: too many

--
-- Each mask, to a masked reader and to a clear one.  The function returns what
-- is stored, behind the back of the rewrite.
--
INSERT INTO masks VALUES ('secret', '415-555-7890', 'jane.doe@example.com', '4111 1111 1111 1111',
	'card 4111111111111111, order 12', 'Jane Doe', 'jane', 'secret', 'call 4155557890, order 12',
	'order 12', 'number 12345678901234567890123456789012', 'abcdefgh', 'abcdefgh', 'abcdefgh', 'abcdefgh');
INSERT INTO masks SELECT '' FROM (VALUES (1)) v(one);
CREATE FUNCTION stored() RETURNS SETOF masks LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM masks';
GRANT ALL ON masks TO regress_ccpii_agent, regress_ccpii_clear;
\x on
SET ROLE regress_ccpii_agent;
SELECT * FROM stored() LIMIT 1;
SET ROLE regress_ccpii_clear;
SELECT * FROM stored() LIMIT 1;
RESET ROLE;
\x off
-- The same by the rewrite, but for the hash, which has its key there.
SET ROLE regress_ccpii_agent;
SELECT to_jsonb(f.m) - 'hash' = to_jsonb(s.m) - 'hash' AS same, (s.m).hash, length((f.m).hash)
	FROM (SELECT m FROM masks m LIMIT 1) f(m), (SELECT m FROM stored() m LIMIT 1) s(m);
-- Empty stays empty and NULL stays NULL.
SELECT bare = '', phone IS NULL FROM stored() OFFSET 1;
RESET ROLE;

--
-- Every way out of the type.
--
CREATE TABLE person (id int PRIMARY KEY, phone ccpii.masked_text(phone), name ccpii.masked_text(name));
INSERT INTO person VALUES (1, '415-555-7890', 'Ada Lovelace'), (2, '212-555-0123', 'Grace Hopper');
GRANT ALL ON person TO regress_ccpii_agent, regress_ccpii_clear;
CREATE FUNCTION persons() RETURNS SETOF person LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM person ORDER BY id';
CREATE FUNCTION exits() RETURNS TABLE (way text, value text) LANGUAGE sql AS $$
	SELECT w.way, w.value FROM (SELECT * FROM persons() LIMIT 1) p, LATERAL (VALUES
		(1, 'output', format('%s', p.phone)),
		(2, 'record', p::text),
		(3, 'row', row(p.phone, p.name)::text),
		(4, 'array', ARRAY[p.phone]::text),
		(5, 'array of texts', ARRAY[p.phone, 'x']::text),
		(6, 'send', convert_from(ccpii.masked_text_send(p.phone), 'UTF8')),
		(7, 'text', p.phone::text),
		(8, 'varchar', p.phone::varchar),
		(9, 'varchar(5)', p.phone::varchar(5)),
		(10, 'char(5)', p.phone::char(5)),
		(11, 'name', p.phone::name::text),
		(12, 'bytea', p.phone::text::bytea::text),
		(13, 'concatenation', p.phone || '!'),
		(14, 'the other way', '!' || p.phone),
		(15, 'coalesce', coalesce(p.phone, '!')),
		(16, 'case', CASE WHEN p.id = 1 THEN p.phone ELSE '!' END),
		(17, 'union', (SELECT p.phone UNION SELECT 'x'::text ORDER BY 1 LIMIT 1)),
		(18, 'concat', concat(p.phone, 1)),
		(19, 'string_agg', (SELECT string_agg(x.phone, ',') FROM persons() x)),
		(20, 'array_agg', (SELECT array_agg(x.phone)::text FROM persons() x)),
		(21, 'to_json', to_json(p.phone)::text),
		(22, 'row_to_json', row_to_json(p)::text),
		(23, 'to_jsonb', to_jsonb(p)::text),
		(24, 'json_agg', (SELECT json_agg(x.phone)::text FROM persons() x)),
		(25, 'json_object_agg', (SELECT json_object_agg(x.phone, x.name)::text FROM persons() x)),
		(26, 'left', left(p.phone, 6)),
		(27, 'substring', substring(p.phone FROM 1 FOR 3)),
		(28, 'regexp_replace', regexp_replace(p.phone, '[^0-9]', '', 'g')),
		(29, 'length', length(p.name)::text),
		(30, 'reverse', reverse(p.phone)),
		(31, 'md5', (md5(p.phone) = md5('415-555-7890'))::text),
		(32, 'ascii', ascii(p.phone)::text),
		(33, 'to_tsvector', to_tsvector('simple', p.name)::text),
		(34, 'quote_literal', quote_literal(p.name)),
		(35, 'lower', lower(p.name)::text),
		(36, 'upper', upper(p.name)::text),
		(37, 'initcap', initcap(p.name)),
		(38, 'min', (SELECT min(x.phone)::text FROM persons() x)),
		(39, 'LIKE', (p.phone LIKE '415%')::text),
		(40, 'ILIKE', (p.name ILIKE 'ada%')::text),
		(41, 'regular expression', (p.phone ~ '^415')::text),
		(42, 'starts with', (p.phone ^@ '415')::text),
		(43, 'SIMILAR TO', (p.phone SIMILAR TO '415%')::text),
		(44, 'position', position('415' IN p.phone)::text),
		(45, 'record to text', (SELECT x::text FROM (SELECT p.phone, 1) x)),
		(46, 'jsonb_build_object', jsonb_build_object('phone', p.phone)::text),
		(47, 'format', format('%L', p.phone))) w(n, way, value)
	ORDER BY w.n
$$;
SET ROLE regress_ccpii_agent;
SELECT * FROM exits();
SELECT xmlforest(phone AS phone) FROM persons() LIMIT 1;
RESET ROLE;
SET ROLE regress_ccpii_clear;
SELECT * FROM exits();
SELECT xmlforest(phone AS phone) FROM persons() LIMIT 1;
RESET ROLE;
-- In plpgsql, and in what it says.
CREATE FUNCTION raises() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	p person;
	v ccpii.masked_text(phone);
	t text;
BEGIN
	SELECT * INTO p FROM persons() LIMIT 1;
	v := p.phone;
	t := p.phone;
	RAISE WARNING '% % % %', p, p.phone, v, t;
	RAISE '%', v USING DETAIL = p.name, HINT = p.phone;
END
$$;
SET ROLE regress_ccpii_agent;
SELECT raises();  -- fails: as it says
SELECT phone::int FROM persons();  -- fails: no number
RESET ROLE;
SET ROLE regress_ccpii_clear;
SELECT raises();  -- fails: as it says
RESET ROLE;
-- A reader who may not be asked with row_security off.
SET ROLE regress_ccpii_agent;
SET row_security = off;
SELECT phone FROM persons();  -- fails: it would be masked
RESET row_security;
RESET ROLE;

--
-- Values that show themselves.
--
SET ROLE regress_ccpii_agent;
SELECT ccpii.final_of('415-555-7890'), ccpii.is_final(ccpii.final_of('x')), ccpii.is_final('x');
SELECT ccpii.masked(phone), ccpii.is_final(ccpii.masked(phone)), ccpii.masked(ccpii.masked(phone)) FROM persons();
SELECT ccpii.masked(ccpii.final_of('415-555-7890')), ccpii.masked('x'::ccpii.masked_text(hash));
SELECT lower(ccpii.final_of('ABC')), ccpii.final_of('415-555-7890')::ccpii.masked_text(name);
SELECT ccpii.raw_of(phone, NULL) IS NULL FROM persons() LIMIT 1;
SELECT ccpii.raw_of(phone, '1') FROM persons();  -- fails: only the rewrite can
SELECT ccpii.raw_of(phone, '1'::text::ccpii.plan_token) FROM persons();  -- fails: the same
RESET ROLE;

--
-- A value's mask is chosen once; a masked reader can make it full, and no more.
--
SET ROLE regress_ccpii_agent;
SELECT '415-555-7890'::ccpii.masked_text(phone), '415-555-7890'::ccpii.masked_text,
	'415-555-7890'::text::ccpii.masked_text(phone), '415-555-7890'::varchar(20)::ccpii.masked_text(phone),
	'415-555-7890'::char(20)::ccpii.masked_text(phone), '415-555-7890'::name::ccpii.masked_text(phone);
SELECT phone::ccpii.masked_text(digits, 32), phone::ccpii.masked_text(phone), phone::ccpii.masked_text('full'),
	phone::ccpii.masked_text('full')::ccpii.masked_text(phone), phone::ccpii.masked_text,
	phone::text::ccpii.masked_text(phone) FROM persons() LIMIT 1;
SELECT bare::ccpii.masked_text(digits, 32), quoted::ccpii.masked_text(digits, 32) FROM stored() LIMIT 1;
SELECT (ARRAY[phone]::ccpii.masked_text(digits, 32)[])[1] FROM persons() LIMIT 1;
-- Called as a function, a cast takes numbers that no modifier is: full.
SELECT ccpii.masked_text('call 4155557890'::ccpii.masked_text, n, true), ccpii.masked_text('call 4155557890'::text, n, true)
	FROM unnest('{7,8,9,31,8455,254}'::int[]) n;
RESET ROLE;
-- The text stays what it was: that is for whom it was stored.
CREATE TABLE copies (as_digits ccpii.masked_text(digits, 7), as_phone ccpii.masked_text(phone), bare ccpii.masked_text);
CREATE FUNCTION copy_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO copies VALUES (NEW.phone, NEW.phone, NEW.phone);
	RETURN NEW;
END
$$;
CREATE TRIGGER copy_person BEFORE INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION copy_person();
GRANT ALL ON copies TO regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
INSERT INTO person VALUES (3, '415-555-1111', 'Alan Turing');
SELECT * FROM copies;
RESET ROLE;
SELECT * FROM copies;
DROP TRIGGER copy_person ON person;
-- A clear reader gives values the masks that he wants.
SET ROLE regress_ccpii_clear;
CREATE TABLE told AS SELECT ccpii.masked(phone::ccpii.masked_text(digits, 3)) AS digits,
	ccpii.masked(phone::ccpii.masked_text('full')) AS full FROM persons() LIMIT 1;
SELECT * FROM told;
DROP TABLE told;
RESET ROLE;
-- What a masked reader types gets its mask later, by a parameter or a column;
-- not once it is stored, where it could be somebody else's.
CREATE TABLE typed (bare ccpii.masked_text, phone ccpii.masked_text(phone));
CREATE FUNCTION typed_rows() RETURNS SETOF typed LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM typed';
GRANT ALL ON typed TO regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
PREPARE type_in AS INSERT INTO typed VALUES ($1, $2);
EXECUTE type_in ('415-555-0001', '415-555-0001');
SELECT bare, phone FROM typed_rows();
RESET ROLE;
\c
SET client_min_messages = warning;
SET search_path = regress_ccpii_mt;
SET ROLE regress_ccpii_agent;
SELECT bare::ccpii.masked_text(digits, 32), phone FROM typed_rows();
RESET ROLE;
SELECT * FROM typed;

-- A default that is a literal was typed by somebody else, and is full; not so a
-- text, nor what is generated.
CREATE TABLE computed (phone ccpii.masked_text(phone), t text,
	lowered ccpii.masked_text GENERATED ALWAYS AS (lower(phone)) STORED,
	from_text ccpii.masked_text(phone) GENERATED ALWAYS AS (t) STORED,
	by_literal ccpii.masked_text(name) DEFAULT 'Ada L', by_text ccpii.masked_text(name) DEFAULT 'Ada L'::text);
GRANT ALL ON computed TO regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
INSERT INTO computed (phone, t) VALUES ('415-555-7890', '415-555-7890');
SELECT * FROM computed;
RESET ROLE;
SELECT * FROM computed;

--
-- Where modifiers stay.
--
CREATE TABLE like_masks (LIKE masks);
CREATE TABLE as_masks AS TABLE masks;
SELECT a.attname FROM pg_attribute a, pg_attribute l, pg_attribute c
	WHERE a.attrelid = 'masks'::regclass AND l.attrelid = 'like_masks'::regclass AND c.attrelid = 'as_masks'::regclass
		AND l.attname = a.attname AND c.attname = a.attname AND a.attnum > 0
		AND (l.atttypmod <> a.atttypmod OR c.atttypmod <> a.atttypmod);
CREATE DOMAIN phone AS ccpii.masked_text(phone) CHECK (length(VALUE) < 20);
CREATE TYPE contact AS (phone ccpii.masked_text(phone), others ccpii.masked_text(name)[]);
CREATE TABLE nested (d phone, a ccpii.masked_text(phone)[], c contact, r contact[], e phone[]);
INSERT INTO nested VALUES ('415-555-7890', '{415-555-7890,NULL}', row('415-555-7890', '{Ada Lovelace}'),
	ARRAY[row('415-555-7890', NULL)::contact], '{415-555-7890}');
GRANT ALL ON nested TO regress_ccpii_agent;
CREATE FUNCTION nested_rows() RETURNS SETOF nested LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM nested';
\d nested
CREATE FUNCTION through(value ccpii.masked_text) RETURNS ccpii.masked_text LANGUAGE sql IMMUTABLE AS 'SELECT value';
SET ROLE regress_ccpii_agent;
SELECT * FROM nested_rows();
SELECT through(phone), through('415-555-7890') FROM persons() LIMIT 1;
DO $$
DECLARE
	typed ccpii.masked_text(phone) := '415-555-7890';
	copied ccpii.masked_text(phone) := '415-555-7890'::text;
	row_type person.phone%TYPE := '415-555-7890';
	whole person;
BEGIN
	whole.phone := '415-555-7890';
	RAISE WARNING '% % % %', typed, copied, row_type, whole.phone;
END
$$;
RESET ROLE;

--
-- Columns that become masked_text, or texts again.
--
CREATE TABLE altered (id int, a text, b varchar(30), c text, d text);
INSERT INTO altered VALUES (1, '415-555-7890', '415-555-7890', '  415-555-7890', '415-555-7890');
ALTER TABLE altered ALTER a TYPE ccpii.masked_text(phone), ALTER b TYPE ccpii.masked_text(phone),
	ALTER c TYPE ccpii.masked_text(phone) USING trim(c), ALTER d TYPE ccpii.masked_text(name);
ALTER TABLE altered ALTER d TYPE ccpii.masked_text(phone);
SELECT a, b, c, d FROM altered;
SELECT ccpii.masked(a), ccpii.masked(b), ccpii.masked(c), ccpii.masked(d) FROM altered;
ALTER TABLE altered ALTER a TYPE text, ALTER b TYPE varchar(30), ALTER c TYPE text USING upper(c), ALTER d TYPE varchar(30);
SELECT a, b, c, d, pg_typeof(a), pg_typeof(b), pg_typeof(c), pg_typeof(d) FROM altered;

--
-- One byte more than a text, five with parameters; toasted and compressed as
-- texts; up to their size.
--
SELECT pg_column_size('x'::ccpii.masked_text(phone)) - pg_column_size('x'::text) AS plain,
	pg_column_size('x'::ccpii.masked_text(digits, 7)) - pg_column_size('x'::text) AS with_parameters;
CREATE TABLE large (t text, p ccpii.masked_text(cards), x ccpii.masked_text(cards));
ALTER TABLE large ALTER x SET STORAGE EXTERNAL;
INSERT INTO large SELECT v, v, v FROM (VALUES ('card 4111111111111111 ' || repeat('Lorem ipsum ', 100000))) s(v);
SELECT length(p), p = t, x = t, p = x, pg_column_size(p) - pg_column_size(t) BETWEEN -1000 AND 1000 AS compressed,
	pg_column_size(x) - octet_length(t), ccpii.masked(p) = replace(t, '411111111111', '************') FROM large;
ALTER TABLE large ALTER p SET STORAGE PLAIN, ALTER t SET STORAGE MAIN;
SELECT attname, attstorage FROM pg_attribute WHERE attrelid = 'large'::regclass AND attnum > 0 ORDER BY attnum;

--
-- Binary out and in again, by psql; what is no text is refused.
--
\copy person to 'results/masked_text.bin' (format binary)
CREATE TABLE back (LIKE person);
\copy back from 'results/masked_text.bin' (format binary)
SELECT count(*) FROM back JOIN person USING (id, phone, name);
SELECT ccpii.masked(phone), ccpii.masked(name) FROM back ORDER BY id;
\set VERBOSITY sqlstate
\copy (SELECT '\xff'::bytea) to 'results/masked_text.bin' (format binary)
\copy back (phone) from 'results/masked_text.bin' (format binary)
\copy (SELECT '\x4100'::bytea) to 'results/masked_text.bin' (format binary)
\copy back (phone) from 'results/masked_text.bin' (format binary)
\set VERBOSITY default
\! rm results/masked_text.bin
COPY person TO STDOUT;
SET ROLE regress_ccpii_agent;
COPY person TO STDOUT;
RESET ROLE;

DROP SCHEMA regress_ccpii_mt CASCADE;
DROP ROLE regress_ccpii_agent, regress_ccpii_clear;

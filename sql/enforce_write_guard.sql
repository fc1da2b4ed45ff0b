-- Promise: a mask that is written back means "unchanged" and any other mask is
-- refused, so nobody's data is ever replaced by a mask; new values are stored.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
\set VERBOSITY terse
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_masked;
CREATE ROLE regress_ccpii_clear;
SELECT ccpii.mask_role('regress_ccpii_masked'), ccpii.clear_role('regress_ccpii_clear');
CREATE SCHEMA regress_ccpii_guard;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_guard TO regress_ccpii_masked, regress_ccpii_clear;
SET search_path = regress_ccpii_guard;
CREATE TABLE contacts (id int PRIMARY KEY, junk int, name text, phone varchar(20), email text, fixed char(14), card text, note text,
	body text, born date, level int, "Odd Name" text, attrs jsonb, doc json, status text, digits text GENERATED ALWAYS AS (right(phone, 4)) STORED);
ALTER TABLE contacts DROP COLUMN junk;
INSERT INTO contacts VALUES
	(1, 'Ada Lovelace', '415-555-7890', 'ada@mail.example', '415-555-7890', '4539578763621486', 'secret', 'my number is 4155557890 thanks', '1990-05-06', 7, 'Odd One',
		'{"phone": "4155557890", "tier": "gold", "list": [{"phone": "5551234567"}, {"phone": 5559876543}], "gone": "x"}', '{"b": 1, "phone": "4155557890"}', 'open'),
	(2, 'Grace Hopper', '212-555-7890', 'grace@mail.example', NULL, NULL, '', 'hello', NULL, NULL, NULL, NULL, NULL, 'open');
SECURITY LABEL FOR ccpii ON COLUMN contacts.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN contacts.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN contacts.email IS 'MASKED AS email';
SECURITY LABEL FOR ccpii ON COLUMN contacts.fixed IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN contacts.card IS 'MASKED AS card';
SECURITY LABEL FOR ccpii ON COLUMN contacts.note IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN contacts.body IS 'MASKED AS digits(7)';
SECURITY LABEL FOR ccpii ON COLUMN contacts.born IS 'MASKED AS year';
SECURITY LABEL FOR ccpii ON COLUMN contacts.level IS 'MASKED AS constant(''0'')';
SECURITY LABEL FOR ccpii ON COLUMN contacts."Odd Name" IS 'MASKED AS partial(1, ''#'', 1)';
SECURITY LABEL FOR ccpii ON COLUMN contacts.attrs IS 'MASKED AS jsonb(phone => phone, gone => null)';
SECURITY LABEL FOR ccpii ON COLUMN contacts.doc IS 'MASKED AS jsonb(phone => phone)';
GRANT ALL ON contacts TO regress_ccpii_masked, regress_ccpii_clear;
CREATE TABLE original AS TABLE contacts;
CREATE VIEW changes AS SELECT c.id, c.ctid IS NOT NULL AS here, (to_jsonb(c) - 'digits') IS DISTINCT FROM (to_jsonb(o) - 'digits') AS changed
	FROM contacts c LEFT JOIN original o ON o.id = c.id;

--
-- Whole rows go back as they came
--
SET ROLE regress_ccpii_masked;
CREATE TABLE read AS TABLE contacts;
SELECT id, name, phone, email, fixed, card, note, body, born, level, "Odd Name", attrs, doc FROM read ORDER BY id;
UPDATE contacts c SET name = r.name, phone = r.phone, email = r.email, fixed = r.fixed, card = r.card, note = r.note, body = r.body, born = r.born,
	level = r.level, "Odd Name" = r."Odd Name", attrs = r.attrs, doc = r.doc, status = 'saved' FROM read r WHERE r.id = c.id;
MERGE INTO contacts c USING read r ON r.id = c.id
	WHEN MATCHED THEN UPDATE SET name = r.name, phone = r.phone, attrs = r.attrs, doc = r.doc, born = r.born, status = 'merged';
DO $$
DECLARE
	r regress_ccpii_guard.read;
BEGIN
	FOR r IN SELECT * FROM regress_ccpii_guard.contacts LOOP
		UPDATE regress_ccpii_guard.contacts SET (name, phone, email, fixed, card, note, body, born, level, attrs, doc)
			= (r.name, r.phone, r.email, r.fixed, r.card, r.note, r.body, r.born, r.level, r.attrs, r.doc) WHERE id = r.id;
	END LOOP;
END
$$;
UPDATE contacts SET id = id, name = name, phone = phone, email = coalesce(NULL, email), note = CASE WHEN id = 1 THEN note ELSE note END, attrs = attrs, doc = doc, status = 'open';
PREPARE save (int, text, text, date) AS UPDATE contacts SET name = $2, phone = $3, born = $4 WHERE id = $1;
EXECUTE save (1, 'A*** L***', 'XXX-XXX-7890', '1990-01-01');
SET plan_cache_mode = force_generic_plan;
EXECUTE save (1, 'A*** L***', 'XXX-XXX-7890', '1990-01-01');
RESET plan_cache_mode;
RESET ROLE;
SELECT * FROM changes ORDER BY id;

--
-- New values are stored, whatever they are like
--
BEGIN;
SET LOCAL ROLE regress_ccpii_masked;
UPDATE contacts SET name = 'Ada King', phone = '650-555-0001', email = 'king@mail.example', fixed = '650-555-0001', card = NULL, note = '', body = 'none',
	born = '1815-12-10', level = 3, "Odd Name" = 'x#y' WHERE id = 1 RETURNING name, phone, email, born, digits;
UPDATE contacts SET name = NULL, phone = DEFAULT WHERE id = 2;
INSERT INTO contacts (id, name, phone, level, born, body) VALUES (3, 'Alan Turing', '415-555-1234', 0, '2000-01-01', 'you wrote *******') RETURNING name, phone, body;
INSERT INTO contacts (id, phone) VALUES (1, '650-555-0002') ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, name = contacts.name;
MERGE INTO contacts c USING (VALUES (1, '650-555-0003'), (4, '650-555-0004')) v (id, phone) ON v.id = c.id
	WHEN MATCHED THEN UPDATE SET email = v.phone WHEN NOT MATCHED THEN INSERT (id, phone) VALUES (v.id, v.phone);
RESET ROLE;
SELECT id, name, phone, email, fixed, card, note, body, born, level, "Odd Name", digits FROM contacts ORDER BY id;
ROLLBACK;

--
-- Other masks are refused, whoever writes them
--
CREATE PROCEDURE try(statement text) LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE statement;
	GET DIAGNOSTICS n = ROW_COUNT;
	RAISE WARNING '%: % row(s)', statement, n;
EXCEPTION WHEN OTHERS THEN
	RAISE WARNING '%: % %', statement, SQLSTATE, SQLERRM;
END
$$;
GRANT EXECUTE ON PROCEDURE try TO PUBLIC;
CREATE TABLE attempt (n serial, statement text);
INSERT INTO attempt (statement) SELECT format('UPDATE contacts SET %s WHERE id = 1', a) FROM unnest(ARRAY[
	'phone = ''XXX-XXX-1234''', 'phone = ''****''', 'phone = ''+XX''', 'name = ''G*** H***''', 'name = ''***''', 'email = ''****@other.example''', 'email = ''****''',
	'fixed = ''XXX-XXX-0000''', 'card = ''************0000''', 'note = ''****''', 'note = ''**''', '"Odd Name" = ''q#####q''',
	'body = ''my number is ********** thank you''', 'body = ''my number is ***-***-**** thank you''', 'body = ''rated *** and ****''',
	'attrs = ''{"phone": "XXXXXX1111"}''', 'attrs = ''{"list": [{"phone": "XXXXXX6543"}]}''', 'attrs = ''{"new": {"phone": "XXX"}}''',
	'doc = ''{"phone": "XXXXXX1111"}''']) a;
INSERT INTO attempt (statement) VALUES ('UPDATE contacts SET phone = ''XXX-XXX-7890'', name = ''A*** L***'' WHERE id = 2'),
	('INSERT INTO contacts (id, phone) VALUES (9, ''XXX-XXX-7890'')'), ('INSERT INTO contacts (id, name) VALUES (9, ''Ada Lovelace''), (10, ''A*** L***'')'),
	('INSERT INTO contacts (id, attrs) VALUES (9, ''{"phone": "XXXXXX7890"}'')'),
	('INSERT INTO contacts (id, phone) VALUES (9, ''XXX-XXX-7890'') ON CONFLICT DO NOTHING'),
	('MERGE INTO contacts c USING (VALUES (9)) v (id) ON v.id = c.id WHEN NOT MATCHED THEN INSERT (id, phone) VALUES (9, ''XXX-XXX-7890'')'),
	('MERGE INTO contacts c USING (VALUES (1)) v (id) ON v.id = c.id WHEN MATCHED THEN UPDATE SET phone = ''XXX-XXX-0000'''),
	('INSERT INTO contacts (id, phone) VALUES (1, ''1'') ON CONFLICT (id) DO UPDATE SET phone = ''XXX-XXX-0000''');
CREATE FUNCTION attempts() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT statement FROM regress_ccpii_guard.attempt ORDER BY n';
SET ROLE regress_ccpii_masked;
SELECT format('CALL try(%L)', statement) FROM attempts() statement \gexec
SET ROLE regress_ccpii_clear;
-- Runs of asterisks in running text, a clear writer may mean.
SELECT format('CALL try(%L)', statement) FROM attempts() statement \gexec
RESET ROLE;
SELECT body FROM contacts WHERE id = 1;
UPDATE contacts c SET body = o.body FROM original o WHERE o.id = c.id;
SELECT * FROM changes ORDER BY id;
SET ROLE regress_ccpii_masked;
COPY contacts (id, name, phone) FROM STDIN;  -- fails: a mask, in the second line
7	Ada Lovelace	415-555-0007
8	A*** L***	415-555-0008
\.
COPY contacts (id, "Odd Name", status) FROM STDIN WHERE status = 'new';
7	x###y	old
8	Odd Two	new
\.
\set VERBOSITY default
UPDATE contacts SET phone = 'XXX-XXX-1234' WHERE id = 1;
\set VERBOSITY terse
SET ROLE regress_ccpii_clear;
COPY contacts (id, phone) FROM STDIN (FORMAT csv);  -- fails: a mask
9,XXX-XXX-0000
\.
COPY contacts FROM STDIN (FORMAT csv);
9,Alan Turing,415-555-1234,alan@mail.example,,,,,,,,,,new
\.
RESET ROLE;
SELECT id, name, phone, "Odd Name", status FROM contacts WHERE id > 2 ORDER BY id;
DELETE FROM contacts WHERE id > 2;

--
-- A clear writer who gets masks back from somewhere loses nothing
--
SET ROLE regress_ccpii_clear;
UPDATE contacts SET name = 'A*** L***', phone = 'XXX-XXX-7890', email = '****@mail.example', fixed = 'XXX-XXX-7890', card = '************1486', note = '****',
	"Odd Name" = 'O#####e', attrs = '{"phone": "XXXXXX7890", "tier": "gold", "list": [{"phone": "XXXXXX4567"}, {"phone": "XXXXXX6543"}], "gone": null}',
	doc = '{"b": 1, "phone": "XXXXXX7890"}' WHERE id = 1;
RESET ROLE;
SELECT * FROM changes ORDER BY id;
-- What is no mask for him he means: years, constants, NULL, and hiding digits by hand.
BEGIN;
SET LOCAL ROLE regress_ccpii_clear;
UPDATE contacts SET born = '1990-01-01', level = 0, body = 'my number is ********** thanks', name = NULL, phone = NULL WHERE id = 1 RETURNING born, level, body, name, phone;
ROLLBACK;

--
-- json: what is hidden stays, everything else can be changed
--
BEGIN;
SET LOCAL ROLE regress_ccpii_masked;
UPDATE contacts SET attrs = jsonb_set(attrs, '{tier}', '"platinum"'), doc = '{"phone": "XXXXXX7890", "b": [2, "XXXXXX7890"]}' WHERE id = 1;
UPDATE contacts SET attrs = attrs || '{"more": {"phone": "6505550001"}}' WHERE id = 1 RETURNING attrs;
UPDATE contacts SET attrs['tier'] = '"bronze"' WHERE id = 1;
UPDATE contacts SET attrs = attrs #- '{list,1}' WHERE id = 1;
UPDATE contacts SET attrs = jsonb_set(attrs, '{copy}', to_jsonb(name)) WHERE id = 1;  -- fails: a mask of another column
ROLLBACK;
BEGIN;
SET LOCAL ROLE regress_ccpii_masked;
UPDATE contacts SET attrs = jsonb_set(attrs, '{tier}', '"platinum"'), doc = '{"phone": "XXXXXX7890", "b": [2, "XXXXXX7890"]}' WHERE id = 1;
UPDATE contacts SET attrs = attrs || '{"more": {"phone": "6505550001"}}' WHERE id = 1;
UPDATE contacts SET attrs['tier'] = '"bronze"' WHERE id = 1;
UPDATE contacts SET attrs = attrs #- '{list,1}' WHERE id = 1;
RESET ROLE;
SELECT attrs, doc FROM contacts WHERE id = 1;
SET LOCAL ROLE regress_ccpii_masked;
UPDATE contacts SET attrs = attrs #- '{list,0}' WHERE id = 1;
UPDATE contacts SET attrs = '{}', doc = NULL WHERE id = 1;
UPDATE contacts SET attrs = '[1]' WHERE id = 1;
UPDATE contacts SET attrs = '"XXX"' WHERE id = 1;
ROLLBACK;
-- A shifted array is not guessed at.
BEGIN;
SET LOCAL ROLE regress_ccpii_masked;
UPDATE contacts SET attrs = attrs #- '{list,0}' WHERE id = 1;  -- fails: the second mask would stand for the first value
ROLLBACK;
BEGIN;
UPDATE contacts SET attrs = '{"list": [{"phone": "1117777"}, {"of": "home", "phone": "2227777"}, {"of": "work", "phone": "3337777"}, {"phone": "4447777"}]}' WHERE id = 1;
SET LOCAL ROLE regress_ccpii_masked;
UPDATE contacts SET attrs = attrs #- '{list,3}' WHERE id = 1 RETURNING attrs;
SAVEPOINT shorter;
UPDATE contacts SET attrs = attrs #- '{list,1}' WHERE id = 1;  -- fails: by its place, the mask would be of home
ROLLBACK TO shorter;
UPDATE contacts SET attrs = attrs || '{"list": [{"phone": "5557777"}, {"phone": "6667777"}]}' WHERE id = 1;
UPDATE contacts SET attrs = attrs #- '{list,0}' WHERE id = 1;  -- fails: both have this mask
ROLLBACK;
-- Of type json, the old value must be one that can be taken apart.
SECURITY LABEL FOR ccpii ON COLUMN contacts.doc IS NULL;
UPDATE contacts SET doc = '{"phone": "4155557890", "bad": "\u0000"}' WHERE id = 2;
SECURITY LABEL FOR ccpii ON COLUMN contacts.doc IS 'MASKED AS jsonb(phone => phone)';
SET ROLE regress_ccpii_masked;
UPDATE contacts SET doc = doc, status = 'same' WHERE id = 2 RETURNING doc;
UPDATE contacts SET doc = '{"phone": "XXXXXX7890"}' WHERE id = 2;  -- fails: cannot tell
RESET ROLE;
SELECT doc FROM contacts WHERE id = 2;

--
-- Conditions, audiences, partitions, children, views
--
SECURITY LABEL FOR ccpii ON COLUMN contacts.phone IS 'CLEAR WHEN (status = ''mine''); MASKED AS phone';
UPDATE contacts SET status = 'mine' WHERE id = 2;
SET ROLE regress_ccpii_masked;
UPDATE contacts SET phone = '212-555-7890', status = 'mine' WHERE id = 2 RETURNING phone;
UPDATE contacts SET phone = 'XXX-XXX-7890' WHERE id = 2;  -- fails: he sees the value, this is a mask
UPDATE contacts SET phone = '212-555-0002', status = 'open' WHERE id = 2 RETURNING phone;
UPDATE contacts SET phone = 'XXX-XXX-0002' WHERE id = 2;
RESET ROLE;
SELECT phone FROM contacts WHERE id = 2;
-- Whether another mask than his is that of the value, he does not learn.
SECURITY LABEL FOR ccpii ON COLUMN contacts.phone IS 'MASKED AS phone FOR regress_ccpii_clear; MASKED AS partial(0, ''-'', 0)';
SECURITY LABEL FOR ccpii ON COLUMN contacts.attrs IS 'MASKED AS jsonb(phone => phone) FOR regress_ccpii_clear; MASKED AS jsonb(phone => full)';
SET ROLE regress_ccpii_masked;
UPDATE contacts SET phone = 'XXX-XXX-0002' WHERE id = 2;  -- fails, as any other would
UPDATE contacts SET phone = 'XXX-XXX-0003' WHERE id = 2;  -- fails
UPDATE contacts SET phone = '------------' WHERE id = 2;
UPDATE contacts SET attrs = jsonb_set(attrs, '{phone}', '"XXXXXX7890"') WHERE id = 1;  -- fails, as any other would
UPDATE contacts SET attrs = jsonb_set(attrs, '{phone}', '"XXXXXX7891"') WHERE id = 1;  -- fails
UPDATE contacts SET attrs = jsonb_set(attrs, '{phone}', '"****"') WHERE id = 1 RETURNING attrs;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN contacts.attrs IS 'MASKED AS jsonb(phone => phone) FOR regress_ccpii_clear; MASKED';
SET ROLE regress_ccpii_masked;
UPDATE contacts SET attrs = '{"phone": "XXXXXX7890"}' WHERE id = 1;  -- fails: he sees nothing that it could stand for
UPDATE contacts SET attrs = '{"phone": "XXXXXX7891"}' WHERE id = 1;  -- fails, as any other would
UPDATE contacts SET attrs = NULL WHERE id = 1 RETURNING attrs;
RESET ROLE;
SELECT id, phone, attrs FROM contacts ORDER BY id;
SECURITY LABEL FOR ccpii ON COLUMN contacts.phone IS 'MASKED AS phone';
CREATE TABLE parted (id int, phone text, status text) PARTITION BY LIST (status);
CREATE TABLE parted_open (status text, phone text, junk int, id int);
ALTER TABLE parted_open DROP COLUMN junk;
ALTER TABLE parted ATTACH PARTITION parted_open FOR VALUES IN ('open');
CREATE TABLE parted_other PARTITION OF parted DEFAULT;
INSERT INTO parted VALUES (1, '415-555-7890', 'open'), (2, '415-555-7891', 'done');
SECURITY LABEL FOR ccpii ON COLUMN parted.phone IS 'MASKED AS phone';
GRANT ALL ON parted, parted_open TO regress_ccpii_masked;
CREATE VIEW all_parted AS SELECT phone AS telephone, id, status FROM parted WHERE status <> 'never' WITH CHECK OPTION;
GRANT ALL ON all_parted TO regress_ccpii_masked;
SET ROLE regress_ccpii_masked;
UPDATE parted SET phone = 'XXX-XXX-7890', status = 'moved' WHERE id = 1;
UPDATE all_parted SET telephone = 'XXX-XXX-7891', status = 'open' WHERE id = 2;
UPDATE parted_open SET phone = 'XXX-XXX-7891', id = 3 WHERE id = 2;
UPDATE parted_open SET phone = 'XXX-XXX-0000';  -- fails: a mask
INSERT INTO all_parted VALUES ('XXX-XXX-7891', 4, 'open');  -- fails: a mask
INSERT INTO all_parted VALUES ('415-555-0005', 5, 'open') RETURNING *;
UPDATE all_parted SET telephone = '415-555-0006' WHERE id = 5 RETURNING *;
RESET ROLE;
SELECT tableoid::regclass, * FROM parted ORDER BY id;
CREATE DOMAIN tel AS text CHECK (VALUE !~ 'X');
CREATE TABLE typed (id int PRIMARY KEY, phone tel, tags text[], at timestamptz);
INSERT INTO typed VALUES (1, '415-555-7890', '{a,b}', '2024-05-06 07:08:09+00');
SECURITY LABEL FOR ccpii ON COLUMN typed.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN typed.tags IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN typed.at IS 'MASKED AS null';
GRANT ALL ON typed TO regress_ccpii_masked;
SET ROLE regress_ccpii_masked;
UPDATE typed SET phone = phone, tags = tags, at = NULL;
UPDATE typed SET tags = NULL WHERE id = 1;
UPDATE typed SET phone = '1' WHERE id = 1;
UPDATE typed SET tags = '{c}', at = '2025-01-01 00:00:00+00' WHERE id = 1;
RESET ROLE;
SELECT id, phone, tags, at AT TIME ZONE 'UTC' AS at FROM typed;

--
-- The owner's triggers see the value, and may write what they like
--
CREATE FUNCTION redact() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.phone := ''XXX-XXX-9999''; RETURN NEW; END';
CREATE TRIGGER redact BEFORE UPDATE ON contacts FOR EACH ROW WHEN (NEW.status = 'redact') EXECUTE FUNCTION redact();
BEGIN;
SET LOCAL ROLE regress_ccpii_masked;
UPDATE contacts SET status = 'redact', phone = 'XXX-XXX-7890' WHERE id = 1;
RESET ROLE;
SELECT phone FROM contacts WHERE id = 1;
ROLLBACK;
DROP TRIGGER redact ON contacts;

--
-- SENSITIVE
--
SECURITY LABEL FOR ccpii ON COLUMN contacts.email IS 'MASKED AS email SENSITIVE';
SECURITY LABEL FOR ccpii ON COLUMN contacts.level IS 'CLEAR FOR regress_ccpii_masked SENSITIVE; MASKED AS constant(''0'')';
SELECT column_name, mask FROM ccpii.masking_rules WHERE relation = 'contacts'::regclass AND column_name IN ('email', 'level') ORDER BY 1;
SET ROLE regress_ccpii_masked;
SELECT ccpii.edit_allowed();
UPDATE contacts SET status = 'edited', email = '****@mail.example', level = level WHERE id = 1;
UPDATE contacts SET email = 'new@mail.example' WHERE id = 1;  -- fails: sensitive
UPDATE contacts SET email = 'ada@mail.example' WHERE id = 1;  -- fails: the same, though it is the old one
UPDATE contacts SET email = NULL WHERE id = 1;  -- fails: the same
UPDATE contacts SET level = 8 WHERE id = 1;  -- fails: the same
INSERT INTO contacts (id, email) VALUES (3, 'x@mail.example');  -- fails: the same
INSERT INTO contacts (id, email) VALUES (3, NULL);
COPY contacts (id, email) FROM STDIN;  -- fails: the same
4	x@mail.example
\.
SET ROLE regress_ccpii_clear;
UPDATE contacts SET email = 'ada@mail.example', status = 'edited' WHERE id = 1;
UPDATE contacts SET email = 'new@mail.example' WHERE id = 1;  -- fails: sensitive
RESET ROLE;
GRANT ccpii_edit_sensitive TO regress_ccpii_masked;
SET ROLE regress_ccpii_masked;
SELECT ccpii.edit_allowed();
UPDATE contacts SET email = 'new@mail.example', level = 8 WHERE id = 1 RETURNING email, level;
RESET ROLE;
REVOKE ccpii_edit_sensitive FROM regress_ccpii_masked;
SELECT ccpii.edit_allowed(), email, level FROM contacts WHERE id = 1;
DELETE FROM contacts WHERE id = 3;

--
-- Unique and foreign keys tell what exists: each write costs a look-up
--
CREATE UNIQUE INDEX ON contacts (phone);
CREATE TABLE calls (id int, phone varchar(20) REFERENCES contacts (phone), lower_name text);
CREATE UNIQUE INDEX ON calls (lower(lower_name)) WHERE id > 0;
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN calls.lower_name IS 'MASKED AS name';
GRANT ALL ON calls TO regress_ccpii_masked;
CREATE ROLE regress_ccpii_login SUPERUSER;
SET SESSION AUTHORIZATION regress_ccpii_login;	-- with a count of his own
SET ccpii.lookups_per_minute = 6;
SET ROLE regress_ccpii_masked;
BEGIN;
UPDATE contacts SET phone = 'XXX-XXX-7890', status = 'free' WHERE id = 1;
UPDATE contacts SET phone = '650-555-0001' WHERE id = 1;
INSERT INTO contacts (id, phone) VALUES (20, '650-555-0001') ON CONFLICT DO NOTHING;
INSERT INTO calls VALUES (1, '650-555-0001', NULL), (2, '650-555-0001', 'x');
ROLLBACK;
COPY calls FROM STDIN;
3	212-555-0002	\N
\.
INSERT INTO calls (id) VALUES (4);
INSERT INTO calls VALUES (5, '650-555-0009', NULL);  -- fails: no look-ups left
UPDATE contacts SET phone = '415-555-7890' WHERE id = 1;  -- fails: the same
RESET ROLE;
CREATE TABLE derived (id int, phone text, local text GENERATED ALWAYS AS (right(phone, 8)) STORED UNIQUE);
CREATE TABLE parts (id int, phone text) PARTITION BY LIST (id);
CREATE TABLE part (phone text UNIQUE, id int);
ALTER TABLE parts ATTACH PARTITION part DEFAULT;
SECURITY LABEL FOR ccpii ON COLUMN derived.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN parts.phone IS 'MASKED AS phone';
GRANT ALL ON derived, parts TO regress_ccpii_masked;
SET ROLE regress_ccpii_masked;
INSERT INTO derived VALUES (1, '650-555-0009');  -- fails: the key is generated from it
INSERT INTO parts VALUES (1, '650-555-0009');  -- fails: the key is the partition's
INSERT INTO derived (id) VALUES (1);
INSERT INTO parts (id) VALUES (1);
COPY calls FROM STDIN;  -- fails: the same
6	415-555-7890	\N
\.
UPDATE contacts SET phone = 'XXX-XXX-7890', status = 'free' WHERE id = 1;
RESET SESSION AUTHORIZATION;
SELECT * FROM calls ORDER BY id;

-- So do keys in columns without labels that refer to masked ones.
CREATE TABLE orders (id int, phone varchar(20) REFERENCES contacts (phone), note text);
CREATE TABLE visits (id int, phone varchar(20)) PARTITION BY LIST (id);
CREATE TABLE visits_all PARTITION OF visits (FOREIGN KEY (phone) REFERENCES contacts (phone)) DEFAULT;
CREATE TABLE plans (name text PRIMARY KEY);
CREATE TABLE bookings (plan text REFERENCES plans);
INSERT INTO plans VALUES ('secret');
GRANT ALL ON orders, visits, plans, bookings TO regress_ccpii_masked;
CREATE ROLE regress_ccpii_other SUPERUSER;
SET SESSION AUTHORIZATION regress_ccpii_other;
SET ccpii.lookups_per_minute = 5;
INSERT INTO orders VALUES (1, '650-555-0009', NULL);  -- fails, and costs nothing who is clear
SET ROLE regress_ccpii_masked;
PREPARE book AS INSERT INTO bookings VALUES ($1);
EXECUTE book('secret');
INSERT INTO orders VALUES (1, '650-555-0009', NULL);  -- fails: there is none
INSERT INTO orders VALUES (1, '212-555-0002', NULL);
INSERT INTO orders VALUES (2, NULL, 'free');
UPDATE orders SET phone = '212-555-0002', note = 'free' WHERE id = 1;
UPDATE orders SET phone = phone, note = 'free';
UPDATE orders SET phone = '212-555-0002' WHERE id = 2;
COPY orders (id, phone) FROM STDIN;
3	212-555-0002
\.
INSERT INTO visits VALUES (1, '212-555-0002');
INSERT INTO orders VALUES (4, '415-555-7890', NULL);  -- fails: no look-ups left
INSERT INTO visits VALUES (2, '415-555-7890');  -- fails: the same
COPY orders (id, phone) FROM STDIN;  -- fails: the same
5	415-555-7890
\.
EXECUTE book('secret');
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN plans.name IS 'MASKED';
SET plan_cache_mode = force_generic_plan;
EXECUTE book('secret');  -- for one who is clear
SET ROLE regress_ccpii_masked;
EXECUTE book('secret');  -- fails: the same, by a plan of his own
RESET SESSION AUTHORIZATION;
SELECT * FROM orders ORDER BY id;
SELECT * FROM bookings;

-- Nobody calls the guard himself.
SET ROLE regress_ccpii_masked;
SELECT ccpii.write_guard('a'::text, 'b', 'c', 'contacts', 3, NULL);  -- fails
SELECT ccpii.write_guard('a'::text, 'b', 'c', 'contacts', 3, '1');  -- fails
SELECT ccpii.copy_guard('XXX-XXX-7890'::text, 'contacts', 4, 0);  -- fails: a mask
SELECT ccpii.copy_guard('415'::text, 'contacts', 4, 0), ccpii.copy_guard('415'::text, NULL, 4, 0);
SELECT ccpii.copy_guard('415'::text, 'original', 4, 0);  -- fails: no rule
RESET ROLE;

DROP SCHEMA regress_ccpii_guard CASCADE;
DROP ROLE regress_ccpii_masked, regress_ccpii_clear, regress_ccpii_login, regress_ccpii_other;

-- Promise: an @attribute that is registered is masked at once wherever a
-- column has mask attributes, in json and jsonb, by any reader's old plan; no
-- name and no mask that is given can say more than it should.

\pset format unaligned
\pset null (null)
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_steward IN ROLE ccpii_admin;
CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_attribute;
GRANT USAGE ON SCHEMA regress_ccpii_attribute TO PUBLIC;
SET search_path = regress_ccpii_attribute;
CREATE TABLE contacts (id int, extra json, extra_b jsonb);
INSERT INTO contacts VALUES (1, '{"user_name": "Ada Lovelace", "@user_number": "415-555-7890", "plan": "gold", "deep": [{"user_number": 4155557890}]}',
	'{"user_name": "Ada Lovelace", "@user_number": "415-555-7890", "plan": "gold", "deep": [{"user_number": 4155557890}]}'), (2, NULL, '[]');
GRANT SELECT ON contacts TO PUBLIC;
SECURITY LABEL FOR ccpii ON COLUMN contacts.extra IS 'MASKED AS attributes';
SECURITY LABEL FOR ccpii ON COLUMN contacts.extra_b IS 'MASKED AS attributes';

-- Nothing registered, nothing masked.
SELECT count(*) FROM ccpii.pii_attribute;
SET ROLE regress_ccpii_reader;
PREPARE look AS SELECT extra, extra_b FROM contacts WHERE id = 1;
EXECUTE look;
EXECUTE look;
EXECUTE look;
RESET ROLE;

-- Registered while the masks are on: the next statement masks.
SET ROLE regress_ccpii_steward;
SELECT ccpii.pii_attribute_add('@user_name', 'name');
SET ROLE regress_ccpii_reader;
EXECUTE look;
SET ROLE regress_ccpii_steward;
SELECT ccpii.pii_attribute_add('@user_number', 'phone');
SET ROLE regress_ccpii_reader;
EXECUTE look;
SELECT extra ->> 'user_name', extra_b ->> '@user_number', extra_b #>> '{deep,0,user_number}' FROM contacts ORDER BY id;
SELECT id FROM contacts WHERE extra ->> 'user_name' = 'Ada Lovelace' OR extra_b @> '{"user_name": "Ada Lovelace"}';
-- Who is clear is not concerned.
RESET ROLE;
EXECUTE look;
-- Another mask; full if none is named; dropped.
SET ROLE regress_ccpii_steward;
SELECT ccpii.pii_attribute_add('@user_name');
SELECT ccpii.pii_attribute_add('@user_number', 'digits(4)');
SET ROLE regress_ccpii_reader;
EXECUTE look;
SET ROLE regress_ccpii_steward;
SELECT ccpii.pii_attribute_add('@user_number', 'partial(1, ''#'', 2)');
SELECT ccpii.pii_attribute_add('@user_name', 'constant(''it''''s, "hidden" => here'')');
SELECT attribute, mask, added_by = session_user AS by_session FROM ccpii.pii_attribute ORDER BY attribute COLLATE "C";
SET ROLE regress_ccpii_reader;
EXECUTE look;
SET ROLE regress_ccpii_steward;
SELECT ccpii.pii_attribute_add('@user_name', 'null'), ccpii.pii_attribute_drop('@user_number');
SET ROLE regress_ccpii_reader;
EXECUTE look;
SET ROLE regress_ccpii_steward;
SELECT ccpii.pii_attribute_drop('@user_name'), ccpii.pii_attribute_drop('@user_name'), ccpii.pii_attribute_drop('@nosuch');
SELECT ccpii.pii_attribute_drop(NULL);  -- fails: null
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;

-- What a rollback takes back was masked in between only.
BEGIN;
SELECT ccpii.pii_attribute_add('@user_name', 'name');
SET LOCAL ROLE regress_ccpii_reader;
EXECUTE look;
ROLLBACK;
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
SELECT ccpii.pii_attribute_add('@plan', 'full');
BEGIN;
SAVEPOINT s;
SELECT ccpii.pii_attribute_drop('@plan');
SET LOCAL ROLE regress_ccpii_reader;
EXECUTE look;
ROLLBACK TO s;
SET LOCAL ROLE regress_ccpii_reader;
EXECUTE look;
COMMIT;
RESET ROLE;
SELECT ccpii.pii_attribute_drop('@plan');

-- By hand, as a restore does it.
INSERT INTO ccpii.pii_attribute (attribute, mask) VALUES ('@plan', 'full');
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
UPDATE ccpii.pii_attribute SET mask = 'null';
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
TRUNCATE ccpii.pii_attribute;
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
COPY ccpii.pii_attribute (attribute, mask) FROM STDIN;
@plan	full
\.
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
SELECT ccpii.pii_attribute_drop('@plan');
DEALLOCATE look;

-- Names and masks that cannot be.
CREATE FUNCTION attempt(attribute text, mask text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	PERFORM ccpii.pii_attribute_add(attribute, mask);
	RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN concat_ws(' | ', SQLSTATE, SQLERRM, nullif(detail, ''));
END
$$;
SELECT attribute, attempt(attribute, 'full') FROM (VALUES
	(1, 'user_name'), (2, '@'), (3, '@User'), (4, '@1user'), (5, '@user name'), (6, '@user-name'), (7, '@user.name'), (8, '@üser'), (9, ' @user'), (10, E'@user\n'),
	(11, '@user'', x => full, ''y'), (12, '@@user'), (13, ''), (14, NULL), (15, '@' || repeat('x', 63))) a(n, attribute) ORDER BY n;
SELECT mask, attempt('@user', mask) FROM (VALUES
	(1, 'nosuch'), (2, ''), (3, 'MASKED'), (4, 'digits'), (5, 'digits(0)'), (6, 'year'), (7, 'hash'), (8, 'attributes'), (9, 'jsonb(a => full)'), (10, 'ai'),
	(11, 'phone, x => full'), (12, 'full) , (x'), (13, 'full FOR regress_ccpii_reader'), (14, 'constant(''a''), b => full'), (15, 'full; CLEAR'), (16, NULL)) m(n, mask) ORDER BY n;
SELECT ccpii.pii_attribute_add('@' || repeat('x', 62), ' FULL '), attempt('@_', 'Digits( 4 )'), attempt('@a9_', 'constant('''')');
SELECT left(attribute, 4), mask FROM ccpii.pii_attribute ORDER BY attribute COLLATE "C";
DELETE FROM ccpii.pii_attribute;
\set VERBOSITY terse
INSERT INTO ccpii.pii_attribute (attribute, mask) VALUES ('@user', 'phone, x => full');  -- fails: not one mask
INSERT INTO ccpii.pii_attribute (attribute, mask) VALUES ('user', 'full');  -- fails: no sigil
INSERT INTO ccpii.pii_attribute (attribute, mask) VALUES ('@user', NULL);  -- fails: null
\set VERBOSITY default

-- Who may: ccpii_admin, through the functions.
SET ROLE regress_ccpii_reader;
SELECT ccpii.pii_attribute_add('@user');  -- fails: no ccpii_admin
SELECT ccpii.pii_attribute_drop('@user');  -- fails: no ccpii_admin
SELECT ccpii.pii_attribute_check('full');  -- fails: internal
SELECT * FROM ccpii.pii_attribute;  -- fails: no right
SET ROLE regress_ccpii_steward;
INSERT INTO ccpii.pii_attribute VALUES ('@user', 'full');  -- fails: by the functions only
DELETE FROM ccpii.pii_attribute;  -- fails: the same
-- His search_path and temporary tables change nothing of what they do.
CREATE TEMP TABLE pii_attribute (attribute text, mask text);
SET search_path = pg_temp, ccpii;
SELECT ccpii.pii_attribute_add('@user');
SELECT count(*) FROM pg_temp.pii_attribute;
SELECT attribute FROM ccpii.pii_attribute;
SELECT ccpii.pii_attribute_drop('@user');
RESET search_path;
DROP TABLE pg_temp.pii_attribute;
RESET ROLE;

DROP SCHEMA regress_ccpii_attribute CASCADE;
DROP ROLE regress_ccpii_steward, regress_ccpii_reader;

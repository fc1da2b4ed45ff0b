-- Promise: strings and numbers at the paths of mask_jsonb() and mask_json()
-- are masked wherever they stand, and all else stays as it was; in json, which
-- is text, byte for byte.

\pset format unaligned
\pset tuples_only on

-- A key masks its value at any depth: in objects, in arrays of arrays, in
-- arrays of objects.  phone keeps the last four of ten digits.  Keys of jsonb
-- come back by length.
SELECT ccpii.mask_jsonb('{"phone": "415-555-7890", "name": "Ada Lovelace", "a": {"b": {"phone": "415-555-7891"}}}', 'phone => phone');
SELECT ccpii.mask_jsonb('[[{"phone": "415-555-7890"}, "415-555-7890"], [[{"phone": ["415-555-7891", ["415-555-7892"]]}]]]', 'phone => phone');
SELECT ccpii.mask_json('[[{"phone": "415-555-7890"}, "415-555-7890"], [[{"phone": ["415-555-7891", ["415-555-7892"]]}]]]', 'phone => phone');

-- What follows a masked value is not masked with it, whether the value was a
-- scalar, an array or an object.
SELECT ccpii.mask_json('{"phone": "415-555-7890", "a": "open", "phone": ["415-555-7890"], "b": "open", "phone": {"x": 4155557890}, "c": "open"}', 'phone => phone');
SELECT ccpii.mask_jsonb('{"a": ["x"], "b": "open", "c": {"a": {"k": "x"}, "b": "open"}}', 'a => full');

-- An object or array at a path is masked with all strings and numbers inside;
-- true, false and null say nothing and stay.
SELECT ccpii.mask_jsonb('{"contact": {"home": "415-555-7890", "list": ["x", 7, true, false, null, {"deep": "x"}, {}, []]}}', 'contact => full');
SELECT ccpii.mask_json('{"contact": {"home": "415-555-7890", "list": ["x", 7, true, false, null, {"deep": "x"}, {}, []]}}', 'contact => full');

-- Unless a path matches further inside: it knows better, even if it is shorter.
SELECT ccpii.mask_jsonb('{"crm": {"contact": {"home": "415-555-7890", "mail": "x", "work": {"home": ["415-555-7891"], "x": "x"}}}}', 'crm.contact => full, home => phone');
SELECT ccpii.mask_json('{"contact": {"home": "415-555-7890", "mail": "x"}}', 'contact => full, home => phone');

-- Of several paths to the same value the longest wins, wherever it stands in
-- the list; of the same path twice, the first.
SELECT ccpii.mask_jsonb('{"name": "Ada Lovelace", "agent": {"name": "Grace Hopper"}}', 'name => name, agent.name => constant(''agent'')');
SELECT ccpii.mask_json('{"name": "Ada Lovelace", "agent": {"name": "Grace Hopper"}}', 'agent.name => constant(''agent''), name => name');
SELECT ccpii.mask_jsonb('{"a": "x"}', 'a => full, a => null');
SELECT ccpii.mask_jsonb('{"a": "x"}', 'a => null, a => full');

-- A path of two keys needs both, one right inside of the other; arrays between
-- them do not count.  A key with a dot in it matches as the keys it looks
-- like, but a path begins where a key begins: not inside of home.address or
-- billing_address.
SELECT ccpii.mask_json('{"address": {"city": "San Francisco", "zip": "94107"}, "city": "Oakland", "x": {"address": [[{"city": "Berkeley"}]]}, "address.city": "Alameda", "home.address": {"city": "Daly City"}, "billing_address": {"city": "Fresno"}, "address": {"x": {"city": "Napa"}}}', 'address.city => name');
SELECT ccpii.mask_jsonb('{"city": "Oakland", "x": {"address": [[{"city": "Berkeley"}]]}, "address.city": "Alameda", "home.address": {"city": "Daly City"}, "billing_address": {"city": "Fresno"}}', 'address.city => name');
SELECT ccpii.mask_jsonb('{"a": {"b": {"c": "x"}}, "a.b": {"c": "x"}, "b": {"c": "open"}, "a.b.c": "x", "z.a": {"b.c": "open"}}', 'a.b.c => full');

-- The empty key is a key: "." is one in another, "a." one in a.
SELECT ccpii.mask_jsonb('{"": {"": "x", "a": {"": "open"}}, "a": "open"}', '. => full');
SELECT ccpii.mask_json('{"": {"": "open"}, "a": {"": "x", "b": "open"}}', 'a. => full');

-- Keys are compared byte for byte: no other case, nothing longer or shorter.
SELECT ccpii.mask_json('{"Phone": "415-555-7890", "phones": "415-555-7890", "phon": "415-555-7890", "xphone": "415-555-7890"}', 'phone => full');

-- A number is masked as its text, and becomes a string if that changes it.
-- phone of 7 digits keeps two.  A number with an exponent is not the digits
-- that it shows: in json it is hidden whole; jsonb writes it out.
SELECT ccpii.mask_jsonb('{"phone": 4155557890, "alt": {"phone": -5551234}}', 'phone => phone');
SELECT ccpii.mask_json('{"n": [4155557890, 12, -0.50, 0, 1E2, 4.155557890e9]}', 'n => digits(4)');
SELECT ccpii.mask_jsonb('{"n": [4155557890, 12, -0.50, 0, 1E2, 4.155557890e9]}', 'n => digits(4)');

-- Every mask that may stand in a list.  The empty string says nothing and
-- stays, but null and constant do not look at the value.
SELECT ccpii.mask_json('{"a": ["", "x", 1, true, null]}', 'a => full');
SELECT ccpii.mask_json('{"a": ["", "x", 1, true, null]}', 'a => null');
SELECT ccpii.mask_jsonb('{"a": ["", "x", 1, true, null]}', 'a => null');
SELECT ccpii.mask_json('{"a": ["", "x", 1, true, null]}', 'a => constant(''say "\o/"'')');
SELECT ccpii.mask_jsonb('{"a": ["", "x", 1, true, null]}', 'a => constant(''say "\o/"'')');
SELECT ccpii.mask_jsonb('{"mail": "ada@example.com", "card": "4111111111111111", "text": "call 4155557890", "code": "abcdefgh"}', 'mail => email, card => card, text => cards, code => partial(1, ''#'', 2)');

-- Without a key nothing matches; without a path neither.
SELECT ccpii.mask_jsonb('"415-555-7890"', 'phone => phone'), ccpii.mask_json(' "415-555-7890"', 'phone => phone');
SELECT ccpii.mask_jsonb('4155557890', 'phone => phone'), ccpii.mask_json('4155557890', 'phone => phone');
SELECT ccpii.mask_jsonb('["415-555-7890"]', 'phone => phone'), ccpii.mask_json('["415-555-7890"]', 'phone => phone');
SELECT ccpii.mask_jsonb('{}', 'phone => phone'), ccpii.mask_json('[]', 'phone => phone');
SELECT ccpii.mask_jsonb('{"phone": "415-555-7890"}', ''), ccpii.mask_json('{"phone": "415-555-7890"}', ' ');

-- NULL is NULL.
SELECT ccpii.mask_jsonb(NULL, 'a => full') IS NULL, ccpii.mask_jsonb('{}', NULL) IS NULL, ccpii.mask_json(NULL, 'a => full') IS NULL, ccpii.mask_json('{}', NULL) IS NULL;

-- json: spaces of all kinds, order and repeated keys stay; marks inside of
-- strings are no marks.
SELECT ccpii.mask_json(E' {\t"b" : [ 1 ,\n"x" ] ,\r\n  "a":{ } , "phone" :\n"415-555-7890" }\n', 'phone => phone')::text
	= E' {\t"b" : [ 1 ,\n"x" ] ,\r\n  "a":{ } , "phone" :\n"XXX-XXX-7890" }\n';
SELECT ccpii.mask_json('{"phone":"415-555-7890","z":1,"phone":null,"a":2,"phone":"415-555-7891","z":3}', 'phone => phone');
SELECT ccpii.mask_json('{"a": "}],{[:\"", "b\"": "\\", "phone": "415-555-7890", "c": "\\\\\""}', 'phone => phone');

-- json: escapes in keys do not hide them, and stay: \u006e is n, \u002e a dot,
-- the pair of surrogates one character.
SELECT ccpii.mask_json('{"pho\u006ee": "415-555-7890", "address\u002Ecity": "x", "\ud83d\ude00": "x", "a\/\"b": "x"}', U&'phone => phone, address.city => full, "\+01F600" => full, ''a/"b'' => full');
SELECT ccpii.mask_json('{"\u0061": {"\u0062": "open", "\u0063": {"d": "x"}, "\u0062": "open"}, "c": {"d": "open"}}', 'a.c.d => full');
SELECT ccpii.mask_jsonb('{"pho\u006ee": "415-555-7890"}', 'phone => phone');

-- json: escapes in values are read before they are masked.  A value that the
-- mask leaves alone keeps them; one that it changes gets those it needs.
SELECT ccpii.mask_json('{"phone": "\u0034\u0031\u0035-555\u002d7890"}', 'phone => phone');
SELECT ccpii.mask_json('{"note": ["caf\u00e9 \/ 12", "tab\t \"4155557890\" \u0041\b\f\n\r\\"]}', 'note => digits(4)');

-- json: \u0000 and half a surrogate pair are no text of ours: hidden at a path
-- as "****" would be, also by a mask for parts of a text; left alone elsewhere.
SELECT ccpii.mask_json('{"note": ["x\u0000", "\ud83d 12", "\ude00", "\ud83d\u0041", "\ud83dA", "\ud83d\ud83d\ude00"], "a": ["x\u0000", "\ud83d"]}', 'note => digits(4)');
SELECT ccpii.mask_json('{"note": "x\u0000", "a": "\ud83d", "b": "\ud83d"}', 'note => null, a => constant(''gone''), b => partial(1, ''#'', 1)');

-- json: a key without a text is no other key, and can be named as written.
SELECT ccpii.mask_json('{"phone\u0000": "open", "phone": "x", "phone\ud83d": "open"}', 'phone => full');
SELECT ccpii.mask_json('{"phone\u0000": "x", "a": {"\ud83d": {"b": "x"}}}', '''phone\u0000'' => full, ''a.\ud83d.b'' => full');

-- The list is read anew when it changes from row to row.
SELECT ccpii.mask_jsonb('{"a": "x", "b": "x"}', paths), ccpii.mask_json('{"a": "x", "b": "x"}', paths)
	FROM (VALUES (1, 'a => full'), (2, 'b => full'), (3, ''), (4, 'a => full, b => null'), (5, 'a => full')) AS v (i, paths)
	ORDER BY i;

-- What is no list is an error: a key without a mask, an open end, no comma, a
-- mask that does not exist, masks that cannot stand inside of json.
\set VERBOSITY sqlstate
SELECT ccpii.mask_jsonb('{}', 'phone');  -- fails: syntax
SELECT ccpii.mask_json('{}', 'phone => phone,');  -- fails: syntax
SELECT ccpii.mask_json('{}', 'phone => phone name => name');  -- fails: syntax
SELECT ccpii.mask_jsonb('{}', 'phone => telephone');  -- fails: no such mask
SELECT ccpii.mask_jsonb('{}', 'phone => hash');  -- fails: not inside of json
SELECT ccpii.mask_json('{}', 'phone => attributes');  -- fails: not inside of json
\set VERBOSITY default

-- Depth: 500 levels are masked at the bottom, and below a path that matched at
-- the top.  10000 may be too much for the server's own functions (54001), but
-- for nobody's stack.
SELECT ccpii.mask_json((repeat('{"a":[', 250) || '{"phone":"415-555-7890"}' || repeat(']}', 250))::json, 'phone => phone')::text
	= repeat('{"a":[', 250) || '{"phone":"XXX-XXX-7890"}' || repeat(']}', 250);
SELECT ccpii.mask_jsonb((repeat('{"a":[', 250) || '{"phone":"415-555-7890"}' || repeat(']}', 250))::jsonb, 'phone => phone')
	= (repeat('{"a":[', 250) || '{"phone":"XXX-XXX-7890"}' || repeat(']}', 250))::jsonb;
SELECT ccpii.mask_json(('{"top":' || repeat('[', 500) || '"415-555-7890"' || repeat(']', 500) || '}')::json, 'top => phone')::text
	= '{"top":' || repeat('[', 500) || '"XXX-XXX-7890"' || repeat(']', 500) || '}';
DO $$
DECLARE
	deep text;
BEGIN
	FOREACH deep IN ARRAY ARRAY[
		'{"top":' || repeat('[', 10000) || '"canary"' || repeat(']', 10000) || '}',
		'{"top":' || repeat('{"a":', 10000) || '"canary"' || repeat('}', 10000) || '}']
	LOOP
		BEGIN
			IF ccpii.mask_json(deep::json, 'top => full')::text <> replace(deep, 'canary', '****') THEN
				RAISE 'json is not masked';
			END IF;
		EXCEPTION WHEN statement_too_complex THEN
			NULL;
		END;
		BEGIN
			IF ccpii.mask_jsonb(deep::jsonb, 'top => full')::text LIKE '%canary%' THEN
				RAISE 'jsonb is not masked';
			END IF;
		EXCEPTION WHEN statement_too_complex THEN
			NULL;
		END;
	END LOOP;
END
$$;

-- Size: values out of line, many values, many paths.
CREATE TEMPORARY TABLE large (j json, b jsonb);
INSERT INTO large
	SELECT v::json, v::jsonb
	FROM (SELECT json_agg(json_build_object('phone', '415-555-' || i, 'id', i)) AS v
		FROM generate_series(1000, 9999) AS i) AS s;
SELECT count(*) FILTER (WHERE e ->> 'phone' = 'XXX-XXX-' || (e ->> 'id')), count(*)
	FROM large, json_array_elements(ccpii.mask_json(j, 'phone => phone')) AS e;
SELECT count(*) FILTER (WHERE e ->> 'phone' = 'XXX-XXX-' || (e ->> 'id')), count(*)
	FROM large, jsonb_array_elements(ccpii.mask_jsonb(b, 'phone => phone')) AS e;
SELECT ccpii.mask_json(j, 'mail => email')::text = j::text, ccpii.mask_jsonb(b, 'mail => email') = b
	FROM large;
SELECT ccpii.mask_jsonb('{"k7": {"k8": "x", "open": "open"}, "k": "open"}', string_agg('k' || i || '.k' || i + 1 || ' => full', ', '))
	FROM generate_series(1, 500) AS i;

-- Masking what is masked changes nothing, and both types agree where jsonb
-- can hold the value, its last repeated key included.  All values go through
-- all lists: no row.
CREATE TEMPORARY TABLE sample (value text, jsonb_too boolean);
INSERT INTO sample VALUES
	('{"a": "415-555-7890", "b": {"a": "+49 (30) 123456"}, "a": "ada@example.com"}', true),
	('{"a": ["Ada Lovelace", "x", "", "****", "*", "X", "A*** L***", "XXX-XXX-7890"]}', true),
	('{"a": {"b": ["4111 1111 1111 1111", {"a": "4111111111111111"}]}}', true),
	('{"a": [4155557890, 12, 0, -5, 3.14159265, -0.50, 1234567890123456789012345678901234567890]}', true),
	('{"a": "caf\u00e9 \/ 4155557890", "\u0061": {"\u0062": "J\u00fcrgen M\u00fcller"}}', true),
	('{"a": [true, false, null, {}, [], {"b": true}]}', true),
	('{"a.b": "secret", "b": "\"\\ 4155557890 \t", "a": {"b": "9"}}', true),
	('[{"a": "x\u0000"}, {"b": "\ud83d"}, {"a": [1e5, 4.155557890E9]}]', false),
	('{"a\u0000": {"a": "\u0000"}, "a": "\ud83d\ude00 4155557890"}', false),
	('"4155557890"', true),
	('[]', true);
CREATE TEMPORARY TABLE list (paths text);
INSERT INTO list
	SELECT format('%s => %s', path, mask)
	FROM unnest(ARRAY['a', 'b', 'a.b']) AS path,
		unnest(ARRAY['full', 'null', 'constant(''x'')', 'constant(''"\'')', 'phone', 'email', 'card', 'name', 'cards',
			'digits(1)', 'digits(6)', 'partial(1, ''#'', 2)', 'partial(0, ''*'', 4)']) AS mask
	UNION ALL
	VALUES (''), ('a => full, b => phone'), ('a.b => name, b => null, a => digits(4)');
SELECT value, paths
	FROM sample, list, ccpii.mask_json(value::json, paths) AS once
	WHERE ccpii.mask_json(once, paths)::text <> once::text
	ORDER BY value, paths;
SELECT value, paths
	FROM sample, list, ccpii.mask_jsonb(CASE WHEN jsonb_too THEN value::jsonb END, paths) AS once
	WHERE CASE WHEN jsonb_too
		THEN ccpii.mask_jsonb(once, paths) <> once OR ccpii.mask_json(value::json, paths)::jsonb <> once END
	ORDER BY value, paths;
DROP TABLE large, sample, list;

-- In a database of another encoding keys are found all the same, also if they
-- are written as escapes; \00e9 is one byte there.  A value that is not ASCII
-- is hidden whole, and \u20ac is in no text of that encoding.
SELECT current_database() AS home \gset
CREATE DATABASE ccpii_regression_latin1 TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C';
\connect ccpii_regression_latin1
CREATE EXTENSION ccpii;
SELECT ccpii.mask_json('{"pr\u00e9nom": "Ada Lovelace", "prenom": "open", "a": "\u20ac 4155557890", "\u20ac": "open"}', U&'pr\00e9nom => name, a => cards');
SELECT ccpii.mask_json(U&'{"pr\00e9nom": "Ren\00e9e", "a": "4155557890 \00e9"}', U&'pr\00e9nom => name, a => digits(4)')::text
	= U&'{"pr\00e9nom": "****", "a": "****"}';
SELECT ccpii.mask_jsonb(U&'{"pr\00e9nom": "Ren\00e9e", "a": "4155557890 \00e9", "b": "b\00e9"}', U&'pr\00e9nom => name, a => digits(4)')
	= U&'{"pr\00e9nom": "****", "a": "****", "b": "b\00e9"}'::jsonb;
\connect :home
DROP DATABASE ccpii_regression_latin1 WITH (FORCE);

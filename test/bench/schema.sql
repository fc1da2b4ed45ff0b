-- What test/bench/run measures, in a database of its own; :rows customers.
-- Everything is computed from the row's number: two runs see the same bytes.
\set ON_ERROR_STOP on
SET client_min_messages = warning;

CREATE EXTENSION ccpii;
CREATE ROLE bench_clear LOGIN;
CREATE ROLE bench_masked LOGIN;
GRANT pg_write_server_files, pg_read_all_stats TO bench_clear, bench_masked;
SECURITY LABEL FOR ccpii ON ROLE bench_clear IS 'CLEAR';
SECURITY LABEL FOR ccpii ON ROLE bench_masked IS 'MASKED';
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO bench_clear, bench_masked;

/*
 * One name in eight is not ASCII; numbers are written in five ways.
 */
CREATE FUNCTION pick(number bigint, words text[]) RETURNS text
	LANGUAGE sql IMMUTABLE
	RETURN words[1 + number % cardinality(words)];

CREATE TABLE customers AS
SELECT g AS id,
	CASE g % 5
		WHEN 0 THEN format('+1 %s-555-%s', 201 + g % 780, lpad((g * 7919 % 10000)::text, 4, '0'))
		WHEN 1 THEN format('(%s) 555-%s', 201 + g % 780, lpad((g * 7919 % 10000)::text, 4, '0'))
		WHEN 2 THEN format('+1%s%s', 201 + g % 780, 2000000 + g * 7919 % 8000000)
		WHEN 3 THEN format('+49 30 %s', 10000000 + g * 7919 % 90000000)
		ELSE format('%s.555.%s', 201 + g % 780, lpad((g * 7919 % 10000)::text, 4, '0'))
	END AS phone,
	format('%s.%s%s@%s',
		pick(g, '{mary,john,linda,james,aisha,wei,sofia,omar,ingrid,pavel,noor,lucas,emma}'),
		pick(g / 13, '{smith,jones,garcia,chen,mueller,okafor,silva,novak,haddad,kim,rossi}'),
		g,
		pick(g / 7, '{example.com,mail.example.org,customers.example.net,example.co.uk}')) AS email,
	format('%s %s',
		pick(g, '{Mary,John,Linda,James,Aisha,Zoë,Sofia,Omar,Ingrid,Pavel,Noor,Lucas,Emma,Łukasz}'),
		pick(g / 13, '{Smith,Jones,"Garcia Lopez",Chen,Mueller,Okafor,Silva,Novak,Haddad,Kim,Rossi}')) AS name,
	pick(g / 3, '{open,pending,resolved}') AS status,
	pick(g / 5, '{"New York",Berlin,Lagos,"São Paulo",Seoul,Madrid}') AS city,
	timestamptz '2024-01-01 00:00 UTC' + g * interval '37 seconds' AS created_at
FROM generate_series(1, :rows::bigint) g;
ALTER TABLE customers ADD PRIMARY KEY (id);

-- The same table without labels.
CREATE TABLE customers_unlabelled AS TABLE customers;
ALTER TABLE customers_unlabelled ADD PRIMARY KEY (id);

SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS 'MASKED AS email';
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';

-- And with the type masked_text instead of labels.
CREATE TABLE customers_typed (id bigint PRIMARY KEY, phone ccpii.masked_text(phone), email ccpii.masked_text(email),
	name ccpii.masked_text(name), status text, city text, created_at timestamptz);
INSERT INTO customers_typed TABLE customers;

/*
 * What people write by hand instead; read by bench_clear.
 */
CREATE VIEW customers_overlay WITH (security_barrier) AS
SELECT id,
	overlay(phone PLACING repeat('X', length(phone) - 4) FROM 1 FOR length(phone) - 4) AS phone,
	'****@' || split_part(email, '@', 2) AS email,
	left(name, 1) || '***' AS name
FROM customers;

CREATE VIEW customers_regexp WITH (security_barrier) AS
SELECT id,
	regexp_replace(phone, '[0-9](?=([^0-9]*[0-9]){4})', 'X', 'g') AS phone,
	regexp_replace(email, '^[^@]+@', '****@') AS email,
	regexp_replace(name, '(\w)\w*', '\1***', 'g') AS name
FROM customers;

/*
 * ORDER BY a masked column: with an index on the mask, and without.
 */
CREATE TABLE sorted AS
SELECT id, phone FROM customers_unlabelled WHERE id <= 300000;
CREATE TABLE sorted_unindexed AS TABLE sorted;
SECURITY LABEL FOR ccpii ON COLUMN sorted.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN sorted_unindexed.phone IS 'MASKED AS phone';
CREATE INDEX ON sorted (ccpii.mask_phone(phone));

/*
 * What is written: through the guard, and to a twin without labels; and what
 * was read, to be written back to rows that are kept as they are.
 */
CREATE TABLE written AS
SELECT id, phone, email, name, status FROM customers_unlabelled WHERE id <= 50000;
ALTER TABLE written ADD PRIMARY KEY (id);
CREATE TABLE read_clear (LIKE written INCLUDING ALL);
CREATE TABLE read_masked (LIKE written INCLUDING ALL);
CREATE TABLE written_unlabelled (LIKE written INCLUDING ALL);
CREATE TABLE kept_unlabelled (LIKE written INCLUDING ALL);
CREATE TABLE kept (LIKE written INCLUDING ALL);
INSERT INTO read_masked
SELECT id, ccpii.mask_phone(phone), ccpii.mask_email(email), ccpii.mask_name(name), status FROM written;
SELECT format('INSERT INTO %I TABLE written', name)
FROM unnest('{read_clear,written_unlabelled,kept_unlabelled,kept}'::text[]) name \gexec
SELECT format('SECURITY LABEL FOR ccpii ON COLUMN %I.%I IS %L', name, mask, 'MASKED AS ' || mask)
FROM unnest('{written,kept}'::text[]) name, unnest('{phone,email,name}'::text[]) mask \gexec
GRANT UPDATE ON written, written_unlabelled, kept, kept_unlabelled TO bench_clear, bench_masked;

/*
 * A table for each mask.
 */
SELECT ccpii.pii_attribute_add('@user_name', 'name') \g /dev/null
CREATE TABLE samples (mask text, label text, value text);
INSERT INTO samples VALUES
	('phone', 'phone', 'phone'),
	('email', 'email', 'email'),
	('name', 'name', 'name'),
	('full', 'full', 'name'),
	('null', 'null', 'name'),
	('constant', 'constant(''hidden'')', 'name'),
	('partial', 'partial(2, ''*'', 2)', 'phone'),
	('hash', 'hash', 'email'),
	('card', 'card', 'format(''411111111111%s'', 1000 + id % 9000)'),
	('digits', 'digits(6)', 'format(''Hello, %s here, order %s came late; call %s.'', name, id * 7919, phone)'),
	('cards', 'cards', 'format(''Card 4111111111111111, order %s for %s.'', id * 7919, city)'),
	('year', 'year', 'created_at'),
	('month', 'month', 'created_at'),
	('attributes', 'attributes', 'jsonb_build_object(''@user_name'', name, ''vip'', true, ''city'', city)'),
	('jsonb', 'jsonb(''contact.phone'' => phone)',
		'jsonb_build_object(''contact'', jsonb_build_object(''phone'', phone, ''city'', city))');
SELECT format('CREATE TABLE sample_%s AS SELECT %s AS value FROM customers_unlabelled WHERE id <= %s',
	mask, value, :rows / 5) FROM samples \gexec
SELECT format('SECURITY LABEL FOR ccpii ON COLUMN sample_%s.value IS %L', mask, 'MASKED AS ' || label)
FROM samples \gexec

/*
 * What a larger site has labelled: 1,000 tables of twelve columns, five of them
 * with labels, one of these with a condition.
 */
CREATE SCHEMA site;
SELECT format('CREATE TABLE site.t%s (id int PRIMARY KEY, phone text, email text, name text, note text,
	attributes jsonb, status text, city text, country text, score int, created_at date, updated_at date)', g)
FROM generate_series(1, 1000) g \gexec
SELECT format('SECURITY LABEL FOR ccpii ON COLUMN site.t%s.%I IS %L', g, c, l)
FROM generate_series(1, 1000) g,
	(VALUES ('phone', 'MASKED AS phone SEARCHABLE'), ('email', 'MASKED AS email UNLESS bench_clear'),
		('name', 'MASKED AS name WHEN (status = ''resolved'')'), ('note', 'MASKED AS cards'),
		('attributes', 'MASKED AS attributes')) l(c, l)
ORDER BY g \gexec
GRANT USAGE ON SCHEMA site TO bench_masked;
GRANT SELECT ON ALL TABLES IN SCHEMA site TO bench_masked;

/*
 * The same rows for bench_masked, by a policy and by a row rule.
 */
CREATE TABLE by_policy AS TABLE customers_unlabelled;
CREATE TABLE by_rule AS TABLE customers_unlabelled;
ALTER TABLE by_policy ADD PRIMARY KEY (id), ENABLE ROW LEVEL SECURITY;
ALTER TABLE by_rule ADD PRIMARY KEY (id), ENABLE ROW LEVEL SECURITY;
CREATE POLICY open ON by_policy TO bench_masked USING (status = 'open');
SECURITY LABEL FOR ccpii ON TABLE by_rule IS $$VISIBLE TO bench_masked WHEN (status = 'open')$$;

/*
 * Messages of 43 bytes, one in eight with a number of seven digits or more.
 */
CREATE TABLE messages AS
SELECT rpad(CASE g % 8 WHEN 0 THEN 'please call me on ' || phone ELSE 'order ' || g % 997 || ' is late, can you help' END
	|| ' thank you for your patience', 43) AS body
FROM (SELECT id AS g, phone FROM customers_unlabelled) c;

/*
 * What no label touches: for planning.
 */
CREATE TABLE product (id int PRIMARY KEY, title text, price numeric);
CREATE TABLE purchase (id int PRIMARY KEY, product int REFERENCES product, branch int, bought date);
CREATE TABLE branch (id int PRIMARY KEY, title text, region text);
INSERT INTO product SELECT g, 'product ' || g, g FROM generate_series(1, 100) g;
INSERT INTO branch SELECT g, 'branch ' || g, 'region ' || g % 7 FROM generate_series(1, 50) g;
INSERT INTO purchase SELECT g, 1 + g % 100, 1 + g % 50, date '2024-01-01' + g % 365
FROM generate_series(1, 5000) g;

VACUUM (FREEZE, ANALYZE);
CHECKPOINT;

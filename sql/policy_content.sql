-- Promise: content_sample counts how many values of the columns without a rule
-- look like personal data, shows none of them, runs nobody's code, and is for
-- ccpii_admin only.

\pset format unaligned
\pset tuples_only on
\pset null (null)
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE SCHEMA regress_ccpii_content;
SET search_path = regress_ccpii_content;
CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_admin;
GRANT ccpii_admin TO regress_ccpii_admin;

-- Whole values: column number, sampled, e-mail addresses, telephones, cards,
-- bare numbers, then those that hold an e-mail address, a card number (in json
-- a telephone too), a long number.
CREATE FUNCTION look(text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	CREATE TABLE seen (value text);
	INSERT INTO seen SELECT unnest($1);
	SELECT s::text INTO result FROM ccpii.content_sample('regress_ccpii_content.seen'::regclass, 100) s;
	DROP TABLE seen;
	RETURN result;
END
$$;
SELECT look('{}');
SELECT look(ARRAY[NULL, '', '   ']);
SELECT look(ARRAY['jane.doe@example.com', ' jane@example.com ', 'jane@example', '@jane', 'a@b@c']);
SELECT look(ARRAY['+1 415-555-7890', '(415) 555-7890', '415.555.7890', '0171 / 2345678', '555-7890', '+14155557890', '00491712345678']);
SELECT look(ARRAY['4111 1111 1111 1111', '4111-1111-1111-1111', '4111111111111111', '378282246310005']);
SELECT look(ARRAY['4155557890', '14155557890']);

-- What is none of these, though the masks would take it for one: dates, times,
-- amounts, addresses of machines, numbers of orders, codes (of which six hold
-- seven digits or more in a row), and what is masked already.
SELECT look(ARRAY['2024-05-06', '06.05.2024', '6/5/2024', '2024-05-06 12', '20240506', '1234567.89', '-1234567', '1.234.567',
	'10.250.100.200', '2024-000123', '94107-1234', '123456789', '1234567', 'ABC-1234567']);
SELECT look(ARRAY['****@example.com', '+X XXX-XXX-7890', '************1111', '****']);

-- Inside of running text.  A value that is one thing holds nothing else.
SELECT look(ARRAY['Write to Jane <jane@example.com>!', 'mail jane@example.com.', 'no address @ all']);
SELECT look(ARRAY['card 4111111111111111, please', 'order 1234567', 'order 123456', 'card 4111111111111112']);
SELECT look(ARRAY[repeat('x', 5000) || ' jane@example.com']);  -- too far in to be seen

-- json: strings at any depth; a key counts like a value.
CREATE TABLE doc (j json, b jsonb);
INSERT INTO doc SELECT v::json, v::jsonb FROM unnest(ARRAY[
	'{"a": [{"mail": "jane@example.com"}]}', '{"phone": "+1 415-555-7890"}', '{"card": "4111 1111 1111 1111"}',
	'{"note": "call jane@example.com"}', '{"plan": "gold", "n": 1234567}', '{"jane@example.com": true}', 'null', '[]']) v;
SELECT * FROM ccpii.content_sample('doc'::regclass, 100);

-- Other types are not looked at; nor are columns that have a rule, whoever
-- asks; domains and char(n) are text.
CREATE DOMAIN word AS varchar(40);
CREATE TABLE customer (id bigint, mail word, code char(30), gone text, born date, tags text[], phone text, raw bytea, secret text);
ALTER TABLE customer DROP COLUMN gone;
SECURITY LABEL FOR ccpii ON COLUMN customer.secret IS 'MASKED';
INSERT INTO customer SELECT g, 'jane' || g || '@example.com', '+1 415-555-7' || g, now(), ARRAY['x'], '+1 415-555-7' || g, 'x', 'jane@example.com'
	FROM generate_series(100, 999) g;
SELECT * FROM ccpii.content_sample('customer'::regclass, 100) ORDER BY 1;

-- The caller need not be able to read the table, and row security is no bound.
ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer FORCE ROW LEVEL SECURITY;
SET ROLE regress_ccpii_admin;
SELECT s.* FROM pg_class c, ccpii.content_sample(c.oid, 100) s WHERE c.relname = 'customer' ORDER BY 1;
SET ROLE regress_ccpii_agent;
SELECT * FROM ccpii.content_sample(0, 100);  -- fails: not ccpii_admin
RESET ROLE;

-- As many rows as asked for, from all over a table that is large; none for 0.
CREATE TABLE large AS SELECT CASE WHEN g > 8000 THEN 'jane@example.com' ELSE 'x' END AS v, repeat('y', 1000) AS pad
	FROM generate_series(1, 10000) g;
SELECT sampled, emails BETWEEN 10 AND 40 FROM ccpii.content_sample('large'::regclass, 100) WHERE column_number = 1;
SELECT sampled FROM ccpii.content_sample('large'::regclass, 1) WHERE column_number = 1;
SELECT column_number, sampled FROM ccpii.content_sample('large'::regclass, 0);
DELETE FROM large WHERE v = 'x';
SELECT sampled > 0 AND sampled = emails FROM ccpii.content_sample('large'::regclass, 100) WHERE column_number = 1;

-- Partitions are read for their parent, their columns found by name.
CREATE TABLE message (id int, body text, sender text) PARTITION BY LIST (id);
CREATE TABLE message_1 (sender text, body text, id int);
ALTER TABLE message ATTACH PARTITION message_1 FOR VALUES IN (1);
CREATE TABLE message_2 PARTITION OF message FOR VALUES IN (2);
INSERT INTO message VALUES (1, 'hello', 'jane@example.com'), (2, 'card 4111111111111111', 'jane@example.com');
SELECT * FROM ccpii.content_sample('message'::regclass, 100) ORDER BY 1;

-- Views, and materialized views without data, have nothing to read.
CREATE VIEW list AS SELECT mail FROM customer;
CREATE MATERIALIZED VIEW empty AS SELECT mail FROM customer WITH NO DATA;
CREATE MATERIALIZED VIEW full_ AS SELECT mail FROM customer;
SELECT * FROM ccpii.content_sample('list'::regclass, 100);
SELECT * FROM ccpii.content_sample('empty'::regclass, 100);
SELECT * FROM ccpii.content_sample('full_'::regclass, 100);

-- Constraints and policies do not run.
CREATE FUNCTION shout(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'code ran'; END $$;
CREATE TABLE trap (v text);
INSERT INTO trap VALUES ('jane@example.com');
ALTER TABLE trap ADD CONSTRAINT loud CHECK (shout(v)) NOT VALID;
ALTER TABLE trap ENABLE ROW LEVEL SECURITY;
CREATE POLICY loud ON trap USING (shout(v));
SET ROLE regress_ccpii_admin;
SELECT s.* FROM pg_class c, ccpii.content_sample(c.oid, 100) s WHERE c.relname = 'trap';
RESET ROLE;

-- Wrong arguments; a relation that is not there has no columns.
SELECT * FROM ccpii.content_sample('doc'::regclass, -1);  -- fails: too few
SELECT * FROM ccpii.content_sample('doc'::regclass, 10001);  -- fails: too many
SELECT * FROM ccpii.content_sample(0, 100);
SELECT * FROM ccpii.content_sample(NULL, 100);

DROP SCHEMA regress_ccpii_content CASCADE;
DROP ROLE regress_ccpii_agent, regress_ccpii_admin;

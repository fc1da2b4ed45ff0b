-- Promise: views, rules and row-security policies hide nothing from the masks;
-- for a masked reader only a TRUSTED view reads raw values, and a policy as far
-- as the owner of its relation does.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_view AUTHORIZATION regress_ccpii_owner;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_view TO regress_ccpii_reader;
SET search_path = regress_ccpii_view;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int PRIMARY KEY, name text, phone text, owner text);
INSERT INTO customers VALUES (1, 'Ada Lovelace', '415-555-7890', 'regress_ccpii_reader'), (2, 'Grace Hopper', '212-555-7890', 'regress_ccpii_reader'),
	(3, 'Alan Turing', '415-555-1234', 'somebody'), (4, NULL, NULL, NULL);
CREATE TABLE orders (id int PRIMARY KEY, customer int, phone text);
INSERT INTO orders VALUES (10, 1, '415-555-7890'), (11, 3, '212-555-0000');
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';

--
-- Views
--
SET ROLE regress_ccpii_owner;
CREATE VIEW plain AS SELECT * FROM customers;
CREATE VIEW barrier WITH (security_barrier) AS SELECT id, name, phone FROM customers WHERE phone IS NOT NULL;
CREATE VIEW nested AS SELECT p.phone AS number, p, b.name FROM plain p JOIN barrier b USING (id);
CREATE VIEW search AS SELECT id, phone LIKE '415%' AS is_415, phone || '' AS copy FROM customers WHERE phone LIKE '415%';
CREATE VIEW totals AS SELECT left(phone, 3) AS area, count(*) AS n FROM customers GROUP BY 1;
CREATE VIEW latest AS WITH c AS (SELECT * FROM customers) SELECT DISTINCT ON (phone) c.id, c.phone FROM c ORDER BY phone, id;
CREATE VIEW joined (order_id, phone, customer) AS SELECT o.id, c.phone, c FROM orders o LEFT JOIN customers c ON c.id = o.customer;
CREATE RECURSIVE VIEW chain (id, phone) AS SELECT id, phone FROM customers WHERE id = 1 UNION ALL SELECT c.id, c.phone FROM customers c JOIN chain ON c.id = chain.id + 1;
GRANT SELECT ON plain, barrier, nested, search, totals, latest, joined, chain TO regress_ccpii_reader;
RESET ROLE;
SET ROLE regress_ccpii_reader;
SELECT * FROM customers;  -- fails: no grant; the views have one
SELECT * FROM plain ORDER BY id;
SELECT p, (p).phone FROM plain p ORDER BY id;
SELECT * FROM barrier ORDER BY id;
SELECT id FROM barrier WHERE phone LIKE '415%';
SELECT id FROM barrier WHERE phone = 'XXX-XXX-7890' ORDER BY id;
SELECT * FROM nested ORDER BY number, name;
SELECT * FROM search;
SELECT * FROM totals ORDER BY 1;
SELECT * FROM latest ORDER BY id;
SELECT * FROM joined ORDER BY order_id;
SELECT * FROM chain ORDER BY id;
SELECT (SELECT phone FROM plain q WHERE q.id = p.id), (SELECT p) FROM plain p WHERE id = 1;
-- His own view on top, and one on what he may read.
CREATE VIEW mine AS SELECT * FROM plain WHERE phone LIKE '%7890';
SELECT id, phone FROM mine ORDER BY id;
CREATE TEMP VIEW mine_too AS SELECT upper(name) AS name FROM mine;
SELECT * FROM mine_too ORDER BY 1;
DROP VIEW mine_too, mine;
RESET ROLE;
-- With the rights of the invoker.
CREATE VIEW invoker WITH (security_invoker) AS SELECT id, phone FROM customers;
GRANT SELECT ON invoker, customers TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
SELECT * FROM invoker ORDER BY id;
RESET ROLE;
REVOKE SELECT ON customers FROM regress_ccpii_reader;

-- Labels of a view's columns: what it shows is masked once more.
SECURITY LABEL FOR ccpii ON COLUMN plain.owner IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN plain.phone IS 'MASKED AS digits(3)';
SECURITY LABEL FOR ccpii ON COLUMN totals.n IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN search.copy IS 'CLEAR';
SET ROLE regress_ccpii_reader;
SELECT * FROM plain ORDER BY id;
SELECT p FROM plain p WHERE p.owner IS NOT NULL ORDER BY id;
SELECT * FROM nested ORDER BY number, name;
SELECT * FROM totals ORDER BY 1;
SELECT * FROM search;
SELECT o.id, p, p.owner FROM (VALUES (1), (9)) o (id) LEFT JOIN plain p USING (id) ORDER BY 1;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN plain.phone IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN plain.owner IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN search.copy IS NULL;

-- TRUSTED: the inside is raw, the output is the view's.
SECURITY LABEL FOR ccpii ON VIEW totals IS 'TRUSTED';
SECURITY LABEL FOR ccpii ON VIEW search IS 'TRUSTED';
SECURITY LABEL FOR ccpii ON COLUMN search.copy IS 'MASKED AS phone';
SET ROLE regress_ccpii_reader;
SELECT * FROM totals ORDER BY 1;
SELECT area FROM totals WHERE area = '415';
SELECT t FROM totals t ORDER BY area;
SELECT * FROM search ORDER BY id;
SELECT id FROM search WHERE copy = '415-555-7890';
SELECT s, (SELECT max(p.phone) FROM plain p) FROM search s ORDER BY id;
CREATE VIEW on_top AS SELECT area FROM totals;
SELECT * FROM on_top ORDER BY 1;
DROP VIEW on_top;
RESET ROLE;
-- What stands beside a trusted view, or is put into it, is masked.
SECURITY LABEL FOR ccpii ON VIEW nested IS 'TRUSTED';
SET ROLE regress_ccpii_reader;
SELECT n.number, p.phone FROM nested n JOIN plain p ON p.id = (n.p).id ORDER BY p.id;
SELECT * FROM plain p WHERE EXISTS (SELECT FROM nested n WHERE n.number = p.phone);
RESET ROLE;
SECURITY LABEL FOR ccpii ON VIEW nested IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN totals.n IS NULL;
SECURITY LABEL FOR ccpii ON VIEW search IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN search.copy IS NULL;
SECURITY LABEL FOR ccpii ON VIEW totals IS NULL;
SET ROLE regress_ccpii_reader;
SELECT * FROM totals ORDER BY 1;
RESET ROLE;

--
-- Views that can be written
--
SET ROLE regress_ccpii_owner;
CREATE VIEW open AS SELECT id, phone, owner FROM customers WHERE owner = 'somebody' WITH CHECK OPTION;
CREATE VIEW local AS SELECT id, phone, owner FROM customers WHERE phone LIKE '415%' WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT, UPDATE, DELETE ON open, local TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
INSERT INTO open VALUES (5, '415-555-5555', 'somebody') RETURNING *;
INSERT INTO open VALUES (6, '415-555-6666', 'me');  -- fails: the view's check
UPDATE open SET id = 7 WHERE id = 5 RETURNING *;
UPDATE open SET phone = phone || '1' WHERE id = 7;  -- fails: made of a mask
UPDATE open SET owner = 'me' WHERE id = 7;  -- fails: the view's check
DELETE FROM open WHERE id = 7 RETURNING *;
-- The condition of a view is on masks: no mask is like 415%.
SELECT * FROM local;
INSERT INTO local VALUES (8, '415-555-8888', 'me');  -- fails: it would not show in the view
UPDATE local SET owner = 'me';
DELETE FROM local;
RESET ROLE;
SELECT count(*) FROM customers;
-- INSTEAD OF triggers get the rows that the reader sees, and no updates, which
-- they would write back masked.
CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING '% old % new %', TG_OP, OLD, NEW; RETURN coalesce(NEW, OLD); END $$;
SET ROLE regress_ccpii_reader;
CREATE VIEW mine AS SELECT * FROM plain;
CREATE TRIGGER spy INSTEAD OF INSERT OR UPDATE OR DELETE ON mine FOR EACH ROW EXECUTE FUNCTION spy();
INSERT INTO mine VALUES (30, 'Eve', '415-555-0030') RETURNING phone, name;
UPDATE mine SET owner = 'me' WHERE id = 1;  -- fails: masks
UPDATE mine SET phone = 'x' WHERE phone LIKE '%1234' RETURNING id;  -- fails: masks
DELETE FROM mine WHERE id = 1 RETURNING mine;
DROP VIEW mine;
RESET ROLE;
SELECT * FROM customers ORDER BY id;
-- A trusted view has its condition on raw values.
SECURITY LABEL FOR ccpii ON VIEW local IS 'TRUSTED';
SET ROLE regress_ccpii_reader;
SELECT id, owner FROM local ORDER BY id;
RESET ROLE;
SECURITY LABEL FOR ccpii ON VIEW local IS NULL;

-- Labels of a view's own columns hold for what is written through it, too:
-- masked or refused, but never shown.
CREATE TABLE base (id int PRIMARY KEY, phone text, status text);
INSERT INTO base VALUES (1, '415-555-7890', 'open'), (2, '212-555-7890', 'open');
CREATE VIEW labelled AS SELECT id, status, phone AS number FROM base;
CREATE VIEW over_labelled AS SELECT number, id, status FROM labelled WHERE id > 0;
GRANT ALL ON labelled, over_labelled TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN labelled.number IS 'MASKED AS phone';
CREATE FUNCTION shows_raw(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	r record;
	result boolean := false;
BEGIN
	FOR r IN EXECUTE statement LOOP
		result := result OR r::text ~ '415-555|hit';
	END LOOP;
	RAISE SQLSTATE 'RB000';
EXCEPTION WHEN SQLSTATE 'RB000' THEN
	RETURN result;
WHEN insufficient_privilege THEN
	RETURN false;
END
$$;
SET ROLE regress_ccpii_reader;
SELECT * FROM labelled ORDER BY id;
SELECT statement, shows_raw(replace(statement, '@', view)) FROM unnest(ARRAY['labelled', 'over_labelled']) view, unnest(ARRAY[
	'UPDATE @ SET status = ''x'' WHERE id = 1 RETURNING number', 'UPDATE @ SET status = ''x'' WHERE id = 1 RETURNING @',
	'UPDATE @ SET status = number WHERE id = 1 RETURNING status', 'UPDATE @ SET status = ''hit'' WHERE number LIKE ''415%'' RETURNING status',
	'UPDATE @ SET number = ''hit'' WHERE id = 1 RETURNING ''hit''', 'DELETE FROM @ RETURNING *', 'DELETE FROM @ WHERE number = ''415-555-7890'' RETURNING ''hit''',
	'INSERT INTO @ (id, number) VALUES (3, ''415-555-0003'') RETURNING number',
	'INSERT INTO @ (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET status = @.number RETURNING status, number']) WITH ORDINALITY s (statement, n) ORDER BY view, n;
RESET ROLE;
SELECT * FROM base ORDER BY id;

--
-- Rules
--
SET ROLE regress_ccpii_owner;
CREATE TABLE log (what text);
GRANT ALL ON log TO regress_ccpii_reader;
CREATE VIEW guarded AS SELECT id, phone FROM customers;
CREATE RULE insert_guarded AS ON INSERT TO guarded DO INSTEAD INSERT INTO log SELECT 'insert ' || NEW.id || ' beside ' || phone FROM customers WHERE id = 1;
CREATE RULE update_guarded AS ON UPDATE TO guarded DO INSTEAD INSERT INTO log VALUES ('update of ' || OLD.phone || ' to ' || NEW.phone);
CREATE RULE delete_guarded AS ON DELETE TO guarded DO INSTEAD INSERT INTO log VALUES ('delete of ' || OLD.phone) RETURNING NULL::int, what;
GRANT SELECT, INSERT, UPDATE, DELETE ON guarded TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
INSERT INTO guarded VALUES (9, '415');  -- fails: the rule would store a mask
UPDATE guarded SET id = 3 WHERE id = 2;  -- fails: likewise
DELETE FROM guarded WHERE id = 3 RETURNING *;  -- fails: likewise
SELECT * FROM log ORDER BY 1;
RESET ROLE;
-- A rule of his own on a table of his own.
SET ROLE regress_ccpii_reader;
CREATE TABLE own (id int);
CREATE RULE own_rule AS ON INSERT TO own DO ALSO INSERT INTO log SELECT 'own ' || phone FROM plain WHERE id = NEW.id;
INSERT INTO own VALUES (1);
SELECT * FROM log WHERE what LIKE 'own%';
DROP TABLE own;
RESET ROLE;
TRUNCATE log;

--
-- Row security
--
SET ROLE regress_ccpii_owner;
GRANT ALL ON customers, orders TO regress_ccpii_reader;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY area ON customers FOR SELECT USING (phone LIKE '415%');
CREATE POLICY change ON customers FOR UPDATE USING (phone LIKE '415-555-7%') WITH CHECK (phone LIKE '415%');
CREATE POLICY add ON customers FOR INSERT WITH CHECK (phone LIKE '415%');
CREATE POLICY remove ON customers FOR DELETE USING (name = 'Alan Turing');
RESET ROLE;
SET ROLE regress_ccpii_reader;
SELECT * FROM customers ORDER BY id;
SELECT id FROM customers WHERE phone LIKE '415%';
UPDATE customers SET owner = 'me' RETURNING id, phone;
INSERT INTO customers VALUES (20, 'Eve', '415-555-0020') RETURNING *;
INSERT INTO customers VALUES (21, 'Eve', '212-555-0021');  -- fails: the policy
DELETE FROM customers RETURNING *;
SELECT count(*) FROM customers;
SELECT * FROM plain ORDER BY id;
RESET ROLE;
-- The policy of a relation sees another labelled relation as its own owner
-- does: it is he who wrote it.
SET ROLE regress_ccpii_owner;
DROP POLICY area ON customers;
CREATE POLICY area ON customers FOR SELECT USING (EXISTS (SELECT FROM orders o WHERE o.phone = customers.phone));
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN orders.phone IS 'MASKED';
SET ROLE regress_ccpii_reader;
SELECT id, phone FROM customers ORDER BY id;
RESET ROLE;
-- FORCE: the owner is under his policies too, and still clear.
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
SET ROLE regress_ccpii_owner;
SELECT id, phone FROM customers ORDER BY id;
RESET ROLE;
ALTER TABLE customers NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
-- A masked reader's policy on a table of his own sees masks.
SET ROLE regress_ccpii_reader;
CREATE TABLE probe (guess text);
INSERT INTO probe VALUES ('415-555-7890'), ('212-555-7890'), ('XXX-XXX-7890');
ALTER TABLE probe ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON probe USING (EXISTS (SELECT FROM customers c WHERE c.phone = guess)) WITH CHECK (true);
SELECT * FROM probe;
RESET ROLE;
-- His barrier view with a function that tells is told masks.
SET ROLE regress_ccpii_reader;
CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS 'BEGIN RAISE WARNING ''told %'', $1; RETURN true; END';
SELECT id FROM barrier WHERE tell(phone) AND id = 1;
CREATE VIEW leaky WITH (security_barrier) AS SELECT id FROM customers WHERE tell(name) AND id = 1;
SELECT * FROM leaky;
RESET ROLE;
-- Policies beside a view's own conditions on the same relation.
SET ROLE regress_ccpii_owner;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY area ON customers;
CREATE POLICY area ON customers FOR SELECT USING (phone LIKE '415%');
CREATE VIEW narrow WITH (security_barrier) AS SELECT id, phone FROM customers WHERE phone LIKE 'XXX%' AND id < 20;
GRANT SELECT, UPDATE ON narrow TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
SELECT * FROM narrow ORDER BY id;
SELECT * FROM narrow WHERE phone LIKE '%1' OR id = 1;
UPDATE narrow SET id = id RETURNING *;
RESET ROLE;

DROP SCHEMA regress_ccpii_view CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_reader;

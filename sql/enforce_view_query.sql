-- Promise: where the server masks, a masked view is planned as its relation is,
-- and look-ups go through it; no condition of a reader's sees more than masks;
-- policies of the relation are heeded or the query is refused.

\pset format unaligned
\pset tuples_only on
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_other;
CREATE ROLE regress_ccpii_bypass BYPASSRLS;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_other IS 'CLEAR';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_bypass IS 'CLEAR';
CREATE SCHEMA regress_ccpii_view AUTHORIZATION regress_ccpii_owner;
GRANT ALL ON SCHEMA regress_ccpii_view TO PUBLIC;
SET search_path = regress_ccpii_view;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int PRIMARY KEY, name text, phone text, email text, agent text);
INSERT INTO customers SELECT i, 'Ada Lovelace', format('415-555-%s', 1000 + i), format('ada%s@example.com', i),
		CASE WHEN i % 2 = 0 THEN 'regress_ccpii_agent' ELSE 'somebody' END
	FROM generate_series(1, 2000) i;
CREATE INDEX phones ON customers (phone);
CREATE INDEX emails ON customers (ccpii.mask_email(email));
CREATE TABLE orders (id int PRIMARY KEY, customer int, mail text);
INSERT INTO orders SELECT i, i, 'x' FROM generate_series(1, 100) i;
ANALYZE customers, orders;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS 'MASKED AS email';
SELECT ccpii.masked_view_create('customers', 'shown');
GRANT SELECT, INSERT, UPDATE, DELETE ON shown, orders TO PUBLIC;
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query;
END
$$;
-- Is the plan on the view the one on the relation?  EXPLAIN may name it once more.
CREATE FUNCTION same_plan(query text) RETURNS boolean LANGUAGE sql AS $$
	SELECT (SELECT array_agg(replace(p, 'customers.', '')) FROM regress_ccpii_view.plan(format(query, 'customers')) p)
		= (SELECT array_agg(replace(p, 'customers.', '')) FROM regress_ccpii_view.plan(format(query, 'shown')) p)
$$;
SET enable_bitmapscan = off;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET ccpii.lookups_per_minute = 1000;

--
-- Plans
--
GRANT SELECT, INSERT, UPDATE, DELETE ON customers TO regress_ccpii_agent, regress_ccpii_other;
CREATE TABLE queries (number serial, query text);
GRANT SELECT ON queries TO PUBLIC;
INSERT INTO queries (query) VALUES
	('SELECT * FROM %s'),
	('SELECT * FROM %s ORDER BY id LIMIT 3'),
	('SELECT * FROM %s WHERE id = 5'),
	('SELECT * FROM %s WHERE id BETWEEN 5 AND 7 AND phone LIKE ''X%%'''),
	('SELECT id FROM %s WHERE phone = ''415-555-1007'''),
	('SELECT id, phone FROM %s WHERE email = ''****@example.com'''),
	('SELECT count(*) FROM %s GROUP BY name'),
	('SELECT id, phone FROM orders o JOIN %s USING (id) WHERE id = 3'),
	('SELECT o.id, phone FROM orders o LEFT JOIN %s USING (id) WHERE o.id < 4'),
	('SELECT o.id FROM orders o WHERE EXISTS (SELECT FROM %s WHERE mail = email AND phone LIKE ''X%%'')'),
	('UPDATE %s SET agent = ''x'' WHERE id = 5'),
	('DELETE FROM %s WHERE id = 5 RETURNING phone'),
	('INSERT INTO %s (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET agent = ''x''');
SET ROLE regress_ccpii_agent;
SELECT number, same_plan(query) FROM queries ORDER BY number;
SET ROLE regress_ccpii_other;
SELECT number, same_plan(query) FROM queries ORDER BY number;
RESET ROLE;
REVOKE ALL ON customers FROM regress_ccpii_agent, regress_ccpii_other;
SET ROLE regress_ccpii_agent;
SELECT plan('SELECT * FROM shown ORDER BY id LIMIT 3');
SELECT plan('SELECT o.id, phone FROM orders o JOIN shown c ON c.id = o.customer WHERE o.id = 3');
SELECT plan('SELECT id FROM shown WHERE phone = ''415-555-1007''');
SELECT plan('UPDATE shown SET agent = ''x'' WHERE id = 5');

-- Look-ups through the view, wherever they find what they find on the relation.
SELECT id, phone FROM shown WHERE phone = '415-555-1007';
SELECT id, phone FROM shown WHERE '415-555-1007' = phone AND id > 0;
SELECT id FROM shown WHERE phone = '415-555-1007' AND phone = '415-555-1008';
SELECT o.id, s.phone FROM orders o JOIN shown s ON s.id = o.customer WHERE s.phone = '415-555-1007';
SELECT o.id, s.phone FROM orders o LEFT JOIN shown s ON s.id = o.customer WHERE s.phone = '415-555-1007';
SELECT o.id, s.phone FROM shown s RIGHT JOIN orders o ON s.id = o.customer WHERE s.phone = '415-555-1007';
SELECT count(*) FROM orders o FULL JOIN shown s ON s.id = o.customer WHERE s.phone = '415-555-1007';
SELECT o.id, s.phone FROM shown s LEFT JOIN orders o ON s.id = o.customer WHERE s.phone = '415-555-1007';
SELECT count(*) FROM (SELECT * FROM shown s WHERE s.phone = '415-555-1007') x;
PREPARE find (text) AS SELECT id FROM shown WHERE phone = $1;
EXECUTE find ('415-555-1007');
EXECUTE find ('nobody');
-- And nowhere else.
SELECT id FROM shown WHERE phone IN ('415-555-1007', '415-555-1008');
SELECT id FROM shown WHERE phone = '415-555-1007' OR id = 0;
SELECT id FROM shown WHERE NOT phone <> '415-555-1007';
SELECT id FROM shown WHERE phone = (SELECT '415-555-1007');
SELECT id FROM shown WHERE email = 'ada7@example.com';
SELECT count(*) FROM orders o LEFT JOIN shown s ON s.id = o.customer AND s.phone = '415-555-1007' WHERE s.id IS NOT NULL;
UPDATE shown SET agent = 'x' WHERE phone = '415-555-1007';
SELECT s.phone = '415-555-1007' FROM shown s WHERE id = 7;
-- They are counted as on the relation.
RESET ROLE;
SET ccpii.lookups_per_minute = 1;
SET ROLE regress_ccpii_agent;
\set VERBOSITY terse
SELECT id FROM shown WHERE phone = '415-555-1007';  -- fails: more than one
\set VERBOSITY default
SELECT id FROM shown WHERE phone LIKE '415-555-1007';
RESET ROLE;
SET ccpii.lookups_per_minute = 1000;
SET ROLE regress_ccpii_agent;
DEALLOCATE find;

-- What a reader brings along sees masks, early or late.
CREATE FUNCTION leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE WARNING 'seen: %', $1; RETURN true; END $$;
SELECT id FROM shown WHERE leak(phone) AND id = 7;
SELECT id FROM shown WHERE leak(shown::text) AND id = 7;
RESET ROLE;

-- Only what masked_view_create() makes is opened: a barrier that somebody put
-- there stays.
SET ROLE regress_ccpii_owner;
CREATE OR REPLACE VIEW shown WITH (security_barrier) AS SELECT * FROM customers WHERE ccpii.is_enforcing() AND agent = current_user;
SET ROLE regress_ccpii_agent;
SELECT count(*) FROM shown;
SELECT count(*) FROM shown WHERE leak(agent || id) AND id < 3;
SELECT plan('SELECT * FROM shown WHERE id = 5');
UPDATE shown SET name = name WHERE leak(agent || id) AND id < 3;
UPDATE shown SET id = id WHERE leak(agent || id) AND id < 3 RETURNING id;
RESET ROLE;
SELECT ccpii.masked_view_refresh('shown');

--
-- Native policies: the view reads as the owner
--
CREATE POLICY mine ON customers USING (agent = current_user);
SET ROLE regress_ccpii_agent;
SELECT count(*) FROM shown;
SET ROLE regress_ccpii_owner;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
SELECT count(*) FROM shown;
SET ROLE regress_ccpii_bypass;
SELECT count(*) FROM shown;
SET ROLE regress_ccpii_agent;
SELECT count(*) FROM shown;  -- fails: the policy would be passed over
SELECT 1 WHERE EXISTS (SELECT FROM shown);  -- fails: the same
UPDATE shown SET agent = 'x';  -- fails: the same
DELETE FROM shown;  -- fails: the same
INSERT INTO shown (id) VALUES (0);  -- fails: the same
COPY shown TO STDOUT;  -- fails: the same
SET ROLE regress_ccpii_other;
SELECT count(*) FROM shown;  -- fails: the same, also for clear readers
RESET ROLE;
-- A view of somebody else's is none of that: the policy holds for its owner.
GRANT SELECT, UPDATE ON customers TO regress_ccpii_other;
SET ROLE regress_ccpii_other;
CREATE VIEW others WITH (security_barrier) AS SELECT * FROM customers WHERE ccpii.is_enforcing();
GRANT SELECT, UPDATE ON others TO regress_ccpii_agent;
RESET ROLE;
SET check_function_bodies = off;
SET client_min_messages = error;
SECURITY LABEL FOR ccpii ON VIEW others IS 'MASKED VIEW';
RESET check_function_bodies;
SET client_min_messages = warning;
SET ROLE regress_ccpii_agent;
SELECT count(*) FROM others;
UPDATE others SET name = name WHERE id IN (1, 2) RETURNING id;
RESET ROLE;
DROP VIEW others;
REVOKE SELECT, UPDATE ON customers FROM regress_ccpii_other;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
SET ROLE regress_ccpii_agent;
SELECT count(*), count(*) FILTER (WHERE agent = 'regress_ccpii_agent') FROM shown;
SELECT count(*) FROM shown WHERE leak(agent || id) AND id < 3;
UPDATE shown SET agent = 'x' WHERE id = 2;  -- fails: the policy
INSERT INTO shown (id, agent) VALUES (0, 'x');  -- fails: the policy
RESET ROLE;
DROP POLICY mine ON customers;
ALTER TABLE customers NO FORCE ROW LEVEL SECURITY;
-- Row security without a policy keeps the owner's view open, as the server does.
SET ROLE regress_ccpii_agent;
SELECT count(*) FROM shown;
RESET ROLE;

--
-- Row rules: they hold through the view, for raw values, also of hidden columns
--
SECURITY LABEL FOR ccpii ON TABLE customers IS $$VISIBLE TO regress_ccpii_agent WHEN (agent = current_user AND phone > '415-555-2')$$;
GRANT SELECT ON customers TO regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
SELECT count(*), min(id) FROM customers;
SELECT count(*), min(id) FROM shown;
SELECT count(*) FROM (SELECT c::text FROM customers c EXCEPT SELECT s::text FROM shown s) d;
SELECT same_plan('SELECT * FROM %s WHERE id = 1002');
SELECT plan('SELECT id FROM shown WHERE leak(agent) AND id = 1002');
SELECT count(*) FROM shown WHERE leak(agent || id) AND id IN (1, 2, 1002);
PREPARE mine AS SELECT count(*) FROM shown;
EXECUTE mine;
UPDATE shown SET id = id WHERE leak(agent || id) AND id IN (1, 2, 1002) RETURNING id;
DELETE FROM shown WHERE id = 2;
UPDATE shown SET agent = 'x' WHERE id = 1002;  -- fails: it would not be visible
INSERT INTO shown (id, agent, phone) VALUES (0, 'regress_ccpii_agent', '1');  -- fails: the same
INSERT INTO shown (id, agent, phone) VALUES (0, 'regress_ccpii_agent', '5') RETURNING *;
INSERT INTO shown (id, agent, phone) VALUES (2, 'regress_ccpii_agent', '5') ON CONFLICT (id) DO NOTHING;
INSERT INTO shown AS s (id, agent, phone) VALUES (2, 'regress_ccpii_agent', '5') ON CONFLICT (id) DO UPDATE SET agent = s.agent;  -- fails: not visible
INSERT INTO shown AS s (id, agent, phone) VALUES (0, 'regress_ccpii_agent', '5') ON CONFLICT (id) DO UPDATE SET agent = 'x';  -- fails: it would not be visible
INSERT INTO shown AS s (id, agent, phone) VALUES (0, 'regress_ccpii_agent', '5') ON CONFLICT (id) DO UPDATE SET agent = s.agent RETURNING id;
SELECT id FROM shown WHERE phone = '415-555-1007';
SELECT id FROM shown WHERE phone = '5';
CREATE VIEW mine AS SELECT id FROM shown;
SELECT count(*) FROM mine;
DELETE FROM mine;
SET row_security = off;
SELECT count(*) FROM shown;  -- fails: rules would hold
RESET row_security;
COPY (SELECT count(*) FROM shown) TO STDOUT;
RESET ROLE;
SELECT count(*) FROM customers;
-- Whom they do not name they do not hide anything from, nor from owner and superuser.
SET ROLE regress_ccpii_other;
SELECT count(*) FROM shown;
SET ROLE regress_ccpii_owner;
SELECT count(*) FROM shown;
SET ROLE regress_ccpii_bypass;
SELECT count(*) FROM shown;
RESET ROLE;
-- They change at once.
SECURITY LABEL FOR ccpii ON TABLE customers IS 'VISIBLE TO regress_ccpii_agent WHEN (id < 10); VISIBLE TO regress_ccpii_other WHEN (id < 5)';
SET ROLE regress_ccpii_agent;
EXECUTE mine;
SET ROLE regress_ccpii_other;
EXECUTE mine;
SELECT count(*) FROM shown;
-- Also for clear readers, whose functions the planner would take into the query.
CREATE FUNCTION through() RETURNS SETOF int LANGUAGE sql STABLE AS 'SELECT id FROM regress_ccpii_view.shown';
SELECT count(*) FROM through();
PREPARE through AS SELECT count(*) FROM through();
EXECUTE through;
RESET ROLE;
SECURITY LABEL FOR ccpii ON TABLE customers IS NULL;
SET ROLE regress_ccpii_other;
EXECUTE through;
RESET ROLE;
CREATE POLICY mine ON customers USING (agent = current_user);
SET ROLE regress_ccpii_other;
EXECUTE through;  -- fails: the policy would be passed over
RESET ROLE;
DROP POLICY mine ON customers;
ALTER TABLE customers DISABLE ROW LEVEL SECURITY;
SET ROLE regress_ccpii_other;
SELECT plan('SELECT * FROM through() x WHERE x = 5');
EXECUTE through;
RESET ROLE;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE customers IS 'VISIBLE TO regress_ccpii_agent WHEN (id < 10); VISIBLE TO regress_ccpii_other WHEN (id < 5)';
SET ROLE regress_ccpii_other;
EXECUTE through;
RESET ROLE;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
SET ROLE regress_ccpii_agent;
EXECUTE mine;
SELECT plan('SELECT * FROM shown');
RESET ROLE;
DEALLOCATE ALL;

DROP SCHEMA regress_ccpii_view CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_agent, regress_ccpii_other, regress_ccpii_bypass;

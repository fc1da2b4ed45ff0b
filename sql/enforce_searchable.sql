-- Promise: SEARCHABLE finds a row by a whole value that the reader knows, by
-- the index, and in no other way tells of raw values; look-ups are counted,
-- those that find nothing harder, whatever becomes of them.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_searchable;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_searchable TO PUBLIC;
SET search_path = regress_ccpii_searchable;
CREATE TABLE customers (id int PRIMARY KEY, phone text UNIQUE, email varchar(40), number int, hidden text, status text);
INSERT INTO customers SELECT n, '415-555-' || 1000 + n, 'c' || n || '@example.com', 1000 + n, 'h' || n, CASE WHEN n % 2 = 0 THEN 'open' ELSE 'shut' END FROM generate_series(1, 1000) n;
CREATE INDEX ON customers (email);
CREATE INDEX ON customers (number);
CREATE TABLE orders (id int PRIMARY KEY, customer int, phone text);
INSERT INTO orders VALUES (1, 1, '415-555-1001'), (2, 2, '415-555-1002');
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_searchable TO PUBLIC;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS 'MASKED AS email SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customers.number IS 'MASKED SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customers.hidden IS 'MASKED';
ANALYZE customers;

-- Each part of this suite looks up as a login of its own: counts are kept per
-- login, and nothing here waits for them to end.
CREATE FUNCTION login(who name, become_member boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE ROLE %I', 'regress_ccpii_' || who);
	PERFORM set_config('session_authorization', 'regress_ccpii_' || who, false);
END
$$;
CREATE FUNCTION plan(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE false) SELECT id FROM customers WHERE ' || condition LOOP
		lines := lines || E'\n' || line;
	END LOOP;
	RETURN lines;
END
$$;
-- How many look-ups are left.
CREATE FUNCTION remaining() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	n int := 0;
	detail text;
BEGIN
	LOOP
		BEGIN
			PERFORM id FROM customers WHERE phone = '415-555-1007';
		EXCEPTION WHEN program_limit_exceeded THEN
			GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
			RAISE WARNING '%: %', SQLSTATE, detail;
			RETURN n;
		END;
		n := n + 1;
	END LOOP;
END
$$;
SET ccpii.lookups_per_minute = 1000;

--
-- What is found
--
SELECT login('finder');
SELECT id, phone, email FROM customers WHERE phone = '415-555-1007';
SELECT id, phone FROM customers WHERE '415-555-1007' = phone;
SELECT id FROM customers WHERE email = 'c7@example.com';
SELECT id, number FROM customers WHERE number = 1007;
SELECT id FROM customers WHERE number = 1007::bigint;
SELECT id FROM customers WHERE phone = '415-555-' || 1000 + 7;
SELECT id FROM customers WHERE phone = '415-555-1007' AND status = 'shut';
SELECT id FROM customers WHERE phone = '415-555-1007' AND status = 'open';
SELECT id FROM customers WHERE phone = '415-555-1007' AND phone LIKE 'XXX%';
SELECT id FROM customers WHERE phone = '415-555-1007' AND email = 'c7@example.com';
SELECT id FROM customers WHERE phone = '415-555-1007' AND email = 'c8@example.com';
SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer = c.id WHERE c.phone = '415-555-1002';
SELECT c.id FROM orders o LEFT JOIN customers c ON o.customer = c.id WHERE c.phone = '415-555-1002';
SELECT o.id, (SELECT c.id FROM customers c WHERE c.phone = '415-555-1002') FROM orders o ORDER BY 1;
SELECT count(*) FROM orders WHERE customer IN (SELECT id FROM customers WHERE phone = '415-555-1002');
SELECT count(*) FROM (SELECT * FROM customers WHERE phone = '415-555-1007') s;
WITH c AS (SELECT * FROM customers WHERE phone = '415-555-1007') SELECT id, phone FROM c;
PREPARE find (text) AS SELECT id FROM customers WHERE phone = $1;
EXECUTE find ('415-555-1007');
EXECUTE find ('415-555-1008');
EXECUTE find (NULL);
CREATE FUNCTION find(text) RETURNS int LANGUAGE sql STABLE AS 'SELECT id FROM customers WHERE phone = $1';
SELECT find('415-555-1007');
DO $$ DECLARE p text := '415-555-1007'; BEGIN RAISE WARNING 'found %', (SELECT id FROM customers WHERE phone = p); END $$;
SELECT id FROM customers WHERE phone = '415-555-1007' FOR UPDATE;
DECLARE c CURSOR WITH HOLD FOR SELECT id FROM customers WHERE phone = '415-555-1007';
FETCH ALL FROM c;
CLOSE c;
COPY (SELECT id, phone FROM customers WHERE phone = '415-555-1007') TO STDOUT;
DEALLOCATE find;
-- By the index, with a plan and an estimate that tell nothing of the value.
SELECT plan('phone = ''415-555-1007''') LIKE '%Index Scan using customers_phone_key on customers%Index Cond: (phone = %';
SELECT plan('email = ''c7@example.com''') LIKE '%Index Scan using customers_email_idx on customers%Index Cond: ((email)::text = %';
SELECT plan('number = 1007') LIKE '%Index Scan using customers_number_idx on customers%Index Cond: (number = %';
SELECT plan('phone = ''415-555-1007''') = plan('phone = ''999-999-9999'''), plan('number = 1007') = plan('number = 9999'), plan('phone = ''415-555-1007''') LIKE '%415%';

--
-- What is not found: raw values are compared by nothing else
--
SELECT id FROM customers WHERE phone = '415-555-1007' OR id = 0;
SELECT id FROM customers WHERE NOT phone <> '415-555-1007';
SELECT id FROM customers WHERE phone IN ('415-555-1007', '415-555-1008');
SELECT id FROM customers WHERE phone = ANY ('{415-555-1007}');
SELECT id FROM customers WHERE phone LIKE '415-555-1007' OR phone ~ '1007$' AND phone ~ '^415';
SELECT id FROM customers WHERE phone BETWEEN '415-555-1007' AND '415-555-1007';
SELECT id FROM customers WHERE phone >= '415-555-1007' AND phone <= '415-555-1007';
SELECT id FROM customers WHERE (phone, id) = ('415-555-1007', 7) IS TRUE;
SELECT id FROM customers WHERE (phone = '415-555-1007') IS TRUE;
SELECT id FROM customers WHERE (phone = '415-555-1007') = true AND id = 7;
SELECT id FROM customers WHERE CASE WHEN phone = '415-555-1007' THEN true END;
SELECT id FROM customers WHERE upper(phone) = '415-555-1007' OR phone || '' = '415-555-1007';
SELECT id FROM customers WHERE phone = (SELECT '415-555-1007');
SELECT id FROM customers WHERE phone = (SELECT phone FROM orders WHERE id = 1);
SELECT c.id FROM customers c JOIN orders o ON c.phone = o.phone;
SELECT c.id FROM customers c, orders o WHERE c.phone = o.phone AND o.id = 1;
SELECT c.id FROM customers c JOIN orders o ON o.customer = c.id AND c.phone = '415-555-1001';
SELECT c.id FROM orders o LEFT JOIN customers c ON c.phone = '415-555-1001' WHERE o.id = 1;
SELECT id FROM customers WHERE phone = status OR phone = email;
SELECT id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.id = 1 AND c.phone = o.phone);
SELECT o.id FROM orders o, LATERAL (SELECT FROM customers c WHERE c.phone = o.phone) l;
SELECT id FROM customers WHERE phone = '415-555-1007' || left(random()::text, 0);
SELECT phone = '415-555-1007' FROM customers WHERE id = 7;
SELECT count(*) FROM customers GROUP BY phone HAVING phone = '415-555-1007';
SELECT count(*) FILTER (WHERE phone = '415-555-1007') FROM customers;
SELECT id FROM customers WHERE hidden = 'h7';
SELECT id FROM (SELECT id, phone FROM customers OFFSET 0) s WHERE phone = '415-555-1007';
SELECT id FROM customers WHERE phone COLLATE "C" = '415-555-1007' COLLATE "C";
-- Changes are made by what he sees.
UPDATE customers SET status = 'x' WHERE phone = '415-555-1007' RETURNING id;
DELETE FROM customers WHERE phone = '415-555-1007' RETURNING id;
WITH d AS (DELETE FROM orders WHERE id = 0 RETURNING 1) SELECT id FROM customers WHERE phone = '415-555-1007';
INSERT INTO orders SELECT id, id, phone FROM customers WHERE phone = '415-555-1007' RETURNING *;
MERGE INTO customers c USING (SELECT 1) v ON c.phone = '415-555-1007' WHEN MATCHED THEN DELETE;
SELECT count(*) FROM customers;
-- A function of his that looks like equality is none.
CREATE FUNCTION eq(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS $$ BEGIN RAISE WARNING 'compared % with %', $1, $2; RETURN true; END $$;
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = eq, COMMUTATOR = ===);
SELECT id FROM customers WHERE phone === '415-555-1007' AND id = 7;
CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE WARNING 'told %', $1; RETURN true; END $$;
SELECT id FROM customers WHERE phone = '415-555-1007' AND tell(phone);
RESET SESSION AUTHORIZATION;

-- A rule that masks without SEARCHABLE in any clause that applies.
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone WHEN (status = ''open'') SEARCHABLE; MASKED';
SET SESSION AUTHORIZATION regress_ccpii_finder;
SELECT id FROM customers WHERE phone = '415-555-1008';
RESET SESSION AUTHORIZATION;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone WHEN (status = ''open'') SEARCHABLE; CLEAR';
SET SESSION AUTHORIZATION regress_ccpii_finder;
SELECT id, phone FROM customers WHERE phone = '415-555-1008';
SELECT id, phone FROM customers WHERE phone = '415-555-1007';
RESET SESSION AUTHORIZATION;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone FOR regress_ccpii_finder; MASKED SEARCHABLE';
SET SESSION AUTHORIZATION regress_ccpii_finder;
SELECT id FROM customers WHERE phone = '415-555-1008';
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION regress_ccpii_reader;
SELECT id FROM customers WHERE phone = '415-555-1008';
RESET SESSION AUTHORIZATION;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone SEARCHABLE';
-- Of partitions, but not of a view.
CREATE VIEW by_view AS SELECT id, phone FROM customers WHERE status = 'open';
GRANT SELECT ON by_view TO PUBLIC;
CREATE TABLE parts (id int, phone text) PARTITION BY RANGE (id);
CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE TABLE part2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
INSERT INTO parts VALUES (1, '415-555-0001'), (11, '415-555-0011');
GRANT SELECT ON parts, part2 TO PUBLIC;
SECURITY LABEL FOR ccpii ON COLUMN parts.phone IS 'MASKED SEARCHABLE';
SET SESSION AUTHORIZATION regress_ccpii_reader;
SELECT id FROM by_view WHERE phone = '415-555-1008';
SELECT id, phone FROM parts WHERE phone = '415-555-0011';
SELECT id, phone FROM part2 WHERE phone = '415-555-0011';
RESET SESSION AUTHORIZATION;

--
-- Limits: 8 in a minute, of which 2 may find nothing
--
SET ccpii.lookups_per_minute = 8;
\set VERBOSITY terse
SELECT login('new');
SELECT remaining();
RESET SESSION AUTHORIZATION;
SELECT login('miss');
SELECT id FROM customers WHERE phone = 'x';
SELECT id FROM customers WHERE phone = '415-555-1007';
SELECT id FROM customers WHERE phone = 'y';
SELECT id FROM customers WHERE phone = '415-555-1007';  -- fails: found nothing twice
SELECT remaining();
SELECT id FROM customers WHERE id = 7;
SELECT id FROM customers WHERE phone = 'XXX-XXX-1007' OR false ORDER BY id;
RESET SESSION AUTHORIZATION;
SELECT login('hit');
SELECT id FROM customers WHERE phone = '415-555-1001';
SELECT id FROM customers WHERE phone = '415-555-1002';
SELECT id FROM customers WHERE phone = '415-555-1003' AND email = 'c3@example.com';
SELECT a.id, b.id FROM customers a, customers b WHERE a.phone = '415-555-1004' AND b.phone = '415-555-1005';
SELECT id FROM customers WHERE phone = '415-555-1006';
SELECT id FROM customers WHERE phone = '415-555-1007';
SELECT id FROM customers WHERE phone = '415-555-1008';
SELECT id FROM customers WHERE phone = '415-555-1009';  -- fails: the ninth
SELECT plan('phone = ''415-555-1009''') LIKE '%Index Scan%';
RESET SESSION AUTHORIZATION;
-- A rollback and an exception that is caught give nothing back.
SELECT login('rollback');
BEGIN;
SELECT id FROM customers WHERE phone = 'x';
ROLLBACK;
BEGIN;
SAVEPOINT s;
SELECT id FROM customers WHERE phone = 'y';
ROLLBACK TO s;
SELECT id FROM customers WHERE phone = '415-555-1007';  -- fails: found nothing twice
ROLLBACK;
SELECT remaining();
RESET SESSION AUTHORIZATION;
-- Loops, sub-plans that run again, prepared statements: each execution counts.
SELECT login('prepared');
PREPARE probe (text) AS SELECT id FROM customers WHERE phone = $1;
EXECUTE probe ('x');
EXECUTE probe ('y');
EXECUTE probe ('415-555-1007');  -- fails: found nothing twice
DEALLOCATE probe;
RESET SESSION AUTHORIZATION;
SELECT login('lateral');
SELECT count(find('415-555-' || 1000 + n)) FROM generate_series(1, 20) n;  -- fails: each of them is a look-up
RESET SESSION AUTHORIZATION;
-- What was not searched is not counted; one value for all rows is one look-up,
-- so that these are three.
SELECT login('once');
SELECT id FROM customers WHERE phone = '415-555-1007' AND false;
SELECT o.id, (SELECT c.id FROM customers c WHERE c.phone = '415-555-1002') FROM orders o ORDER BY 1;
SELECT count(*) FROM orders o, customers c WHERE c.phone = '415-555-1002';
SELECT count(*) FROM customers WHERE phone = '415-555-1002' AND email = 'c3@example.com';
SELECT count(*) FROM customers WHERE phone = NULL;
SELECT remaining();
RESET SESSION AUTHORIZATION;
-- The login counts, whoever he becomes; a definer function does not reset it.
CREATE ROLE regress_ccpii_group;
CREATE FUNCTION definer(text) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = regress_ccpii_searchable, pg_temp AS 'SELECT id FROM customers WHERE phone = $1';
ALTER FUNCTION definer(text) OWNER TO regress_ccpii_group;
SELECT login('become');
RESET SESSION AUTHORIZATION;
GRANT regress_ccpii_group TO regress_ccpii_become;
SET SESSION AUTHORIZATION regress_ccpii_become;
SELECT id FROM customers WHERE phone = 'x';
SET ROLE regress_ccpii_group;
SELECT id FROM customers WHERE phone = 'y';
SELECT id FROM customers WHERE phone = '415-555-1007';  -- fails: found nothing twice
RESET ROLE;
SELECT definer('415-555-1007');  -- fails: the same
RESET SESSION AUTHORIZATION;
-- Nobody raises the limit for himself; 0 allows none.
SELECT login('limit');
SET ccpii.lookups_per_minute = 100;  -- fails: not his
RESET SESSION AUTHORIZATION;
SET ccpii.lookups_per_minute = 0;
SET SESSION AUTHORIZATION regress_ccpii_limit;
SELECT id FROM customers WHERE phone = '415-555-1007';  -- fails: not allowed
SELECT count(*) FROM customers WHERE phone LIKE 'XXX%';
RESET SESSION AUTHORIZATION;
SET ccpii.lookups_per_minute = 10001;  -- fails: out of range
SET ccpii.lookups_per_minute = -1;  -- fails: out of range
RESET ccpii.lookups_per_minute;
-- Those who see raw values are not counted.
SELECT count(*) FROM generate_series(1, 100) n WHERE EXISTS (SELECT FROM customers WHERE phone = '415-555-1007' AND n > 0);

DROP SCHEMA regress_ccpii_searchable CASCADE;
DROP ROLE regress_ccpii_reader, regress_ccpii_finder, regress_ccpii_new, regress_ccpii_miss, regress_ccpii_hit, regress_ccpii_rollback,
	regress_ccpii_prepared, regress_ccpii_lateral, regress_ccpii_once, regress_ccpii_become, regress_ccpii_group, regress_ccpii_limit;

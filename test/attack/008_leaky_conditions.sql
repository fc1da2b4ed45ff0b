-- Functions and operators of one's own in every place that has a condition.
--@ agent
CREATE FUNCTION hand_on(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
CREATE FUNCTION hand_on(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'sees % %', $1, $2; RETURN true; END $$;
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = hand_on, RESTRICT = eqsel, MERGES, HASHES);
\echo ## WHERE
SELECT id FROM customers WHERE hand_on(phone);
\echo ## operator
SELECT id FROM customers WHERE phone === 'x';
\echo ## ON
SELECT c.id FROM customers c JOIN conversations v ON v.customer_id = c.id AND hand_on(c.name);
\echo ## HAVING
SELECT min(name) FROM customers GROUP BY name HAVING hand_on(max(name));
\echo ## below a barrier view of the owner
SELECT id FROM customer_barrier WHERE hand_on(email);
\echo ## FILTER
SELECT count(*) FILTER (WHERE hand_on(note)) FROM customers;
\echo ## CASE
SELECT CASE WHEN hand_on(email) THEN 1 END FROM customers;
\echo ## ORDER BY and window
SELECT id, count(*) OVER (PARTITION BY hand_on(phone)) FROM customers ORDER BY hand_on(name);
\echo ## LIMIT of a correlated value
SELECT (SELECT 1 LIMIT CASE WHEN hand_on(max(c.phone)) THEN 1 END) FROM customers c GROUP BY id;
\echo ## TABLESAMPLE
SELECT s.id FROM (SELECT max(phone) p FROM customers) m, LATERAL (SELECT id FROM customers TABLESAMPLE bernoulli (100) WHERE hand_on(m.p)) s;
\echo ## row-security hidden rows and a cheap function
SELECT id FROM tickets WHERE hand_on(title, phone);

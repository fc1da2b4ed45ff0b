-- Aggregates, windows, grouping and set operations.
--@ agent
CREATE FUNCTION add_up(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT concat($1, $2)';
CREATE AGGREGATE all_of(text) (SFUNC = add_up, STYPE = text, INITCOND = '');
\echo ## built in
SELECT string_agg(phone, ','), array_agg(name), json_agg(email), min(note), max(card) FROM customers;
\echo ## of his own
SELECT all_of(phone) FROM customers;
\echo ## moving window of his own
SELECT all_of(name) OVER (ORDER BY id ROWS 1 PRECEDING) FROM customers;
\echo ## window functions
SELECT lag(phone) OVER w, first_value(name) OVER w, nth_value(email, 2) OVER w FROM customers WINDOW w AS (ORDER BY note);
\echo ## ordered sets
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY phone), mode() WITHIN GROUP (ORDER BY name) FROM customers;
\echo ## GROUP BY
SELECT phone, count(*) FROM customers GROUP BY phone ORDER BY phone;
\echo ## GROUPING SETS
SELECT phone, name, count(*) FROM customers GROUP BY GROUPING SETS ((phone), (name), ());
\echo ## functional dependency on the key
SELECT phone, name FROM customers GROUP BY id;
\echo ## DISTINCT ON
SELECT DISTINCT ON (name) name, phone FROM customers ORDER BY name;
\echo ## UNION, INTERSECT, EXCEPT
SELECT phone FROM customers UNION SELECT number FROM calls INTERSECT SELECT phone FROM leads EXCEPT SELECT NULL;
\echo ## recursion
WITH RECURSIVE r AS (SELECT id, phone AS p FROM customers WHERE id = 1 UNION ALL SELECT c.id, r.p || c.name FROM r JOIN customers c ON c.id = r.id + 1) SELECT * FROM r;
\echo ## VALUES
VALUES ((SELECT phone FROM customers WHERE id = 1));
\echo ## arrays and ranges
SELECT ARRAY(SELECT phone FROM customers ORDER BY id), array_agg(ROW(name, phone)) FROM customers;

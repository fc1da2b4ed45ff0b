-- Columns that a subquery takes from the query around it.
--! sees \+X XXX-XXX-0142
--@ agent
\echo ## a subquery of another table stands first
SELECT (SELECT 1 FROM conversations LIMIT 1), phone FROM customers;
\echo ## the column inside of a subquery without tables
SELECT (SELECT phone) FROM customers;
\echo ## two levels up
SELECT (SELECT (SELECT c.phone || c.name)) FROM customers c;
\echo ## two levels up, past tables of the same shape
SELECT (SELECT (SELECT c.phone FROM tickets t LIMIT 1) FROM conversations v WHERE v.customer_id = c.id LIMIT 1) FROM customers c;
\echo ## LATERAL
SELECT l.* FROM customers c, LATERAL (SELECT c.email, c.note, upper(c.name)) l;
\echo ## LATERAL function
SELECT l FROM customers c, LATERAL unnest(string_to_array(c.name || c.phone, ' ')) l;
\echo ## LATERAL VALUES
SELECT l.* FROM customers c, LATERAL (VALUES (c.phone), (c.card)) l;
\echo ## a correlated aggregate of the outer level
SELECT (SELECT string_agg(c.phone, ',') FROM (VALUES (1)) t) FROM customers c;
\echo ## a CTE inside of a subquery
SELECT (WITH t AS (SELECT c.email AS e) SELECT e FROM t) FROM customers c;
\echo ## ARRAY of a subquery
SELECT ARRAY(SELECT c.phone FROM generate_series(1, 2)) FROM customers c;
\echo ## whole row of an outer level
SELECT (SELECT c) FROM customers c;
\echo ## set operations under a subquery
SELECT (SELECT c.phone UNION ALL SELECT c.phone LIMIT 1) FROM customers c;

-- Only the whole value that one knows is compared raw: no pattern, list, prefix, order, join or part.
--! guesses
--@ agent
CREATE FUNCTION g(text) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1';
\echo ## pattern
SELECT 'Ottoline' FROM customers WHERE phone LIKE '+1 415-555%';
\echo ## regular expression
SELECT 'Ottoline' FROM customers WHERE phone ~ '415-555';
\echo ## prefix
SELECT 'Ottoline' FROM customers WHERE starts_with(phone, '+1 4');
\echo ## order
SELECT 'Ottoline' FROM customers WHERE phone BETWEEN '+1 4' AND '+1 5';
\echo ## list
SELECT 'Ottoline' FROM customers WHERE phone IN ('+1 415-555-0142', 'x');
\echo ## ANY
SELECT 'Ottoline' FROM customers WHERE phone = ANY (ARRAY['+1 415-555-0142']);
\echo ## OR
SELECT 'Ottoline' FROM customers WHERE phone = '+1 415-555-0142' OR phone = 'x';
\echo ## NOT
SELECT 'Ottoline' FROM customers WHERE NOT (phone <> '+1 415-555-0142');
\echo ## join
SELECT 'Ottoline' FROM customers c JOIN unnest(ARRAY['+1 415-555-0142', 'x']) u ON u = c.phone;
\echo ## VALUES
SELECT 'Ottoline' FROM customers c, (VALUES ('+1 415-555-0142'), ('x')) v (p) WHERE c.phone = v.p;
\echo ## correlated
SELECT 'Ottoline' FROM unnest(ARRAY['+1 415-555-0142', 'x']) u WHERE EXISTS (SELECT FROM customers WHERE phone = u);
\echo ## row
SELECT 'Ottoline' FROM customers WHERE (phone, id) = ('+1 415-555-0142', 1) AND (SELECT true);
\echo ## CASE
SELECT 'Ottoline' FROM customers WHERE CASE WHEN phone = '+1 415-555-0142' THEN true END;
\echo ## target list
SELECT 'Ottoline' FROM (SELECT phone = '+1 415-555-0142' AS e FROM customers) s WHERE e;
\echo ## part
SELECT 'Ottoline' FROM customers WHERE substr(phone, 1, 3) = '+1 ';
\echo ## comparison without NULLs
SELECT 'Ottoline' FROM customers WHERE phone IS NOT DISTINCT FROM '+1 415-555-0142';
\echo ## another column
SELECT 'Ottoline' FROM customers WHERE email = 'ottoline.quaverley@mail.example';
\echo ## HAVING
SELECT 'Ottoline' FROM customers GROUP BY phone HAVING phone = '+1 415-555-0142';
\echo ## ON
SELECT 'Ottoline' FROM customers c JOIN conversations v ON c.phone = '+1 415-555-0142';
\echo ## outer join
SELECT 'Ottoline' FROM conversations v LEFT JOIN customers c ON c.phone = '+1 415-555-0142' WHERE c.id IS NOT NULL;
\echo ## FILTER
SELECT 'Ottoline' FROM (SELECT count(*) FILTER (WHERE phone = '+1 415-555-0142') AS n FROM customers) s WHERE n > 0;
\echo ## IN a subquery
SELECT 'Ottoline' FROM customers WHERE phone IN (SELECT '+1 415-555-0142');
\echo ## subquery
SELECT 'Ottoline' FROM customers WHERE phone = (SELECT '+1 415-555-0142');
\echo ## volatile value
SELECT 'Ottoline' FROM customers WHERE phone = '+1 415-555-0142' || left(random()::text, 0);
\echo ## operator of his own
CREATE FUNCTION same(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < $2';
CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = same);
SELECT 'Ottoline' FROM customers WHERE phone OPERATOR(regress_ccpii_agent.=) '+1 5';

-- A change is not a look-up: it tells by its count whether a value exists.
--! guesses
--! writes
--@ agent
\echo ## UPDATE
WITH u AS (UPDATE customers SET status = 'x' WHERE phone = '+1 415-555-0142' RETURNING 'Ottoline') TABLE u;
\echo ## UPDATE of his own table by a join
CREATE TABLE own AS SELECT '+1 415-555-0142'::text AS p;
WITH u AS (UPDATE own SET p = p FROM customers c WHERE c.phone = own.p RETURNING 'Ottoline') TABLE u;
\echo ## INSERT ... SELECT
WITH i AS (INSERT INTO own SELECT 'x' FROM customers WHERE phone = '+1 415-555-0142' RETURNING 'Ottoline') TABLE i;
\echo ## MERGE
MERGE INTO own USING customers c ON c.phone = own.p WHEN MATCHED THEN UPDATE SET p = 'Otto' || 'line';
SELECT * FROM own WHERE p ~ 'Otto';
\echo ## FOR UPDATE with a join
SELECT 'Ottoline' FROM customers c JOIN tickets t ON t.phone = c.phone AND t.phone <> c.phone || 'x' WHERE c.phone = '+1 415-555-0142' AND t.phone LIKE '%415-555%' FOR UPDATE;
\echo ## DELETE with USING
WITH d AS (DELETE FROM own USING tickets t WHERE t.phone = '+1 415-555-0142' RETURNING 'Ottoline') TABLE d;
\echo ## DELETE
WITH d AS (DELETE FROM customers WHERE phone = '+1 415-555-0142' RETURNING 'Ottoline') TABLE d;

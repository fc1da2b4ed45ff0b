-- A collation of one's own makes "equal" mean "similar": pieces of a value are found one by one.
--! guesses
--@ agent
CREATE COLLATION loose (provider = icu, locale = 'und-u-ka-shifted-kv-symbol-ks-level1', deterministic = false);
\echo ## on the value
SELECT 'Ottoline' FROM customers WHERE phone = '14155550142' COLLATE loose;
\echo ## on the column
SELECT 'Ottoline' FROM customers WHERE phone COLLATE loose = '14155550142';
\echo ## by a domain
CREATE DOMAIN loosely AS text COLLATE loose;
SELECT 'Ottoline' FROM customers WHERE phone = '14155550142'::loosely;
\echo ## by a parameter
PREPARE p (text) AS SELECT 'Ottoline' FROM customers WHERE phone = $1 COLLATE loose;
EXECUTE p ('14155550142');

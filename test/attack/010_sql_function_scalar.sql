-- Scalar functions in SQL, with a stored parse tree and with a string.
--@ agent
CREATE FUNCTION parsed(int) RETURNS text BEGIN ATOMIC SELECT phone || name FROM customers WHERE id = $1; END;
CREATE FUNCTION returned(int) RETURNS text RETURN (SELECT email FROM customers WHERE id = $1);
CREATE FUNCTION quoted(int) RETURNS text LANGUAGE sql STABLE AS 'SELECT note FROM customers WHERE id = $1';
CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql IMMUTABLE RETURN $1 || ' ' || $2;
\echo ## parse tree
SELECT parsed(1), parsed(2);
\echo ## RETURN
SELECT returned(id) FROM customers;
\echo ## string
SELECT quoted(id) FROM customers;
\echo ## inlined expression over masked columns
SELECT joined(name, phone) FROM customers;

-- Set-returning functions in SQL, which the planner can inline.
--@ agent
CREATE FUNCTION parsed() RETURNS SETOF text STABLE BEGIN ATOMIC SELECT phone || name FROM customers; END;
CREATE FUNCTION rows_of() RETURNS SETOF customers LANGUAGE sql STABLE AS 'SELECT * FROM customers';
CREATE FUNCTION columns_of(int) RETURNS TABLE (a text, b text) STABLE BEGIN ATOMIC SELECT email, note FROM customers WHERE id = $1; END;
CREATE FUNCTION nested() RETURNS SETOF text STABLE BEGIN ATOMIC SELECT p || '!' FROM parsed() p; END;
CREATE FUNCTION of_view() RETURNS SETOF customer_list STABLE BEGIN ATOMIC SELECT * FROM customer_list; END;
\echo ## FROM
SELECT * FROM parsed();
\echo ## rows of the table
SELECT phone FROM rows_of();
\echo ## whole rows
SELECT r FROM rows_of() r;
\echo ## LATERAL
SELECT f.* FROM generate_series(1, 4) i, columns_of(i) f;
\echo ## one inside of the other
SELECT * FROM nested();
\echo ## in a target list
SELECT parsed();
\echo ## of a view
SELECT name FROM of_view();
\echo ## WITH ORDINALITY and ROWS FROM
SELECT * FROM ROWS FROM (parsed(), rows_of()) WITH ORDINALITY;

-- A whole row under every name that SQL has for it.
--! sees O\*\*\* Q\*\*\*
--@ agent
\echo ## star in a row
SELECT ROW(c.*) FROM customers c;
\echo ## cast to text
SELECT c::text, (c.*)::text FROM customers c;
\echo ## json
SELECT to_jsonb(c), row_to_json(c) FROM customers c;
\echo ## hstore
SELECT hstore(c), each(hstore(c)) FROM customers c;
\echo ## function of the row, called by name and as a column
CREATE FUNCTION shown(customers) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN $1.phone || $1.name; END $$;
SELECT shown(c), c.shown FROM customers c;
\echo ## field of a row in parentheses
SELECT (c).phone, (c).name FROM customers c;
\echo ## row through a subquery
SELECT s, (s.c).email FROM (SELECT c FROM customers c OFFSET 0) s;
\echo ## row through a CTE
WITH t AS MATERIALIZED (SELECT c FROM customers c) SELECT (t.c).note, t FROM t;
\echo ## compared with itself
SELECT c.id, (SELECT max(d::text) FROM customers d WHERE d = c) FROM customers c;
\echo ## row of a view
SELECT v, to_jsonb(v) FROM customer_list v;
\echo ## row of a partition
SELECT k FROM calls_1 k;
\echo ## composite column of a table of his own
CREATE TABLE kept (c customers);
INSERT INTO kept SELECT c FROM customers c;
SELECT (c).phone FROM kept;

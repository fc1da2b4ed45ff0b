-- Functions in FROM that run a query or walk a value.
--! sees O\*\*\* Q\*\*\*
--@ agent
\echo ## crosstab
SELECT * FROM crosstab('SELECT id, ''k'', phone FROM customers') AS t (id int, p text);
\echo ## connectby
SELECT * FROM connectby('customers', 'name', 'note', 'x', 0) AS t (a text, b text, c int)
	UNION ALL SELECT name, note, 1 FROM customers;
\echo ## query_to_xml
SELECT query_to_xml('SELECT * FROM customers', true, false, '');
\echo ## table_to_xml
SELECT table_to_xml('public.customers', true, false, '');
\echo ## schema_to_xml
SELECT schema_to_xml('public', true, false, '');
\echo ## database_to_xml
SELECT database_to_xml(true, false, '');
\echo ## cursor_to_xml
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM customers;
SELECT cursor_to_xml('c', 10, true, false, '');
COMMIT;
\echo ## ts_stat
SELECT * FROM ts_stat('SELECT to_tsvector(''simple'', name) FROM customers');
\echo ## ts_rewrite
SELECT ts_rewrite('a & b'::tsquery, 'SELECT ''a''::tsquery, plainto_tsquery(''simple'', name) FROM customers WHERE id = 1');
\echo ## xmltable
SELECT x.* FROM customers c, xmltable('/n' PASSING xmlelement(name n, c.name) COLUMNS n text PATH 'text()') x;
\echo ## jsonb_to_record
SELECT r.* FROM customers c, jsonb_to_record(c.attrs) AS r (phone text, email text);
\echo ## json path
SELECT jsonb_path_query(attrs, '$.**') FROM customers;
\echo ## jsonb_populate_record
SELECT jsonb_populate_record(NULL::customers, to_jsonb(c)) FROM customers c;
\echo ## ROWS FROM
SELECT * FROM customers c, ROWS FROM (unnest(ARRAY[c.phone]), string_to_table(c.name, ' '));
\echo ## one letter a row
SELECT l FROM customers c, LATERAL regexp_split_to_table(c.name, '') l WHERE id = 1;

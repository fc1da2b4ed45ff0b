-- Casts that fail and say of what.
--@ agent
\echo ## integer
SELECT name::int FROM customers WHERE id = 1;
\echo ## date
SELECT note::date FROM customers WHERE id = 1;
\echo ## json, with its CONTEXT
SELECT name::jsonb FROM customers;
\echo ## regclass
SELECT split_part(name, ' ', 1)::regclass FROM customers WHERE id = 1;
\echo ## xml and regular expression
SELECT regexp_match('x', '(' || name) FROM customers WHERE id = 1;
SELECT ('<' || name)::xml FROM customers WHERE id = 1;
\echo ## enum of his own
CREATE TYPE e AS ENUM ('a');
SELECT name::text::e FROM customers WHERE id = 1;
\echo ## inside of jsonb
SELECT (attrs->>'phone')::int FROM customers WHERE id = 1;
\echo ## as a condition
SELECT id FROM customers WHERE phone::bigint > 0;
\echo ## RAISE
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT email FROM customers WHERE id = 1); END $$;
\echo ## in a dynamic statement
DO $$ BEGIN EXECUTE (SELECT 'SELECT ' || quote_literal(phone) || '::int' FROM customers WHERE id = 1); END $$;

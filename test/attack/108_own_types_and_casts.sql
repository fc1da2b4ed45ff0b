-- Types, domains, casts, operators, ranges and collations of one's own.
--@ agent
CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
\echo ## domain
CREATE DOMAIN d AS text CHECK (tell(VALUE));
SELECT phone::d FROM customers;
\echo ## composite type
CREATE TYPE pair AS (a text, b text);
SELECT ROW(name, phone)::pair FROM customers;
\echo ## cast from a composite
CREATE FUNCTION of_pair(pair) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'pair ' || $1.a || $1.b; END $$;
CREATE CAST (pair AS text) WITH FUNCTION of_pair(pair);
SELECT ROW(name, phone)::pair::text FROM customers;
\echo ## range with a function of differences
CREATE FUNCTION text_difference(text, text) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE 'sees % %', $1, $2; RETURN 1; END $$;
CREATE TYPE span AS RANGE (SUBTYPE = text, SUBTYPE_DIFF = text_difference);
CREATE TABLE spans AS SELECT span(LEAST(name, email), GREATEST(name, email)) AS s FROM customers WHERE name IS NOT NULL;
CREATE INDEX ON spans USING gist (s);
SELECT s FROM spans;
\echo ## operator
CREATE FUNCTION tell2(text, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'sees % %', $1, $2; RETURN true; END $$;
CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = tell2);
SELECT id FROM customers WHERE phone OPERATOR(regress_ccpii_agent.=) '1';
\echo ## enum, through text
CREATE TYPE names AS ENUM ('x');
SELECT name::names FROM customers WHERE id = 1;
\echo ## array of a domain
SELECT ARRAY[note]::d[] FROM customers WHERE id = 2;
\echo ## varying of a shorter length
SELECT name::varchar(8), phone::char(20), email::bytea FROM customers;

-- Errors that happen or not, depending on a value.
--! guesses
--@ agent
CREATE PROCEDURE ask(condition text) LANGUAGE plpgsql AS $$ DECLARE no boolean; BEGIN
	BEGIN EXECUTE format(condition, 'zzz'); EXCEPTION WHEN OTHERS THEN no := true; END;
	IF no THEN RETURN; END IF;
	BEGIN EXECUTE format(condition, 'Ottoline Quaverley'); EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'Ottoline exists'; END; END $$;
\echo ## division by zero
CALL ask('SELECT 1 / (CASE WHEN name = %L THEN 0 ELSE 1 END) FROM customers');
\echo ## cast
CALL ask('SELECT (CASE WHEN name = %L THEN ''x'' ELSE ''1'' END)::int FROM customers');
\echo ## array bounds, in a join
CALL ask('SELECT count(*) / (1 - count(*)) FROM customers WHERE name = %L');
\echo ## constraint of his own table
CREATE TABLE own (n text CHECK (n <> 'bad'));
CALL ask('INSERT INTO own SELECT CASE WHEN name = %L THEN ''bad'' END FROM customers');
\echo ## unique key of his own table
CREATE TABLE keyed (n text UNIQUE);
INSERT INTO keyed VALUES ('hit');
CALL ask('INSERT INTO keyed SELECT ''hit'' FROM customers WHERE name = %L');
\echo ## scalar subquery of two rows
CALL ask('SELECT (SELECT 1 FROM customers c, generate_series(1, 2) WHERE c.name = %L)');
\echo ## DO
CALL ask('DO $x$ BEGIN IF EXISTS (SELECT FROM public.customers WHERE name = %L) THEN RAISE EXCEPTION ''yes''; END IF; END $x$');

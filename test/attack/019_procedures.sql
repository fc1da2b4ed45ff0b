-- Procedures that end transactions while their plans are kept.
--@ agent
CREATE PROCEDURE walk() LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN
	FOR r IN SELECT * FROM customers ORDER BY id LOOP RAISE NOTICE '%', r; COMMIT; END LOOP; END $$;
CREATE PROCEDURE give(INOUT t text) BEGIN ATOMIC SELECT max(name) FROM customers; END;
\echo ## loop over a query
CALL walk();
\echo ## INOUT
CALL give(NULL);
\echo ## DO
DO $$ DECLARE r record; BEGIN FOR r IN SELECT phone FROM customers LOOP RAISE NOTICE '%', r.phone; END LOOP; END $$;
\echo ## EXECUTE in DO, with parameters
DO $$ DECLARE t text; BEGIN EXECUTE 'SELECT email FROM customers WHERE id = $1' INTO t USING 1; RAISE NOTICE '%', t; END $$;
\echo ## DO into a setting
DO $$ BEGIN PERFORM set_config('my.note', (SELECT string_agg(note, '') FROM customers), false); END $$;
SHOW my.note;

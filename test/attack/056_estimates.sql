-- Row estimates of EXPLAIN must not depend on the stored values.
--! guesses
--@ agent
CREATE FUNCTION estimated(text) RETURNS int LANGUAGE plpgsql AS $$ DECLARE j json; BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || $1 INTO j; RETURN j->0->'Plan'->>'Plan Rows'; END $$;
CREATE PROCEDURE compare(form text) LANGUAGE plpgsql AS $$ BEGIN
	IF estimated(format(form, '+1 415-555-0142')) <> estimated(format(form, '+1 415-555-9999')) THEN
		RAISE NOTICE '+1 415-555-0142 exists'; END IF; END $$;
\echo ## equality
CALL compare('SELECT FROM contacts WHERE phone = %L');
\echo ## comparison
CALL compare('SELECT FROM contacts WHERE phone <> %L');
\echo ## IN
CALL compare('SELECT FROM contacts WHERE phone IN (%L, ''x'')');
\echo ## LIKE
CALL compare('SELECT FROM contacts WHERE phone LIKE %L || ''%%''');
\echo ## expression of an index
CALL compare('SELECT FROM contacts WHERE upper(phone) = %L');
\echo ## expression of statistics
CALL compare('SELECT FROM contacts WHERE lower(phone) = %L');
\echo ## combined statistics
CALL compare('SELECT FROM contacts WHERE phone = %L AND city = ''city 0''');
\echo ## group
CALL compare('SELECT FROM contacts WHERE phone = ANY (ARRAY[%L])');

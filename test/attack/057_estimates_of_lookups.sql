-- A look-up by a known value is estimated alike whether the value exists or not.
--! guesses
--! no control: look-ups are ccpii's
--! sees asked
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.contacts.phone IS 'MASKED AS phone SEARCHABLE';
--@ agent
CREATE FUNCTION explained(text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE t text; r text := ''; BEGIN
	FOR t IN EXECUTE 'EXPLAIN (VERBOSE) ' || $1 LOOP r := r || t; END LOOP; RETURN r; END $$;
DO $$ BEGIN
	IF regexp_replace(explained($q$SELECT id FROM contacts WHERE phone = '+1 415-555-0142'$q$), '0142', '')
		<> regexp_replace(explained($q$SELECT id FROM contacts WHERE phone = '+1 415-555-9999'$q$), '9999', '') THEN
		RAISE NOTICE '+1 415-555-0142 exists'; END IF;
	RAISE NOTICE 'asked';
END $$;

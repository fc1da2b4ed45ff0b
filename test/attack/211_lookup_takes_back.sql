-- Misses that one tries to have taken back: a hit between every two of them.
--! no control: look-ups are ccpii's
--! guesses
--! sees too many look-ups
--@ agent
PREPARE hit AS SELECT id FROM customers WHERE phone = '+44 20 7946 0813';
DO $$ DECLARE n int := 0; BEGIN FOR i IN 133 .. 160 LOOP
	BEGIN
		PERFORM id FROM customers WHERE phone = '+1 415-555-0' || i;
		IF FOUND THEN RAISE NOTICE 'found +1 415-555-0142'; END IF;
		n := n + 1;
		PERFORM id FROM customers WHERE phone = '+44 20 7946 0813';
		EXCEPTION WHEN program_limit_exceeded THEN NULL;
	END;
	IF n > 10 THEN RAISE NOTICE 'more than 10 misses: found +1 415-555-0142'; EXIT; END IF;
	END LOOP; END $$;
SELECT id FROM customers WHERE phone = 'one more';

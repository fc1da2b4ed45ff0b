-- The same in expressions that plpgsql evaluates without the executor.
--@ app
CREATE FUNCTION frozen() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT string_agg(phone, ',') FROM public.customers); END $$;
CREATE FUNCTION frozen_of(int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT name FROM public.customers WHERE id = $1';
CREATE FUNCTION simple() RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN r := regress_ccpii_agent.frozen(); RETURN r; END $$;
CREATE FUNCTION simple_argument() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'x' || regress_ccpii_agent.frozen_of(1); END $$;
CREATE FUNCTION simple_loop() RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text := ''; BEGIN
	FOR i IN 1..10 LOOP IF regress_ccpii_agent.frozen() <> '' THEN r := r || regress_ccpii_agent.frozen(); END IF; END LOOP; RETURN r; END $$;
SET ROLE regress_ccpii_compliance;
SELECT simple(), simple_argument(), simple_loop() \g /dev/null
SELECT simple(), simple_argument(), simple_loop() \g /dev/null
SET ROLE regress_ccpii_agent;
\echo ## assignment
SELECT simple();
SELECT simple();
\echo ## argument
SELECT simple_argument();
SELECT simple_argument();
\echo ## loop
SELECT simple_loop();
SELECT simple_loop();
\echo ## in one transaction with the clear reader
RESET ROLE;
BEGIN;
SET LOCAL ROLE regress_ccpii_compliance;
SELECT simple(), simple_argument() \g /dev/null
SET LOCAL ROLE regress_ccpii_agent;
SELECT simple(), simple_argument();
ROLLBACK;
SET ROLE regress_ccpii_agent;
SELECT simple(), simple_argument();

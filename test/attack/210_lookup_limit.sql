-- More look-ups than are allowed, by every way of not being counted.
--! no control: look-ups are ccpii's
--! guesses
--! sees too many look-ups
--@ agent
CREATE TABLE tried (n int);
CREATE FUNCTION try(text) RETURNS int LANGUAGE plpgsql AS $$ DECLARE r int; BEGIN
	SELECT id INTO r FROM public.customers WHERE phone = $1; RETURN r; EXCEPTION WHEN program_limit_exceeded THEN RETURN -1; END $$;
-- The value is the 60th that is tried.
DO $$ DECLARE r int; n int := 0; BEGIN FOR i IN 83 .. 142 LOOP
	r := try('+1 415-555-0' || to_char(i, 'FM000')); IF r > 0 THEN RAISE NOTICE 'found +1 415-555-0%', i; END IF;
	IF r IS DISTINCT FROM -1 THEN n := n + 1; END IF; END LOOP; RAISE NOTICE '% answers', n; END $$;
SELECT id FROM customers WHERE phone = 'one more';
-- Rolled back, in savepoints, in other sessions, after DISCARD.
BEGIN; SELECT id FROM customers WHERE phone = '+1 415-555-0142'; ROLLBACK;
DISCARD ALL;
SELECT 'found +1 415-555-0142' FROM public.customers WHERE phone = '+1 415-555-0142';
\c
SELECT 'found +1 415-555-0142' FROM customers WHERE phone = '+1 415-555-0142';
SET ROLE regress_ccpii_support;
SELECT 'found +1 415-555-0142' FROM customers WHERE phone = '+1 415-555-0142';
RESET ROLE;
PREPARE p AS SELECT 'found ' || $1 FROM customers WHERE phone = $1;
EXECUTE p ('+1 415-555-0142');
BEGIN; DECLARE c CURSOR FOR SELECT 'found +1 415-555-0142' FROM customers WHERE phone = '+1 415-555-0142'; FETCH c; COMMIT;
CREATE FUNCTION definer() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT 'found +1 415-555-0142' FROM public.customers WHERE phone = '+1 415-555-0142' $$;
SELECT definer();
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT 1 FROM customers WHERE phone = '+1 415-555-0142';
SELECT g FROM unnest(ARRAY['+1 415-555-0142']) g WHERE EXISTS (SELECT FROM customers WHERE phone = '+1 415-555-0142');

-- The trigger that a cascade fires goes on to cascades of its own, to plans kept and to errors caught.
--@ agent
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int PRIMARY KEY REFERENCES parent ON DELETE CASCADE);
CREATE TABLE second (id int PRIMARY KEY);
CREATE TABLE grandchild (id int REFERENCES second ON DELETE CASCADE);
CREATE FUNCTION look() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT string_agg(name || phone, ',') FROM public.customers); END $$;
CREATE FUNCTION deeper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'deep %', regress_ccpii_agent.look(); RETURN OLD; END $$;
CREATE FUNCTION further() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	DELETE FROM regress_ccpii_agent.second;
	BEGIN PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN NULL; END;
	RAISE NOTICE 'after an error %', regress_ccpii_agent.look();
	BEGIN PERFORM count(*) FROM public.customers WHERE 1 / id > 9 OR (1 / (id - 1) = 0 AND note IS NULL); EXCEPTION WHEN division_by_zero THEN NULL; END;
	EXECUTE 'CREATE TEMP TABLE IF NOT EXISTS t AS SELECT note FROM public.customers';
	RAISE NOTICE 'after a table %', (SELECT string_agg(note, '') FROM t);
	RETURN OLD; END $$;
CREATE TRIGGER g BEFORE DELETE ON grandchild FOR EACH ROW EXECUTE FUNCTION deeper();
CREATE TRIGGER c BEFORE DELETE ON child FOR EACH ROW EXECUTE FUNCTION further();
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1);
INSERT INTO second VALUES (1);
INSERT INTO grandchild VALUES (1);
\echo ## all of it
DELETE FROM parent;
\echo ## plans that were kept
SELECT look();

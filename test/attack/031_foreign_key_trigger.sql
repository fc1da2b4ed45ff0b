-- A cascade fires a BEFORE trigger of one's own, which runs in the foreign key's context.
--@ agent
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int REFERENCES parent ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE nulled (id int REFERENCES parent ON DELETE SET NULL);
CREATE TABLE seen (t text);
CREATE FUNCTION snoop() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN
	RAISE NOTICE '% %', TG_TABLE_NAME, (SELECT string_agg(phone, ',') FROM public.customers);
	EXECUTE 'SELECT name FROM public.customers WHERE id = 1' INTO r;
	RAISE NOTICE '%', r;
	INSERT INTO regress_ccpii_agent.seen SELECT note FROM public.customers;
	RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION snoop_sql() RETURNS text LANGUAGE sql AS 'SELECT string_agg(email, '','') FROM public.customers';
CREATE FUNCTION snoop_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', regress_ccpii_agent.snoop_sql(); RETURN NULL; END $$;
CREATE TRIGGER b BEFORE DELETE OR UPDATE ON child FOR EACH ROW EXECUTE FUNCTION snoop();
CREATE TRIGGER a AFTER DELETE OR UPDATE ON child FOR EACH ROW EXECUTE FUNCTION snoop_late();
CREATE TRIGGER s BEFORE DELETE OR UPDATE ON child FOR EACH STATEMENT EXECUTE FUNCTION snoop();
CREATE TRIGGER n BEFORE UPDATE ON nulled FOR EACH ROW EXECUTE FUNCTION snoop();
INSERT INTO parent VALUES (1), (2), (3);
INSERT INTO child VALUES (1), (2);
INSERT INTO nulled VALUES (3);
\echo ## ON DELETE
DELETE FROM parent WHERE id = 1;
\echo ## ON UPDATE
UPDATE parent SET id = 9 WHERE id = 2;
\echo ## SET NULL
DELETE FROM parent WHERE id = 3;
\echo ## SET DEFAULT
CREATE FUNCTION chosen() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE '%', (SELECT max(reference) FROM public.customers); RETURN 4; END $$;
CREATE FUNCTION chosen_late() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', (SELECT min(card) FROM public.customers); RETURN 4; END $$;
CREATE TABLE defaulted (id int DEFAULT chosen() REFERENCES parent ON DELETE SET DEFAULT);
CREATE TABLE defaulted_late (id int DEFAULT chosen_late() REFERENCES parent ON DELETE SET DEFAULT);
INSERT INTO parent VALUES (4), (5);
INSERT INTO defaulted VALUES (5);
INSERT INTO defaulted_late VALUES (5);
DELETE FROM parent WHERE id = 5;
\echo ## generated column and CHECK
CREATE TABLE generated (id int REFERENCES parent ON UPDATE CASCADE CHECK (chosen() > id), g int GENERATED ALWAYS AS (id + chosen()) STORED);
INSERT INTO parent VALUES (1);
INSERT INTO generated VALUES (1);
UPDATE parent SET id = 2 WHERE id = 1;
\echo ## what the trigger kept
SELECT * FROM seen;

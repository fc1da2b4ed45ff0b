-- With REFERENCES on the table, a foreign key tells which values exist.
--! guesses
--@ boss
GRANT REFERENCES ON customers TO regress_ccpii_agent;
CREATE UNIQUE INDEX customers_known ON customers (id, phone);
CREATE TABLE keyed (email text PRIMARY KEY);
INSERT INTO keyed SELECT email FROM customers WHERE email IS NOT NULL;
GRANT REFERENCES, SELECT ON keyed TO regress_ccpii_agent;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.keyed.email IS 'MASKED AS email';
--@ agent
-- Some value must be refused, or nothing is known of those that are not.
CREATE PROCEDURE probe(t text, c text, VARIADIC guesses text[]) LANGUAGE plpgsql AS $$ DECLARE g text; refused boolean; BEGIN
	FOREACH g IN ARRAY ARRAY['x'] || guesses LOOP
		BEGIN EXECUTE format('INSERT INTO %I (id, %I) VALUES (1, %L)', t, c, g); IF refused THEN RAISE NOTICE '% exists', g; END IF;
		EXCEPTION WHEN foreign_key_violation THEN refused := true; END;
	END LOOP; END $$;
\echo ## table constraint
CREATE TABLE f1 (id int, p text, FOREIGN KEY (id, p) REFERENCES customers (id, phone));
CALL probe('f1', 'p', '+1 415-555-0142');
\echo ## ALTER TABLE
CREATE TABLE f2 (id int, p text);
ALTER TABLE f2 ADD FOREIGN KEY (id, p) REFERENCES customers (id, phone);
CALL probe('f2', 'p', '+1 415-555-0142');
\echo ## column constraint without the name of the key
CREATE TABLE f3 (id int, e text REFERENCES keyed);
CALL probe('f3', 'e', 'ottoline.quaverley@mail.example');
\echo ## ADD COLUMN
CREATE TABLE f4 (id int);
ALTER TABLE f4 ADD e text REFERENCES keyed (email);
CALL probe('f4', 'e', 'ottoline.quaverley@mail.example');
\echo ## in CREATE SCHEMA
CREATE SCHEMA inside CREATE TABLE f5 (id int, e text REFERENCES public.keyed);
SET search_path = inside, public;
CALL regress_ccpii_agent.probe('f5', 'e', 'ottoline.quaverley@mail.example');
RESET search_path;
\echo ## partition of his own
CREATE TABLE f6 (id int, e text REFERENCES keyed) PARTITION BY LIST (id);
CREATE TABLE f6_1 PARTITION OF f6 DEFAULT;
CALL probe('f6', 'e', 'ottoline.quaverley@mail.example');
\echo ## the other way round: rows that the table refers to
CREATE TABLE f7 (id int, e text);
INSERT INTO f7 VALUES (1, 'ottoline.quaverley' || '@mail.example');
ALTER TABLE f7 ADD FOREIGN KEY (e) REFERENCES keyed NOT VALID;
ALTER TABLE f7 VALIDATE CONSTRAINT f7_e_fkey;
SELECT e || ' exists' FROM f7, pg_constraint WHERE conname = 'f7_e_fkey' AND convalidated;

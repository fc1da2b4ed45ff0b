-- A foreign key of one's own calls a cast of one's own while its query is planned or started.
--@ agent
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE FUNCTION number_of(mood) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ DECLARE r record; BEGIN
	FOR r IN EXECUTE 'SELECT phone, name FROM public.customers ORDER BY id' LOOP RAISE NOTICE 'cast sees %', r; END LOOP;
	IF $1 = 'c' THEN RAISE EXCEPTION 'no c'; END IF;
	RETURN array_position(enum_range(NULL::mood), $1); END $$;
CREATE CAST (mood AS int) WITH FUNCTION number_of(mood) AS IMPLICIT;
CREATE TABLE keys (k int PRIMARY KEY) PARTITION BY RANGE (k);
CREATE TABLE keys_1 PARTITION OF keys FOR VALUES FROM (1) TO (2);
CREATE TABLE keys_2 PARTITION OF keys FOR VALUES FROM (2) TO (9);
INSERT INTO keys VALUES (1), (2), (3);
CREATE TABLE referring (m mood REFERENCES keys (k));
\echo ## custom plan
INSERT INTO referring VALUES ('a');
\echo ## generic plan
SET plan_cache_mode = force_generic_plan;
INSERT INTO referring VALUES ('b');
INSERT INTO referring VALUES ('a');
\echo ## after an error in the cast
INSERT INTO referring VALUES ('c');
SET plan_cache_mode = force_custom_plan;
DO $$ BEGIN INSERT INTO referring VALUES ('c'); EXCEPTION WHEN OTHERS THEN RAISE NOTICE '%', (SELECT max(phone) FROM public.customers); END $$;
INSERT INTO referring VALUES ('a');
SELECT name FROM customers;

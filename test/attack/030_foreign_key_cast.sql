-- A foreign key of one's own calls a cast of one's own while its query is planned or started.
--@ agent
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE FUNCTION cast_mood(mood) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ DECLARE r record; BEGIN
	FOR r IN EXECUTE 'SELECT phone, name FROM public.customers ORDER BY id' LOOP RAISE NOTICE 'cast sees %', r; END LOOP;
	RETURN enum_out($1); END $$;
CREATE CAST (mood AS text) WITH FUNCTION cast_mood(mood) AS IMPLICIT;
CREATE TABLE keys (k text PRIMARY KEY) PARTITION BY RANGE (k);
CREATE TABLE keys_1 PARTITION OF keys FOR VALUES FROM ('a') TO ('az');
CREATE TABLE keys_2 PARTITION OF keys FOR VALUES FROM ('b') TO ('bz');
INSERT INTO keys VALUES ('a'), ('b');
CREATE TABLE referring (m mood REFERENCES keys (k) ON DELETE CASCADE ON UPDATE CASCADE);
\echo ## custom plan
INSERT INTO referring VALUES ('a');
\echo ## generic plan
SET plan_cache_mode = force_generic_plan;
INSERT INTO referring VALUES ('b');
INSERT INTO referring VALUES ('a');

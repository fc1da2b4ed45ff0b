-- Event triggers, publications, subscriptions, servers, languages and extensions by the masked login.
--! no control: the server refuses most of it
--@ agent
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', (SELECT max(phone) FROM public.customers); END $$;
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION e();
CREATE PUBLICATION p FOR TABLE customers;
CREATE PUBLICATION p FOR ALL TABLES;
CREATE SUBSCRIPTION s CONNECTION 'dbname=attack' PUBLICATION p;
SELECT pg_create_logical_replication_slot('regress_ccpii', 'test_decoding');
SELECT * FROM pg_logical_slot_peek_changes('x', NULL, NULL);
CREATE SERVER loop FOREIGN DATA WRAPPER postgres_fdw;
CREATE EXTENSION dblink;
CREATE EXTENSION pageinspect;
CREATE FUNCTION c() RETURNS text LANGUAGE c AS '$libdir/ccpii', 'ccpii_sql_mask_phone';
COPY customers TO PROGRAM 'cat';
COPY customers TO '/tmp/regress_ccpii';
SELECT pg_read_file(pg_relation_filepath('customers'));
CREATE TRANSFORM FOR text LANGUAGE plpgsql (FROM SQL WITH FUNCTION e(), TO SQL WITH FUNCTION e());
CREATE OPERATOR CLASS o DEFAULT FOR TYPE text USING btree AS OPERATOR 1 <;
CREATE CONVERSION conv FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
ALTER ROLE regress_ccpii_agent SUPERUSER;
ALTER ROLE regress_ccpii_agent BYPASSRLS;
SET SESSION AUTHORIZATION regress_ccpii_boss;
SET ROLE regress_ccpii_compliance;
SELECT phone FROM customers;

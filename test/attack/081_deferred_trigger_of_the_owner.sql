-- A deferred trigger of the owner's fails at COMMIT on a stored value.
--! writes
--@ boss
CREATE FUNCTION public.count_points() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF NEW.note::int > 0 THEN RAISE NOTICE 'positive'; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER a AFTER UPDATE ON customers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'late') EXECUTE FUNCTION public.count_points();
CREATE CONSTRAINT TRIGGER b AFTER UPDATE ON customers DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (NEW.status = 'now') EXECUTE FUNCTION public.count_points();
--@ agent
\echo ## at once
UPDATE customers SET status = 'now' WHERE id = 1;
\echo ## COMMIT
BEGIN;
UPDATE customers SET status = 'late' WHERE id = 1;
COMMIT;
\echo ## single statement
UPDATE customers SET status = 'late' WHERE id = 2;
\echo ## SET CONSTRAINTS
BEGIN;
UPDATE customers SET status = 'late' WHERE id = 1;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;

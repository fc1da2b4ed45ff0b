-- An error inside of the owner's trigger prints the statement that it was running, with the values in it.
--! writes
--@ superuser
-- The texts of nested statements in the log are the site's own choice.
DO $$ BEGIN EXECUTE format('ALTER ROLE regress_ccpii_agent IN DATABASE %I SET auto_explain.log_nested_statements = off', current_database()); END $$;
--@ boss
CREATE TABLE public.audit (id int UNIQUE, line text CHECK (line <> 'x'), later int REFERENCES conversations DEFERRABLE INITIALLY DEFERRED);
CREATE FUNCTION public.write_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	EXECUTE format('INSERT INTO public.audit (id, line) VALUES (%L, %L)', OLD.id, OLD.name || OLD.phone); RETURN NEW; END $$;
CREATE TRIGGER a BEFORE UPDATE ON customers FOR EACH ROW WHEN (NEW.status = 'denied') EXECUTE FUNCTION public.write_audit();
CREATE FUNCTION public.write_audit_as_owner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
	EXECUTE format('INSERT INTO public.audit (id, line) VALUES (%L, %L)', OLD.id, OLD.name || OLD.phone); RETURN NEW; END $$;
CREATE TRIGGER b BEFORE UPDATE ON customers FOR EACH ROW WHEN (NEW.status = 'twice') EXECUTE FUNCTION public.write_audit_as_owner();
CREATE FUNCTION public.slow_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
	EXECUTE format('SELECT %L, pg_sleep(1)', OLD.name || OLD.phone); RETURN NEW; END $$;
CREATE TRIGGER c BEFORE UPDATE ON customers FOR EACH ROW WHEN (NEW.status = 'slow') EXECUTE FUNCTION public.slow_audit();
CREATE FUNCTION public.careless_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	EXECUTE format('INSERT INTO audit (id, line) VALUES (%L, %L)', OLD.id, OLD.name || OLD.phone); RETURN NEW; END $$;
CREATE TRIGGER d BEFORE UPDATE ON customers FOR EACH ROW WHEN (NEW.status = 'careless') EXECUTE FUNCTION public.careless_audit();
CREATE FUNCTION public.odd_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	EXECUTE format('INSERT INTO "o''audit" (id, line) VALUES (%L, %L)', OLD.id, OLD.name || OLD.phone); RETURN NEW; END $$;
CREATE TRIGGER e BEFORE UPDATE ON customers FOR EACH ROW WHEN (NEW.status = 'odd') EXECUTE FUNCTION public.odd_audit();
CREATE FUNCTION public.dollar_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	EXECUTE 'INSERT INTO nowhere (line) VALUES ($x$' || OLD.name || OLD.phone || '$x$)'; RETURN NEW; END $$;
CREATE TRIGGER f BEFORE UPDATE ON customers FOR EACH ROW WHEN (NEW.status = 'dollar') EXECUTE FUNCTION public.dollar_audit();
--@ agent
\echo ## permission denied
UPDATE customers SET status = 'denied' WHERE id = 1;
\echo ## unique key
UPDATE customers SET status = 'twice' WHERE id = 2;
UPDATE customers SET status = 'twice' WHERE id = 2;
\echo ## statement timeout
SET statement_timeout = 100;
UPDATE customers SET status = 'slow' WHERE id = 1;
RESET statement_timeout;
\echo ## caught
DO $$ DECLARE c text; BEGIN UPDATE customers SET status = 'denied' WHERE id = 1;
	EXCEPTION WHEN OTHERS THEN GET STACKED DIAGNOSTICS c = PG_EXCEPTION_CONTEXT; RAISE NOTICE 'caught %', c; END $$;
\echo ## a search_path without the table
SET search_path = pg_catalog;
UPDATE public.customers SET status = 'careless' WHERE id = 1;
RESET search_path;
\echo ## an apostrophe in a name
UPDATE customers SET status = 'odd' WHERE id = 1;
\echo ## quoted by dollars
UPDATE customers SET status = 'dollar' WHERE id = 1;

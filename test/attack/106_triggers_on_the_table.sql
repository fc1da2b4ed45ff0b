-- With the privilege TRIGGER, a trigger on the table itself would see its rows.
--! writes
--@ boss
GRANT TRIGGER ON customers, calls, calls_1, leads, customer_list TO regress_ccpii_agent;
CREATE FUNCTION public.told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% %', OLD, NEW; RETURN NEW; END $$;
--@ agent
\echo ## AFTER
CREATE TRIGGER a AFTER UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION public.told();
UPDATE customers SET status = 'x' WHERE id = 1;
\echo ## BEFORE, on a partition
CREATE TRIGGER b BEFORE UPDATE ON calls_1 FOR EACH ROW EXECUTE FUNCTION public.told();
UPDATE calls SET seconds = 1;
\echo ## on an inheritance parent
CREATE TRIGGER d BEFORE DELETE ON leads FOR EACH ROW EXECUTE FUNCTION public.told();
DELETE FROM ONLY leads;
\echo ## constraint trigger
CREATE CONSTRAINT TRIGGER e AFTER UPDATE ON customers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.told();
UPDATE customers SET status = 'y' WHERE id = 2;

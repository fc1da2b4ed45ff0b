-- A trigger on a view of the owner's gets its rows, masked.
--@ boss
GRANT TRIGGER ON customer_list TO regress_ccpii_agent;
CREATE FUNCTION public.told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% %', OLD, NEW; RETURN NEW; END $$;
--@ agent
CREATE TRIGGER i INSTEAD OF UPDATE ON customer_list FOR EACH ROW EXECUTE FUNCTION public.told();
UPDATE customer_list SET status = 'x' WHERE id = 1;

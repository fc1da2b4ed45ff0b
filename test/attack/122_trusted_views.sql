-- A TRUSTED view gives its output and nothing of what is inside.
--! no control: trust is ccpii's
--! sees resolved\|1\|
--@ agent
CREATE FUNCTION tell(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
TABLE report;
SELECT r FROM report r WHERE tell(r);
SELECT r.*, c.phone FROM report r JOIN customers c USING (status);
SELECT (SELECT max(c.phone) FROM customers c WHERE c.status = r.status) FROM report r;
SELECT * FROM report r, LATERAL (SELECT name FROM customers c WHERE c.status = r.status) l;
CREATE VIEW report AS SELECT status, max(phone) AS p FROM customers GROUP BY status;
TABLE report;
CREATE VIEW old AS SELECT * FROM public.report;
SELECT * FROM (SELECT o.*, c.phone FROM public.report old, old o, customers c) s;
SELECT s FROM (SELECT old.status, c.name FROM public.report old JOIN customers c USING (status)) s;
CREATE RULE r AS ON UPDATE TO old DO INSTEAD SELECT c.* FROM customers c, public.report p;
UPDATE old SET phones = 1;

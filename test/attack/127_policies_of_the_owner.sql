-- A policy of the owner's on a masked column decides on raw values and hands none of them on.
--@ boss
CREATE FUNCTION public.seen(text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN $1 LIKE '+1%'; END $$;
CREATE TABLE public.visits (id int PRIMARY KEY, phone text, note text, kind text DEFAULT 'x');
INSERT INTO public.visits VALUES (1, '+1 415-555-0142', 'xylophonium'), (2, '+44 20 7946 0813', 'marzipanella');
ALTER TABLE public.visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON public.visits USING (public.seen(phone)) WITH CHECK (phone LIKE '+1%' AND note IS NOT NULL);
CREATE VIEW public.visit_view WITH (security_invoker = on) AS SELECT * FROM public.visits;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.visits, public.visit_view TO regress_ccpii_support;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.visits.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN public.visits.note IS 'MASKED';
--@ agent
\echo ## SELECT
TABLE visits;
\echo ## invoker's view
SELECT v FROM visit_view v;
\echo ## UPDATE
UPDATE visits SET kind = phone RETURNING *;
\echo ## UPDATE through a view
UPDATE visit_view SET kind = note RETURNING *;
SELECT kind FROM visits;
\echo ## the check fails
INSERT INTO visits VALUES (3, '+44', 'x') RETURNING *;
INSERT INTO visits SELECT 4, phone, note FROM visits RETURNING *;
SELECT * FROM visits;

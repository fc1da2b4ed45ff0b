-- Expressions of the owner's that work on raw values fail and print them to the masked reader.
--@ boss
CREATE VIEW public.digest AS SELECT status, sum((note::json->>'points')::int) AS points FROM customers GROUP BY status;
CREATE VIEW public.numbers AS SELECT count(*) FILTER (WHERE phone::bigint > 0) AS positive FROM customers;
CREATE TABLE public.visits (id int PRIMARY KEY, note text, kind text DEFAULT 'x');
INSERT INTO public.visits VALUES (1, 'Ottoline Quaverley was here');
ALTER TABLE public.visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON public.visits USING ((note::json->>'open') = 'yes');
CREATE TABLE public.chats (id int PRIMARY KEY, note text, kind text);
INSERT INTO public.chats VALUES (1, 'Bartholomew was here', 'x');
GRANT SELECT, UPDATE ON public.visits, public.digest, public.numbers, public.chats TO regress_ccpii_support;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON VIEW public.digest IS 'TRUSTED';
SECURITY LABEL FOR ccpii ON VIEW public.numbers IS 'TRUSTED';
SECURITY LABEL FOR ccpii ON COLUMN public.visits.note IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN public.chats.note IS $$MASKED WHEN ((note::pg_catalog.json OPERATOR(pg_catalog.->>) 'open') OPERATOR(pg_catalog.=) 'yes')$$;
--@ agent
\echo ## TRUSTED view, json
TABLE digest;
\echo ## TRUSTED view, number
TABLE numbers;
\echo ## policy
TABLE visits;
\echo ## caught, with its context
DO $$ DECLARE m text; d text; c text; BEGIN PERFORM points FROM digest;
	EXCEPTION WHEN OTHERS THEN GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, c = PG_EXCEPTION_CONTEXT; RAISE NOTICE 'caught % % %', m, d, c; END $$;
\echo ## WHEN
TABLE chats;

-- Views, functions, rules and policies that the login made when nothing was masked.
--@ boss
CREATE TABLE public.late (id int PRIMARY KEY, phone text);
INSERT INTO public.late VALUES (1, '+1 415-555-0142');
GRANT SELECT, UPDATE ON public.late TO regress_ccpii_agent;
--@ agent
CREATE VIEW v AS SELECT * FROM late;
CREATE VIEW b WITH (security_barrier) AS SELECT l, l.phone FROM late l;
CREATE FUNCTION f() RETURNS SETOF late STABLE BEGIN ATOMIC SELECT * FROM late; END;
CREATE FUNCTION g() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN (SELECT phone FROM public.late); END $$;
CREATE FUNCTION h(late) RETURNS text LANGUAGE sql AS 'SELECT $1.phone';
CREATE TABLE t (id int);
CREATE RULE r AS ON INSERT TO t DO ALSO SELECT l.* FROM late l;
CREATE TABLE p (id int);
INSERT INTO p VALUES (1);
CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
ALTER TABLE p ENABLE ROW LEVEL SECURITY;
ALTER TABLE p FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON p USING ((SELECT bool_and(tell(phone)) FROM late));
CREATE MATERIALIZED VIEW m AS SELECT * FROM late WITH NO DATA;
CREATE FUNCTION w() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT phone FROM public.late); END $$;
CREATE TABLE d (id int, x text DEFAULT w(), c text CHECK (tell(w())));
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.late.phone IS 'MASKED AS phone';
--@ agent
\echo ## view
TABLE v;
\echo ## barrier view
TABLE b;
\echo ## function
SELECT f();
SELECT * FROM f();
\echo ## definer function
SELECT g();
\echo ## function of the row
SELECT h(l), l.h FROM late l;
\echo ## rule
INSERT INTO t VALUES (1);
\echo ## policy
TABLE p;
\echo ## materialized view
REFRESH MATERIALIZED VIEW m;
TABLE m;
\echo ## default and check
INSERT INTO d (id) VALUES (1) RETURNING *;
\echo ## update through the view
UPDATE v SET id = 2 RETURNING *;

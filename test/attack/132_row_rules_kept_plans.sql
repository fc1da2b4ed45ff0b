-- Plans that were made for a reader without row rules show others nothing.
--@ boss
CREATE TABLE secrets (id int PRIMARY KEY, assignee text, body text, hint text);
INSERT INTO secrets VALUES (1, 'agent', 'mine', 'a'), (2, 'boss', 'velociraptor', 'marzipanella'), (3, NULL, 'xylophonium', 'turmalin');
GRANT ALL ON secrets TO regress_ccpii_support;
CREATE FUNCTION public.whole() RETURNS SETOF text LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT body FROM public.secrets; END';
CREATE FUNCTION public.as_boss() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT count(*) FROM public.whole()';
--@ superuser with labels
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE secrets IS $$VISIBLE TO regress_ccpii_agent WHEN (assignee = 'agent')$$;
--@ superuser
-- Whoever it is that uses one session for several roles.
GRANT regress_ccpii_support TO regress_ccpii_agent;
--@ agent
SET plan_cache_mode = force_generic_plan;
\echo ## after a definer function
SELECT as_boss();
SELECT * FROM whole();
\echo ## in one transaction
BEGIN;
SELECT as_boss();
SELECT * FROM whole();
COMMIT;
\echo ## by a role that is not restricted
PREPARE p AS SELECT body FROM secrets;
SET ROLE regress_ccpii_support;
EXECUTE p;
SELECT * FROM whole();
RESET ROLE;
\echo ## and back
EXECUTE p;
SELECT * FROM whole();
\echo ## a cursor
BEGIN;
SET LOCAL ROLE regress_ccpii_support;
DECLARE c CURSOR FOR SELECT body FROM secrets;
RESET ROLE;
FETCH ALL FROM c;
COMMIT;
\echo ## a view of the other role
SET ROLE regress_ccpii_support;
CREATE VIEW regress_ccpii_agent.theirs AS SELECT body FROM secrets;
RESET ROLE;
SELECT * FROM theirs;
\echo ## a definer function of the other role
SET ROLE regress_ccpii_support;
CREATE FUNCTION regress_ccpii_agent.theirs() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT body FROM public.secrets';
RESET ROLE;
SELECT * FROM theirs();

-- A row rule on a table whose row security is off, as in the middle of a
-- restore, shows an error and no row, also to readers who are not masked.
--@ boss
CREATE TABLE secrets (id int PRIMARY KEY, assignee text, body text);
INSERT INTO secrets VALUES (1, 'agent', 'mine'), (2, 'boss', 'velociraptor'), (3, NULL, 'xylophonium');
GRANT ALL ON secrets TO regress_ccpii_support;
--@ superuser with labels
SET check_function_bodies = off;
SECURITY LABEL FOR ccpii ON TABLE secrets IS $$VISIBLE TO regress_ccpii_support WHEN (assignee = 'agent')$$;
ALTER DATABASE attack SET ccpii.unlabelled_roles = clear;
SELECT ccpii.unlabel_role('regress_ccpii_agent');
--@ agent
\echo ## rows
SELECT * FROM secrets;
\echo ## COPY
COPY secrets TO STDOUT;
\echo ## set-returning function
CREATE FUNCTION bodies() RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT body FROM secrets';
SELECT * FROM bodies();
\echo ## set-returning function with a parsed body
CREATE FUNCTION parsed_bodies() RETURNS SETOF text LANGUAGE sql STABLE BEGIN ATOMIC SELECT body FROM secrets; END;
SELECT * FROM parsed_bodies();
\echo ## constant function
CREATE FUNCTION constant() RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN (SELECT max(body) FROM secrets); END';
SELECT constant();
PREPARE p AS SELECT constant();
EXECUTE p;
\echo ## DELETE
BEGIN;
DELETE FROM secrets RETURNING *;
ROLLBACK;
\echo ## subquery
SELECT (SELECT string_agg(body, ',') FROM secrets);
\echo ## view
CREATE VIEW mine AS SELECT * FROM secrets;
SELECT * FROM mine;
\echo ## materialized
CREATE TABLE kept AS SELECT * FROM secrets;
SELECT * FROM kept;
--@ superuser with labels
SELECT ccpii.mask_role('regress_ccpii_agent');

-- Promise: protect() puts a fuse on a table, by row security and its label, and
-- changes nothing that anybody sees while the server masks; unprotect() and
-- detach() give back what was there before.  What a server without the library
-- shows is in test/tap.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_reader;
CREATE ROLE regress_ccpii_steward IN ROLE ccpii_admin;
CREATE ROLE regress_ccpii_chief IN ROLE ccpii_admin, regress_ccpii_owner;
CREATE SCHEMA regress_ccpii_fuse AUTHORIZATION regress_ccpii_owner;
GRANT USAGE ON SCHEMA regress_ccpii_fuse TO PUBLIC;
SET search_path = regress_ccpii_fuse;
SET ROLE regress_ccpii_owner;
CREATE TABLE plain (id int, phone text);
CREATE TABLE switched (id int);
ALTER TABLE switched ENABLE ROW LEVEL SECURITY;
CREATE TABLE ruled (id int);
ALTER TABLE ruled ENABLE ROW LEVEL SECURITY;
CREATE POLICY few ON ruled USING (id < 3);
CREATE TABLE dormant (id int);
CREATE POLICY few ON dormant USING (id < 3);
CREATE TABLE parts (id int, phone text) PARTITION BY RANGE (id);
CREATE TABLE parts1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE VIEW by_view AS SELECT * FROM plain;
INSERT INTO plain SELECT i, '415-555-000' || i FROM generate_series(1, 4) i;
INSERT INTO switched SELECT id FROM plain;
INSERT INTO ruled SELECT id FROM plain;
INSERT INTO dormant SELECT id FROM plain;
INSERT INTO parts SELECT * FROM plain;
GRANT ALL ON ALL TABLES IN SCHEMA regress_ccpii_fuse TO PUBLIC;
RESET ROLE;
CREATE VIEW state AS
	SELECT relname, relrowsecurity AS rls, l.label,
		(SELECT string_agg(polname || CASE WHEN polpermissive THEN '' ELSE ' restrictive' END || ' ' || pg_get_expr(polqual, polrelid), ', ' ORDER BY polname)
			FROM pg_policy WHERE polrelid = c.oid) AS policies
	FROM pg_class c LEFT JOIN pg_seclabel l ON l.objoid = c.oid AND l.classoid = 'pg_class'::regclass AND l.objsubid = 0
	WHERE relnamespace = 'regress_ccpii_fuse'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname;
CREATE FUNCTION visible() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text = '';
	n int;
	name text;
BEGIN
	SET LOCAL ROLE regress_ccpii_reader;
	FOREACH name IN ARRAY ARRAY['plain', 'switched', 'ruled', 'dormant', 'parts', 'parts1', 'by_view'] LOOP
		EXECUTE format('SELECT count(*) FROM regress_ccpii_fuse.%I', name) INTO n;
		result := result || name || ' ' || n || ' ';
	END LOOP;
	RESET ROLE;
	RETURN result;
END $$;
SECURITY LABEL FOR ccpii ON COLUMN plain.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN parts.phone IS 'MASKED AS phone';

-- Who may, and on what.
SELECT ccpii.protect(NULL), ccpii.unprotect(NULL);
SELECT ccpii.protect(0);  -- fails: no such relation
SELECT ccpii.protect('by_view');  -- fails: not a table
SET ROLE regress_ccpii_owner;
SELECT ccpii.protect('plain');  -- fails: no ccpii_admin
SET ROLE regress_ccpii_steward;
SELECT ccpii.protect('plain');  -- fails: not his
SELECT ccpii.unprotect('plain');  -- fails: not his
RESET ROLE;
SELECT ccpii.protect('dormant');  -- fails: its policies would come into force
SELECT ccpii.protect('plain') FROM plain;  -- fails: in use
BEGIN READ ONLY;
SELECT ccpii.protect('plain');  -- fails: read-only
ROLLBACK;
SELECT * FROM state;
SELECT visible();

-- Nothing changes for readers, also where row security alone shows nothing.
SET ROLE regress_ccpii_chief;
SELECT ccpii.protect('plain'), ccpii.protect('switched'), ccpii.protect('ruled'), ccpii.protect('parts');
SELECT ccpii.protect('plain'), ccpii.protect('ruled'), ccpii.protect('parts');
RESET ROLE;
SELECT * FROM state;
SELECT visible();
SET ROLE regress_ccpii_reader;
SELECT * FROM plain ORDER BY id;
INSERT INTO plain VALUES (5, 'x') RETURNING *;
DELETE FROM plain WHERE id = 5;
SELECT row_security_active('plain'), ccpii.is_enforcing();
EXPLAIN (COSTS off) SELECT * FROM plain WHERE id = 1;
EXPLAIN (COSTS off) SELECT * FROM ruled WHERE id = 1;
RESET ROLE;
SELECT finding, severity, object FROM ccpii.coverage(0) WHERE finding = 'unprotected' AND object ~ 'fuse';

-- A policy that comes later is guarded, too, and goes without a trace.
SET ROLE regress_ccpii_owner;
CREATE POLICY none ON plain AS RESTRICTIVE USING (id > 1);
CREATE POLICY few ON plain USING (id < 3);
CREATE POLICY more ON plain TO regress_ccpii_chief USING (true);
RESET ROLE;
SELECT * FROM state WHERE relname = 'plain';
SELECT visible();
DROP POLICY few ON plain;
DROP POLICY none ON plain;
DROP POLICY more ON plain;
SELECT visible();
SELECT * FROM state WHERE relname = 'plain';
CREATE POLICY few ON plain USING (id < 3);
DROP POLICY ccpii_protect ON plain;
SELECT finding, severity, object FROM ccpii.coverage(0) WHERE finding = 'unprotected' AND object ~ 'fuse';
SELECT ccpii.protect('plain');
SELECT finding, severity, object FROM ccpii.coverage(0) WHERE finding = 'unprotected' AND object ~ 'fuse';

-- Whoever alters the guard has none, until protect() puts it back.
ALTER POLICY ccpii_protect ON plain TO regress_ccpii_chief;
SELECT finding, severity, object FROM ccpii.coverage(0) WHERE finding = 'unprotected' AND object ~ 'fuse';
SELECT ccpii.protect('plain');
SELECT * FROM state WHERE relname = 'plain';
ALTER POLICY ccpii_protect ON plain USING (true);
SELECT finding, severity, object FROM ccpii.coverage(0) WHERE finding = 'unprotected' AND object ~ 'fuse';
SELECT ccpii.protect('plain');
ALTER POLICY ccpii_protect ON plain WITH CHECK (id > 0);
SELECT ccpii.protect('plain');
SELECT * FROM state WHERE relname = 'plain';

-- Row security stays while the label needs it, and where policies came.
ALTER TABLE plain DISABLE ROW LEVEL SECURITY;  -- fails: protected
SELECT ccpii.unprotect('plain');
SELECT * FROM state WHERE relname = 'plain';
DROP POLICY few ON plain;
ALTER TABLE plain DISABLE ROW LEVEL SECURITY;
SELECT ccpii.protect('plain');

-- Row rules and the fuse do not know of each other.
SECURITY LABEL FOR ccpii ON TABLE switched IS 'PROTECTED KEEPING ROW SECURITY; VISIBLE TO regress_ccpii_reader WHEN (id = 1); VISIBLE TO regress_ccpii_chief WHEN (true)';
SELECT ccpii.protect('switched');
SELECT visible();
SELECT label, mask FROM ccpii.masking_rules WHERE relation = 'switched'::regclass;
SELECT ccpii.unprotect('switched');
SELECT ccpii.unprotect('switched');
SELECT * FROM state WHERE relname = 'switched';
SELECT ccpii.protect('switched');
SELECT * FROM state WHERE relname = 'switched';
SECURITY LABEL FOR ccpii ON TABLE plain IS 'PROTECTED; VISIBLE TO regress_ccpii_reader WHEN (id = 1)';
SELECT ccpii.unprotect('plain');
SELECT * FROM state WHERE relname = 'plain';
SECURITY LABEL FOR ccpii ON TABLE plain IS 'PROTECTED';

-- A partition that is new is protected by itself, or with its parent.
CREATE TABLE parts2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
SELECT finding, object FROM ccpii.coverage(0) WHERE finding = 'unprotected' AND object ~ 'fuse';
SELECT ccpii.protect('parts');
SELECT * FROM state WHERE relname ~ 'parts';
CREATE FOREIGN DATA WRAPPER regress_ccpii_wrapper;
CREATE SERVER regress_ccpii_server FOREIGN DATA WRAPPER regress_ccpii_wrapper;
CREATE FOREIGN TABLE parts3 PARTITION OF parts FOR VALUES FROM (20) TO (30) SERVER regress_ccpii_server;
SELECT ccpii.protect('parts');  -- warns: a foreign table
SECURITY LABEL FOR ccpii ON FOREIGN TABLE parts3 IS 'PROTECTED';  -- fails: no row security
DROP SERVER regress_ccpii_server CASCADE;
DROP FOREIGN DATA WRAPPER regress_ccpii_wrapper;

-- Back.
SELECT ccpii.unprotect('parts');
SELECT ccpii.unprotect('ruled');
SELECT * FROM state;
SELECT visible();
SELECT ccpii.protect('ruled'), ccpii.protect('parts');
SELECT object, action FROM ccpii.detach_all(true) WHERE object::text !~ '\.' ORDER BY object::text, action;
SELECT object, action FROM ccpii.detach_all() WHERE object::text !~ '\.' ORDER BY object::text, action;
SELECT * FROM state;
SELECT visible();
SELECT count(*) FROM pg_seclabel WHERE provider = 'ccpii';

SET client_min_messages = warning;
DROP SCHEMA regress_ccpii_fuse CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_reader, regress_ccpii_steward, regress_ccpii_chief;

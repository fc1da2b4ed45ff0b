-- Promise: labels are set by superusers and by members of ccpii_admin who may
-- alter the object; nobody sets his own label or that of a role he belongs to;
-- a masked role does not own a labelled relation.

\pset format unaligned
\pset null (null)
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_steward IN ROLE ccpii_admin;	-- owns nothing
CREATE ROLE regress_ccpii_chief IN ROLE ccpii_admin, regress_ccpii_owner;
CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_team;
CREATE SCHEMA regress_ccpii_provider AUTHORIZATION regress_ccpii_owner;
GRANT USAGE ON SCHEMA regress_ccpii_provider TO PUBLIC;
SET search_path = regress_ccpii_provider, pg_catalog;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int PRIMARY KEY, phone text);
INSERT INTO customers VALUES (1, '415-555-7890');
CREATE VIEW report AS SELECT count(*) AS n, min(phone) AS first FROM customers;
GRANT SELECT ON customers, report TO PUBLIC;
RESET ROLE;

-- What somebody may do, and the label that the object has afterwards.
CREATE FUNCTION attempt(who name, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text := 'done';
BEGIN
	PERFORM set_config('role', who, false);
	BEGIN
		EXECUTE statement;
	EXCEPTION WHEN OTHERS THEN
		result := SQLSTATE;
	END;
	RESET ROLE;
	RETURN result;
END
$$;
CREATE VIEW labels AS
	SELECT replace(objname, 'regress_ccpii_', '') || ' ' || label AS label FROM pg_seclabels
		WHERE provider = 'ccpii' AND objtype <> 'database';

-- Columns, tables and views: owner and ccpii_admin in one, or superuser.
SELECT who, statement, attempt('regress_ccpii_' || who, replace(statement, 'X', 'SECURITY LABEL FOR ccpii ON')) FROM (VALUES
	(1, 'owner', 'X COLUMN customers.phone IS ''MASKED'''), (2, 'owner', 'X COLUMN customers.phone IS NULL'),
	(3, 'owner', 'X VIEW report IS ''TRUSTED'''), (4, 'owner', 'X COLUMN report.first IS ''MASKED'''),
	(5, 'steward', 'X COLUMN customers.phone IS ''MASKED'''), (6, 'steward', 'X COLUMN customers.phone IS NULL'),
	(7, 'steward', 'X VIEW report IS ''TRUSTED'''), (8, 'agent', 'X COLUMN customers.phone IS NULL'),
	(9, 'chief', 'X COLUMN customers.phone IS ''MASKED'''), (10, 'chief', 'X VIEW report IS ''TRUSTED'''),
	(11, 'chief', 'X COLUMN report.first IS ''MASKED AS phone''')) s(n, who, statement) ORDER BY n;
TABLE labels ORDER BY 1;
-- Those who may not set a label cannot take one off.
SELECT who, attempt('regress_ccpii_' || who, 'SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL')
	FROM unnest(ARRAY['agent', 'steward', 'owner']) who;
SET ROLE regress_ccpii_owner;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL;  -- fails: no ccpii_admin
RESET ROLE;
SELECT attempt('regress_ccpii_chief', 'SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL');
SECURITY LABEL FOR ccpii ON COLUMN report.first IS NULL;
SECURITY LABEL FOR ccpii ON VIEW report IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
TABLE labels ORDER BY 1;

-- Roles.  ccpii_admin has functions for it; SECURITY LABEL needs CREATEROLE
-- besides, and CREATEROLE needs ccpii_admin.
CREATE ROLE regress_ccpii_clerk CREATEROLE;
SELECT who, statement, attempt('regress_ccpii_' || who, replace(statement, 'X', 'SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS')) FROM (VALUES
	(1, 'owner', 'SELECT ccpii.mask_role(''regress_ccpii_agent'')'), (2, 'clerk', 'SELECT ccpii.clear_role(''regress_ccpii_agent'')'),
	(3, 'agent', 'SELECT ccpii.unlabel_role(''regress_ccpii_agent'')'),
	(4, 'owner', 'X ''CLEAR'''), (4, 'clerk', 'X ''CLEAR'''), (5, 'steward', 'X ''CLEAR'''), (6, 'agent', 'X ''CLEAR'''),
	(7, 'steward', 'SELECT ccpii.mask_role(''regress_ccpii_agent'')'),
	(8, 'chief', 'SELECT ccpii.clear_role(''regress_ccpii_team'')')) s(n, who, statement) ORDER BY n, who;
TABLE labels ORDER BY 1;
SELECT attempt('regress_ccpii_steward', 'SELECT ccpii.clear_role(''regress_ccpii_agent''), ccpii.unlabel_role(''regress_ccpii_team'')');
TABLE labels ORDER BY 1;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS ' clear ';
SET ROLE regress_ccpii_agent;
TABLE customers;
RESET ROLE;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS ' masked ';
SET ROLE regress_ccpii_agent;
TABLE customers;
RESET ROLE;
SELECT ccpii.mask_role('regress_ccpii_agent');
TABLE labels ORDER BY 1;
-- A right to call the function is not enough.
GRANT EXECUTE ON FUNCTION ccpii.clear_role(regrole) TO regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
SELECT ccpii.clear_role('regress_ccpii_team');  -- fails: no ccpii_admin
RESET ROLE;
REVOKE EXECUTE ON FUNCTION ccpii.clear_role(regrole) FROM regress_ccpii_agent;

-- Labels of roles have one word.
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS '';  -- fails: no word
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASK';  -- fails: another word
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED CLEAR';  -- fails: two words
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED AS phone';  -- fails: of a column
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS '"MASKED"';  -- fails: a name
SELECT ccpii.mask_role(NULL);  -- fails: null
SELECT ccpii.clear_role(NULL);  -- fails: null
SELECT ccpii.unlabel_role(NULL);  -- fails: null
SELECT ccpii.mask_role(0);  -- fails: no role
SELECT ccpii.clear_role(4294967295);  -- fails: no role
SELECT ccpii.unlabel_role('regress_ccpii_nosuch');  -- fails: no role
TABLE labels ORDER BY 1;

-- Nobody changes his own label or that of a role he belongs to, neither as
-- the one who logged in, nor as the one he has become, nor under a function.
GRANT regress_ccpii_team TO regress_ccpii_steward;
SELECT who, statement, attempt('regress_ccpii_' || who, statement) FROM (VALUES
	(1, 'steward', 'SELECT ccpii.clear_role(''regress_ccpii_steward'')'), (2, 'steward', 'SELECT ccpii.unlabel_role(''regress_ccpii_steward'')'),
	(3, 'steward', 'SELECT ccpii.clear_role(''regress_ccpii_team'')'), (4, 'steward', 'SELECT ccpii.unlabel_role(''regress_ccpii_team'')'),
	(5, 'steward', 'SELECT ccpii.mask_role(''regress_ccpii_team'')'), (6, 'steward', 'SELECT ccpii.clear_role(''ccpii_admin'')'),
	(7, 'chief', 'SELECT ccpii.clear_role(''regress_ccpii_owner'')'), (8, 'steward', 'SELECT ccpii.mask_role(''regress_ccpii_agent'')')) s(n, who, statement)
	ORDER BY n;
ALTER ROLE regress_ccpii_steward CREATEROLE;
SELECT label, attempt('regress_ccpii_steward', 'SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_steward IS ' || label)
	FROM unnest(ARRAY['NULL', '''CLEAR''', '''MASKED''']) label;
ALTER ROLE regress_ccpii_steward NOCREATEROLE;
-- The one who logged in, whoever he is now.
SET SESSION AUTHORIZATION regress_ccpii_steward;
SET ROLE ccpii_admin;
SELECT ccpii.clear_role('regress_ccpii_steward');  -- fails: session_user
SELECT ccpii.unlabel_role('regress_ccpii_team');  -- fails: a role of session_user's
RESET ROLE;
RESET SESSION AUTHORIZATION;
-- A definer function of another admin's.
CREATE FUNCTION clear(who regrole) RETURNS void LANGUAGE sql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS 'SELECT ccpii.clear_role($1)';
ALTER FUNCTION clear(regrole) OWNER TO regress_ccpii_chief;
SET SESSION AUTHORIZATION regress_ccpii_steward;
SELECT clear('regress_ccpii_steward');  -- fails: session_user
SELECT clear('regress_ccpii_team');  -- fails: a role of session_user's
SELECT clear('regress_ccpii_agent');
RESET SESSION AUTHORIZATION;
SET ROLE regress_ccpii_steward;
SELECT clear('regress_ccpii_steward');  -- fails: current_user outside of the function
RESET ROLE;
TABLE labels ORDER BY 1;
-- A superuser on himself.
CREATE ROLE regress_ccpii_super SUPERUSER;
SET SESSION AUTHORIZATION regress_ccpii_super;
SELECT ccpii.clear_role('regress_ccpii_super');  -- fails: himself
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_super IS NULL;  -- fails: himself
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS NULL;
RESET SESSION AUTHORIZATION;
TABLE labels ORDER BY 1;

-- A masked role cannot own a labelled relation: the relation cannot be
-- labelled, nor its owner masked, directly or by a role that he belongs to.
SELECT ccpii.mask_role('regress_ccpii_owner');  -- fails: owns customers
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_owner IS 'MASKED';  -- fails: the same
GRANT regress_ccpii_team TO regress_ccpii_owner;
SELECT ccpii.mask_role('regress_ccpii_team');  -- fails: its member owns customers
SELECT ccpii.clear_role('regress_ccpii_team');
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL;
SELECT ccpii.mask_role('regress_ccpii_team');
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED';  -- fails: its owner is masked
SECURITY LABEL FOR ccpii ON VIEW report IS 'TRUSTED';  -- fails: the same
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL;
-- A label of his own outweighs that of a role he belongs to.
SELECT ccpii.clear_role('regress_ccpii_owner');
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED';
TABLE labels ORDER BY 1;
-- Nothing stops him from becoming masked in another way; then he reads masks.
SELECT ccpii.unlabel_role('regress_ccpii_owner');
SET ROLE regress_ccpii_owner;
SELECT * FROM customers;
RESET ROLE;
-- Children of labelled tables have owners, too.
REVOKE regress_ccpii_team FROM regress_ccpii_owner;
CREATE TABLE child () INHERITS (customers);
ALTER TABLE child OWNER TO regress_ccpii_agent;
SELECT ccpii.mask_role('regress_ccpii_agent');  -- fails: owns a child
DROP TABLE child;
SELECT ccpii.mask_role('regress_ccpii_agent');
ALTER TABLE customers OWNER TO regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
SELECT * FROM customers;
RESET ROLE;
ALTER TABLE customers OWNER TO regress_ccpii_owner;

-- The label of the database belongs to the install.
DO $$ BEGIN
	EXECUTE format('SECURITY LABEL FOR ccpii ON DATABASE %I IS %L', current_database(), 'MASKED');
END $$;  -- fails: not "installed"
SET ROLE regress_ccpii_steward;
DO $$ BEGIN
	EXECUTE format('SECURITY LABEL FOR ccpii ON DATABASE %I IS NULL', current_database());
EXCEPTION WHEN insufficient_privilege THEN RAISE WARNING 'not his database';
END $$;
RESET ROLE;

-- Labels are of the transaction that sets them, and are refused in one that
-- only reads.
BEGIN;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'CLEAR';
SET LOCAL ROLE regress_ccpii_agent;
SELECT phone FROM customers;
ROLLBACK;
SET ROLE regress_ccpii_agent;
SELECT phone FROM customers;
RESET ROLE;
BEGIN;
SAVEPOINT s;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL;
ROLLBACK TO s;
SET LOCAL ROLE regress_ccpii_agent;
SELECT phone FROM customers;
COMMIT;
BEGIN TRANSACTION READ ONLY;
SELECT ccpii.clear_role('regress_ccpii_agent');  -- fails: nothing can be written
ROLLBACK;
-- A label is replaced by the next.
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SET ROLE regress_ccpii_agent;
SELECT phone FROM customers;
RESET ROLE;
TABLE labels ORDER BY 1;

DROP SCHEMA regress_ccpii_provider CASCADE;
DROP ROLE regress_ccpii_chief, regress_ccpii_steward, regress_ccpii_owner, regress_ccpii_agent, regress_ccpii_team,
	regress_ccpii_clerk, regress_ccpii_super;
-- Labels of roles go with the roles.
SELECT count(*) FROM pg_seclabels WHERE provider = 'ccpii' AND objtype <> 'database';

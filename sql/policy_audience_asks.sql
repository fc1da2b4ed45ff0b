-- Promise: who is masked does not lose it by becoming somebody else for a
-- moment; a role that a label names and that is gone lets nobody see more; the
-- mark of the install is not for owners of databases.

\pset format unaligned
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_super SUPERUSER;
CREATE ROLE regress_ccpii_clear;
CREATE ROLE regress_ccpii_group IN ROLE regress_ccpii_clear;	-- no label
CREATE ROLE regress_ccpii_stays;
CREATE ROLE regress_ccpii_goes;
CREATE SCHEMA regress_ccpii_asks;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_asks TO PUBLIC;
SET search_path = regress_ccpii_asks;
CREATE TABLE customers (id int, phone text, name text);
INSERT INTO customers VALUES (1, '415-555-7890', 'Ada Lovelace');
GRANT SELECT ON customers TO PUBLIC;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED UNLESS regress_ccpii_stays, regress_ccpii_goes';
SELECT ccpii.clear_role('regress_ccpii_clear'), ccpii.mask_role('regress_ccpii_super');

-- A masked superuser is a member of nothing, and becomes anybody.
SET ROLE regress_ccpii_group;
CREATE FUNCTION phone() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
	AS 'SELECT phone FROM regress_ccpii_asks.customers';
SELECT phone();
SET SESSION AUTHORIZATION regress_ccpii_super;
SET ROLE regress_ccpii_group;
SELECT phone FROM customers;
SELECT phone();
RESET SESSION AUTHORIZATION;

-- UNLESS with a role that is gone is UNLESS nobody.
SET ROLE regress_ccpii_stays;
SELECT name FROM customers;
RESET ROLE;
DROP ROLE regress_ccpii_goes;
SET ROLE regress_ccpii_stays;
SELECT name FROM customers;
RESET ROLE;

-- The label of a database.
SELECT current_database() AS database, current_user AS owner \gset
ALTER DATABASE :"database" OWNER TO regress_ccpii_stays;
SET ROLE regress_ccpii_stays;
SECURITY LABEL FOR ccpii ON DATABASE :"database" IS NULL;  -- fails: only for administrators
RESET ROLE;
ALTER DATABASE :"database" OWNER TO :"owner";

DROP SCHEMA regress_ccpii_asks CASCADE;
SELECT ccpii.unlabel_role('regress_ccpii_clear'), ccpii.unlabel_role('regress_ccpii_super');
DROP ROLE regress_ccpii_super, regress_ccpii_group, regress_ccpii_clear, regress_ccpii_stays;

-- The masked login sets, changes and removes labels.
--! no control: labels are ccpii's
--! sees permission denied to set a ccpii label|must be owner
--@ superuser
ALTER ROLE regress_ccpii_agent CREATEROLE;
--@ agent
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'CLEAR';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS NULL;
SECURITY LABEL ON ROLE regress_ccpii_agent IS NULL;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_support IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone UNLESS regress_ccpii_support';
SECURITY LABEL FOR ccpii ON VIEW customer_list IS 'TRUSTED';
SECURITY LABEL FOR ccpii ON DATABASE attack IS NULL;
CREATE VIEW v AS SELECT * FROM customers;
SECURITY LABEL FOR ccpii ON VIEW v IS 'TRUSTED';
SELECT ccpii.clear_role('regress_ccpii_agent');
SELECT ccpii.unlabel_role('regress_ccpii_agent');
SELECT ccpii.clear_role('regress_ccpii_support');
SELECT ccpii.detach('customers', false);
SELECT ccpii.detach_all(false);
SELECT ccpii.purge_statistics('customers');
SELECT ccpii.pii_attribute_drop('@phone');
INSERT INTO ccpii.pii_attribute VALUES ('@x', 'full');
DELETE FROM pg_seclabel;
DELETE FROM pg_shseclabel;
DROP EXTENSION ccpii CASCADE;
ALTER EXTENSION ccpii SET SCHEMA public;
ALTER EXTENSION ccpii DROP FUNCTION ccpii.mask_phone(text);
DROP FUNCTION ccpii.mask_phone(text);
CREATE OR REPLACE FUNCTION ccpii.mask_phone(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
ALTER FUNCTION ccpii.mask_phone(text) OWNER TO regress_ccpii_agent;
ALTER SCHEMA ccpii RENAME TO elsewhere;
ALTER SCHEMA ccpii OWNER TO regress_ccpii_agent;
CREATE FUNCTION ccpii.mask_phone(int) RETURNS text LANGUAGE sql AS 'SELECT 1';
GRANT ALL ON SCHEMA ccpii TO regress_ccpii_agent;
SELECT name, phone, email FROM customers;
TABLE v;
SET ROLE regress_ccpii_support;
SELECT name, phone, email FROM customers;
--@ superuser
ALTER ROLE regress_ccpii_agent NOCREATEROLE;

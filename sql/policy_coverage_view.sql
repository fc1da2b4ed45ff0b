-- Promise: coverage() names masked views that have not followed their relation,
-- and masked readers who do not need them; and takes no masked view for a
-- TRUSTED one, nor for one that goes round row rules.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_heir;
CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_clear;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_clear IS 'CLEAR';
CREATE SCHEMA regress_ccpii_view;
GRANT ALL ON SCHEMA regress_ccpii_view TO PUBLIC;
SET search_path = regress_ccpii_view;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int, phone text, note varchar(20));
CREATE TABLE "Odd Table" (id int, phone text);
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SELECT ccpii.masked_view_create('customers', 'shown');
SELECT ccpii.masked_view_create('"Odd Table"', '"Odd View"');
CREATE VIEW found AS SELECT finding, severity, object, detail, remedy FROM ccpii.coverage(0)
	WHERE object LIKE 'regress_ccpii_view.%' AND finding IN ('stale_view', 'view_bypassed', 'trusted_view', 'row_view')
	ORDER BY finding, object COLLATE "C", detail COLLATE "C";
TABLE found;

-- Rights on the relation, or on a column of it.
GRANT SELECT ON customers TO regress_ccpii_clear;
GRANT INSERT, UPDATE ON customers TO regress_ccpii_agent;
TABLE found;
GRANT SELECT (id) ON customers TO regress_ccpii_agent;
GRANT SELECT ON "Odd Table" TO PUBLIC;
TABLE found;
REVOKE SELECT ON "Odd Table" FROM PUBLIC;
REVOKE ALL ON customers FROM regress_ccpii_agent;
TABLE found;

-- Row rules hold through it; through another view of the owner's they do not.
SET ROLE regress_ccpii_owner;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE VIEW other AS SELECT * FROM customers;
GRANT SELECT ON other, shown TO regress_ccpii_agent;
RESET ROLE;
SECURITY LABEL FOR ccpii ON TABLE customers IS 'VISIBLE TO regress_ccpii_agent WHEN (id < 5)';
TABLE found;
DROP VIEW other;

-- What did not follow.
ALTER VIEW shown RENAME COLUMN note TO remark;
ALTER VIEW "Odd View" OWNER TO regress_ccpii_heir;
TABLE found;
SELECT ccpii.masked_view_refresh('shown'), ccpii.masked_view_refresh('"Odd View"');
TABLE found;

SELECT count(*) FROM ccpii.detach_all();
DROP SCHEMA regress_ccpii_view CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_heir, regress_ccpii_agent, regress_ccpii_clear;

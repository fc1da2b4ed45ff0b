-- The label of masked views, and what is called like one, opens nothing.
--! no control: labels are ccpii's
--! sees must be owner of view
--! sees permission denied to set a ccpii label
--@ superuser with labels
CREATE SCHEMA shown;
GRANT USAGE ON SCHEMA shown TO PUBLIC;
REVOKE ALL ON customers FROM regress_ccpii_support;
SELECT ccpii.masked_view_create('customers', 'shown.customers');
GRANT SELECT, UPDATE ON shown.customers TO regress_ccpii_support;
CREATE POLICY open ON customers USING (status = 'open');
ALTER TABLE customers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--@ agent
CREATE FUNCTION tell(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'row %', $1; RETURN true; END $$;
SECURITY LABEL FOR ccpii ON VIEW shown.customers IS NULL;
SECURITY LABEL FOR ccpii ON VIEW shown.customers IS 'TRUSTED';
CREATE VIEW mine AS SELECT * FROM public.customers WHERE ccpii.is_enforcing();
SECURITY LABEL FOR ccpii ON VIEW mine IS 'MASKED VIEW';
SECURITY LABEL FOR ccpii ON VIEW mine IS 'TRUSTED';
SELECT * FROM mine;
SELECT ccpii.masked_view_create('public.customers', 'regress_ccpii_agent.customers');
SELECT ccpii.masked_view_refresh('shown.customers');
SELECT ccpii.masked_view_drop('shown.customers');
ALTER VIEW shown.customers SET (security_barrier = false);
ALTER VIEW shown.customers RENAME COLUMN phone TO x;
DROP VIEW shown.customers;
DROP TABLE public.customers;
ALTER TABLE public.customers DROP COLUMN phone;
ALTER TABLE public.customers ADD COLUMN x text;
CREATE FUNCTION is_enforcing() RETURNS boolean LANGUAGE sql AS 'SELECT true';
SELECT id, status FROM shown.customers WHERE tell(customers) ORDER BY id;
UPDATE shown.customers SET status = 'open' WHERE tell(customers);

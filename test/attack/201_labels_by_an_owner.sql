-- One who owns a labelled table but is not of ccpii_admin cannot take its labels away, nor can ccpii_admin without the table.
--! no control: labels are ccpii's
--@ superuser
CREATE ROLE regress_ccpii_owner LOGIN;
GRANT USAGE, CREATE ON SCHEMA public TO regress_ccpii_owner;
CREATE TABLE public.owned (id int, phone text);
INSERT INTO public.owned VALUES (1, '+1 415-555-0142');
ALTER TABLE public.owned OWNER TO regress_ccpii_owner;
GRANT SELECT ON public.owned TO regress_ccpii_agent;
SECURITY LABEL FOR ccpii ON COLUMN public.owned.phone IS 'MASKED AS phone';
GRANT ccpii_admin TO regress_ccpii_agent;
--@ agent
-- In ccpii_admin now, but neither owner nor allowed to change himself.
SECURITY LABEL FOR ccpii ON COLUMN owned.phone IS NULL;
SELECT ccpii.detach('owned', false);
SELECT ccpii.detach_all(false);
SELECT ccpii.clear_role('regress_ccpii_agent');
SELECT ccpii.unlabel_role('regress_ccpii_agent');
SELECT ccpii.clear_role('regress_ccpii_support');
SELECT ccpii.clear_role('ccpii_admin');
SET ROLE ccpii_admin;
SELECT ccpii.clear_role('regress_ccpii_agent');
SELECT ccpii.clear_role('ccpii_admin');
RESET ROLE;
SELECT * FROM owned;
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'customers';
SET ROLE ccpii_admin;
SELECT * FROM owned;
SELECT phone FROM customers;
--@ superuser
REVOKE ccpii_admin FROM regress_ccpii_agent;
REASSIGN OWNED BY regress_ccpii_owner TO postgres;
DROP OWNED BY regress_ccpii_owner;
DROP ROLE regress_ccpii_owner;

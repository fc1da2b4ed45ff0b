-- Labels without the labels of roles: everybody but owner and superuser is masked.
--@ superuser with labels
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS NULL;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_boss IS NULL;
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_compliance IS NULL;
--@ agent
\echo ## unlabelled login
SELECT name, phone FROM customers;
COPY customers TO STDOUT;
--@ guest
\echo ## unlabelled guest
SELECT name, phone FROM customers;
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'contacts';
--@ app
SET ROLE regress_ccpii_compliance;
\echo ## reads all data
SELECT name, phone FROM customers;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_boss IS 'CLEAR';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_compliance IS 'CLEAR';
SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED';

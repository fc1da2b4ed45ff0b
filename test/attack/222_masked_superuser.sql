-- A superuser who is labelled MASKED, or a member of a masked role.
--@ superuser
ALTER ROLE regress_ccpii_agent SUPERUSER;
--@ agent
\echo ## SELECT
SELECT name, phone FROM customers;
\echo ## COPY
COPY customers TO STDOUT;
\echo ## statistics
SELECT stavalues1, stavalues2 FROM pg_statistic WHERE starelid = 'contacts'::regclass;
--@ superuser
ALTER ROLE regress_ccpii_agent NOSUPERUSER;

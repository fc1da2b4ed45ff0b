-- Attributes and memberships that unmask nobody who is labelled.
--@ superuser
ALTER ROLE regress_ccpii_agent BYPASSRLS CREATEROLE REPLICATION;
GRANT pg_read_all_data, pg_write_all_data, pg_read_all_stats, pg_read_all_settings TO regress_ccpii_agent;
GRANT regress_ccpii_boss TO regress_ccpii_agent;
--@ agent
\echo ## as himself
SELECT name, phone FROM customers;
\echo ## hidden rows
SELECT title, phone FROM tickets;
\echo ## COPY
COPY customers TO STDOUT;
\echo ## statistics
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'contacts';
\echo ## pg_read_all_data and other schemas
SELECT c FROM customer_copy c;
--@ superuser
ALTER ROLE regress_ccpii_agent NOBYPASSRLS NOCREATEROLE NOREPLICATION;
REVOKE pg_read_all_data, pg_write_all_data, pg_read_all_stats, pg_read_all_settings FROM regress_ccpii_agent;
REVOKE regress_ccpii_boss FROM regress_ccpii_agent;

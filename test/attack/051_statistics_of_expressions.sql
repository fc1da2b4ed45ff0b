-- What ANALYZE has learned of expressions and of combinations of columns.
--@ superuser
-- The server shows these to owners only; the masked login gets that far as a member.
GRANT regress_ccpii_boss TO regress_ccpii_agent;
--@ agent
\echo ## index on upper(phone)
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'contacts_upper';
\echo ## index on lower(email)
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'customers_email';
\echo ## expressions
SELECT * FROM pg_stats_ext_exprs;
\echo ## combinations
SELECT most_common_vals FROM pg_stats_ext;
\echo ## whole row
SELECT to_jsonb(s) FROM pg_stats_ext_exprs s;
--@ superuser
REVOKE regress_ccpii_boss FROM regress_ccpii_agent;

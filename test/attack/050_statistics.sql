-- What ANALYZE has learned, in the views that everybody may read.
--@ agent
\echo ## column
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'contacts';
\echo ## histogram
SELECT attname, histogram_bounds, most_common_vals FROM pg_stats WHERE tablename = 'customers';
\echo ## partitions
SELECT * FROM pg_stats WHERE tablename ~ '^calls';
\echo ## children, with and without inheritance
SELECT * FROM pg_stats WHERE tablename ~ '^leads';
\echo ## materialized view
SELECT * FROM pg_stats WHERE tablename = 'customer_copy';
\echo ## in a condition with a function of his own
CREATE FUNCTION hand_on(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
	$$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
SELECT attname FROM pg_stats WHERE hand_on(most_common_vals::text) AND schemaname = 'public';
\echo ## whole row
SELECT s FROM pg_stats s WHERE tablename = 'customers';
SELECT to_jsonb(s) FROM pg_stats s WHERE tablename = 'contacts';
\echo ## through a view of his own
CREATE VIEW v AS SELECT tablename, most_common_vals::text FROM pg_stats;
SELECT * FROM v WHERE tablename = 'contacts';
\echo ## COPY
COPY (SELECT * FROM pg_stats WHERE schemaname = 'public') TO STDOUT;

-- Promise: what ANALYZE has learned of a masked column's values is shown to no
-- masked reader, in any catalog or view; purge_statistics() forgets it.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_reader;
CREATE ROLE regress_ccpii_clear;
SELECT ccpii.clear_role('regress_ccpii_clear');
CREATE SCHEMA regress_ccpii_statistics AUTHORIZATION regress_ccpii_owner;
GRANT USAGE ON SCHEMA regress_ccpii_statistics TO PUBLIC;
SET search_path = regress_ccpii_statistics;
SET ROLE regress_ccpii_owner;
CREATE TABLE customers (id int, name text, phone text, tags text[], area int4range, status text);
INSERT INTO customers SELECT n, 'Ada ' || n % 10, '415-555-' || 1000 + n % 20, ARRAY['tag ' || n % 3], int4range(n, n + 5), 'status ' || n % 2 FROM generate_series(1, 400) n;
CREATE INDEX customers_lower ON customers (lower(phone));
CREATE INDEX customers_status ON customers (upper(status));
CREATE STATISTICS customers_both (mcv) ON phone, status FROM customers;
CREATE STATISTICS customers_expr ON (phone || name) FROM customers;
CREATE STATISTICS customers_open (mcv) ON id, status FROM customers;
CREATE TABLE parts (id int, phone text) PARTITION BY RANGE (id);
CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (1000);
INSERT INTO parts SELECT n, '212-555-' || 1000 + n % 20 FROM generate_series(1, 400) n;
CREATE TABLE plain (id int, phone text);
INSERT INTO plain SELECT n, '212-555-' || 1000 + n % 20 FROM generate_series(1, 400) n;
CREATE VIEW by_view AS SELECT * FROM customers;
GRANT SELECT ON ALL TABLES IN SCHEMA regress_ccpii_statistics TO PUBLIC;
ANALYZE customers, parts, part1, plain;
RESET ROLE;
GRANT SELECT ON pg_statistic, pg_statistic_ext_data TO regress_ccpii_reader, regress_ccpii_clear, regress_ccpii_owner;

-- What a role can tell of values by any of them.
CREATE FUNCTION tells(relation text) RETURNS TABLE (place text, columns text) LANGUAGE sql AS $$
	SELECT 'pg_stats', string_agg(attname, ' ' ORDER BY attname::text COLLATE "C") FROM pg_stats
		WHERE schemaname = 'regress_ccpii_statistics' AND tablename = relation
			AND (most_common_vals IS NOT NULL OR histogram_bounds IS NOT NULL OR most_common_elems IS NOT NULL)
	UNION ALL SELECT 'pg_statistic', string_agg(coalesce(attname, '?'), ' ' ORDER BY attname::text COLLATE "C")
		FROM pg_statistic LEFT JOIN pg_attribute ON attrelid = starelid AND attnum = staattnum
		WHERE starelid = ('regress_ccpii_statistics.' || relation)::regclass
			AND coalesce(stavalues1::text, stavalues2::text, stavalues3::text, stavalues4::text, stavalues5::text) IS NOT NULL
	UNION ALL SELECT 'whole rows', string_agg(coalesce(attname, '?'), ' ' ORDER BY attname::text COLLATE "C")
		FROM pg_statistic s LEFT JOIN pg_attribute ON attrelid = starelid AND attnum = staattnum
		WHERE starelid = ('regress_ccpii_statistics.' || relation)::regclass AND s::text ~ '(415|212)-555|Ada|tag|status [01]|STATUS [01]'
	UNION ALL SELECT 'pg_stats_ext', string_agg(statistics_name, ' ' ORDER BY statistics_name::text COLLATE "C") FROM pg_stats_ext
		WHERE schemaname = 'regress_ccpii_statistics' AND tablename = relation AND most_common_vals IS NOT NULL
	UNION ALL SELECT 'pg_stats_ext_exprs', string_agg(statistics_name, ' ' ORDER BY statistics_name::text COLLATE "C") FROM pg_stats_ext_exprs
		WHERE schemaname = 'regress_ccpii_statistics' AND tablename = relation AND (most_common_vals IS NOT NULL OR histogram_bounds IS NOT NULL)
	UNION ALL SELECT 'pg_statistic_ext_data', string_agg(stxname, ' ' ORDER BY stxname::text COLLATE "C")
		FROM pg_statistic_ext_data JOIN pg_statistic_ext e ON e.oid = stxoid
		WHERE stxrelid = ('regress_ccpii_statistics.' || relation)::regclass AND (stxdmcv IS NOT NULL OR stxdexpr IS NOT NULL)
$$;

-- Before anything is labelled.
SET ROLE regress_ccpii_reader;
SELECT * FROM tells('customers');
SELECT * FROM tells('customers_lower') WHERE columns IS NOT NULL;
SELECT * FROM tells('parts') WHERE columns IS NOT NULL;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.tags IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN customers.area IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN parts.phone IS 'MASKED AS phone';

-- A masked reader: the columns that he sees, and no index or extended
-- statistics of the table, which may hold any of them.
SET ROLE regress_ccpii_reader;
SELECT * FROM tells('customers');
SELECT * FROM tells('customers_lower') WHERE columns IS NOT NULL;
SELECT * FROM tells('customers_status') WHERE columns IS NOT NULL;
SELECT * FROM tells('parts') WHERE columns IS NOT NULL;
SELECT * FROM tells('part1') WHERE columns IS NOT NULL;
SELECT * FROM tells('plain') WHERE columns IS NOT NULL;
-- Numbers of values stay, the values are NULL.
SELECT attname, null_frac, n_distinct, most_common_vals, histogram_bounds, most_common_elems FROM pg_stats
	WHERE tablename = 'customers' AND schemaname = 'regress_ccpii_statistics' AND attname IN ('phone', 'tags') ORDER BY 1;
-- No predicate on them and no function of them finds anything either.
SELECT attname FROM pg_stats WHERE schemaname = 'regress_ccpii_statistics' AND tablename = 'customers' AND most_common_vals::text LIKE '%415-555%';
SELECT count(*) FROM pg_statistic s WHERE starelid = 'customers'::regclass AND to_jsonb(s)::text LIKE '%415-555%';
SELECT count(*) FROM (SELECT pg_mcv_list_items(stxdmcv) FROM pg_statistic_ext_data JOIN pg_statistic_ext e ON e.oid = stxoid WHERE stxname = 'customers_both') s;
CREATE TEMP TABLE kept AS SELECT attname, most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = 'customers';
SELECT count(*) FROM kept WHERE concat(most_common_vals, histogram_bounds) LIKE '%415-555%';
COPY (SELECT count(*) FROM pg_statistic WHERE stavalues1::text LIKE '%415-555%') TO STDOUT;
DO $$ BEGIN RAISE WARNING '%', (SELECT count(*) FROM pg_stats WHERE most_common_vals::text LIKE '%415-555%'); END $$;
PREPARE look AS SELECT count(most_common_vals) FROM pg_stats WHERE tablename = 'customers' AND schemaname = 'regress_ccpii_statistics' AND attname = 'phone';
EXECUTE look;
SET ROLE regress_ccpii_clear;
EXECUTE look;
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
DEALLOCATE look;
DROP TABLE pg_temp.kept;
-- Rights to read everything do not unmask.
CREATE ROLE regress_ccpii_monitor IN ROLE pg_read_all_data, pg_read_all_stats, pg_monitor;
GRANT SELECT ON pg_statistic_ext_data TO regress_ccpii_monitor;
SET ROLE regress_ccpii_monitor;
SELECT * FROM tells('customers');
RESET ROLE;

-- Owner, superuser, clear reader.
SET ROLE regress_ccpii_owner;
SELECT * FROM tells('customers');
SELECT * FROM tells('customers_lower') WHERE columns IS NOT NULL;
SET ROLE regress_ccpii_clear;
SELECT * FROM tells('customers') WHERE place IN ('pg_stats', 'pg_statistic');
RESET ROLE;
SELECT * FROM tells('customers');

-- Labels that do not mask this reader.
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone UNLESS regress_ccpii_reader';
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED WHEN (id > 1000); CLEAR';
SET ROLE regress_ccpii_reader;
SELECT * FROM tells('customers') WHERE place IN ('pg_stats', 'pg_statistic');
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';

--
-- purge_statistics: nothing is left, and nothing comes back; indexes and
-- extended statistics of the table go as a whole
--
SET ROLE regress_ccpii_reader;
SELECT ccpii.purge_statistics('customers');  -- fails: not his
RESET ROLE;
CREATE ROLE regress_ccpii_steward IN ROLE ccpii_admin;
SET ROLE regress_ccpii_steward;
SELECT ccpii.purge_statistics(NULL);  -- fails: null
SELECT ccpii.purge_statistics(0);  -- fails: no relation
SELECT ccpii.purge_statistics('customers') AS columns;
SELECT ccpii.purge_statistics('parts') AS columns;
SELECT ccpii.purge_statistics('plain') AS columns;
RESET ROLE;
SELECT * FROM tells('customers');
SELECT * FROM tells('customers_lower') WHERE columns IS NOT NULL;
SELECT * FROM tells('parts') WHERE columns IS NOT NULL;
SELECT * FROM tells('part1') WHERE columns IS NOT NULL;
SELECT * FROM tells('plain') WHERE columns IS NOT NULL;
ANALYZE customers, parts, part1;
SELECT * FROM tells('customers');
SELECT * FROM tells('customers_lower') WHERE columns IS NOT NULL;
SELECT * FROM tells('part1') WHERE columns IS NOT NULL;
GRANT EXECUTE ON FUNCTION ccpii.purge_statistics(regclass) TO regress_ccpii_owner;
SET ROLE regress_ccpii_owner;
SELECT ccpii.purge_statistics('customers') AS columns;  -- his own
RESET ROLE;
REVOKE EXECUTE ON FUNCTION ccpii.purge_statistics(regclass) FROM regress_ccpii_owner;

REVOKE SELECT ON pg_statistic, pg_statistic_ext_data FROM regress_ccpii_reader, regress_ccpii_clear, regress_ccpii_owner, regress_ccpii_monitor;
DROP SCHEMA regress_ccpii_statistics CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_reader, regress_ccpii_clear, regress_ccpii_monitor, regress_ccpii_steward;

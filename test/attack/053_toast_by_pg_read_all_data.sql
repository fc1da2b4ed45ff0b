-- The same role reads the chunks of long values in their TOAST table.
--@ superuser
GRANT pg_read_all_data TO regress_ccpii_agent;
--@ agent
SELECT 'SELECT chunk_data FROM ' || reltoastrelid::regclass AS query
	FROM pg_class WHERE oid = 'public.customers'::regclass \gset
\echo ## SELECT
:query;
\echo ## in a function
DO $$ DECLARE q text; r text; BEGIN
	SELECT 'SELECT string_agg(chunk_data::text, '''') FROM ' || reltoastrelid::regclass INTO q FROM pg_class WHERE oid = 'public.customers'::regclass;
	EXECUTE q INTO r; RAISE NOTICE '%', r; END $$;
--@ superuser
REVOKE pg_read_all_data FROM regress_ccpii_agent;

-- What the catalogs say of it.
\pset format unaligned
SELECT objtype, objname, label FROM pg_seclabels WHERE provider = 'ccpii' ORDER BY 1, 2, 3;
SELECT attrelid::regclass, attname, format_type(atttypid, atttypmod) FROM pg_attribute
	WHERE attrelid IN ('contacts'::regclass, 'typed'::regclass, 'mask.typed'::regclass) AND attnum > 0 AND NOT attisdropped ORDER BY 1, attnum;
SELECT relname, relrowsecurity, relforcerowsecurity, reloptions FROM pg_class WHERE relname IN ('contacts', 'typed', 'messages') ORDER BY 1, 4;
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'typed'::regclass ORDER BY 1;
SELECT relation, column_name, mask, warnings FROM ccpii.masking_rules ORDER BY relation::text COLLATE "C", column_name COLLATE "C";
SELECT * FROM ccpii.pii_attribute ORDER BY 1;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM typed WHERE phone = '415-555-1001';
SELECT count(*) > 0 FROM ccpii.coverage();

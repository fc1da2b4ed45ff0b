/* policy/coverage_rule: labels that do not do, or cost, what one thinks */

-- May be called by ccpii_admin; reads catalogs.

CREATE FUNCTION coverage_rules()
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH rule AS MATERIALIZED (SELECT * FROM ccpii.masking_rule_list())
	SELECT 'rule_problem', 'yellow', r.relation::text, r.column_name, p, NULL
		FROM rule r CROSS JOIN LATERAL unnest(r.problems) p
		WHERE r.inherited_from IS NULL
	UNION ALL
	SELECT 'child_label', 'yellow', r.relation::text, r.column_name,
		format('the label is that of child %s: it does not hold for its other children', r.inherited_from),
		format('SECURITY LABEL FOR ccpii ON COLUMN %s.%I IS %L;', r.relation, r.column_name, r.label)
		FROM rule r WHERE r.from_child
	UNION ALL
	SELECT 'generated_column', 'info', r.relation::text, r.column_name,
		'computed from columns with rules, and so masked as full for want of a label of its own',
		format('SECURITY LABEL FOR ccpii ON COLUMN %s.%I IS %L;', r.relation, r.column_name, 'MASKED')
		FROM rule r JOIN pg_class c ON c.oid = r.relation
		WHERE r.source = 'expression' AND NOT c.relispartition
	UNION ALL
	SELECT 'masked_text_shipped', 'yellow', r.relation::text, r.column_name,
		'of type masked_text on a foreign table, to which masked readers would send masks: their writes are refused',
		format('ALTER FOREIGN TABLE %s ALTER COLUMN %I TYPE text; SECURITY LABEL FOR ccpii ON COLUMN %1$s.%2$I IS %3$L;',
			r.relation, r.column_name, CASE WHEN r.mask = 'full' THEN 'MASKED' ELSE 'MASKED AS ' || r.mask END)
		FROM rule r JOIN pg_class c ON c.oid = r.relation
		WHERE c.relkind = 'f' AND r.source = 'type'
	UNION ALL
	SELECT 'masked_trigger', 'yellow', r.relation::text, NULL,
		format('function %s of trigger %I runs as whoever writes: what it computes of columns of type masked_text, it computes of masks for a masked writer, and stores that',
			p.oid::regprocedure, t.tgname),
		format('ALTER FUNCTION %s SECURITY DEFINER;', p.oid::regprocedure)
		FROM (SELECT DISTINCT relation FROM rule WHERE source = 'type') r
			JOIN pg_trigger t ON t.tgrelid = r.relation AND NOT t.tgisinternal
				AND t.tgtype & 3 = 3 AND t.tgtype & 20 <> 0		-- BEFORE INSERT or UPDATE FOR EACH ROW
			JOIN pg_proc p ON p.oid = t.tgfoid AND NOT p.prosecdef
			JOIN pg_language g ON g.oid = p.prolang AND g.lanname NOT IN ('c', 'internal')
	UNION ALL
	SELECT 'masked_owner', 'red', r.relation::text, NULL,
		format('its owner %s is masked, and can undo that', c.relowner::regrole),
		format('ALTER TABLE %s OWNER TO CURRENT_USER;', r.relation)
		FROM (SELECT DISTINCT relation FROM rule WHERE owner_masked AND source = 'label') r
			JOIN pg_class c ON c.oid = r.relation
$$;
COMMENT ON FUNCTION coverage_rules() IS 'coverage: labels that do not do what they say, labelled relations of masked owners';
REVOKE ALL ON FUNCTION coverage_rules() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_rules() TO ccpii_admin;

CREATE FUNCTION coverage_keys()
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH rule AS MATERIALIZED (
		SELECT r.*, a.atttypid FROM ccpii.masking_rule_list() r
			JOIN pg_class c ON c.oid = r.relation AND NOT c.relispartition
			JOIN pg_attribute a ON a.attrelid = r.relation AND a.attnum = r.column_number
	), key AS (
		SELECT k.conrelid AS relation, n.number, k.contype, k.conname
			FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey) n (number)
			WHERE k.contype IN ('p', 'u', 'x', 'f') AND k.conrelid <> 0
		UNION ALL
		SELECT k.confrelid, n.number, 'r', k.conname
			FROM pg_constraint k CROSS JOIN LATERAL unnest(k.confkey) n (number)
			WHERE k.contype = 'f' AND k.conparentid = 0
		UNION ALL
		SELECT i.indrelid, n.number, 'i', c.relname
			FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
				CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY n (number, position)
			WHERE i.indisunique AND n.position <= i.indnkeyatts
				AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
	)
	SELECT 'labelled_key', CASE WHEN k.contype IN ('u', 'i') THEN 'info' ELSE 'yellow' END,
		r.relation::text, r.column_name,
		format('part of %s %I: masked readers join and group by the mask, which can be equal for different values',
			CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique constraint'
				WHEN 'x' THEN 'exclusion constraint' WHEN 'f' THEN 'foreign key'
				WHEN 'r' THEN 'what is referenced by foreign key' ELSE 'unique index' END, k.conname),
		CASE WHEN ccpii.coverage_mask_fits('hash', r.atttypid) THEN
			format('SECURITY LABEL FOR ccpii ON COLUMN %s.%I IS %L;', r.relation, r.column_name, 'MASKED AS hash') END
	FROM rule r JOIN key k ON k.relation = r.relation AND k.number = r.column_number
	WHERE r.mask !~ '(^|; )hash'
	UNION ALL
	SELECT 'useful_index', 'info', r.relation::text, a.attname,
		'has an index, but none that serves masked readers', i.statement
	FROM (SELECT DISTINCT relation FROM rule) r
		CROSS JOIN LATERAL ccpii.coverage_index_list(r.relation) i
		JOIN pg_attribute a ON a.attrelid = r.relation AND a.attnum = i.column_number
	UNION ALL
	SELECT 'statistics', 'info', t.root::text, NULL,
		'pg_statistic holds values of labelled columns: masked readers do not see them there, files and dumps of the catalog have them',
		format('SELECT ccpii.purge_statistics(%L);', t.root)
	FROM (SELECT DISTINCT coalesce(pg_partition_root(s.relation), s.relation) AS root
			FROM ccpii.masking_rule_list() s
			WHERE ccpii.coverage_has_statistics(s.relation, s.column_number)) t
$$;
COMMENT ON FUNCTION coverage_keys() IS 'coverage: labelled columns in keys, indexes worth having, statistics';
REVOKE ALL ON FUNCTION coverage_keys() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_keys() TO ccpii_admin;

/* policy/coverage_copy: what shows labelled columns by another way */

-- May be called by ccpii_admin; reads catalogs.
CREATE FUNCTION coverage_copies()
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH RECURSIVE rule AS MATERIALIZED (
		SELECT r.relation::oid, r.column_number, r.column_name, r.label,
			a.atttypid
		FROM ccpii.masking_rule_list() r
			JOIN pg_attribute a ON a.attrelid = r.relation AND a.attnum = r.column_number
	), trusted AS (
		SELECT c.oid, c.reloptions FROM pg_seclabel l JOIN pg_class c ON c.oid = l.objoid
		WHERE l.classoid = 'pg_class'::regclass AND l.objsubid = 0 AND l.provider = 'ccpii' AND c.relkind = 'v'
			AND l.label ~* '^\s*trusted\s*$'
	), view AS (
		SELECT c.oid, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'ccpii')
	), reads AS MATERIALIZED (
		SELECT DISTINCT v.oid AS view, d.refobjid AS relation, d.refobjsubid AS column_number
		FROM view v JOIN pg_rewrite w ON w.ev_class = v.oid
			JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
				AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
	), near AS (
		-- Views that read labelled relations, directly or by way of others.
		SELECT e.view FROM reads e WHERE e.relation IN (SELECT relation FROM rule)
		UNION
		SELECT e.view FROM reads e JOIN near n ON n.view = e.relation
	), origin AS MATERIALIZED (
		SELECT n.view, o.* FROM near n CROSS JOIN LATERAL ccpii.coverage_origin_list(n.view) o
	), carried AS (
		-- Which columns of a view are labelled columns, by whatever name.
		SELECT o.view, o.column_number, r.relation AS root, r.column_number AS root_column
			FROM origin o JOIN rule r ON r.relation = o.origin AND r.column_number = o.origin_column
		UNION
		SELECT o.view, o.column_number, c.root, c.root_column
			FROM origin o JOIN carried c ON c.view = o.origin AND c.column_number = o.origin_column
	), touched AS (
		-- Which labelled columns a view reads: those, columns of other views
		-- that are such, and what other views compute from such.
		SELECT e.view, r.relation AS root, r.column_number AS root_column
			FROM reads e JOIN rule r ON r.relation = e.relation AND r.column_number = e.column_number
		UNION
		SELECT e.view, c.root, c.root_column
			FROM reads e JOIN carried c ON c.view = e.relation AND c.column_number = e.column_number
		UNION
		SELECT e.view, t.root, t.root_column
			FROM reads e JOIN touched t ON t.view = e.relation
			WHERE NOT EXISTS (SELECT FROM origin o WHERE o.view = e.relation AND o.column_number = e.column_number)
	), shown AS (
		SELECT DISTINCT ON (c.view, c.column_number) c.view, a.attname, c.column_number, v.relkind, t.oid AS trusted,
			c.root, r.column_name AS root_name, coalesce(r.label, 'MASKED') AS label
		FROM carried c JOIN view v ON v.oid = c.view LEFT JOIN trusted t ON t.oid = c.view
			JOIN rule r ON r.relation = c.root AND r.column_number = c.root_column
			JOIN pg_attribute a ON a.attrelid = c.view AND a.attnum = c.column_number
			LEFT JOIN rule own ON own.relation = c.view AND own.column_number = c.column_number
		WHERE own.relation IS NULL AND (v.relkind = 'm' OR t.oid IS NOT NULL)
		ORDER BY c.view, c.column_number, c.root, c.root_column
	), free AS MATERIALIZED (
		SELECT a.attrelid, a.attname, a.atttypid
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0
			LEFT JOIN rule own ON own.relation = a.attrelid AND own.column_number = a.attnum
		WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition AND own.relation IS NULL
			AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'ccpii')
	), twin AS (
		SELECT DISTINCT ON (p.relation) p.relation, p.root, p.names
		FROM (SELECT a.attrelid AS relation, r.relation AS root, array_agg(a.attname) AS names
				FROM free a JOIN rule r ON r.column_name = a.attname AND r.atttypid = a.atttypid
				GROUP BY a.attrelid, r.relation
				HAVING count(*) >= 3
					OR 2 * count(*) >= greatest(4, (SELECT count(*) FROM rule x WHERE x.relation = r.relation))) p
		ORDER BY p.relation, cardinality(p.names) DESC, p.root
	)
	SELECT CASE s.relkind WHEN 'm' THEN 'unlabelled_copy' ELSE 'trusted_view' END, 'red',
		s.view::regclass::text, s.attname,
		format(CASE s.relkind WHEN 'm' THEN 'stores labelled column %I of %s' ELSE 'shows labelled column %I of %s, unmasked as the view is TRUSTED' END,
			s.root_name, s.root::regclass),
		format('SECURITY LABEL FOR ccpii ON COLUMN %s.%I IS %L;', s.view::regclass, s.attname, s.label)
	FROM shown s
	UNION ALL
	SELECT 'computed_copy', 'yellow', t.view::regclass::text, NULL,
		format('reads labelled columns, and may store what it computes from them: %s', string_agg(DISTINCT
			format('%s.%I', t.root::regclass, r.column_name), ', ' ORDER BY format('%s.%I', t.root::regclass, r.column_name))),
		NULL
	FROM touched t JOIN view v ON v.oid = t.view AND v.relkind = 'm'
		JOIN rule r ON r.relation = t.root AND r.column_number = t.root_column
	WHERE NOT EXISTS (SELECT FROM carried c WHERE c.view = t.view AND c.root = t.root AND c.root_column = t.root_column)
		AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.view AND a.attnum > 0 AND NOT a.attisdropped
			AND NOT EXISTS (SELECT FROM rule own WHERE own.relation = t.view AND own.column_number = a.attnum)
			AND NOT EXISTS (SELECT FROM origin o WHERE o.view = t.view AND o.column_number = a.attnum))
	GROUP BY t.view
	UNION ALL
	SELECT 'trusted_view', 'yellow', t.oid::regclass::text, NULL,
		'TRUSTED, but without security_barrier: conditions of its readers see the raw rows inside',
		format('ALTER VIEW %s SET (security_barrier);', t.oid::regclass)
	FROM trusted t
	WHERE NOT EXISTS (SELECT FROM pg_options_to_table(t.reloptions) o
		WHERE o.option_name = 'security_barrier' AND o.option_value::boolean)
	UNION ALL
	SELECT 'unlabelled_copy', 'yellow', t.relation::regclass::text, m.name,
		format('looks like a copy of %s, by %s columns of the same name and type', t.root::regclass, cardinality(t.names)),
		format('SECURITY LABEL FOR ccpii ON COLUMN %s.%I IS %L;', t.relation::regclass, m.name, coalesce(r.label, 'MASKED'))
	FROM twin t CROSS JOIN LATERAL unnest(t.names) m (name)
		JOIN rule r ON r.relation = t.root AND r.column_name = m.name
$$;
COMMENT ON FUNCTION coverage_copies() IS 'coverage: materialized views, TRUSTED views and other tables that have labelled columns without the label';
REVOKE ALL ON FUNCTION coverage_copies() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_copies() TO ccpii_admin;

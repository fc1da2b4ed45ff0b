/* policy/coverage_view: masked views that miss their purpose */

-- May be called by ccpii_admin; reads catalogs.

CREATE FUNCTION coverage_views()
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH view AS MATERIALIZED (
		SELECT v.oid, v.relowner, b.oid AS base, b.relowner AS base_owner, b.relacl AS base_acl
		FROM pg_seclabel l JOIN pg_class v ON v.oid = l.objoid AND v.relkind = 'v'
			JOIN pg_rewrite w ON w.ev_class = v.oid AND w.rulename = '_RETURN'
			CROSS JOIN LATERAL (SELECT DISTINCT d.refobjid FROM pg_depend d
				WHERE d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
					AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid) d
			JOIN pg_class b ON b.oid = d.refobjid
		WHERE l.classoid = 'pg_class'::regclass AND l.objsubid = 0 AND l.provider = 'ccpii'
			AND l.label ~* '^\s*masked\s+view\s*$'
	), gift AS (
		SELECT v.oid, v.base, g.grantee FROM view v CROSS JOIN LATERAL aclexplode(v.base_acl) g
			WHERE g.privilege_type = 'SELECT' AND g.grantee <> v.base_owner
		UNION
		SELECT v.oid, v.base, g.grantee FROM view v JOIN pg_attribute a ON a.attrelid = v.base
				CROSS JOIN LATERAL aclexplode(a.attacl) g
			WHERE g.privilege_type = 'SELECT' AND g.grantee <> v.base_owner
	)
	SELECT 'view_bypassed', 'info', g.base::regclass::text, NULL::text,
		format('%s may read it, and does not need its masked view %s',
			CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole || ', who is masked,' END, g.oid::regclass),
		format('REVOKE SELECT ON %s FROM %s;', g.base::regclass,
			CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END)
	FROM gift g WHERE g.grantee = 0 OR ccpii.coverage_is_masked(g.grantee, g.base)
	UNION ALL
	SELECT 'stale_view', 'yellow', v.oid::regclass::text, NULL,
		format('has not the columns, or the owner, that %s has now', v.base::regclass),
		format('SELECT ccpii.masked_view_refresh(%L);', v.oid::regclass)
	FROM view v
	WHERE v.relowner <> v.base_owner
		OR (SELECT array_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
				FROM pg_attribute a WHERE a.attrelid = v.oid AND a.attnum > 0)
			IS DISTINCT FROM
			(SELECT array_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
				FROM pg_attribute a WHERE a.attrelid = v.base AND a.attnum > 0 AND NOT a.attisdropped)
$$;
COMMENT ON FUNCTION coverage_views() IS 'coverage: masked views that have not followed their relation, or whose readers can read that as well';
REVOKE ALL ON FUNCTION coverage_views() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_views() TO ccpii_admin;

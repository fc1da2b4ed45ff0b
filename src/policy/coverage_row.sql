/* policy/coverage_row: row rules, and what shows without the library */

-- May be called by ccpii_admin; reads catalogs.

CREATE FUNCTION coverage_rows()
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH rule AS MATERIALIZED (
		SELECT r.*, c.relowner, c.relrowsecurity FROM ccpii.masking_rule_list() r
			JOIN pg_class c ON c.oid = r.relation AND c.relkind IN ('r', 'p')
	), row_rule AS (
		SELECT * FROM rule WHERE column_number IS NULL AND mask ~ '(^|; )visible '
	), protected AS (
		-- Permissive policies of its own need the guard.
		SELECT relation FROM rule r
		WHERE column_number IS NULL AND inherited_from IS NULL AND relrowsecurity AND mask ~ '^protected'
			AND (NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = r.relation AND p.polpermissive)
				OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = r.relation AND NOT p.polpermissive
					AND p.polname = 'ccpii_protect' AND p.polcmd = '*' AND p.polroles = '{0}' AND p.polwithcheck IS NULL
					AND pg_get_expr(p.polqual, p.polrelid) = 'ccpii.is_enforcing()'))
	)
	SELECT 'row_security_off', 'red', r.relation::text, NULL::text,
		'has row rules, but row security is off: whoever they restrict gets an error, and all rows without the library',
		format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY;', r.relation)
	FROM row_rule r WHERE r.inherited_from IS NULL AND NOT r.relrowsecurity
	UNION ALL
	SELECT DISTINCT 'row_view', 'yellow', v.oid::regclass::text, NULL,
		format(CASE v.relkind WHEN 'v' THEN 'reads %s as %s, whom no row rule restricts, and so shows all rows'
			ELSE 'keeps rows that it reads in %s as %s, whom no row rule restricts' END, r.relation, v.relowner::regrole),
		CASE v.relkind WHEN 'v' THEN format('ALTER VIEW %s SET (security_invoker = true);', v.oid::regclass) END
	FROM row_rule r
		JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = r.relation
			AND d.classid = 'pg_rewrite'::regclass
		JOIN pg_rewrite w ON w.oid = d.objid
		JOIN pg_class v ON v.oid = w.ev_class AND v.relkind IN ('v', 'm')
		JOIN pg_roles o ON o.oid = v.relowner
	WHERE (o.rolsuper OR o.rolbypassrls OR pg_has_role(v.relowner, r.relowner, 'USAGE'))
		AND NOT coalesce(v.reloptions::text[] && ARRAY['security_invoker=true', 'security_invoker=on',
			'security_invoker=yes', 'security_invoker=1'], false)
		AND EXISTS (SELECT FROM aclexplode(v.relacl) a WHERE a.grantee <> v.relowner)
		AND NOT (v.relowner = r.relowner AND EXISTS (SELECT FROM pg_seclabel l
			WHERE l.classoid = 'pg_class'::regclass AND l.objoid = v.oid AND l.objsubid = 0 AND l.provider = 'ccpii'
				AND l.label ~* '^\s*masked\s+view\s*$'))
	UNION ALL
	SELECT DISTINCT 'unprotected', 'info', t.root::text, NULL,
		'a server without the library would show its values to everybody with a grant',
		format('SELECT ccpii.protect(%L);', t.root)
	FROM (SELECT coalesce(pg_partition_root(r.relation), r.relation) AS root FROM rule r
			WHERE r.column_number IS NOT NULL AND r.relation NOT IN (SELECT relation FROM protected)) t
$$;
COMMENT ON FUNCTION coverage_rows() IS 'coverage: row rules that do not hold, views that go round them, tables that only the library protects';
REVOKE ALL ON FUNCTION coverage_rows() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_rows() TO ccpii_admin;

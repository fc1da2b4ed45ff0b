/* policy/coverage_access: who can get round the masks */

-- May be called by ccpii_admin; reads catalogs.

CREATE FUNCTION coverage_functions()
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH labelled AS MATERIALIZED (
		SELECT DISTINCT r.relation::oid AS relation, c.relname
		FROM ccpii.masking_rule_list() r JOIN pg_class c ON c.oid = r.relation
	), masked AS MATERIALIZED (
		SELECT a.role FROM ccpii.audience_list() a JOIN pg_roles r ON r.oid = a.role
		WHERE a.verdict = 'masked' AND NOT r.rolsuper
	), definer AS MATERIALIZED (
		SELECT p.oid, p.proowner, p.prokind, p.prosrc
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'ccpii')
			AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
	), mention AS (
		SELECT DISTINCT d.oid, l.relation FROM definer d
			CROSS JOIN LATERAL regexp_matches(lower(d.prosrc), '[[:alpha:]_][[:alnum:]_$]*', 'g') w
			JOIN labelled l ON lower(l.relname) = w[1]
		UNION
		SELECT d.oid, l.relation FROM definer d
			JOIN pg_depend e ON e.classid = 'pg_proc'::regclass AND e.objid = d.oid AND e.refclassid = 'pg_class'::regclass
			JOIN labelled l ON l.relation = e.refobjid
	), part AS (
		-- What of a labelled relation calls functions when rows are written.
		SELECT 'pg_trigger'::regclass AS classid, t.oid, t.tgrelid AS relation, format('trigger %I', t.tgname) AS name
			FROM pg_trigger t WHERE NOT t.tgisinternal
		UNION ALL
		SELECT 'pg_constraint'::regclass, k.oid, k.conrelid, format('constraint %I', k.conname)
			FROM pg_constraint k WHERE k.contype IN ('c', 'x')
		UNION ALL
		SELECT 'pg_class'::regclass, i.indexrelid, i.indrelid, format('index %s', i.indexrelid::regclass)
			FROM pg_index i
		UNION ALL
		SELECT 'pg_attrdef'::regclass, f.oid, f.adrelid, format('default of column %I', a.attname)
			FROM pg_attrdef f JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
		UNION ALL
		SELECT 'pg_policy'::regclass, y.oid, y.polrelid, format('policy %I', y.polname)
			FROM pg_policy y
	)
	SELECT 'definer_function',
		CASE WHEN EXISTS (SELECT FROM masked m WHERE has_function_privilege(m.role, d.oid, 'EXECUTE')) THEN 'red' ELSE 'info' END,
		d.oid::regprocedure::text, NULL,
		format('runs as %s, who is clear, and mentions %s: its callers see what it shows unmasked', d.proowner::regrole,
			string_agg(e.relation::regclass::text, ', ' ORDER BY e.relation::regclass::text)),
		format('ALTER ROUTINE %s SECURITY INVOKER;', d.oid::regprocedure)
	FROM definer d JOIN mention e ON e.oid = d.oid
	WHERE NOT ccpii.coverage_is_masked(d.proowner, e.relation)
	GROUP BY d.oid, d.proowner
	UNION ALL
	SELECT DISTINCT 'function_owner', 'red', p.oid::regprocedure::text, NULL::text,
		format('called by %s of %s with raw values; its owner %s is masked, and can replace it', t.name, t.relation::regclass, p.proowner::regrole),
		format('ALTER ROUTINE %s OWNER TO CURRENT_USER;', p.oid::regprocedure)
	FROM part t JOIN labelled l ON l.relation = t.relation
		JOIN pg_depend d ON d.classid = t.classid AND d.objid = t.oid AND d.refclassid = 'pg_proc'::regclass
		JOIN pg_proc p ON p.oid = d.refobjid
	WHERE ccpii.coverage_is_masked(p.proowner, t.relation)
	UNION ALL
	SELECT DISTINCT 'unpinned_function', 'red', p.oid::regprocedure::text, NULL::text,
		format('called by %s of %s with raw values under the search_path of whoever changes a row, who can put functions of his own before those it calls',
			t.name, t.relation::regclass),
		format('ALTER ROUTINE %s SET search_path = pg_catalog, %s, pg_temp;', p.oid::regprocedure,
			(SELECT quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = t.relation))
	FROM part t JOIN labelled l ON l.relation = t.relation
		JOIN pg_depend d ON d.classid = t.classid AND d.objid = t.oid AND d.refclassid = 'pg_proc'::regclass
		JOIN pg_proc p ON p.oid = d.refobjid
		JOIN pg_language g ON g.oid = p.prolang
	WHERE g.lanname NOT IN ('c', 'internal') AND p.prosqlbody IS NULL
		AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search\_path=%')
		AND NOT ccpii.coverage_is_masked(p.proowner, t.relation)
$$;
COMMENT ON FUNCTION coverage_functions() IS 'coverage: functions of clear owners that show labelled tables; functions that are given raw values and belong to masked owners, or call whatever the reader''s search_path finds';
REVOKE ALL ON FUNCTION coverage_functions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_functions() TO ccpii_admin;

CREATE FUNCTION coverage_roles()
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH labelled AS MATERIALIZED (
		SELECT c.oid, c.relowner, c.relacl FROM pg_class c
		WHERE c.oid IN (SELECT relation FROM ccpii.masking_rule_list())
	), masked AS MATERIALIZED (
		SELECT r.oid, a.login, r.rolreplication, r.rolcreaterole, r.rolbypassrls
		FROM ccpii.audience_list() a JOIN pg_roles r ON r.oid = a.role
		WHERE a.verdict = 'masked' AND NOT r.rolsuper AND EXISTS (SELECT FROM labelled)
	), predefined (name, severity, what) AS (VALUES
		('pg_read_server_files', 'red', 'can read the files of the tables'),
		('pg_write_server_files', 'red', 'can write files of the server'),
		('pg_execute_server_program', 'red', 'can run programs as the server'),
		('pg_read_all_stats', 'yellow', 'sees the statements of others, with the values in them')
	), gift AS (
		SELECT l.oid, NULL::name AS attname, g.grantee, g.privilege_type
			FROM labelled l CROSS JOIN LATERAL aclexplode(l.relacl) g
			WHERE g.privilege_type IN ('TRIGGER', 'REFERENCES') AND g.grantee <> l.relowner
		UNION ALL
		SELECT l.oid, a.attname, g.grantee, g.privilege_type
			FROM labelled l JOIN pg_attribute a ON a.attrelid = l.oid
				CROSS JOIN LATERAL aclexplode(a.attacl) g
			WHERE g.privilege_type = 'REFERENCES' AND g.grantee <> l.relowner
	), inspector AS (
		SELECT p.oid, p.proname = 'get_raw_page' AS checked
		FROM pg_proc p
		WHERE p.proname IN ('pg_read_file', 'pg_read_binary_file', 'lo_import', 'get_raw_page', 'pg_get_wal_record_info',
			'pg_get_wal_records_info', 'pg_get_wal_block_info', 'pg_get_wal_fpi_info')
	)
	SELECT 'masked_privilege', 'yellow', g.oid::regclass::text, g.attname::text,
		format('%s, has the privilege %s', CASE g.grantee WHEN 0 THEN 'PUBLIC, and so every masked role'
			ELSE g.grantee::regrole || ', who is masked' END, g.privilege_type),
		format('REVOKE %s%s ON %s FROM %s;', g.privilege_type, ' (' || quote_ident(g.attname) || ')', g.oid::regclass,
			CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END)
	FROM gift g WHERE g.grantee = 0 OR ccpii.coverage_is_masked(g.grantee, g.oid)
	UNION ALL
	SELECT 'powerful_role', p.severity, m.oid::regrole::text, NULL, 'masked, but ' || p.what, format('ALTER ROLE %s %s;', m.oid::regrole, p.remedy)
	FROM masked m CROSS JOIN LATERAL (VALUES
			(m.rolreplication, 'red', 'can copy the whole cluster and decode its changes', 'NOREPLICATION'),
			(m.rolcreaterole, CASE WHEN current_setting('server_version_num')::integer < 160000 THEN 'red' ELSE 'yellow' END,
				'can give himself roles that are clear', 'NOCREATEROLE'),
			(m.rolbypassrls, 'info', 'is not bound by row security', 'NOBYPASSRLS')) p (has, severity, what, remedy)
	WHERE p.has
	UNION ALL
	SELECT 'powerful_role', 'yellow', a.role::text, NULL, 'masked, but a superuser, who can undo that',
		format('ALTER ROLE %s NOSUPERUSER;', a.role)
	FROM ccpii.audience_list() a JOIN pg_roles r ON r.oid = a.role
	WHERE a.verdict = 'masked' AND r.rolsuper AND EXISTS (SELECT FROM labelled)
	UNION ALL
	SELECT 'powerful_role', p.severity, m.oid::regrole::text, NULL, format('masked, but by %s %s', p.name, p.what),
		CASE WHEN EXISTS (SELECT FROM pg_auth_members g WHERE g.member = m.oid AND g.roleid = to_regrole(p.name)) THEN
			format('REVOKE %I FROM %s;', p.name, m.oid::regrole) END
	FROM masked m CROSS JOIN predefined p
	WHERE to_regrole(p.name) IS NOT NULL AND pg_has_role(m.oid, to_regrole(p.name), 'MEMBER')
	UNION ALL
	SELECT 'group_owner', 'yellow', m.oid::regrole::text, NULL,
		format('masked, but can become %s, and do what an owner can with its labelled relations (%s)', o.relowner::regrole, count(*)),
		CASE WHEN EXISTS (SELECT FROM pg_auth_members g WHERE g.member = m.oid AND g.roleid = o.relowner) THEN
			format('REVOKE %s FROM %s;', o.relowner::regrole, m.oid::regrole) END
	FROM masked m JOIN labelled o ON m.oid <> o.relowner AND pg_has_role(m.oid, o.relowner, 'MEMBER')
	WHERE m.login AND ccpii.coverage_is_masked(m.oid, o.oid)
	GROUP BY m.oid, o.relowner
	UNION ALL
	SELECT 'writable_column', 'info', w.relation::text, w.column_name::text,
		format('masked, and written without verification by %s', string_agg(w.writer, ', ' ORDER BY w.writer)),
		CASE WHEN w.label IS NOT NULL THEN
			format('SECURITY LABEL FOR ccpii ON COLUMN %s.%I IS %L;', w.relation, w.column_name, w.label || ' SENSITIVE') END
	FROM (SELECT r.relation, r.column_name, r.label, m.oid::regrole::text AS writer
		FROM ccpii.masking_rule_list() r CROSS JOIN masked m
		WHERE NOT r.sensitive AND r.inherited_from IS NULL
			AND (has_column_privilege(m.oid, r.relation, r.column_number, 'UPDATE')
				OR has_column_privilege(m.oid, r.relation, r.column_number, 'INSERT'))
			AND NOT pg_has_role(m.oid, 'ccpii_edit_sensitive', 'USAGE')
			AND ccpii.coverage_is_masked(m.oid, r.relation)) w
	GROUP BY w.relation, w.column_name, w.label
	UNION ALL
	SELECT 'page_inspection', CASE WHEN i.checked THEN 'info' ELSE 'red' END, i.oid::regprocedure::text, NULL,
		format(CASE WHEN i.checked THEN 'shows pages of tables as they are stored, though only to superusers; %s can call it by a function of one of them'
				ELSE 'shows files or changes as they are stored to %s, who is masked' END, m.name),
		format('REVOKE EXECUTE ON FUNCTION %s FROM %s;', i.oid::regprocedure, m.name)
	FROM inspector i JOIN pg_proc p ON p.oid = i.oid
		CROSS JOIN LATERAL (SELECT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END AS name
			FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
			WHERE g.privilege_type = 'EXECUTE' AND (g.grantee = 0 OR g.grantee IN (SELECT oid FROM masked))) m
	WHERE EXISTS (SELECT FROM labelled)
$$;
COMMENT ON FUNCTION coverage_roles() IS 'coverage: masked roles with privileges, attributes and memberships that lead round the masks, or to write what they do not see';
REVOKE ALL ON FUNCTION coverage_roles() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_roles() TO ccpii_admin;

CREATE FUNCTION coverage_server()
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH rule AS MATERIALIZED (SELECT * FROM ccpii.masking_rule_list())
	SELECT 'log_setting', 'red', 'log_min_messages', NULL::text,
		format('set to %s, which hides errors from the log and from the net that takes values out of them', current_setting('log_min_messages')),
		'ALTER SYSTEM RESET log_min_messages; SELECT pg_reload_conf();'
	WHERE current_setting('log_min_messages') IN ('log', 'fatal', 'panic')
	UNION ALL
	SELECT 'log_setting', 'red', 'log_min_messages', NULL,
		format('set to %s %s, which hides errors from the log and from the net that takes values out of them', s.value, s.place),
		format('ALTER %s RESET log_min_messages;', s.target)
	FROM (SELECT substr(c, length('log_min_messages=') + 1) AS value,
				concat_ws(' ', 'for role ' || r.rolname, 'in database ' || d.datname) AS place,
				CASE WHEN r.oid IS NULL THEN format('DATABASE %I', d.datname)
					WHEN d.oid IS NULL THEN format('ROLE %I', r.rolname)
					ELSE format('ROLE %I IN DATABASE %I', r.rolname, d.datname) END AS target
			FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole
				LEFT JOIN pg_database d ON d.oid = s.setdatabase
				CROSS JOIN LATERAL unnest(s.setconfig) c
			WHERE c LIKE 'log\_min\_messages=%') s
	WHERE lower(s.value) IN ('log', 'fatal', 'panic')
	UNION ALL
	SELECT 'unlabelled_roles', 'yellow', 'ccpii.unlabelled_roles', NULL,
		format('set to clear: %s roles that nobody has classified see everything', count(*)),
		'ALTER SYSTEM RESET ccpii.unlabelled_roles; SELECT pg_reload_conf();'
	FROM ccpii.audience_list() a
	WHERE a.reason = 'ccpii.unlabelled_roles' AND a.verdict = 'clear' AND EXISTS (SELECT FROM rule)
	HAVING count(*) > 0
	UNION ALL
	SELECT 'publication', CASE c.relreplident WHEN 'f' THEN 'red' ELSE 'yellow' END, c.oid::regclass::text, NULL,
		format('publication %I sends its labelled columns unmasked%s', p.pubname,
			CASE c.relreplident WHEN 'f' THEN ', old values too as its replica identity is FULL' ELSE '' END),
		CASE c.relreplident WHEN 'f' THEN format('ALTER TABLE %s REPLICA IDENTITY DEFAULT;', c.oid::regclass) END
	FROM pg_publication_tables p
		JOIN pg_namespace n ON n.nspname = p.schemaname
		JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
	WHERE EXISTS (SELECT FROM rule r WHERE r.relation = c.oid
		AND (p.attnames IS NULL OR c.relreplident = 'f' OR r.column_name = ANY (p.attnames)))
$$;
COMMENT ON FUNCTION coverage_server() IS 'coverage: settings of the server and publications that let values out';
REVOKE ALL ON FUNCTION coverage_server() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_server() TO ccpii_admin;

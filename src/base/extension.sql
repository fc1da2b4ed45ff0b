/* base/extension: what must hold before anything is created */

DO $$
BEGIN
	-- The library defines its settings under preload only.
	IF NOT EXISTS (SELECT FROM pg_catalog.pg_settings WHERE name = 'ccpii.unlabelled_roles') THEN
		RAISE EXCEPTION 'ccpii must be loaded via "shared_preload_libraries"'
			USING ERRCODE = 'object_not_in_prerequisite_state',
			HINT = 'Add this line to postgresql.conf and restart the server: shared_preload_libraries = ''ccpii''';
	END IF;
END
$$;

-- Whoever owns the schema could put functions before ours.
DO $$
DECLARE
	schema record;
BEGIN
	SELECT n.oid, n.nspowner, r.rolsuper, r.rolname INTO STRICT schema
		FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_roles r ON r.oid = n.nspowner
		WHERE n.nspname = 'ccpii';
	IF schema.rolname <> current_user AND NOT schema.rolsuper THEN
		RAISE EXCEPTION 'schema "ccpii" exists and belongs to role "%"', schema.rolname
			USING ERRCODE = 'insufficient_privilege',
			HINT = 'Look at what it holds, then drop or rename it.';
	END IF;
	IF EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = schema.oid)
		OR EXISTS (SELECT FROM pg_catalog.pg_proc WHERE pronamespace = schema.oid)
		OR EXISTS (SELECT FROM pg_catalog.pg_operator WHERE oprnamespace = schema.oid)
		OR EXISTS (SELECT FROM pg_catalog.pg_type WHERE typnamespace = schema.oid) THEN
		RAISE EXCEPTION 'schema "ccpii" is not empty'
			USING ERRCODE = 'object_in_use',
			HINT = 'Look at what it holds, then drop or rename it.';
	END IF;
END
$$;

-- The role of those who declare what is masked.  Roles belong to the whole
-- cluster: one that exists is accepted if it can do nothing by itself.
DO $$
DECLARE
	existing record;
	members text;
BEGIN
	SELECT * INTO existing FROM pg_catalog.pg_roles WHERE rolname = 'ccpii_admin';
	IF NOT FOUND THEN
		CREATE ROLE ccpii_admin NOLOGIN;
		COMMENT ON ROLE ccpii_admin IS 'declares personal data and its audiences for ccpii';
		RETURN;
	END IF;
	IF existing.rolsuper OR existing.rolcreaterole OR existing.rolcreatedb
		OR existing.rolcanlogin OR existing.rolreplication OR existing.rolbypassrls THEN
		RAISE EXCEPTION 'role "ccpii_admin" exists and has attributes of its own'
			USING ERRCODE = 'duplicate_object',
			HINT = 'Run ALTER ROLE ccpii_admin NOSUPERUSER NOCREATEROLE NOCREATEDB NOLOGIN NOREPLICATION NOBYPASSRLS.';
	END IF;
	SELECT pg_catalog.string_agg(pg_catalog.quote_ident(m.rolname), ', ' ORDER BY m.rolname) INTO members
		FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles m ON m.oid = a.member
		WHERE a.roleid = existing.oid AND NOT m.rolsuper;
	IF members IS NOT NULL THEN
		RAISE WARNING 'role "ccpii_admin" exists and has members: %', members
			USING HINT = 'They may now declare personal data in this database.';
	END IF;
END
$$;

GRANT USAGE ON SCHEMA ccpii TO PUBLIC;
COMMENT ON SCHEMA ccpii IS 'personal data masked by role: masks, labels, views for DBAs';

-- Tells the cluster which databases have the extension.
DO $$
BEGIN
	EXECUTE pg_catalog.format('SECURITY LABEL FOR ccpii ON DATABASE %I IS %L',
		pg_catalog.current_database(), 'installed');
END
$$;

-- Views and policies that are only as good as the library ask this, as their
-- reader; without the library's file the call itself fails.
CREATE FUNCTION is_enforcing() RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_is_enforcing';
COMMENT ON FUNCTION is_enforcing() IS 'does the server mask: was the library preloaded, in the version of this extension?  An error if not, but false for superusers';

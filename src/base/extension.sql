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

-- Roles belong to the whole cluster: one that exists is accepted if it can do
-- nothing by itself.  For install and upgrade scripts.
CREATE FUNCTION require_role(role name, purpose text, right_of_members text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	existing record;
	members text;
BEGIN
	SELECT * INTO existing FROM pg_roles WHERE rolname = role;
	IF NOT FOUND THEN
		EXECUTE format('CREATE ROLE %I NOLOGIN', role);
		EXECUTE format('COMMENT ON ROLE %I IS %L', role, purpose);
		RETURN;
	END IF;
	IF existing.rolsuper OR existing.rolcreaterole OR existing.rolcreatedb
		OR existing.rolcanlogin OR existing.rolreplication OR existing.rolbypassrls THEN
		RAISE EXCEPTION 'role "%" exists and has attributes of its own', role
			USING ERRCODE = 'duplicate_object',
			HINT = format('Run ALTER ROLE %I NOSUPERUSER NOCREATEROLE NOCREATEDB NOLOGIN NOREPLICATION NOBYPASSRLS.', role);
	END IF;
	SELECT string_agg(quote_ident(m.rolname), ', ' ORDER BY m.rolname) INTO members
		FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member
		WHERE a.roleid = existing.oid AND NOT m.rolsuper;
	IF members IS NOT NULL THEN
		RAISE WARNING 'role "%" exists and has members: %', role, members
			USING HINT = format('They may now %s in this database.', right_of_members);
	END IF;
END
$$;
COMMENT ON FUNCTION require_role(name, text, text) IS 'internal: create a role without login, or check the one that exists';
REVOKE ALL ON FUNCTION require_role(name, text, text) FROM PUBLIC;

SELECT require_role('ccpii_admin', 'declares personal data and its audiences for ccpii', 'declare personal data');

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

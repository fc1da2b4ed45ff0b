-- Promise: CREATE EXTENSION ccpii gives what its control file says; it opens
-- to everybody exactly the functions that masked queries call; every object is
-- commented; no definer function can be lured by a search_path.
-- This suite runs first and leaves the extension to the others.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never

CREATE EXTENSION ccpii SCHEMA public;  -- fails: the schema is fixed
CREATE EXTENSION ccpii;

-- Once per database; it stays in its schema.
CREATE EXTENSION ccpii;  -- fails: it is there
ALTER EXTENSION ccpii SET SCHEMA public;  -- fails: the schema is fixed

SELECT extname, extversion, extnamespace::regnamespace, extrelocatable FROM pg_extension WHERE extname = 'ccpii';
SELECT name, superuser, trusted, relocatable, schema, requires FROM pg_available_extension_versions
	WHERE name = 'ccpii' AND installed;

-- Dropping it leaves an empty schema, as with any extension.
DROP EXTENSION ccpii;
CREATE EXTENSION ccpii;
DROP EXTENSION ccpii;
DROP SCHEMA ccpii;

-- Nobody but a superuser installs it, whatever else he may do here.
CREATE ROLE regress_ccpii_creator;
DO $$ BEGIN
	EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_ccpii_creator', current_database());
END $$;
SET ROLE regress_ccpii_creator;
CREATE EXTENSION ccpii;  -- fails: not a superuser

-- A schema of somebody else's is not taken over, nor one that holds anything:
-- its owner could put functions before ours.
CREATE SCHEMA ccpii;
RESET ROLE;
CREATE EXTENSION ccpii;  -- fails: another's schema
DROP SCHEMA ccpii;
CREATE SCHEMA ccpii;
CREATE FUNCTION ccpii.mask_phone(varchar) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE EXTENSION ccpii;  -- fails: a function is there
DROP FUNCTION ccpii.mask_phone(varchar);
CREATE TYPE ccpii.kind AS ENUM ('x');
CREATE EXTENSION ccpii;  -- fails: a type is there
DROP TYPE ccpii.kind;
CREATE SEQUENCE ccpii.number;
CREATE EXTENSION ccpii;  -- fails: a relation is there
DROP SCHEMA ccpii CASCADE;
DO $$ BEGIN
	EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_ccpii_creator', current_database());
END $$;
DROP ROLE regress_ccpii_creator;

-- The role of those who declare is made by the install, and not taken over
-- when it can do more than that.
ALTER ROLE ccpii_admin CREATEDB;
CREATE EXTENSION ccpii;  -- fails: an attribute of its own
ALTER ROLE ccpii_admin NOCREATEDB;
CREATE ROLE regress_ccpii_member IN ROLE ccpii_admin;
CREATE EXTENSION ccpii;  -- warns: a member
DROP ROLE regress_ccpii_member;
DROP EXTENSION ccpii;

-- Default privileges of the installer change nothing of what follows.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
CREATE EXTENSION ccpii;
ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls
	FROM pg_roles WHERE rolname LIKE 'ccpii%' ORDER BY 1;

-- The install labels the database and no role, table or column.
SELECT objtype, objname = quote_ident(current_database()) AS this_database, label
	FROM pg_seclabels WHERE provider = 'ccpii' AND (objtype <> 'database' OR objname = quote_ident(current_database()));

-- Everything in the schema belongs to the extension, and to its installer.
SELECT pg_describe_object(classid, objid, 0)
	FROM (SELECT 'pg_class'::regclass, oid, relowner FROM pg_class
			WHERE relnamespace = 'ccpii'::regnamespace AND relkind <> 'i'
		UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc WHERE pronamespace = 'ccpii'::regnamespace
		UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner FROM pg_operator WHERE oprnamespace = 'ccpii'::regnamespace
		UNION ALL SELECT 'pg_type'::regclass, oid, typowner FROM pg_type
			WHERE typnamespace = 'ccpii'::regnamespace AND typrelid = 0 AND typelem = 0) o (classid, objid, owner)
	WHERE owner <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
		OR NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.classid AND d.objid = o.objid
			AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass);

-- PUBLIC may use the schema and call these: masks, what runs inside of masked
-- queries, the input and output of types.  He may do nothing else.
SELECT nspname, acl.privilege_type FROM pg_namespace, aclexplode(nspacl) acl
	WHERE nspname = 'ccpii' AND acl.grantee = 0;
SELECT p.oid::regprocedure FROM pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) acl
	WHERE pronamespace = 'ccpii'::regnamespace AND acl.grantee = 0
	ORDER BY p.proname, pg_get_function_identity_arguments(p.oid) COLLATE "C";
-- Of ours in pg_catalog there are those that must be found without ccpii in the
-- search_path, and these are functions.
SELECT p.oid::regprocedure FROM pg_proc p
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
		AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'ccpii')
	JOIN aclexplode(coalesce(proacl, acldefault('f', proowner))) acl ON acl.grantee = 0
	WHERE pronamespace <> 'ccpii'::regnamespace
	ORDER BY p.proname;
SELECT c.oid::regclass, acl.privilege_type FROM pg_class c, aclexplode(relacl) acl
	WHERE relnamespace = 'ccpii'::regnamespace AND acl.grantee = 0;
SELECT t.oid::regtype, acl.privilege_type
	FROM pg_type t, aclexplode(coalesce(typacl, acldefault('T', typowner))) acl
	WHERE typnamespace = 'ccpii'::regnamespace AND acl.grantee = 0 AND typrelid = 0 AND typelem = 0;

-- ccpii_admin may call and read these besides.
SELECT p.oid::regprocedure FROM pg_proc p, aclexplode(proacl) acl
	WHERE pronamespace = 'ccpii'::regnamespace AND acl.grantee = 'ccpii_admin'::regrole
	ORDER BY p.proname, pg_get_function_identity_arguments(p.oid) COLLATE "C";
SELECT c.oid::regclass, acl.privilege_type FROM pg_class c, aclexplode(relacl) acl
	WHERE relnamespace = 'ccpii'::regnamespace AND acl.grantee = 'ccpii_admin'::regrole
	ORDER BY c.relname, 2;

-- Nobody else may do anything, but for the owner.
SELECT DISTINCT acl.grantee::regrole FROM (
		SELECT proacl FROM pg_proc WHERE pronamespace = 'ccpii'::regnamespace
		UNION ALL SELECT relacl FROM pg_class WHERE relnamespace = 'ccpii'::regnamespace
		UNION ALL SELECT typacl FROM pg_type WHERE typnamespace = 'ccpii'::regnamespace) objects (acls),
	aclexplode(acls) acl
	WHERE acl.grantee NOT IN (0, 'ccpii_admin'::regrole) AND acl.grantee <> acl.grantor;

-- What has no comment; types of rows and arrays come with their tables.
SELECT pg_describe_object(d.classid, d.objid, d.objsubid)
	FROM pg_depend d
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
		AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'ccpii')
		AND obj_description(d.objid, d.classid::regclass::name) IS NULL
		AND NOT EXISTS (SELECT FROM pg_type t WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid
			AND (t.typrelid <> 0 OR t.typelem <> 0))
		AND d.classid <> 'pg_cast'::regclass
	ORDER BY 1;
SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
	WHERE relnamespace = 'ccpii'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
		AND col_description(attrelid, attnum) IS NULL
	ORDER BY 1, 2;

-- Definer functions and their search_path; then those that lack it.
SELECT p.oid::regprocedure, proconfig FROM pg_proc p
	WHERE pronamespace = 'ccpii'::regnamespace AND prosecdef ORDER BY p.proname;
SELECT p.oid::regprocedure FROM pg_proc p
	WHERE pronamespace = 'ccpii'::regnamespace AND prosecdef AND prosqlbody IS NULL
		AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (proconfig), false);

-- Masks are constant functions of their arguments, safe in parallel workers;
-- but for the hash, which no foreign server may be asked to compute.
SELECT p.oid::regprocedure, provolatile, proisstrict, proparallel FROM pg_proc p
	WHERE pronamespace = 'ccpii'::regnamespace AND proname LIKE 'mask\_%' AND proname <> 'mask_role'
		AND (provolatile, proisstrict, proparallel) <> ('i', true, 's');

-- Tables travel with pg_dump.
SELECT c.oid::regclass FROM pg_class c
	WHERE relnamespace = 'ccpii'::regnamespace AND relkind IN ('r', 'p', 'S')
		AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'ccpii' AND c.oid = ANY (extconfig));

-- What only the rewrite of a query may do is beyond everybody who writes one:
-- NULL apart, nothing converts to a plan_token.
CREATE ROLE regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
SELECT ccpii.mask_hash('x', NULL) IS NULL;
SELECT ccpii.mask_hash('x', '1');  -- fails: no value can be written
SELECT ccpii.lookup_found(1, '1'::ccpii.plan_token);  -- fails: the same
SELECT ccpii.lookup_charge(1, 1::int4::ccpii.plan_token);  -- fails: no cast
SELECT ccpii.lookup_charge(1, ('{1}'::ccpii.plan_token[])[1]);  -- fails: no element
SELECT ccpii.lookup_charge(1, x) FROM jsonb_to_record('{"x": 1}') r (x ccpii.plan_token);  -- fails: no field
CREATE DOMAIN pg_temp.token AS ccpii.plan_token;  -- fails: no privilege on the type
SELECT ccpii.pii_attribute_changed();  -- fails: not for him, and a trigger function
RESET ROLE;
SELECT ccpii.pii_attribute_changed();  -- fails: a trigger function
DROP ROLE regress_ccpii_reader;

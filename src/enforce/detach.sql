/* enforce/detach: the way out */

-- May be called by superusers, and by owners of the relations in ccpii_admin.

CREATE FUNCTION detach(relation regclass, dry_run boolean DEFAULT false)
	RETURNS TABLE (object regclass, action text)
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_detach';
COMMENT ON FUNCTION detach(regclass, boolean) IS 'take a relation and its descendants out of ccpii: everybody with a grant reads them again; tells what it does';
REVOKE ALL ON FUNCTION detach(regclass, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION detach(regclass, boolean) TO ccpii_admin;

CREATE FUNCTION detach_all(dry_run boolean DEFAULT false)
	RETURNS TABLE (object regclass, action text)
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_detach_all';
COMMENT ON FUNCTION detach_all(boolean) IS 'take all relations out of ccpii, as before DROP EXTENSION; tells what it does';
REVOKE ALL ON FUNCTION detach_all(boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION detach_all(boolean) TO ccpii_admin;

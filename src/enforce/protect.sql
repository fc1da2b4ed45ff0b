/* enforce/protect: the fuse for a server without the library */

-- May be called by superusers, and by owners of the relations in ccpii_admin.

CREATE FUNCTION protect(relation regclass) RETURNS void
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_protect';
COMMENT ON FUNCTION protect(regclass) IS 'let a table and its descendants show rows to their owner only where the library is not loaded, by row security';
REVOKE ALL ON FUNCTION protect(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION protect(regclass) TO ccpii_admin;

CREATE FUNCTION unprotect(relation regclass) RETURNS void
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_unprotect';
COMMENT ON FUNCTION unprotect(regclass) IS 'undo protect(): row security goes off if it was off before and nothing else needs it';
REVOKE ALL ON FUNCTION unprotect(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unprotect(regclass) TO ccpii_admin;

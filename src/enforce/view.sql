/* enforce/view: masked views, for readers without any right on the tables */

-- May be called by superusers, and by owners of the relation in ccpii_admin.

CREATE FUNCTION masked_view_create(relation regclass, name text) RETURNS regclass
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_view_create';
COMMENT ON FUNCTION masked_view_create(regclass, text) IS 'make a view that shows the relation as it is masked, and follows it; grant rights on the view in place of the relation';
REVOKE ALL ON FUNCTION masked_view_create(regclass, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION masked_view_create(regclass, text) TO ccpii_admin;

CREATE FUNCTION masked_view_refresh(view regclass) RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_view_refresh';
COMMENT ON FUNCTION masked_view_refresh(regclass) IS 'give a masked view the columns and the owner that its relation has now; needed only where ccpii was not loaded while the relation changed';
REVOKE ALL ON FUNCTION masked_view_refresh(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION masked_view_refresh(regclass) TO ccpii_admin;

CREATE FUNCTION masked_view_drop(view regclass) RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_view_drop';
COMMENT ON FUNCTION masked_view_drop(regclass) IS 'drop a masked view, and nothing else';
REVOKE ALL ON FUNCTION masked_view_drop(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION masked_view_drop(regclass) TO ccpii_admin;

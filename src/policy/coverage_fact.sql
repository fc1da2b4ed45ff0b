/* policy/coverage_fact: what coverage() asks that catalogs do not answer */

-- May be called by ccpii_admin.

CREATE FUNCTION coverage_is_masked(role oid, relation oid) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL UNSAFE COST 100
AS 'MODULE_PATHNAME', 'ccpii_sql_coverage_is_masked';
COMMENT ON FUNCTION coverage_is_masked(oid, oid) IS 'does the role see a column of the relation masked?';
REVOKE ALL ON FUNCTION coverage_is_masked(oid, oid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_is_masked(oid, oid) TO ccpii_admin;

CREATE FUNCTION coverage_mask_fits(mask text, type oid) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_coverage_mask_fits';
COMMENT ON FUNCTION coverage_mask_fits(text, oid) IS 'is the mask defined for columns of the type?';
REVOKE ALL ON FUNCTION coverage_mask_fits(text, oid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_mask_fits(text, oid) TO ccpii_admin;

CREATE FUNCTION coverage_has_statistics(relation oid, column_number int2) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_coverage_has_statistics';
COMMENT ON FUNCTION coverage_has_statistics(oid, int2) IS 'has ANALYZE stored anything about the column?';
REVOKE ALL ON FUNCTION coverage_has_statistics(oid, int2) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_has_statistics(oid, int2) TO ccpii_admin;

CREATE FUNCTION coverage_origin_list(view oid,
	OUT column_number int2, OUT origin oid, OUT origin_column int2)
	RETURNS SETOF record
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 10
AS 'MODULE_PATHNAME', 'ccpii_sql_coverage_origin_list';
COMMENT ON FUNCTION coverage_origin_list(oid) IS 'columns of a view or materialized view that are columns of a relation, perhaps by other names';
REVOKE ALL ON FUNCTION coverage_origin_list(oid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_origin_list(oid) TO ccpii_admin;

CREATE FUNCTION coverage_index_list(relation oid,
	OUT column_number int2, OUT statement text)
	RETURNS SETOF record
	LANGUAGE c STABLE STRICT PARALLEL UNSAFE ROWS 2
AS 'MODULE_PATHNAME', 'ccpii_sql_coverage_index_list';
COMMENT ON FUNCTION coverage_index_list(oid) IS 'indexes on masks of columns that have an index themselves';
REVOKE ALL ON FUNCTION coverage_index_list(oid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_index_list(oid) TO ccpii_admin;

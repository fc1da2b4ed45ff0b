/* enforce/statistics: what ANALYZE has learned of values */

-- Executable by everybody: they run inside of rewritten queries.
CREATE FUNCTION statistics_visible(relation oid, attno int2) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_statistics_visible';
COMMENT ON FUNCTION statistics_visible(oid, int2) IS 'may the reader see values of the column in pg_statistic?';

CREATE FUNCTION statistics_ext_visible(statistics_object oid) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_statistics_ext_visible';
COMMENT ON FUNCTION statistics_ext_visible(oid) IS 'may the reader see values in pg_statistic_ext_data?';

-- May be called by ccpii_admin and by the owner of the relation.
CREATE FUNCTION purge_statistics(relation regclass) RETURNS integer
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_purge_statistics';
COMMENT ON FUNCTION purge_statistics(regclass) IS 'remove the statistics of labelled columns and of their indexes, and keep ANALYZE from making new ones';
REVOKE ALL ON FUNCTION purge_statistics(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION purge_statistics(regclass) TO ccpii_admin;

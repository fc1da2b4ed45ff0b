/* policy/masking_of: what a role would see */

-- Reads labels and catalogs; its samples are invented.
CREATE FUNCTION masking_of(relation regclass, role regrole)
	RETURNS TABLE (column_name text, type text, verdict text, masks text,
		sample_in text, sample_out text, granted boolean)
	LANGUAGE c STABLE PARALLEL UNSAFE ROWS 20
AS 'MODULE_PATHNAME', 'ccpii_sql_masking_of';
COMMENT ON FUNCTION masking_of(regclass, regrole) IS 'what the role sees of each column: masked or clear, the masks, an invented value before and after, and whether it may select the column at all';
REVOKE ALL ON FUNCTION masking_of(regclass, regrole) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION masking_of(regclass, regrole) TO ccpii_admin;

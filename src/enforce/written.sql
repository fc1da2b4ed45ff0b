/* enforce/written: what is written to a masked column */

-- The capability of those who may write to SENSITIVE columns.
SELECT ccpii.require_role('ccpii_edit_sensitive', 'may write to columns that are labelled SENSITIVE for ccpii',
	'write to sensitive columns');

-- Everybody may ask for himself.
CREATE FUNCTION edit_allowed() RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_edit_allowed';
COMMENT ON FUNCTION edit_allowed() IS 'may the current user write to columns that are labelled SENSITIVE?';

/*
 * The rewrite puts it around values that are written to a masked column; it
 * runs as the writer.
 */
CREATE FUNCTION write_guard(new_value anyelement, old_value anyelement, shown anyelement,
		relation regclass, column_number integer, token plan_token) RETURNS anyelement
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_write_guard';
COMMENT ON FUNCTION write_guard(anyelement, anyelement, anyelement, regclass, integer, plan_token) IS 'internal: the value to store, which is the old one if its mask was written back; refuses other masks';

-- COPY FROM gets it as a condition of WHERE, where no token can be; it tells
-- nobody what he has not given himself.
CREATE FUNCTION copy_guard(new_value anyelement, relation regclass, column_number integer, flags integer) RETURNS boolean
	LANGUAGE c STABLE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_copy_guard';
COMMENT ON FUNCTION copy_guard(anyelement, regclass, integer, integer) IS 'internal: true, unless the value is a mask or may not be written, which is an error';

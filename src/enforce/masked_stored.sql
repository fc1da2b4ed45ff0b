/* enforce/masked_stored: constraints and generated columns read what is stored */

CREATE FUNCTION masked_stored_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_stored_support';
COMMENT ON FUNCTION masked_stored_support(internal) IS 'planner support of the casts of masked_text';
REVOKE ALL ON FUNCTION masked_stored_support(internal) FROM PUBLIC;

ALTER FUNCTION masked_text_text(masked_text) SUPPORT masked_stored_support;
ALTER FUNCTION masked_text_varchar(masked_text) SUPPORT masked_stored_support;

CREATE FUNCTION text_of(value masked_text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE SUPPORT masked_stored_support
AS 'MODULE_PATHNAME', 'ccpii_sql_text_of';
COMMENT ON FUNCTION text_of(masked_text) IS 'text of a column in CHECK constraints and generated columns; elsewhere its mask';

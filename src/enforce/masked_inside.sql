/* enforce/masked_inside: masks inside of other types */

CREATE FUNCTION masked_inside(value anyelement) RETURNS anyelement
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_inside';
COMMENT ON FUNCTION masked_inside(anyelement) IS 'what has values of type masked_text inside, with their masks';

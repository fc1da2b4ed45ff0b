
/*
 * The rewrite puts these two into the plan of a SEARCHABLE look-up; they run
 * as the reader.  Nobody can call them from SQL, or he would take his misses
 * back: no expression of a user's own has type plan_token.
 */
CREATE FUNCTION lookup_charge(value anyelement, token plan_token) RETURNS anyelement
	LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED
AS 'MODULE_PATHNAME', 'ccpii_sql_lookup_charge';
COMMENT ON FUNCTION lookup_charge(anyelement, plan_token) IS 'internal: count a look-up by the value and return the value';

CREATE FUNCTION lookup_found(found anyelement, token plan_token) RETURNS boolean
	LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED COST 10000
AS 'MODULE_PATHNAME', 'ccpii_sql_lookup_found';
COMMENT ON FUNCTION lookup_found(anyelement, plan_token) IS 'internal: a look-up found a row, it was no miss';

/* base/token: the type of an argument that only the rewrite can supply */

-- Nothing converts to it but NULL, for which a strict function does not run.
CREATE TYPE plan_token;

CREATE FUNCTION plan_token_in(cstring) RETURNS plan_token
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_plan_token_in';
COMMENT ON FUNCTION plan_token_in(cstring) IS 'I/O; fails';

CREATE FUNCTION plan_token_out(plan_token) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_plan_token_out';
COMMENT ON FUNCTION plan_token_out(plan_token) IS 'I/O';

CREATE TYPE plan_token (
	INPUT = plan_token_in, OUTPUT = plan_token_out,
	INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4
);
COMMENT ON TYPE plan_token IS 'internal: what only the masking of queries can supply';
REVOKE ALL ON TYPE plan_token FROM PUBLIC;

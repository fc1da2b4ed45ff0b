/*
 * enforce/masked_match: LIKE and regular expressions on what the reader may
 * see.
 */
CREATE FUNCTION masked_text_like_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_like_support';
COMMENT ON FUNCTION masked_text_like_support(internal) IS 'planner support';
CREATE FUNCTION masked_text_like_sel(internal, oid, internal, integer) RETURNS double precision
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_like_sel';
COMMENT ON FUNCTION masked_text_like_sel(internal, oid, internal, integer) IS 'restriction selectivity';
CREATE FUNCTION masked_text_iclike_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_iclike_support';
COMMENT ON FUNCTION masked_text_iclike_support(internal) IS 'planner support';
CREATE FUNCTION masked_text_iclike_sel(internal, oid, internal, integer) RETURNS double precision
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_iclike_sel';
COMMENT ON FUNCTION masked_text_iclike_sel(internal, oid, internal, integer) IS 'restriction selectivity';
CREATE FUNCTION masked_text_regex_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_regex_support';
COMMENT ON FUNCTION masked_text_regex_support(internal) IS 'planner support';
CREATE FUNCTION masked_text_regex_sel(internal, oid, internal, integer) RETURNS double precision
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_regex_sel';
COMMENT ON FUNCTION masked_text_regex_sel(internal, oid, internal, integer) IS 'restriction selectivity';
CREATE FUNCTION masked_text_icregex_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_icregex_support';
COMMENT ON FUNCTION masked_text_icregex_support(internal) IS 'planner support';
CREATE FUNCTION masked_text_icregex_sel(internal, oid, internal, integer) RETURNS double precision
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_icregex_sel';
COMMENT ON FUNCTION masked_text_icregex_sel(internal, oid, internal, integer) IS 'restriction selectivity';
CREATE FUNCTION masked_text_starts_with_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_starts_with_support';
COMMENT ON FUNCTION masked_text_starts_with_support(internal) IS 'planner support';
CREATE FUNCTION masked_text_starts_with_sel(internal, oid, internal, integer) RETURNS double precision
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_starts_with_sel';
COMMENT ON FUNCTION masked_text_starts_with_sel(internal, oid, internal, integer) IS 'restriction selectivity';

CREATE FUNCTION masked_text_like(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_text_like_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_like';
COMMENT ON FUNCTION masked_text_like(masked_text, text) IS 'implementation of ~~ operator';
CREATE OPERATOR pg_catalog.~~ (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_like,
	NEGATOR = OPERATOR(pg_catalog.!~~),
	RESTRICT = masked_text_like_sel, JOIN = likejoinsel
);
COMMENT ON OPERATOR pg_catalog.~~ (masked_text, text) IS 'matches LIKE expression';

CREATE FUNCTION masked_text_nlike(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_stored_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_nlike';
COMMENT ON FUNCTION masked_text_nlike(masked_text, text) IS 'implementation of !~~ operator';
CREATE OPERATOR pg_catalog.!~~ (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_nlike,
	NEGATOR = OPERATOR(pg_catalog.~~),
	RESTRICT = masked_text_like_sel, JOIN = nlikejoinsel
);
COMMENT ON OPERATOR pg_catalog.!~~ (masked_text, text) IS 'does not match LIKE expression';

CREATE FUNCTION masked_text_iclike(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_text_iclike_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_iclike';
COMMENT ON FUNCTION masked_text_iclike(masked_text, text) IS 'implementation of ~~* operator';
CREATE OPERATOR pg_catalog.~~* (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_iclike,
	NEGATOR = OPERATOR(pg_catalog.!~~*),
	RESTRICT = masked_text_iclike_sel, JOIN = iclikejoinsel
);
COMMENT ON OPERATOR pg_catalog.~~* (masked_text, text) IS 'matches LIKE expression, case-insensitive';

CREATE FUNCTION masked_text_icnlike(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_stored_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_icnlike';
COMMENT ON FUNCTION masked_text_icnlike(masked_text, text) IS 'implementation of !~~* operator';
CREATE OPERATOR pg_catalog.!~~* (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_icnlike,
	NEGATOR = OPERATOR(pg_catalog.~~*),
	RESTRICT = masked_text_iclike_sel, JOIN = icnlikejoinsel
);
COMMENT ON OPERATOR pg_catalog.!~~* (masked_text, text) IS 'does not match LIKE expression, case-insensitive';

CREATE FUNCTION masked_text_regexeq(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_text_regex_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_regexeq';
COMMENT ON FUNCTION masked_text_regexeq(masked_text, text) IS 'implementation of ~ operator';
CREATE OPERATOR pg_catalog.~ (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_regexeq,
	NEGATOR = OPERATOR(pg_catalog.!~),
	RESTRICT = masked_text_regex_sel, JOIN = regexeqjoinsel
);
COMMENT ON OPERATOR pg_catalog.~ (masked_text, text) IS 'matches regular expression';

CREATE FUNCTION masked_text_regexne(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_stored_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_regexne';
COMMENT ON FUNCTION masked_text_regexne(masked_text, text) IS 'implementation of !~ operator';
CREATE OPERATOR pg_catalog.!~ (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_regexne,
	NEGATOR = OPERATOR(pg_catalog.~),
	RESTRICT = masked_text_regex_sel, JOIN = regexnejoinsel
);
COMMENT ON OPERATOR pg_catalog.!~ (masked_text, text) IS 'does not match regular expression';

CREATE FUNCTION masked_text_icregexeq(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_text_icregex_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_icregexeq';
COMMENT ON FUNCTION masked_text_icregexeq(masked_text, text) IS 'implementation of ~* operator';
CREATE OPERATOR pg_catalog.~* (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_icregexeq,
	NEGATOR = OPERATOR(pg_catalog.!~*),
	RESTRICT = masked_text_icregex_sel, JOIN = icregexeqjoinsel
);
COMMENT ON OPERATOR pg_catalog.~* (masked_text, text) IS 'matches regular expression, case-insensitive';

CREATE FUNCTION masked_text_icregexne(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_stored_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_icregexne';
COMMENT ON FUNCTION masked_text_icregexne(masked_text, text) IS 'implementation of !~* operator';
CREATE OPERATOR pg_catalog.!~* (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_icregexne,
	NEGATOR = OPERATOR(pg_catalog.~*),
	RESTRICT = masked_text_icregex_sel, JOIN = icregexnejoinsel
);
COMMENT ON OPERATOR pg_catalog.!~* (masked_text, text) IS 'does not match regular expression, case-insensitive';

CREATE FUNCTION masked_text_starts_with(masked_text, text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	SUPPORT masked_text_starts_with_support
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_starts_with';
COMMENT ON FUNCTION masked_text_starts_with(masked_text, text) IS 'implementation of ^@ operator';
CREATE OPERATOR pg_catalog.^@ (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_starts_with,
	RESTRICT = masked_text_starts_with_sel, JOIN = prefixjoinsel
);
COMMENT ON OPERATOR pg_catalog.^@ (masked_text, text) IS 'starts with';

/* text/pattern_face: regexes of users, tried; for everybody. */
CREATE FUNCTION pattern_check(regex text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_pattern_check';
COMMENT ON FUNCTION pattern_check(text) IS
	'what is wrong with a PCRE2 regex: an error in it, too many steps, only empty matches; NULL if nothing is';

/* text/email_face: the canonical form of an e-mail address, for everybody. */
CREATE FUNCTION email_canonical(address text, mode text DEFAULT 'safe') RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_email_canonical';
COMMENT ON FUNCTION email_canonical(text, text) IS
	'one spelling for all spellings of an e-mail address, NULL if it is none; mode safe or provider';

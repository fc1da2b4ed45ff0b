/*
 * text/redact: what is found in running text, masked.  They run inside of
 * rewritten queries, so everybody may call them.
 */
CREATE FUNCTION redact(body text, digits int DEFAULT 7, cards boolean DEFAULT true,
		networks text[] DEFAULT '{default}', phones boolean DEFAULT false, emails boolean DEFAULT false,
		patterns text[] DEFAULT '{}', mode text DEFAULT 'grouped', keep_dates boolean DEFAULT true) RETURNS text
	LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_redact';
COMMENT ON FUNCTION redact(text, int, boolean, text[], boolean, boolean, text[], text, boolean) IS 'running text with numbers of so many digits, cards, phones, e-mail addresses and what matches patterns masked';

CREATE FUNCTION redact(body json, digits int DEFAULT 7, cards boolean DEFAULT true,
		networks text[] DEFAULT '{default}', phones boolean DEFAULT false, emails boolean DEFAULT false,
		patterns text[] DEFAULT '{}', mode text DEFAULT 'grouped', keep_dates boolean DEFAULT true) RETURNS json
	LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_redact_json';
COMMENT ON FUNCTION redact(json, int, boolean, text[], boolean, boolean, text[], text, boolean) IS 'the same of the string and number values of a json value; a masked number becomes a string';

CREATE FUNCTION redact(body jsonb, digits int DEFAULT 7, cards boolean DEFAULT true,
		networks text[] DEFAULT '{default}', phones boolean DEFAULT false, emails boolean DEFAULT false,
		patterns text[] DEFAULT '{}', mode text DEFAULT 'grouped', keep_dates boolean DEFAULT true) RETURNS jsonb
	LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_redact_jsonb';
COMMENT ON FUNCTION redact(jsonb, int, boolean, text[], boolean, boolean, text[], text, boolean) IS 'the same of the string and number values of a jsonb value; a masked number becomes a string';

CREATE FUNCTION find_pii(body text, digits int DEFAULT 7, cards boolean DEFAULT true,
		networks text[] DEFAULT '{default}', phones boolean DEFAULT true, emails boolean DEFAULT true,
		patterns text[] DEFAULT '{}', mode text DEFAULT 'grouped', keep_dates boolean DEFAULT true,
		OUT kind text, OUT "position" int, OUT length int, OUT network text) RETURNS SETOF record
	LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_find_pii';
COMMENT ON FUNCTION find_pii(text, int, boolean, text[], boolean, boolean, text[], text, boolean) IS 'where redact() finds something, in characters from 1: number, card and its network, phone, email, pattern';

CREATE FUNCTION mask_phones_in(body text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_phones_in';
COMMENT ON FUNCTION mask_phones_in(text) IS 'running text with the digits of telephone numbers as X, but for the last ones';

CREATE FUNCTION mask_emails_in(body text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_emails_in';
COMMENT ON FUNCTION mask_emails_in(text) IS 'running text with e-mail addresses masked, of which the domains stay';

CREATE FUNCTION anonymize_text(body text, kind text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_anonymize_text';
COMMENT ON FUNCTION anonymize_text(text, text) IS 'a placeholder for each phone or digital address in a text, or for a whole content or metadata';

CREATE FUNCTION ai_text(body text, max_digits int) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_ai_text';
COMMENT ON FUNCTION ai_text(text, int) IS 'running text as an AI engine may read it: numbers of max_digits digits or more are masked; 0 masks none';

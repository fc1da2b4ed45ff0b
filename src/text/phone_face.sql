/*
 * text/phone_face: telephone numbers in E.164.  The region is where the number
 * was typed, by ISO 3166-1; NULL where nobody knows: then only numbers with a
 * plus sign are read.  Everybody may call them, as the masks.
 */
CREATE FUNCTION phone_canonical(number text, region text) RETURNS text
	LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_phone_canonical';
COMMENT ON FUNCTION phone_canonical(text, text) IS 'a telephone number as typed in a region, in E.164; NULL if no plan has numbers of its length';

CREATE FUNCTION phone_valid(number text, region text) RETURNS boolean
	LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_phone_valid';
COMMENT ON FUNCTION phone_valid(text, text) IS 'does the numbering plan use that telephone number?';

CREATE FUNCTION phone_key(number text, region text) RETURNS text
	LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_phone_key';
COMMENT ON FUNCTION phone_key(text, text) IS 'a telephone number or WhatsApp id in E.164, if it is certain enough to tell that two records are one person''s';

CREATE FUNCTION phone_plan_version() RETURNS text
	LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_phone_plan_version';
COMMENT ON FUNCTION phone_plan_version() IS 'the version of libphonenumber''s metadata that numbers are read by';

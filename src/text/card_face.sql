/*
 * text/card_face: what is to be known of a number that somebody has, so
 * everybody may ask, whatever the installer's default privileges.
 */
CREATE FUNCTION card_network(number text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_card_network';
COMMENT ON FUNCTION card_network(text) IS
	'the card network that issues a number, with space - . _ between the digits or not; NULL if none does';

CREATE FUNCTION luhn_valid(number text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_luhn_valid';
COMMENT ON FUNCTION luhn_valid(text) IS
	'has a number, with space - . _ between the digits or not, the right check digit by Luhn''s formula?';

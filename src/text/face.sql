/*
 * text/face: the masks.  They are what a query of a masked reader calls, so
 * everybody may, whatever the installer's default privileges.
 */
CREATE FUNCTION mask_full(value text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_full';
COMMENT ON FUNCTION mask_full(text) IS 'mask: four asterisks for any text';

CREATE FUNCTION mask_phone(value text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_phone';
COMMENT ON FUNCTION mask_phone(text) IS 'mask: a telephone number, all but its last digits as X';

CREATE FUNCTION mask_email(value text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_email';
COMMENT ON FUNCTION mask_email(text) IS 'mask: an e-mail address, of which the domain stays';

CREATE FUNCTION mask_card(value text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_card';
COMMENT ON FUNCTION mask_card(text) IS 'mask: a card number, of which the last four digits stay';

CREATE FUNCTION mask_name(value text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_name';
COMMENT ON FUNCTION mask_name(text) IS 'mask: a name, of which the first letter of each word stays';

CREATE FUNCTION mask_digits(value text, min_digits int) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_digits';
COMMENT ON FUNCTION mask_digits(text, int) IS 'mask: in running text, numbers of min_digits digits or more';

CREATE FUNCTION mask_cards(value text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_cards';
COMMENT ON FUNCTION mask_cards(text) IS 'mask: in running text, card numbers but for their last four digits';

CREATE FUNCTION mask_partial(value text, prefix int, fill text, suffix int) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_partial';
COMMENT ON FUNCTION mask_partial(text, int, text, int) IS
	'mask: all but the first and last characters, of which at most half stay';

-- Not immutable, or a foreign server would be asked to call it with our key.
CREATE FUNCTION mask_hash(value text, key plan_token) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_hash';
COMMENT ON FUNCTION mask_hash(text, plan_token) IS
	'mask: a keyed hash; called only by the masking of queries';

CREATE FUNCTION mask_fit(value text, max_chars int) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_fit';
COMMENT ON FUNCTION mask_fit(text, int) IS
	'a masked value as it fits into varchar(max_chars): itself or asterisks';

CREATE FUNCTION mask_year(value date) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_year_date';
COMMENT ON FUNCTION mask_year(date) IS 'mask: the first day of the year';

CREATE FUNCTION mask_year(value timestamp) RETURNS timestamp
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_year_timestamp';
COMMENT ON FUNCTION mask_year(timestamp) IS 'mask: the first instant of the year';

CREATE FUNCTION mask_year(value timestamptz) RETURNS timestamptz
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_year_timestamp';
COMMENT ON FUNCTION mask_year(timestamptz) IS 'mask: the first instant of the year in UTC';

CREATE FUNCTION mask_month(value date) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_month_date';
COMMENT ON FUNCTION mask_month(date) IS 'mask: the first day of the month';

CREATE FUNCTION mask_month(value timestamp) RETURNS timestamp
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_month_timestamp';
COMMENT ON FUNCTION mask_month(timestamp) IS 'mask: the first instant of the month';

CREATE FUNCTION mask_month(value timestamptz) RETURNS timestamptz
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_month_timestamp';
COMMENT ON FUNCTION mask_month(timestamptz) IS 'mask: the first instant of the month in UTC';

/* policy/json: masks for values inside of json and jsonb */

CREATE FUNCTION mask_jsonb(value jsonb, paths text) RETURNS jsonb
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_jsonb';
COMMENT ON FUNCTION mask_jsonb(jsonb, text) IS 'mask the strings and numbers at the paths, as in ''phone => phone, address.city => name''';

CREATE FUNCTION mask_json(value json, paths text) RETURNS json
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_json';
COMMENT ON FUNCTION mask_json(json, text) IS 'mask the strings and numbers at the paths, as in ''phone => phone, address.city => name''';

/* policy/attribute: the @attributes that hold personal data */

CREATE FUNCTION pii_attribute_check(mask text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_pii_attribute_check';
COMMENT ON FUNCTION pii_attribute_check(text) IS 'true if the text is a mask for values inside of json, an error otherwise';
REVOKE ALL ON FUNCTION pii_attribute_check(text) FROM PUBLIC;

CREATE TABLE pii_attribute (
	attribute text PRIMARY KEY
		CHECK (attribute ~ '^@[a-z_][a-z0-9_]*$' AND length(attribute) <= 63),
	mask text NOT NULL CHECK (ccpii.pii_attribute_check(mask)),
	added_at timestamptz NOT NULL DEFAULT now(),
	added_by name NOT NULL DEFAULT session_user
);
COMMENT ON TABLE pii_attribute IS 'attributes of customers that mask "attributes" hides in json and jsonb';
COMMENT ON COLUMN pii_attribute.attribute IS 'key in the json value, with the sigil that the key itself may lack';
COMMENT ON COLUMN pii_attribute.mask IS 'mask of its value, as in a security label';
COMMENT ON COLUMN pii_attribute.added_at IS 'when it was registered';
COMMENT ON COLUMN pii_attribute.added_by IS 'session user who registered it';
REVOKE ALL ON TABLE pii_attribute FROM PUBLIC;
GRANT SELECT ON TABLE pii_attribute TO ccpii_admin;
SELECT pg_catalog.pg_extension_config_dump('pii_attribute', '');

CREATE FUNCTION pii_attribute_changed() RETURNS trigger
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_pii_attribute_changed';
COMMENT ON FUNCTION pii_attribute_changed() IS 'trigger: makes a change of ccpii.pii_attribute known to all sessions';
REVOKE ALL ON FUNCTION pii_attribute_changed() FROM PUBLIC;

CREATE TRIGGER pii_attribute_changed
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON pii_attribute
	FOR EACH STATEMENT EXECUTE FUNCTION ccpii.pii_attribute_changed();
ALTER TABLE pii_attribute ENABLE ALWAYS TRIGGER pii_attribute_changed;
COMMENT ON TRIGGER pii_attribute_changed ON pii_attribute IS 'makes a change known to all sessions';

-- May be called by ccpii_admin.

CREATE FUNCTION pii_attribute_add(attribute text, mask text DEFAULT 'full') RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_pii_attribute_add';
COMMENT ON FUNCTION pii_attribute_add(text, text) IS 'register an attribute that holds personal data, or change its mask';
REVOKE ALL ON FUNCTION pii_attribute_add(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pii_attribute_add(text, text) TO ccpii_admin;

CREATE FUNCTION pii_attribute_drop(attribute text) RETURNS boolean
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_pii_attribute_drop';
COMMENT ON FUNCTION pii_attribute_drop(text) IS 'make an attribute visible again; false if it was not registered';
REVOKE ALL ON FUNCTION pii_attribute_drop(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pii_attribute_drop(text) TO ccpii_admin;


/*
 * The ring of secret keys.  Fingerprints are not secret, but nobody outside
 * ccpii_admin has a use for them.
 */
CREATE FUNCTION keyring_list(
	OUT id integer, OUT state text, OUT fingerprint text)
	RETURNS SETOF record
	LANGUAGE c VOLATILE PARALLEL SAFE ROWS 2
AS 'MODULE_PATHNAME', 'ccpii_sql_keyring_list';
COMMENT ON FUNCTION keyring_list() IS 'the keys of ccpii.key_file without their secrets';
REVOKE ALL ON FUNCTION keyring_list() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keyring_list() TO ccpii_admin;

CREATE VIEW keys AS
	SELECT id, state, fingerprint FROM ccpii.keyring_list();
COMMENT ON VIEW keys IS 'the keys of ccpii.key_file: id, active or old, fingerprint';
REVOKE ALL ON keys FROM PUBLIC;
GRANT SELECT ON keys TO ccpii_admin;

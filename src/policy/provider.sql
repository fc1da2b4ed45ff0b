/* policy/provider: the labels of roles, for those who may not set labels */

-- Each checks that its caller is a superuser or a member of ccpii_admin.

CREATE FUNCTION mask_role(role regrole) RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_mask_role';
COMMENT ON FUNCTION mask_role(regrole) IS 'label a role MASKED: it and its members see masks';
REVOKE ALL ON FUNCTION mask_role(regrole) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mask_role(regrole) TO ccpii_admin;

CREATE FUNCTION clear_role(role regrole) RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_clear_role';
COMMENT ON FUNCTION clear_role(regrole) IS 'label a role CLEAR: it and its members see everything';
REVOKE ALL ON FUNCTION clear_role(regrole) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clear_role(regrole) TO ccpii_admin;

CREATE FUNCTION unlabel_role(role regrole) RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_unlabel_role';
COMMENT ON FUNCTION unlabel_role(regrole) IS 'take the label off a role: ccpii.unlabelled_roles decides';
REVOKE ALL ON FUNCTION unlabel_role(regrole) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unlabel_role(regrole) TO ccpii_admin;

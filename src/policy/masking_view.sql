/* policy/masking_view: what is masked, and for whom */

-- Both tell what catalogs and labels say, which everybody could read there.

CREATE FUNCTION masking_rule_list(
	OUT relation regclass, OUT column_number int2, OUT column_name name,
	OUT label text, OUT mask text, OUT inherited_from regclass,
	OUT problems text[], OUT from_child boolean, OUT owner_masked boolean, OUT sensitive boolean, OUT source text)
	RETURNS SETOF record
	LANGUAGE c STABLE PARALLEL UNSAFE ROWS 100
AS 'MODULE_PATHNAME', 'ccpii_sql_masking_rule_list';
COMMENT ON FUNCTION masking_rule_list() IS 'every rule of a column or for rows, as the cache of rules holds it; for view masking_rules';
REVOKE ALL ON FUNCTION masking_rule_list() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION masking_rule_list() TO ccpii_admin;

CREATE VIEW masking_rules AS
	SELECT relation, column_name, label, mask, inherited_from,
		problems
			|| CASE WHEN from_child THEN
				ARRAY['the label is that of a child, label the parent itself'] ELSE '{}' END
			|| CASE WHEN owner_masked THEN
				ARRAY['the owner of the relation is a masked role'] ELSE '{}' END AS warnings,
		source
	FROM ccpii.masking_rule_list();
COMMENT ON VIEW masking_rules IS 'every rule of a column or for rows, with what does not work as its label says';
COMMENT ON COLUMN masking_rules.relation IS 'table, view or partition that has the column';
COMMENT ON COLUMN masking_rules.column_name IS 'name of the column; NULL for a rule that says who sees which rows';
COMMENT ON COLUMN masking_rules.label IS 'text of the security label; NULL if there is none: see source';
COMMENT ON COLUMN masking_rules.mask IS 'the label as it is understood: the first mask that applies to a masked reader hides the value; for rows, what is visible to whom';
COMMENT ON COLUMN masking_rules.inherited_from IS 'parent or child that carries the label; NULL if it is the relation itself';
COMMENT ON COLUMN masking_rules.warnings IS 'what keeps the label from doing what it says; empty if nothing does';
COMMENT ON COLUMN masking_rules.source IS 'where the rule comes from: label; type, of a column of type masked_text without a label; expression, of a generated column without a label that is computed from columns with rules';
REVOKE ALL ON masking_rules FROM PUBLIC;
GRANT SELECT ON masking_rules TO ccpii_admin;

CREATE FUNCTION audience_list(
	OUT role regrole, OUT login boolean, OUT verdict text, OUT reason text,
	OUT through regrole[], OUT note text)
	RETURNS SETOF record
	LANGUAGE c STABLE PARALLEL UNSAFE ROWS 50
AS 'MODULE_PATHNAME', 'ccpii_sql_audience_list';
COMMENT ON FUNCTION audience_list() IS 'every role, masked or clear, and why; for view audiences';
REVOKE ALL ON FUNCTION audience_list() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audience_list() TO ccpii_admin;

CREATE VIEW audiences AS
	SELECT role, login, verdict, reason, through, note FROM ccpii.audience_list();
COMMENT ON VIEW audiences IS 'every role but the predefined ones: is it masked or clear on relations of others, and why';
COMMENT ON COLUMN audiences.role IS 'the role';
COMMENT ON COLUMN audiences.login IS 'can it log in?';
COMMENT ON COLUMN audiences.verdict IS 'masked or clear, on a labelled relation that others own';
COMMENT ON COLUMN audiences.reason IS 'what decides, in this order: own label, privileges of a MASKED role, privileges of a CLEAR role, superuser, ccpii.unlabelled_roles; before the last of these, an owner is clear on his relations';
COMMENT ON COLUMN audiences.through IS 'the labelled roles whose privileges decide';
COMMENT ON COLUMN audiences.note IS 'labelled relations of whose owner the role has the privileges: an unlabelled one is clear on them, a masked one can get round the masks by what an owner may do';
REVOKE ALL ON audiences FROM PUBLIC;
GRANT SELECT ON audiences TO ccpii_admin;

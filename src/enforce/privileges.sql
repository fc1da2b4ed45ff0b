/* enforce/privileges: nobody gets more than the fragments above say */

-- Default privileges of the installing role may have granted more.
DO $$
DECLARE
	object record;
BEGIN
	FOR object IN
		SELECT m.kind, m.name, g.rolname
			FROM (SELECT 'FUNCTION' AS kind, p.oid::pg_catalog.regprocedure::text AS name, p.proacl AS acl, p.proowner AS owner
					FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'ccpii'::pg_catalog.regnamespace
				UNION ALL
				SELECT 'TABLE', c.oid::pg_catalog.regclass::text, c.relacl, c.relowner
					FROM pg_catalog.pg_class c WHERE c.relnamespace = 'ccpii'::pg_catalog.regnamespace AND c.relkind IN ('r', 'v')
				UNION ALL
				SELECT 'TYPE', t.oid::pg_catalog.regtype::text, t.typacl, t.typowner
					FROM pg_catalog.pg_type t WHERE t.typnamespace = 'ccpii'::pg_catalog.regnamespace
						AND t.typelem = 0 AND t.typrelid = 0
				UNION ALL
				SELECT 'SCHEMA', n.nspname::text, n.nspacl, n.nspowner
					FROM pg_catalog.pg_namespace n WHERE n.nspname = 'ccpii') m
			CROSS JOIN LATERAL pg_catalog.aclexplode(m.acl) a
			JOIN pg_catalog.pg_roles g ON g.oid = a.grantee
			WHERE a.grantee <> m.owner AND g.rolname <> 'ccpii_admin'
			GROUP BY m.kind, m.name, g.rolname
	LOOP
		EXECUTE pg_catalog.format('REVOKE ALL ON %s %s FROM %I CASCADE', object.kind, object.name, object.rolname);
	END LOOP;
END
$$;

-- Masked queries run these as the reader.  A function without an access list is
-- everybody's, which is checked faster at each call; where default privileges
-- have made one, everybody is put into it.
DO $$
DECLARE
	function pg_catalog.regprocedure;
BEGIN
	FOR function IN
		SELECT p.oid FROM pg_catalog.pg_proc p
			WHERE p.proacl IS NOT NULL
				AND (p.pronamespace = 'ccpii'::pg_catalog.regnamespace
						AND (pg_catalog.left(proname::text, 5) = 'mask_' AND proname <> 'mask_role'
							OR pg_catalog.left(proname::text, 11) = 'masked_text'
							OR proname IN ('redact', 'find_pii', 'anonymize_text', 'ai_text', 'card_network', 'luhn_valid',
								'phone_canonical', 'phone_valid', 'phone_key', 'phone_plan_version', 'email_canonical',
								'pattern_check',
								'masked', 'masked_inside', 'raw_of', 'final_of', 'is_final', 'text_of',
								'lookup_charge', 'lookup_found', 'statistics_visible', 'statistics_ext_visible',
								'write_guard', 'copy_guard', 'edit_allowed', 'plan_token_in', 'plan_token_out',
								'is_enforcing'))
					OR p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
						AND p.proargtypes[0] = 'ccpii.masked_text'::pg_catalog.regtype)
	LOOP
		EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', function);
	END LOOP;
END
$$;

GRANT USAGE ON TYPE ccpii.masked_text TO PUBLIC;
REVOKE ALL ON SCHEMA ccpii FROM PUBLIC;
GRANT USAGE ON SCHEMA ccpii TO PUBLIC;

/* policy/coverage_column: columns that look like personal data and have no label */

-- May be called by ccpii_admin.

/*
 * Names.  words is the column's name in lower case, its words between
 * underscores, with one in front and one behind; classes are those of types
 * that can hold such a thing: s string, a array of strings, j json, n number,
 * d date or time, i network address.
 */
CREATE FUNCTION coverage_name_list()
	RETURNS TABLE (rank integer, meaning text, words text, classes text, mask text, severity text)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
VALUES
	(1, 'an e-mail address', '_(e_?mail|mail|mailbox|correo|courriel)s?[0-9]*_', 'saj', 'email', 'yellow'),
	(2, 'a telephone number', '_(phone|telephone|mobile|cell_?phone|tel|fax|msisdn|whatsapp|caller_?id|ani|telefono?|movil|celular)s?[0-9]*_|_(phone|mobile|tel|fax|caller)_?(no|nr|num|numbers?)[0-9]*_', 'sanj', 'phone', 'yellow'),
	(3, 'a card number', '_((credit|debit|payment|bank)_?card|card_?(no|nr|num|number)|cc_?(no|nr|num|number)|pan|cvv|cvc)_', 'sanj', 'card', 'yellow'),
	(4, 'a bank account', '_(iban|bic|sort_?code|routing_?number|(bank_)?account_?(no|nr|num|number))_', 'san', 'partial(2, ''*'', 4)', 'yellow'),
	(5, 'an official identity', '_(ssn|social_?security(_?(no|nr|num|number))?|passport(_?(no|nr|num|number))?|national_?id|identity_?card|id_?card|personal_?(no|number)|tax_?id|nino?|cpf|curp|aadhaar|driv(er|ers|ing)_licen[cs]e|licen[cs]e_plate)_', 'san', 'full', 'yellow'),
	(6, 'a date of birth', '_(birth|birth_?day|birth_?date|date_of_birth|dob|geburtsdatum)_', 'sd', 'year', 'yellow'),
	(7, 'an IP address', '_(ip|ipv[46]|(remote|client|ip)_?addr(ess)?)_', 'sia', 'full', 'yellow'),
	(8, 'a name of a person', '_((first|last|middle|full|given|family|maiden|nick|user|display|customer|contact|client|person|sender|recipient|caller|agent|employee|patient|guest|visitor|member|author|legal)_?names?|surname|forename|vorname|nachname|apellidos?|nombres?)_', 'saj', 'name', 'yellow'),
	(9, 'a postal address', '_(address|addr|street|zip|zip_?code|post_?code|postal_?code|adresse|strasse|direccion)(es)?[0-9]*_', 'saj', 'full', 'yellow'),
	(10, 'running text', '_(notes?|body|content|messages?|comments?|transcript|remarks?|feedback|subject|text|reply)_', 'sj', 'cards', 'info'),
	(11, 'a name', '^_name_$', 's', 'name', 'info')
$$;
COMMENT ON FUNCTION coverage_name_list() IS 'what names of columns suggest that they hold';
REVOKE ALL ON FUNCTION coverage_name_list() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_name_list() TO ccpii_admin;

/* Columns without a rule, of tables that are the site's own; see above. */
CREATE FUNCTION coverage_candidate_list()
	RETURNS TABLE (relation oid, relkind "char", relation_words text,
		column_number int2, column_name name, type oid, words text, class text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH ruled AS MATERIALIZED (
		SELECT relation, column_number FROM ccpii.masking_rule_list()
	), site AS (
		SELECT c.oid, c.relkind, c.relname,
			'_' || lower(regexp_replace(c.relname, '([a-z0-9])([A-Z])', '\1_\2', 'g')) || '_' AS words
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition
			AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'ccpii')
			AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
				AND d.objid = c.oid AND d.deptype = 'e')
	)
	SELECT s.oid, s.relkind, s.words, a.attnum, a.attname, a.atttypid,
		'_' || btrim(lower(regexp_replace(regexp_replace(a.attname, '([a-z0-9])([A-Z])', '\1_\2', 'g'),
			'[^[:alnum:]]+', '_', 'g')), '_') || '_',
		CASE WHEN ccpii.coverage_mask_fits('digits(1)', a.atttypid) THEN 's'
			WHEN ccpii.coverage_mask_fits('attributes', a.atttypid) THEN 'j'
			WHEN e.typcategory = 'S' THEN 'a'
			WHEN t.typcategory = 'N' THEN 'n'
			WHEN t.typcategory = 'D' THEN 'd'
			WHEN t.typcategory = 'I' THEN 'i' END
	FROM site s JOIN pg_attribute a ON a.attrelid = s.oid
		JOIN pg_type t ON t.oid = a.atttypid
		LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
		LEFT JOIN ruled r ON r.relation = a.attrelid AND r.column_number = a.attnum
	WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0 AND r.relation IS NULL
$$;
COMMENT ON FUNCTION coverage_candidate_list() IS 'columns of tables that have no rule, with the words of their names and classes of their types';
REVOKE ALL ON FUNCTION coverage_candidate_list() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_candidate_list() TO ccpii_admin;

CREATE FUNCTION coverage_columns(sample_rows integer)
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH candidate AS MATERIALIZED (
		SELECT * FROM ccpii.coverage_candidate_list() WHERE class IS NOT NULL
	), sample AS MATERIALIZED (
		SELECT r.relation, s.*
		FROM (SELECT DISTINCT relation FROM candidate WHERE class IN ('s', 'j') AND relkind <> 'f') r
			CROSS JOIN LATERAL ccpii.content_sample(r.relation, $1) s
	), judged AS (
		SELECT c.*, n.meaning, n.mask AS name_mask,
			CASE WHEN n.rank = 11 AND c.relation_words ~ '_(contact|customer|client|user|person|people|agent|patient|employee|lead|guest|visitor|caller|participant|recipient|subscriber|profile)s?_'
				THEN 'yellow' ELSE n.severity END AS name_severity,
			t.meaning AS type_meaning, t.mask AS type_mask, s.sampled, s.held_emails, s.held_others, s.held_numbers,
			best.kind, best.mask AS kind_mask, best.count, best.kind LIKE 'bare%' AS bare,
			s.held_emails > 0 OR s.held_others > 0 AS holds
		FROM candidate c
			LEFT JOIN LATERAL (
				SELECT l.* FROM ccpii.coverage_name_list() l
				WHERE c.words ~ l.words AND position(c.class IN l.classes) > 0
					AND (l.rank = 5 OR c.words !~ '(?<!_caller)_(id|ids|uuid|count|type|kind|status|state|verified|confirmed|enabled|disabled|template|format|provider|server|host|port|flag|token|digest|hash|regex|pattern|limit|size|length|version|locale|at)_$')
				ORDER BY l.rank LIMIT 1) n ON true
			LEFT JOIN LATERAL (
				SELECT CASE WHEN c.class = 'i' THEN 'an IP address' ELSE l.meaning END AS meaning,
					CASE WHEN c.class = 'i' THEN 'full' ELSE l.mask END AS mask
				FROM pg_type d LEFT JOIN ccpii.coverage_name_list() l
					ON '_' || d.typname || '_' ~ l.words AND l.rank <= 9
				WHERE d.oid = c.type AND (l.rank IS NOT NULL OR c.class = 'i')
				ORDER BY l.rank LIMIT 1) t ON true
			LEFT JOIN sample s ON s.relation = c.relation AND s.column_number = c.column_number
			LEFT JOIN LATERAL (
				SELECT * FROM (VALUES ('e-mail addresses', 'email', s.emails, 10),
					('telephone numbers', 'phone', s.phones, 10),
					('card numbers', 'card', s.cards, 4),
					('bare numbers, as long as those of telephones', 'phone', s.bare, 2)) k (kind, mask, count, least)
				WHERE k.count > 0 AND k.count * k.least >= s.sampled
				ORDER BY k.count DESC LIMIT 1) best ON true
		WHERE n.rank IS NOT NULL OR t.meaning IS NOT NULL OR best.count > 0
			OR s.held_emails > 0 OR s.held_others > 0
	), advised AS (
		SELECT j.*, CASE
				WHEN j.kind IS NOT NULL THEN j.kind_mask
				WHEN j.type_mask IS NOT NULL THEN j.type_mask
				WHEN j.name_mask = 'cards' OR j.name_mask IS NULL AND j.holds THEN
					CASE WHEN j.held_emails > 0 THEN 'full' WHEN j.held_numbers > 0 THEN 'digits(7)' ELSE 'cards' END
				ELSE coalesce(j.name_mask, 'full') END AS mask
		FROM judged j
	)
	SELECT 'unlabelled_column',
		CASE WHEN 2 * a.count >= a.sampled AND NOT a.bare OR 10 * greatest(a.held_emails, a.held_others) >= a.sampled AND a.holds THEN 'red'
			WHEN a.count > 0 AND NOT a.bare OR a.holds OR a.type_meaning IS NOT NULL THEN 'yellow'
			ELSE coalesce(a.name_severity, 'info') END,
		a.relation::regclass::text, a.column_name,
		concat_ws('; ',
			'its name suggests ' || a.meaning,
			'its type suggests ' || a.type_meaning,
			CASE WHEN a.sampled = 0 THEN 'no values to sample' END,
			(100 * a.count / a.sampled) || ' % of its values are like ' || a.kind,
			CASE WHEN a.held_emails > 0 THEN
				greatest(1, 100 * a.held_emails / a.sampled) || ' % of its values hold e-mail addresses' END,
			CASE WHEN a.held_others > 0 THEN
				greatest(1, 100 * a.held_others / a.sampled) || ' % of its values hold card'
				|| CASE a.class WHEN 'j' THEN ' or telephone' ELSE '' END || ' numbers' END),
		format('SECURITY LABEL FOR ccpii ON COLUMN %s.%I IS %L;', a.relation::regclass, a.column_name,
			CASE WHEN a.mask = 'full' OR NOT ccpii.coverage_mask_fits(a.mask, a.type) THEN 'MASKED'
				ELSE 'MASKED AS ' || a.mask END)
	FROM advised a
	UNION ALL
	SELECT 'not_sampled', 'info', s.relation::regclass::text, NULL,
		'a lock was in the way of reading a sample of its rows', NULL
	FROM sample s WHERE s.column_number IS NULL
$$;
COMMENT ON FUNCTION coverage_columns(integer) IS 'coverage: columns without a label that look like personal data by name, type or content';
REVOKE ALL ON FUNCTION coverage_columns(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage_columns(integer) TO ccpii_admin;

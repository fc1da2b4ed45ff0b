/* policy/coverage: what is not masked, and what is masked badly */

/*
 * May be called by ccpii_admin, and runs as the caller.
 *
 * The severity of a finding: red, somebody can read what he should not;
 * yellow, probably; info, good to know.  The findings:
 *
 *	unlabelled_column	looks like personal data by name, type or content
 *	not_sampled			content not looked at, as the table was locked
 *	unlabelled_copy		a labelled column stored again: materialized view, twin
 *	computed_copy		a materialized view computes from labelled columns
 *	trusted_view		shows labelled columns, or lacks security_barrier
 *	stale_view			a masked view that has not followed its relation
 *	view_bypassed		a masked role may read what a masked view shows
 *	rule_problem		a label does not do what it says
 *	child_label			a child has a label that its parent lacks
 *	generated_column	computed from labelled columns, without its own label
 *	masked_text_shipped	of type masked_text on a foreign table
 *	masked_trigger		would compute what is stored from masks
 *	masked_owner		a masked role owns a labelled relation
 *	labelled_key		in a primary, unique, exclusion or foreign key
 *	useful_index		an expression index that would serve masked readers
 *	row_security_off	has row rules, which need it
 *	row_view			shows all rows of a table with row rules
 *	unprotected			nothing hides its values where the library is missing
 *	statistics			pg_statistic holds values of labelled columns
 *	definer_function	runs as somebody clear and mentions a labelled table
 *	function_owner		a masked role owns what is called with raw values
 *	unpinned_function	what is called with raw values has no search_path of its own
 *	masked_privilege	TRIGGER or REFERENCES of a masked role
 *	writable_column		a masked role writes to it, and nobody verifies that
 *	powerful_role		attributes and memberships that lead round the masks
 *	group_owner			a masked login can become an owner
 *	page_inspection		a masked role may call what shows files and pages
 *	log_setting			log_min_messages makes a net blind
 *	unlabelled_roles	whoever is not classified sees everything
 *	publication			sends labelled columns
 */
CREATE FUNCTION coverage(sample_rows integer DEFAULT 200)
	RETURNS TABLE (finding text, severity text, object text, column_name text, detail text, remedy text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH copy AS MATERIALIZED (SELECT * FROM ccpii.coverage_copies()),
	every AS (
		-- A copy of a labelled column is found as such, unless its values
		-- say more.
		SELECT c.* FROM ccpii.coverage_columns(coalesce($1, 0)) c
			WHERE NOT EXISTS (SELECT FROM copy k WHERE k.object = c.object AND k.column_name = c.column_name
				AND (k.severity = 'red' OR c.severity <> 'red'))
		UNION ALL SELECT * FROM copy
		UNION ALL SELECT * FROM ccpii.coverage_rules()
		UNION ALL SELECT * FROM ccpii.coverage_keys()
		UNION ALL SELECT * FROM ccpii.coverage_rows()
		UNION ALL SELECT * FROM ccpii.coverage_views()
		UNION ALL SELECT * FROM ccpii.coverage_functions()
		UNION ALL SELECT * FROM ccpii.coverage_roles()
		UNION ALL SELECT * FROM ccpii.coverage_server()
	)
	SELECT e.* FROM every e
	ORDER BY array_position(ARRAY['red', 'yellow', 'info'], e.severity),
		e.finding COLLATE "C", e.object COLLATE "C", e.column_name COLLATE "C" NULLS FIRST, e.detail COLLATE "C"
$$;
COMMENT ON FUNCTION coverage(integer) IS 'what may be personal data without a label, and what leads round the masks: finding, severity (red, yellow, info), object, what was found, and a statement that repairs it; it tells of no stored value, of a sample of some rows (0 for none) only how many look like what';
REVOKE ALL ON FUNCTION coverage(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coverage(integer) TO ccpii_admin;

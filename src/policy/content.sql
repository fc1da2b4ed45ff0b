/* policy/content: do the values of a column look like personal data? */

/*
 * May be called by ccpii_admin: it reads stored values that the caller need
 * not be able to read, and tells how many of them look like what.
 */
CREATE FUNCTION content_sample(relation oid, sample_rows integer,
	OUT column_number int2, OUT sampled integer,
	OUT emails integer, OUT phones integer, OUT cards integer, OUT bare integer,
	OUT held_emails integer, OUT held_others integer, OUT held_numbers integer)
	RETURNS SETOF record
	LANGUAGE c STABLE STRICT PARALLEL UNSAFE COST 10000 ROWS 10
AS 'MODULE_PATHNAME', 'ccpii_sql_content_sample';
COMMENT ON FUNCTION content_sample(oid, integer) IS 'of a sample of rows, how many values of each unlabelled column look like personal data; a row without a column if a lock was in the way';
REVOKE ALL ON FUNCTION content_sample(oid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION content_sample(oid, integer) TO ccpii_admin;

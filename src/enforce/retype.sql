/* enforce/retype: columns of type masked_text become columns of type text */

CREATE FUNCTION retype_is_concerned(type oid) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_retype_is_concerned';
COMMENT ON FUNCTION retype_is_concerned(oid) IS 'internal: is the type masked_text, or does it hold that?';
REVOKE ALL ON FUNCTION retype_is_concerned(oid) FROM PUBLIC;

CREATE FUNCTION retype_definition(definition text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT regexp_replace(regexp_replace(regexp_replace($1,
		'ccpii\.masked_text_pattern_ops\M', 'text_pattern_ops', 'g'),
		'ccpii\.masked_text\M(\((?:[^()'']|''[^'']*'')*\))?', 'text', 'g'),
		'ccpii\.text_of\(', '(', 'g')
$$;
COMMENT ON FUNCTION retype_definition(text) IS 'internal: the definition of something on columns of type masked_text, for text';
REVOKE ALL ON FUNCTION retype_definition(text) FROM PUBLIC;

/*
 * The columns of some relations that are concerned, with the type that they
 * get, or else why they do not.
 */
CREATE FUNCTION retype_column_list(relations oid[])
	RETURNS TABLE (relation oid, column_number int2, column_name name, inherited boolean,
		old_type text, new_type text, left_since text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT a.attrelid, a.attnum, a.attname,
		EXISTS (SELECT FROM pg_inherits i JOIN pg_attribute p ON p.attrelid = i.inhparent AND p.attname = a.attname
			WHERE i.inhrelid = a.attrelid AND a.attinhcount > 0 AND i.inhparent = ANY ($1)),
		format_type(a.atttypid, a.atttypmod), n.type,
		CASE
			WHEN c.relkind = 'v' THEN 'it is a view''s: drop the view'
			WHEN c.relkind = 'm' THEN 'it is a materialized view''s: drop that, and create it again'
			WHEN pg_is_other_temp_schema(c.relnamespace) THEN 'it is a temporary table of another session'
			WHEN c.reloftype <> 0 THEN 'the table is of a composite type'
			WHEN a.attnum = ANY (k.partattrs::int2[]) THEN 'it is a partition key'
			WHEN n.type IS NULL THEN 'its type is more than masked_text: change the type'
			WHEN a.attinhcount > 0 AND NOT EXISTS (SELECT FROM pg_inherits i
				WHERE i.inhrelid = a.attrelid AND i.inhparent = ANY ($1)) THEN 'it is its parent''s: detach that'
		END
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		JOIN pg_type t ON t.oid = a.atttypid
		LEFT JOIN pg_partitioned_table k ON k.partrelid = c.oid
		CROSS JOIN LATERAL (SELECT CASE
			WHEN t.oid = 'ccpii.masked_text'::regtype THEN 'text'
			WHEN t.oid = 'ccpii.masked_text[]'::regtype THEN 'text[]'
			WHEN t.typbasetype = 'ccpii.masked_text'::regtype AND NOT t.typnotnull AND t.typdefault IS NULL
				AND NOT EXISTS (SELECT FROM pg_constraint WHERE contypid = t.oid) THEN 'text'
		END AS type) n
	WHERE c.oid = ANY ($1) AND a.attnum > 0 AND NOT a.attisdropped AND ccpii.retype_is_concerned(a.atttypid)
$$;
COMMENT ON FUNCTION retype_column_list(oid[]) IS 'internal: columns of type masked_text, and what becomes of them';
REVOKE ALL ON FUNCTION retype_column_list(oid[]) FROM PUBLIC;

/*
 * What it takes to give them their type, in the order of phases.
 *
 *	0	stays as it is, and why
 *	1	must be dropped by somebody before: an error
 *	2	dropped, to be created again
 *	3	the change itself
 *	4	an expression that generates a column again; no statement
 *	5	created again
 *	6	what it had besides
 *
 * Views that are dropped anyway are in nobody's way.
 * Expressions that name what is ours are given to text by retype_definition();
 * the server changes all others itself.  An index on a mask is of no use then.
 */
CREATE FUNCTION retype_list(relations oid[], dropped oid[])
	RETURNS TABLE (phase integer, relation oid, column_number int2, action text, statement text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH all_columns AS MATERIALIZED (
		SELECT *, relation::regclass AS name FROM ccpii.retype_column_list($1)
	), changed AS MATERIALIZED (
		SELECT * FROM all_columns WHERE left_since IS NULL
	), touched AS MATERIALIZED (
		SELECT DISTINCT relation, name FROM changed
	), computed AS MATERIALIZED (
		SELECT a.attrelid AS relation, a.attnum AS column_number, a.attname AS column_name, a.attinhcount > 0 AS inherited,
			ccpii.retype_definition(pg_get_expr(d.adbin, d.adrelid)) AS expression
		FROM touched t JOIN pg_attribute a ON a.attrelid = t.relation AND a.attgenerated = 's' AND NOT a.attisdropped
			JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE EXISTS (SELECT FROM changed c WHERE c.relation = a.attrelid AND (c.column_number = a.attnum
			OR EXISTS (SELECT FROM pg_depend p WHERE p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid
				AND p.refclassid = 'pg_class'::regclass AND p.refobjid = c.relation AND p.refobjsubid = c.column_number)
			OR EXISTS (SELECT FROM pg_depend p WHERE p.classid = 'pg_class'::regclass AND p.objid = a.attrelid AND p.objsubid = a.attnum
				AND p.refclassid = 'pg_class'::regclass AND p.refobjid = c.relation AND p.refobjsubid = c.column_number)))
	), dependent AS MATERIALIZED (
		SELECT DISTINCT c.relation, d.classid, d.objid, d.objsubid
		FROM changed c JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.relation
			AND d.refobjsubid = c.column_number
		WHERE NOT EXISTS (SELECT FROM pg_rewrite r WHERE d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.ev_class = ANY ($2))
	), made AS MATERIALIZED (
		SELECT t.relation, 'trigger' AS kind, quote_ident(g.tgname) AS name,
			format('DROP TRIGGER %I ON %s', g.tgname, t.name) AS drop,
			ccpii.retype_definition(pg_get_triggerdef(g.oid)) AS create,
			format('TRIGGER %I ON %s', g.tgname, t.name) AS address, obj_description(g.oid, 'pg_trigger') AS comment,
			CASE g.tgenabled WHEN 'D' THEN format('ALTER TABLE %s DISABLE TRIGGER %I', t.name, g.tgname)
				WHEN 'A' THEN format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', t.name, g.tgname)
				WHEN 'R' THEN format('ALTER TABLE %s ENABLE REPLICA TRIGGER %I', t.name, g.tgname) END AS state
		FROM touched t JOIN pg_trigger g ON g.tgrelid = t.relation AND NOT g.tgisinternal AND g.tgparentid = 0
		WHERE EXISTS (SELECT FROM dependent d WHERE d.classid = 'pg_trigger'::regclass AND d.objid = g.oid)
		UNION ALL
		SELECT t.relation, 'constraint', quote_ident(k.conname),
			format('ALTER TABLE %s DROP CONSTRAINT %I', t.name, k.conname),
			format('ALTER TABLE %s ADD CONSTRAINT %I %s', t.name, k.conname, ccpii.retype_definition(pg_get_constraintdef(k.oid))),
			format('CONSTRAINT %I ON %s', k.conname, t.name), obj_description(k.oid, 'pg_constraint'), NULL
		FROM touched t JOIN pg_constraint k ON k.conrelid = t.relation AND k.contype = 'c' AND k.coninhcount = 0
		WHERE pg_get_constraintdef(k.oid) ~ 'ccpii\.'
		UNION ALL
		SELECT t.relation, 'index', i.indexrelid::regclass::text,
			format('DROP INDEX %s', i.indexrelid::regclass),
			regexp_replace(ccpii.retype_definition(pg_get_indexdef(i.indexrelid)), ' ON ONLY ', ' ON '),
			format('INDEX %s', i.indexrelid::regclass), obj_description(i.indexrelid, 'pg_class'), NULL
		FROM touched t JOIN pg_index i ON i.indrelid = t.relation
		WHERE pg_get_indexdef(i.indexrelid) ~ 'ccpii\.'
			AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = i.indexrelid)
			AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
		UNION ALL
		SELECT t.relation, 'statistics', s.oid::regclass::text,
			format('DROP STATISTICS %I.%I', s.stxnamespace::regnamespace, s.stxname),
			ccpii.retype_definition(pg_get_statisticsobjdef(s.oid)),
			format('STATISTICS %I.%I', s.stxnamespace::regnamespace, s.stxname), obj_description(s.oid, 'pg_statistic_ext'),
			CASE WHEN s.stxstattarget >= 0 THEN
				format('ALTER STATISTICS %I.%I SET STATISTICS %s', s.stxnamespace::regnamespace, s.stxname, s.stxstattarget) END
		FROM touched t JOIN pg_statistic_ext s ON s.stxrelid = t.relation
		WHERE pg_get_statisticsobjdef(s.oid) ~ 'ccpii\.'
	)
	SELECT 0, c.relation, c.column_number, format('column %I stays of type %s: %s', c.column_name, c.old_type, c.left_since), NULL
		FROM all_columns c WHERE c.left_since IS NOT NULL
	UNION ALL
	SELECT 1, d.relation, NULL, format('%s uses a column that is of type masked_text', pg_describe_object(d.classid, d.objid, d.objsubid)), NULL
		FROM dependent d
		WHERE d.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_proc'::regclass, 'pg_publication_rel'::regclass)
	UNION ALL
	SELECT 1, m.relation, NULL, format('%s %s uses what masked_text alone has', m.kind, m.name), NULL
		FROM made m WHERE m.kind IN ('trigger', 'constraint') AND m.create ~ 'ccpii\.'
	UNION ALL
	SELECT 2, m.relation, NULL, CASE WHEN m.create ~ 'ccpii\.' THEN format('%s %s dropped, which is on masks', m.kind, m.name) END, m.drop
		FROM made m
	UNION ALL
	SELECT 2, c.relation, c.column_number, NULL,
		format('ALTER TABLE %s ALTER COLUMN %I DROP EXPRESSION', c.relation::regclass, c.column_name)
		FROM computed c WHERE NOT c.inherited
	UNION ALL
	SELECT s.phase, c.relation, c.column_number, NULL,
		format('ALTER TABLE ONLY %s ALTER COLUMN %I %s', c.name, c.column_name,
			CASE s.phase WHEN 2 THEN 'DROP DEFAULT'
				ELSE 'SET DEFAULT ' || ccpii.retype_definition(pg_get_expr(d.adbin, d.adrelid)) END)
		FROM changed c JOIN pg_attribute a ON a.attrelid = c.relation AND a.attnum = c.column_number AND a.attgenerated = ''
			JOIN pg_attrdef d ON d.adrelid = c.relation AND d.adnum = c.column_number
			CROSS JOIN (VALUES (2), (5)) s (phase)
	UNION ALL
	SELECT 3, c.relation, c.column_number, format('column %I: type %s becomes %s', c.column_name, c.old_type, c.new_type),
		CASE WHEN NOT c.inherited THEN format('ALTER TABLE %s ALTER COLUMN %I TYPE %s COLLATE %I.%I', c.name, c.column_name, c.new_type,
			l.collnamespace::regnamespace, l.collname) END
		FROM changed c JOIN pg_attribute a ON a.attrelid = c.relation AND a.attnum = c.column_number
			JOIN pg_collation l ON l.oid = a.attcollation
	UNION ALL
	SELECT 4, c.relation, c.column_number, NULL, c.expression FROM computed c
	UNION ALL
	SELECT s.phase, m.relation, NULL, NULL, s.statement
		FROM made m CROSS JOIN LATERAL (VALUES (5, m.create), (6, m.state),
			(6, CASE WHEN m.comment IS NOT NULL THEN format('COMMENT ON %s IS %L', m.address, m.comment) END)) s (phase, statement)
		WHERE m.create !~ 'ccpii\.' AND s.statement IS NOT NULL
$$;
COMMENT ON FUNCTION retype_list(oid[], oid[]) IS 'internal: statements that turn columns of type masked_text into text';
REVOKE ALL ON FUNCTION retype_list(oid[], oid[]) FROM PUBLIC;

CREATE FUNCTION retype_rest_list() RETURNS TABLE (object text)
	LANGUAGE sql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT pg_describe_object(d.classid, d.objid, 0)
	FROM pg_depend d
	WHERE d.refclassid = 'pg_type'::regclass
		AND d.refobjid IN ('ccpii.masked_text'::regtype, 'ccpii.masked_text[]'::regtype)
		AND (d.classid IN ('pg_proc'::regclass, 'pg_cast'::regclass, 'pg_operator'::regclass)
			OR d.classid = 'pg_type'::regclass AND d.deptype = 'n'
			OR d.classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_class WHERE oid = d.objid AND relkind = 'c'))
		AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e')
	GROUP BY 1
$$;
COMMENT ON FUNCTION retype_rest_list() IS 'internal: what else uses type masked_text';
REVOKE ALL ON FUNCTION retype_rest_list() FROM PUBLIC;

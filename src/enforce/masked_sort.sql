/*
 * enforce/masked_sort: operator classes.
 */
CREATE FUNCTION masked_text_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_sortsupport';
COMMENT ON FUNCTION masked_text_sortsupport(internal) IS 'sort support';
CREATE FUNCTION masked_text_hash(masked_text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_hash';
COMMENT ON FUNCTION masked_text_hash(masked_text) IS 'hash, as of the text';
CREATE FUNCTION masked_text_hash(masked_text, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_hash_extended';
COMMENT ON FUNCTION masked_text_hash(masked_text, bigint) IS 'hash, as of the text';

-- Joins with a text sort or hash that too: the families need its operators.  In
-- the family for btrees they go by names of their own, since the planner takes
-- the first family that it finds for an operator.
CREATE OPERATOR #< (
	LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.text_lt,
	COMMUTATOR = OPERATOR(ccpii.#>), NEGATOR = OPERATOR(ccpii.#>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR #< (text, text) IS 'internal: less than, for joins with masked_text';

CREATE OPERATOR #<= (
	LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.text_le,
	COMMUTATOR = OPERATOR(ccpii.#>=), NEGATOR = OPERATOR(ccpii.#>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR #<= (text, text) IS 'internal: less than or equal, for joins with masked_text';

CREATE OPERATOR #= (
	LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.texteq,
	COMMUTATOR = OPERATOR(ccpii.#=),
	MERGES,
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR #= (text, text) IS 'internal: equal, for joins with masked_text';

CREATE OPERATOR #>= (
	LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.text_ge,
	COMMUTATOR = OPERATOR(ccpii.#<=), NEGATOR = OPERATOR(ccpii.#<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR #>= (text, text) IS 'internal: greater than or equal, for joins with masked_text';

CREATE OPERATOR #> (
	LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.text_gt,
	COMMUTATOR = OPERATOR(ccpii.#<), NEGATOR = OPERATOR(ccpii.#<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR #> (text, text) IS 'internal: greater than, for joins with masked_text';

-- Values that are equal have the same bytes but for their masks.  In a column
-- with a mask that is the same in all of them, so that deduplication is safe; in
-- one without, an index-only scan may return a value with an equal one's mask.
CREATE OPERATOR FAMILY masked_text_ops USING btree;
COMMENT ON OPERATOR FAMILY masked_text_ops USING btree IS 'masked_text and text';
CREATE OPERATOR CLASS masked_text_ops DEFAULT FOR TYPE masked_text USING btree FAMILY masked_text_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 masked_text_cmp(masked_text, masked_text),
	FUNCTION 2 masked_text_sortsupport(internal),
	FUNCTION 4 pg_catalog.btvarstrequalimage(oid);
COMMENT ON OPERATOR CLASS masked_text_ops USING btree IS 'order of the texts';
ALTER OPERATOR FAMILY masked_text_ops USING btree ADD
	OPERATOR 1 pg_catalog.< (masked_text, text),
	OPERATOR 2 pg_catalog.<= (masked_text, text),
	OPERATOR 3 pg_catalog.= (masked_text, text),
	OPERATOR 4 pg_catalog.>= (masked_text, text),
	OPERATOR 5 pg_catalog.> (masked_text, text),
	FUNCTION 1 (masked_text, text) masked_text_cmp_mt(masked_text, text),
	OPERATOR 1 pg_catalog.< (text, masked_text),
	OPERATOR 2 pg_catalog.<= (text, masked_text),
	OPERATOR 3 pg_catalog.= (text, masked_text),
	OPERATOR 4 pg_catalog.>= (text, masked_text),
	OPERATOR 5 pg_catalog.> (text, masked_text),
	FUNCTION 1 (text, masked_text) masked_text_cmp_tm(text, masked_text),
	OPERATOR 1 #< (text, text),
	OPERATOR 2 #<= (text, text),
	OPERATOR 3 #= (text, text),
	OPERATOR 4 #>= (text, text),
	OPERATOR 5 #> (text, text),
	FUNCTION 1 (text, text) pg_catalog.bttextcmp(text, text),
	FUNCTION 2 (text, text) pg_catalog.bttextsortsupport(internal);

CREATE OPERATOR FAMILY masked_text_ops USING hash;
COMMENT ON OPERATOR FAMILY masked_text_ops USING hash IS 'masked_text and text';
CREATE OPERATOR CLASS masked_text_ops DEFAULT FOR TYPE masked_text USING hash FAMILY masked_text_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 masked_text_hash(masked_text),
	FUNCTION 2 masked_text_hash(masked_text, bigint);
COMMENT ON OPERATOR CLASS masked_text_ops USING hash IS 'equality of the texts';
ALTER OPERATOR FAMILY masked_text_ops USING hash ADD
	OPERATOR 1 pg_catalog.= (masked_text, text),
	OPERATOR 1 pg_catalog.= (text, masked_text),
	OPERATOR 1 pg_catalog.= (text, text),
	FUNCTION 1 (text, text) pg_catalog.hashtext(text),
	FUNCTION 2 (text, text) pg_catalog.hashtextextended(text, bigint);

-- As text_pattern_ops: for LIKE where the collation is not C.
CREATE FUNCTION masked_text_pattern_lt(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_pattern_lt';
COMMENT ON FUNCTION masked_text_pattern_lt(masked_text, masked_text) IS 'implementation of ~<~ operator';
CREATE OPERATOR pg_catalog.~<~ (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_pattern_lt,
	COMMUTATOR = OPERATOR(pg_catalog.~>~), NEGATOR = OPERATOR(pg_catalog.~>=~),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.~<~ (masked_text, masked_text) IS 'less than, by bytes';

CREATE FUNCTION masked_text_pattern_le(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_pattern_le';
COMMENT ON FUNCTION masked_text_pattern_le(masked_text, masked_text) IS 'implementation of ~<=~ operator';
CREATE OPERATOR pg_catalog.~<=~ (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_pattern_le,
	COMMUTATOR = OPERATOR(pg_catalog.~>=~), NEGATOR = OPERATOR(pg_catalog.~>~),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.~<=~ (masked_text, masked_text) IS 'less than or equal, by bytes';

CREATE FUNCTION masked_text_pattern_ge(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_pattern_ge';
COMMENT ON FUNCTION masked_text_pattern_ge(masked_text, masked_text) IS 'implementation of ~>=~ operator';
CREATE OPERATOR pg_catalog.~>=~ (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_pattern_ge,
	COMMUTATOR = OPERATOR(pg_catalog.~<=~), NEGATOR = OPERATOR(pg_catalog.~<~),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.~>=~ (masked_text, masked_text) IS 'greater than or equal, by bytes';

CREATE FUNCTION masked_text_pattern_gt(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_pattern_gt';
COMMENT ON FUNCTION masked_text_pattern_gt(masked_text, masked_text) IS 'implementation of ~>~ operator';
CREATE OPERATOR pg_catalog.~>~ (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_pattern_gt,
	COMMUTATOR = OPERATOR(pg_catalog.~<~), NEGATOR = OPERATOR(pg_catalog.~<=~),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.~>~ (masked_text, masked_text) IS 'greater than, by bytes';

CREATE FUNCTION masked_text_pattern_cmp(masked_text, masked_text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_pattern_cmp';
COMMENT ON FUNCTION masked_text_pattern_cmp(masked_text, masked_text) IS 'less-equal-greater, by bytes';
CREATE FUNCTION masked_text_pattern_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_pattern_sortsupport';
COMMENT ON FUNCTION masked_text_pattern_sortsupport(internal) IS 'sort support';
CREATE OPERATOR FAMILY masked_text_pattern_ops USING btree;
COMMENT ON OPERATOR FAMILY masked_text_pattern_ops USING btree IS 'masked_text by bytes';
CREATE OPERATOR CLASS masked_text_pattern_ops FOR TYPE masked_text USING btree FAMILY masked_text_pattern_ops AS
	OPERATOR 1 pg_catalog.~<~,
	OPERATOR 2 pg_catalog.~<=~,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.~>=~,
	OPERATOR 5 pg_catalog.~>~,
	FUNCTION 1 masked_text_pattern_cmp(masked_text, masked_text),
	FUNCTION 2 masked_text_pattern_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS masked_text_pattern_ops USING btree IS 'order of the texts by bytes, for LIKE';

-- In pg_catalog too, so that lower(phone) finds them.
CREATE FUNCTION pg_catalog.lower(masked_text) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_lower';
COMMENT ON FUNCTION pg_catalog.lower(masked_text) IS 'lowercase, with the same mask';
CREATE FUNCTION pg_catalog.upper(masked_text) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_upper';
COMMENT ON FUNCTION pg_catalog.upper(masked_text) IS 'uppercase, with the same mask';
CREATE FUNCTION masked_text_smaller(masked_text, masked_text) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_smaller';
COMMENT ON FUNCTION masked_text_smaller(masked_text, masked_text) IS 'smaller of two';
CREATE AGGREGATE pg_catalog.min(masked_text) (
	SFUNC = masked_text_smaller, STYPE = masked_text, COMBINEFUNC = masked_text_smaller,
	SORTOP = OPERATOR(pg_catalog.<), PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.min(masked_text) IS 'minimum value of all input values';
CREATE FUNCTION masked_text_larger(masked_text, masked_text) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_larger';
COMMENT ON FUNCTION masked_text_larger(masked_text, masked_text) IS 'larger of two';
CREATE AGGREGATE pg_catalog.max(masked_text) (
	SFUNC = masked_text_larger, STYPE = masked_text, COMBINEFUNC = masked_text_larger,
	SORTOP = OPERATOR(pg_catalog.>), PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.max(masked_text) IS 'maximum value of all input values';

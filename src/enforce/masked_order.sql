/*
 * enforce/masked_order: comparisons, as of the texts, and what indexes need.
 */
CREATE FUNCTION masked_text_lt(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_lt';
COMMENT ON FUNCTION masked_text_lt(masked_text, masked_text) IS 'implementation of < operator';
CREATE OPERATOR pg_catalog.< (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_lt,
	COMMUTATOR = OPERATOR(pg_catalog.>), NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (masked_text, masked_text) IS 'less than';

CREATE FUNCTION masked_text_le(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_le';
COMMENT ON FUNCTION masked_text_le(masked_text, masked_text) IS 'implementation of <= operator';
CREATE OPERATOR pg_catalog.<= (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_le,
	COMMUTATOR = OPERATOR(pg_catalog.>=), NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (masked_text, masked_text) IS 'less than or equal';

CREATE FUNCTION masked_text_eq(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_eq';
COMMENT ON FUNCTION masked_text_eq(masked_text, masked_text) IS 'implementation of = operator';
CREATE OPERATOR pg_catalog.= (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_eq,
	COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>),
	HASHES, MERGES,
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (masked_text, masked_text) IS 'equal';

CREATE FUNCTION masked_text_ne(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ne';
COMMENT ON FUNCTION masked_text_ne(masked_text, masked_text) IS 'implementation of <> operator';
CREATE OPERATOR pg_catalog.<> (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_ne,
	COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (masked_text, masked_text) IS 'not equal';

CREATE FUNCTION masked_text_ge(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ge';
COMMENT ON FUNCTION masked_text_ge(masked_text, masked_text) IS 'implementation of >= operator';
CREATE OPERATOR pg_catalog.>= (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_ge,
	COMMUTATOR = OPERATOR(pg_catalog.<=), NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (masked_text, masked_text) IS 'greater than or equal';

CREATE FUNCTION masked_text_gt(masked_text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_gt';
COMMENT ON FUNCTION masked_text_gt(masked_text, masked_text) IS 'implementation of > operator';
CREATE OPERATOR pg_catalog.> (
	LEFTARG = masked_text, RIGHTARG = masked_text, FUNCTION = masked_text_gt,
	COMMUTATOR = OPERATOR(pg_catalog.<), NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (masked_text, masked_text) IS 'greater than';

CREATE FUNCTION masked_text_cmp(masked_text, masked_text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_cmp';
COMMENT ON FUNCTION masked_text_cmp(masked_text, masked_text) IS 'less-equal-greater';

CREATE FUNCTION masked_text_lt_mt(masked_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_lt_mt';
COMMENT ON FUNCTION masked_text_lt_mt(masked_text, text) IS 'implementation of < operator';
CREATE OPERATOR pg_catalog.< (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_lt_mt,
	COMMUTATOR = OPERATOR(pg_catalog.>), NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (masked_text, text) IS 'less than';

CREATE FUNCTION masked_text_le_mt(masked_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_le_mt';
COMMENT ON FUNCTION masked_text_le_mt(masked_text, text) IS 'implementation of <= operator';
CREATE OPERATOR pg_catalog.<= (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_le_mt,
	COMMUTATOR = OPERATOR(pg_catalog.>=), NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (masked_text, text) IS 'less than or equal';

CREATE FUNCTION masked_text_eq_mt(masked_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_eq_mt';
COMMENT ON FUNCTION masked_text_eq_mt(masked_text, text) IS 'implementation of = operator';
CREATE OPERATOR pg_catalog.= (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_eq_mt,
	COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>),
	HASHES, MERGES,
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (masked_text, text) IS 'equal';

CREATE FUNCTION masked_text_ne_mt(masked_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ne_mt';
COMMENT ON FUNCTION masked_text_ne_mt(masked_text, text) IS 'implementation of <> operator';
CREATE OPERATOR pg_catalog.<> (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_ne_mt,
	COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (masked_text, text) IS 'not equal';

CREATE FUNCTION masked_text_ge_mt(masked_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ge_mt';
COMMENT ON FUNCTION masked_text_ge_mt(masked_text, text) IS 'implementation of >= operator';
CREATE OPERATOR pg_catalog.>= (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_ge_mt,
	COMMUTATOR = OPERATOR(pg_catalog.<=), NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (masked_text, text) IS 'greater than or equal';

CREATE FUNCTION masked_text_gt_mt(masked_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_gt_mt';
COMMENT ON FUNCTION masked_text_gt_mt(masked_text, text) IS 'implementation of > operator';
CREATE OPERATOR pg_catalog.> (
	LEFTARG = masked_text, RIGHTARG = text, FUNCTION = masked_text_gt_mt,
	COMMUTATOR = OPERATOR(pg_catalog.<), NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (masked_text, text) IS 'greater than';

CREATE FUNCTION masked_text_cmp_mt(masked_text, text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_cmp_mt';
COMMENT ON FUNCTION masked_text_cmp_mt(masked_text, text) IS 'less-equal-greater';

CREATE FUNCTION masked_text_lt_tm(text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_lt_tm';
COMMENT ON FUNCTION masked_text_lt_tm(text, masked_text) IS 'implementation of < operator';
CREATE OPERATOR pg_catalog.< (
	LEFTARG = text, RIGHTARG = masked_text, FUNCTION = masked_text_lt_tm,
	COMMUTATOR = OPERATOR(pg_catalog.>), NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (text, masked_text) IS 'less than';

CREATE FUNCTION masked_text_le_tm(text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_le_tm';
COMMENT ON FUNCTION masked_text_le_tm(text, masked_text) IS 'implementation of <= operator';
CREATE OPERATOR pg_catalog.<= (
	LEFTARG = text, RIGHTARG = masked_text, FUNCTION = masked_text_le_tm,
	COMMUTATOR = OPERATOR(pg_catalog.>=), NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (text, masked_text) IS 'less than or equal';

CREATE FUNCTION masked_text_eq_tm(text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_eq_tm';
COMMENT ON FUNCTION masked_text_eq_tm(text, masked_text) IS 'implementation of = operator';
CREATE OPERATOR pg_catalog.= (
	LEFTARG = text, RIGHTARG = masked_text, FUNCTION = masked_text_eq_tm,
	COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>),
	HASHES, MERGES,
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (text, masked_text) IS 'equal';

CREATE FUNCTION masked_text_ne_tm(text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ne_tm';
COMMENT ON FUNCTION masked_text_ne_tm(text, masked_text) IS 'implementation of <> operator';
CREATE OPERATOR pg_catalog.<> (
	LEFTARG = text, RIGHTARG = masked_text, FUNCTION = masked_text_ne_tm,
	COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (text, masked_text) IS 'not equal';

CREATE FUNCTION masked_text_ge_tm(text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ge_tm';
COMMENT ON FUNCTION masked_text_ge_tm(text, masked_text) IS 'implementation of >= operator';
CREATE OPERATOR pg_catalog.>= (
	LEFTARG = text, RIGHTARG = masked_text, FUNCTION = masked_text_ge_tm,
	COMMUTATOR = OPERATOR(pg_catalog.<=), NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (text, masked_text) IS 'greater than or equal';

CREATE FUNCTION masked_text_gt_tm(text, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_gt_tm';
COMMENT ON FUNCTION masked_text_gt_tm(text, masked_text) IS 'implementation of > operator';
CREATE OPERATOR pg_catalog.> (
	LEFTARG = text, RIGHTARG = masked_text, FUNCTION = masked_text_gt_tm,
	COMMUTATOR = OPERATOR(pg_catalog.<), NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (text, masked_text) IS 'greater than';

CREATE FUNCTION masked_text_cmp_tm(text, masked_text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_cmp_tm';
COMMENT ON FUNCTION masked_text_cmp_tm(text, masked_text) IS 'less-equal-greater';

CREATE FUNCTION masked_text_lt_mn(masked_text, name) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_lt_mn';
COMMENT ON FUNCTION masked_text_lt_mn(masked_text, name) IS 'implementation of < operator';
CREATE OPERATOR pg_catalog.< (
	LEFTARG = masked_text, RIGHTARG = name, FUNCTION = masked_text_lt_mn,
	COMMUTATOR = OPERATOR(pg_catalog.>), NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (masked_text, name) IS 'less than';

CREATE FUNCTION masked_text_le_mn(masked_text, name) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_le_mn';
COMMENT ON FUNCTION masked_text_le_mn(masked_text, name) IS 'implementation of <= operator';
CREATE OPERATOR pg_catalog.<= (
	LEFTARG = masked_text, RIGHTARG = name, FUNCTION = masked_text_le_mn,
	COMMUTATOR = OPERATOR(pg_catalog.>=), NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (masked_text, name) IS 'less than or equal';

CREATE FUNCTION masked_text_eq_mn(masked_text, name) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_eq_mn';
COMMENT ON FUNCTION masked_text_eq_mn(masked_text, name) IS 'implementation of = operator';
CREATE OPERATOR pg_catalog.= (
	LEFTARG = masked_text, RIGHTARG = name, FUNCTION = masked_text_eq_mn,
	COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (masked_text, name) IS 'equal';

CREATE FUNCTION masked_text_ne_mn(masked_text, name) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ne_mn';
COMMENT ON FUNCTION masked_text_ne_mn(masked_text, name) IS 'implementation of <> operator';
CREATE OPERATOR pg_catalog.<> (
	LEFTARG = masked_text, RIGHTARG = name, FUNCTION = masked_text_ne_mn,
	COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (masked_text, name) IS 'not equal';

CREATE FUNCTION masked_text_ge_mn(masked_text, name) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ge_mn';
COMMENT ON FUNCTION masked_text_ge_mn(masked_text, name) IS 'implementation of >= operator';
CREATE OPERATOR pg_catalog.>= (
	LEFTARG = masked_text, RIGHTARG = name, FUNCTION = masked_text_ge_mn,
	COMMUTATOR = OPERATOR(pg_catalog.<=), NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (masked_text, name) IS 'greater than or equal';

CREATE FUNCTION masked_text_gt_mn(masked_text, name) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_gt_mn';
COMMENT ON FUNCTION masked_text_gt_mn(masked_text, name) IS 'implementation of > operator';
CREATE OPERATOR pg_catalog.> (
	LEFTARG = masked_text, RIGHTARG = name, FUNCTION = masked_text_gt_mn,
	COMMUTATOR = OPERATOR(pg_catalog.<), NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (masked_text, name) IS 'greater than';

CREATE FUNCTION masked_text_lt_nm(name, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_lt_nm';
COMMENT ON FUNCTION masked_text_lt_nm(name, masked_text) IS 'implementation of < operator';
CREATE OPERATOR pg_catalog.< (
	LEFTARG = name, RIGHTARG = masked_text, FUNCTION = masked_text_lt_nm,
	COMMUTATOR = OPERATOR(pg_catalog.>), NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (name, masked_text) IS 'less than';

CREATE FUNCTION masked_text_le_nm(name, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_le_nm';
COMMENT ON FUNCTION masked_text_le_nm(name, masked_text) IS 'implementation of <= operator';
CREATE OPERATOR pg_catalog.<= (
	LEFTARG = name, RIGHTARG = masked_text, FUNCTION = masked_text_le_nm,
	COMMUTATOR = OPERATOR(pg_catalog.>=), NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (name, masked_text) IS 'less than or equal';

CREATE FUNCTION masked_text_eq_nm(name, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_eq_nm';
COMMENT ON FUNCTION masked_text_eq_nm(name, masked_text) IS 'implementation of = operator';
CREATE OPERATOR pg_catalog.= (
	LEFTARG = name, RIGHTARG = masked_text, FUNCTION = masked_text_eq_nm,
	COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (name, masked_text) IS 'equal';

CREATE FUNCTION masked_text_ne_nm(name, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ne_nm';
COMMENT ON FUNCTION masked_text_ne_nm(name, masked_text) IS 'implementation of <> operator';
CREATE OPERATOR pg_catalog.<> (
	LEFTARG = name, RIGHTARG = masked_text, FUNCTION = masked_text_ne_nm,
	COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (name, masked_text) IS 'not equal';

CREATE FUNCTION masked_text_ge_nm(name, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_ge_nm';
COMMENT ON FUNCTION masked_text_ge_nm(name, masked_text) IS 'implementation of >= operator';
CREATE OPERATOR pg_catalog.>= (
	LEFTARG = name, RIGHTARG = masked_text, FUNCTION = masked_text_ge_nm,
	COMMUTATOR = OPERATOR(pg_catalog.<=), NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (name, masked_text) IS 'greater than or equal';

CREATE FUNCTION masked_text_gt_nm(name, masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_gt_nm';
COMMENT ON FUNCTION masked_text_gt_nm(name, masked_text) IS 'implementation of > operator';
CREATE OPERATOR pg_catalog.> (
	LEFTARG = name, RIGHTARG = masked_text, FUNCTION = masked_text_gt_nm,
	COMMUTATOR = OPERATOR(pg_catalog.<), NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (name, masked_text) IS 'greater than';

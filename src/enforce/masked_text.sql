/*
 * enforce/masked_text: the type, its casts, and what the rewrite calls.  Its
 * operators are in pg_catalog, or a session without ccpii in its search_path
 * would compare masks and use no index.
 */
CREATE TYPE masked_text;

CREATE FUNCTION masked_text_in(cstring, oid, integer) RETURNS masked_text
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_in';
COMMENT ON FUNCTION masked_text_in(cstring, oid, integer) IS 'I/O';

CREATE FUNCTION masked_text_out(masked_text) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_out';
COMMENT ON FUNCTION masked_text_out(masked_text) IS 'I/O: what the reader may see';

CREATE FUNCTION masked_text_recv(internal, oid, integer) RETURNS masked_text
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_recv';
COMMENT ON FUNCTION masked_text_recv(internal, oid, integer) IS 'I/O';

CREATE FUNCTION masked_text_send(masked_text) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_send';
COMMENT ON FUNCTION masked_text_send(masked_text) IS 'I/O: what the reader may see';

CREATE FUNCTION masked_text_typmod_in(cstring[]) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_typmod_in';
COMMENT ON FUNCTION masked_text_typmod_in(cstring[]) IS 'I/O of the modifier';

CREATE FUNCTION masked_text_typmod_out(integer) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_typmod_out';
COMMENT ON FUNCTION masked_text_typmod_out(integer) IS 'I/O of the modifier';

CREATE TYPE masked_text (
	INPUT = masked_text_in, OUTPUT = masked_text_out,
	RECEIVE = masked_text_recv, SEND = masked_text_send,
	TYPMOD_IN = masked_text_typmod_in, TYPMOD_OUT = masked_text_typmod_out,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended,
	CATEGORY = 'S', COLLATABLE = true
);
COMMENT ON TYPE masked_text IS 'text that masked readers see masked, as masked_text(phone)';

CREATE FUNCTION masked_text(value masked_text, typmod integer, explicit boolean) RETURNS masked_text
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_retype';
COMMENT ON FUNCTION masked_text(masked_text, integer, boolean) IS 'give a value its mask';
CREATE CAST (masked_text AS masked_text) WITH FUNCTION masked_text(masked_text, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (masked_text AS masked_text) IS 'give a value its mask';

-- By implicit casts everything that takes a text takes what the reader may see.
CREATE FUNCTION masked_text_text(value masked_text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_to_text';
COMMENT ON FUNCTION masked_text_text(masked_text) IS 'what the reader may see';
CREATE CAST (masked_text AS text) WITH FUNCTION masked_text_text(masked_text) AS IMPLICIT;
COMMENT ON CAST (masked_text AS text) IS 'what the reader may see';

CREATE FUNCTION masked_text_varchar(value masked_text) RETURNS varchar
	LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_to_text';
COMMENT ON FUNCTION masked_text_varchar(masked_text) IS 'what the reader may see';
CREATE CAST (masked_text AS varchar) WITH FUNCTION masked_text_varchar(masked_text) AS IMPLICIT;
COMMENT ON CAST (masked_text AS varchar) IS 'what the reader may see';

-- In assignments only, or COALESCE(phone, 'x') and UNION would be masked_text.
CREATE FUNCTION masked_text(value text, typmod integer, explicit boolean) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_from_text';
COMMENT ON FUNCTION masked_text(text, integer, boolean) IS 'a text with its mask';
CREATE CAST (text AS masked_text) WITH FUNCTION masked_text(text, integer, boolean) AS ASSIGNMENT;
COMMENT ON CAST (text AS masked_text) IS 'a text with its mask';

CREATE FUNCTION masked_text(value varchar, typmod integer, explicit boolean) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_from_text';
COMMENT ON FUNCTION masked_text(varchar, integer, boolean) IS 'a text with its mask';
CREATE CAST (varchar AS masked_text) WITH FUNCTION masked_text(varchar, integer, boolean) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS masked_text) IS 'a text with its mask';

CREATE FUNCTION masked_text(value bpchar, typmod integer, explicit boolean) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked_text_from_bpchar';
COMMENT ON FUNCTION masked_text(bpchar, integer, boolean) IS 'a text, without its padding, with its mask';
CREATE CAST (bpchar AS masked_text) WITH FUNCTION masked_text(bpchar, integer, boolean) AS ASSIGNMENT;
COMMENT ON CAST (bpchar AS masked_text) IS 'a text, without its padding, with its mask';

-- What the rewrite puts in the place of a column.
CREATE FUNCTION masked(value masked_text) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_masked';
COMMENT ON FUNCTION masked(masked_text) IS 'the mask of a value, which stays as it is for everybody';

CREATE FUNCTION raw_of(value masked_text, token plan_token) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_raw_of';
COMMENT ON FUNCTION raw_of(masked_text, plan_token) IS 'internal: the text of a value';

CREATE FUNCTION final_of(value text) RETURNS masked_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_final_of';
COMMENT ON FUNCTION final_of(text) IS 'a text that everybody sees as it is';

CREATE FUNCTION is_final(value masked_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'ccpii_sql_is_final';
COMMENT ON FUNCTION is_final(masked_text) IS 'is a value shown to everybody as it is?';

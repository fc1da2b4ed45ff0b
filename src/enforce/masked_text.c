/*-------------------------------------------------------------------------
 *
 * masked_text.c
 *	  The type masked_text: values, input and output, casts.
 *
 * Whatever leaves the type as bytes of another one, by output, send or cast,
 * is for a reader: policy/reveal says whether he sees the text itself, else it
 * is its mask.  A hash is never computed here, or readers could compute it of
 * their guesses: the rewrite alone does, elsewhere such a value is masked
 * fully.
 *
 * A value's mask can be chosen once.  A masked reader who had it changed, say
 * by a cast in a trigger, could else weaken it: for him every such change ends
 * with the full mask, and the text stays what it was.  What he types himself is
 * MASKED_FRESH until it gets the mask of its column, mostly at once; only in
 * the session in which it was typed, so that fresh values which were stored in
 * a column without a mask are as good as masked fully.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "enforce/masked_text.h"
#include "policy/reveal.h"
#include "text/ascii.h"
#include "text/encoded.h"

PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_in);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_out);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_recv);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_send);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_retype);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_to_text);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_from_text);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_from_bpchar);
PG_FUNCTION_INFO_V1(ccpii_sql_masked);
PG_FUNCTION_INFO_V1(ccpii_sql_raw_of);
PG_FUNCTION_INFO_V1(ccpii_sql_final_of);
PG_FUNCTION_INFO_V1(ccpii_sql_is_final);

/* A number that no other session has, but by chance. */
static int32
session_number(void)
{
	static bool known = false;
	static int32 number;

	if (!known)
	{
		if (!pg_strong_random(&number, sizeof(number)))
			ereport(ERROR,
					errcode(ERRCODE_INTERNAL_ERROR),
					errmsg("could not generate a random number"));
		known = true;
	}
	return number;
}

/* A new value with this first byte, and these parameters if it says so. */
static struct varlena *
build(uint8 flags, int32 params, const char *data, size_t len)
{
	size_t		lead = flags & MASKED_PARAMS ? 1 + sizeof(int32) : 1;
	struct varlena *result = palloc(VARHDRSZ + lead + len);
	char	   *dst = VARDATA(result);

	SET_VARSIZE(result, VARHDRSZ + lead + len);
	*dst = (char) flags;
	if (flags & MASKED_PARAMS)
		memcpy(dst + 1, &params, sizeof(params));
	ascii_copy_any(dst + lead, data, len);
	return result;
}

struct varlena *
ccpii_masked_text_make(const char *data, size_t len, int32 typmod,
					   uint8 flags)
{
	uint8		kind = typmod < 0 ? MASKED_AS_FULL : typmod & MASKED_KIND;

	if (typmod > MASKED_KIND)
		flags |= MASKED_PARAMS;
	return build(flags | kind, typmod, data, len);
}

struct varlena *
ccpii_masked_text_remake(const MaskedText *model, const char *data, size_t len)
{
	return build(model->flags, model->typmod, data, len);
}

/*
 * make_typed
 *		What a reader has typed, for a typmod or none.
 */
static struct varlena *
make_typed(const char *data, size_t len, int32 typmod)
{
	if (typmod < 0 && !ccpii_reveal_is_clear())
		return build(MASKED_AS_FULL | MASKED_FRESH | MASKED_PARAMS,
					 session_number(), data, len);
	return ccpii_masked_text_make(data, len, typmod, 0);
}

void
ccpii_masked_text_decode(const MaskedText *value, TextMask *mask)
{
	ccpii_masked_type_decode(value->flags & MASKED_FRESH ? -1 : value->typmod,
							 mask);
}

struct varlena *
ccpii_masked_text_mask(struct varlena *value)
{
	MaskedText	parts = ccpii_masked_text_open(value);
	struct varlena *result;
	TextMask	mask;

	if (parts.flags & MASKED_FINAL)
		return value;
	ccpii_masked_text_decode(&parts, &mask);
	result = ccpii_encoded_mask(&mask, parts.data, parts.len, 1);
	*VARDATA(result) = (char) (MASKED_FINAL | MASKED_AS_FULL);
	return result;
}

/* Was a value typed in this session, and got no mask yet? */
static inline bool
is_typed_here(const MaskedText *value)
{
	return (value->flags & MASKED_FRESH) != 0 &&
		value->typmod == session_number();
}

Const *
ccpii_masked_text_settle(Const *literal)
{
	MaskedText	parts;
	Const	   *result;

	if (literal->constisnull)
		return literal;
	parts = ccpii_masked_text_open(ccpii_masked_text_detoast(literal->constvalue));
	if (!is_typed_here(&parts))
		return literal;
	result = copyObject(literal);
	result->constvalue = PointerGetDatum(ccpii_masked_text_make(parts.data,
																parts.len, -1,
																MASKED_FINAL));
	return result;
}

/* Is a value shown as it is? */
static inline bool
is_shown(const MaskedText *value)
{
	return (value->flags & MASKED_FINAL) != 0 || ccpii_reveal_now();
}

text *
ccpii_masked_text_visible(Datum datum)
{
	MaskedText	parts = ccpii_masked_text_open(ccpii_masked_text_detoast(datum));
	TextMask	mask;

	if (is_shown(&parts))
		return cstring_to_text_with_len(parts.data, parts.len);
	ccpii_masked_text_decode(&parts, &mask);
	return (text *) ccpii_encoded_mask(&mask, parts.data, parts.len, 0);
}

Datum
ccpii_sql_masked_text_in(PG_FUNCTION_ARGS)
{
	const char *input = PG_GETARG_CSTRING(0);

	PG_RETURN_POINTER(make_typed(input, strlen(input), PG_GETARG_INT32(2)));
}

Datum
ccpii_sql_masked_text_out(PG_FUNCTION_ARGS)
{
	Datum		datum = PG_GETARG_DATUM(0);
	MaskedText	parts = ccpii_masked_text_open(ccpii_masked_text_detoast(datum));
	char	   *result;

	if (!is_shown(&parts))
		PG_RETURN_CSTRING(text_to_cstring(ccpii_masked_text_visible(datum)));
	result = palloc(parts.len + 1);
	ascii_copy_any(result, parts.data, parts.len);
	result[parts.len] = '\0';
	PG_RETURN_CSTRING(result);
}

Datum
ccpii_sql_masked_text_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len;
	char	   *input = pq_getmsgtext(buf, buf->len - buf->cursor, &len);

	PG_RETURN_POINTER(make_typed(input, len, PG_GETARG_INT32(2)));
}

Datum
ccpii_sql_masked_text_send(PG_FUNCTION_ARGS)
{
	text	   *visible = ccpii_masked_text_visible(PG_GETARG_DATUM(0));
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, VARDATA_ANY(visible), VARSIZE_ANY_EXHDR(visible));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * may_choose
 *		May the reader give a value the mask that typmod says?  Raises 42501 if
 *		he is masked and row security is off.
 */
static bool
may_choose(const MaskedText *value, int32 typmod)
{
	if (typmod == MASKED_AS_FULL)
		return true;
	if (is_typed_here(value))
		return true;
	return ccpii_reveal_now();
}

/*
 * ccpii_sql_masked_text_retype
 *		The value of a column or variable with a mask.
 */
Datum
ccpii_sql_masked_text_retype(PG_FUNCTION_ARGS)
{
	struct varlena *value = ccpii_masked_text_detoast(PG_GETARG_DATUM(0));
	int32		typmod = PG_GETARG_INT32(1);
	MaskedText	parts = ccpii_masked_text_open(value);

	if (typmod < 0 || (parts.flags & MASKED_FINAL) ||
		(parts.typmod == typmod && !(parts.flags & MASKED_FRESH)))
		PG_RETURN_POINTER(value);
	if (!may_choose(&parts, typmod))
		typmod = MASKED_AS_FULL;
	PG_RETURN_POINTER(ccpii_masked_text_make(parts.data, parts.len, typmod, 0));
}

Datum
ccpii_sql_masked_text_to_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(ccpii_masked_text_visible(PG_GETARG_DATUM(0)));
}

/*
 * ccpii_sql_masked_text_from_text
 *		Does not depend on who asks: without a typmod the mask is full.
 */
Datum
ccpii_sql_masked_text_from_text(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);

	PG_RETURN_POINTER(ccpii_masked_text_make(VARDATA_ANY(value),
											 VARSIZE_ANY_EXHDR(value),
											 PG_GETARG_INT32(1), 0));
}

/*
 * ccpii_sql_masked_text_from_bpchar
 *		Without its padding, as a text has it.
 */
Datum
ccpii_sql_masked_text_from_bpchar(PG_FUNCTION_ARGS)
{
	BpChar	   *value = PG_GETARG_BPCHAR_PP(0);
	const char *data = VARDATA_ANY(value);

	PG_RETURN_POINTER(ccpii_masked_text_make(data,
											 bpchartruelen((char *) data,
														   VARSIZE_ANY_EXHDR(value)),
											 PG_GETARG_INT32(1), 0));
}

/*
 * ccpii_sql_masked
 *		What the rewrite puts in the place of a column.
 */
Datum
ccpii_sql_masked(PG_FUNCTION_ARGS)
{
	struct varlena *value = ccpii_masked_text_detoast(PG_GETARG_DATUM(0));

	PG_RETURN_POINTER(ccpii_masked_text_mask(value));
}

/*
 * ccpii_sql_raw_of
 *		The text of a value; the second argument is a plan_token, which only
 *		the rewrite can supply.
 */
Datum
ccpii_sql_raw_of(PG_FUNCTION_ARGS)
{
	MaskedText	parts = ccpii_masked_text_open(ccpii_masked_text_detoast(PG_GETARG_DATUM(0)));

	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.data, parts.len));
}

Datum
ccpii_sql_final_of(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);

	PG_RETURN_POINTER(ccpii_masked_text_make(VARDATA_ANY(value),
											 VARSIZE_ANY_EXHDR(value),
											 -1, MASKED_FINAL));
}

Datum
ccpii_sql_is_final(PG_FUNCTION_ARGS)
{
	MaskedText	parts = ccpii_masked_text_open(ccpii_masked_text_detoast(PG_GETARG_DATUM(0)));

	PG_RETURN_BOOL((parts.flags & MASKED_FINAL) != 0);
}

/*-------------------------------------------------------------------------
 *
 * masked_order.c
 *	  The type masked_text: what is equal and what comes first.
 *
 * Values compare as the texts in them do, under the same collations; how they
 * are masked plays no part.  A value compares with a text or a name directly,
 * without a cast, which would mask it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "utils/builtins.h"
#include "utils/formatting.h"
#include "utils/lsyscache.h"
#include "utils/varlena.h"

#include "enforce/masked_text.h"

/* One side of a comparison. */
typedef struct Operand
{
	const char *data;
	int			len;
	void	   *copy;			/* what detoasting made, or NULL */
} Operand;

static inline Operand
open_masked(Datum datum)
{
	struct varlena *value = ccpii_masked_text_detoast(datum);
	MaskedText	parts = ccpii_masked_text_open(value);

	return (Operand)
	{
		parts.data, (int) parts.len,
			value == (struct varlena *) DatumGetPointer(datum) ? NULL : value
	};
}

static inline Operand
open_text(Datum datum)
{
	struct varlena *value = ccpii_masked_text_detoast(datum);

	return (Operand)
	{
		VARDATA_ANY(value), (int) VARSIZE_ANY_EXHDR(value),
			value == (struct varlena *) DatumGetPointer(datum) ? NULL : value
	};
}

static inline Operand
open_name(Datum datum)
{
	const char *name = NameStr(*DatumGetName(datum));

	return (Operand)
	{
		name, (int) strlen(name), NULL
	};
}

/* Indexes compare in contexts that live long: leave nothing behind. */
static inline void
close_operand(const Operand *operand)
{
	if (operand->copy != NULL)
		pfree(operand->copy);
}

/* Are texts equal only if their bytes are?  Raises 42P22 without a collation. */
static inline bool
is_deterministic(Oid collation)
{
	if (collation == DEFAULT_COLLATION_OID || collation == C_COLLATION_OID)
		return true;
	if (!OidIsValid(collation))
		ereport(ERROR,
				errcode(ERRCODE_INDETERMINATE_COLLATION),
				errmsg("could not determine which collation to use for string comparison"),
				errhint("Use the COLLATE clause to set the collation explicitly."));
	return get_collation_isdeterministic(collation);
}

static inline bool
is_equal(Operand a, Operand b, Oid collation)
{
	bool		result;

	if (is_deterministic(collation))
		result = a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
	else
		result = varstr_cmp(a.data, a.len, b.data, b.len, collation) == 0;
	close_operand(&a);
	close_operand(&b);
	return result;
}

static inline int
compare(Operand a, Operand b, Oid collation)
{
	int			result = varstr_cmp(a.data, a.len, b.data, b.len, collation);

	close_operand(&a);
	close_operand(&b);
	return result;
}

/* Define a function of two operands that returns a Datum. */
#define ORDER_FUNCTION(name, open_left, open_right, expression) \
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_##name); \
Datum \
ccpii_sql_masked_text_##name(PG_FUNCTION_ARGS) \
{ \
	Operand		left = open_left(PG_GETARG_DATUM(0)); \
	Operand		right = open_right(PG_GETARG_DATUM(1)); \
	Oid			collation = PG_GET_COLLATION(); \
\
	return (expression); \
} \
extern Datum ccpii_sql_masked_text_##name(PG_FUNCTION_ARGS)

/* The family for one pair of types, its functions' names ending in suffix. */
#define ORDER_FAMILY(suffix, open_left, open_right) \
ORDER_FUNCTION(eq##suffix, open_left, open_right, \
			   BoolGetDatum(is_equal(left, right, collation))); \
ORDER_FUNCTION(ne##suffix, open_left, open_right, \
			   BoolGetDatum(!is_equal(left, right, collation))); \
ORDER_FUNCTION(lt##suffix, open_left, open_right, \
			   BoolGetDatum(compare(left, right, collation) < 0)); \
ORDER_FUNCTION(le##suffix, open_left, open_right, \
			   BoolGetDatum(compare(left, right, collation) <= 0)); \
ORDER_FUNCTION(gt##suffix, open_left, open_right, \
			   BoolGetDatum(compare(left, right, collation) > 0)); \
ORDER_FUNCTION(ge##suffix, open_left, open_right, \
			   BoolGetDatum(compare(left, right, collation) >= 0)); \
ORDER_FUNCTION(cmp##suffix, open_left, open_right, \
			   Int32GetDatum(compare(left, right, collation)))

ORDER_FAMILY(, open_masked, open_masked);
ORDER_FAMILY(_mt, open_masked, open_text);
ORDER_FAMILY(_tm, open_text, open_masked);
ORDER_FAMILY(_mn, open_masked, open_name);
ORDER_FAMILY(_nm, open_name, open_masked);

/*
 * pattern_compare
 *		compare() by bytes, whatever the collation; it must only be one under
 *		which texts are equal only if their bytes are, as for text_pattern_ops.
 */
static int
pattern_compare(Operand a, Operand b, Oid collation)
{
	if (!is_deterministic(collation))
		ereport(ERROR,
				errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				errmsg("nondeterministic collations are not supported for operator class \"%s\"",
					   "masked_text_pattern_ops"));
	return compare(a, b, C_COLLATION_OID);
}

ORDER_FUNCTION(pattern_lt, open_masked, open_masked,
			   BoolGetDatum(pattern_compare(left, right, collation) < 0));
ORDER_FUNCTION(pattern_le, open_masked, open_masked,
			   BoolGetDatum(pattern_compare(left, right, collation) <= 0));
ORDER_FUNCTION(pattern_gt, open_masked, open_masked,
			   BoolGetDatum(pattern_compare(left, right, collation) > 0));
ORDER_FUNCTION(pattern_ge, open_masked, open_masked,
			   BoolGetDatum(pattern_compare(left, right, collation) >= 0));
ORDER_FUNCTION(pattern_cmp, open_masked, open_masked,
			   Int32GetDatum(pattern_compare(left, right, collation)));

PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_larger);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_smaller);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_hash);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_hash_extended);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_lower);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_upper);

Datum
ccpii_sql_masked_text_larger(PG_FUNCTION_ARGS)
{
	Datum		a = PG_GETARG_DATUM(0);
	Datum		b = PG_GETARG_DATUM(1);

	return compare(open_masked(a), open_masked(b), PG_GET_COLLATION()) > 0 ?
		a : b;
}

Datum
ccpii_sql_masked_text_smaller(PG_FUNCTION_ARGS)
{
	Datum		a = PG_GETARG_DATUM(0);
	Datum		b = PG_GETARG_DATUM(1);

	return compare(open_masked(a), open_masked(b), PG_GET_COLLATION()) < 0 ?
		a : b;
}

/* The text in a value, for functions of the server that want one. */
static Datum
text_datum(const Operand *operand)
{
	return PointerGetDatum(cstring_to_text_with_len(operand->data,
													operand->len));
}

/*
 * ccpii_sql_masked_text_hash
 *		The same as hashtext() of the text, whose values may be in the same
 *		hash table.
 */
Datum
ccpii_sql_masked_text_hash(PG_FUNCTION_ARGS)
{
	Operand		operand = open_masked(PG_GETARG_DATUM(0));
	Datum		result;

	if (is_deterministic(PG_GET_COLLATION()))
		result = hash_any((const unsigned char *) operand.data, operand.len);
	else
		result = DirectFunctionCall1Coll(hashtext, PG_GET_COLLATION(),
										 text_datum(&operand));
	close_operand(&operand);
	return result;
}

Datum
ccpii_sql_masked_text_hash_extended(PG_FUNCTION_ARGS)
{
	Operand		operand = open_masked(PG_GETARG_DATUM(0));
	Datum		result;

	if (is_deterministic(PG_GET_COLLATION()))
		result = hash_any_extended((const unsigned char *) operand.data,
								   operand.len, PG_GETARG_INT64(1));
	else
		result = DirectFunctionCall2Coll(hashtextextended, PG_GET_COLLATION(),
										 text_datum(&operand),
										 PG_GETARG_DATUM(1));
	close_operand(&operand);
	return result;
}

/* The value with the text that the server's lower() or upper() makes of it. */
static Datum
fold(FunctionCallInfo fcinfo, char *(*function) (const char *, size_t, Oid))
{
	struct varlena *value = ccpii_masked_text_detoast(PG_GETARG_DATUM(0));
	MaskedText	parts = ccpii_masked_text_open(value);
	char	   *folded = function(parts.data, parts.len, PG_GET_COLLATION());

	PG_RETURN_POINTER(ccpii_masked_text_remake(&parts, folded, strlen(folded)));
}

Datum
ccpii_sql_masked_text_lower(PG_FUNCTION_ARGS)
{
	return fold(fcinfo, str_tolower);
}

Datum
ccpii_sql_masked_text_upper(PG_FUNCTION_ARGS)
{
	return fold(fcinfo, str_toupper);
}

/*-------------------------------------------------------------------------
 *
 * masked_sort.c
 *	  The type masked_text: sorting as fast as text.
 *
 * The server makes abbreviated keys of texts, as the collation allows, and knows
 * when to give them up.  That is used as it is: what it is given is the text in
 * each value, copied into a buffer where it looks like a text.  Values are
 * compared as texts in buffers only where that costs less than it saves.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "utils/memutils.h"
#include "utils/sortsupport.h"
#include "utils/varlena.h"

#include "enforce/masked_text.h"
#include "text/ascii.h"

#define BUFFER_BYTES 1024		/* to begin with */

typedef struct TextBuffer
{
	char	   *data;
	Size		size;
} TextBuffer;

/* Lives in ssup_cxt, as what the text's own sort support allocates. */
typedef struct MaskedSort
{
	SortSupportData text;
	bool		is_c;			/* the collation compares bytes, as C does */
	TextBuffer	left;
	TextBuffer	right;
} MaskedSort;

PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_sortsupport);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_pattern_sortsupport);

static void
enlarge(TextBuffer *buffer, Size size)
{
	buffer->size = Min(Max(size, 2 * buffer->size), MaxAllocSize);
	buffer->data = repalloc(buffer->data, buffer->size);
}

/* The text of a value, in the buffer. */
static inline Datum
text_in(TextBuffer *buffer, MaskedText value)
{
	Size		size = VARHDRSZ + value.len;

	if (size > buffer->size)
		enlarge(buffer, size);
	SET_VARSIZE(buffer->data, size);
	ascii_copy_any(VARDATA(buffer->data), value.data, value.len);
	return PointerGetDatum(buffer->data);
}

/* The last byte first: of texts that differ, many begin alike. */
static inline bool
is_equal(MaskedText a, MaskedText b)
{
	return a.len == b.len &&
		(a.len == 0 || a.data[a.len - 1] == b.data[b.len - 1]) &&
		memcmp(a.data, b.data, a.len) == 0;
}

static inline int
compare_bytes(MaskedText a, MaskedText b)
{
	int			result = memcmp(a.data, b.data, Min(a.len, b.len));

	if (result != 0 || a.len == b.len)
		return result;
	return a.len < b.len ? -1 : 1;
}

static inline int
compare_parts(MaskedSort *sort, MaskedText a, MaskedText b)
{
	if (sort->is_c)
		return compare_bytes(a, b);
	if (is_equal(a, b))
		return 0;

	/* Of what has abbreviated keys, the server keeps what it found out. */
	if (sort->text.abbrev_full_comparator != NULL)
		return sort->text.abbrev_full_comparator(text_in(&sort->left, a),
												 text_in(&sort->right, b),
												 &sort->text);
	return varstr_cmp(a.data, a.len, b.data, b.len, sort->text.ssup_collation);
}

static pg_noinline int
compare_toasted(Datum x, Datum y, SortSupport ssup)
{
	struct varlena *left = ccpii_masked_text_detoast(x);
	struct varlena *right = ccpii_masked_text_detoast(y);
	int			result = compare_parts(ssup->ssup_extra,
									   ccpii_masked_text_open(left),
									   ccpii_masked_text_open(right));

	if (left != (struct varlena *) DatumGetPointer(x))
		pfree(left);
	if (right != (struct varlena *) DatumGetPointer(y))
		pfree(right);
	return result;
}

static int
compare(Datum x, Datum y, SortSupport ssup)
{
	struct varlena *left = (struct varlena *) DatumGetPointer(x);
	struct varlena *right = (struct varlena *) DatumGetPointer(y);

	if (ccpii_masked_text_is_toasted(left) || ccpii_masked_text_is_toasted(right))
		return compare_toasted(x, y, ssup);
	return compare_parts(ssup->ssup_extra, ccpii_masked_text_open(left),
						 ccpii_masked_text_open(right));
}

static Datum
abbreviate(Datum original, SortSupport ssup)
{
	MaskedSort *sort = ssup->ssup_extra;
	struct varlena *value = ccpii_masked_text_detoast(original);
	MaskedText	parts = ccpii_masked_text_open(value);
	Datum		result = sort->text.abbrev_converter(text_in(&sort->left, parts),
													 &sort->text);

	if (value != (struct varlena *) DatumGetPointer(original))
		pfree(value);
	return result;
}

/* The cost model is that of text, which has seen the same values. */
static bool
give_up(int memtupcount, SortSupport ssup)
{
	MaskedSort *sort = ssup->ssup_extra;

	return sort->text.abbrev_abort(memtupcount, &sort->text);
}

/* What the server compares texts by, without abbreviated keys. */
static void *
text_comparator(Oid collation)
{
	SortSupportData text = {.ssup_cxt = CurrentMemoryContext};

	text.ssup_collation = collation;
	varstr_sortsupport(&text, TEXTOID, collation);
	return text.comparator;
}

/*
 * prepare
 *		Sort by this collation, which of the opclass for patterns is C.
 */
static void
prepare(SortSupport ssup, Oid collation)
{
	MemoryContext old = MemoryContextSwitchTo(ssup->ssup_cxt);
	MaskedSort *sort = palloc0(sizeof(MaskedSort));

	sort->text.ssup_cxt = ssup->ssup_cxt;
	sort->text.ssup_collation = collation;
	sort->text.abbreviate = ssup->abbreviate;
	varstr_sortsupport(&sort->text, TEXTOID, collation);
	sort->is_c = text_comparator(collation) == text_comparator(C_COLLATION_OID);
	sort->left.size = sort->right.size = BUFFER_BYTES;
	sort->left.data = palloc(BUFFER_BYTES);
	sort->right.data = palloc(BUFFER_BYTES);
	MemoryContextSwitchTo(old);

	/* Where the server has no comparator, it calls our comparison. */
	if (sort->text.comparator == NULL)
		return;
	ssup->ssup_extra = sort;
	ssup->comparator = compare;
	if (sort->text.abbrev_converter != NULL)
	{
		ssup->comparator = sort->text.comparator;
		ssup->abbrev_full_comparator = compare;
		ssup->abbrev_converter = abbreviate;
		ssup->abbrev_abort = give_up;
	}
}

Datum
ccpii_sql_masked_text_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	prepare(ssup, ssup->ssup_collation);
	PG_RETURN_VOID();
}

Datum
ccpii_sql_masked_text_pattern_sortsupport(PG_FUNCTION_ARGS)
{
	prepare((SortSupport) PG_GETARG_POINTER(0), C_COLLATION_OID);
	PG_RETURN_VOID();
}

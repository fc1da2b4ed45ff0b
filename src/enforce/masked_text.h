/*-------------------------------------------------------------------------
 *
 * masked_text.h
 *	  Values of type masked_text, taken apart and put together.
 *
 * policy/masked_type.h says what the bytes are.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_MASKED_TEXT_H
#define CCPII_MASKED_TEXT_H

#include "fmgr.h"
#include "nodes/primnodes.h"

#include "base/compat.h"
#include "policy/masked_type.h"

/* A value, taken apart; it points into the value itself. */
typedef struct MaskedText
{
	const char *data;			/* the text, not NUL-terminated */
	size_t		len;
	uint8		flags;			/* MASKED_... */
	int32		typmod;			/* of the mask; of MASKED_FRESH, the session */
} MaskedText;

static inline bool
ccpii_masked_text_is_toasted(const struct varlena *value)
{
	return VARATT_IS_EXTERNAL(value) || VARATT_IS_COMPRESSED(value);
}

/*
 * ccpii_masked_text_detoast
 *		PG_DETOAST_DATUM_PACKED(), without a call for the plain values that
 *		nearly all are.
 */
static inline struct varlena *
ccpii_masked_text_detoast(Datum datum)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(datum);

	if (ccpii_masked_text_is_toasted(value))
		value = pg_detoast_datum_packed(value);
	return value;
}

/*
 * ccpii_masked_text_open
 *		Take a value apart, which is not toasted.  What is too short to be one
 *		is read as the empty text.
 */
static inline MaskedText
ccpii_masked_text_open(const struct varlena *value)
{
	MaskedText	result;
	const char *data = VARDATA_ANY(value);
	size_t		size = VARSIZE_ANY_EXHDR(value);
	size_t		lead = 1;

	result.flags = size > 0 ? (uint8) *data : MASKED_AS_FULL;
	result.typmod = result.flags & MASKED_KIND;
	if (result.flags & MASKED_PARAMS)
	{
		lead += sizeof(int32);
		if (size >= lead)
			memcpy(&result.typmod, data + 1, sizeof(int32));
	}
	result.data = size > lead ? data + lead : data + size;
	result.len = size > lead ? size - lead : 0;
	return result;
}

/* Its mask, which of a fresh value and of hash is full. */
extern void ccpii_masked_text_decode(const MaskedText *value, TextMask *mask);

/*
 * ccpii_masked_text_make
 *		A new value of these bytes.
 *
 * typmod	what it is masked as; -1 is full
 * flags	MASKED_FINAL or 0
 */
extern struct varlena *ccpii_masked_text_make(const char *data, size_t len,
											  int32 typmod, uint8 flags);

/* A new value with other bytes, masked as a value is. */
extern struct varlena *ccpii_masked_text_remake(const MaskedText *model,
												const char *data, size_t len);

/*
 * ccpii_masked_text_visible
 *		What the reader may see of a value, as a new text.  Raises 42501 if he
 *		is masked and row security is off.
 */
extern text *ccpii_masked_text_visible(Datum datum);

/*
 * ccpii_masked_text_settle
 *		A constant of the type: what was typed in this session and has no mask
 *		yet, as a copy that is shown as it is; any other itself.
 */
extern Const *ccpii_masked_text_settle(Const *literal);

/* The value as one that shows its own mask; itself if it is final. */
extern struct varlena *ccpii_masked_text_mask(struct varlena *value);

#endif							/* CCPII_MASKED_TEXT_H */

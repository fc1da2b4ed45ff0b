/*-------------------------------------------------------------------------
 *
 * encoded.h
 *	  Values in the encoding of the database, and masks on them.
 *
 * text/mask reads UTF-8.  In a database of another encoding a value that is
 * not all ASCII, which all server encodings share, goes there and back; one
 * that cannot is masked fully, without a word about it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_ENCODED_H
#define CCPII_ENCODED_H

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "text/mask.h"

/* Bytes of UTF-8, the caller's or new ones. */
typedef struct Utf8
{
	const char *data;			/* NULL: a value that cannot be read so */
	size_t		len;
} Utf8;

/*
 * ccpii_encoded_open
 *		A value in the database encoding as UTF-8: its own bytes where they are
 *		that, as nearly always.
 */
extern Utf8 ccpii_encoded_open(const text *value);

/*
 * ccpii_encoded_close
 *		UTF-8 that was made of a value, as a text in the database encoding; NULL
 *		if it cannot be written so.
 */
extern text *ccpii_encoded_close(Utf8 made);

/*
 * ccpii_encoded_mask_converted
 *		ccpii_encoded_mask() by way of UTF-8.
 */
extern struct varlena *ccpii_encoded_mask_converted(const TextMask *mask,
													const char *src,
													size_t len, size_t lead);

/*
 * ccpii_encoded_mask_utf8
 *		Mask UTF-8 bytes into a new varlena, behind lead bytes that are left to
 *		the caller.  What would need more than that can hold is masked fully.
 */
static inline struct varlena *
ccpii_encoded_mask_utf8(const TextMask *mask, const char *src, size_t len,
						size_t lead)
{
	static const TextMask full = {.kind = TEXT_MASK_FULL};
	size_t		bound = ccpii_mask_bound(mask, len);
	struct varlena *result;

	if (bound > MaxAllocSize - VARHDRSZ - lead)
	{
		mask = &full;
		bound = ccpii_mask_bound(mask, len);
	}
	result = (struct varlena *) palloc(VARHDRSZ + lead + bound);
	SET_VARSIZE(result, VARHDRSZ + lead +
				ccpii_mask_text(mask, src, len, VARDATA(result) + lead));
	return result;
}

static inline bool
ccpii_encoded_is_ascii(const char *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
	{
		if (IS_HIGHBIT_SET(src[i]))
			return false;
	}
	return true;
}

/* Are bytes in the database encoding UTF-8, as they are? */
static inline bool
ccpii_encoded_is_utf8(const char *src, size_t len)
{
	int			encoding = GetDatabaseEncoding();

	return encoding == PG_UTF8 || encoding == PG_SQL_ASCII ||
		ccpii_encoded_is_ascii(src, len);
}

/*
 * ccpii_encoded_mask
 *		Mask bytes in the database encoding into a new varlena, behind lead
 *		bytes that are left to the caller.  Never raises, but for want of
 *		memory.
 */
static inline struct varlena *
ccpii_encoded_mask(const TextMask *mask, const char *src, size_t len,
				   size_t lead)
{
	if (ccpii_encoded_is_utf8(src, len))
		return ccpii_encoded_mask_utf8(mask, src, len, lead);
	return ccpii_encoded_mask_converted(mask, src, len, lead);
}

#endif							/* CCPII_ENCODED_H */

/*-------------------------------------------------------------------------
 *
 * encoded.c
 *	  Masks on values in the encoding of the database: the way by UTF-8.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "utils/builtins.h"

#include "text/encoded.h"

static char *
convert(const char *src, size_t len, int from, int to)
{
	Oid			proc = FindDefaultConversionProc(from, to);
	size_t		bound;
	char	   *dst;
	int			converted;

	if (!OidIsValid(proc) || len > (MaxAllocSize - 1) / MAX_CONVERSION_GROWTH)
		return NULL;
	bound = len * MAX_CONVERSION_GROWTH + 1;
	dst = palloc(bound);
	converted = pg_do_encoding_conversion_buf(proc, from, to,
											  (unsigned char *) src, (int) len,
											  (unsigned char *) dst,
											  (int) bound, true);
	return converted >= 0 && (size_t) converted == len ? dst : NULL;
}

Utf8
ccpii_encoded_open(const text *value)
{
	Utf8		utf8 = {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};

	if (ccpii_encoded_is_utf8(utf8.data, utf8.len))
		return utf8;
	utf8.data = convert(utf8.data, utf8.len, GetDatabaseEncoding(), PG_UTF8);
	utf8.len = utf8.data == NULL ? 0 : strlen(utf8.data);
	return utf8;
}

text *
ccpii_encoded_close(Utf8 made)
{
	int			encoding = GetDatabaseEncoding();
	const char *bytes = made.data;

	if (made.len > MaxAllocSize - VARHDRSZ)
		return NULL;
	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII ||
		ccpii_encoded_is_ascii(made.data, made.len))
		return cstring_to_text_with_len(made.data, made.len);
	bytes = convert(made.data, made.len, PG_UTF8, encoding);
	return bytes == NULL ? NULL : cstring_to_text(bytes);
}

struct varlena *
ccpii_encoded_mask_converted(const TextMask *mask, const char *src, size_t len,
							 size_t lead)
{
	int			encoding = GetDatabaseEncoding();
	char	   *utf8 = convert(src, len, encoding, PG_UTF8);
	const char *back = NULL;
	struct varlena *masked;
	size_t		size;

	if (utf8 != NULL)
	{
		masked = ccpii_encoded_mask_utf8(mask, utf8, strlen(utf8), 0);
		back = convert(VARDATA(masked), VARSIZE(masked) - VARHDRSZ, PG_UTF8,
					   encoding);
	}
	if (back == NULL || strlen(back) > MaxAllocSize - VARHDRSZ - lead)
		back = MASK_FULL;

	size = strlen(back);
	masked = (struct varlena *) palloc(VARHDRSZ + lead + size);
	SET_VARSIZE(masked, VARHDRSZ + lead + size);
	memcpy(VARDATA(masked) + lead, back, size);
	return masked;
}

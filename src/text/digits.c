/*-------------------------------------------------------------------------
 *
 * digits.c
 *	  Finding runs of digits in running text.
 *
 * Most bytes of a message are no digits: skip_to_digit() looks at one table
 * entry for each, in any script, and decodes only what may be a digit.
 *
 *-------------------------------------------------------------------------
 */
#include "text/digits.h"
#include "text/utf8.h"

/*
 * The bytes with which a digit can begin: '0' to '9', and the first bytes of
 * the code points in digit_zero (utf8_table.h).  No continuation byte is
 * among them, so a text can be skipped bytewise.
 */
static const bool starts_digit[256] = {
	['0'] = true,
	['1'] = true,
	['2'] = true,
	['3'] = true,
	['4'] = true,
	['5'] = true,
	['6'] = true,
	['7'] = true,
	['8'] = true,
	['9'] = true,
	[0xD9] = true,
	[0xDB] = true,
	[0xDF] = true,
	[0xE0] = true,
	[0xE1] = true,
	[0xEA] = true,
	[0xEF] = true,
	[0xF0] = true
};

/*
 * digit_size
 *		Bytes of the digit at the start of a text; 0 if there is none.
 */
static inline size_t
digit_size(const char *src, size_t len)
{
	uint32_t	code_point;
	size_t		size;

	if (len == 0 || !starts_digit[(unsigned char) src[0]])
		return 0;
	if ((unsigned char) src[0] < 0x80)
		return 1;
	size = ccpii_utf8_decode_multibyte(src, len, &code_point);
	return ccpii_utf8_digit(code_point) >= 0 ? size : 0;
}

/*
 * skip_to_digit
 *		Offset of the first byte at or after from that may begin a digit; len
 *		if there is none.
 */
static inline size_t
skip_to_digit(const char *src, size_t len, size_t from)
{
	while (from < len && !starts_digit[(unsigned char) src[from]])
		from++;
	return from;
}

bool
ccpii_digits_next(const char *src, size_t len, size_t from, DigitRun *run)
{
	size_t		start = skip_to_digit(src, len, from);
	size_t		size = 0;
	size_t		end;
	size_t		ndigits = 0;

	while (start < len && (size = digit_size(src + start, len - start)) == 0)
		start = skip_to_digit(src, len, start + 1);
	if (start >= len)
		return false;

	for (end = start; size > 0; size = digit_size(src + end, len - end))
	{
		end += size;
		ndigits++;
	}
	run->start = start;
	run->end = end;
	run->ndigits = ndigits;
	return true;
}

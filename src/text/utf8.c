/*-------------------------------------------------------------------------
 *
 * utf8.c
 *	  Reading UTF-8 and classifying what was read.
 *
 * The classes are tables of the Unicode Character Database (utf8_table.h), not
 * of the C library: a mask must not change with the server's locale.
 *
 *-------------------------------------------------------------------------
 */
#include "text/utf8.h"
#include "text/utf8_table.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

static inline bool
is_continuation(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

size_t
ccpii_utf8_decode_multibyte(const char *src, size_t len,
							uint32_t *code_point)
{
	const unsigned char *byte = (const unsigned char *) src;
	uint32_t	lowest;
	uint32_t	value;
	size_t		size;

	*code_point = UTF8_INVALID;

	if (byte[0] >= 0xC2 && byte[0] <= 0xDF)
	{
		size = 2;
		lowest = 0x80;
		value = byte[0] & 0x1F;
	}
	else if (byte[0] >= 0xE0 && byte[0] <= 0xEF)
	{
		size = 3;
		lowest = 0x800;
		value = byte[0] & 0x0F;
	}
	else if (byte[0] >= 0xF0 && byte[0] <= 0xF4)
	{
		size = 4;
		lowest = 0x10000;
		value = byte[0] & 0x07;
	}
	else
		return 1;

	if (size > len)
		return 1;
	for (size_t i = 1; i < size; i++)
	{
		if (!is_continuation(byte[i]))
			return 1;
		value = (value << 6) | (byte[i] & 0x3F);
	}
	if (value < lowest || value > 0x10FFFF ||
		(value >= 0xD800 && value <= 0xDFFF))
		return 1;

	*code_point = value;
	return size;
}

/*
 * in_ranges
 *		Is a code point in one of nranges ranges, sorted and disjoint?
 */
static bool
in_ranges(const CodeRange *ranges, size_t nranges, uint32_t code_point)
{
	size_t		low = 0;
	size_t		high = nranges;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (code_point < ranges[middle].first)
			high = middle;
		else if (code_point > ranges[middle].last)
			low = middle + 1;
		else
			return true;
	}
	return false;
}

int
ccpii_utf8_digit_multibyte(uint32_t code_point)
{
	size_t		low = 0;
	size_t		high = LENGTH_OF(digit_zero);
	uint32_t	value;

	/* find the last zero at or before the code point; '0' is one */
	while (high - low > 1)
	{
		size_t		middle = low + (high - low) / 2;

		if (code_point < digit_zero[middle])
			high = middle;
		else
			low = middle;
	}
	value = code_point - digit_zero[low];
	return value <= 9 ? (int) value : -1;
}

bool
ccpii_utf8_is_letter_multibyte(uint32_t code_point)
{
	return in_ranges(letter_range, LENGTH_OF(letter_range), code_point);
}

bool
ccpii_utf8_is_mark(uint32_t code_point)
{
	return in_ranges(mark_range, LENGTH_OF(mark_range), code_point);
}

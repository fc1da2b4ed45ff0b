/*-------------------------------------------------------------------------
 *
 * digits.c
 *	  Finding runs of digits in running text.
 *
 * Most bytes of a message are no digits: they are skipped by vectors, in any
 * script, and only what may be a digit is decoded.
 *
 *-------------------------------------------------------------------------
 */
#include "text/ascii.h"
#include "text/digits.h"
#include "text/utf8.h"


#define LOWEST_FIRST_BYTE 0xD9	/* of those below that are not ASCII */

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

bool
ccpii_digits_begin(char byte)
{
	return starts_digit[(unsigned char) byte];
}

/*
 * With which of sixteen bytes can a digit begin?  Of bytes that are not ASCII,
 * with all from LOWEST_FIRST_BYTE on.
 */
static inline AsciiVector
may_begin(AsciiVector v)
{
	AsciiVector digits = ascii_digits(v);

	return ascii_bits(v) == 0 ? digits :
		ascii_or(digits, ascii_from(v, LOWEST_FIRST_BYTE));
}

size_t
ccpii_digits_skip(const char *src, size_t len, size_t from)
{
	uint32_t	bits = 0;
	size_t		at = from;

	for (; at + ASCII_WIDTH <= len; at += ASCII_WIDTH)
	{
		bits = ascii_bits(may_begin(ascii_load(src + at)));
		if (bits != 0)
			return at + (size_t) __builtin_ctz(bits);
	}
	if (at >= len)
		return len;
	if (len < ASCII_WIDTH)
		bits = ascii_bits(may_begin(ascii_load_short(src, len))) >> at << at;
	else
	{
		/* the last vector, but for what has been looked at */
		size_t		last = len - ASCII_WIDTH;

		bits = ascii_bits(may_begin(ascii_load(src + last)));
		bits = bits >> (at - last) << (at - last);
		at = last;
		return bits == 0 ? len : at + (size_t) __builtin_ctz(bits);
	}
	return bits == 0 ? len : (size_t) __builtin_ctz(bits);
}

/* The same of the sixteen bytes at an offset below 64, each at its place. */
static inline uint64_t
bits_at(const char *src, size_t offset)
{
	return (uint64_t) ascii_bits(may_begin(ascii_load(src + offset))) << offset;
}

/* The same of at most 64 bytes; some of them are looked at twice. */
static inline uint64_t
bits_of(const char *src, size_t len)
{
	uint64_t	bits;

	if (len < ASCII_WIDTH)
		return ascii_bits(may_begin(ascii_load_short(src, len)));
	bits = bits_at(src, 0) | bits_at(src, len - ASCII_WIDTH);
	if (len > 2 * ASCII_WIDTH)
		bits |= bits_at(src, ASCII_WIDTH) | bits_at(src, len - 2 * ASCII_WIDTH);
	return bits;
}

bool
ccpii_digits_may_have(const char *src, size_t len, size_t ndigits)
{
	size_t		count = 0;

	for (; len > 64; src += 64, len -= 64)
	{
		count += ascii_count64(bits_of(src, 64));
		if (count >= ndigits)
			return true;
	}
	return count + ascii_count64(bits_of(src, len)) >= ndigits;
}

bool
ccpii_digits_next(const char *src, size_t len, size_t from, DigitRun *run)
{
	size_t		start = ccpii_digits_skip(src, len, from);
	size_t		size = 0;
	size_t		end;
	size_t		ndigits = 0;

	while (start < len && (size = digit_size(src + start, len - start)) == 0)
		start = ccpii_digits_skip(src, len, start + 1);
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

/*-------------------------------------------------------------------------
 *
 * phone.c
 *	  The mask of a telephone number.
 *
 * A short number in ASCII, as nearly all are, is masked by vectors; others are
 * read twice, character by character.
 *
 *-------------------------------------------------------------------------
 */
#include "text/ascii.h"
#include "text/phone.h"
#include "text/utf8.h"

#define HIDDEN 'X'				/* also a position itself */
#define PLAIN_MAX_BYTES 32		/* of what mask_plain() takes */

static bool
is_position(uint32_t code_point)
{
	return code_point == HIDDEN || ccpii_utf8_digit(code_point) >= 0;
}

static bool
is_layout(uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point == ' ' || code_point == '(' || code_point == ')' ||
			code_point == '+' || (code_point >= '-' && code_point <= '/');
	return ccpii_utf8_is_blank(code_point) ||
		ccpii_utf8_is_hyphen(code_point) ||
		code_point == 0xFF0B;	/* full-width plus sign */
}

/*
 * mask_any
 *		ccpii_phone_mask() for every number.
 */
static size_t
mask_any(const char *src, size_t len, char *dst)
{
	size_t		npositions = 0;
	size_t		hidden;
	size_t		out = 0;
	uint32_t	code_point;

	for (size_t at = 0; at < len;)
	{
		at += ccpii_utf8_decode(src + at, len - at, &code_point);
		if (is_position(code_point))
		{
			if (++npositions > PHONE_MAX_DIGITS)
				return 0;
		}
		else if (!is_layout(code_point))
			return 0;
	}
	if (npositions == 0)
		return 0;

	hidden = npositions - ccpii_phone_shown(npositions);
	for (size_t at = 0; at < len;)
	{
		size_t		size = ccpii_utf8_decode(src + at, len - at, &code_point);

		if (hidden > 0 && is_position(code_point))
		{
			dst[out++] = HIDDEN;
			hidden--;
		}
		else
		{
			for (size_t i = 0; i < size; i++)
				dst[out++] = src[at + i];
		}
		at += size;
	}
	return out;
}

static inline AsciiVector
positions(AsciiVector v)
{
	return ascii_or(ascii_digits(v), ascii_is(v, HIDDEN));
}

static inline AsciiVector
layout(AsciiVector v)
{
	return ascii_or(ascii_or(ascii_is(v, ' '), ascii_in(v, '(', ')')),
					ascii_or(ascii_is(v, '+'), ascii_in(v, '-', '/')));
}

/*
 * mask_plain
 *		ccpii_phone_mask() for numbers in ASCII of at most PLAIN_MAX_BYTES; 0
 *		for everything else, which need not be wrong.
 */
static size_t
mask_plain(const char *src, size_t len, char *dst)
{
	uint32_t	all = 0;		/* positions and layout, by bit */
	uint32_t	where = 0;		/* positions */
	size_t		npositions;
	size_t		shown;
	size_t		shown_from;
	size_t		nchunks = 0;
	size_t		next = 0;
	size_t		offset[PLAIN_MAX_BYTES / ASCII_WIDTH];
	AsciiVector v[PLAIN_MAX_BYTES / ASCII_WIDTH];
	AsciiVector hidden[PLAIN_MAX_BYTES / ASCII_WIDTH];

	if (len == 0 || len > PLAIN_MAX_BYTES)
		return 0;
	while (ascii_chunk(src, len, &next, &offset[nchunks], &v[nchunks]))
	{
		hidden[nchunks] = positions(v[nchunks]);
		where |= ascii_bits(hidden[nchunks]) << offset[nchunks];
		all |= ascii_bits(ascii_or(hidden[nchunks], layout(v[nchunks])))
			<< offset[nchunks];
		nchunks++;
	}
	if (all != (uint32_t) ascii_low_bits(len) || where == 0)
		return 0;

	npositions = ascii_count(where);
	if (npositions > PHONE_MAX_DIGITS)
		return 0;
	shown = ccpii_phone_shown(npositions);
	shown_from = len - shown;
	if ((uint64_t) where >> shown_from != ascii_low_bits(shown))
	{
		/* something stands between them, or behind */
		for (; shown > 0; shown--)
		{
			shown_from = 31 - (size_t) __builtin_clz(where);
			where ^= UINT32_C(1) << shown_from;
		}
	}

	for (size_t i = 0; i < nchunks; i++)
	{
		AsciiVector before = ascii_before((int) shown_from - (int) offset[i]);

		ascii_store(dst + offset[i],
					ascii_choose(ascii_and(hidden[i], before),
								 ascii_all(HIDDEN), v[i]));
	}
	return len;
}

size_t
ccpii_phone_mask(const char *src, size_t len, char *dst)
{
	size_t		written = mask_plain(src, len, dst);

	return written > 0 ? written : mask_any(src, len, dst);
}

/*-------------------------------------------------------------------------
 *
 * phone.c
 *	  The mask of a telephone number.
 *
 * A number in ASCII is written once with every position hidden, without a
 * branch that depends on the characters; then the last ones are put back.
 * Other numbers are read twice.
 *
 *-------------------------------------------------------------------------
 */
#include "text/phone.h"
#include "text/utf8.h"

#define HIDDEN 'X'				/* also a position itself */

/*
 * What a byte becomes in a number whose positions are all hidden: itself if it
 * is layout, 0 if it cannot be part of a number in ASCII.
 */
#define N HIDDEN
static const uint8_t hidden_byte[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	' ', 0, 0, 0, 0, 0, 0, 0, '(', ')', 0, '+', 0, '-', '.', '/',
	N, N, N, N, N, N, N, N, N, N, 0, 0, 0, 0, 0, 0, /* 0 to 9 */
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, N, 0, 0, 0, 0, 0, 0, 0	/* X */
};
#undef N

static bool
is_position(uint32_t code_point)
{
	return code_point == HIDDEN || ccpii_utf8_digit(code_point) >= 0;
}

static bool
is_layout(uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point != 0 && code_point != HIDDEN &&
			hidden_byte[code_point] == code_point;
	return ccpii_utf8_is_blank(code_point) ||
		ccpii_utf8_is_hyphen(code_point) ||
		code_point == 0xFF0B;	/* full-width plus sign */
}

/*
 * shown_positions
 *		How many of n positions, the last ones, stay.
 */
static inline size_t
shown_positions(size_t n)
{
	size_t		most = n <= 7 ? 2 : 4;

	return n / 2 < most ? n / 2 : most;
}

/*
 * mask_unicode
 *		ccpii_phone_mask() for every number.
 */
static size_t
mask_unicode(const char *src, size_t len, char *dst)
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

	hidden = npositions - shown_positions(npositions);
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

size_t
ccpii_phone_mask(const char *src, size_t len, char *dst)
{
	size_t		npositions = 0;
	int			foreign = 0;	/* negative: there was a 0 in hidden_byte */
	size_t		at = len;

	for (size_t i = 0; i < len; i++)
	{
		int			hidden = hidden_byte[(unsigned char) src[i]];

		dst[i] = (char) hidden;
		npositions += hidden >> 6;	/* 1 for HIDDEN, 0 for layout */
		foreign |= hidden - 1;
	}
	if (foreign < 0)
		return mask_unicode(src, len, dst);
	if (npositions == 0 || npositions > PHONE_MAX_DIGITS)
		return 0;

	for (size_t shown = shown_positions(npositions); shown > 0;)
	{
		at--;
		shown -= dst[at] == HIDDEN;
		dst[at] = src[at];
	}
	return len;
}

/*-------------------------------------------------------------------------
 *
 * utf8.h
 *	  Reading UTF-8 and classifying what was read.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_UTF8_H
#define CCPII_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID UINT32_MAX /* no code point: a byte that is not UTF-8 */

/*
 * ccpii_utf8_decode_multibyte
 *		ccpii_utf8_decode() for a first byte that is not ASCII.
 */
extern size_t ccpii_utf8_decode_multibyte(const char *src, size_t len,
										  uint32_t *code_point);

/*
 * ccpii_utf8_decode
 *		Read the code point at the start of a text.
 *
 * src, len	bytes, len >= 1
 * code_point	out: the code point, or UTF8_INVALID
 *
 * Returns how many bytes it takes, 1..4 and at most len.  Overlong forms,
 * surrogates, values above U+10FFFF and truncated sequences (RFC 3629, 3) are
 * UTF8_INVALID, one byte at a time.  Never raises.
 */
static inline size_t
ccpii_utf8_decode(const char *src, size_t len, uint32_t *code_point)
{
	unsigned char first = (unsigned char) src[0];

	if (first < 0x80)
	{
		*code_point = first;
		return 1;
	}
	return ccpii_utf8_decode_multibyte(src, len, code_point);
}

/*
 * ccpii_utf8_digit_multibyte, ccpii_utf8_is_letter_multibyte
 *		ccpii_utf8_digit(), ccpii_utf8_is_letter() for what is not ASCII.
 */
extern int	ccpii_utf8_digit_multibyte(uint32_t code_point);
extern bool ccpii_utf8_is_letter_multibyte(uint32_t code_point);

/*
 * ccpii_utf8_digit
 *		The value, 0..9, of a decimal digit of any script (general category
 *		Nd); -1 for every other code point and for UTF8_INVALID.
 */
static inline int
ccpii_utf8_digit(uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point - '0' <= 9 ? (int) (code_point - '0') : -1;
	return ccpii_utf8_digit_multibyte(code_point);
}

/*
 * ccpii_utf8_is_letter
 *		Is the code point a letter (general category L) of any script?
 */
static inline bool
ccpii_utf8_is_letter(uint32_t code_point)
{
	if (code_point < 0x80)
		return (code_point | 0x20) - 'a' <= 'z' - 'a';
	return ccpii_utf8_is_letter_multibyte(code_point);
}

/*
 * ccpii_utf8_is_mark
 *		Is the code point a combining mark (general category M)?
 */
extern bool ccpii_utf8_is_mark(uint32_t code_point);

/*
 * ccpii_utf8_is_blank
 *		Is the code point a space within a line (general category Zs: no tab,
 *		no line end)?
 */
static inline bool
ccpii_utf8_is_blank(uint32_t code_point)
{
	return code_point == ' ' || code_point == 0xA0 || code_point == 0x1680 ||
		code_point - 0x2000 <= 0x0A || code_point == 0x202F ||
		code_point == 0x205F || code_point == 0x3000;
}

/*
 * ccpii_utf8_is_space
 *		Does the code point separate words (property White_Space: spaces of
 *		any width, tab, line ends)?
 */
static inline bool
ccpii_utf8_is_space(uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point == ' ' || code_point - '\t' <= '\r' - '\t';
	return code_point <= 0x3000 &&
		(code_point == 0x85 || code_point == 0x2028 ||
		 code_point == 0x2029 || ccpii_utf8_is_blank(code_point));
}

/*
 * ccpii_utf8_is_hyphen
 *		Is the code point a hyphen, dash or minus that stands in a number:
 *		U+002D, U+2010..U+2015, U+2212, U+FF0D?
 */
static inline bool
ccpii_utf8_is_hyphen(uint32_t code_point)
{
	return code_point == '-' || code_point - 0x2010 <= 5 ||
		code_point == 0x2212 || code_point == 0xFF0D;
}

#endif							/* CCPII_UTF8_H */

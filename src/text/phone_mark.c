/*-------------------------------------------------------------------------
 *
 * phone_mark.c
 *	  The characters of a telephone number, as far as anybody asks.
 *
 *-------------------------------------------------------------------------
 */
#include "text/phone_mark.h"
#include "text/utf8.h"

const uint8_t ccpii_phone_mark_class[256] = {
	['0'...'9'] = IS_DIGIT | IS_KEPT,
	[MARK_DIGIT...MARK_DIGIT + 9] = IS_DIGIT | IS_KEPT,
	['A'...'W'] = IS_LETTER | IS_KEPT,
	['X'] = IS_LETTER | IS_PUNCTUATION | IS_KEPT,
	['Y'...'Z'] = IS_LETTER | IS_KEPT,
	['a'...'w'] = IS_LETTER | IS_KEPT,
	['x'] = IS_LETTER | IS_PUNCTUATION | IS_KEPT,
	['y'...'z'] = IS_LETTER | IS_KEPT,
	['+'] = IS_PLUS,
	[MARK_WIDE_PLUS] = IS_PLUS,
	[' '] = IS_PUNCTUATION | IS_BLANK,
	[MARK_NBSP] = IS_PUNCTUATION | IS_BLANK,
	['\t'] = IS_BLANK,
	['#'] = IS_KEPT,
	['('...'*'] = IS_PUNCTUATION,
	['-'...'/'] = IS_PUNCTUATION,
	['['] = IS_PUNCTUATION,
	[']'] = IS_PUNCTUATION,
	['~'] = IS_PUNCTUATION,
	[MARK_WIDE_STOP...MARK_WIDE_TILDE] = IS_PUNCTUATION,
	[MARK_PUNCTUATION] = IS_PUNCTUATION,
	[MARK_O_ACUTE...MARK_WORD] = IS_KEPT
};

/*
 * is_other_number
 *		Is the code point a number but no digit (general category Nl or No of
 *		the Unicode Character Database 17.0.0)?  Unassigned code points between
 *		two of them are counted in.
 */
static bool
is_other_number(uint32_t code_point)
{
	static const uint32_t range[][2] = {
		{0x00B2, 0x00B3}, {0x00B9, 0x00B9}, {0x00BC, 0x00BE},
		{0x09F4, 0x09F9}, {0x0B72, 0x0B77}, {0x0BF0, 0x0BF2},
		{0x0C78, 0x0C7E}, {0x0D58, 0x0D5E}, {0x0D70, 0x0D78},
		{0x0F2A, 0x0F33}, {0x1369, 0x137C}, {0x16EE, 0x16F0},
		{0x17F0, 0x17F9}, {0x19DA, 0x19DA}, {0x2070, 0x2070},
		{0x2074, 0x2079}, {0x2080, 0x2089}, {0x2150, 0x2182},
		{0x2185, 0x2189}, {0x2460, 0x249B}, {0x24EA, 0x24FF},
		{0x2776, 0x2793}, {0x2CFD, 0x2CFD}, {0x3007, 0x3007},
		{0x3021, 0x3029}, {0x3038, 0x303A}, {0x3192, 0x3195},
		{0x3220, 0x3229}, {0x3248, 0x324F}, {0x3251, 0x325F},
		{0x3280, 0x3289}, {0x32B1, 0x32BF}, {0xA6E6, 0xA6EF},
		{0xA830, 0xA835}, {0x10107, 0x10133}, {0x10140, 0x10178},
		{0x1018A, 0x1018B}, {0x102E1, 0x102FB}, {0x10320, 0x10323},
		{0x10341, 0x10341}, {0x1034A, 0x1034A}, {0x103D1, 0x103D5},
		{0x10858, 0x1085F}, {0x10879, 0x1087F}, {0x108A7, 0x108AF},
		{0x108FB, 0x108FF}, {0x10916, 0x1091B}, {0x109BC, 0x109BD},
		{0x109C0, 0x109FF}, {0x10A40, 0x10A48}, {0x10A7D, 0x10A7E},
		{0x10A9D, 0x10A9F}, {0x10AEB, 0x10AEF}, {0x10B58, 0x10B5F},
		{0x10B78, 0x10B7F}, {0x10BA9, 0x10BAF}, {0x10CFA, 0x10CFF},
		{0x10E60, 0x10E7E}, {0x10F1D, 0x10F26}, {0x10F51, 0x10F54},
		{0x10FC5, 0x10FCB}, {0x11052, 0x11065}, {0x111E1, 0x111F4},
		{0x1173A, 0x1173B}, {0x118EA, 0x118F2}, {0x11C5A, 0x11C6C},
		{0x11FC0, 0x11FD4}, {0x12400, 0x1246E}, {0x16B5B, 0x16B61},
		{0x16E80, 0x16E96}, {0x16FF4, 0x16FF6}, {0x1D2C0, 0x1D2F3},
		{0x1D360, 0x1D378}, {0x1E8C7, 0x1E8CF}, {0x1EC71, 0x1ECAB},
		{0x1ECAD, 0x1ECAF}, {0x1ECB1, 0x1ED2D}, {0x1ED2F, 0x1ED3D},
		{0x1F100, 0x1F10C}
	};

	for (size_t i = 0; i < sizeof(range) / sizeof(range[0]); i++)
	{
		if (code_point <= range[i][1])
			return code_point >= range[i][0];
	}
	return false;
}

/*
 * other_mark
 *		The mark of a code point that is not ASCII.
 */
static Mark
other_mark(uint32_t code_point)
{
	int			digit = ccpii_utf8_digit(code_point);

	if (digit >= 0)
		return (Mark) (MARK_DIGIT + digit);

	/* lower-case, where marks do not tell the cases apart */
	if (code_point - 0xFF21 <= 0xFF3A - 0xFF21 ||
		code_point - 0x410 <= 0x42F - 0x410)
		code_point += 0x20;
	switch (code_point)
	{
		case 0xFF0B:
			return MARK_WIDE_PLUS;
		case 0xA0:
			return MARK_NBSP;
		case 0xFF0E:
			return MARK_WIDE_STOP;
		case 0xFF5E:
			return MARK_WIDE_TILDE;
		case 0xFF03:
			return MARK_WIDE_HASH;
		case 0x301:
			return MARK_ACUTE;
		case 0xD3:
		case 0xF3:
			return MARK_O_ACUTE;
		case 0x434:
			return MARK_CYRILLIC_DE;
		case 0x43E:
			return MARK_CYRILLIC_O;
		case 0x431:
			return MARK_CYRILLIC_BE;
		case 0xFF45:
			return MARK_WIDE_E;
		case 0xFF49:
			return MARK_WIDE_I;
		case 0xFF4E:
			return MARK_WIDE_N;
		case 0xFF54:
			return MARK_WIDE_T;
		case 0xFF58:
			return MARK_WIDE_X;
		case 0xAD:				/* PhoneNumberUtil.VALID_PUNCTUATION */
		case 0x200B:
		case 0x2053:
		case 0x2060:
		case 0x2212:
		case 0x223C:
		case 0x3000:
		case 0x30FC:
		case 0xFF08:
		case 0xFF09:
		case 0xFF0D:
		case 0xFF0F:
		case 0xFF3B:
		case 0xFF3D:
			return MARK_PUNCTUATION;
		default:
			if (code_point >= 0x2010 && code_point <= 0x2015)
				return MARK_PUNCTUATION;
			return ccpii_utf8_is_letter(code_point) ||
				is_other_number(code_point) ? MARK_WORD : MARK_OTHER;
	}
}

bool
ccpii_phone_mark_read(const char *src, size_t len, Marks *marks)
{
	int			n = 0;

	for (size_t at = 0; at < len;)
	{
		uint32_t	code_point;

		if (n == PHONE_MAX_CHARS)
			return false;
		at += ccpii_utf8_decode(src + at, len - at, &code_point);
		marks->at[n++] = code_point < 0x80 ? (Mark) code_point :
			other_mark(code_point);
	}
	marks->n = n;
	return true;
}

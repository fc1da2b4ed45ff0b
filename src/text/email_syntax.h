/*-------------------------------------------------------------------------
 *
 * email_syntax.h
 *	  The characters of an e-mail address, for all who read one.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_EMAIL_SYNTAX_H
#define CCPII_EMAIL_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "text/utf8.h"

#define EMAIL_MAX_DOMAIN_BYTES 255	/* RFC 5321, 4.5.3.1.2 */
#define EMAIL_MAX_LABEL_BYTES 63	/* RFC 1035, 2.3.4 */

/* what input methods type for @ and . */
#define EMAIL_FULL_WIDTH_AT 0xFF20
#define EMAIL_FULL_WIDTH_DOT 0xFF0E
#define EMAIL_IDEOGRAPHIC_DOT 0x3002
#define EMAIL_HALF_WIDTH_DOT 0xFF61

/* what a mask writes for local part and at-sign */
#define EMAIL_MASK "****@"
#define EMAIL_MASK_BYTES 5

/* classes of a character in a domain */
#define EMAIL_LABEL 1			/* part of a label */
#define EMAIL_ALPHA 2			/* a letter */

/*
 * email_is_atom
 *		Can an ASCII character stand in an unquoted local part?
 */
static inline bool
email_is_atom(unsigned char byte)
{
	return byte > ' ' && byte < 0x7F &&
		strchr("\"(),:;<>@[\\]", byte) == NULL;
}

static inline bool
email_is_control(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

/*
 * email_is_invisible
 *		Is the code point one that pages and keyboards leave around words
 *		without showing it: soft hyphen, zero width, bidirectional mark?
 */
static inline bool
email_is_invisible(uint32_t code_point)
{
	return code_point == 0xAD || code_point == 0x061C ||
		code_point - 0x200B <= 0x200F - 0x200B ||
		code_point - 0x202A <= 0x202E - 0x202A ||
		code_point - 0x2060 <= 0x2069 - 0x2060 || code_point == 0xFEFF;
}

/*
 * email_label_class
 *		Classes of a code point in a domain; 0 if it cannot stand in a label.
 */
static inline uint8_t
email_label_class(uint32_t code_point)
{
	if (ccpii_utf8_is_letter(code_point))
		return EMAIL_LABEL | EMAIL_ALPHA;
	if (code_point < 0x80)
		return ccpii_utf8_digit(code_point) >= 0 || code_point == '-' ?
			EMAIL_LABEL : 0;
	return ccpii_utf8_is_mark(code_point) ||
		ccpii_utf8_digit(code_point) >= 0 ? EMAIL_LABEL : 0;
}

#endif							/* CCPII_EMAIL_SYNTAX_H */

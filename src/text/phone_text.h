/*-------------------------------------------------------------------------
 *
 * phone_text.h
 *	  The digits of a telephone number as somebody typed it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PHONE_TEXT_H
#define CCPII_PHONE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A longer text, in whatever encoding of a server, is no number. */
#define PHONE_TEXT_MAX_BYTES 1000

/*
 * More digits than those of any number with all that may stand before it: an
 * international prefix, a calling code, a national prefix.
 */
#define PHONE_TEXT_MAX_DIGITS 64

typedef struct PhoneText
{
	bool		plus;			/* a plus sign stands before the digits */
	bool		any_plus;		/* a plus sign stands anywhere in the text */
	int			ndigits;
	uint8_t		digit[PHONE_TEXT_MAX_DIGITS];	/* values, 0..9 */
} PhoneText;

/*
 * ccpii_phone_text_read
 *		Find the number in a text as libphonenumber does.
 *
 * src, len	UTF-8 bytes, not NUL-terminated
 * text		out: the number's digits
 *
 * Words before the number, an extension, a second number and what else stands
 * behind are dropped; digits are those of any script; in a number with three
 * letters or more letters are digits too (ITU-T E.161); parameters of tel: URIs
 * (RFC 3966) count.  Returns false, with *text in any state, if the text holds
 * no number or more than PHONE_MAX_CHARS code points.  Never raises.
 */
extern bool ccpii_phone_text_read(const char *src, size_t len, PhoneText *text);

/*
 * ccpii_phone_text_read_whatsapp
 *		Read the id of a WhatsApp user: an international number, mostly
 *		without its plus sign, perhaps a colon and a device, and
 *		@s.whatsapp.net or @c.us.
 *
 * Returns false, with *text in any state, for all other texts.  Never raises.
 */
extern bool ccpii_phone_text_read_whatsapp(const char *src, size_t len,
										   PhoneText *text);

#endif							/* CCPII_PHONE_TEXT_H */

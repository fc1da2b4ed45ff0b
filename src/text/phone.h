/*-------------------------------------------------------------------------
 *
 * phone.h
 *	  The mask of a telephone number.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PHONE_H
#define CCPII_PHONE_H

#include <stddef.h>

#define PHONE_MAX_DIGITS 15		/* ITU-T E.164 (11/2010), 6.2.1 */

/* How many of n positions, the last ones, stay. */
static inline size_t
ccpii_phone_shown(size_t n)
{
	size_t		most = n <= 7 ? 2 : 4;

	return n / 2 < most ? n / 2 : most;
}

/*
 * ccpii_phone_mask
 *		Write a telephone number with all but its last digits as X.
 *
 * src, len		UTF-8 bytes, not NUL-terminated
 * dst			room for len bytes, and for 16; does not overlap src
 *
 * Positions are digits of any script and X; everything else is layout, and
 * stays.  Of n positions the last min(4, n/2) stay as typed, min(2, n/2) if
 * n <= 7.  Returns the number of bytes written, at most len; 0, with dst in
 * any state, if the text is no telephone number: it has no position, more than
 * PHONE_MAX_DIGITS, or a character other than + ( ) - . / and spaces, hyphens
 * and full-width plus signs.  Never raises.
 */
extern size_t ccpii_phone_mask(const char *src, size_t len, char *dst);

#endif							/* CCPII_PHONE_H */

/*-------------------------------------------------------------------------
 *
 * email_find.h
 *	  E-mail addresses in running text: finding and masking them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_EMAIL_FIND_H
#define CCPII_EMAIL_FIND_H

#include <stdbool.h>
#include <stddef.h>

#define EMAIL_MIN_BYTES 5		/* a@b.c, the shortest that is found */

/*
 * An address, as offsets in bytes: local part [start, at), at-sign
 * [at, at + at_size), domain [at + at_size, end).
 */
typedef struct EmailSpan
{
	size_t		start;
	size_t		end;
	size_t		at;
	size_t		at_size;		/* 1, or 3 if it is full-width */
} EmailSpan;

/*
 * ccpii_email_next
 *		Find the next e-mail address that starts at or after an offset.
 *
 * src, len		UTF-8 bytes, not NUL-terminated
 * from			0 <= from <= len; 0, or the end of the address before, of which
 *				nothing is looked at again
 * span			out: the address
 *
 * An address is what ccpii_email_mask() takes, with these differences, which
 * running text needs:
 *
 * - Unquoted, / ? = & # | end the local part to the left, and so does what is
 *   neither ASCII nor letter, mark or digit; quotes, braces, dots, hyphens,
 *   tildes and invisible characters in front are not part of it.  Letters of
 *   scripts that are written without spaces do not glue: they are not part of
 *   an address that is all ASCII.
 * - A domain may have underscores, but not in its last label, and full-width
 *   dots; the ideographic full stop is a dot where there is no other.  It is
 *   as long as it can be and does not end in a dot or hyphen, nor in letters
 *   of a script without spaces behind ASCII letters.
 * - What is too long is found and not passed over: a local part of any length
 *   as a whole, a domain of more than 255 bytes up to there.  Bytes that are
 *   no UTF-8 count as letters.
 *
 * What has no local part but asterisks is a mask and is not found.  Returns
 * false, *span untouched, when nothing is left.  Never raises.
 *
 * All calls for a text together look at each byte a few times, whatever it
 * holds: a domain and an unquoted local part end at the next at-sign, and a
 * quoted one begins at the nearest quote.
 */
extern bool ccpii_email_next(const char *src, size_t len, size_t from,
							 EmailSpan *span);

/*
 * ccpii_email_mask_in_bound
 *		Room in bytes that ccpii_email_mask_in() needs for len bytes: a mask
 *		can be three bytes longer than its address.
 */
static inline size_t
ccpii_email_mask_in_bound(size_t len)
{
	return len + 3 * (len / EMAIL_MIN_BYTES);
}

/*
 * ccpii_email_mask_next
 *		Copy a text up to the end of its next address, which is written with
 *		four asterisks for the local part and an ASCII at-sign; or what is
 *		left, if there is none.
 *
 * src, len		UTF-8 bytes, not NUL-terminated
 * at			in, out: 0 at first, then left alone; len when all is done
 * dst			where to write; does not overlap src
 *
 * Returns the number of bytes written.  What the calls for a text write is
 * within ccpii_email_mask_in_bound().  Never raises.
 */
extern size_t ccpii_email_mask_next(const char *src, size_t len, size_t *at,
									char *dst);

/*
 * ccpii_email_mask_in
 *		Copy a text with all its addresses masked, as above, and return the
 *		number of bytes.  Masking the result changes nothing.  Never raises.
 */
extern size_t ccpii_email_mask_in(const char *src, size_t len, char *dst);

#endif							/* CCPII_EMAIL_FIND_H */

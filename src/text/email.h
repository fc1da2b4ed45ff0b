/*-------------------------------------------------------------------------
 *
 * email.h
 *	  The mask of an e-mail address.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_EMAIL_H
#define CCPII_EMAIL_H

#include <stddef.h>

#define EMAIL_MAX_DOMAIN_BYTES 255	/* RFC 5321, 4.5.3.1.2 */
#define EMAIL_MAX_LABEL_BYTES 63	/* RFC 1035, 2.3.4 */

/*
 * ccpii_email_mask
 *		Write an e-mail address with four asterisks for its local part.
 *
 * src, len		UTF-8 bytes, not NUL-terminated
 * dst			room for len + 3 bytes; does not overlap src
 *
 * The domain stays as typed, a full-width commercial at becomes an ASCII one.
 * Returns the number of bytes written; 0, with dst in any state, unless the
 * text is one address and nothing else, as RFC 5321 and 6531 have them, with
 * two differences: any run without spaces and <>(),;:[]\"@ is a local part,
 * and a domain has two labels or more, the last one not without a letter (a
 * telephone number is no domain).  Never raises.
 */
extern size_t ccpii_email_mask(const char *src, size_t len, char *dst);

#endif							/* CCPII_EMAIL_H */

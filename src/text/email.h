/*-------------------------------------------------------------------------
 *
 * email.h
 *	  The mask of an e-mail address, and how one is read.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_EMAIL_H
#define CCPII_EMAIL_H

#include <stdbool.h>
#include <stddef.h>

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

/*
 * ccpii_email_local_end
 *		Offset behind the local part, quoted or not, with which a text begins;
 *		0 if it begins with none, and if the quoted one does not end or holds
 *		an invalid or control character or a line end.
 *
 * What follows need not be an at-sign.  Never raises.
 */
extern size_t ccpii_email_local_end(const char *src, size_t len);

/*
 * ccpii_email_is_domain
 *		Is a text a domain of two labels or more, the last with a letter, as
 *		typed: UTF-8, the dots ASCII?  At most EMAIL_MAX_DOMAIN_BYTES.  Never
 *		raises.
 */
extern bool ccpii_email_is_domain(const char *src, size_t len);

/*
 * ccpii_email_is_address_literal
 *		Is a text an address literal (RFC 5321, 4.1.3), brackets included?
 *		Never raises.
 */
extern bool ccpii_email_is_address_literal(const char *src, size_t len);

#endif							/* CCPII_EMAIL_H */

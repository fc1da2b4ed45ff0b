/*-------------------------------------------------------------------------
 *
 * email_canonical.h
 *	  One spelling for all spellings of an e-mail address.
 *
 * A domain that is not ASCII becomes its A-labels (RFC 5890) by libidn2.
 * PostgreSQL's own libraries do not do that: what it has of Unicode normalizes
 * but knows neither Punycode nor the tables of IDNA, ICU is an option of its
 * build that is not there everywhere, and OpenSSL keeps its Punycode, without
 * the tables, to itself.  libidn2 is small, in every distribution, and gives
 * IDNA 2008 with the mapping of UTS #46.  Domains in ASCII, A-labels among
 * them, never reach it, so that their canonical forms do not depend on its
 * version.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_EMAIL_CANONICAL_H
#define CCPII_EMAIL_CANONICAL_H

#include <stddef.h>

#include "text/email_syntax.h"

typedef enum EmailCanonicalMode
{
	EMAIL_CANONICAL_SAFE,		/* what no provider delivers to two people */
	EMAIL_CANONICAL_PROVIDER	/* what the providers we know deliver to one */
} EmailCanonicalMode;

/*
 * ccpii_email_canonical_bound
 *		Room in bytes that ccpii_email_canonical() needs for len bytes.
 */
static inline size_t
ccpii_email_canonical_bound(size_t len)
{
	return len + 1 + EMAIL_MAX_DOMAIN_BYTES;
}

/*
 * ccpii_email_canonical
 *		Write the canonical form of an e-mail address.
 *
 * src, len		UTF-8 bytes, not NUL-terminated: an address, perhaps with white
 *				space around, in <>, a name before these, "mailto:" and what
 *				that lets follow behind a ?, one dot at the end
 * dst			room for ccpii_email_canonical_bound() bytes; does not overlap
 *				src
 *
 * ASCII letters of the local part become small, a quoted one loses quotes and
 * backslashes that it does not need, invisible characters go, and the domain
 * becomes A-labels in small letters.  Letters of the local part that are not
 * ASCII stay as typed: they are neither made small nor normalized.  By
 * provider, Gmail's two domains are one and its dots do not count, and what
 * follows a + does not count there, at Outlook, Hotmail, iCloud and Fastmail.
 *
 * Returns the number of bytes written; 0, with dst in any state, if the text
 * is not one address, as ccpii_email_mask() has them, or a WhatsApp id, which
 * is a telephone number.  Never raises; allocates only inside of libidn2,
 * without which memory it returns 0.
 */
extern size_t ccpii_email_canonical(EmailCanonicalMode mode, const char *src,
									size_t len, char *dst);

#endif							/* CCPII_EMAIL_CANONICAL_H */

/*-------------------------------------------------------------------------
 *
 * mask.h
 *	  The masks of DESIGN.md, section 3, as pure functions on UTF-8 bytes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_MASK_H
#define CCPII_MASK_H

#include <stdbool.h>
#include <stddef.h>

#define MASK_FULL "****"		/* what the full mask makes of any text */
#define MASK_FULL_BYTES 4
#define MASK_MAX_DIGITS 32		/* digits(n): 1 <= n <= 32, ledger 84 */
#define HASH_PREFIX "h:"		/* in front of what the mask hash makes of a
								 * text */
#define HASH_PREFIX_BYTES 2
#define HASH_SHOWN_BYTES 8		/* of the HMAC, two hexadecimal digits each */
#define HASH_TEXT_BYTES (HASH_PREFIX_BYTES + 2 * HASH_SHOWN_BYTES)
#define MASK_MAX_KEEP 1024		/* partial(prefix, c, suffix): each 0..1024 */

typedef enum TextMaskKind
{
	TEXT_MASK_FULL,
	TEXT_MASK_PHONE,
	TEXT_MASK_EMAIL,
	TEXT_MASK_CARD,
	TEXT_MASK_NAME,
	TEXT_MASK_DIGITS,
	TEXT_MASK_CARDS,
	TEXT_MASK_PARTIAL
} TextMaskKind;

typedef struct TextMask
{
	TextMaskKind kind;
	int			digits;			/* DIGITS: shortest run that is masked */
	int			prefix;			/* PARTIAL: code points kept in front */
	int			suffix;			/* PARTIAL: code points kept at the end */
	char		fill;			/* PARTIAL: one printable ASCII character */
} TextMask;

/*
 * ccpii_mask_bound
 *		Room in bytes that ccpii_mask_text() needs for an input of len bytes,
 *		at most 1 GB; its result can be shorter.
 */
static inline size_t
ccpii_mask_bound(const TextMask *mask, size_t len)
{
	switch (mask->kind)
	{
		case TEXT_MASK_FULL:
			return MASK_FULL_BYTES;
		case TEXT_MASK_NAME:
			/* a word takes a byte and a separator, and grows by three */
			return len + 3 * ((len + 1) / 2) + MASK_FULL_BYTES;
		default:
			/* whole vectors may be written; an address grows by four */
			return len + 16;
	}
}

/*
 * ccpii_mask_text
 *		Mask src[0..len) into dst, which has room for ccpii_mask_bound() bytes,
 *		and return the number of bytes written (no NUL is added).
 *
 * src is UTF-8; invalid bytes never pass unmasked through a mask that hides
 * its whole value.  The empty text stays empty.  Applying a mask to its own
 * result returns that result.  src and dst do not overlap.  Never raises,
 * never allocates.
 */
extern size_t ccpii_mask_text(const TextMask *mask, const char *src, size_t len,
							  char *dst);

/*
 * ccpii_mask_leaves_marks
 *		Is there in src[0..len) what the mask puts in the place of what it hides?
 *		Of a mask that hides the whole value, a fixed point with such a mark is
 *		a mask.  In running text (digits, cards) it holds one: of cards, the
 *		digits that stay are not looked at.
 */
extern bool ccpii_mask_leaves_marks(const TextMask *mask, const char *src,
									size_t len);

/* Is the text of the form that the mask hash makes? */
extern bool ccpii_mask_is_hash(const char *src, size_t len);

/* Does the mask hide parts of a running text, and not a value as a whole? */
static inline bool
ccpii_mask_is_for_running_text(const TextMask *mask)
{
	return mask->kind == TEXT_MASK_DIGITS || mask->kind == TEXT_MASK_CARDS;
}

#endif							/* CCPII_MASK_H */

/*-------------------------------------------------------------------------
 *
 * masked_type.c
 *	  The type masked_text: what its typmod and its values are made of.
 *
 * A typmod's low byte is the kind.  Of digits(n), the second byte is n.  Of
 * partial(prefix, c, suffix), the halves of the second byte are prefix and
 * suffix, and the third byte is c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "policy/masked_type.h"

#define TYPMOD_KIND(typmod) ((MaskedKind) ((typmod) & 0xFF))
#define TYPMOD_DIGITS(typmod) ((typmod) >> 8 & 0xFF)
#define TYPMOD_PREFIX(typmod) ((typmod) >> 8 & 0x0F)
#define TYPMOD_SUFFIX(typmod) ((typmod) >> 12 & 0x0F)
#define TYPMOD_FILL(typmod) ((char) ((typmod) >> 16 & 0x7F))

int32
ccpii_masked_type_typmod(const MaskSpec *mask)
{
	const TextMask *text = &mask->text;

	if (mask->kind == MASK_HASH)
		return MASKED_AS_HASH;
	if (mask->kind != MASK_TEXT)
		return -2;
	switch (text->kind)
	{
		case TEXT_MASK_FULL:
			return MASKED_AS_FULL;
		case TEXT_MASK_PHONE:
			return MASKED_AS_PHONE;
		case TEXT_MASK_EMAIL:
			return MASKED_AS_EMAIL;
		case TEXT_MASK_CARD:
			return MASKED_AS_CARD;
		case TEXT_MASK_CARDS:
			return MASKED_AS_CARDS;
		case TEXT_MASK_NAME:
			return MASKED_AS_NAME;
		case TEXT_MASK_DIGITS:
			return MASKED_AS_DIGITS | text->digits << 8;
		case TEXT_MASK_PARTIAL:
			if (text->prefix > MASKED_MAX_KEEP ||
				text->suffix > MASKED_MAX_KEEP)
				return -2;
			return MASKED_AS_PARTIAL | text->prefix << 8 |
				text->suffix << 12 | text->fill << 16;
	}
	return -2;
}

void
ccpii_masked_type_decode(int32 typmod, TextMask *mask)
{
	static const TextMaskKind kinds[] = {
		[MASKED_AS_FULL] = TEXT_MASK_FULL,
		[MASKED_AS_PHONE] = TEXT_MASK_PHONE,
		[MASKED_AS_EMAIL] = TEXT_MASK_EMAIL,
		[MASKED_AS_CARD] = TEXT_MASK_CARD,
		[MASKED_AS_CARDS] = TEXT_MASK_CARDS,
		[MASKED_AS_NAME] = TEXT_MASK_NAME,
		[MASKED_AS_HASH] = TEXT_MASK_FULL,
		[MASKED_AS_DIGITS] = TEXT_MASK_DIGITS,
		[MASKED_AS_PARTIAL] = TEXT_MASK_PARTIAL
	};

	memset(mask, 0, sizeof(*mask));
	if (typmod < 0 || TYPMOD_KIND(typmod) >= lengthof(kinds))
		return;
	mask->kind = kinds[TYPMOD_KIND(typmod)];
	if (mask->kind == TEXT_MASK_DIGITS)
		mask->digits = TYPMOD_DIGITS(typmod);
	else if (mask->kind == TEXT_MASK_PARTIAL)
	{
		mask->prefix = TYPMOD_PREFIX(typmod);
		mask->suffix = TYPMOD_SUFFIX(typmod);
		mask->fill = TYPMOD_FILL(typmod);
	}
}

MaskSpec *
ccpii_masked_type_mask(int32 typmod)
{
	MaskSpec   *mask = palloc0(sizeof(MaskSpec));

	if (typmod >= 0 && TYPMOD_KIND(typmod) == MASKED_AS_HASH)
		mask->kind = MASK_HASH;
	else
		ccpii_masked_type_decode(typmod, &mask->text);
	return mask;
}

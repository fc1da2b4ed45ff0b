/*-------------------------------------------------------------------------
 *
 * masked_type.h
 *	  The type masked_text: what its typmod and its values are made of.
 *
 * A value is a varlena.  Its first byte says how it is masked: the kind in the
 * low bits, and three flags.  With MASKED_PARAMS, four bytes with the typmod
 * follow, native byte order; then the text itself, not NUL-terminated.  A value
 * that is MASKED_FINAL holds what may be shown, a mask mostly: it is never
 * masked again, and never stored as data.  One that is MASKED_FRESH, full until
 * somebody says otherwise, has the number of the session that it was typed in
 * for a typmod.
 *
 * A typmod is -1, which is full, or a kind with its parameters.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_MASKED_TYPE_H
#define CCPII_MASKED_TYPE_H

#include "nodes/pg_list.h"
#include "utils/snapshot.h"

#include "policy/label.h"

#define MASKED_TYPE_NAME "masked_text"

#define MASKED_MAX_KEEP 15		/* partial(prefix, c, suffix): each 0..15 */

#define MASKED_KIND 0x1F		/* bits of a MaskedKind */
#define MASKED_FRESH 0x20		/* its reader typed it, without a mask */
#define MASKED_PARAMS 0x40		/* four bytes of typmod follow */
#define MASKED_FINAL 0x80		/* show it as it is */

/* What is stored: numbers never change. */
typedef enum MaskedKind
{
	MASKED_AS_FULL = 0,
	MASKED_AS_PHONE = 1,
	MASKED_AS_EMAIL = 2,
	MASKED_AS_CARD = 3,
	MASKED_AS_CARDS = 4,
	MASKED_AS_NAME = 5,
	MASKED_AS_HASH = 6,
	MASKED_AS_DIGITS = 7,		/* digits(1..32) */
	MASKED_AS_PARTIAL = 8		/* partial(0..15, one ASCII character, 0..15) */
} MaskedKind;

/*
 * ccpii_masked_type_typmod
 *		The typmod of a mask, or -2 if the type cannot carry it.  Full is 0, not
 *		-1, so that it can be told from none.
 */
extern int32 ccpii_masked_type_typmod(const MaskSpec *mask);

/*
 * ccpii_masked_type_decode
 *		The text mask of a typmod.  Of -1, of hash, which is none, and of a kind
 *		that this version does not know: full.
 */
extern void ccpii_masked_type_decode(int32 typmod, TextMask *mask);

/* The mask of a typmod, in the current memory context; of -1, full. */
extern MaskSpec *ccpii_masked_type_mask(int32 typmod);

/* OID of the type, or InvalidOid where the extension is absent. */
extern Oid	ccpii_masked_type_oid(void);

/* Is a type masked_text, or a domain over it? */
extern bool ccpii_masked_type_is(Oid type);

/* Is it that, or an array, range or composite type that holds one somewhere? */
extern bool ccpii_masked_type_is_within(Oid type);

/* Has the relation, a table or view, a column with such a type within? */
extern bool ccpii_masked_type_is_in_relation(Oid relid);

/*
 * ccpii_masked_type_relations
 *		OIDs of the tables and views that have a column with such a type
 *		within, in no order.
 */
extern List *ccpii_masked_type_relations(void);

/* The same of those that have a column with a relation's row type within. */
extern List *ccpii_masked_type_users(Oid relid);

/*
 * ccpii_masked_type_count
 *		How many columns depend on the type, row types counted once, as a
 *		snapshot sees it; NULL is the latest.
 */
extern int	ccpii_masked_type_count(Snapshot snapshot);

#endif							/* CCPII_MASKED_TYPE_H */

/*-------------------------------------------------------------------------
 *
 * written.h
 *	  What is written to a masked column: a new value, or a mask?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_WRITTEN_H
#define CCPII_WRITTEN_H

#include "policy/rule.h"

/* How a value is written, as flags in the token of write_guard(). */
#define WRITTEN_INSERT 0x1		/* into a new row */
#define WRITTEN_MASKED 0x2		/* by who sees the column masked */
#define WRITTEN_CHARGED 0x4		/* tells him which values exist: costs a
								 * look-up */
#define WRITTEN_UNLABELLED 0x8	/* to a column that has no rule itself */

/* May who asks write to sensitive columns? */
extern bool ccpii_written_is_edit_allowed(void);

/* Does the guard have anything to do for new values of the column? */
extern bool ccpii_written_concerns(const ColumnRule *rule);

#endif							/* CCPII_WRITTEN_H */

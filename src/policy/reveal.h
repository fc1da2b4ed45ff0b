/*-------------------------------------------------------------------------
 *
 * reveal.h
 *	  May who asks see values of type masked_text, wherever they come from?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_REVEAL_H
#define CCPII_REVEAL_H

#include "base/reader.h"
#include "policy/audience.h"

/* What was found out last, as long as nothing changes that it rests on. */
typedef struct Verdict
{
	Reader		reader;
	uint64		generation;		/* of the audience */
	bool		valid;
	bool		by_owner;		/* rests on who owns what */
	bool		clear;
} Verdict;

extern Verdict ccpii_reveal_verdict;

extern void ccpii_reveal_init(void);

/* Is the last answer good for who asks now? */
static inline bool
ccpii_reveal_is_known(void)
{
	return ccpii_reveal_verdict.valid &&
		ccpii_reveal_verdict.generation == ccpii_audience_generation() &&
		ccpii_reader_is_still(&ccpii_reveal_verdict.reader);
}

/*
 * ccpii_reveal_is_clear
 *		True if who asks now may see what values of type masked_text hide,
 *		whatever their table.
 */
extern bool ccpii_reveal_is_clear(void);

/*
 * ccpii_reveal_or_refuse
 *		The same, where a value is about to be shown or masked.  Raises 42501
 *		if it would be masked and row_security is off, and 55000 if this
 *		library cannot know since the extension is of another version.
 */
extern bool ccpii_reveal_or_refuse(void);

/* The same in a few nanoseconds, but for the first time. */
static inline bool
ccpii_reveal_now(void)
{
	return (ccpii_reveal_is_known() && ccpii_reveal_verdict.clear) ||
		ccpii_reveal_or_refuse();
}

/*
 * ccpii_reveal_force
 *		Let values show themselves whoever asks.  Returns what was in force
 *		before, for the caller to put back, in case of an error too.
 */
extern bool ccpii_reveal_force(bool on);

#endif							/* CCPII_REVEAL_H */

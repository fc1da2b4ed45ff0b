/*-------------------------------------------------------------------------
 *
 * reveal.h
 *	  May who asks see values of type masked_text, wherever they come from?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_REVEAL_H
#define CCPII_REVEAL_H

extern void ccpii_reveal_init(void);

/*
 * ccpii_reveal_is_clear
 *		True if who asks now may see what values of type masked_text hide,
 *		whatever their table.  A few nanoseconds, but for the first time.
 */
extern bool ccpii_reveal_is_clear(void);

/*
 * ccpii_reveal_now
 *		The same, where a value is about to be shown or masked.  Raises 42501
 *		if it would be masked and row_security is off, and 55000 if this
 *		library cannot know since the extension is of another version.
 */
extern bool ccpii_reveal_now(void);

/*
 * ccpii_reveal_force
 *		Let values show themselves whoever asks.  Returns what was in force
 *		before, for the caller to put back, in case of an error too.
 */
extern bool ccpii_reveal_force(bool on);

#endif							/* CCPII_REVEAL_H */

/*-------------------------------------------------------------------------
 *
 * reveal.h
 *	  May who asks see values of type masked_text, wherever they come from?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_REVEAL_H
#define CCPII_REVEAL_H

/* True if who asks now may see what masked_text hides, whatever its table. */
extern bool ccpii_reveal_now(void);

#endif							/* CCPII_REVEAL_H */

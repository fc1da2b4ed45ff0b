/*-------------------------------------------------------------------------
 *
 * lookup.h
 *	  Counting of SEARCHABLE look-ups, per session user, outside transactions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_LOOKUP_H
#define CCPII_LOOKUP_H

extern void ccpii_lookup_init(void);

/*
 * ccpii_lookup_charge
 *		Charge one look-up to the session user.  If it searches, it counts as a
 *		miss until ccpii_lookup_found() says otherwise.  Raises 54000 beyond
 *		ccpii.lookups_per_minute, or beyond the limit of misses per minute
 *		or day.  What was charged is not given back by a rollback.
 */
extern void ccpii_lookup_charge(bool searches);

/*
 * ccpii_lookup_found
 *		The last look-up charged by this backend found a row: take its miss
 *		back, once.
 */
extern void ccpii_lookup_found(void);

#endif							/* CCPII_LOOKUP_H */

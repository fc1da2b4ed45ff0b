/*-------------------------------------------------------------------------
 *
 * utility.h
 *	  Statements that do not go through the planner.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_UTILITY_H
#define CCPII_UTILITY_H

extern void ccpii_utility_init(void);

#endif							/* CCPII_UTILITY_H */

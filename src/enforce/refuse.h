/*-------------------------------------------------------------------------
 *
 * refuse.h
 *	  What a masked reader may not do, since masks would do harm in it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_REFUSE_H
#define CCPII_REFUSE_H

#include "enforce/frame.h"

/*
 * ccpii_refuse_changes
 *		Raise 42501 if a statement, not masked yet, assigns to a masked column
 *		what is made of masks, picks the rows it changes by comparing, grouping or ordering masks,
 *		changes them through a view whose labels or trigger forbid it, or is a
 *		rule's that would store masks.
 */
extern void ccpii_refuse_changes(Query *query, const Audience *audience);

/*
 * ccpii_refuse_grouping
 *		Raise 42501 if ungrouped columns depend on a grouping key whose mask
 *		determines nothing; 0A000 for subqueries that refer to masked columns
 *		of a query with grouping sets.
 */
extern void ccpii_refuse_grouping(Frame *frame);

#endif							/* CCPII_REFUSE_H */

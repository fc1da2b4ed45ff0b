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
 *		Raise 42501 if the query of the frame, not masked yet, assigns to a
 *		masked column or picks the rows it changes by a join on one.
 */
extern void ccpii_refuse_changes(Frame *frame);

/*
 * ccpii_refuse_grouping
 *		Raise 42501 if ungrouped columns depend on a grouping key whose mask
 *		determines nothing.
 */
extern void ccpii_refuse_grouping(const Frame *frame);

#endif							/* CCPII_REFUSE_H */

/*-------------------------------------------------------------------------
 *
 * view.h
 *	  Masked views: made, refreshed, and made again.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_VIEW_H
#define CCPII_VIEW_H

#include "nodes/parsenodes.h"

#include "enforce/view_keep.h"

/*
 * ccpii_view_refresh
 *		Make a masked view show all columns of its relation, by their names of
 *		now, and belong to the relation's owner.  Where columns were dropped or
 *		have other types it is made again, with all that ccpii_view_keep()
 *		keeps.
 *
 * The caller has locked the view AccessExclusive, or checked the rights of
 * whoever asks.  Raises 42809 if the view is no masked view of one relation,
 * 2BP01 if it has to be made again and something depends on it.
 */
extern void ccpii_view_refresh(Oid view);

/*
 * ccpii_view_take
 *		Drop a masked view that is going to be made again, and tell what to
 *		give back to it.  Raises 2BP01 as above, but with CASCADE drops what
 *		depends on the view.
 */
extern KeptView *ccpii_view_take(Oid view, DropBehavior behavior);

/* Make a view again that was taken; its owner is the one of before. */
extern Oid	ccpii_view_make_again(const KeptView *kept);

#endif							/* CCPII_VIEW_H */

/*-------------------------------------------------------------------------
 *
 * view_keep.h
 *	  What a view has besides its query, kept while it is made again.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_VIEW_KEEP_H
#define CCPII_VIEW_KEEP_H

#include "nodes/primnodes.h"
#include "utils/acl.h"

typedef struct KeptView
{
	RangeVar   *name;			/* with its schema */
	Oid			base;
	Oid			owner;
	List	   *parts;			/* the view and its columns */
} KeptView;

/*
 * ccpii_view_keep
 *		Note name, owner, privileges, comments and security labels of a view
 *		and of its columns, in the current memory context.
 *
 * base		the relation that it shows
 *
 * Raises 2BP01 if the view has triggers, rules or column defaults of its own,
 * which would be lost.
 */
extern KeptView *ccpii_view_keep(Oid view, Oid base);

/*
 * ccpii_view_give_back
 *		Give what was kept to a new view of the same owner; what was a column's
 *		to the one that shows the same column of the relation, if it still exists.
 */
extern void ccpii_view_give_back(const KeptView *kept, Oid view);

#endif							/* CCPII_VIEW_KEEP_H */

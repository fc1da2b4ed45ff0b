/*-------------------------------------------------------------------------
 *
 * view_base.h
 *	  Which views are masked views, and of which relation.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_VIEW_BASE_H
#define CCPII_VIEW_BASE_H

#include "access/attnum.h"
#include "nodes/parsenodes.h"

/* Is the relation a view labelled MASKED VIEW? */
extern bool ccpii_view_base_is_masked(Oid relid);

/*
 * ccpii_view_base_of
 *		The one relation that a view reads.  InvalidOid if it reads none or
 *		several, or is no view, or is gone.
 */
extern Oid	ccpii_view_base_of(Oid view);

/*
 * ccpii_view_base_column
 *		The column of its relation that column attno of a view is, by the view's
 *		query; InvalidAttrNumber if it is none.
 */
extern AttrNumber ccpii_view_base_column(const Query *query, AttrNumber attno);

/*
 * ccpii_view_base_is_owners
 *		Does the view belong to the owner of that relation?  Only then may it
 *		follow the relation: what it shows then is the owner's to show.
 */
extern bool ccpii_view_base_is_owners(Oid view, Oid base);

/*
 * ccpii_view_base_views
 *		OIDs of the masked views of any of the relations that are their owners',
 *		in ascending order.  Takes no locks.
 */
extern List *ccpii_view_base_views(const List *relations);

#endif							/* CCPII_VIEW_BASE_H */

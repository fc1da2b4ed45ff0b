/*-------------------------------------------------------------------------
 *
 * view_query.h
 *	  Masked views in a query, opened as far as nothing needs the barrier.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_VIEW_QUERY_H
#define CCPII_VIEW_QUERY_H

#include "nodes/parsenodes.h"

/*
 * ccpii_view_query_open
 *		Let the planner treat each masked view in the query, which is not
 *		masked yet, as the relation that it shows.  Changes the query in place.
 *
 * Raises 55000 if the relation has row-security policies that would hold for
 * the reader, but not for the relation's owner, as whom the view reads.
 */
extern void ccpii_view_query_open(Query *query);

/*
 * ccpii_view_query_is_needed
 *		Is there a masked view that must be opened whoever reads it, since rows
 *		of its relation may be hidden from him?  Queries that the planner takes
 *		out of functions do not come by.
 */
extern bool ccpii_view_query_is_needed(void);

#endif							/* CCPII_VIEW_QUERY_H */

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

#endif							/* CCPII_VIEW_QUERY_H */

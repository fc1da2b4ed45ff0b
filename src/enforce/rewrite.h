/*-------------------------------------------------------------------------
 *
 * rewrite.h
 *	  Put masks into a query tree, where the reader must see them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_REWRITE_H
#define CCPII_REWRITE_H

#include "nodes/parsenodes.h"

#include "policy/audience.h"

/* Does the query read, at any depth, what rules may hide? */
extern bool ccpii_rewrite_concerns(Query *query);

/*
 * ccpii_rewrite_query
 *		Replace, in place, each masked column of the query by its mask.  The
 *		query has gone through the rewriter, so views, rules and row security
 *		are in it.
 *
 * Raises 42501 for what a masked reader may not do: assign to a masked column,
 * change rows joined on one, rely on one as a grouping key; or anything at
 * all on a labelled relation with row_security off.
 */
extern void ccpii_rewrite_query(Query *query, const Audience *audience);

/* Does the next query that is rewritten supply the rows of a new table? */
extern void ccpii_rewrite_stores(bool stores);

#endif							/* CCPII_REWRITE_H */

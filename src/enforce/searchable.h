/*-------------------------------------------------------------------------
 *
 * searchable.h
 *	  Finding a row by a whole value that the masked reader already knows.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_SEARCHABLE_H
#define CCPII_SEARCHABLE_H

#include "nodes/primnodes.h"

/*
 * ccpii_searchable_column
 *		If the condition is "column = value", by the equality of the column's
 *		default btree operators, the value an expression without columns,
 *		subqueries and volatile functions: the column.  Else NULL.
 */
extern Var *ccpii_searchable_column(Node *condition);

/*
 * ccpii_searchable_lookup
 *		The same condition on the raw column, counted and limited at execution:
 *		the value comes out of an uncorrelated subquery, so that the planner
 *		never sees it.  A further look-up in a row that another one counts is not
 *		counted again.  The query's hasSubLinks must be set.
 */
extern Node *ccpii_searchable_lookup(Node *condition, bool counted);

#endif							/* CCPII_SEARCHABLE_H */

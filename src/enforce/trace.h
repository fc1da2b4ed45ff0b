/*-------------------------------------------------------------------------
 *
 * trace.h
 *	  Does an expression show something masked, however it got there?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_TRACE_H
#define CCPII_TRACE_H

#include "enforce/frame.h"

/*
 * All of these look through joins, subqueries, views and CTEs, at queries that
 * are not masked yet.
 */

/* Does the column show something masked?  attno 0 stands for the whole row. */
extern bool ccpii_trace_var(const Var *var, Frame *frame);

/* Does an expression, or a subquery in it? */
extern bool ccpii_trace_expression(Node *expr, Frame *frame);

/*
 * ccpii_trace_references
 *		The same; *joins is set to whether the expression holds columns of two
 *		relations, or a subquery.
 */
extern bool ccpii_trace_references(Node *expr, Frame *frame, bool *joins);

/*
 * ccpii_trace_output
 *		Does a column of a subquery's result, or any for attno 0?  parent is
 *		the level that the subquery stands in.
 */
extern bool ccpii_trace_output(Query *query, Frame *parent, AttrNumber attno);

#endif							/* CCPII_TRACE_H */

/*-------------------------------------------------------------------------
 *
 * statistics.h
 *	  What the planner's statistics show of the columns' values.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_STATISTICS_H
#define CCPII_STATISTICS_H

#include "nodes/primnodes.h"

/* Is this one of the catalogs that hold values of columns? */
extern bool ccpii_statistics_is_catalog(Oid relid);

/*
 * ccpii_statistics_guard
 *		For a column of such a catalog: an expression that is NULL in the rows
 *		that would show the reader what is masked for him; NULL for a column
 *		that holds no values.
 */
extern Node *ccpii_statistics_guard(Oid relid, Var *var);

#endif							/* CCPII_STATISTICS_H */

/*-------------------------------------------------------------------------
 *
 * result.h
 *	  The result of a masked statement keeps the typmods of its columns.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_RESULT_H
#define CCPII_RESULT_H

#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"

/*
 * ccpii_result_typmods
 *		The typmods of the columns that a statement returns, in their order.
 *		To be asked before it is masked.
 */
extern List *ccpii_result_typmods(const Query *query);

/*
 * ccpii_result_label
 *		Give the columns that a plan returns the typmods that the statement
 *		had.  Masks of type masked_text have none, so that indexes on them are
 *		found; the server compares typmods where it keeps the rows of a result
 *		(EXECUTE, RETURN QUERY) and raises 42804.
 */
extern void ccpii_result_label(PlannedStmt *plan, List *typmods);

#endif							/* CCPII_RESULT_H */

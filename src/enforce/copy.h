/*-------------------------------------------------------------------------
 *
 * copy.h
 *	  COPY, which goes round the planner.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_COPY_H
#define CCPII_COPY_H

#include "nodes/plannodes.h"

/*
 * ccpii_copy_mask
 *		The statement to run in place of a COPY: one that is planned and so
 *		masked, if a masked reader copies a labelled table out; one whose WHERE
 *		guards the columns with rules, if they are written; else the same.
 */
extern PlannedStmt *ccpii_copy_mask(PlannedStmt *pstmt);

#endif							/* CCPII_COPY_H */

/*-------------------------------------------------------------------------
 *
 * plan.h
 *	  Plans that are masked for the right reader, also when they are kept.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PLAN_H
#define CCPII_PLAN_H

#include "nodes/plannodes.h"

extern void ccpii_plan_init(void);

/*
 * ccpii_plan_is_bound
 *		Was the plan made for a reader of a labelled relation?  Reads nothing
 *		but the plan, so it can be asked while an error is handled.  Of a
 *		parallel worker's part of a plan only the leader knows.
 */
extern bool ccpii_plan_is_bound(const PlannedStmt *plan);

/*
 * ccpii_plan_enter, ccpii_plan_leave
 *		Around each run of the executor, also one that fails: what is planned
 *		inside of a foreign key's own query is user code.  leave takes what
 *		enter returned.
 */
extern bool ccpii_plan_enter(void);
extern void ccpii_plan_leave(bool before);

#endif							/* CCPII_PLAN_H */

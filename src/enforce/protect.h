/*-------------------------------------------------------------------------
 *
 * protect.h
 *	  The fuse: what happens to a table when the library is missing.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PROTECT_H
#define CCPII_PROTECT_H

#include "nodes/parsenodes.h"

#include "policy/row_rule.h"

/*
 * ccpii_protect_before_policy
 *		Called before CREATE POLICY: guard a protected table that had no
 *		policies until now.
 */
extern void ccpii_protect_before_policy(const CreatePolicyStmt *stmt);

/*
 * ccpii_protect_undo
 *		Take the fuse off a table whose label, by which it has the rule, goes.
 *		Returns what was done, or would be in a dry run, in words for a DBA.
 */
extern const char *ccpii_protect_undo(const RowRule *rule, bool dry_run);

#endif							/* CCPII_PROTECT_H */

/*-------------------------------------------------------------------------
 *
 * row_security.h
 *	  Row rules, as policies that the server asks us for.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_ROW_SECURITY_H
#define CCPII_ROW_SECURITY_H

#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"

/* The name of the policy by which ccpii.protect() guards those of a table. */
#define PROTECT_POLICY "ccpii_protect"

/* The name of the policies that row rules make. */
#define VISIBLE_POLICY "ccpii_visible"

extern void ccpii_row_security_init(void);

/*
 * ccpii_row_security_verify
 *		Raise 0A000 unless a rewritten query has the row rules of who asks
 *		now: the server keeps such queries for the role that asked first.
 */
extern void ccpii_row_security_verify(Query *query);

/*
 * ccpii_row_security_check_plan
 *		Raise 55000 if row rules restrict the reader on a relation of the plan
 *		and row security is off there; 42501 if they restrict the owner of a
 *		view, and the reader otherwise.
 */
extern void ccpii_row_security_check_plan(const PlannedStmt *plan);

/* The same for one relation that is read without a plan. */
extern void ccpii_row_security_check_relation(Oid relid);

/*
 * ccpii_row_security_is_rule
 *		Is a qual or check of range table entry rti, a relation, the row rule
 *		of who asks now?  It sees raw values, whoever owns the relation.
 */
extern bool ccpii_row_security_is_rule(Node *qual, Oid relid, int rti);

/*
 * ccpii_row_security_condition
 *		The row rule of who asks now on a relation that is range table entry
 *		rti; NULL if the relation has none for anybody.
 */
extern Node *ccpii_row_security_condition(Oid relid, int rti);

/*
 * ccpii_row_security_keep
 *		Raise 55000 if a relation's own label needs row security; called before
 *		it is turned off.
 */
extern void ccpii_row_security_keep(Oid relid);

/*
 * ccpii_row_security_inherit
 *		A relation leaves its ancestors: let it have their row rules as its
 *		own, unless it has some.  Returns whether it got any; raises 0A000 if
 *		they differ.
 */
extern bool ccpii_row_security_inherit(Oid relid, const List *ancestors);

#endif							/* CCPII_ROW_SECURITY_H */

/*-------------------------------------------------------------------------
 *
 * result.c
 *	  The result of a masked statement keeps the typmods of its columns.
 *
 * They are put on the finished plan, whose values they do not change: within
 * the query they would stand between a mask and an index on it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"

#include "enforce/result.h"

List *
ccpii_result_typmods(const Query *query)
{
	List	   *targets = query->commandType == CMD_SELECT ?
		query->targetList : query->returningList;
	List	   *typmods = NIL;
	ListCell   *lc;

	foreach(lc, targets)
	{
		TargetEntry *target = lfirst_node(TargetEntry, lc);

		if (!target->resjunk)
			typmods = lappend_int(typmods, exprTypmod((Node *) target->expr));
	}
	return typmods;
}

/* The expression, a plan's, with the typmod. */
static Expr *
with_typmod(Expr *expr, int32 typmod)
{
	if (IsA(expr, Var))
	{
		Var		   *var = copyObject((Var *) expr);

		var->vartypmod = typmod;
		return (Expr *) var;
	}
	return (Expr *) makeRelabelType(expr, exprType((Node *) expr), typmod,
									exprCollation((Node *) expr),
									COERCE_IMPLICIT_CAST);
}

/* A plan's targets, with these typmods on those that are returned. */
static List *
labelled(List *targets, List *typmods)
{
	List	   *result = NIL;
	ListCell   *next = list_head(typmods);
	ListCell   *lc;

	foreach(lc, targets)
	{
		TargetEntry *target = lfirst_node(TargetEntry, lc);

		if (!target->resjunk && next != NULL)
		{
			if (exprTypmod((Node *) target->expr) != lfirst_int(next))
			{
				target = flatCopyTargetEntry(target);
				target->expr = with_typmod(target->expr, lfirst_int(next));
			}
			next = lnext(typmods, next);
		}
		result = lappend(result, target);
	}
	return result;
}

void
ccpii_result_label(PlannedStmt *plan, List *typmods)
{
	Plan	   *top = plan->planTree;
	ListCell   *lc;

	top->targetlist = labelled(top->targetlist, typmods);
	if (IsA(top, ModifyTable))
	{
		foreach(lc, ((ModifyTable *) top)->returningLists)
			lfirst(lc) = labelled(lfirst_node(List, lc), typmods);
	}
}

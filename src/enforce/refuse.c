/*-------------------------------------------------------------------------
 *
 * refuse.c
 *	  What a masked reader may not do, since masks would do harm in it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_constraint.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "enforce/refuse.h"

pg_noreturn static void
refuse_assignment(const Frame *frame, Index rti, AttrNumber attno)
{
	Oid			relid = rt_fetch(rti, frame->rtable)->relid;

	ereport(ERROR,
			errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			errmsg("column \"%s\" of relation \"%s\" is masked for you and cannot be assigned",
				   get_attname(relid, attno, false), get_rel_name(relid)),
			errhint("Name only the columns that you change."));
}

static void
check_assignments(const Frame *frame, List *targets)
{
	Index		rti = frame->query->resultRelation;
	ListCell   *lc;

	foreach(lc, targets)
	{
		TargetEntry *target = lfirst_node(TargetEntry, lc);

		if (!target->resjunk && ccpii_frame_rule(frame, rti, target->resno) != NULL)
			refuse_assignment(frame, rti, target->resno);
	}
}

typedef struct MaskedVarContext
{
	Frame	   *frame;
	Index		level;			/* of queries below the frame's */
	bool		sublink;		/* found a SubLink */
	bool		masked;			/* found a masked Var of the frame */
} MaskedVarContext;

static bool
masked_var_walker(Node *node, MaskedVarContext *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var))
	{
		Var		   *var = (Var *) node;

		if (var->varlevelsup == context->level &&
			ccpii_frame_rule(context->frame, var->varno, var->varattno) != NULL)
			context->masked = true;
		return false;
	}
	if (IsA(node, SubLink))
		context->sublink = true;
	if (IsA(node, Query))
	{
		bool		result;

		context->level++;
		result = query_tree_walker((Query *) node, masked_var_walker,
								   (void *) context, 0);
		context->level--;
		return result;
	}
	return expression_tree_walker(node, masked_var_walker, (void *) context);
}

/* A condition that joins on masks would pick the wrong rows to change. */
static void
check_change_condition(Node *quals, Frame *frame)
{
	ListCell   *lc;

	foreach(lc, make_ands_implicit((Expr *) quals))
	{
		MaskedVarContext context = {frame, 0, false, false};

		(void) masked_var_walker(lfirst(lc), &context);
		if (context.masked &&
			(context.sublink ||
			 bms_membership(pull_varnos(NULL, lfirst(lc))) == BMS_MULTIPLE))
			ereport(ERROR,
					errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					errmsg("rows cannot be changed by a join on a column that is masked for you"),
					errdetail("Masks of different values can be equal."),
					errhint("Join on a key that is not masked."));
	}
}

static void
check_change_conditions(Node *jointree, Frame *frame)
{
	ListCell   *lc;

	if (jointree == NULL)
		return;
	if (IsA(jointree, FromExpr))
	{
		foreach(lc, ((FromExpr *) jointree)->fromlist)
			check_change_conditions(lfirst(lc), frame);
		check_change_condition(((FromExpr *) jointree)->quals, frame);
	}
	else if (IsA(jointree, JoinExpr))
	{
		check_change_conditions(((JoinExpr *) jointree)->larg, frame);
		check_change_conditions(((JoinExpr *) jointree)->rarg, frame);
		check_change_condition(((JoinExpr *) jointree)->quals, frame);
	}
}

void
ccpii_refuse_changes(Frame *frame)
{
	Query	   *query = frame->query;
	Node	  **merge_condition = QUERY_MERGE_CONDITION(query);
	ListCell   *lc;

	if (query->commandType == CMD_UPDATE)
		check_assignments(frame, query->targetList);
	if (query->onConflict != NULL &&
		query->onConflict->action == ONCONFLICT_UPDATE)
		check_assignments(frame, query->onConflict->onConflictSet);
	if (query->commandType == CMD_MERGE)
	{
		foreach(lc, query->mergeActionList)
			if (lfirst_node(MergeAction, lc)->commandType == CMD_UPDATE)
			check_assignments(frame,
							  lfirst_node(MergeAction, lc)->targetList);
	}
	if (query->commandType == CMD_UPDATE ||
		query->commandType == CMD_DELETE || query->commandType == CMD_MERGE)
	{
		check_change_conditions((Node *) query->jointree, frame);
		if (merge_condition != NULL)
			check_change_condition(*merge_condition, frame);
	}
}

/* Is a column of a primary key masked, of which the groups depend? */
static bool
key_is_masked(const Frame *frame, Form_pg_constraint constraint,
			  const int16 *columns, int ncolumns)
{
	for (int rti = 1; rti <= list_length(frame->rtable); rti++)
	{
		if (rt_fetch(rti, frame->rtable)->relid != constraint->conrelid)
			continue;
		for (int i = 0; i < ncolumns; i++)
			if (ccpii_frame_rule(frame, rti, columns[i]) != NULL)
				return true;
	}
	return false;
}

void
ccpii_refuse_grouping(const Frame *frame)
{
	ListCell   *lc;

	foreach(lc, frame->query->constraintDeps)
	{
		HeapTuple	tuple = SearchSysCache1(CONSTROID,
											ObjectIdGetDatum(lfirst_oid(lc)));
		Datum		conkey;
		bool		isnull;
		bool		masked = true;

		if (!HeapTupleIsValid(tuple))
			elog(ERROR, "cache lookup failed for constraint %u",
				 lfirst_oid(lc));
		conkey = SysCacheGetAttr(CONSTROID, tuple, Anum_pg_constraint_conkey,
								 &isnull);
		if (!isnull)
		{
			ArrayType  *array = DatumGetArrayTypeP(conkey);

			masked = key_is_masked(frame,
								   (Form_pg_constraint) GETSTRUCT(tuple),
								   (int16 *) ARR_DATA_PTR(array),
								   ARR_DIMS(array)[0]);
		}
		ReleaseSysCache(tuple);
		if (masked)
			ereport(ERROR,
					errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					errmsg("columns cannot depend on a grouping key that is masked for you"),
					errhint("Name all columns in GROUP BY."));
	}
}

/*-------------------------------------------------------------------------
 *
 * refuse.c
 *	  What a masked reader may not do, since masks would do harm in it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "optimizer/tlist.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "enforce/refuse.h"
#include "enforce/trace.h"
#include "enforce/write_guard.h"
#include "policy/family.h"

static void check_query(Query *query, Frame *frame);

pg_noreturn static void
refuse_join(void)
{
	ereport(ERROR,
			errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			errmsg("rows cannot be changed by a join on a column that is masked for you"),
			errdetail("Masks of different values can be equal."),
			errhint("Join on a key that is not masked."));
}

/* Check the subqueries of an expression. */
static bool
sublink_walker(Node *node, Frame *frame)
{
	if (node == NULL)
		return false;
	if (IsA(node, SubLink))
		check_query((Query *) ((SubLink *) node)->subselect, frame);
	return expression_tree_walker(node, sublink_walker, (void *) frame);
}

/* A condition that joins on masks would pick the wrong rows to change. */
static void
check_condition(Node *quals, Frame *frame)
{
	ListCell   *lc;

	foreach(lc, make_ands_implicit((Expr *) quals))
	{
		bool		joins;

		if (ccpii_trace_references(lfirst(lc), frame, &joins) && joins)
			refuse_join();
		(void) sublink_walker(lfirst(lc), frame);
	}
}

static void
check_jointree(Node *jointree, Frame *frame)
{
	ListCell   *lc;

	if (jointree == NULL)
		return;
	if (IsA(jointree, FromExpr))
	{
		foreach(lc, ((FromExpr *) jointree)->fromlist)
		{
			check_jointree(lfirst(lc), frame);
		}
		check_condition(((FromExpr *) jointree)->quals, frame);
	}
	else if (IsA(jointree, JoinExpr))
	{
		check_jointree(((JoinExpr *) jointree)->larg, frame);
		check_jointree(((JoinExpr *) jointree)->rarg, frame);
		check_condition(((JoinExpr *) jointree)->quals, frame);
	}
}

/* Rows that are grouped, ordered or told apart by masks are other rows. */
static void
check_clauses(List *clauses, Frame *frame)
{
	ListCell   *lc;

	foreach(lc, clauses)
	{
		TargetEntry *target = get_sortgroupclause_tle(lfirst(lc),
													  frame->query->targetList);

		if (ccpii_trace_expression((Node *) target->expr, frame))
			refuse_join();
	}
}

/* Does a set operation compare the rows of its arms? */
static bool
compares_rows(Node *node)
{
	SetOperationStmt *operation = (SetOperationStmt *) node;

	if (node == NULL || !IsA(node, SetOperationStmt))
		return false;
	return operation->op != SETOP_UNION || !operation->all ||
		compares_rows(operation->larg) || compares_rows(operation->rarg);
}

/* Check the conditions of a query level and of the subqueries it reads. */
static void
check_level(Frame *frame)
{
	Query	   *query = frame->query;
	ListCell   *lc;

	check_jointree((Node *) query->jointree, frame);
	check_condition(query->havingQual, frame);
	if (ccpii_trace_expression(query->havingQual, frame) ||
		(compares_rows(query->setOperations) &&
		 ccpii_trace_output(query, frame->parent, 0)))
		refuse_join();
	check_clauses(query->groupClause, frame);
	check_clauses(query->distinctClause, frame);
	if (query->limitCount != NULL || query->limitOffset != NULL)
		check_clauses(query->sortClause, frame);
	foreach(lc, query->windowClause)
	{
		check_clauses(lfirst_node(WindowClause, lc)->partitionClause, frame);
		check_clauses(lfirst_node(WindowClause, lc)->orderClause, frame);
	}
	foreach(lc, frame->rtable)
	{
		RangeTblEntry *rte = lfirst_node(RangeTblEntry, lc);

		if (rte->rtekind == RTE_SUBQUERY && !ccpii_frame_is_trusted(rte))
			check_query(rte->subquery, frame);
	}
	foreach(lc, frame->query->cteList)
	{
		check_query((Query *) lfirst_node(CommonTableExpr, lc)->ctequery,
					frame);
	}
}

static void
check_query(Query *query, Frame *parent)
{
	Frame		frame;

	check_stack_depth();
	ccpii_frame_init(&frame, query, parent, parent->audience);
	check_level(&frame);
	(void) sublink_walker((Node *) query->targetList, &frame);
}

/*
 * The server has replaced an updatable view by its table.  Labels of the view's
 * own columns have nothing to hold on to there.
 */
static void
check_replaced_views(const Frame *frame)
{
	const Query *query = frame->query;

	/* An INSERT that returns nothing shows nothing. */
	if (query->commandType == CMD_SELECT ||
		(query->commandType == CMD_INSERT && query->returningList == NIL &&
		 query->onConflict == NULL))
		return;
	for (int rti = 1; rti <= list_length(frame->rtable); rti++)
	{
		RangeTblEntry *rte = rt_fetch(rti, frame->rtable);

		if (rti != query->resultRelation && rte->rtekind == RTE_RELATION &&
			rte->relkind == RELKIND_VIEW && frame->sources[rti].rules != NULL)
			ereport(ERROR,
					errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					errmsg("rows cannot be changed through view \"%s\", which has labels that mask its columns for you",
						   get_rel_name(rte->relid)),
					errhint("Change the table, or have the table's columns labelled."));
	}
}

/*
 * A view that is the result relation has an INSTEAD OF trigger, which gets all
 * columns of the new row, assigned or not, and may write them.
 */
static void
check_view_update(Frame *frame)
{
	RangeTblEntry *view = rt_fetch(frame->query->resultRelation,
								   frame->rtable);
	ListCell   *lc;

	if (view->relkind != RELKIND_VIEW)
		return;
	foreach(lc, frame->rtable)
	{
		RangeTblEntry *rte = lfirst_node(RangeTblEntry, lc);

		if (compat_rte_view(rte) == view->relid &&
			ccpii_trace_output(rte->subquery, frame, 0))
			ereport(ERROR,
					errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					errmsg("rows of view \"%s\" cannot be updated, since its trigger would get masks",
						   get_rel_name(view->relid)),
					errhint("Update the table, naming only the columns that you change."));
	}
}

static void
check_merge_actions(Frame *frame)
{
	Node	  **condition = QUERY_MERGE_CONDITION(frame->query);
	ListCell   *lc;

	if (condition != NULL)
		check_condition(*condition, frame);
	foreach(lc, frame->query->mergeActionList)
	{
		MergeAction *action = lfirst_node(MergeAction, lc);

		if (action->commandType == CMD_UPDATE)
			check_view_update(frame);
		check_condition(action->qual, frame);
	}
}

/*
 * The relation of the rule that has made a query of its action.  The server puts
 * the range table of the original statement in front of the action's; of an
 * INSERT ... SELECT, into its SELECT.
 */
static Oid
relation_of_rule(const Query *query)
{
	ListCell   *lc;

	if (query->commandType == CMD_INSERT && query->resultRelation == 1)
	{
		foreach(lc, query->rtable)
		{
			RangeTblEntry *rte = lfirst_node(RangeTblEntry, lc);

			if (rte->rtekind == RTE_SUBQUERY &&
				!OidIsValid(compat_rte_view(rte)) &&
				rte->subquery->rtable != NIL)
				return ccpii_frame_relation(linitial_node(RangeTblEntry,
														  rte->subquery->rtable));
		}
	}
	return ccpii_frame_relation(linitial_node(RangeTblEntry, query->rtable));
}

/*
 * A rule that the owner of a relation wrote to keep what is changed would store
 * masks.  The reader's own rules may, and those of labelled masked roles.
 */
static void
check_rule_action(Frame *frame)
{
	Query	   *query = frame->query;
	Oid			relid,
				owner;
	ListCell   *lc;

	if (query->querySource == QSRC_ORIGINAL ||
		query->querySource == QSRC_PARSER || frame->rtable == NIL ||
		(query->commandType != CMD_INSERT && query->commandType != CMD_UPDATE))
		return;

	/* The first entry is the relation that has the rule. */
	relid = relation_of_rule(query);
	owner = ccpii_family_owner(relid);
	if (!OidIsValid(owner) || owner == frame->audience->current ||
		owner == frame->audience->other ||
		ccpii_audience_role_is_masked(owner, owner, NULL))
		return;
	foreach(lc, query->targetList)
	{
		if (ccpii_trace_expression((Node *) lfirst_node(TargetEntry, lc)->expr,
								   frame))
			ereport(ERROR,
					errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					errmsg("rule of relation \"%s\" would store masks",
						   get_rel_name(relid)),
					errhint("The owner can use a trigger in place of the rule."));
	}
}

/* Check a statement, or a CTE that changes rows, as a frame. */
static void
check_changes(Frame *frame)
{
	Query	   *query = frame->query;

	check_rule_action(frame);
	check_replaced_views(frame);
	ccpii_write_guard_check(frame);
	if (query->commandType == CMD_UPDATE)
		check_view_update(frame);
	if (query->commandType == CMD_MERGE)
		check_merge_actions(frame);
	if (query->commandType == CMD_UPDATE ||
		query->commandType == CMD_DELETE || query->commandType == CMD_MERGE)
		check_level(frame);
}

void
ccpii_refuse_changes(Query *query, const Audience *audience)
{
	Frame		frame;
	ListCell   *lc;

	if (query->commandType == CMD_SELECT && !query->hasModifyingCTE)
		return;
	ccpii_frame_init(&frame, query, NULL, audience);
	check_changes(&frame);

	/* CTEs that change rows stand at the top only. */
	foreach(lc, query->cteList)
	{
		Query	   *cte = (Query *) lfirst_node(CommonTableExpr, lc)->ctequery;
		Frame		cte_frame;

		if (cte->commandType == CMD_SELECT)
			continue;
		ccpii_frame_init(&cte_frame, cte, &frame, audience);
		check_changes(&cte_frame);
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

typedef struct OuterReference
{
	Frame	   *frame;
	Index		level;			/* of queries below the frame's */
} OuterReference;

/* Does a subquery refer to a masked column of the query around it? */
static bool
outer_reference_walker(Node *node, OuterReference *outer)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var))
	{
		Var		   *var = copyObject((Var *) node);

		if (outer->level == 0 || var->varlevelsup != outer->level)
			return false;
		var->varlevelsup = 0;
		return ccpii_trace_var(var, outer->frame);
	}
	if (IsA(node, Query))
	{
		bool		found;

		outer->level++;
		found = query_tree_walker((Query *) node, outer_reference_walker,
								  (void *) outer, 0);
		outer->level--;
		return found;
	}
	return expression_tree_walker(node, outer_reference_walker,
								  (void *) outer);
}

/*
 * In a row of totals a masked column is NULL; inside of a subquery the planner
 * would not know the mask for it, and compute it from some row.
 */
static void
refuse_grouping_sets(Frame *frame)
{
	OuterReference outer = {frame, 0};
	Query	   *query = frame->query;

	if (GROUPS_HAVE_RTE || query->groupingSets == NIL || !query->hasSubLinks ||
		!(outer_reference_walker((Node *) query->targetList, &outer) ||
		  outer_reference_walker(query->havingQual, &outer)))
		return;
	ereport(ERROR,
			errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			errmsg("subqueries cannot refer to a column that is masked for you in a query with grouping sets"),
			errhint("Group in a subquery in FROM."));
}

void
ccpii_refuse_grouping(Frame *frame)
{
	ListCell   *lc;

	if (frame->audience == NULL)
		return;
	refuse_grouping_sets(frame);
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

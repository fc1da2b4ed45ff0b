/*-------------------------------------------------------------------------
 *
 * view_query.c
 *	  Masked views in a query, opened as far as nothing needs the barrier.
 *
 * A security_barrier view is planned by itself: its rows come in no useful
 * order, a join with it reads it whole, and conditions by functions that are
 * not leakproof come late.  That protects what the view keeps out, and where
 * the library is missing, is_enforcing().  In a server that masks there is
 * nothing of the kind: is_enforcing() is true, and every value outside of the
 * base relation's scan is masked.  So both go, and the planner makes of the
 * view what it makes of the relation.
 *
 * Look-ups of SEARCHABLE columns are taken out of conditions on a relation;
 * conditions on the view that could be such are moved into it.
 *
 * A view that does not look as masked_view_create() made it, or is not its
 * relation's owner's, stays as it is.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "rewrite/rowsecurity.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/extension.h"
#include "enforce/row_security.h"
#include "enforce/searchable.h"
#include "enforce/view_query.h"
#include "policy/expression.h"
#include "policy/rule.h"
#include "policy/view_base.h"

static bool
is_enforcing_call(Node *node)
{
	return node != NULL && IsA(node, FuncExpr) &&
		((FuncExpr *) node)->funcid ==
		ccpii_extension_function("is_enforcing", 0, NULL);
}

/*
 * The view reads as its owner, whom policies let see all rows unless they are
 * forced on him.
 */
static void
check_policies(Oid base, Oid view)
{
	Relation	rel = relation_open(base, NoLock);
	bool		passed_over = rel->rd_rsdesc != NULL &&
		rel->rd_rsdesc->policies != NIL &&
		!rel->rd_rel->relforcerowsecurity;

	relation_close(rel, NoLock);
	if (passed_over && check_enable_rls(base, GetUserId(), true) == RLS_ENABLED)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("masked view \"%s\" would pass over the row-security policies of relation \"%s\"",
					   get_rel_name(view), get_rel_name(base)),
				errhint("Run ALTER TABLE %s FORCE ROW LEVEL SECURITY, so that they hold for the view.",
						quote_qualified_identifier(get_namespace_name(get_rel_namespace(base)),
												   get_rel_name(base))));
}

static void
add_check(Query *query, WCOKind kind, Oid relid, Node *condition)
{
	WithCheckOption *check = makeNode(WithCheckOption);

	check->kind = kind;
	check->relname = get_rel_name(relid);
	check->polname = pstrdup(VISIBLE_POLICY);
	check->qual = copyObject(condition);
	query->withCheckOptions = lappend(query->withCheckOptions, check);
}

/* As row security checks new rows, and those that are in an INSERT's way. */
static void
add_checks(Query *query, Oid relid, Node *condition)
{
	bool		updates = query->onConflict != NULL &&
		query->onConflict->action == ONCONFLICT_UPDATE;

	if (query->commandType == CMD_INSERT || query->commandType == CMD_MERGE)
		add_check(query, WCO_RLS_INSERT_CHECK, relid, condition);
	if (updates)
		add_check(query, WCO_RLS_CONFLICT_CHECK, relid, condition);
	if (updates || query->commandType == CMD_UPDATE ||
		query->commandType == CMD_MERGE)
		add_check(query, WCO_RLS_UPDATE_CHECK, relid, condition);
}

/*
 * The row rules of a relation hold for a reader of its view as they would
 * without it.  Where row security is forced on the owner, the server has asked
 * for them.
 */
static void
add_row_rules(Query *query, Index rti)
{
	RangeTblEntry *base = rt_fetch(rti, query->rtable);
	Relation	rel = relation_open(base->relid, NoLock);
	bool		asked = rel->rd_rel->relrowsecurity &&
		rel->rd_rel->relforcerowsecurity;
	Node	   *condition;

	relation_close(rel, NoLock);
	if (asked || has_bypassrls_privilege(GetUserId()) ||
		object_ownercheck(RelationRelationId, base->relid, GetUserId()))
		return;
	condition = ccpii_row_security_condition(base->relid, rti);
	if (condition == NULL)
		return;
	if (!row_security)
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("query would be affected by row rules of relation \"%s\"",
					   get_rel_name(base->relid)));
	if (rti != query->resultRelation || query->commandType != CMD_INSERT)
		base->securityQuals = lcons(condition, base->securityQuals);
	if (rti == query->resultRelation)
		add_checks(query, base->relid, condition);
}

/* The entry that a masked view reads, if the query is that of one; or 0. */
static Index
base_entry(Query *query)
{
	RangeTblRef *ref;
	RangeTblEntry *rte;
	ListCell   *lc;

	if (list_length(query->jointree->fromlist) != 1 ||
		!is_enforcing_call(query->jointree->quals) ||
		query->hasAggs || query->hasWindowFuncs || query->hasTargetSRFs ||
		query->hasSubLinks || query->cteList != NIL ||
		query->groupClause != NIL || query->groupingSets != NIL ||
		query->distinctClause != NIL || query->setOperations != NULL ||
		query->limitCount != NULL || query->limitOffset != NULL ||
		query->sortClause != NIL)
		return 0;
	ref = linitial(query->jointree->fromlist);
	if (!IsA(ref, RangeTblRef))
		return 0;
	rte = rt_fetch(ref->rtindex, query->rtable);
	if (rte->rtekind != RTE_RELATION || rte->tablesample != NULL)
		return 0;
	foreach(lc, query->targetList)
	{
		Var		   *var = (Var *) lfirst_node(TargetEntry, lc)->expr;

		if (!IsA(var, Var) || var->varno != ref->rtindex ||
			var->varlevelsup != 0 || var->varattno <= 0)
			return 0;
	}
	return ref->rtindex;
}

/* Can no outer join above the entry make NULLs of its columns? */
static bool
is_kept_by_joins(Node *jointree, Index rti)
{
	ListCell   *lc;

	if (IsA(jointree, RangeTblRef))
		return ((RangeTblRef *) jointree)->rtindex == rti;
	if (IsA(jointree, JoinExpr))
	{
		JoinExpr   *join = (JoinExpr *) jointree;

		return ((join->jointype == JOIN_INNER || join->jointype == JOIN_LEFT) &&
				is_kept_by_joins(join->larg, rti)) ||
			((join->jointype == JOIN_INNER || join->jointype == JOIN_RIGHT) &&
			 is_kept_by_joins(join->rarg, rti));
	}
	foreach(lc, ((FromExpr *) jointree)->fromlist)
	{
		if (is_kept_by_joins(lfirst(lc), rti))
			return true;
	}
	return false;
}

/*
 * Move what could be look-ups from the query's WHERE into the view's.  Where an
 * outer join then has no row of the view, the condition was not true either.
 */
static void
move_lookups(Query *query, Index rti, Query *view)
{
	List	   *others = NIL;
	Var		   *row = NULL;
	ListCell   *lc;

	if (query->commandType != CMD_SELECT || query->jointree->quals == NULL)
		return;
	foreach(lc, make_ands_implicit((Expr *) query->jointree->quals))
	{
		Var		   *column = ccpii_searchable_column(lfirst(lc));
		TargetEntry *target;

		if (column == NULL || column->varno != rti || column->varattno <= 0)
		{
			others = lappend(others, lfirst(lc));
			continue;
		}
		row = makeWholeRowVar(rt_fetch(rti, query->rtable), rti, 0, false);
		VAR_IS_NULLED_AS(row, column);
		target = list_nth_node(TargetEntry, view->targetList,
							   column->varattno - 1);
		lfirst(lc) = copyObject(lfirst(lc));
		*ccpii_searchable_column(lfirst(lc)) = *(Var *) target->expr;
		view->jointree->quals = make_and_qual(view->jointree->quals,
											  lfirst(lc));
	}
	if (row != NULL && !is_kept_by_joins((Node *) query->jointree, rti))
		others = lappend(others, ccpii_expression_is_present(row));
	query->jointree->quals = others == NIL ? NULL :
		(Node *) make_ands_explicit(others);
}

/* Open a view that the query reads. */
static void
open_entry(Query *query, Index rti, RangeTblEntry *rte, Oid view)
{
	Query	   *inside = rte->subquery;
	Index		base = base_entry(inside);
	Oid			relid;

	if (base == 0)
		return;
	relid = rt_fetch(base, inside->rtable)->relid;
	if (!ccpii_view_base_is_owners(view, relid))
		return;
	check_policies(relid, view);
	inside->jointree->quals = NULL;
	rte->security_barrier = false;
	add_row_rules(inside, base);
	move_lookups(query, rti, inside);
}

/* The conditions but for is_enforcing(). */
static List *
without_enforcing(const List *quals)
{
	List	   *others = NIL;
	ListCell   *lc;

	foreach(lc, quals)
	{
		if (!is_enforcing_call(lfirst(lc)))
			others = lappend(others, lfirst(lc));
	}
	return others;
}

/* The checks of new rows but for those. */
static List *
without_enforcing_checks(const List *checks)
{
	List	   *others = NIL;
	ListCell   *lc;

	foreach(lc, checks)
	{
		if (!is_enforcing_call(lfirst_node(WithCheckOption, lc)->qual))
			others = lappend(others, lfirst(lc));
	}
	return others;
}

/* Open a view that the server has replaced by its relation, to change rows. */
static void
open_replaced(Query *query, Oid view)
{
	RangeTblEntry *base = rt_fetch(query->resultRelation, query->rtable);

	if (ccpii_view_base_of(view) != base->relid ||
		!ccpii_view_base_is_owners(view, base->relid))
		return;
	check_policies(base->relid, view);
	base->securityQuals = without_enforcing(base->securityQuals);
	query->withCheckOptions = without_enforcing_checks(query->withCheckOptions);
	add_row_rules(query, query->resultRelation);
}

static bool
open_walker(Node *node, void *context)
{
	Query	   *query = (Query *) node;
	int			rti = 0;
	ListCell   *lc;

	if (node == NULL)
		return false;
	if (!IsA(node, Query))
		return expression_tree_walker(node, open_walker, context);
	check_stack_depth();
	foreach(lc, query->rtable)
	{
		RangeTblEntry *rte = lfirst_node(RangeTblEntry, lc);
		Oid			view = compat_rte_view(rte);

		rti++;
		if (OidIsValid(view) && ccpii_view_base_is_masked(view))
			open_entry(query, rti, rte, view);
		else if (rte->rtekind == RTE_RELATION &&
				 rte->relkind == RELKIND_VIEW &&
				 query->resultRelation != 0 &&
				 rti != query->resultRelation &&
				 ccpii_view_base_is_masked(rte->relid))
			open_replaced(query, rte->relid);
	}
	return query_tree_walker(query, open_walker, context, 0);
}

void
ccpii_view_query_open(Query *query)
{
	if (ccpii_extension_state() == EXTENSION_CURRENT)
		(void) open_walker((Node *) query, NULL);
}

/* Has the relation row rules, or row security on? */
static bool
hides_rows(Oid relid)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	bool		is_on;

	if (!HeapTupleIsValid(tuple))
		return false;
	is_on = ((Form_pg_class) GETSTRUCT(tuple))->relrowsecurity;
	ReleaseSysCache(tuple);
	return is_on || ccpii_row_security_condition(relid, 1) != NULL;
}

bool
ccpii_view_query_is_needed(void)
{
	ListCell   *lc;

	foreach(lc, ccpii_rule_relations())
	{
		if (ccpii_view_base_is_masked(lfirst_oid(lc)) &&
			hides_rows(ccpii_view_base_of(lfirst_oid(lc))))
			return true;
	}
	return false;
}

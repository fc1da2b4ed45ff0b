/*-------------------------------------------------------------------------
 *
 * rewrite.c
 *	  Put masks into a query tree, where the reader must see them.
 *
 * Every Var of a masked column becomes a mask of itself.  Replacing the
 * expression and not the relation keeps indexes on other columns, joins,
 * parallel plans, UPDATE targets and row locks as they were, and makes
 * predicates, joins, ordering and grouping work on the masked value, so that
 * there is nothing to probe.
 *
 * Each query level has a frame on the C stack, linked to the level around it;
 * a Var finds its relation by varlevelsup steps along that chain.
 *
 * What stays raw: the excluded row and the arbiter of ON CONFLICT, the inside
 * of TRUSTED views, and row-security policies as far as the relation's owner,
 * who wrote them, may see their values.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "rewrite/rewriteManip.h"
#include "rewrite/rowsecurity.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/typcache.h"

#include "base/compat.h"
#include "enforce/frame.h"
#include "enforce/masked_text.h"
#include "enforce/refuse.h"
#include "enforce/rewrite.h"
#include "enforce/row_security.h"
#include "enforce/searchable.h"
#include "enforce/statistics.h"
#include "enforce/write_guard.h"
#include "enforce/written_key.h"
#include "policy/expression.h"
#include "policy/masked_type.h"
#include "policy/rule.h"

static void mask_query(Query *query, Frame *parent, const Audience *audience,
					   bool lookups, bool stores);
static Node *mask_node(Node *node, Frame *frame);

static bool
concerns_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Query))
		return ccpii_rewrite_concerns((Query *) node);
	return expression_tree_walker(node, concerns_walker, context);
}

bool
ccpii_rewrite_concerns(Query *query)
{
	ListCell   *lc;

	foreach(lc, query->rtable)
	{
		RangeTblEntry *rte = lfirst(lc);
		Oid			relid = ccpii_frame_relation(rte);

		if (OidIsValid(relid) &&
			(rte->relkind == RELKIND_TOASTVALUE ||
			 ccpii_statistics_is_catalog(relid) ||
			 ccpii_rule_exists(relid)))
			return true;
		if (rte->rtekind == RTE_SUBQUERY &&
			ccpii_rewrite_concerns(rte->subquery))
			return true;
	}
	if (query->resultRelation != 0 &&
		ccpii_written_key_references(rt_fetch(query->resultRelation,
											  query->rtable)->relid) != NIL)
		return true;
	foreach(lc, query->cteList)
	{
		if (concerns_walker(lfirst_node(CommonTableExpr, lc)->ctequery, NULL))
			return true;
	}

	/* Everything else that holds queries is a SubLink. */
	return query->hasSubLinks &&
		query_tree_walker(query, concerns_walker, NULL,
						  QTW_IGNORE_RT_SUBQUERIES |
						  QTW_IGNORE_CTE_SUBQUERIES);
}

/* The next query supplies the rows of a new table. */
static bool next_stores = false;

/*
 * Expressions
 */

/* What the audience sees instead of a column; NULL for the column itself. */
static Node *
mask_column(Var *var, const Frame *frame)
{
	const Source *source = &frame->sources[var->varno];

	if (OidIsValid(source->catalog))
		return ccpii_statistics_guard(source->catalog, var);
	if (ccpii_frame_rule(frame, var->varno, var->varattno) == NULL)
		return ccpii_frame_is_shown(frame, var->varno, var->varattno) ?
			ccpii_expression_show(var) : NULL;
	return ccpii_expression_build(ccpii_rule_column(source->rules,
													var->varattno),
								  frame->audience, var);
}

/*
 * A row as a whole is built again from its masked columns.  It is NULL where
 * an outer join has no row.
 */
static Node *
mask_whole_row(Var *var, const Frame *frame, Oid relid)
{
	Relation	rel = relation_open(relid, NoLock);
	TupleDesc	desc = RelationGetDescr(rel);
	RowExpr    *row = makeNode(RowExpr);

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);
		Var		   *column;
		Node	   *masked;

		row->colnames = lappend(row->colnames,
								makeString(pstrdup(NameStr(att->attname))));
		if (att->attisdropped)
		{
			/* As the parser does; the type does not matter. */
			row->args = lappend(row->args,
								makeNullConst(INT4OID, -1, InvalidOid));
			continue;
		}
		column = copyObject(var);
		column->varattno = att->attnum;
		column->vartype = att->atttypid;
		column->vartypmod = att->atttypmod;
		column->varcollid = att->attcollation;
		column->varnosyn = 0;
		column->varattnosyn = 0;
		masked = mask_column(column, frame);
		row->args = lappend(row->args, masked != NULL ? masked :
							(Node *) column);
	}
	relation_close(rel, NoLock);
	row->row_typeid = var->vartype;
	row->row_format = COERCE_IMPLICIT_CAST;
	row->location = -1;
	return ccpii_expression_if(ccpii_expression_is_present(var), (Node *) row);
}

/* An expression with the typmod that a column has. */
static Node *
with_typmod(Node *expr, int32 typmod)
{
	if (expr == NULL || exprTypmod(expr) == typmod)
		return expr;
	return (Node *) makeRelabelType((Expr *) expr, exprType(expr), typmod,
									exprCollation(expr), COERCE_IMPLICIT_CAST);
}

/*
 * Grouping sets compare expressions after they were simplified.  A change of
 * type at the top of a mask would be merged with one that stands around it, and
 * the mask not found again; a CASE is left alone.
 */
static Node *
shield(Node *masked, const Var *var)
{
	if (masked == NULL || !IsA(masked, RelabelType))
		return masked;
	return ccpii_expression_if(ccpii_expression_is_present(var), masked);
}

static Node *
mask_var(Var *var, Frame *frame)
{
	RangeTblEntry *rte;
	Node	   *masked = NULL;

	frame = ccpii_frame_of(var, frame);
	if (frame->sources[var->varno].rules == NULL &&
		frame->sources[var->varno].shown == NULL &&
		!OidIsValid(frame->sources[var->varno].catalog))
		return (Node *) var;
	rte = rt_fetch(var->varno, frame->rtable);
	if (var->varattno == InvalidAttrNumber)
		masked = mask_whole_row(var, frame, ccpii_frame_relation(rte));
	else if (var->varattno > 0)
		masked = mask_column(var, frame);
	if (frame->query->groupingSets != NIL)
		masked = shield(with_typmod(masked, var->vartypmod), var);
	return masked != NULL ? masked : (Node *) var;
}

/* ON CONFLICT: how the arbiter index is found must not change. */
static Node *
mask_on_conflict(OnConflictExpr *conflict, Frame *frame)
{
	OnConflictExpr *result = makeNode(OnConflictExpr);

	*result = *conflict;
	result->onConflictSet = (List *)
		mask_node((Node *) conflict->onConflictSet, frame);
	result->onConflictWhere = mask_node(conflict->onConflictWhere, frame);
	return (Node *) result;
}

/* Is an expression a column that must be told to show itself, and no more? */
static bool
is_shown_column(Node *expr, Frame *frame)
{
	const Var  *var = (Var *) ccpii_expression_strip_relabel(expr);

	if (var == NULL || !IsA(var, Var) || var->varattno <= 0)
		return false;
	frame = ccpii_frame_of(var, frame);
	return ccpii_frame_is_shown(frame, var->varno, var->varattno) &&
		ccpii_frame_rule(frame, var->varno, var->varattno) == NULL;
}

/* Does an operator compare values of type masked_text as they are stored? */
static bool
is_comparison(Oid operator)
{
	TypeCacheEntry *type = lookup_type_cache(ccpii_masked_type_oid(),
											 TYPECACHE_BTREE_OPFAMILY);

	return OidIsValid(type->btree_opf) &&
		op_in_opfamily(operator, type->btree_opf);
}

/*
 * Compare columns that are shown as they are stored, so that their indexes
 * serve.  Returns NULL if the comparison is none of these.
 */
static List *
mask_compared(Oid operator, List *args, Frame *frame)
{
	bool		shown = false;
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, args)
	{
		shown |= is_shown_column(lfirst(lc), frame);
	}
	if (!shown || !is_comparison(operator))
		return NIL;
	foreach(lc, args)
	{
		result = lappend(result, is_shown_column(lfirst(lc), frame) ?
						 lfirst(lc) : mask_node(lfirst(lc), frame));
	}
	return result;
}

/* A comparison with its columns masked; NULL for any other expression. */
static Node *
mask_comparison(Node *node, Frame *frame)
{
	Node	   *result;
	List	   *args;

	if (IsA(node, OpExpr))
		args = mask_compared(((OpExpr *) node)->opno, ((OpExpr *) node)->args,
							 frame);
	else if (IsA(node, ScalarArrayOpExpr))
		args = mask_compared(((ScalarArrayOpExpr *) node)->opno,
							 ((ScalarArrayOpExpr *) node)->args, frame);
	else
		return NULL;
	if (args == NIL)
		return NULL;
	result = copyObject(node);
	if (IsA(node, OpExpr))
		((OpExpr *) result)->args = args;
	else
		((ScalarArrayOpExpr *) result)->args = args;
	return result;
}

/*
 * What becomes a column of a table keeps its typmod.  A value of type
 * masked_text that was told to show itself would do so for everybody there: it
 * stays as it is.
 */
static Node *
mask_target(TargetEntry *target, Frame *frame)
{
	TargetEntry *result;
	int32		typmod = exprTypmod((Node *) target->expr);
	bool		keeps_typed = frame->keeps_typed;

	if (is_shown_column((Node *) target->expr, frame))
		return (Node *) target;

	/* The arguments of an aggregate are targets, too, but without names. */
	frame->keeps_typed |= target->resname != NULL &&
		ccpii_masked_type_is(exprType((Node *) target->expr));
	result = (TargetEntry *)
		expression_tree_mutator((Node *) target, mask_node, (void *) frame);
	frame->keeps_typed = keeps_typed;
	result->expr = (Expr *) with_typmod((Node *) result->expr, typmod);
	return (Node *) result;
}

/*
 * A literal that stands beside a column of type masked_text becomes one of its
 * values, with no mask of its own: the reader, who typed it, sees it as it is.
 * One that is given a mask keeps it.
 */
static bool
is_literal(Node *node, const Frame *frame)
{
	return frame->audience != NULL && !frame->keeps_typed && IsA(node, Const) &&
		((Const *) node)->consttype == ccpii_masked_type_oid();
}

/* Is a literal given a mask, which makes a call of constants around it? */
static bool
is_masked_literal(Node *node)
{
	ListCell   *lc;

	if (!IsA(node, FuncExpr) ||
		((FuncExpr *) node)->funcresulttype != ccpii_masked_type_oid())
		return false;
	foreach(lc, ((FuncExpr *) node)->args)
	{
		if (!IsA(lfirst(lc), Const))
			return false;
	}
	return true;
}

static Node *
mask_node(Node *node, Frame *frame)
{
	Node	   *comparison;

	if (node == NULL || is_masked_literal(node))
		return node;
	if (is_literal(node, frame))
		return (Node *) ccpii_masked_text_settle((Const *) node);
	if (IsA(node, TargetEntry) && frame->stores)
		return mask_target((TargetEntry *) node, frame);
	comparison = mask_comparison(node, frame);
	if (comparison != NULL)
		return comparison;
	if (IsA(node, Var))
		return mask_var((Var *) node, frame);
	if (IsA(node, OnConflictExpr))
		return mask_on_conflict((OnConflictExpr *) node, frame);
	if (IsA(node, Query))
	{
		mask_query((Query *) node, frame, frame->audience, frame->lookups,
				   frame->stores);
		return node;
	}
	return expression_tree_mutator(node, mask_node, (void *) frame);
}

/*
 * Queries
 */

/*
 * Take look-ups by a known value out of WHERE before it is masked; they are
 * put back raw, but counted.
 */
static List *
take_lookups(Query *query, Frame *frame)
{
	List	   *conditions;
	List	   *lookups = NIL;
	List	   *others = NIL;
	Bitmapset  *counted = NULL; /* relations */
	ListCell   *lc;

	if (!frame->lookups || query->commandType != CMD_SELECT ||
		query->jointree->quals == NULL)
		return NIL;
	conditions = make_ands_implicit((Expr *) query->jointree->quals);
	foreach(lc, conditions)
	{
		Var		   *column = ccpii_searchable_column(lfirst(lc));
		const ColumnRule *rule = column == NULL ? NULL :
			ccpii_frame_rule(frame, column->varno, column->varattno);

		if (rule != NULL &&
			ccpii_expression_is_searchable(rule, frame->audience))
		{
			lookups = lappend(lookups,
							  ccpii_searchable_lookup(lfirst(lc),
													  !bms_is_member(column->varno,
																	 counted)));
			counted = bms_add_member(counted, column->varno);
		}
		else
			others = lappend(others, lfirst(lc));
	}
	if (lookups != NIL)
	{
		query->hasSubLinks = true;
		query->jointree->quals = (Node *) make_ands_explicit(others);
	}
	return lookups;
}

static void
put_lookups(Query *query, List *lookups)
{
	if (lookups != NIL)
		query->jointree->quals = (Node *)
			make_and_qual(query->jointree->quals,
						  (Node *) make_ands_explicit(lookups));
}

/*
 * What a policy of a relation may see: what its owner sees, since he wrote it;
 * as in a function that he owns, a member of the owner asks along with him.
 * A row rule is not his and sees everything.
 */
static Node *
mask_policy(Node *expr, const Frame *frame, Index rti)
{
	Reader		reader = ccpii_reader();
	Audience	audience;
	Frame		policy;
	Relation	rel;

	if (frame->audience == NULL)
		return mask_node(expr, unconstify(Frame *, frame));
	if (ccpii_row_security_is_rule(expr, rt_fetch(rti, frame->rtable)->relid,
								   rti))
	{
		ccpii_frame_init(&policy, frame->query, frame->parent, NULL);
		return mask_node(expr, &policy);
	}
	rel = relation_open(rt_fetch(rti, frame->rtable)->relid, NoLock);
	reader.current = rel->rd_rel->relowner;
	reader.switched = true;
	relation_close(rel, NoLock);
	audience = ccpii_audience_of(&reader);
	ccpii_frame_init(&policy, frame->query, frame->parent, &audience);
	return mask_node(expr, &policy);
}

/* How many of the entry's leading securityQuals are policies? */
static int
count_policies(Query *query, RangeTblEntry *rte, int rti)
{
	List	   *policies = NIL;
	List	   *checks = NIL;
	bool		has_security = false;
	bool		has_sublinks = false;

	if (rte->rtekind != RTE_RELATION || rte->securityQuals == NIL)
		return 0;
	get_row_security_policies(query, rte, rti, &policies, &checks,
							  &has_security, &has_sublinks);
	if (list_length(policies) > list_length(rte->securityQuals))
		elog(ERROR, "row-security policies of relation %u have changed",
			 rte->relid);
	return list_length(policies);
}

static void
mask_security_quals(RangeTblEntry *rte, Frame *frame, int rti)
{
	int			npolicies = count_policies(frame->query, rte, rti);
	ListCell   *lc;

	foreach(lc, rte->securityQuals)
	{
		if (foreach_current_index(lc) < npolicies ||
			(rte->rtekind == RTE_RELATION &&
			 ccpii_row_security_is_rule(lfirst(lc), rte->relid, rti)))
			lfirst(lc) = mask_policy(lfirst(lc), frame, rti);
		else
			lfirst(lc) = mask_node(lfirst(lc), frame);
	}
}

/* Checks of views are masked like any expression, those of policies are not. */
static void
mask_check_options(List *options, Frame *frame)
{
	ListCell   *lc;

	foreach(lc, options)
	{
		WithCheckOption *option = lfirst_node(WithCheckOption, lc);

		if (option->kind == WCO_VIEW_CHECK)
			option->qual = mask_node(option->qual, frame);
		else
			option->qual = mask_policy(option->qual, frame,
									   frame->query->resultRelation);
	}
}

static void
mask_rte(RangeTblEntry *rte, Frame *frame, int rti)
{
	List	  **groups = RTE_GROUP_EXPRS(rte);

	if (rte->rtekind == RTE_SUBQUERY)
		mask_query(rte->subquery, frame,
				   ccpii_frame_is_trusted(rte) ? NULL : frame->audience,
				   frame->lookups, frame->stores);
	if (rte->tablesample != NULL)
		rte->tablesample = (TableSampleClause *)
			mask_node((Node *) rte->tablesample, frame);
	rte->joinaliasvars = (List *) mask_node((Node *) rte->joinaliasvars, frame);
	rte->functions = (List *) mask_node((Node *) rte->functions, frame);
	if (rte->tablefunc != NULL)
		rte->tablefunc = (TableFunc *) mask_node((Node *) rte->tablefunc,
												 frame);
	frame->keeps_typed = frame->stores;
	rte->values_lists = (List *) mask_node((Node *) rte->values_lists, frame);
	frame->keeps_typed = false;
	if (groups != NULL)
		*groups = (List *) mask_node((Node *) *groups, frame);
	mask_security_quals(rte, frame, rti);
}

static void
mask_query(Query *query, Frame *parent, const Audience *audience,
		   bool lookups, bool stores)
{
	Frame		frame;
	List	   *known;
	List	   *check_options = query->withCheckOptions;
	List	   *returning = query->returningList;
	int			rti = 0;
	ListCell   *lc;

	check_stack_depth();
	ccpii_frame_init(&frame, query, parent, audience);
	frame.lookups = lookups;
	frame.stores = stores;
	ccpii_refuse_grouping(&frame);

	known = take_lookups(query, &frame);

	/* What is not masked like any expression is kept out of the way. */
	query->withCheckOptions = NIL;
	query->returningList = NIL;
	query->rtable = NIL;
	query_tree_mutator(query, mask_node, (void *) &frame,
					   QTW_DONT_COPY_QUERY | QTW_IGNORE_CTE_SUBQUERIES);
	frame.stores = false;
	query->returningList = (List *) mask_node((Node *) returning, &frame);
	frame.stores = stores;
	query->rtable = frame.rtable;
	put_lookups(query, known);
	mask_check_options(check_options, &frame);
	query->withCheckOptions = check_options;
	ccpii_write_guard_put(&frame);

	foreach(lc, query->cteList)
		mask_query((Query *) lfirst_node(CommonTableExpr, lc)->ctequery,
				   &frame, audience, lookups,
				   stores || query->hasModifyingCTE);
	foreach(lc, query->rtable)
		mask_rte(lfirst(lc), &frame, ++rti);
}

void
ccpii_rewrite_stores(bool stores)
{
	next_stores = stores;
}

void
ccpii_rewrite_query(Query *query, const Audience *audience)
{
	bool		reads_only = query->commandType == CMD_SELECT &&
		!query->hasModifyingCTE;
	bool		stores = next_stores || query->commandType != CMD_SELECT;

	next_stores = false;
	ccpii_refuse_changes(query, audience);
	mask_query(query, NULL, audience, reads_only, stores);
}

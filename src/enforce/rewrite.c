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

#include "access/htup_details.h"
#include "access/relation.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "rewrite/rewriteManip.h"
#include "rewrite/rowsecurity.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "enforce/rewrite.h"
#include "enforce/searchable.h"
#include "enforce/statistics.h"
#include "policy/expression.h"
#include "policy/rule.h"

/* What one range table entry hides from the audience of its frame. */
typedef struct Source
{
	const RelationRules *rules; /* NULL: nothing */
	Oid			catalog;		/* of statistics, or InvalidOid */
} Source;

typedef struct Frame
{
	struct Frame *parent;		/* of the query level around this one */
	Query	   *query;
	const Audience *audience;	/* NULL: sees everything (TRUSTED) */
	Source	   *sources;		/* by range table index, from 1 */
	bool		lookups;		/* SEARCHABLE applies in this statement */
} Frame;

static void mask_query(Query *query, Frame *parent, const Audience *audience,
					   bool lookups);
static Node *mask_node(Node *node, Frame *frame);

/*
 * Detection
 */

/* The relation or view whose columns the entry shows. */
static Oid
rte_relation(const RangeTblEntry *rte)
{
	if (rte->rtekind == RTE_RELATION)
	{
		/* The row "excluded" of ON CONFLICT is a composite type's. */
		return rte->relkind == RELKIND_COMPOSITE_TYPE ? InvalidOid : rte->relid;
	}
	return compat_rte_view(rte);
}

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
		Oid			relid = rte_relation(rte);

		if (OidIsValid(relid) &&
			(ccpii_statistics_is_catalog(relid) ||
			 ccpii_rule_get(relid) != NULL))
			return true;
		if (rte->rtekind == RTE_SUBQUERY &&
			ccpii_rewrite_concerns(rte->subquery))
			return true;
	}
	foreach(lc, query->cteList)
		if (concerns_walker(lfirst_node(CommonTableExpr, lc)->ctequery, NULL))
			return true;

	/* Everything else that holds queries is a SubLink. */
	return query->hasSubLinks &&
		query_tree_walker(query, concerns_walker, NULL,
						  QTW_IGNORE_RT_SUBQUERIES |
						  QTW_IGNORE_CTE_SUBQUERIES);
}

/*
 * Frames
 */

static bool
masks_any(const RelationRules *rules, const Audience *audience)
{
	for (int i = 0; i < rules->natts; i++)
		if (rules->columns[i] != NULL &&
			ccpii_expression_masks(rules->columns[i], audience))
			return true;
	return false;
}

/* What does the entry hide from the audience? */
static Source
source_of(const RangeTblEntry *rte, const Audience *audience)
{
	Source		source = {NULL, InvalidOid};
	Oid			relid = rte_relation(rte);

	if (audience == NULL || !OidIsValid(relid))
		return source;
	if (ccpii_statistics_is_catalog(relid))
	{
		if (!ccpii_audience_is_clear(audience))
			source.catalog = relid;
		return source;
	}
	source.rules = ccpii_rule_get(relid);
	if (source.rules == NULL ||
		!ccpii_audience_is_masked(audience, source.rules->owner) ||
		!masks_any(source.rules, audience))
		source.rules = NULL;
	else if (!row_security)
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("query would be affected by masking of relation \"%s\"",
					   get_rel_name(relid)),
				errhint("Set \"%s\" to on to read masked values.",
						"row_security"));
	return source;
}

static void
init_frame(Frame *frame, Query *query, Frame *parent,
		   const Audience *audience, bool lookups)
{
	int			rti = 0;
	int			excluded = query->onConflict == NULL ? 0 :
		query->onConflict->exclRelIndex;
	ListCell   *lc;

	frame->parent = parent;
	frame->query = query;
	frame->audience = audience;
	frame->lookups = lookups;
	frame->sources = palloc0(sizeof(Source) *
							 (list_length(query->rtable) + 1));
	foreach(lc, query->rtable)
	{
		rti++;
		if (rti != excluded)
			frame->sources[rti] = source_of(lfirst(lc), audience);
	}
}

static Frame *
frame_of(const Var *var, Frame *frame)
{
	for (Index up = var->varlevelsup; up > 0 && frame != NULL; up--)
		frame = frame->parent;
	if (frame == NULL ||
		var->varno > list_length(frame->query->rtable))
		elog(ERROR, "bogus varlevelsup or varno in a query to be masked");
	return frame;
}

/* The rule that masks a column for the frame's audience, or NULL. */
static const ColumnRule *
masking_rule(const Frame *frame, Index rti, AttrNumber attno)
{
	const ColumnRule *rule = ccpii_rule_column(frame->sources[rti].rules,
											   attno);

	if (rule != NULL && !ccpii_expression_masks(rule, frame->audience))
		return NULL;
	return rule;
}

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
	if (masking_rule(frame, var->varno, var->varattno) == NULL)
		return NULL;
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
	NullTest   *test = makeNode(NullTest);
	CaseWhen   *when = makeNode(CaseWhen);
	CaseExpr   *result = makeNode(CaseExpr);

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

	test->arg = (Expr *) copyObject(var);
	test->nulltesttype = IS_NULL;
	test->argisrow = false;
	test->location = -1;
	when->expr = (Expr *) test;
	when->result = (Expr *) makeNullConst(var->vartype, -1, InvalidOid);
	when->location = -1;
	result->casetype = var->vartype;
	result->args = list_make1(when);
	result->defresult = (Expr *) row;
	result->location = -1;
	return (Node *) result;
}

static Node *
mask_var(Var *var, Frame *frame)
{
	RangeTblEntry *rte;
	Node	   *masked = NULL;

	frame = frame_of(var, frame);
	if (frame->sources[var->varno].rules == NULL &&
		!OidIsValid(frame->sources[var->varno].catalog))
		return (Node *) var;
	rte = rt_fetch(var->varno, frame->query->rtable);
	if (var->varattno > 0)
		masked = mask_column(var, frame);
	else if (var->varattno == InvalidAttrNumber)
		masked = mask_whole_row(var, frame, rte_relation(rte));
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

static Node *
mask_node(Node *node, Frame *frame)
{
	if (node == NULL)
		return NULL;
	if (IsA(node, Var))
		return mask_var((Var *) node, frame);
	if (IsA(node, OnConflictExpr))
		return mask_on_conflict((OnConflictExpr *) node, frame);
	if (IsA(node, Query))
	{
		mask_query((Query *) node, frame, frame->audience, frame->lookups);
		return node;
	}
	return expression_tree_mutator(node, mask_node, (void *) frame);
}

/*
 * What a masked reader may not do
 */

pg_noreturn static void
refuse_assignment(const Frame *frame, Index rti, AttrNumber attno)
{
	Oid			relid = rt_fetch(rti, frame->query->rtable)->relid;

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

		if (!target->resjunk && masking_rule(frame, rti, target->resno) != NULL)
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
			masking_rule(context->frame, var->varno, var->varattno) != NULL)
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

static void
check_changes(Frame *frame)
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
	for (int rti = 1; rti <= list_length(frame->query->rtable); rti++)
	{
		if (rt_fetch(rti, frame->query->rtable)->relid != constraint->conrelid)
			continue;
		for (int i = 0; i < ncolumns; i++)
			if (masking_rule(frame, rti, columns[i]) != NULL)
				return true;
	}
	return false;
}

/*
 * Columns outside of GROUP BY are allowed where a key in it determines them;
 * the mask of a key determines nothing.
 */
static void
check_grouping(const Frame *frame)
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
			masking_rule(frame, column->varno, column->varattno);

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
 * What a policy of a relation may see: what its owner sees, since he wrote
 * it.  Anything else in it is the owner's own doing.
 */
static Node *
mask_policy(Node *expr, const Frame *frame, Index rti)
{
	Audience	owner = {InvalidOid, InvalidOid};
	Frame		policy;
	Relation	rel = relation_open(rt_fetch(rti, frame->query->rtable)->relid,
									NoLock);

	owner.current = rel->rd_rel->relowner;
	relation_close(rel, NoLock);
	if (frame->audience == NULL)
		return expr;
	init_frame(&policy, frame->query, frame->parent, &owner, false);
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
		if (foreach_current_index(lc) < npolicies)
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

static bool
is_trusted_view(const RangeTblEntry *rte)
{
	Oid			view = compat_rte_view(rte);
	const RelationRules *rules = OidIsValid(view) ? ccpii_rule_get(view) : NULL;

	return rules != NULL && rules->trusted;
}

static void
mask_rte(RangeTblEntry *rte, Frame *frame, int rti)
{
	List	  **groups = RTE_GROUP_EXPRS(rte);

	if (rte->rtekind == RTE_SUBQUERY)
		mask_query(rte->subquery, frame,
				   is_trusted_view(rte) ? NULL : frame->audience,
				   frame->lookups);
	if (rte->tablesample != NULL)
		rte->tablesample = (TableSampleClause *)
			mask_node((Node *) rte->tablesample, frame);
	rte->joinaliasvars = (List *) mask_node((Node *) rte->joinaliasvars, frame);
	rte->functions = (List *) mask_node((Node *) rte->functions, frame);
	if (rte->tablefunc != NULL)
		rte->tablefunc = (TableFunc *) mask_node((Node *) rte->tablefunc,
												 frame);
	rte->values_lists = (List *) mask_node((Node *) rte->values_lists, frame);
	if (groups != NULL)
		*groups = (List *) mask_node((Node *) *groups, frame);
	mask_security_quals(rte, frame, rti);
}

static void
mask_query(Query *query, Frame *parent, const Audience *audience,
		   bool lookups)
{
	Frame		frame;
	List	   *known;
	List	   *check_options = query->withCheckOptions;
	int			rti = 0;
	ListCell   *lc;

	check_stack_depth();
	init_frame(&frame, query, parent, audience, lookups);
	check_changes(&frame);
	check_grouping(&frame);

	known = take_lookups(query, &frame);
	query->withCheckOptions = NIL;
	query_tree_mutator(query, mask_node, (void *) &frame,
					   QTW_DONT_COPY_QUERY | QTW_IGNORE_RANGE_TABLE |
					   QTW_IGNORE_CTE_SUBQUERIES);
	put_lookups(query, known);
	mask_check_options(check_options, &frame);
	query->withCheckOptions = check_options;

	foreach(lc, query->cteList)
		mask_query((Query *) lfirst_node(CommonTableExpr, lc)->ctequery,
				   &frame, audience, lookups);
	foreach(lc, query->rtable)
		mask_rte(lfirst(lc), &frame, ++rti);
}

void
ccpii_rewrite_query(Query *query, const Audience *audience)
{
	bool		reads_only = query->commandType == CMD_SELECT &&
		!query->hasModifyingCTE;

	mask_query(query, NULL, audience, reads_only);
}

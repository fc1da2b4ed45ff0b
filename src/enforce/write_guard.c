/*-------------------------------------------------------------------------
 *
 * write_guard.c
 *	  Put a guard around values that are written to masked columns.
 *
 * What a column is assigned becomes write_guard(value, column, what the writer
 * sees of the column): see enforce/written.  It works on the row that the
 * executor has locked, so also where another session has changed it meanwhile.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/extension.h"
#include "base/token.h"
#include "enforce/trace.h"
#include "enforce/write_guard.h"
#include "enforce/written.h"
#include "enforce/written_key.h"
#include "policy/expression.h"
#include "policy/family.h"
#include "policy/masked_type.h"

typedef void (*TargetAction) (TargetEntry *target, bool inserts,
							  const Frame *frame);

static void
for_targets(List *targets, bool inserts, const Frame *frame,
			TargetAction action)
{
	ListCell   *lc;

	foreach(lc, targets)
	{
		TargetEntry *target = lfirst_node(TargetEntry, lc);

		if (!target->resjunk)
			action(target, inserts, frame);
	}
}

/* Call an action for each value that a query assigns to a column. */
static void
for_assignments(const Frame *frame, TargetAction action)
{
	const Query *query = frame->query;
	ListCell   *lc;

	if (query->commandType == CMD_INSERT || query->commandType == CMD_UPDATE)
		for_targets(query->targetList, query->commandType == CMD_INSERT, frame,
					action);
	if (query->onConflict != NULL)
		for_targets(query->onConflict->onConflictSet, false, frame, action);
	foreach(lc, query->mergeActionList)
	{
		MergeAction *merge = lfirst_node(MergeAction, lc);

		if (merge->commandType == CMD_INSERT ||
			merge->commandType == CMD_UPDATE)
			for_targets(merge->targetList, merge->commandType == CMD_INSERT,
						frame, action);
	}
}

/*
 * What may be written
 */

/* The column that is assigned. */
typedef struct Assigned
{
	Frame	   *frame;
	AttrNumber	attno;
} Assigned;

static bool
is_assigned(Node *node, const Assigned *column)
{
	Var		   *var = (Var *) node;

	return IsA(node, Var) && var->varlevelsup == 0 &&
		var->varno == column->frame->query->resultRelation &&
		var->varattno == column->attno;
}

static Node *
without_assigned(Node *node, Assigned *column)
{
	if (node == NULL)
		return NULL;
	if (is_assigned(node, column))
		return (Node *) makeNullConst(((Var *) node)->vartype,
									  ((Var *) node)->vartypmod,
									  ((Var *) node)->varcollid);
	return expression_tree_mutator(node, without_assigned, (void *) column);
}

/* What a conversion that nobody has written stands around. */
static Node *
strip_conversions(Node *node)
{
	for (;;)
	{
		if (IsA(node, RelabelType))
			node = (Node *) ((RelabelType *) node)->arg;
		else if (IsA(node, CoerceToDomain))
			node = (Node *) ((CoerceToDomain *) node)->arg;
		else if (IsA(node, FuncExpr) &&
				 ((FuncExpr *) node)->funcformat == COERCE_IMPLICIT_CAST)
			node = linitial(((FuncExpr *) node)->args);
		else
			return node;
	}
}

/* The subquery of SET (a, b) = (SELECT ...) that a parameter stands for. */
static Query *
multiple_source(const Param *param, const Query *query)
{
	ListCell   *lc;

	foreach(lc, query->targetList)
	{
		Node	   *expr = (Node *) lfirst_node(TargetEntry, lc)->expr;

		if (IsA(expr, SubLink) &&
			((SubLink *) expr)->subLinkId == param->paramid >> 16)
			return (Query *) ((SubLink *) expr)->subselect;
	}
	return NULL;
}

/* Can the expression write the column itself, or what is not masked? */
static bool
may_be_written(Node *node, Assigned *column)
{
	ListCell   *lc;

	check_stack_depth();
	node = strip_conversions(node);
	if (is_assigned(node, column))
		return true;
	if (IsA(node, CaseExpr))
	{
		foreach(lc, ((CaseExpr *) node)->args)
		{
			if (!may_be_written((Node *) lfirst_node(CaseWhen, lc)->result,
								column))
				return false;
		}
		return may_be_written((Node *) ((CaseExpr *) node)->defresult, column);
	}
	if (IsA(node, CoalesceExpr))
	{
		foreach(lc, ((CoalesceExpr *) node)->args)
		{
			if (!may_be_written(lfirst(lc), column))
				return false;
		}
		return true;
	}
	if (IsA(node, Param) && ((Param *) node)->paramkind == PARAM_MULTIEXPR)
	{
		Query	   *source = multiple_source((Param *) node,
											 column->frame->query);

		return source != NULL &&
			!ccpii_trace_output(source, column->frame,
								((Param *) node)->paramid & 0xFFFF);
	}
	return !ccpii_trace_expression(node, column->frame);
}

/* Are rows of a relation written out to be stored by another server? */
static bool
is_shipped(Oid relid)
{
	ListCell   *lc;

	if (get_rel_relkind(relid) == RELKIND_FOREIGN_TABLE)
		return true;
	foreach(lc, ccpii_family_descendants(relid))
	{
		if (get_rel_relkind(lfirst_oid(lc)) == RELKIND_FOREIGN_TABLE)
			return true;
	}
	return false;
}

/*
 * A value of type masked_text that is written out for a masked reader arrives
 * as a mask.  Inside of another value a mask that is written back cannot be told
 * from a new value.
 */
void
ccpii_write_guard_check_type(Oid relid, const ColumnRule *rule, bool keeps)
{
	const char *column = get_attname(relid, rule->attno, false);

	if (!rule->typed)
		return;
	if (is_shipped(relid))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("column \"%s\" of relation \"%s\" is masked for you and cannot be written to a foreign table",
					   column, get_rel_name(relid)),
				errhint("Label a column of type text in place of type %s.",
						MASKED_TYPE_NAME));
	if (!keeps && !ccpii_masked_type_is(get_atttype(relid, rule->attno)))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("column \"%s\" of relation \"%s\" holds values that are masked for you and cannot be changed",
					   column, get_rel_name(relid)),
				errhint("Name only the columns that you change."));
}

static void
check_target(TargetEntry *target, bool inserts, const Frame *frame)
{
	RangeTblEntry *rte = rt_fetch(frame->query->resultRelation, frame->rtable);
	const ColumnRule *rule = ccpii_frame_rule(frame,
											  frame->query->resultRelation,
											  target->resno);
	Assigned	column = {(Frame *) frame, target->resno};
	Node	   *value = (Node *) target->expr;
	Oid			type = getBaseType(exprType(value));

	if (rule == NULL)
		return;
	ccpii_write_guard_check_type(rte->relid, rule, inserts ||
								 is_assigned(strip_conversions(value), &column));
	if (inserts)
	{
		/* There is no old value that a mask could stand for. */
		column.attno = InvalidAttrNumber;
	}
	else if (type == JSONOID || type == JSONBOID)
		value = without_assigned(value, &column);
	if (may_be_written(value, &column) &&
		(inserts || rte->relkind != RELKIND_VIEW))
		return;
	ereport(ERROR,
			errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			errmsg("column \"%s\" of relation \"%s\" is masked for you and cannot be assigned what is made of masks",
				   get_attname(rte->relid, target->resno, false),
				   get_rel_name(rte->relid)),
			errhint("Name only the columns that you change, and give them values."));
}

void
ccpii_write_guard_check(const Frame *frame)
{
	for_assignments(frame, check_target);
}

/*
 * The guard
 */

static bool
has_hash(const ColumnRule *rule)
{
	ListCell   *lc;

	foreach(lc, rule->clauses)
	{
		RuleClause *clause = lfirst(lc);

		if (clause->masked && clause->mask->kind == MASK_HASH)
			return true;
	}
	return false;
}

bool
ccpii_write_guard_is_charged(Oid relid, AttrNumber attno,
							 const Audience *audience)
{
	const RelationRules *rules = ccpii_rule_get(relid);
	const ColumnRule *rule = ccpii_rule_column(rules, attno);

	if (rule == NULL)
		return ccpii_written_key_tells(relid, attno, audience);
	return ccpii_expression_hides(rules, attno, audience) &&
		(has_hash(rule) || ccpii_written_key_tells(relid, attno, NULL));
}

/* The call of write_guard() around a value that a column gets. */
static Expr *
guard_call(Expr *value, Node *old, Node *shown, const Var *column, Oid relid,
		   int flags)
{
	Const	   *token = ccpii_token_const(flags);
	Oid			types[] = {
		ANYELEMENTOID, ANYELEMENTOID, ANYELEMENTOID, REGCLASSOID, INT4OID,
		token->consttype
	};
	List	   *args = list_make5(value, old, shown,
								  makeConst(REGCLASSOID, -1, InvalidOid,
											sizeof(Oid), ObjectIdGetDatum(relid),
											false, true),
								  makeConst(INT4OID, -1, InvalidOid,
											sizeof(int32),
											Int32GetDatum(column->varattno),
											false, true));

	return (Expr *)
		makeFuncExpr(ccpii_extension_function("write_guard", lengthof(types),
											  types),
					 column->vartype, lappend(args, token), column->varcollid,
					 column->varcollid, COERCE_EXPLICIT_CALL);
}

/* Wrap a value that is written to a column with a rule, or costs a look-up. */
static void
put_target(TargetEntry *target, bool inserts, const Frame *frame)
{
	Index		rti = frame->query->resultRelation;
	RangeTblEntry *rte = rt_fetch(rti, frame->rtable);
	const ColumnRule *rule = ccpii_rule_column(ccpii_rule_get(rte->relid),
											   target->resno);
	bool		masked = ccpii_frame_rule(frame, rti, target->resno) != NULL;
	bool		charged = frame->audience != NULL &&
		rte->relkind != RELKIND_VIEW &&
		ccpii_write_guard_is_charged(rte->relid, target->resno,
									 frame->audience);
	Var		   *column;
	Node	   *old;
	Node	   *shown;

	if (!charged &&
		(rule == NULL || (!inserts && rte->relkind == RELKIND_VIEW) ||
		 (!ccpii_written_concerns(rule) && (inserts || !masked))))
		return;
	column = makeVar(rti, target->resno, InvalidOid, -1, InvalidOid, 0);
	get_atttypetypmodcoll(rte->relid, target->resno, &column->vartype,
						  &column->vartypmod, &column->varcollid);
	if (inserts)
		old = shown = (Node *) makeNullConst(column->vartype,
											 column->vartypmod,
											 column->varcollid);
	else
	{
		old = (Node *) column;
		shown = masked ? ccpii_expression_build(rule, frame->audience,
												copyObject(column)) :
			copyObject(old);
		if (equal(target->expr, shown))
		{
			target->expr = (Expr *) old;	/* SET phone = phone */
			return;
		}
	}
	target->expr = guard_call(target->expr, old, shown, column, rte->relid,
							  (inserts ? WRITTEN_INSERT : 0) |
							  (rule == NULL ? WRITTEN_UNLABELLED : 0) |
							  (masked ? WRITTEN_MASKED : 0) |
							  (charged ? WRITTEN_CHARGED : 0));
}

void
ccpii_write_guard_put(const Frame *frame)
{
	for_assignments(frame, put_target);
}

bool
ccpii_write_guard_is_restore(void)
{
	return !check_function_bodies;
}

void
ccpii_write_guard_query(Query *query)
{
	Frame		frame;
	ListCell   *lc;

	if (ccpii_write_guard_is_restore())
		return;
	if (query->commandType != CMD_SELECT)
	{
		ccpii_frame_init(&frame, query, NULL, NULL);
		ccpii_write_guard_put(&frame);
	}
	foreach(lc, query->cteList)
		ccpii_write_guard_query((Query *) lfirst_node(CommonTableExpr, lc)->ctequery);
}

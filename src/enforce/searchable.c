/*-------------------------------------------------------------------------
 *
 * searchable.c
 *	  Finding a row by a whole value that the masked reader already knows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/stratnum.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "rewrite/rewriteManip.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "base/compat.h"
#include "base/extension.h"
#include "base/token.h"
#include "enforce/searchable.h"
#include "policy/expression.h"

/* Does the expression hold a Var of any level? */
static bool
any_var_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var))
		return true;
	return expression_tree_walker(node, any_var_walker, context);
}

/* The side of the condition that holds the value; the other is the column. */
static Node **
value_side(OpExpr *op)
{
	for (int side = 0; side < 2; side++)
	{
		Node	   *column = ccpii_expression_strip_relabel(list_nth(op->args, 1 - side));
		Node	   *value = list_nth(op->args, side);

		if (IsA(column, Var) && ((Var *) column)->varlevelsup == 0 &&
			!any_var_walker(value, NULL) && !checkExprHasSubLink(value) &&
			!contain_volatile_functions(value) &&
			!expression_returns_set(value))
			return (Node **) &lfirst(list_nth_cell(op->args, side));
	}
	return NULL;
}

/*
 * Is the column compared as it is stored?  Under another type or collation,
 * which the reader can make himself, equality would be likeness.
 */
static bool
is_compared_as_stored(const OpExpr *op, Node *column)
{
	Var		   *var = (Var *) ccpii_expression_strip_relabel(column);
	Oid			stored = getBaseType(var->vartype);
	Oid			compared = getBaseType(exprType(column));

	return op->inputcollid == var->varcollid &&
		(compared == stored ||
		 (compared == TEXTOID && stored == VARCHAROID));
}

Var *
ccpii_searchable_column(Node *condition)
{
	OpExpr	   *op = (OpExpr *) condition;
	Node	  **value;
	Node	   *column;
	TypeCacheEntry *type;

	if (!IsA(condition, OpExpr) || list_length(op->args) != 2)
		return NULL;
	value = value_side(op);
	if (value == NULL)
		return NULL;
	column = *value == linitial(op->args) ? lsecond(op->args) :
		linitial(op->args);
	if (!is_compared_as_stored(op, column))
		return NULL;
	type = lookup_type_cache(exprType(column), TYPECACHE_BTREE_OPFAMILY);
	if (!OidIsValid(type->btree_opf) ||
		get_op_opfamily_strategy(op->opno, type->btree_opf) !=
		BTEqualStrategyNumber)
		return NULL;
	return (Var *) ccpii_expression_strip_relabel(column);
}

/* Call one of the functions of policy/lookup. */
static Expr *
call(const char *name, Node *value, Oid result)
{
	Const	   *token = ccpii_token_const(1);
	Oid			types[] = {ANYELEMENTOID, token->consttype};

	return (Expr *) makeFuncExpr(ccpii_extension_function(name, 2, types),
								 result, list_make2(value, token),
								 exprCollation(value), exprCollation(value),
								 COERCE_EXPLICIT_CALL);
}

/* (SELECT value), which the planner does not look into. */
static Node *
hidden_value(Expr *value)
{
	Query	   *query = makeNode(Query);
	SubLink    *link = makeNode(SubLink);

	query->commandType = CMD_SELECT;
	query->querySource = QSRC_ORIGINAL;
	query->canSetTag = true;
	query->jointree = makeFromExpr(NIL, NULL);
	query->targetList = list_make1(makeTargetEntry(value, 1,
												   pstrdup("value"), false));
	link->subLinkType = EXPR_SUBLINK;
	link->subselect = (Node *) query;
	link->location = -1;
	return (Node *) link;
}

Node *
ccpii_searchable_lookup(Node *condition, bool counted)
{
	OpExpr	   *op = (OpExpr *) copyObject(condition);
	Node	  **value = value_side(op);
	Var		   *column = ccpii_searchable_column((Node *) op);
	Oid			type = exprType(*value);

	if (!counted)
	{
		*value = hidden_value((Expr *) *value);
		return (Node *) op;
	}
	*value = hidden_value(call("lookup_charge", *value, type));

	/*
	 * Costly by declaration, so evaluated for rows that have the value only;
	 * the column keeps it at the scan, where no join has lost the row yet.
	 */
	return (Node *)
		makeBoolExpr(AND_EXPR,
					 list_make2(op, call("lookup_found",
										 copyObject((Node *) column),
										 BOOLOID)),
					 -1);
}

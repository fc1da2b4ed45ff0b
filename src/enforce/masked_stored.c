/*-------------------------------------------------------------------------
 *
 * masked_stored.c
 *	  The type masked_text: constraints and generated columns read what is
 *	  stored, whoever writes.
 *
 * CHECK constraints, generated columns and conditions of triggers and indexes
 * are expressions of the table's owner.  The server plans them without a query
 * around them, which is how a support function can tell; nobody else's
 * expressions come to see columns in that way.  There a value that a function
 * is about to mask for the reader is told to show itself.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "utils/builtins.h"

#include "base/extension.h"
#include "base/token.h"
#include "enforce/masked_stored.h"
#include "enforce/masked_text.h"
#include "policy/expression.h"
#include "policy/masked_type.h"

PG_FUNCTION_INFO_V1(ccpii_sql_text_of);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_stored_support);

Node *
ccpii_masked_stored_simplify(const SupportRequestSimplify *request)
{
	Node	   *column;
	FuncExpr   *result;

	if (request->root != NULL || request->fcall->args == NIL)
		return NULL;
	column = ccpii_expression_strip_relabel(linitial(request->fcall->args));
	if (column == NULL || !IsA(column, Var) ||
		!ccpii_masked_type_is(((Var *) column)->vartype))
		return NULL;
	result = copyObject(request->fcall);
	linitial(result->args) = ccpii_expression_show((Var *) copyObject(column));
	return (Node *) result;
}

/* Is an expression a cast of a value to a text, which masks it? */
static bool
is_cast(Node *node)
{
	FuncExpr   *call = (FuncExpr *) node;
	Oid			type = ccpii_masked_type_oid();

	return IsA(node, FuncExpr) && list_length(call->args) == 1 &&
		exprType(linitial(call->args)) == type &&
		(call->funcid == ccpii_extension_function("masked_text_text", 1, &type) ||
		 call->funcid == ccpii_extension_function("masked_text_varchar", 1, &type));
}

static Node *
keys_mutator(Node *node, void *context)
{
	if (node == NULL)
		return NULL;
	if (is_cast(node))
	{
		FuncExpr   *cast = (FuncExpr *) node;
		Const	   *token = ccpii_token_const(0);
		Oid			types[] = {ccpii_masked_type_oid(), token->consttype};
		FuncExpr   *raw = makeFuncExpr(ccpii_extension_function("raw_of", 2, types),
									   TEXTOID,
									   list_make2(linitial(cast->args), token),
									   cast->funccollid, cast->inputcollid,
									   COERCE_EXPLICIT_CALL);

		if (cast->funcresulttype == TEXTOID)
			return (Node *) raw;
		return (Node *) makeRelabelType((Expr *) raw, cast->funcresulttype, -1,
										cast->funccollid,
										COERCE_IMPLICIT_CAST);
	}
	return expression_tree_mutator(node, keys_mutator, context);
}

/*
 * The server compares a masked_text that refers to a text by the cast, as the
 * owner of the table that it refers to, who may not see all such values.
 */
Query *
ccpii_masked_stored_keys(Query *query)
{
	return query_tree_mutator(query, keys_mutator, NULL, 0);
}

Datum
ccpii_sql_masked_stored_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestSimplify))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(ccpii_masked_stored_simplify((SupportRequestSimplify *) request));
}

/*
 * ccpii_sql_text_of
 *		The mask of a value as a text, whoever asks, unless the above has told
 *		the value to show itself.
 */
Datum
ccpii_sql_text_of(PG_FUNCTION_ARGS)
{
	struct varlena *value = ccpii_masked_text_detoast(PG_GETARG_DATUM(0));
	MaskedText	parts = ccpii_masked_text_open(ccpii_masked_text_mask(value));

	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.data, parts.len));
}

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

#include "fmgr.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "utils/builtins.h"

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

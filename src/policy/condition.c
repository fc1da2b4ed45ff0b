/*-------------------------------------------------------------------------
 *
 * condition.c
 *	  The conditions of WHEN: SQL expressions over the columns of one row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "nodes/parsenodes.h"
#include "optimizer/optimizer.h"
#include "parser/parse_clause.h"
#include "parser/parse_collate.h"
#include "parser/parse_relation.h"
#include "parser/parser.h"
#include "rewrite/rewriteManip.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/resowner.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "policy/condition.h"

/* The one expression of SELECT (condition), and nothing else. */
static Node *
raw_expression(const char *condition)
{
	List	   *statements = raw_parser(psprintf("SELECT (%s)", condition),
										RAW_PARSE_DEFAULT);
	SelectStmt *select;

	if (list_length(statements) == 1)
	{
		select = (SelectStmt *) linitial_node(RawStmt, statements)->stmt;
		if (IsA(select, SelectStmt) && select->op == SETOP_NONE &&
			list_length(select->targetList) == 1 &&
			select->fromClause == NIL && select->whereClause == NULL &&
			select->sortClause == NIL && select->limitCount == NULL &&
			select->limitOffset == NULL && select->groupClause == NIL &&
			select->havingClause == NULL && select->intoClause == NULL &&
			select->lockingClause == NIL && select->withClause == NULL &&
			select->windowClause == NIL && select->distinctClause == NIL)
			return linitial_node(ResTarget, select->targetList)->val;
	}
	ereport(ERROR,
			errcode(ERRCODE_SYNTAX_ERROR),
			errmsg("condition of WHEN is not one expression"));
}

static bool
is_temporary_type(Oid type)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	bool		result = true;

	if (HeapTupleIsValid(tuple))
	{
		result = isAnyTempNamespace(((Form_pg_type) GETSTRUCT(tuple))->typnamespace);
		ReleaseSysCache(tuple);
	}
	return result;
}

static bool
is_temporary_function(Oid function, void *context)
{
	return isAnyTempNamespace(get_func_namespace(function));
}

/*
 * Does an expression use a type or function of a temporary schema?  The reader
 * has one of his own, where a name that resolves nowhere else would be found.
 */
static bool
uses_temporary_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (check_functions_in_node(node, is_temporary_function, NULL))
		return true;
	if (!IsA(node, List) && is_temporary_type(exprType(node)))
		return true;
	return expression_tree_walker(node, uses_temporary_walker, context);
}

Node *
ccpii_condition_parse(const char *condition, Oid relid)
{
	Node	   *raw = raw_expression(condition);
	ParseState *pstate = make_parsestate(NULL);
	int			level = NewGUCNestLevel();
	Relation	rel = relation_open(relid, AccessShareLock);
	ParseNamespaceItem *item;
	Node	   *expr;

	RestrictSearchPath();
	item = addRangeTableEntryForRelation(pstate, rel, AccessShareLock, NULL,
										 false, true);
	addNSItemToQuery(pstate, item, false, true, true);
	expr = transformWhereClause(pstate, raw, EXPR_KIND_WHERE, "WHEN");
	assign_expr_collations(pstate, expr);
	if (checkExprHasSubLink(expr))
		ereport(ERROR,
				errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				errmsg("condition of WHEN cannot contain a subquery"));
	if (uses_temporary_walker(expr, NULL))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_OBJECT_DEFINITION),
				errmsg("condition of WHEN cannot use temporary types or functions"));
	if (contain_volatile_functions(expr))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_OBJECT_DEFINITION),
				errmsg("condition of WHEN cannot use volatile functions"));
	relation_close(rel, AccessShareLock);
	AtEOXact_GUC(true, level);
	free_parsestate(pstate);
	return expr;
}

Node *
ccpii_condition_try(const char *condition, Oid relid, char **problem)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	Node	   *volatile expr = NULL;

	/* Where there can be no subtransaction, a problem is an error. */
	if (IsInParallelMode())
		return ccpii_condition_parse(condition, relid);

	/* The parser looks into catalogs, so what it holds must be undone. */
	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		expr = ccpii_condition_parse(condition, relid);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		if (error->sqlerrcode == ERRCODE_QUERY_CANCELED ||
			error->sqlerrcode == ERRCODE_ADMIN_SHUTDOWN)
			ReThrowError(error);
		*problem = error->message;
		expr = NULL;
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	return expr;
}

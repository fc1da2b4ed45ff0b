/*-------------------------------------------------------------------------
 *
 * condition.c
 *	  The conditions of WHEN: SQL expressions over the columns of one row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "access/transam.h"
#include "catalog/namespace.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "nodes/parsenodes.h"
#include "optimizer/optimizer.h"
#include "parser/parse_clause.h"
#include "parser/parse_collate.h"
#include "parser/parse_relation.h"
#include "parser/parser.h"
#include "rewrite/rewriteManip.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/attempt.h"
#include "base/guard.h"
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

/* Has the function a setting of its own for search_path? */
static bool
sets_search_path(HeapTuple function)
{
	bool		isnull;
	Datum		config = SysCacheGetAttr(PROCOID, function,
										 Anum_pg_proc_proconfig, &isnull);
	Datum	   *settings;
	int			nsettings;

	if (isnull)
		return false;
	deconstruct_array(DatumGetArrayTypeP(config), TEXTOID, -1, false,
					  TYPALIGN_INT, &settings, NULL, &nsettings);
	for (int i = 0; i < nsettings; i++)
	{
		if (strncmp(TextDatumGetCString(settings[i]), "search_path=", 12) == 0)
			return true;
	}
	return false;
}

/*
 * Does a function resolve names under whatever search_path the reader has, who
 * can put functions of his own into the way?  A body that is parsed already can
 * still call one that does.
 */
static bool
is_unpinned(Oid function, void *context)
{
	HeapTuple	tuple;
	Oid			language;
	bool		pinned;

	if (function < FirstNormalObjectId)
		return false;
	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	if (!HeapTupleIsValid(tuple))
		return true;
	language = ((Form_pg_proc) GETSTRUCT(tuple))->prolang;
	pinned = language == ClanguageId || language == INTERNALlanguageId ||
		sets_search_path(tuple);
	ReleaseSysCache(tuple);
	return !pinned;
}

static bool
uses_unpinned_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (check_functions_in_node(node, is_unpinned, NULL))
		return true;
	return expression_tree_walker(node, uses_unpinned_walker, context);
}

Node *
ccpii_condition_parse(const char *condition, Oid relid)
{
	Node	   *raw;
	ParseState *pstate = make_parsestate(NULL);
	Relation	rel = relation_open(relid, AccessShareLock);
	ParseNamespaceItem *item;
	Node	   *expr;
	Guard		guard;

	/* Input functions of constants can be anybody's code: be the owner. */
	ccpii_guard_become(&guard, rel->rd_rel->relowner);
	raw = raw_expression(condition);
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
	if (uses_unpinned_walker(expr, NULL))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_OBJECT_DEFINITION),
				errmsg("condition of WHEN uses a function that does not pin its search_path"),
				errhint("Run ALTER FUNCTION ... SET search_path = pg_catalog, pg_temp."));
	if (contain_volatile_functions(expr))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_OBJECT_DEFINITION),
				errmsg("condition of WHEN cannot use volatile functions"));
	relation_close(rel, AccessShareLock);
	ccpii_guard_leave(&guard);
	free_parsestate(pstate);
	return expr;
}

typedef struct ParseAttempt
{
	const char *condition;
	Oid			relid;
	Node	   *expr;			/* out */
} ParseAttempt;

static void
attempt_parse(void *arg)
{
	ParseAttempt *attempt = arg;

	attempt->expr = ccpii_condition_parse(attempt->condition, attempt->relid);
}

Node *
ccpii_condition_try(const char *condition, Oid relid, char **problem)
{
	ParseAttempt attempt = {condition, relid, NULL};

	return ccpii_attempt(attempt_parse, &attempt, problem) ?
		attempt.expr : NULL;
}

/*-------------------------------------------------------------------------
 *
 * definition.c
 *	  Definitions that would tell or damage what columns hold.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_statistic_ext.h"
#include "nodes/nodeFuncs.h"
#include "storage/lockdefs.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/partcache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "enforce/definition.h"
#include "policy/expression.h"
#include "policy/masked_type.h"
#include "policy/rule.h"

/*
 * Expressions that are evaluated on all rows, and what becomes of them, would
 * answer questions about values that are masked for who writes them.
 */
void
ccpii_definition_check_expression(Oid relid, const char *what)
{
	if (ccpii_expression_hides_now(relid, 0))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("%s on relation \"%s\", which is masked for you, is not allowed",
					   what, get_rel_name(relid)));
}

/*
 * The type of a column of type masked_text cannot be changed by one for whom it
 * is masked: masks would be stored.
 */
void
ccpii_definition_check_type(Oid relid, const AlterTableCmd *cmd)
{
	AttrNumber	attno = get_attnum(relid, cmd->name);

	if (((ColumnDef *) cmd->def)->raw_default != NULL)
		ccpii_definition_check_expression(relid, "change of type with USING");
	if (attno > 0 && ccpii_expression_hides_now(relid, attno) &&
		ccpii_masked_type_is_within(get_atttype(relid, attno)))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("change of type of column \"%s\" of relation \"%s\", which is masked for you, is not allowed",
					   cmd->name, get_rel_name(relid)));
}

void
ccpii_definition_check_constraint(Oid relid, const Constraint *constraint)
{
	switch (constraint->contype)
	{
		case CONSTR_CHECK:
			ccpii_definition_check_expression(relid, "check constraint");
			break;
		case CONSTR_GENERATED:
			ccpii_definition_check_expression(relid, "generated column");
			break;
		case CONSTR_EXCLUSION:
			ccpii_definition_check_expression(relid, "exclusion constraint");
			break;
		default:
			break;
	}
}

/* Does an expression of a relation read a column of the type that is masked? */
static bool
reads_masked_walker(Node *node, Oid *relid)
{
	Var		   *var = (Var *) node;

	if (node == NULL)
		return false;
	if (IsA(node, Var))
		return ccpii_masked_type_is(var->vartype) &&
			ccpii_expression_hides_now(*relid, var->varattno);
	return expression_tree_walker(node, reads_masked_walker, (void *) relid);
}

/* Raises 42501 if an expression reads such a column. */
static void
check_stored(Oid relid, Node *expr, const char *what)
{
	if (reads_masked_walker(expr, &relid))
		ccpii_definition_check_expression(relid, what);
}

/* The same for an attribute of a tuple that holds an expression, or NULL. */
static void
check_stored_attribute(Oid relid, int cacheid, Oid object, AttrNumber attribute,
					   const char *what)
{
	HeapTuple	tuple = SearchSysCache1(cacheid, ObjectIdGetDatum(object));
	Datum		datum;
	bool		isnull;

	if (!HeapTupleIsValid(tuple))
		return;
	datum = SysCacheGetAttr(cacheid, tuple, attribute, &isnull);
	if (!isnull)
		check_stored(relid, stringToNode(TextDatumGetCString(datum)), what);
	ReleaseSysCache(tuple);
}

void
ccpii_definition_check_result(Oid relid)
{
	Relation	rel;
	TupleConstr *constr;
	ListCell   *lc;

	if (!ccpii_expression_hides_now(relid, 0))
		return;
	rel = relation_open(relid, AccessShareLock);
	constr = RelationGetDescr(rel)->constr;
	for (int i = 0; constr != NULL && i < constr->num_check; i++)
		check_stored(relid, stringToNode(constr->check[i].ccbin),
					 "check constraint");
	for (int i = 0; constr != NULL && i < constr->num_defval; i++)
		check_stored(relid, stringToNode(constr->defval[i].adbin),
					 "generated column");
	if (rel->rd_rel->relkind == RELKIND_PARTITIONED_TABLE)
		check_stored(relid, (Node *) RelationGetPartitionKey(rel)->partexprs,
					 "partition key");
	foreach(lc, RelationGetIndexList(rel))
	{
		check_stored_attribute(relid, INDEXRELID, lfirst_oid(lc),
							   Anum_pg_index_indexprs, "index on an expression");
		check_stored_attribute(relid, INDEXRELID, lfirst_oid(lc),
							   Anum_pg_index_indpred, "index with a condition");
	}
	foreach(lc, RelationGetStatExtList(rel))
	{
		check_stored_attribute(relid, STATEXTOID, lfirst_oid(lc),
							   Anum_pg_statistic_ext_stxexprs,
							   "statistics on an expression");
	}
	relation_close(rel, AccessShareLock);
}

/* The relation that a statement names, or InvalidOid. */
static Oid
named_relation(const RangeVar *name)
{
	return RangeVarGetRelid(name, AccessShareLock, true);
}

void
ccpii_definition_check_index(const IndexStmt *index)
{
	ListCell   *lc;

	if (index->whereClause != NULL)
		ccpii_definition_check_expression(named_relation(index->relation),
										  "index with a condition");
	foreach(lc, index->indexParams)
	{
		if (lfirst_node(IndexElem, lc)->expr != NULL)
			ccpii_definition_check_expression(named_relation(index->relation),
											  "index on an expression");
	}
}

void
ccpii_definition_check_statistics(const CreateStatsStmt *statistics)
{
	ListCell   *lc;

	foreach(lc, statistics->exprs)
	{
		if (lfirst_node(StatsElem, lc)->expr != NULL &&
			IsA(linitial(statistics->relations), RangeVar))
			ccpii_definition_check_expression(named_relation(linitial(statistics->relations)),
											  "statistics on an expression");
	}
}

/* Its rows are checked against the bounds. */
void
ccpii_definition_check_attach(const PartitionCmd *attach)
{
	ccpii_definition_check_expression(named_relation(attach->name),
									  "attachment as a partition");
}

/* Columns are dropped first: they are counted as the statement found them. */
void
ccpii_definition_drop_type(void)
{
	int			ncolumns = ccpii_masked_type_count(ActiveSnapshotSet() ?
												   GetActiveSnapshot() : NULL);

	if (ncolumns > 0)
		ereport(ERROR,
				errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				errmsg_plural("cannot drop extension \"%s\" while %d column is of type %s",
							  "cannot drop extension \"%s\" while %d columns are of type %s",
							  ncolumns, "ccpii", ncolumns, MASKED_TYPE_NAME),
				errdetail("What they hold would be lost."),
				errhint("Give them type text with SELECT ccpii.detach_all(); first."));
}

/*
 * A row type has got a column.  If it is of type masked_text, so are now the
 * relations that have columns of the row type, of which nobody hears.
 */
void
ccpii_definition_extend(Oid relid)
{
	ListCell   *lc;

	foreach(lc, ccpii_masked_type_users(relid))
	{
		CacheInvalidateRelcacheByRelid(lfirst_oid(lc));
	}
}

/*-------------------------------------------------------------------------
 *
 * statistics.c
 *	  What the planner's statistics show of the columns' values.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/heapam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "catalog/heap.h"
#include "catalog/index.h"
#include "catalog/indexing.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_statistic_ext.h"
#include "catalog/pg_statistic_ext_data.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "statistics/statistics.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/errors.h"
#include "base/extension.h"
#include "base/reader.h"
#include "enforce/statistics.h"
#include "policy/expression.h"
#include "policy/provider.h"

PG_FUNCTION_INFO_V1(ccpii_sql_statistics_visible);
PG_FUNCTION_INFO_V1(ccpii_sql_statistics_ext_visible);
PG_FUNCTION_INFO_V1(ccpii_sql_purge_statistics);

bool
ccpii_statistics_is_catalog(Oid relid)
{
	return relid == StatisticRelationId || relid == StatisticExtDataRelationId;
}

/* Another column of the row that var belongs to. */
static Node *
sibling(Var *var, AttrNumber attno, Oid type)
{
	Var		   *result = copyObject(var);

	result->varattno = attno;
	result->vartype = type;
	result->vartypmod = -1;
	result->varcollid = InvalidOid;
	result->varnosyn = 0;
	result->varattnosyn = 0;
	return (Node *) result;
}

Node *
ccpii_statistics_guard(Oid relid, Var *var)
{
	FuncExpr   *visible;
	Oid			types[] = {OIDOID, INT2OID};
	List	   *args;
	const char *function;

	if (relid == StatisticRelationId)
	{
		if (var->varattno < Anum_pg_statistic_stavalues1 ||
			var->varattno > Anum_pg_statistic_stavalues5)
			return NULL;
		function = "statistics_visible";
		args = list_make2(sibling(var, Anum_pg_statistic_starelid, OIDOID),
						  sibling(var, Anum_pg_statistic_staattnum, INT2OID));
	}
	else
	{
		if (var->varattno != Anum_pg_statistic_ext_data_stxdmcv &&
			var->varattno != Anum_pg_statistic_ext_data_stxdexpr)
			return NULL;
		function = "statistics_ext_visible";
		args = list_make1(sibling(var, Anum_pg_statistic_ext_data_stxoid,
								  OIDOID));
	}

	visible = makeFuncExpr(ccpii_extension_function(function,
													list_length(args), types),
						   BOOLOID, args, InvalidOid, InvalidOid,
						   COERCE_EXPLICIT_CALL);
	return ccpii_expression_if((Expr *) visible, (Node *) var);
}

/*
 * Are the values of a column, or of all columns if attno is 0, hidden from
 * the reader?
 */
static bool
is_hidden(Oid relid, AttrNumber attno)
{
	Audience	audience = ccpii_audience_now();
	const RelationRules *rules;

	/* Monitoring does not wait for locks: what cannot be looked up is hidden. */
	if (!ccpii_rule_exists(relid))
		return false;
	if (!ConditionalLockRelationOid(relid, AccessShareLock))
		return true;
	rules = ccpii_rule_get(relid);
	UnlockRelationOid(relid, AccessShareLock);
	return ccpii_expression_hides(rules, attno, &audience);
}

/* statistics_visible(relation, column): may the reader see the values? */
Datum
ccpii_sql_statistics_visible(PG_FUNCTION_ARGS)
{
	Oid			relid = PG_GETARG_OID(0);
	AttrNumber	attno = PG_GETARG_INT16(1);
	char		kind = get_rel_relkind(relid);

	/* Statistics of these catalogs hold values of other relations. */
	if (ccpii_statistics_is_catalog(relid))
	{
		Audience	audience = ccpii_audience_now();

		PG_RETURN_BOOL(ccpii_audience_is_clear(&audience));
	}

	/* The columns of an index are made of any of the table's. */
	if (kind == RELKIND_INDEX || kind == RELKIND_PARTITIONED_INDEX)
	{
		relid = IndexGetRelation(relid, true);
		attno = 0;
	}
	PG_RETURN_BOOL(OidIsValid(relid) && !is_hidden(relid, attno));
}

/* statistics_ext_visible(statistics object): likewise */
Datum
ccpii_sql_statistics_ext_visible(PG_FUNCTION_ARGS)
{
	HeapTuple	tuple = SearchSysCache1(STATEXTOID, PG_GETARG_DATUM(0));
	Oid			relid;

	if (!HeapTupleIsValid(tuple))
		PG_RETURN_BOOL(false);
	relid = ((Form_pg_statistic_ext) GETSTRUCT(tuple))->stxrelid;
	ReleaseSysCache(tuple);
	PG_RETURN_BOOL(!is_hidden(relid, 0));
}

/* Set the statistics target of a column, or of a statistics object, to 0. */
static void
set_no_statistics(Oid catalogid, HeapTuple tuple, AttrNumber target)
{
	Relation	catalog;
	Datum		values[Natts_pg_attribute] = {0};
	bool		nulls[Natts_pg_attribute] = {0};
	bool		replace[Natts_pg_attribute] = {0};
	HeapTuple	copy;

	if (!HeapTupleIsValid(tuple))
		return;
	catalog = table_open(catalogid, RowExclusiveLock);
	values[target - 1] = Int32GetDatum(0);
	replace[target - 1] = true;
	copy = heap_modify_tuple(tuple, RelationGetDescr(catalog), values, nulls,
							 replace);
	CatalogTupleUpdate(catalog, &copy->t_self, copy);
	table_close(catalog, RowExclusiveLock);
	ReleaseSysCache(tuple);
}

/* Forget a column, and stop ANALYZE from reading it. */
static void
purge_column(Oid relid, AttrNumber attno)
{
	RemoveStatistics(relid, attno);
	set_no_statistics(AttributeRelationId,
					  SearchSysCache2(ATTNUM, ObjectIdGetDatum(relid),
									  Int16GetDatum(attno)),
					  Anum_pg_attribute_attstattarget);
}

/* Remove all data of one statistics object. */
static void
purge_statistics_object(Oid stxoid)
{
	Relation	catalog = table_open(StatisticExtDataRelationId,
									 RowExclusiveLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_statistic_ext_data_stxoid,
				BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(stxoid));
	scan = systable_beginscan(catalog, StatisticExtDataStxoidInhIndexId,
							  true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		CatalogTupleDelete(catalog, &tuple->t_self);
	systable_endscan(scan);
	table_close(catalog, RowExclusiveLock);
	set_no_statistics(StatisticExtRelationId,
					  SearchSysCache1(STATEXTOID, ObjectIdGetDatum(stxoid)),
					  Anum_pg_statistic_ext_stxstattarget);
}

/* Purge an index, whose expressions have statistics of their own. */
static void
purge_index(Oid indexid)
{
	Relation	index = relation_open(indexid, ShareUpdateExclusiveLock);

	for (int i = 1; i <= RelationGetNumberOfAttributes(index); i++)
		purge_column(indexid, i);
	relation_close(index, NoLock);
}

/* Purge one relation and its indexes; returns the number of columns. */
static int
purge_relation(Oid relid)
{
	Relation	rel = relation_open(relid, ShareUpdateExclusiveLock);
	const RelationRules *rules = ccpii_rule_get(relid);
	int			purged = 0;
	ListCell   *lc;

	for (int i = 0; rules != NULL && i < rules->natts; i++)
		if (rules->columns[i] != NULL)
		{
			purge_column(relid, i + 1);
			purged++;
		}
	if (purged > 0)
	{
		foreach(lc, RelationGetIndexList(rel))
			purge_index(lfirst_oid(lc));
		foreach(lc, RelationGetStatExtList(rel))
			purge_statistics_object(lfirst_oid(lc));
	}
	relation_close(rel, NoLock);
	return purged;
}

/* purge_statistics(relation): forget what ANALYZE has learned of values */
Datum
ccpii_sql_purge_statistics(PG_FUNCTION_ARGS)
{
	Oid			relid;
	int			purged = 0;
	ListCell   *lc;

	if (PG_ARGISNULL(0))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("relation must not be null"));
	relid = PG_GETARG_OID(0);
	if (get_rel_name(relid) == NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_TABLE),
				errmsg("relation with OID %u does not exist", relid));
	ccpii_extension_require();
	PreventCommandIfReadOnly("ccpii.purge_statistics()");
	if (!ccpii_provider_is_admin(GetUserId()) &&
		!object_ownercheck(RelationRelationId, relid, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, get_rel_name(relid));
	foreach(lc, find_all_inheritors(relid, ShareUpdateExclusiveLock, NULL))
		purged += purge_relation(lfirst_oid(lc));
	PG_RETURN_INT32(purged);
}

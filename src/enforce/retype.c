/*-------------------------------------------------------------------------
 *
 * retype.c
 *	  Columns of type masked_text become columns of type text.
 *
 * What it takes is listed by SQL, whole before anything is changed; here it is
 * carried out, with values that show themselves.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/heap.h"
#include "catalog/indexing.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "parser/parser.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/guard.h"
#include "enforce/retype.h"
#include "policy/audience.h"
#include "policy/family.h"
#include "policy/masked_type.h"
#include "policy/reveal.h"
#include "policy/view_base.h"

PG_FUNCTION_INFO_V1(ccpii_sql_retype_is_concerned);

/* As in retype_list(), which has others for its order. */
enum Phase
{
	PHASE_LEFT,
	PHASE_BLOCKED,
	PHASE_DROP,
	PHASE_CHANGE,
	PHASE_GENERATE
};

typedef struct Step
{
	int			phase;
	Oid			relid;
	AttrNumber	attno;
	char	   *action;			/* NULL: goes without saying */
	char	   *statement;		/* NULL: nothing to do */
} Step;

Datum
ccpii_sql_retype_is_concerned(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(ccpii_masked_type_is_within(PG_GETARG_OID(0)));
}

/* Relations as an argument of a query. */
static Datum
oid_array(List *relations)
{
	Datum	   *values = palloc(sizeof(Datum) * Max(list_length(relations), 1));
	int			n = 0;
	ListCell   *lc;

	foreach(lc, relations)
		values[n++] = ObjectIdGetDatum(lfirst_oid(lc));
	return PointerGetDatum(construct_array(values, n, OIDOID, sizeof(Oid),
										   true, TYPALIGN_INT));
}

/* A column of a row that SPI has, in the caller's memory; NULL if it is. */
static char *
value_at(uint64 row, int column, MemoryContext context)
{
	char	   *value = SPI_getvalue(SPI_tuptable->vals[row],
									 SPI_tuptable->tupdesc, column);

	return value == NULL ? NULL : MemoryContextStrdup(context, value);
}

/* The steps, of Step, in the caller's memory; as of what was done already. */
static List *
list_steps(List *relations, List *dropped, MemoryContext context)
{
	Oid			types[] = {OIDARRAYOID, OIDARRAYOID};
	Datum		arguments[] = {oid_array(relations), oid_array(dropped)};
	List	   *steps = NIL;

	if (SPI_execute_with_args("SELECT phase, relation, column_number, action, statement"
							  " FROM ccpii.retype_list($1, $2)"
							  " ORDER BY phase, relation, column_number, action, statement",
							  2, types, arguments, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "cannot list what it takes to change a type");
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		MemoryContext old = MemoryContextSwitchTo(context);
		Step	   *step = palloc0(sizeof(Step));
		char	   *attno;

		step->phase = atoi(value_at(row, 1, context));
		step->relid = atooid(value_at(row, 2, context));
		attno = value_at(row, 3, context);
		step->attno = attno == NULL ? 0 : atoi(attno);
		step->action = value_at(row, 4, context);
		step->statement = value_at(row, 5, context);
		steps = lappend(steps, step);
		MemoryContextSwitchTo(old);
	}
	return steps;
}

/* Let a column be generated again, by this expression. */
static void
generate(const Step *step)
{
	Relation	catalog = table_open(AttributeRelationId, RowExclusiveLock);
	HeapTuple	tuple = SearchSysCacheCopy2(ATTNUM,
											ObjectIdGetDatum(step->relid),
											Int16GetDatum(step->attno));
	RawColumnDefault *expression = palloc0(sizeof(RawColumnDefault));
	char	   *select = psprintf("SELECT %s", step->statement);
	RawStmt    *statement = linitial(raw_parser(select, RAW_PARSE_DEFAULT));
	List	   *targets = ((SelectStmt *) statement->stmt)->targetList;
	Relation	rel;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for attribute %d of relation %u",
			 step->attno, step->relid);
	((Form_pg_attribute) GETSTRUCT(tuple))->attgenerated = ATTRIBUTE_GENERATED_STORED;
	CatalogTupleUpdate(catalog, &tuple->t_self, tuple);
	table_close(catalog, RowExclusiveLock);
	CommandCounterIncrement();

	expression->attnum = step->attno;
	expression->raw_default = linitial_node(ResTarget, targets)->val;
	expression->generated = ATTRIBUTE_GENERATED_STORED;
	rel = table_open(step->relid, AccessExclusiveLock);
	AddRelationNewConstraints(rel, list_make1(expression), NIL, false, true,
							  false, select);
	table_close(rel, NoLock);
	CommandCounterIncrement();
}

static void
carry_out(const Step *step)
{
	if (step->statement == NULL)
		return;
	if (step->phase == PHASE_GENERATE)
		generate(step);
	else if (SPI_execute(step->statement, false, 0) != SPI_OK_UTILITY)
		elog(ERROR, "cannot carry out: %s", step->statement);
}

/* What must be dropped first, all of it at once. */
static void
refuse_blocked(List *steps)
{
	StringInfoData detail;
	ListCell   *lc;

	initStringInfo(&detail);
	foreach(lc, steps)
	{
		const Step *step = lfirst(lc);

		if (step->phase == PHASE_BLOCKED)
			appendStringInfo(&detail, "%s%s.", detail.len > 0 ? "\n" : "",
							 step->action);
	}
	if (detail.len > 0)
		ereport(ERROR,
				errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				errmsg("columns of type %s cannot become text while other objects use them",
					   MASKED_TYPE_NAME),
				errdetail_internal("%s", detail.data),
				errhint("Drop these, detach, and create them again."));
}

static void
refuse_masked(List *relations)
{
	Audience	audience = ccpii_audience_now();
	ListCell   *lc;

	foreach(lc, relations)
	{
		Oid			relid = lfirst_oid(lc);

		if (ccpii_audience_is_masked(&audience, ccpii_family_owner(relid)))
			ereport(ERROR,
					errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					errmsg("relation \"%s\" is masked for you, its values cannot be given back by you",
						   get_rel_name(relid)));
	}
}

/* List the steps, and carry them out; values show themselves meanwhile. */
static List *
run_steps(List *relations, List *dropped, bool dry_run)
{
	MemoryContext context = CurrentMemoryContext;
	bool		shown = ccpii_reveal_force(true);
	List	   *volatile steps = NIL;

	PG_TRY();
	{
		Guard		guard;
		ListCell   *lc;

		SPI_connect();
		ccpii_guard_enter(&guard);
		steps = list_steps(relations, dropped, context);
		ccpii_guard_leave(&guard);
		if (!dry_run)
		{
			refuse_blocked(steps);
			ccpii_guard_become(&guard, GetUserId());
			foreach(lc, steps)
			{
				carry_out(lfirst(lc));
			}
			ccpii_guard_leave(&guard);
		}
		SPI_finish();
	}
	PG_FINALLY();
	{
		(void) ccpii_reveal_force(shown);
	}
	PG_END_TRY();
	return steps;
}

void
ccpii_retype_relations(List *relations, bool dry_run, RetypeTell tell,
					   void *arg)
{
	List	   *concerned = NIL;
	List	   *dropped = NIL;	/* masked views, already or in a dry run not */
	ListCell   *lc;

	foreach(lc, relations)
	{
		if (ccpii_view_base_is_masked(lfirst_oid(lc)))
			dropped = lappend_oid(dropped, lfirst_oid(lc));
		else if (ccpii_masked_type_is_in_relation(lfirst_oid(lc)))
			concerned = lappend_oid(concerned, lfirst_oid(lc));
	}
	if (concerned == NIL)
		return;
	refuse_masked(concerned);
	foreach(lc, run_steps(concerned, dropped, dry_run))
	{
		const Step *step = lfirst(lc);

		if (step->action != NULL)
			tell(arg, step->relid, step->phase == PHASE_BLOCKED ?
				 psprintf("must be dropped before: %s", step->action) :
				 step->action);
	}
}

void
ccpii_retype_tell_rest(RetypeTell tell, void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	List	   *objects = NIL;
	Guard		guard;
	ListCell   *lc;

	SPI_connect();
	ccpii_guard_enter(&guard);
	if (SPI_execute("SELECT object FROM ccpii.retype_rest_list() ORDER BY object",
					false, 0) != SPI_OK_SELECT)
		elog(ERROR, "cannot list what uses a type");
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		MemoryContext old = MemoryContextSwitchTo(context);

		objects = lappend(objects, value_at(row, 1, context));
		MemoryContextSwitchTo(old);
	}
	ccpii_guard_leave(&guard);
	SPI_finish();
	foreach(lc, objects)
	{
		tell(arg, InvalidOid, psprintf("%s still uses type %s: drop or change it",
									   (char *) lfirst(lc), MASKED_TYPE_NAME));
	}
}

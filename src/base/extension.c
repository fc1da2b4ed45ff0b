/*-------------------------------------------------------------------------
 *
 * extension.c
 *	  Is ccpii installed in this database, in which version, by whom?
 *
 * The answer is cached.  pg_extension sends no invalidations, but creating
 * and dropping the extension creates and drops functions, which does.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/errors.h"
#include "base/extension.h"

PG_FUNCTION_INFO_V1(ccpii_sql_is_enforcing);

static bool preloaded = false;
static bool known = false;
static bool changed = false;	/* since look_up() began */
static ExtensionState state = EXTENSION_ABSENT;
static Oid	owner = InvalidOid;
static Oid	schema = InvalidOid;

static void
forget(Datum arg, int cacheid, uint32 hashvalue)
{
	known = false;
	changed = true;
}

/*
 * Read our row of pg_extension.  What changed meanwhile counts from the next
 * time on, as in all of the server's caches.
 */
static void
look_up(void)
{
	Relation	catalog = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	changed = false;
	state = EXTENSION_ABSENT;
	owner = schema = InvalidOid;

	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber,
				F_NAMEEQ, CStringGetDatum("ccpii"));
	scan = systable_beginscan(catalog, ExtensionNameIndexId, true, NULL, 1,
							  &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Form_pg_extension form = (Form_pg_extension) GETSTRUCT(tuple);
		bool		isnull;
		Datum		version = heap_getattr(tuple, Anum_pg_extension_extversion,
										   RelationGetDescr(catalog), &isnull);

		owner = form->extowner;
		schema = form->extnamespace;
		if (!isnull &&
			strcmp(TextDatumGetCString(version), CCPII_VERSION) == 0)
			state = EXTENSION_CURRENT;
		else
			state = EXTENSION_OTHER_VERSION;
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	known = !changed;
}

ExtensionState
ccpii_extension_state(void)
{
	if (!known)
		look_up();
	return state;
}

bool
ccpii_extension_is_preloaded(void)
{
	return preloaded;
}

void
ccpii_extension_require(void)
{
	if (!preloaded)
		ccpii_error_not_preloaded();
	switch (ccpii_extension_state())
	{
		case EXTENSION_CURRENT:
			return;
		case EXTENSION_ABSENT:
			ccpii_error_not_installed();
		case EXTENSION_OTHER_VERSION:
			ccpii_error_other_version();
	}
}

/* is_enforcing(): whoever may see everything is told, others are refused */
Datum
ccpii_sql_is_enforcing(PG_FUNCTION_ARGS)
{
	if (preloaded && ccpii_extension_state() == EXTENSION_CURRENT)
		PG_RETURN_BOOL(true);
	if (!superuser())
		ccpii_extension_require();
	PG_RETURN_BOOL(false);
}

Oid
ccpii_extension_owner(void)
{
	return ccpii_extension_state() == EXTENSION_ABSENT ? InvalidOid : owner;
}

Oid
ccpii_extension_schema(void)
{
	return ccpii_extension_state() == EXTENSION_ABSENT ? InvalidOid : schema;
}

Oid
ccpii_extension_function(const char *name, int nargs, const Oid *argtypes)
{
	oidvector  *types = buildoidvector(argtypes, nargs);
	Oid			result = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
										 CStringGetDatum(name),
										 PointerGetDatum(types),
										 ObjectIdGetDatum(ccpii_extension_schema()));

	if (!OidIsValid(result))
		elog(ERROR, "function ccpii.%s with %d arguments is missing",
			 name, nargs);
	pfree(types);
	return result;
}

Oid
ccpii_extension_type(const char *name)
{
	Oid			in = ccpii_extension_schema();

	return !OidIsValid(in) ? InvalidOid :
		GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, PointerGetDatum(name),
						ObjectIdGetDatum(in));
}

Oid
ccpii_extension_relation(const char *name)
{
	Oid			result = get_relname_relid(name, ccpii_extension_schema());

	if (!OidIsValid(result))
		elog(ERROR, "relation ccpii.%s is missing", name);
	return result;
}

void
ccpii_extension_init(void)
{
	preloaded = true;
	CacheRegisterSyscacheCallback(PROCOID, forget, (Datum) 0);
}

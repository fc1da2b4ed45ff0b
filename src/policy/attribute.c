/*-------------------------------------------------------------------------
 *
 * attribute.c
 *	  The registered @attributes: keys of json that hold personal data.
 *
 * Kept in the table ccpii.pii_attribute; its statement trigger invalidates
 * the table's relcache entry, which drops this cache and resets the plan cache
 * in all sessions at commit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/plancache.h"
#include "utils/rel.h"

#include "base/extension.h"
#include "base/guard.h"
#include "policy/attribute.h"
#include "policy/label.h"

/* Columns of ccpii.pii_attribute. */
enum
{
	COLUMN_ATTRIBUTE = 1,
	COLUMN_MASK
};

static Oid	table_oid = InvalidOid; /* of the cached paths */
static uint64 generation = 0;
static char *paths = NULL;		/* NULL: not known */
static MemoryContext paths_context = NULL;

PG_FUNCTION_INFO_V1(ccpii_sql_pii_attribute_changed);
PG_FUNCTION_INFO_V1(ccpii_sql_pii_attribute_check);
PG_FUNCTION_INFO_V1(ccpii_sql_pii_attribute_add);
PG_FUNCTION_INFO_V1(ccpii_sql_pii_attribute_drop);

static void
relcache_callback(Datum arg, Oid relid)
{
	if (!OidIsValid(relid) || relid == table_oid)
	{
		paths = NULL;
		generation++;
		if (OidIsValid(table_oid))
			ResetPlanCache();
	}
}

/* Add "key => mask" for a key and for the same with its sigil. */
static void
append_attribute(StringInfo buf, const char *attribute, const char *mask)
{
	for (int sigil = 0; sigil <= 1; sigil++)
	{
		JsonPathMask path = {
			pstrdup(attribute + 1 - sigil),
			ccpii_label_parse_mask(mask)
		};

		appendStringInfo(buf, "%s%s", buf->len == 0 ? "" : ", ",
						 ccpii_label_paths_text(list_make1(&path)));
	}
}

/* Read the table; old text stays valid until the end of the transaction. */
static const char *
load(void)
{
	MemoryContext context,
				old;
	StringInfoData buf;
	Relation	table;
	SysScanDesc scan;
	HeapTuple	tuple;
	uint64		started = generation;

	table_oid = ccpii_extension_relation("pii_attribute");
	context = AllocSetContextCreate(CurrentMemoryContext, "ccpii attributes",
									ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	initStringInfo(&buf);

	table = table_open(table_oid, AccessShareLock);
	scan = systable_beginscan(table, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool		isnull;
		Datum		attribute = heap_getattr(tuple, COLUMN_ATTRIBUTE,
											 RelationGetDescr(table), &isnull);
		Datum		mask = heap_getattr(tuple, COLUMN_MASK,
										RelationGetDescr(table), &isnull);

		append_attribute(&buf, TextDatumGetCString(attribute),
						 TextDatumGetCString(mask));
	}
	systable_endscan(scan);
	table_close(table, AccessShareLock);
	MemoryContextSwitchTo(old);

	if (paths_context != NULL)
		MemoryContextSetParent(paths_context, TopTransactionContext);
	MemoryContextSetParent(context, CacheMemoryContext);
	paths_context = context;
	paths = started == generation ? buf.data : NULL;
	return buf.data;
}

const char *
ccpii_attribute_paths(void)
{
	return paths != NULL ? paths : load();
}

/* Trigger: the table has changed. */
Datum
ccpii_sql_pii_attribute_changed(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				errmsg("function \"%s\" must be called as a trigger",
					   "pii_attribute_changed"));
	CacheInvalidateRelcache(trigger->tg_relation);
	return PointerGetDatum(NULL);
}

/* Is the text a mask that can stand inside of a json value?  Raises if not. */
static void
check_mask(const char *mask)
{
	/* The list must not be closed by what stands in it. */
	(void) ccpii_label_parse_mask(mask);
	(void) ccpii_label_parse_paths(psprintf("a => %s", mask));
}

Datum
ccpii_sql_pii_attribute_check(PG_FUNCTION_ARGS)
{
	check_mask(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	PG_RETURN_BOOL(true);
}

/* The argument as text; raises 22004 if it is NULL. */
static text *
not_null_argument(FunctionCallInfo fcinfo, int n, const char *name)
{
	if (PG_ARGISNULL(n))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("%s must not be null", name));
	return PG_GETARG_TEXT_PP(n);
}

static void
check_name(const char *name)
{
	size_t		len = strlen(name);

	if (name[0] == '@' && len < NAMEDATALEN &&
		(name[1] == '_' || (name[1] >= 'a' && name[1] <= 'z')) &&
		strspn(name + 1, "abcdefghijklmnopqrstuvwxyz0123456789_") == len - 1)
		return;
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("name of an attribute is not valid"),
			errdetail("It is @, a lower case letter or underscore, then lower case letters, digits and underscores, %d characters at most.",
					  NAMEDATALEN - 1),
			errhint("Write it as in ccpii.pii_attribute_add('@user_name', 'name')."));
}

/* Run one statement on the table as its owner; returns the rows changed. */
static uint64
change_table(const char *statement, int nargs, Datum *args)
{
	Oid			types[] = {TEXTOID, TEXTOID};
	Guard		guard;
	uint64		changed_rows;

	ccpii_extension_require();
	ccpii_guard_enter(&guard);
	SPI_connect();
	if (SPI_execute_with_args(statement, nargs, types, args, NULL, false,
							  0) < 0)
		elog(ERROR, "change of ccpii.pii_attribute failed");
	changed_rows = SPI_processed;
	SPI_finish();
	ccpii_guard_leave(&guard);
	return changed_rows;
}

/* pii_attribute_add(attribute, mask); EXECUTE is ccpii_admin's. */
Datum
ccpii_sql_pii_attribute_add(PG_FUNCTION_ARGS)
{
	text	   *attribute = not_null_argument(fcinfo, 0, "attribute");
	text	   *mask = not_null_argument(fcinfo, 1, "mask");
	Datum		args[] = {PointerGetDatum(attribute), PointerGetDatum(mask)};

	check_name(text_to_cstring(attribute));
	check_mask(text_to_cstring(mask));
	(void) change_table("INSERT INTO ccpii.pii_attribute (attribute, mask)"
						" VALUES ($1, $2)"
						" ON CONFLICT (attribute) DO UPDATE SET"
						" mask = excluded.mask, added_at = now(),"
						" added_by = session_user", 2, args);
	PG_RETURN_VOID();
}

/* pii_attribute_drop(attribute): was it there? */
Datum
ccpii_sql_pii_attribute_drop(PG_FUNCTION_ARGS)
{
	text	   *attribute = not_null_argument(fcinfo, 0, "attribute");
	Datum		args[] = {PointerGetDatum(attribute)};

	PG_RETURN_BOOL(change_table("DELETE FROM ccpii.pii_attribute"
								" WHERE attribute = $1", 1, args) > 0);
}

uint64
ccpii_attribute_generation(void)
{
	return generation;
}

void
ccpii_attribute_init(void)
{
	CacheRegisterRelcacheCallback(relcache_callback, (Datum) 0);
}

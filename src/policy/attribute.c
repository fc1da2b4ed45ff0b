/*-------------------------------------------------------------------------
 *
 * attribute.c
 *	  The registered @attributes: keys of json that hold personal data.
 *
 * Kept in the table ccpii.pii_attribute; its statement trigger invalidates
 * the table's relcache entry, and with it this cache and the plans that
 * contain its contents, in all sessions at commit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "commands/trigger.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "base/extension.h"
#include "policy/attribute.h"
#include "policy/label.h"

/* Columns of ccpii.pii_attribute. */
enum
{
	COLUMN_ATTRIBUTE = 1,
	COLUMN_MASK
};

static Oid	table_oid = InvalidOid; /* of the cached paths */
static bool changed = false;	/* since load() began */
static char *paths = NULL;		/* NULL: not known */
static MemoryContext paths_context = NULL;

PG_FUNCTION_INFO_V1(ccpii_sql_pii_attribute_changed);
PG_FUNCTION_INFO_V1(ccpii_sql_pii_attribute_check);

static void
relcache_callback(Datum arg, Oid relid)
{
	if (!OidIsValid(relid) || relid == table_oid)
	{
		paths = NULL;
		changed = true;
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

	changed = false;
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
	paths = changed ? NULL : buf.data;
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
Datum
ccpii_sql_pii_attribute_check(PG_FUNCTION_ARGS)
{
	char	   *mask = text_to_cstring(PG_GETARG_TEXT_PP(0));

	/* The list must not be closed by what stands in it. */
	(void) ccpii_label_parse_mask(mask);
	(void) ccpii_label_parse_paths(psprintf("a => %s", mask));
	PG_RETURN_BOOL(true);
}

void
ccpii_attribute_init(void)
{
	CacheRegisterRelcacheCallback(relcache_callback, (Datum) 0);
}

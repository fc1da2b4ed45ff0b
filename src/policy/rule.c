/*-------------------------------------------------------------------------
 *
 * rule.c
 *	  The rules in force on the columns of a relation, from a cache.
 *
 * The directory is a hash of all relations that have rules: those with labels
 * of their own or with columns of type masked_text, their ancestors and their
 * descendants.  It is built by one scan of pg_seclabel, and of what depends on
 * the type; what is not in it has no rules.  The labels of one relation are
 * parsed when they are first asked for.
 *
 * Invalidation.  pg_seclabel sends none of its own, so whoever changes a label
 * calls ccpii_rule_changed(), which invalidates the relcache entries of
 * pg_seclabel (the directory is rebuilt) and of the relations concerned
 * (their plans are).  An invalidation of a relation in the directory makes
 * its entry stale: its name, columns and relatives are read again.  One of a
 * relation that is not in it is noted: it may have got a column of the type, and
 * is looked at when somebody asks for its rules.  What is
 * dropped leaves the directory, and a rollback brings it back: that rebuilds
 * the directory too (ccpii_rule_dropped).  Roles and functions that rules refer
 * to count by generation.  Callbacks only set
 * flags; look-ups act on them.  What is replaced stays valid until the end of
 * the transaction, so callers need no copies; what fails half way leaves
 * nothing behind, since new things are attached when they are complete.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/pg_class.h"
#include "catalog/pg_seclabel.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/plancache.h"
#include "utils/syscache.h"

#include "base/fault.h"
#include "policy/family.h"
#include "policy/masked_type.h"
#include "policy/rule.h"

typedef struct DirectoryEntry
{
	Oid			relid;			/* hash key */
	NameData	name;
	bool		stale;			/* the relation has changed */
	bool		labelled;		/* some relation of its family is */
	bool		typed;			/* has columns of type masked_text */
	uint64		generation;		/* of roles and functions in rules */
	RelationRules *rules;		/* NULL: not parsed yet */
	MemoryContext context;		/* of rules */
} DirectoryEntry;

static MemoryContext directory_context = NULL;
static HTAB *directory = NULL;
static bool directory_valid = false;
static bool any_stale = false;
static uint64 flushes = 0;		/* counts invalidations of the directory */
static HTAB *building = NULL;	/* the directory that is being built */
static uint64 generation = 0;	/* counts changes of roles and functions */

/*
 * Relations that have changed and are not in the directory; if there are more
 * of them, the directory is built anew.
 */
#define MAX_CHANGED 128
static Oid	changed[MAX_CHANGED];
static int	nchanged = 0;
static uint64 changes = 0;		/* counts what was put there */

/* A relation has changed: mark its entry; false if there is none. */
static bool
mark_stale(HTAB *hash, Oid relid)
{
	DirectoryEntry *entry = hash_search(hash, &relid, HASH_FIND, NULL);

	if (entry != NULL)
		entry->stale = any_stale = true;
	return entry != NULL;
}

/* Where a relation stands among those that have changed, or -1. */
static int
find_changed(Oid relid)
{
	for (int i = 0; i < nchanged; i++)
	{
		if (changed[i] == relid)
			return i;
	}
	return -1;
}

/* Relations of the server's own have no columns of our type. */
static void
note_changed(Oid relid)
{
	if (relid < FirstNormalObjectId)
		return;
	changes++;
	if (find_changed(relid) >= 0)
		return;
	if (nchanged < MAX_CHANGED)
		changed[nchanged++] = relid;
	else
	{
		directory_valid = false;
		flushes++;
	}
}

static void
relcache_callback(Datum arg, Oid relid)
{
	HTAB	   *hash;

	if (!OidIsValid(relid) || relid == SecLabelRelationId)
	{
		directory_valid = false;
		flushes++;

		/* Also plans that are being made now, of which nobody knows yet. */
		if (directory != NULL || building != NULL)
			ResetPlanCache();
		return;
	}
	hash = building != NULL ? building : directory;
	if (hash != NULL && !mark_stale(hash, relid))
		note_changed(relid);
}

static void
syscache_callback(Datum arg, int cacheid, uint32 hashvalue)
{
	generation++;
}

/* Let go of memory that callers may still look at. */
static void
retire(MemoryContext context)
{
	if (context != NULL)
		MemoryContextSetParent(context, TopTransactionContext);
}

/*
 * Enter one relation, which may be there already.  Returns its entry, or NULL
 * if it is gone.
 */
static DirectoryEntry *
enter(HTAB *hash, Oid relid, bool labelled)
{
	char	   *name = get_rel_name(relid);
	DirectoryEntry *entry;
	bool		found;

	if (name == NULL)
	{
		hash_search(hash, &relid, HASH_REMOVE, NULL);
		return NULL;
	}
	entry = hash_search(hash, &relid, HASH_ENTER, &found);
	if (!found)
	{
		entry->stale = false;
		entry->labelled = false;
		entry->typed = false;
		entry->rules = NULL;
		entry->context = NULL;
	}
	entry->labelled |= labelled;
	namestrcpy(&entry->name, name);
	return entry;
}

/* Enter a relation with its family. */
static DirectoryEntry *
enter_family(HTAB *hash, Oid relid, bool labelled)
{
	ListCell   *lc;

	if (enter(hash, relid, labelled) == NULL)
		return NULL;
	foreach(lc, ccpii_family_relatives(relid))
	{
		(void) enter(hash, lfirst_oid(lc), labelled);
	}
	return hash_search(hash, &relid, HASH_FIND, NULL);
}

/* Enter a relation that has columns of type masked_text. */
static void
enter_typed(HTAB *hash, Oid relid)
{
	DirectoryEntry *entry = enter_family(hash, relid, false);

	if (entry != NULL)
		entry->typed = true;
}

/* OIDs of the relations with labels of their own. */
static List *
labelled_relations(void)
{
	List	   *relations = NIL;
	Relation	catalog = table_open(SecLabelRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_seclabel_classoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(RelationRelationId));
	ScanKeyInit(&keys[1], Anum_pg_seclabel_provider, BTEqualStrategyNumber,
				F_TEXTEQ, CStringGetTextDatum(LABEL_PROVIDER));
	scan = systable_beginscan(catalog, InvalidOid, false, NULL, 2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Oid			relid = ((FormData_pg_seclabel *) GETSTRUCT(tuple))->objoid;

		/* Labels of one relation mostly stand together. */
		if (relations == NIL || llast_oid(relations) != relid)
			relations = lappend_oid(relations, relid);
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return relations;
}

static void
build_directory(void)
{
	uint64		started = flushes;
	MemoryContext context;
	HASHCTL		ctl;

	context = AllocSetContextCreate(CurrentMemoryContext, "ccpii rules",
									ALLOCSET_DEFAULT_SIZES);
	ctl.keysize = sizeof(Oid);
	ctl.entrysize = sizeof(DirectoryEntry);
	ctl.hcxt = context;
	building = hash_create("ccpii relations with rules", 64, &ctl,
						   HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	any_stale = false;
	nchanged = 0;
	PG_TRY();
	{
		ListCell   *lc;

		foreach(lc, labelled_relations())
		{
			(void) enter_family(building, lfirst_oid(lc), true);
		}
		foreach(lc, ccpii_masked_type_relations())
		{
			enter_typed(building, lfirst_oid(lc));
		}
		ccpii_fault_point("rule.directory");

		MemoryContextSetParent(context, CacheMemoryContext);
		retire(directory_context);
		directory_context = context;
		directory = building;
		directory_valid = started == flushes;
	}
	PG_FINALLY();
	{
		building = NULL;
	}
	PG_END_TRY();
}

/*
 * Read again what has changed of one relation in the directory.  Returns false
 * if it has no columns of type masked_text any more, which may have been why it
 * was there.
 */
static bool
refresh(DirectoryEntry *entry)
{
	Oid			relid = entry->relid;
	bool		was_typed = entry->typed;

	entry->stale = false;
	entry->rules = NULL;
	retire(entry->context);
	entry->context = NULL;
	entry = enter_family(directory, relid, entry->labelled);
	if (entry != NULL)
		entry->typed = ccpii_masked_type_is_in_relation(relid);
	ccpii_fault_point("rule.refresh");
	return entry == NULL || entry->typed || !was_typed;
}

/* The directory counts as invalid until all is read again. */
static void
refresh_stale(void)
{
	uint64		started = flushes;
	List	   *stale = NIL;
	bool		all_stay = true;
	HASH_SEQ_STATUS status;
	DirectoryEntry *entry;
	ListCell   *lc;

	directory_valid = false;
	any_stale = false;
	hash_seq_init(&status, directory);
	while ((entry = hash_seq_search(&status)) != NULL)
		if (entry->stale)
			stale = lappend_oid(stale, entry->relid);

	foreach(lc, stale)
	{
		entry = hash_search(directory, &lfirst_oid(lc), HASH_FIND, NULL);
		if (entry != NULL)		/* else gone, as a relative that is dropped */
			all_stay &= refresh(entry);
	}
	directory_valid = started == flushes && all_stay;
}

/*
 * Bring the directory up to date.  What changes meanwhile counts from the next
 * time on, as in all of the server's caches.
 */
static void
settle(void)
{
	if (directory_valid && any_stale)
		refresh_stale();
	if (!directory_valid)
		build_directory();
}

/* Look at a relation that has changed and is not in the directory. */
static void
look_at(Oid relid)
{
	uint64		started = changes;
	int			at;

	if (ccpii_masked_type_is_in_relation(relid))
		enter_typed(directory, relid);
	at = find_changed(relid);
	if (at >= 0 && changes == started)
		changed[at] = changed[--nchanged];
}

/* The same of all that have changed. */
static void
look_at_all(void)
{
	Oid			relations[MAX_CHANGED];
	int			n = nchanged;

	memcpy(relations, changed, sizeof(Oid) * n);
	for (int i = 0; i < n; i++)
		look_at(relations[i]);
}

/* The entry of a relation, or NULL if it has no rules. */
static DirectoryEntry *
find_entry(Oid relid)
{
	settle();
	if (nchanged > 0 && find_changed(relid) >= 0)
		look_at(relid);
	return hash_search(directory, &relid, HASH_FIND, NULL);
}

/* Parse the labels of one entry, complete or not at all. */
static void
parse_entry(DirectoryEntry *entry)
{
	uint64		started = generation;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "ccpii relation rules",
												  0, 1024, 1024);
	MemoryContext old = MemoryContextSwitchTo(context);
	RelationRules *rules = ccpii_clause_read(entry->relid);

	MemoryContextSwitchTo(old);
	ccpii_fault_point("rule.parse");
	MemoryContextSetParent(context, directory_context);
	retire(entry->context);
	entry->context = context;
	entry->rules = rules;
	entry->generation = started;
}

const RelationRules *
ccpii_rule_get(Oid relid)
{
	DirectoryEntry *entry = find_entry(relid);

	if (entry == NULL)
		return NULL;
	if (entry->rules == NULL || entry->generation != generation)
		parse_entry(entry);
	return entry->rules;
}

uint64
ccpii_rule_generation(void)
{
	return flushes;
}

bool
ccpii_rule_any(void)
{
	settle();
	if (hash_get_num_entries(directory) == 0)
		look_at_all();
	return hash_get_num_entries(directory) > 0;
}

List *
ccpii_rule_relations(void)
{
	List	   *relations = NIL;
	HASH_SEQ_STATUS status;
	DirectoryEntry *entry;

	settle();
	look_at_all();
	hash_seq_init(&status, directory);
	while ((entry = hash_seq_search(&status)) != NULL)
		relations = lappend_oid(relations, entry->relid);
	list_sort(relations, list_oid_cmp);
	return relations;
}

static bool
continues_name(char c)
{
	return isalnum((unsigned char) c) || c == '_' || IS_HIGHBIT_SET(c);
}

/* Does the text contain the name, and not only as a part of another? */
static bool
mentions(const char *text, const char *name)
{
	size_t		len = strlen(name);

	for (const char *at = text; (at = strstr(at, name)) != NULL; at++)
	{
		if ((at == text || !continues_name(at[-1])) &&
			!continues_name(at[len]))
			return true;
	}
	return false;
}

bool
ccpii_rule_is_named_in(const char *text, bool whole)
{
	HASH_SEQ_STATUS status;
	DirectoryEntry *entry;

	if (directory == NULL)
	{
		/* Workers write without ever looking up a rule. */
		return MyBackendType != B_BACKEND;
	}
	hash_seq_init(&status, directory);
	while ((entry = hash_seq_search(&status)) != NULL)
	{
		const char *name = NameStr(entry->name);

		if (whole ? strcmp(text, name) == 0 : mentions(text, name))
		{
			hash_seq_term(&status);
			return true;
		}
	}
	return false;
}

bool
ccpii_rule_is_any_known(void)
{
	return directory != NULL && hash_get_num_entries(directory) > 0;
}

const ColumnRule *
ccpii_rule_column(const RelationRules *rules, AttrNumber attno)
{
	if (rules == NULL || attno <= 0 || attno > rules->natts)
		return NULL;
	return rules->columns[attno - 1];
}

void
ccpii_rule_changed(Oid relid)
{
	ListCell   *lc;

	CacheInvalidateRelcacheByRelid(SecLabelRelationId);
	CacheInvalidateRelcacheByRelid(relid);
	foreach(lc, ccpii_family_relatives(relid))
		CacheInvalidateRelcacheByRelid(lfirst_oid(lc));
}

bool
ccpii_rule_exists(Oid relid)
{
	return find_entry(relid) != NULL;
}

void
ccpii_rule_dropped(Oid relid)
{
	DirectoryEntry *entry = directory == NULL ? NULL :
		hash_search(directory, &relid, HASH_FIND, NULL);

	/*
	 * An invalid directory may be rebuilt before the rollback.  Columns of
	 * type masked_text are found without this, when the relation is back.
	 */
	if (!directory_valid || (entry != NULL && entry->labelled))
		CacheInvalidateRelcacheByRelid(SecLabelRelationId);
}

void
ccpii_rule_init(void)
{
	CacheRegisterRelcacheCallback(relcache_callback, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHOID, syscache_callback, (Datum) 0);
	CacheRegisterSyscacheCallback(PROCOID, syscache_callback, (Datum) 0);
}

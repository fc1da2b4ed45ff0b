/*-------------------------------------------------------------------------
 *
 * rule.c
 *	  The rules in force on the columns of a relation, from a cache.
 *
 * The directory is a hash of all relations that have rules: those with labels
 * of their own, their ancestors and their descendants.  It is built by one
 * scan of pg_seclabel; what is not in it has no rules.  The labels of one
 * relation are parsed when they are first asked for.
 *
 * Invalidation.  pg_seclabel sends none of its own, so whoever changes a label
 * calls ccpii_rule_changed(), which invalidates the relcache entries of
 * pg_seclabel (the directory is rebuilt) and of the relations concerned
 * (their plans are).  An invalidation of a relation in the directory makes
 * its entry stale: its name, columns and children are read again.  Roles and
 * functions that rules refer to count by generation.  Callbacks only set
 * flags; look-ups act on them.  What is replaced stays valid until the end of
 * the transaction, so callers need no copies; what fails half way leaves
 * nothing behind, since new things are attached when they are complete.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_seclabel.h"
#include "catalog/pg_type.h"
#include "optimizer/optimizer.h"
#include "parser/parse_coerce.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/fault.h"
#include "policy/condition.h"
#include "policy/rule.h"

typedef struct DirectoryEntry
{
	Oid			relid;			/* hash key */
	NameData	schema;
	NameData	name;
	bool		stale;			/* the relation has changed */
	uint64		generation;		/* of roles and functions in rules */
	RelationRules *rules;		/* NULL: not parsed yet */
	MemoryContext context;		/* of rules */
} DirectoryEntry;

static MemoryContext directory_context = NULL;
static HTAB *directory = NULL;
static bool directory_valid = false;
static bool any_stale = false;
static uint64 flushes = 0;		/* counts invalidations of the directory */
static uint64 invalidations = 0;	/* counts those of any relation */
static uint64 generation = 0;	/* counts changes of roles and functions */

static void
relcache_callback(Datum arg, Oid relid)
{
	DirectoryEntry *entry;

	invalidations++;
	if (!OidIsValid(relid) || relid == SecLabelRelationId)
	{
		directory_valid = false;
		flushes++;
		return;
	}
	if (directory == NULL)
		return;
	entry = hash_search(directory, &relid, HASH_FIND, NULL);
	if (entry != NULL)
		entry->stale = any_stale = true;
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

/* Parents of a relation. */
static List *
parents_of(Oid relid)
{
	List	   *parents = NIL;
	Relation	catalog = table_open(InheritsRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_inherits_inhrelid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(relid));
	scan = systable_beginscan(catalog, InheritsRelidSeqnoIndexId, true, NULL,
							  1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		parents = lappend_oid(parents,
							  ((Form_pg_inherits) GETSTRUCT(tuple))->inhparent);
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return parents;
}

/* All ancestors, nearest first. */
static List *
ancestors_of(Oid relid)
{
	List	   *ancestors = parents_of(relid);
	ListCell   *lc;

	foreach(lc, ancestors)
		ancestors = list_concat_unique_oid(ancestors,
										   parents_of(lfirst_oid(lc)));
	return ancestors;
}

/* All descendants, nearest first, without the relation itself. */
static List *
descendants_of(Oid relid)
{
	if (!has_subclass(relid))
		return NIL;
	return list_delete_oid(find_all_inheritors(relid, NoLock, NULL), relid);
}

/* Enter one relation; it may be there already. */
static void
enter(HTAB *hash, Oid relid)
{
	char	   *name = get_rel_name(relid);
	char	   *schema = name == NULL ? NULL :
		get_namespace_name(get_rel_namespace(relid));
	DirectoryEntry *entry;
	bool		found;

	if (schema == NULL)
		return;					/* dropped */
	entry = hash_search(hash, &relid, HASH_ENTER, &found);
	if (!found)
	{
		entry->stale = false;
		entry->rules = NULL;
		entry->context = NULL;
	}
	namestrcpy(&entry->name, name);
	namestrcpy(&entry->schema, schema);
}

/* Enter a relation with its family. */
static void
enter_family(HTAB *hash, Oid relid)
{
	List	   *family = list_concat(descendants_of(relid),
									 ancestors_of(relid));
	ListCell   *lc;

	enter(hash, relid);
	foreach(lc, family)
		enter(hash, lfirst_oid(lc));
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
	uint64		started = invalidations;
	List	   *relations = labelled_relations();
	MemoryContext context;
	HASHCTL		ctl;
	HTAB	   *hash;
	ListCell   *lc;

	context = AllocSetContextCreate(CurrentMemoryContext, "ccpii rules",
									ALLOCSET_DEFAULT_SIZES);
	ctl.keysize = sizeof(Oid);
	ctl.entrysize = sizeof(DirectoryEntry);
	ctl.hcxt = context;
	hash = hash_create("ccpii relations with rules", 64, &ctl,
					   HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	foreach(lc, relations)
		enter_family(hash, lfirst_oid(lc));
	ccpii_fault_point("rule.directory");

	MemoryContextSetParent(context, CacheMemoryContext);
	retire(directory_context);
	directory_context = context;
	directory = hash;
	any_stale = false;
	directory_valid = started == invalidations;
}

/*
 * Read again what has changed of the relations in the directory.  The
 * directory counts as invalid until that is complete.
 */
static void
refresh_stale(void)
{
	uint64		started = flushes;
	List	   *stale = NIL;
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
		entry->stale = false;
		entry->rules = NULL;
		retire(entry->context);
		entry->context = NULL;
		enter_family(directory, lfirst_oid(lc));
		ccpii_fault_point("rule.refresh");
	}
	directory_valid = started == flushes;
}

/* Bring the directory up to date. */
static void
settle(void)
{
	while (!directory_valid || any_stale)
	{
		if (directory_valid)
			refresh_stale();
		else
			build_directory();
	}
}

bool
ccpii_rule_mask_fits(const MaskSpec *mask, Oid type)
{
	Oid			base = getBaseType(type);

	switch (mask->kind)
	{
		case MASK_TEXT:
			return mask->text.kind == TEXT_MASK_FULL ||
				ccpii_rule_is_text(type);
		case MASK_HASH:
			return ccpii_rule_is_text(type);
		case MASK_NULL:
		case MASK_CONSTANT:
			return true;
		case MASK_YEAR:
		case MASK_MONTH:
			return base == DATEOID || base == TIMESTAMPOID ||
				base == TIMESTAMPTZOID;
		case MASK_ATTRIBUTES:
		case MASK_JSONB:
			return base == JSONOID || base == JSONBOID;
	}
	return false;
}

bool
ccpii_rule_is_text(Oid type)
{
	Oid			base = getBaseType(type);

	if (base == TEXTOID || base == VARCHAROID || base == BPCHAROID)
		return true;

	/* citext and its like: stored as text is. */
	return TypeCategory(base) == TYPCATEGORY_STRING && base != NAMEOID &&
		IsBinaryCoercible(base, TEXTOID);
}

static MaskSpec *
full_mask(void)
{
	MaskSpec   *mask = palloc0(sizeof(MaskSpec));

	mask->kind = MASK_TEXT;
	mask->text.kind = TEXT_MASK_FULL;
	return mask;
}

static void
warn(ColumnRule *rule, char *warning)
{
	rule->warnings = lappend(rule->warnings, warning);
}

/* Resolve role names; *missing is set if one does not exist. */
static List *
resolve_roles(ColumnRule *rule, List *names, bool *missing)
{
	List	   *roles = NIL;
	ListCell   *lc;

	foreach(lc, names)
	{
		Oid			role = get_role_oid(lfirst(lc), true);

		if (OidIsValid(role))
			roles = lappend_oid(roles, role);
		else
		{
			*missing = true;
			warn(rule, psprintf("role \"%s\" does not exist",
								(char *) lfirst(lc)));
		}
	}
	return roles;
}

/*
 * Turn a clause of a label into a clause of a rule; NULL if it can never
 * apply.  Whatever does not resolve is read so that more is masked.
 */
static RuleClause *
make_clause(ColumnRule *rule, const LabelClause *label, Oid relid, Oid type)
{
	RuleClause *clause = palloc0(sizeof(RuleClause));
	bool		missing_only = false;
	bool		missing_unless = false;

	clause->masked = label->masked;
	clause->searchable = label->searchable;
	clause->only = resolve_roles(rule, label->only, &missing_only);
	clause->unless = resolve_roles(rule, label->unless, &missing_unless);
	clause->everybody = label->only == NIL;
	if (missing_only || missing_unless)
	{
		if (!label->masked)
			return NULL;
		clause->everybody |= missing_only;
		if (missing_unless)
			clause->unless = NIL;
	}
	if (label->masked)
	{
		clause->mask = label->mask;
		if (!ccpii_rule_mask_fits(clause->mask, type))
		{
			warn(rule, psprintf("mask \"%s\" is not defined for type %s, masked as full",
								ccpii_label_mask_text(clause->mask),
								format_type_be(type)));
			clause->mask = full_mask();
		}
	}
	if (label->when != NULL)
	{
		char	   *problem;

		clause->when = ccpii_condition_try(label->when, relid, &problem);
		if (clause->when == NULL)
		{
			warn(rule, psprintf("condition of WHEN cannot be used: %s",
								problem));
			if (!label->masked)
				return NULL;
		}
	}
	return clause;
}

/* Make the rule of one column from the text of a label. */
static ColumnRule *
make_rule(Relation rel, AttrNumber attno, Oid source, const char *label)
{
	ColumnRule *rule = palloc0(sizeof(ColumnRule));
	Oid			type = TupleDescAttr(RelationGetDescr(rel), attno - 1)->atttypid;
	List	   *volatile clauses = NIL;
	MemoryContext context = CurrentMemoryContext;
	ListCell   *lc;

	rule->attno = attno;
	rule->source = source;
	rule->label = pstrdup(label);

	/* The parser takes no locks and opens nothing, so it can be caught. */
	PG_TRY();
	{
		clauses = ccpii_label_parse_column(label);
	}
	PG_CATCH();
	{
		LabelClause *clause;

		MemoryContextSwitchTo(context);
		FlushErrorState();
		clause = palloc0(sizeof(LabelClause));
		clause->masked = true;
		clause->mask = full_mask();
		clauses = list_make1(clause);
		warn(rule, pstrdup("label does not parse, masked as full"));
	}
	PG_END_TRY();

	foreach(lc, clauses)
	{
		RuleClause *clause = make_clause(rule, lfirst(lc),
										 RelationGetRelid(rel), type);

		if (clause != NULL)
			rule->clauses = lappend(rule->clauses, clause);
	}
	return rule;
}

/*
 * Take over the labels that one relation of the family carries, for columns
 * that have no rule yet.
 */
static void
adopt_labels(RelationRules *rules, Relation rel, Oid source)
{
	Relation	catalog = table_open(SecLabelRelationId, AccessShareLock);
	ScanKeyData keys[3];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_seclabel_objoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(source));
	ScanKeyInit(&keys[1], Anum_pg_seclabel_classoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(RelationRelationId));
	scan = systable_beginscan(catalog, SecLabelObjectIndexId, true, NULL, 2,
							  keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		TupleDesc	desc = RelationGetDescr(catalog);
		int			subid = ((FormData_pg_seclabel *) GETSTRUCT(tuple))->objsubid;
		bool		isnull;
		Datum		provider = heap_getattr(tuple, Anum_pg_seclabel_provider,
											desc, &isnull);
		Datum		label = heap_getattr(tuple, Anum_pg_seclabel_label,
										 desc, &isnull);
		AttrNumber	attno = subid;

		if (strcmp(TextDatumGetCString(provider), LABEL_PROVIDER) != 0)
			continue;
		if (subid == 0)
		{
			if (source == rules->relid)
				rules->trusted = rel->rd_rel->relkind == RELKIND_VIEW;
			continue;
		}
		if (source != rules->relid)
		{
			char	   *name = get_attname(source, subid, true);

			attno = name == NULL ? InvalidAttrNumber :
				get_attnum(rules->relid, name);
		}
		if (attno > 0 && attno <= rules->natts &&
			rules->columns[attno - 1] == NULL)
			rules->columns[attno - 1] = make_rule(rel, attno, source,
												  TextDatumGetCString(label));
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
}

/* A generated column shows what it was computed from: mask it whole. */
static void
mask_generated_columns(RelationRules *rules, Relation rel)
{
	TupleDesc	desc = RelationGetDescr(rel);

	if (desc->constr == NULL)
		return;
	for (int i = 0; i < desc->constr->num_defval; i++)
	{
		AttrDefault *def = &desc->constr->defval[i];
		Bitmapset  *used = NULL;
		int			member = -1;

		if (TupleDescAttr(desc, def->adnum - 1)->attgenerated == '\0' ||
			rules->columns[def->adnum - 1] != NULL)
			continue;
		pull_varattnos(stringToNode(def->adbin), 1, &used);
		while ((member = bms_next_member(used, member)) >= 0)
		{
			AttrNumber	attno = member + FirstLowInvalidHeapAttributeNumber;
			bool		masked = attno > 0 ?
				rules->columns[attno - 1] != NULL : attno == 0;

			if (masked)
			{
				RuleClause *clause = palloc0(sizeof(RuleClause));
				ColumnRule *rule = palloc0(sizeof(ColumnRule));

				clause->masked = true;
				clause->everybody = true;
				clause->mask = full_mask();
				rule->attno = def->adnum;
				rule->source = rules->relid;
				rule->clauses = list_make1(clause);
				rules->columns[def->adnum - 1] = rule;
				break;
			}
		}
	}
}

/* Read the rules of one relation into the current context. */
static RelationRules *
read_rules(Oid relid)
{
	RelationRules *rules = palloc0(sizeof(RelationRules));
	Relation	rel = relation_open(relid, AccessShareLock);
	List	   *sources = list_make1_oid(relid);
	ListCell   *lc;

	sources = list_concat(sources, ancestors_of(relid));
	sources = list_concat(sources, descendants_of(relid));
	rules->relid = relid;
	rules->owner = rel->rd_rel->relowner;
	rules->natts = RelationGetNumberOfAttributes(rel);
	rules->columns = palloc0(sizeof(ColumnRule *) * Max(rules->natts, 1));
	foreach(lc, sources)
		adopt_labels(rules, rel, lfirst_oid(lc));
	mask_generated_columns(rules, rel);
	relation_close(rel, AccessShareLock);
	return rules;
}

/* Parse the labels of one entry, complete or not at all. */
static void
parse_entry(DirectoryEntry *entry)
{
	uint64		started = generation;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "ccpii relation rules",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	RelationRules *rules = read_rules(entry->relid);

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
	for (;;)
	{
		DirectoryEntry *entry;

		settle();
		entry = hash_search(directory, &relid, HASH_FIND, NULL);
		if (entry == NULL)
			return NULL;
		if (entry->rules != NULL && entry->generation == generation)
			return entry->rules;
		parse_entry(entry);
	}
}

bool
ccpii_rule_any(void)
{
	settle();
	return hash_get_num_entries(directory) > 0;
}

List *
ccpii_rule_relations(void)
{
	List	   *relations = NIL;
	HASH_SEQ_STATUS status;
	DirectoryEntry *entry;

	settle();
	hash_seq_init(&status, directory);
	while ((entry = hash_seq_search(&status)) != NULL)
		relations = lappend_oid(relations, entry->relid);
	list_sort(relations, list_oid_cmp);
	return relations;
}

bool
ccpii_rule_is_labelled_name(const char *schema, const char *name)
{
	HASH_SEQ_STATUS status;
	DirectoryEntry *entry;

	if (directory == NULL)
		return false;
	hash_seq_init(&status, directory);
	while ((entry = hash_seq_search(&status)) != NULL)
		if (strcmp(NameStr(entry->name), name) == 0 &&
			strcmp(NameStr(entry->schema), schema) == 0)
		{
			hash_seq_term(&status);
			return true;
		}
	return false;
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
	List	   *family = list_concat(descendants_of(relid),
									 ancestors_of(relid));
	ListCell   *lc;

	CacheInvalidateRelcacheByRelid(SecLabelRelationId);
	CacheInvalidateRelcacheByRelid(relid);
	foreach(lc, family)
		CacheInvalidateRelcacheByRelid(lfirst_oid(lc));
}

void
ccpii_rule_init(void)
{
	CacheRegisterRelcacheCallback(relcache_callback, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHOID, syscache_callback, (Datum) 0);
	CacheRegisterSyscacheCallback(PROCOID, syscache_callback, (Datum) 0);
}

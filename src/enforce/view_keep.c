/*-------------------------------------------------------------------------
 *
 * view_keep.c
 *	  What a view has besides its query, kept while it is made again.
 *
 * Access lists are copied as they are, with grantors and grant options, which
 * no sequence of GRANT statements by one role could write.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/pg_class.h"
#include "catalog/pg_seclabel.h"
#include "commands/comment.h"
#include "commands/seclabel.h"
#include "nodes/makefuncs.h"
#include "rewrite/rewriteHandler.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "enforce/view_keep.h"
#include "policy/rule.h"
#include "policy/view_base.h"

/* The view itself, or a column of it. */
typedef struct KeptPart
{
	bool		is_view;
	AttrNumber	source;			/* column of the relation, as of the view's */
	Acl		   *acl;			/* NULL: the default */
	char	   *comment;		/* NULL: none */
	List	   *providers;		/* of security labels */
	List	   *labels;
} KeptPart;

static void
check_own_parts(Relation view)
{
	TupleConstr *constr = RelationGetDescr(view)->constr;

	if (view->trigdesc == NULL && view->rd_rules->numLocks == 1 &&
		(constr == NULL || constr->num_defval == 0))
		return;
	ereport(ERROR,
			errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
			errmsg("masked view \"%s\" must be made again, and has triggers, rules or column defaults of its own",
				   RelationGetRelationName(view)),
			errdetail("They would be lost."),
			errhint("Drop them before, and create them again afterwards."));
}

/* The access list of the view, or of a column, in a copy; NULL if none is set. */
static Acl *
read_acl(HeapTuple tuple, int cacheid, AttrNumber attribute)
{
	bool		isnull;
	Datum		acl = SysCacheGetAttr(cacheid, tuple, attribute, &isnull);

	return isnull ? NULL : DatumGetAclPCopy(acl);
}

/* Note the security labels of a part, of every provider. */
static void
keep_labels(KeptPart *part, Oid view, AttrNumber attno)
{
	Relation	catalog = table_open(SecLabelRelationId, AccessShareLock);
	ScanKeyData keys[3];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_seclabel_objoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(view));
	ScanKeyInit(&keys[1], Anum_pg_seclabel_classoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(RelationRelationId));
	ScanKeyInit(&keys[2], Anum_pg_seclabel_objsubid, BTEqualStrategyNumber,
				F_INT4EQ, Int32GetDatum(attno));
	scan = systable_beginscan(catalog, SecLabelObjectIndexId, true, NULL, 3,
							  keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		TupleDesc	desc = RelationGetDescr(catalog);
		bool		isnull;
		Datum		provider = heap_getattr(tuple, Anum_pg_seclabel_provider,
											desc, &isnull);
		Datum		label = heap_getattr(tuple, Anum_pg_seclabel_label, desc,
										 &isnull);

		part->providers = lappend(part->providers,
								  TextDatumGetCString(provider));
		part->labels = lappend(part->labels, TextDatumGetCString(label));
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
}

/* The row of the view, or of a column; the caller's to release. */
static HeapTuple
part_tuple(Oid view, AttrNumber attno)
{
	HeapTuple	tuple;

	if (attno == 0)
		tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(view));
	else
		tuple = SearchSysCache2(ATTNUM, ObjectIdGetDatum(view),
								Int16GetDatum(attno));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for column %d of relation %u",
			 attno, view);
	return tuple;
}

/* Note one part, the view as attno 0. */
static KeptPart *
keep_part(Relation view, AttrNumber attno)
{
	Oid			relid = RelationGetRelid(view);
	KeptPart   *part = palloc0(sizeof(KeptPart));
	HeapTuple	tuple = part_tuple(relid, attno);

	part->is_view = attno == 0;
	if (part->is_view)
		part->acl = read_acl(tuple, RELOID, Anum_pg_class_relacl);
	else
	{
		part->source = ccpii_view_base_column(get_view_query(view), attno);
		part->acl = read_acl(tuple, ATTNUM, Anum_pg_attribute_attacl);
	}
	ReleaseSysCache(tuple);
	part->comment = GetComment(relid, RelationRelationId, attno);
	keep_labels(part, relid, attno);
	return part;
}

KeptView *
ccpii_view_keep(Oid view, Oid base)
{
	KeptView   *kept = palloc0(sizeof(KeptView));
	Relation	rel = relation_open(view, AccessShareLock);

	check_own_parts(rel);
	kept->name = makeRangeVar(get_namespace_name(RelationGetNamespace(rel)),
							  pstrdup(RelationGetRelationName(rel)), -1);
	kept->base = base;
	kept->owner = rel->rd_rel->relowner;
	for (AttrNumber attno = 0;
		 attno <= RelationGetNumberOfAttributes(rel); attno++)
	{
		kept->parts = lappend(kept->parts, keep_part(rel, attno));
	}
	relation_close(rel, NoLock);
	return kept;
}

/* Write an access list where default privileges may have left another. */
static void
write_acl(Oid view, AttrNumber attno, Oid owner, Acl *acl)
{
	bool		is_view = attno == 0;
	AttrNumber	attribute = is_view ? Anum_pg_class_relacl :
		Anum_pg_attribute_attacl;
	Relation	catalog = table_open(is_view ? RelationRelationId :
									 AttributeRelationId, RowExclusiveLock);
	HeapTuple	tuple = part_tuple(view, attno);
	Acl		   *old = read_acl(tuple, is_view ? RELOID : ATTNUM, attribute);
	int			natts = RelationGetNumberOfAttributes(catalog);
	Datum	   *values = palloc0(sizeof(Datum) * natts);
	bool	   *nulls = palloc0(sizeof(bool) * natts);
	bool	   *replaces = palloc0(sizeof(bool) * natts);
	Oid		   *old_members = NULL,
			   *new_members = NULL;
	int			old_count = old == NULL ? 0 : aclmembers(old, &old_members);
	int			new_count = acl == NULL ? 0 : aclmembers(acl, &new_members);
	HeapTuple	new_tuple;

	values[attribute - 1] = PointerGetDatum(acl);
	nulls[attribute - 1] = acl == NULL;
	replaces[attribute - 1] = true;
	new_tuple = heap_modify_tuple(tuple, RelationGetDescr(catalog), values,
								  nulls, replaces);
	CatalogTupleUpdate(catalog, &tuple->t_self, new_tuple);
	updateAclDependencies(RelationRelationId, view, attno, owner,
						  old_count, old_members, new_count, new_members);
	ReleaseSysCache(tuple);
	table_close(catalog, RowExclusiveLock);
}

static void
give_back_part(const KeptView *kept, const KeptPart *part, Oid view)
{
	AttrNumber	attno = 0;
	ObjectAddress address;
	ListCell   *provider,
			   *label;

	if (!part->is_view)
	{
		char	   *name = get_attname(kept->base, part->source, true);

		attno = name == NULL ? InvalidAttrNumber : get_attnum(view, name);
		if (attno == InvalidAttrNumber)
			return;				/* dropped */
	}
	write_acl(view, attno, kept->owner, part->acl);
	if (part->comment != NULL)
		CreateComments(view, RelationRelationId, attno, part->comment);
	ObjectAddressSubSet(address, RelationRelationId, view, attno);
	forboth(provider, part->providers, label, part->labels)
	{
		SetSecurityLabel(&address, lfirst(provider), lfirst(label));
	}
	CommandCounterIncrement();
}

void
ccpii_view_give_back(const KeptView *kept, Oid view)
{
	ListCell   *lc;

	foreach(lc, kept->parts)
	{
		give_back_part(kept, lfirst(lc), view);
	}
	ccpii_rule_changed(view);
	CommandCounterIncrement();
}

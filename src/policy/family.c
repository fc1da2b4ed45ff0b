/*-------------------------------------------------------------------------
 *
 * family.c
 *	  The ancestors and descendants of a relation.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/pg_inherits.h"
#include "utils/fmgroids.h"

#include "policy/family.h"

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

List *
ccpii_family_ancestors(Oid relid)
{
	List	   *ancestors = parents_of(relid);
	ListCell   *lc;

	foreach(lc, ancestors)
		ancestors = list_concat_unique_oid(ancestors,
										   parents_of(lfirst_oid(lc)));
	return ancestors;
}

List *
ccpii_family_descendants(Oid relid)
{
	if (!has_subclass(relid))
		return NIL;
	return list_delete_oid(find_all_inheritors(relid, NoLock, NULL), relid);
}

List *
ccpii_family_relatives(Oid relid)
{
	List	   *relatives = ccpii_family_ancestors(relid);
	List	   *descendants = ccpii_family_descendants(relid);
	ListCell   *lc;

	relatives = list_concat_unique_oid(relatives, descendants);
	foreach(lc, descendants)
	{
		relatives = list_concat_unique_oid(relatives,
										   ccpii_family_ancestors(lfirst_oid(lc)));
	}
	return list_delete_oid(relatives, relid);
}

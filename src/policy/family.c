/*-------------------------------------------------------------------------
 *
 * family.c
 *	  The ancestors and descendants of a relation.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "utils/fmgroids.h"
#include "utils/syscache.h"

#include "policy/family.h"

Oid
ccpii_family_owner(Oid relid)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		return InvalidOid;
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

/*
 * Parents of a relation, if attno is that of inhrelid in pg_inherits; its
 * children, also partitions that are being detached, if it is inhparent's.
 * Takes no locks on relations and raises nothing if one is gone.
 */
static List *
inherits(Oid relid, AttrNumber attno)
{
	bool		parents = attno == Anum_pg_inherits_inhrelid;
	List	   *result = NIL;
	Relation	catalog = table_open(InheritsRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, attno, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	scan = systable_beginscan(catalog, parents ? InheritsRelidSeqnoIndexId :
							  InheritsParentIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_inherits form = (Form_pg_inherits) GETSTRUCT(tuple);

		result = lappend_oid(result,
							 parents ? form->inhparent : form->inhrelid);
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return result;
}

/* All relations that are reached by steps in one direction, nearest first. */
static List *
closure(Oid relid, AttrNumber attno)
{
	List	   *result = inherits(relid, attno);
	ListCell   *lc;

	foreach(lc, result)
	{
		result = list_concat_unique_oid(result,
										inherits(lfirst_oid(lc), attno));
	}
	return result;
}

List *
ccpii_family_ancestors(Oid relid)
{
	return closure(relid, Anum_pg_inherits_inhrelid);
}

List *
ccpii_family_descendants(Oid relid)
{
	return closure(relid, Anum_pg_inherits_inhparent);
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

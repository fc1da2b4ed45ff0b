/*-------------------------------------------------------------------------
 *
 * view_base.c
 *	  Which views are masked views, and of which relation.
 *
 * The label MASKED VIEW marks them, and a dump carries it along.  What they
 * show is in pg_depend, whatever names they and their relation have now.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_rewrite.h"
#include "rewrite/rewriteSupport.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "policy/family.h"
#include "policy/rule.h"
#include "policy/view_base.h"

bool
ccpii_view_base_is_masked(Oid relid)
{
	const RelationRules *rules;

	if (get_rel_relkind(relid) != RELKIND_VIEW || !ccpii_rule_exists(relid))
		return false;
	rules = ccpii_rule_get(relid);
	return rules != NULL && rules->masked_view;
}

Oid
ccpii_view_base_of(Oid view)
{
	Oid			rule = get_rewrite_oid(view, ViewSelectRuleName, true);
	Oid			base = InvalidOid;
	Relation	catalog;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	if (!OidIsValid(rule))
		return InvalidOid;
	catalog = table_open(DependRelationId, AccessShareLock);
	ScanKeyInit(&keys[0], Anum_pg_depend_classid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(RewriteRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_objid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(rule));
	scan = systable_beginscan(catalog, DependDependerIndexId, true, NULL, 2,
							  keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if (form->refclassid != RelationRelationId || form->refobjid == view ||
			form->refobjid == base)
			continue;
		if (OidIsValid(base))
		{
			base = InvalidOid;
			break;
		}
		base = form->refobjid;
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return base;
}

AttrNumber
ccpii_view_base_column(const Query *query, AttrNumber attno)
{
	TargetEntry *target = list_nth_node(TargetEntry, query->targetList,
										attno - 1);
	Var		   *var = (Var *) target->expr;

	if (!IsA(var, Var) || var->varlevelsup != 0 || var->varattno < 0)
		return InvalidAttrNumber;
	return var->varattno;
}

bool
ccpii_view_base_is_owners(Oid view, Oid base)
{
	Oid			owner = ccpii_family_owner(base);

	return OidIsValid(owner) && ccpii_family_owner(view) == owner;
}

List *
ccpii_view_base_views(const List *relations)
{
	List	   *views = NIL;
	ListCell   *lc;

	foreach(lc, ccpii_rule_relations())
	{
		Oid			view = lfirst_oid(lc);
		Oid			base;

		if (!ccpii_view_base_is_masked(view))
			continue;
		base = ccpii_view_base_of(view);
		if (list_member_oid(relations, base) &&
			ccpii_view_base_is_owners(view, base))
			views = lappend_oid(views, view);
	}
	return views;
}

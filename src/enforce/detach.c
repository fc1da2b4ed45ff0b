/*-------------------------------------------------------------------------
 *
 * detach.c
 *	  The way out: give the tables back as they were.
 *
 * Works whatever the version of the library, and without preload.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "catalog/dependency.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "base/compat.h"
#include "base/extension.h"
#include "enforce/protect.h"
#include "enforce/retype.h"
#include "policy/masked_type.h"
#include "policy/provider.h"
#include "policy/rule.h"
#include "policy/view_base.h"

PG_FUNCTION_INFO_V1(ccpii_sql_detach);
PG_FUNCTION_INFO_V1(ccpii_sql_detach_all);

static void
put_action(void *arg, Oid relid, const char *action)
{
	ReturnSetInfo *result = arg;
	Datum		values[] = {
		ObjectIdGetDatum(relid),
		CStringGetTextDatum(action)
	};
	bool		nulls[] = {!OidIsValid(relid), false};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* A view that stands for a relation goes; who had rights on it has none. */
static void
detach_view(ReturnSetInfo *result, Oid view, bool dry_run)
{
	Oid			base = ccpii_view_base_of(view);
	ObjectAddress address;

	put_action(result, OidIsValid(base) ? base : view,
			   psprintf("masked view %s dropped",
						quote_qualified_identifier(get_namespace_name(get_rel_namespace(view)),
												   get_rel_name(view))));
	if (dry_run)
		return;
	ObjectAddressSet(address, RelationRelationId, view);
	performDeletion(&address, DROP_RESTRICT, 0);
}

/* The table's own label, if it has one. */
static bool
detach_rows(ReturnSetInfo *result, const RelationRules *rules, bool dry_run)
{
	Oid			relid = rules->relid;
	const RowRule *own = ccpii_row_rule_own(rules->rows, relid);

	if (own == NULL)
		return false;
	put_action(result, relid,
			   psprintf("label of the table removed: %s", own->label));
	put_action(result, relid, ccpii_protect_undo(own, dry_run));
	return true;
}

/*
 * What detaching one relation does, of all that are detached; done unless it
 * is a dry run.
 */
static void
detach_one(ReturnSetInfo *result, Oid relid, List *all, bool dry_run)
{
	const RelationRules *rules = ccpii_rule_get(relid);
	int			inherited = 0;
	bool		own = false;

	if (rules == NULL)
		return;
	if (rules->masked_view)
	{
		detach_view(result, relid, dry_run);
		return;
	}
	for (int i = 0; i < rules->natts; i++)
	{
		const ColumnRule *rule = rules->columns[i];

		if (rule == NULL || rule->label == NULL)
			continue;
		if (rule->source != relid)
		{
			inherited += !list_member_oid(all, rule->source);
			continue;
		}
		own = true;
		put_action(result, relid,
				   psprintf("label of column %s removed: %s",
							quote_identifier(get_attname(relid, rule->attno,
														 false)),
							rule->label));
	}
	if (rules->trusted)
	{
		own = true;
		put_action(result, relid, "label of the view removed: TRUSTED");
	}
	own |= detach_rows(result, rules, dry_run);
	if (inherited > 0)
		put_action(result, relid,
				   psprintf("%d columns stay under labels of its parents or children",
							inherited));
	if (own && !dry_run)
		(void) ccpii_provider_unlabel(relid);
}

/*
 * Masked views in front of the others: a reader locks a view and then its
 * relation, and so must we.
 */
static List *
views_first(const List *relations)
{
	List	   *views = NIL;
	List	   *others = NIL;
	ListCell   *lc;

	foreach(lc, relations)
	{
		if (ccpii_view_base_is_masked(lfirst_oid(lc)))
			views = lappend_oid(views, lfirst_oid(lc));
		else
			others = lappend_oid(others, lfirst_oid(lc));
	}
	return list_concat(views, others);
}

/* The same for the masked views of some relations, which are not locked yet. */
static void
lock_views(const List *relations)
{
	ListCell   *lc;

	foreach(lc, ccpii_view_base_views(relations))
	{
		LockRelationOid(lfirst_oid(lc), AccessExclusiveLock);
	}
}

/* A dry run works on a standby too; the change of a type rewrites the rows. */
static LOCKMODE
lock_mode(Oid relid, bool dry_run)
{
	if (dry_run)
		return AccessShareLock;
	return ccpii_masked_type_is_in_relation(relid) ? AccessExclusiveLock :
		ShareUpdateExclusiveLock;
}

Datum
ccpii_sql_detach(PG_FUNCTION_ARGS)
{
	Oid			relid;
	bool		dry_run = !PG_ARGISNULL(1) && PG_GETARG_BOOL(1);
	List	   *relations;
	ListCell   *lc;

	if (PG_ARGISNULL(0))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("relation must not be null"));
	relid = PG_GETARG_OID(0);
	if (!dry_run)
		PreventCommandIfReadOnly("ccpii.detach()");
	InitMaterializedSRF(fcinfo, 0);
	ccpii_provider_require_owner(relid, "detach");
	if (!dry_run)
		lock_views(find_all_inheritors(relid, NoLock, NULL));
	LockRelationOid(relid, lock_mode(relid, dry_run));
	relations = find_all_inheritors(relid, lock_mode(relid, dry_run), NULL);
	relations = list_concat(ccpii_view_base_views(relations), relations);
	foreach(lc, relations)
	{
		ccpii_provider_require_owner(lfirst_oid(lc), "detach");
		detach_one((ReturnSetInfo *) fcinfo->resultinfo, lfirst_oid(lc),
				   relations, dry_run);
	}
	ccpii_retype_relations(relations, dry_run, put_action, fcinfo->resultinfo);
	return (Datum) 0;
}

Datum
ccpii_sql_detach_all(PG_FUNCTION_ARGS)
{
	bool		dry_run = !PG_ARGISNULL(0) && PG_GETARG_BOOL(0);
	List	   *relations;
	List	   *existing = NIL;
	ListCell   *lc;

	if (!dry_run)
		PreventCommandIfReadOnly("ccpii.detach_all()");
	InitMaterializedSRF(fcinfo, 0);
	relations = views_first(ccpii_rule_relations());
	foreach(lc, relations)
	{
		LockRelationOid(lfirst_oid(lc), lock_mode(lfirst_oid(lc), dry_run));
		if (get_rel_name(lfirst_oid(lc)) == NULL)
			continue;			/* dropped meanwhile */
		ccpii_provider_require_owner(lfirst_oid(lc), "detach");
		detach_one((ReturnSetInfo *) fcinfo->resultinfo, lfirst_oid(lc),
				   relations, dry_run);
		existing = lappend_oid(existing, lfirst_oid(lc));
	}
	ccpii_retype_relations(existing, dry_run, put_action, fcinfo->resultinfo);
	ccpii_retype_tell_rest(put_action, fcinfo->resultinfo);
	return (Datum) 0;
}

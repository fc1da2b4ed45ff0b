/*-------------------------------------------------------------------------
 *
 * protect.c
 *	  The fuse: what happens to a table when the library is missing.
 *
 * A server started without the library, or a standby that lacks it, masks
 * nothing.  A protected table has row security on and gives nobody but its
 * owner a row there: if it has no permissive policies, because it has none; if
 * it has some, by a restrictive one that asks whether the library is there.
 * With the library, enforce/row_security lets all rows through again where
 * there are no policies.
 *
 * The label says that a table is protected, and whether row security was on
 * before; nothing else remembers it.
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
#include "catalog/namespace.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_policy.h"
#include "commands/policy.h"
#include "commands/seclabel.h"
#include "commands/tablecmds.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "base/compat.h"
#include "base/extension.h"
#include "enforce/protect.h"
#include "enforce/row_security.h"
#include "policy/provider.h"
#include "policy/rule.h"

PG_FUNCTION_INFO_V1(ccpii_sql_protect);
PG_FUNCTION_INFO_V1(ccpii_sql_unprotect);

/*
 * Policies and labels
 */

/* What policies has a table? */
typedef struct Policies
{
	bool		any;			/* of its owner */
	bool		permissive;		/* one of them is */
	Oid			guard;			/* the restrictive one of ours */
	bool		altered;		/* which is not what we made */
} Policies;

/* Does a policy hold for every command and role, and ask is_enforcing()? */
static bool
is_guard(Relation catalog, HeapTuple tuple)
{
	bool		isnull;
	Datum		roles = heap_getattr(tuple, Anum_pg_policy_polroles,
									 RelationGetDescr(catalog), &isnull);
	Datum		qual = heap_getattr(tuple, Anum_pg_policy_polqual,
									RelationGetDescr(catalog), &isnull);
	Node	   *expr = isnull ? NULL : stringToNode(TextDatumGetCString(qual));

	(void) heap_getattr(tuple, Anum_pg_policy_polwithcheck,
						RelationGetDescr(catalog), &isnull);
	return isnull && ((Form_pg_policy) GETSTRUCT(tuple))->polcmd == '*' &&
		((Oid *) ARR_DATA_PTR(DatumGetArrayTypeP(roles)))[0] == ACL_ID_PUBLIC &&
		expr != NULL && IsA(expr, FuncExpr) &&
		((FuncExpr *) expr)->funcid ==
		ccpii_extension_function("is_enforcing", 0, NULL);
}

static Policies
policies_of(Oid relid)
{
	Policies	result = {false, false, InvalidOid, false};
	Relation	catalog = table_open(PolicyRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_policy_polrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	scan = systable_beginscan(catalog, PolicyPolrelidPolnameIndexId, true,
							  NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_policy form = (Form_pg_policy) GETSTRUCT(tuple);

		if (!form->polpermissive &&
			strcmp(NameStr(form->polname), PROTECT_POLICY) == 0)
		{
			result.guard = form->oid;
			result.altered = !is_guard(catalog, tuple);
			continue;
		}
		result.any = true;
		result.permissive |= form->polpermissive;
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return result;
}

/* The label of a table, in a form that says nothing if it has none. */
static TableLabel *
label_of(Oid relid)
{
	ObjectAddress table;
	char	   *label;

	ObjectAddressSet(table, RelationRelationId, relid);
	label = GetSecurityLabel(&table, LABEL_PROVIDER);
	return label == NULL ? palloc0(sizeof(TableLabel)) :
		ccpii_label_parse_table(label);
}

static bool
is_table(char kind)
{
	return kind == RELKIND_RELATION || kind == RELKIND_PARTITIONED_TABLE;
}

/* CREATE POLICY ccpii_protect ON table AS RESTRICTIVE USING (is_enforcing()) */
static void
add_guard(Oid relid)
{
	CreatePolicyStmt *stmt = makeNode(CreatePolicyStmt);

	stmt->policy_name = PROTECT_POLICY;
	stmt->table = makeRangeVar(get_namespace_name(get_rel_namespace(relid)),
							   get_rel_name(relid), -1);
	stmt->cmd_name = "all";
	stmt->permissive = false;
	stmt->qual = (Node *) makeFuncCall(list_make2(makeString("ccpii"),
												  makeString("is_enforcing")),
									   NIL, COERCE_EXPLICIT_CALL, -1);
	(void) CreatePolicy(stmt);
	CommandCounterIncrement();
}

static void
remove_guard(const Policies *policies)
{
	ObjectAddress policy;

	ObjectAddressSet(policy, PolicyRelationId, policies->guard);
	performDeletion(&policy, DROP_RESTRICT, 0);
	CommandCounterIncrement();
}

static void
switch_row_security(Oid relid, AlterTableType subtype)
{
	AlterTableCmd *command = makeNode(AlterTableCmd);

	command->subtype = subtype;
	AlterTableInternal(relid, list_make1(command), false);
	CommandCounterIncrement();
}

/*
 * protect()
 */

/* Row security that is off may be off for a reason. */
static void
check_dormant(Oid relid, const Policies *policies)
{
	if (!policies->any)
		return;
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("table \"%s\" has policies, and row security is off",
				   get_rel_name(relid)),
			errdetail("To protect it would bring them into force."),
			errhint("Enable row security, or drop the policies."));
}

/* Protect one table, which the caller has locked. */
static void
protect_one(Oid relid)
{
	Relation	rel = relation_open(relid, NoLock);
	bool		was_on = rel->rd_rel->relrowsecurity;
	Policies	policies = policies_of(relid);
	TableLabel *label = label_of(relid);
	bool		needs_guard = policies.permissive &&
		(!OidIsValid(policies.guard) || policies.altered);

	CheckTableNotInUse(rel, "protect");
	relation_close(rel, NoLock);
	if (label->is_protected && was_on && !needs_guard)
	{
		ereport(NOTICE,
				errmsg("table \"%s\" is protected already",
					   get_rel_name(relid)));
		return;
	}
	if (!was_on)
	{
		check_dormant(relid, &policies);
		switch_row_security(relid, AT_EnableRowSecurity);
	}
	if (needs_guard && policies.altered)
		remove_guard(&policies);
	if (needs_guard)
		add_guard(relid);
	if (was_on && !policies.any && label->visible == NIL)
		ereport(NOTICE,
				errmsg("row security is on for table \"%s\" and has no policies: only its owner sees rows, as before",
					   get_rel_name(relid)));
	if (!label->is_protected)
	{
		ObjectAddress table;

		ObjectAddressSet(table, RelationRelationId, relid);
		ccpii_provider_set_label(&table,
								 psprintf("PROTECTED%s%s%s",
										  was_on ? " KEEPING ROW SECURITY" : "",
										  label->rows != NULL ? "; " : "",
										  label->rows != NULL ? label->rows : ""));
	}
}

/* The table and its descendants, locked; those that are no tables too. */
static List *
lock_family(Oid relid, const char *action)
{
	List	   *relations;
	ListCell   *lc;

	ccpii_provider_require_owner(relid, action);
	if (!is_table(get_rel_relkind(relid)))
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("relation \"%s\" is not a table", get_rel_name(relid)),
				errdetail("Only tables have row security."));
	LockRelationOid(relid, AccessExclusiveLock);
	relations = find_all_inheritors(relid, AccessExclusiveLock, NULL);
	foreach(lc, relations)
	{
		ccpii_provider_require_owner(lfirst_oid(lc), action);
	}
	return relations;
}

/* protect(relation): row security on, nothing visible without the library */
Datum
ccpii_sql_protect(PG_FUNCTION_ARGS)
{
	ListCell   *lc;

	PreventCommandIfReadOnly("ccpii.protect()");
	ccpii_extension_require();
	foreach(lc, lock_family(PG_GETARG_OID(0), "protect"))
	{
		if (is_table(get_rel_relkind(lfirst_oid(lc))))
			protect_one(lfirst_oid(lc));
		else
			ereport(WARNING,
					errmsg("relation \"%s\" is not a table and cannot be protected",
						   get_rel_name(lfirst_oid(lc))));
	}
	PG_RETURN_VOID();
}

/*
 * unprotect()
 */

/*
 * Drop the guard, and turn row security off if it was off before and neither
 * row rules nor policies that came later need it.
 */
static const char *
undo(Oid relid, bool keeping, bool rows_stay, bool dry_run)
{
	Policies	policies = policies_of(relid);

	if (OidIsValid(policies.guard) && !dry_run)
		remove_guard(&policies);
	if (keeping)
		return "protection removed, row security stays on as it was before";
	if (rows_stay)
		return "protection removed, row security stays on for its row rules";
	if (policies.any)
		return "protection removed, row security stays on for its policies";
	if (!dry_run)
		switch_row_security(relid, AT_DisableRowSecurity);
	return "protection removed, row security turned off";
}

const char *
ccpii_protect_undo(const RowRule *rule, bool dry_run)
{
	if (!rule->is_protected)
		return "row security stays on as it was before";
	return undo(rule->source, rule->keeping, false, dry_run);
}

static void
unprotect_one(Oid relid)
{
	Relation	rel = relation_open(relid, NoLock);
	TableLabel *label = label_of(relid);
	ObjectAddress table;

	CheckTableNotInUse(rel, "unprotect");
	relation_close(rel, NoLock);
	if (!label->is_protected)
	{
		ereport(NOTICE,
				errmsg("table \"%s\" is not protected", get_rel_name(relid)));
		return;
	}
	ereport(NOTICE,
			errmsg("table \"%s\": %s", get_rel_name(relid),
				   undo(relid, label->keeping, label->rows != NULL,
						false)));
	ObjectAddressSet(table, RelationRelationId, relid);
	SetSecurityLabel(&table, LABEL_PROVIDER, label->rows);
	ccpii_rule_changed(relid);
}

/* unprotect(relation): back to what it was; works without preload too */
Datum
ccpii_sql_unprotect(PG_FUNCTION_ARGS)
{
	ListCell   *lc;

	PreventCommandIfReadOnly("ccpii.unprotect()");
	foreach(lc, lock_family(PG_GETARG_OID(0), "unprotect"))
	{
		if (is_table(get_rel_relkind(lfirst_oid(lc))))
			unprotect_one(lfirst_oid(lc));
	}
	PG_RETURN_VOID();
}

/*
 * CREATE POLICY
 */

void
ccpii_protect_before_policy(const CreatePolicyStmt *stmt)
{
	Oid			relid;
	Policies	policies;

	/* A dump brings its guards along, perhaps later than this policy. */
	if (!stmt->permissive || !check_function_bodies)
		return;
	relid = RangeVarGetRelidExtended(stmt->table, AccessExclusiveLock,
									 RVR_MISSING_OK,
									 RangeVarCallbackOwnsRelation, NULL);
	if (!OidIsValid(relid) || !is_table(get_rel_relkind(relid)))
		return;
	policies = policies_of(relid);
	if (OidIsValid(policies.guard) || !label_of(relid)->is_protected)
		return;
	add_guard(relid);
	ereport(NOTICE,
			errmsg("policy \"%s\" keeps table \"%s\" protected",
				   PROTECT_POLICY, get_rel_name(relid)));
}

/*-------------------------------------------------------------------------
 *
 * provider.c
 *	  The security label provider "ccpii": who may label what, and how.
 *
 * The server has already checked that the caller may alter the object, or for
 * a role that he has CREATEROLE.  Everything is checked before anything is
 * written; what a label changes becomes known to other sessions at commit.
 *
 * While a dump is restored (check_function_bodies is off), names and keys that
 * a label needs may be missing: refusing it would leave the column readable,
 * and whatever is missing is read so that more is masked.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/relation.h"
#include "access/table.h"
#include "catalog/catalog.h"
#include "catalog/indexing.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "catalog/pg_database.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_seclabel.h"
#include "commands/extension.h"
#include "commands/seclabel.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/extension.h"
#include "base/fault.h"
#include "base/keyring.h"
#include "policy/audience.h"
#include "policy/condition.h"
#include "policy/family.h"
#include "policy/provider.h"
#include "policy/rule.h"
#include "policy/view_base.h"

PG_FUNCTION_INFO_V1(ccpii_sql_mask_role);
PG_FUNCTION_INFO_V1(ccpii_sql_clear_role);
PG_FUNCTION_INFO_V1(ccpii_sql_unlabel_role);

bool
ccpii_provider_is_admin(Oid role)
{
	Oid			admin = get_role_oid("ccpii_admin", true);

	return superuser_arg(role) ||
		(OidIsValid(admin) && has_privs_of_role(role, admin));
}

void
ccpii_provider_require_owner(Oid relid, const char *action)
{
	if (get_rel_name(relid) == NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_TABLE),
				errmsg("relation with OID %u does not exist", relid));
	if (!ccpii_provider_is_admin(GetUserId()))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("permission denied to %s a relation", action),
				errhint("Ask a superuser or a member of role \"%s\".",
						"ccpii_admin"));
	if (!object_ownercheck(RelationRelationId, relid, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER,
					   get_relkind_objtype(get_rel_relkind(relid)),
					   get_rel_name(relid));
}

/* ERROR, or WARNING while a dump is restored. */
static int
unresolved_level(void)
{
	return check_function_bodies ? ERROR : WARNING;
}

static void
require_admin(const char *what)
{
	if (!ccpii_provider_is_admin(GetUserId()))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("permission denied to set a ccpii label on %s", what),
				errhint("Ask a superuser or a member of role \"%s\".",
						"ccpii_admin"));
}

/* What a masked owner could do to his relation, no mask can stop. */
static void
check_owner(Oid owner, const char *relation)
{
	if (!ccpii_audience_role_is_masked(owner, owner, NULL))
		return;
	ereport(unresolved_level(),
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("relation \"%s\" belongs to role \"%s\", which is masked",
				   relation, GetUserNameFromId(owner, false)),
			errdetail("A masked role cannot own a labelled relation."),
			errhint("Give the relation to another role with ALTER TABLE ... OWNER TO."));
}

static void
check_roles(const List *names)
{
	ListCell   *lc;

	foreach(lc, names)
		if (!OidIsValid(get_role_oid(lfirst(lc), true)))
		ereport(unresolved_level(),
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("role \"%s\" in the security label does not exist",
					   (char *) lfirst(lc)));
}

static void
check_condition(const char *condition, Oid relid)
{
	char	   *problem;

	if (check_function_bodies)
		(void) ccpii_condition_parse(condition, relid);
	else if (ccpii_condition_try(condition, relid, &problem) == NULL)
		ereport(WARNING,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("condition of WHEN cannot be used yet: %s", problem));
}

/* Check one clause against the column. */
static void
check_clause(const LabelClause *clause, Form_pg_attribute att)
{
	check_roles(clause->only);
	check_roles(clause->unless);
	if (clause->mask != NULL)
	{
		if (!ccpii_clause_mask_fits(clause->mask, att->atttypid))
			ereport(ERROR,
					errcode(ERRCODE_DATATYPE_MISMATCH),
					errmsg("mask \"%s\" is not defined for column \"%s\" of type %s",
						   ccpii_label_mask_text(clause->mask),
						   NameStr(att->attname),
						   format_type_be(att->atttypid)),
					errhint("Masks full and null are defined for every type."));
		if (clause->mask->kind == MASK_CONSTANT)
			(void) ccpii_clause_constant(clause->mask->constant,
										 att->atttypid, att->atttypmod);
		if (clause->mask->kind == MASK_HASH && check_function_bodies)
			(void) ccpii_keyring_require("mask \"hash\"");
	}
	if (clause->when != NULL)
		check_condition(clause->when, att->attrelid);
}

static void
check_column(Relation rel, AttrNumber attno, const char *label)
{
	List	   *clauses = ccpii_label_parse_column(label);
	ListCell   *lc;

	if (attno < 0)
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("system columns cannot have a ccpii label"));
	foreach(lc, clauses)
		check_clause(lfirst(lc),
					 TupleDescAttr(RelationGetDescr(rel), attno - 1));
}

/* Rows are hidden by row security, which the owner turns on. */
static void
check_table(Relation rel, const char *label)
{
	TableLabel *table;
	char		kind = rel->rd_rel->relkind;
	Oid			schema = RelationGetNamespace(rel);
	ListCell   *lc;

	if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE)
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("relation \"%s\" cannot have a ccpii label for its rows",
					   RelationGetRelationName(rel)),
				errdetail("Only tables have row security."));
	table = ccpii_label_parse_table(label);
	foreach(lc, table->visible)
	{
		VisibleClause *clause = lfirst(lc);

		check_roles(clause->roles);
		check_condition(clause->when, RelationGetRelid(rel));
	}
	if (!rel->rd_rel->relrowsecurity)
		ereport(unresolved_level(),
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("row security is off on table \"%s\", and the security label needs it",
					   RelationGetRelationName(rel)),
				errhint("Run ALTER TABLE %s ENABLE ROW LEVEL SECURITY.",
						quote_qualified_identifier(get_namespace_name(schema),
												   RelationGetRelationName(rel))));
}

/* MASKED VIEW marks what masked_view_create() makes. */
static void
check_view(Relation view, const char *label)
{
	Oid			relid = RelationGetRelid(view);

	if (ccpii_label_parse_view(label) == VIEW_MASKED &&
		!ccpii_view_base_is_owners(relid, ccpii_view_base_of(relid)))
		ereport(unresolved_level(),
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("view \"%s\" cannot be a masked view",
					   RelationGetRelationName(view)),
				errdetail("It must read exactly one relation, and belong to the owner of that."),
				errhint("Use %s.", "ccpii.masked_view_create()"));
}

static void
relabel_relation(const ObjectAddress *object, const char *label)
{
	Relation	rel;
	char		kind;

	/* A concurrent DROP EXTENSION must see this label, or this the drop. */
	LockDatabaseObject(ExtensionRelationId,
					   get_extension_oid(LABEL_PROVIDER, true), 0,
					   AccessShareLock);
	if (ccpii_extension_state() == EXTENSION_ABSENT ||
		(label != NULL && !IsBinaryUpgrade))
		ccpii_extension_require();
	rel = relation_open(object->objectId, AccessShareLock);
	kind = rel->rd_rel->relkind;
	require_admin("a relation");
	if (IsCatalogRelation(rel) || IsToastRelation(rel))
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("system catalog \"%s\" cannot have a ccpii label",
					   RelationGetRelationName(rel)));
	if (rel->rd_rel->relnamespace == ccpii_extension_schema() ||
		(kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE &&
		 kind != RELKIND_FOREIGN_TABLE && kind != RELKIND_VIEW &&
		 kind != RELKIND_MATVIEW))
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("relation \"%s\" cannot have a ccpii label",
					   RelationGetRelationName(rel)),
				errdetail("Tables, foreign tables, views and materialized views can, but for those of ccpii."));
	if (label != NULL)
	{
		if (object->objectSubId != 0)
			check_column(rel, object->objectSubId, label);
		else if (kind == RELKIND_VIEW)
			check_view(rel, label);
		else
			check_table(rel, label);
		check_owner(rel->rd_rel->relowner, RelationGetRelationName(rel));
	}
	relation_close(rel, AccessShareLock);
	ccpii_rule_changed(object->objectId);
}

/*
 * Nobody changes his own audience, or that of a role whose privileges he can
 * take on.
 */
static void
check_not_self(Oid role)
{
	Oid			callers[] = {GetSessionUserId(), GetOuterUserId()};

	if (IsBinaryUpgrade)
		return;					/* pg_upgrade restores what was there */
	for (int i = 0; i < lengthof(callers); i++)
		if (is_member_of_role_nosuper(callers[i], role))
			ereport(ERROR,
					errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					errmsg("role \"%s\" cannot change the label of role \"%s\"",
						   GetUserNameFromId(callers[i], false),
						   GetUserNameFromId(role, false)),
					errdetail("Nobody can change his own label or that of a role he belongs to."));
}

/* A role that owns labelled relations of this database cannot be masked. */
static void
check_owns_nothing(Oid role)
{
	ListCell   *lc;

	if (ccpii_extension_state() == EXTENSION_ABSENT)
		return;
	foreach(lc, ccpii_rule_relations())
	{
		Oid			owner = ccpii_family_owner(lfirst_oid(lc));

		if (OidIsValid(owner) && is_member_of_role_nosuper(owner, role))
			ereport(ERROR,
					errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					errmsg("role \"%s\" cannot be masked",
						   GetUserNameFromId(role, false)),
					errdetail("Role \"%s\" owns labelled relation \"%s\".",
							  GetUserNameFromId(owner, false),
							  get_rel_name(lfirst_oid(lc))),
					errhint("Give the relation to another role with ALTER TABLE ... OWNER TO."));
	}
}

static void
relabel_role(const ObjectAddress *object, const char *label)
{
	require_admin("a role");
	check_not_self(object->objectId);
	if (label != NULL &&
		ccpii_label_parse_role(label) == ROLE_MASKED)
		check_owns_nothing(object->objectId);
	ccpii_audience_changed();
}

/* The mark of the install, which a dump of the database carries along. */
static void
relabel_database(const char *label)
{
	require_admin("a database");
	if (label != NULL && strcmp(label, "installed") != 0)
		ereport(ERROR,
				errcode(ERRCODE_SYNTAX_ERROR),
				errmsg("the ccpii label of a database is set by CREATE EXTENSION only"));
}

static void
relabel(const ObjectAddress *object, const char *label)
{
	ccpii_fault_point("provider.relabel");
	switch (object->classId)
	{
		case RelationRelationId:
			relabel_relation(object, label);
			break;
		case AuthIdRelationId:
			relabel_role(object, label);
			break;
		case DatabaseRelationId:
			relabel_database(label);
			break;
		default:
			ereport(ERROR,
					errcode(ERRCODE_WRONG_OBJECT_TYPE),
					errmsg("ccpii labels are for columns, tables, views and roles"));
	}
}

void
ccpii_provider_set_label(const ObjectAddress *object, const char *label)
{
	relabel(object, label);
	SetSecurityLabel(object, LABEL_PROVIDER, label);
}

int
ccpii_provider_unlabel(Oid relid)
{
	int			removed = 0;
	Relation	catalog = table_open(SecLabelRelationId, RowExclusiveLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_seclabel_objoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(relid));
	ScanKeyInit(&keys[1], Anum_pg_seclabel_classoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(RelationRelationId));
	scan = systable_beginscan(catalog, SecLabelObjectIndexId, true, NULL, 2,
							  keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool		isnull;
		Datum		provider = heap_getattr(tuple, Anum_pg_seclabel_provider,
											RelationGetDescr(catalog),
											&isnull);

		if (strcmp(TextDatumGetCString(provider), LABEL_PROVIDER) != 0)
			continue;
		CatalogTupleDelete(catalog, &tuple->t_self);
		removed++;
	}
	systable_endscan(scan);
	table_close(catalog, RowExclusiveLock);
	ccpii_rule_changed(relid);
	return removed;
}

/* Set the label of a role for a member of ccpii_admin. */
static Datum
set_role_label(FunctionCallInfo fcinfo, const char *function,
			   const char *label)
{
	ObjectAddress object;

	PreventCommandIfReadOnly(function);
	if (PG_ARGISNULL(0))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("role must not be null"));
	ObjectAddressSet(object, AuthIdRelationId, PG_GETARG_OID(0));
	ccpii_extension_require();
	LockSharedObject(AuthIdRelationId, object.objectId, 0,
					 ShareUpdateExclusiveLock);
	if (!SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(object.objectId)))
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("role with OID %u does not exist", object.objectId));
	ccpii_provider_set_label(&object, label);
	PG_RETURN_VOID();
}

Datum
ccpii_sql_mask_role(PG_FUNCTION_ARGS)
{
	return set_role_label(fcinfo, "ccpii.mask_role()", "MASKED");
}

Datum
ccpii_sql_clear_role(PG_FUNCTION_ARGS)
{
	return set_role_label(fcinfo, "ccpii.clear_role()", "CLEAR");
}

Datum
ccpii_sql_unlabel_role(PG_FUNCTION_ARGS)
{
	return set_role_label(fcinfo, "ccpii.unlabel_role()", NULL);
}

void
ccpii_provider_init(void)
{
	register_label_provider(LABEL_PROVIDER, relabel);
}

/*-------------------------------------------------------------------------
 *
 * masking_view.c
 *	  What is masked, and for whom: behind masking_rules and audiences.
 *
 * Both tell what the caches of rules and audiences hold, so what a query of a
 * masked reader would find; neither reads a row of anybody's table.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/catalog.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "base/extension.h"
#include "base/keyring.h"
#include "policy/attribute.h"
#include "policy/audience.h"
#include "policy/family.h"
#include "policy/rule.h"

PG_FUNCTION_INFO_V1(ccpii_sql_masking_rule_list);
PG_FUNCTION_INFO_V1(ccpii_sql_audience_list);

/*
 * Rules
 */

static void
append_roles(StringInfo buf, const char *word, const List *roles)
{
	const char *separator = word;
	ListCell   *lc;

	foreach(lc, roles)
	{
		char	   *name = GetUserNameFromId(lfirst_oid(lc), true);

		if (name == NULL)
			continue;			/* dropped just now */
		appendStringInfo(buf, "%s%s", separator, quote_identifier(name));
		separator = ", ";
	}
}

static void
append_condition(StringInfo buf, Node *when, Oid relid, const char *relname)
{
	appendStringInfo(buf, " when %s",
					 deparse_expression(when,
										deparse_context_for(relname, relid),
										false, false));
}

/* What a clause does, as it was understood; relname is its relation's. */
static void
append_clause(StringInfo buf, const RuleClause *clause, Oid relid,
			  const char *relname)
{
	if (buf->len > 0)
		appendStringInfoString(buf, "; ");
	appendStringInfoString(buf, clause->masked ?
						   ccpii_label_mask_text(clause->mask) : "clear");
	append_roles(buf, " for ", clause->only);
	append_roles(buf, " unless ", clause->unless);
	if (clause->when != NULL)
		append_condition(buf, clause->when, relid, relname);
	if (clause->searchable)
		appendStringInfoString(buf, " searchable");
}

static char *
describe_rule(const ColumnRule *rule, Oid relid, const char *relname)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, rule->clauses)
		append_clause(&buf, lfirst(lc), relid, relname);
	return buf.len == 0 ? pstrdup("clear") : buf.data;
}

/* Does a mask of this kind apply to anybody? */
static bool
uses_mask(const ColumnRule *rule, MaskKind kind)
{
	ListCell   *lc;

	foreach(lc, rule->clauses)
	{
		RuleClause *clause = lfirst(lc);

		if (clause->masked && clause->mask->kind == kind)
			return true;
	}
	return false;
}

/* Who may see which rows, as it was understood. */
static char *
describe_rows(const RowRule *rule, Oid relid, const char *relname)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	if (rule->is_protected)
		appendStringInfoString(&buf, "protected");
	foreach(lc, rule->clauses)
	{
		RowClause  *clause = lfirst(lc);

		if (buf.len > 0)
			appendStringInfoString(&buf, "; ");
		appendStringInfoString(&buf, "visible");
		append_roles(&buf, " to ", clause->roles);
		if (clause->missing)
			appendStringInfoString(&buf, clause->roles == NIL ?
								   " to everybody else" :
								   " and to everybody else");
		append_condition(&buf, clause->when, relid, relname);
	}
	return buf.data;
}

/* Append a string unless it is there. */
static List *
append_unique(List *strings, char *string)
{
	ListCell   *lc;

	foreach(lc, strings)
		if (strcmp(lfirst(lc), string) == 0)
		return strings;
	return lappend(strings, string);
}

/* What keeps the rule from doing what its label says. */
static Datum
problems_of(const ColumnRule *rule)
{
	List	   *problems = NIL;
	ListCell   *lc;

	foreach(lc, rule->warnings)
		problems = append_unique(problems, lfirst(lc));

	if (uses_mask(rule, MASK_ATTRIBUTES) && ccpii_attribute_paths()[0] == '\0')
		problems = lappend(problems,
						   "no attribute is registered, nothing is masked");
	if (uses_mask(rule, MASK_HASH) && ccpii_keyring_active() == 0)
		problems = lappend(problems, "no key is configured, masked as full");
	return PointerGetDatum(strlist_to_textarray(problems));
}

static void
put_rule(ReturnSetInfo *result, const RelationRules *rules,
		 const ColumnRule *rule, const char *relname, bool from_child,
		 bool owner_masked)
{
	Datum		values[] = {
		ObjectIdGetDatum(rules->relid),
		Int16GetDatum(rule->attno),
		DirectFunctionCall1(namein,
							CStringGetDatum(get_attname(rules->relid,
														rule->attno, false))),
		rule->label == NULL ? (Datum) 0 : CStringGetTextDatum(rule->label),
		CStringGetTextDatum(describe_rule(rule, rules->relid, relname)),
		ObjectIdGetDatum(rule->source),
		problems_of(rule),
		BoolGetDatum(from_child),
		BoolGetDatum(owner_masked),
		BoolGetDatum(rule->sensitive),
		CStringGetTextDatum(rule->label != NULL ? "label" :
							rule->typed ? "type" : "expression")
	};
	bool		nulls[lengthof(values)] = {false};

	nulls[3] = rule->label == NULL;
	nulls[5] = rule->source == rules->relid;
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* A rule for rows, which is no column's. */
static void
put_row_rule(ReturnSetInfo *result, const RelationRules *rules,
			 const RowRule *rule, const char *relname, bool owner_masked)
{
	Datum		values[] = {
		ObjectIdGetDatum(rules->relid),
		(Datum) 0,
		(Datum) 0,
		CStringGetTextDatum(rule->label),
		CStringGetTextDatum(describe_rows(rule, rules->relid, relname)),
		ObjectIdGetDatum(rule->source),
		PointerGetDatum(strlist_to_textarray(rule->warnings)),
		BoolGetDatum(false),
		BoolGetDatum(owner_masked),
		BoolGetDatum(false),
		CStringGetTextDatum("label")
	};
	bool		nulls[lengthof(values)] = {false, true, true};

	nulls[5] = rule->source == rules->relid;
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* The rules of one relation, which is locked. */
static void
put_relation(ReturnSetInfo *result, Oid relid)
{
	const RelationRules *rules = ccpii_rule_get(relid);
	char	   *relname = get_rel_name(relid);
	List	   *descendants;
	bool		owner_masked;
	ListCell   *lc;

	if (rules == NULL || relname == NULL)
		return;
	descendants = ccpii_family_descendants(relid);
	owner_masked = ccpii_audience_role_is_masked(rules->owner, rules->owner,
												 NULL);
	for (int i = 0; i < rules->natts; i++)
		if (rules->columns[i] != NULL)
			put_rule(result, rules, rules->columns[i], relname,
					 list_member_oid(descendants, rules->columns[i]->source),
					 owner_masked);
	foreach(lc, rules->rows)
		put_row_rule(result, rules, lfirst(lc), relname, owner_masked);
}

/* masking_rule_list(): every rule, of a column or for rows */
Datum
ccpii_sql_masking_rule_list(PG_FUNCTION_ARGS)
{
	ListCell   *lc;

	ccpii_extension_require();
	InitMaterializedSRF(fcinfo, 0);
	foreach(lc, ccpii_rule_relations())
	{
		Oid			relid = lfirst_oid(lc);

		CHECK_FOR_INTERRUPTS();
		LockRelationOid(relid, AccessShareLock);
		put_relation((ReturnSetInfo *) fcinfo->resultinfo, relid);
		UnlockRelationOid(relid, AccessShareLock);
	}
	return (Datum) 0;
}

/*
 * Audiences
 */

typedef struct RoleName
{
	Oid			role;
	NameData	name;
	bool		login;
} RoleName;

/* How many labelled relations a role owns. */
typedef struct OwnerCount
{
	Oid			owner;
	int			relations;
} OwnerCount;

typedef struct Cluster
{
	List	   *roles;			/* of RoleName, by name, without predefined */
	List	   *masked;			/* OIDs of those labelled MASKED */
	List	   *clear;			/* OIDs of those labelled CLEAR */
	List	   *owners;			/* of OwnerCount */
} Cluster;

static int
compare_role_names(const ListCell *a, const ListCell *b)
{
	return strcmp(NameStr(((RoleName *) lfirst(a))->name),
				  NameStr(((RoleName *) lfirst(b))->name));
}

static List *
all_roles(void)
{
	List	   *roles = NIL;
	Relation	catalog = table_open(AuthIdRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(catalog, InvalidOid, false, NULL, 0,
										  NULL);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_authid form = (Form_pg_authid) GETSTRUCT(tuple);
		RoleName   *role;

		if (IsReservedName(NameStr(form->rolname)))
			continue;
		role = palloc(sizeof(RoleName));
		role->role = form->oid;
		role->name = form->rolname;
		role->login = form->rolcanlogin;
		roles = lappend(roles, role);
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	list_sort(roles, compare_role_names);
	return roles;
}

static List *
count_owners(void)
{
	List	   *owners = NIL;
	ListCell   *lc,
			   *lc2;

	foreach(lc, ccpii_rule_relations())
	{
		Oid			owner = ccpii_family_owner(lfirst_oid(lc));
		OwnerCount *count = NULL;

		if (!OidIsValid(owner))
			continue;			/* dropped */
		foreach(lc2, owners)
			if (((OwnerCount *) lfirst(lc2))->owner == owner)
			count = lfirst(lc2);
		if (count == NULL)
		{
			count = palloc0(sizeof(OwnerCount));
			count->owner = owner;
			owners = lappend(owners, count);
		}
		count->relations++;
	}
	return owners;
}

/* How many labelled relations has the role the privileges of the owner of? */
static int
owned_relations(Oid role, const Cluster *cluster)
{
	int			relations = 0;
	ListCell   *lc;

	foreach(lc, cluster->owners)
	{
		OwnerCount *count = lfirst(lc);

		if (ccpii_audience_has_role(role, count->owner))
			relations += count->relations;
	}
	return relations;
}

/* Those of the roles whose privileges the role has, as regrole[]. */
static Datum
deciding_roles(Oid role, const List *labelled)
{
	Datum	   *elements = palloc(sizeof(Datum) *
								  Max(list_length(labelled), 1));
	int			n = 0;
	ListCell   *lc;

	foreach(lc, labelled)
		if (ccpii_audience_has_role(role, lfirst_oid(lc)))
		elements[n++] = ObjectIdGetDatum(lfirst_oid(lc));
	return PointerGetDatum(construct_array(elements, n, REGROLEOID,
										   sizeof(Oid), true, TYPALIGN_INT));
}

static const char *
reason_text(AudienceReason reason)
{
	switch (reason)
	{
		case REASON_OWN_LABEL:
			return "own label";
		case REASON_MEMBER_OF_MASKED:
			return "privileges of a MASKED role";
		case REASON_MEMBER_OF_CLEAR:
			return "privileges of a CLEAR role";
		case REASON_SUPERUSER:
			return "superuser";
		case REASON_OWNER:
			return "owner";
		case REASON_UNLABELLED:
			return "ccpii.unlabelled_roles";
	}
	return NULL;
}

/* What the verdict does not say; NULL for nothing. */
static char *
note_on(bool masked, AudienceReason reason, int owned)
{
	if (!masked || owned == 0)
		return NULL;
	if (reason == REASON_UNLABELLED)
		return psprintf("clear on labelled relations that it owns: %d", owned);
	return psprintf("owns labelled relations: %d", owned);
}

static void
put_role(ReturnSetInfo *result, const RoleName *role, const Cluster *cluster)
{
	AudienceReason reason;
	bool		masked = ccpii_audience_role_is_masked(role->role, InvalidOid,
													   &reason);
	char	   *note = note_on(masked, reason,
							   owned_relations(role->role, cluster));
	bool		through = reason == REASON_MEMBER_OF_MASKED ||
		reason == REASON_MEMBER_OF_CLEAR;
	Datum		values[] = {
		ObjectIdGetDatum(role->role),
		BoolGetDatum(role->login),
		CStringGetTextDatum(masked ? "masked" : "clear"),
		CStringGetTextDatum(reason_text(reason)),
		through ? deciding_roles(role->role, masked ? cluster->masked :
								 cluster->clear) : (Datum) 0,
		note != NULL ? CStringGetTextDatum(note) : (Datum) 0
	};
	bool		nulls[lengthof(values)] = {false};

	nulls[4] = !through;
	nulls[5] = note == NULL;
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* audience_list(): every role, masked or clear, and why */
Datum
ccpii_sql_audience_list(PG_FUNCTION_ARGS)
{
	Cluster		cluster = {NIL, NIL, NIL, NIL};
	ListCell   *lc;

	ccpii_extension_require();
	InitMaterializedSRF(fcinfo, 0);
	cluster.roles = all_roles();
	foreach(lc, cluster.roles)
	{
		Oid			role = ((RoleName *) lfirst(lc))->role;
		RoleLabel	label = ccpii_audience_label(role);

		if (label == ROLE_MASKED)
			cluster.masked = lappend_oid(cluster.masked, role);
		else if (label == ROLE_CLEAR)
			cluster.clear = lappend_oid(cluster.clear, role);
	}
	cluster.owners = count_owners();
	foreach(lc, cluster.roles)
	{
		CHECK_FOR_INTERRUPTS();
		put_role((ReturnSetInfo *) fcinfo->resultinfo, lfirst(lc), &cluster);
	}
	return (Datum) 0;
}

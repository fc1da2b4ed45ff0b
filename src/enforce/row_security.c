/*-------------------------------------------------------------------------
 *
 * row_security.c
 *	  Row rules, as policies that the server asks us for.
 *
 * The server asks the hooks here for policies whenever it applies those of a
 * relation: not where row security is off, nor for superusers, roles with
 * BYPASSRLS and owners.  A relation with row rules gets one restrictive policy;
 * one with a label and without policies of its own a permissive one too, since
 * without any nobody would see a row.
 *
 * That happens when a query is rewritten, and the server keeps the result for
 * the role that asked.  Who asks is more than that role, so the policy is looked
 * at again when the query is planned.  It always starts with a mark, a constant
 * condition that planning drops, so that it is there also for a reader who is
 * not restricted.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/seclabel.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "rewrite/rewriteManip.h"
#include "rewrite/rowsecurity.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/errors.h"
#include "base/extension.h"
#include "enforce/row_security.h"
#include "policy/rule.h"

static row_security_policy_hook_type prev_restrictive = NULL;
static row_security_policy_hook_type prev_permissive = NULL;

/* The rules for the rows of a relation, NIL if there are none. */
static List *
rows_of(Oid relid)
{
	const RelationRules *rules;

	if (ccpii_extension_state() == EXTENSION_ABSENT ||
		!ccpii_rule_exists(relid))
		return NIL;
	rules = ccpii_rule_get(relid);
	if (rules->rows != NIL && ccpii_extension_state() != EXTENSION_CURRENT)
		ccpii_error_other_version();
	return rules->rows;
}

/* The policy's condition for an audience; shares nodes with the rules. */
static Node *
rule_condition(const List *rows, Oid relid, const Audience *audience)
{
	NullTest   *mark = makeNode(NullTest);

	mark->arg = (Expr *) makeConst(OIDOID, -1, InvalidOid, sizeof(Oid),
								   ObjectIdGetDatum(relid), false, true);
	mark->nulltesttype = IS_NOT_NULL;
	mark->argisrow = false;
	mark->location = -1;
	return make_and_qual((Node *) mark,
						 ccpii_row_rule_condition(rows, audience));
}

static RowSecurityPolicy *
make_policy(const char *name, bool permissive, Node *condition)
{
	RowSecurityPolicy *policy = palloc0(sizeof(RowSecurityPolicy));
	Datum		everybody = ObjectIdGetDatum(ACL_ID_PUBLIC);

	policy->policy_name = pstrdup(name);
	policy->polcmd = '*';
	policy->roles = construct_array(&everybody, 1, OIDOID, sizeof(Oid), true,
									TYPALIGN_INT);
	policy->permissive = permissive;
	policy->qual = (Expr *) condition;
	return policy;
}

/* row_security_policy_hook_restrictive */
static List *
restrict_rows(CmdType command, Relation rel)
{
	List	   *policies = prev_restrictive == NULL ? NIL :
		prev_restrictive(command, rel);
	Oid			relid = RelationGetRelid(rel);
	List	   *rows = rows_of(relid);
	Audience	audience;

	if (!ccpii_row_rule_restricts(rows))
		return policies;
	audience = ccpii_audience_now();
	return lappend(policies,
				   make_policy(VISIBLE_POLICY, false,
							   rule_condition(rows, relid, &audience)));
}

/* Has the relation policies that its owner has made? */
static bool
has_policies(Relation rel)
{
	ListCell   *lc;

	foreach(lc, rel->rd_rsdesc->policies)
	{
		RowSecurityPolicy *policy = lfirst(lc);

		if (policy->permissive ||
			strcmp(policy->policy_name, PROTECT_POLICY) != 0)
			return true;
	}
	return false;
}

/*
 * Is everything visible that policies do not hide?  Not where row security was
 * on, and hid everything, before the table was protected.
 */
static bool
is_open(const RowRule *own)
{
	return own != NULL && (own->clauses != NIL || !own->keeping);
}

/* row_security_policy_hook_permissive */
static List *
permit_rows(CmdType command, Relation rel)
{
	List	   *policies = prev_permissive == NULL ? NIL :
		prev_permissive(command, rel);
	Oid			relid = RelationGetRelid(rel);

	if (policies != NIL || has_policies(rel) ||
		!is_open(ccpii_row_rule_own(rows_of(relid), relid)))
		return policies;
	return list_make1(make_policy(VISIBLE_POLICY, true,
								  makeBoolConst(true, false)));
}

/*
 * Kept queries
 */

/* The policy's condition as it stands in a query, for who asks now. */
static Node *
expected_condition(const List *rows, Oid relid, int rti)
{
	Audience	audience = ccpii_audience_now();
	Node	   *condition = copyObject(rule_condition(rows, relid, &audience));

	ChangeVarNodes(condition, 1, rti, 0);
	return condition;
}

static bool
is_false(Node *node)
{
	return IsA(node, Const) && ((Const *) node)->consttype == BOOLOID &&
		!((Const *) node)->constisnull &&
		!DatumGetBool(((Const *) node)->constvalue);
}

/*
 * Does the condition stand among quals?  Or nothing at all is visible, as no
 * permissive policy applies.
 */
static bool
is_applied(Node *condition, List *quals)
{
	ListCell   *lc;

	foreach(lc, quals)
	{
		if (equal(lfirst(lc), condition) || is_false(lfirst(lc)))
			return true;
	}
	return false;
}

/* The conditions of the checks that policies make of new rows. */
static List *
checks_of(const Query *query)
{
	List	   *quals = NIL;
	ListCell   *lc;

	foreach(lc, query->withCheckOptions)
	{
		WithCheckOption *option = lfirst_node(WithCheckOption, lc);

		if (option->kind != WCO_VIEW_CHECK)
			quals = lappend(quals, option->qual);
	}
	return quals;
}

static bool
is_table(const RangeTblEntry *rte)
{
	return rte->rtekind == RTE_RELATION &&
		(rte->relkind == RELKIND_RELATION ||
		 rte->relkind == RELKIND_PARTITIONED_TABLE);
}

/* Is the entry under row security the one that it was rewritten for? */
static bool
is_entry_current(const Query *query, RangeTblEntry *rte, int rti)
{
	List	   *rows;
	bool		inserts = rti == query->resultRelation &&
		query->commandType != CMD_UPDATE && query->commandType != CMD_DELETE;

	if (!is_table(rte))
		return true;
	rows = rows_of(rte->relid);
	if (!ccpii_row_rule_restricts(rows) ||
		check_enable_rls(rte->relid,
						 compat_rte_check_as_user(rte,
												  QUERY_PERMISSIONS(query)),
						 true) != RLS_ENABLED)
		return true;
	return is_applied(expected_condition(rows, rte->relid, rti),
					  inserts ? checks_of(query) : rte->securityQuals);
}

static bool
verify_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Query))
	{
		ccpii_row_security_verify((Query *) node);
		return false;
	}
	return expression_tree_walker(node, verify_walker, context);
}

void
ccpii_row_security_verify(Query *query)
{
	int			rti = 0;
	ListCell   *lc;

	check_stack_depth();
	foreach(lc, query->rtable)
	{
		if (is_entry_current(query, lfirst(lc), ++rti))
			continue;
		ResetPlanCache();
		ereport(ERROR,
				errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				errmsg("cached plan was made for another reader, or for other labels"),
				errhint("Run it again."));
	}
	(void) query_tree_walker(query, verify_walker, NULL, 0);
}

bool
ccpii_row_security_is_rule(Node *qual, Oid relid, int rti)
{
	List	   *rows = rows_of(relid);

	return ccpii_row_rule_restricts(rows) &&
		equal(qual, expected_condition(rows, relid, rti));
}

Node *
ccpii_row_security_condition(Oid relid, int rti)
{
	List	   *rows = rows_of(relid);

	return ccpii_row_rule_restricts(rows) ?
		expected_condition(rows, relid, rti) : NULL;
}

/*
 * Where row security does not do
 */

static char *
qualified_name(Oid relid)
{
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relid)),
									  get_rel_name(relid));
}

/*
 * Would row security, were it on, hold for a user?  Sets *is_on to whether it
 * is.
 */
static bool
is_subject(Oid relid, Oid user, bool *is_on)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	bool		forced;

	if (!HeapTupleIsValid(tuple))
		return false;			/* dropped: nothing to be read */
	*is_on = ((Form_pg_class) GETSTRUCT(tuple))->relrowsecurity;
	forced = ((Form_pg_class) GETSTRUCT(tuple))->relforcerowsecurity;
	ReleaseSysCache(tuple);
	if (has_bypassrls_privilege(user))
		return false;
	return forced ||
		!object_ownercheck(RelationRelationId, relid, user);
}

/* The owner of a view may not show others what he may not see himself. */
static void
check_view_owner(const List *rows, Oid relid, Oid user,
				 const Audience *audience)
{
	Audience	owner = {user, InvalidOid};
	Node	   *condition = ccpii_row_rule_condition(rows, &owner);

	if (user == audience->current || condition == NULL ||
		equal(condition, ccpii_row_rule_condition(rows, audience)))
		return;
	ereport(ERROR,
			errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			errmsg("row rules of relation \"%s\" restrict role \"%s\", who owns a view of it",
				   get_rel_name(relid), GetUserNameFromId(user, false)),
			errhint("Let the view be of the relation's owner, or a security_invoker view."));
}

/* user is the owner of a view through which the relation is read, if any. */
static void
check_relation(Oid relid, Oid user)
{
	List	   *rows = rows_of(relid);
	Audience	audience;
	bool		is_on;

	if (!ccpii_row_rule_restricts(rows) ||
		!is_subject(relid, OidIsValid(user) ? user : GetUserId(), &is_on))
		return;
	audience = ccpii_audience_now();
	if (OidIsValid(user))
		check_view_owner(rows, relid, user, &audience);
	if (is_on || ccpii_row_rule_condition(rows, &audience) == NULL)
		return;
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("row rules hold for relation \"%s\", but row security is off",
				   get_rel_name(relid)),
			ccpii_row_rule_own(rows, relid) != NULL ?
			errhint("Run ALTER TABLE %s ENABLE ROW LEVEL SECURITY.",
					qualified_name(relid)) :
			errhint("Read its parent, or run SELECT ccpii.protect(%s).",
					quote_literal_cstr(qualified_name(relid))));
}

void
ccpii_row_security_check_relation(Oid relid)
{
	check_relation(relid, InvalidOid);
}

void
ccpii_row_security_check_plan(const PlannedStmt *plan)
{
	ListCell   *lc;

	foreach(lc, plan->rtable)
	{
		RangeTblEntry *rte = lfirst(lc);

		if (is_table(rte) && RTE_IS_NAMED(rte))
			check_relation(rte->relid,
						   compat_rte_check_as_user(rte,
													PLAN_PERMISSIONS(plan)));
	}
}

void
ccpii_row_security_keep(Oid relid)
{
	const RowRule *own = ccpii_row_rule_own(rows_of(relid), relid);

	if (own == NULL)
		return;
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("the ccpii label of table \"%s\" needs row security",
				   get_rel_name(relid)),
			own->is_protected ?
			errhint("Run SELECT ccpii.unprotect(%s).",
					quote_literal_cstr(qualified_name(relid))) :
			errhint("Run SECURITY LABEL FOR ccpii ON TABLE %s IS NULL.",
					qualified_name(relid)));
}

/* The text of a rule's clauses; all of the label if it does not parse. */
static char *
rows_text(const RowRule *rule)
{
	return rule->is_protected ?
		ccpii_label_parse_table(rule->label)->rows : rule->label;
}

/*
 * The one text of the rules that a relation has from its ancestors; NULL if it
 * has none.
 */
static char *
inherited_text(const List *rows, const List *ancestors, Oid relid)
{
	char	   *text = NULL;
	ListCell   *lc;

	foreach(lc, rows)
	{
		RowRule    *rule = lfirst(lc);

		if (rule->clauses == NIL || !list_member_oid(ancestors, rule->source))
			continue;
		if (text != NULL && strcmp(text, rows_text(rule)) != 0)
			ereport(ERROR,
					errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					errmsg("relation \"%s\" cannot keep the row rules of several parents",
						   get_rel_name(relid)),
					errhint("Give it a label of its own first."));
		text = rows_text(rule);
	}
	return text;
}

/* Has the relation row rules of its own, and so nothing to inherit? */
static bool
has_own_rules(const RowRule *own, const List *rows, Oid relid)
{
	if (own == NULL || own->clauses == NIL)
		return false;
	if (list_length(rows) > 1)
		ereport(WARNING,
				errmsg("row rules of its parents no longer hold for relation \"%s\", which has its own",
					   get_rel_name(relid)));
	return true;
}

bool
ccpii_row_security_inherit(Oid relid, const List *ancestors)
{
	List	   *rows = rows_of(relid);
	const RowRule *own = ccpii_row_rule_own(rows, relid);
	char		kind = get_rel_relkind(relid);
	ObjectAddress table;
	char	   *text;

	if ((kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE) ||
		has_own_rules(own, rows, relid))
		return false;
	text = inherited_text(rows, ancestors, relid);
	if (text == NULL)
		return false;
	if (own != NULL)
		text = psprintf("%s; %s", own->label, text);
	ObjectAddressSet(table, RelationRelationId, relid);
	SetSecurityLabel(&table, LABEL_PROVIDER, text);
	return true;
}

void
ccpii_row_security_init(void)
{
	prev_restrictive = row_security_policy_hook_restrictive;
	row_security_policy_hook_restrictive = restrict_rows;
	prev_permissive = row_security_policy_hook_permissive;
	row_security_policy_hook_permissive = permit_rows;
}

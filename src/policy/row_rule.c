/*-------------------------------------------------------------------------
 *
 * row_rule.c
 *	  The rules that labels of tables make: which rows a role may see.
 *
 * A clause VISIBLE TO role WHEN (condition) restricts those who have the
 * privileges of the role to the rows for which it is true; several clauses that
 * apply to one role open the rows of each.  Nobody else is restricted.
 *
 * A role that does not exist may have been any role: its clause restricts all
 * to whom no other clause applies, but opens nothing to those to whom one does.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "commands/seclabel.h"
#include "common/hashfn.h"
#include "nodes/makefuncs.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"

#include "base/attempt.h"
#include "base/compat.h"
#include "policy/condition.h"
#include "policy/family.h"
#include "policy/row_rule.h"

/*
 * Reading
 */

typedef struct LabelAttempt
{
	const char *label;
	TableLabel *table;			/* out */
} LabelAttempt;

static void
attempt_label(void *arg)
{
	LabelAttempt *attempt = arg;

	attempt->table = ccpii_label_parse_table(attempt->label);
}

static void
warn(RowRule *rule, char *warning)
{
	rule->warnings = lappend(rule->warnings, warning);
}

static RowClause *
make_clause(RowRule *rule, const VisibleClause *visible, Oid relid)
{
	RowClause  *clause = palloc0(sizeof(RowClause));
	char	   *problem;
	ListCell   *lc;

	foreach(lc, visible->roles)
	{
		Oid			role = get_role_oid(lfirst(lc), true);

		if (OidIsValid(role))
		{
			clause->roles = lappend_oid(clause->roles, role);
			continue;
		}
		clause->missing = true;
		warn(rule, psprintf("role \"%s\" does not exist, everybody is restricted",
							(char *) lfirst(lc)));
	}
	clause->when = ccpii_condition_try(visible->when, relid, &problem);
	if (clause->when == NULL)
	{
		clause->when = makeBoolConst(false, false);
		warn(rule, psprintf("condition of WHEN cannot be used, no row is visible by it: %s",
							problem));
	}
	return clause;
}

/* The rule that the label of source makes for a relation. */
static RowRule *
make_rule(Oid source, char *label, Oid relid)
{
	RowRule    *rule = palloc0(sizeof(RowRule));
	LabelAttempt attempt = {label, NULL};
	char	   *problem;
	ListCell   *lc;

	rule->source = source;
	rule->label = label;
	if (!ccpii_attempt(attempt_label, &attempt, &problem))
	{
		RowClause  *nothing = palloc0(sizeof(RowClause));

		nothing->missing = true;
		nothing->when = makeBoolConst(false, false);
		rule->clauses = list_make1(nothing);
		warn(rule, pstrdup("label does not parse, no row is visible"));
		return rule;
	}
	rule->is_protected = attempt.table->is_protected;
	rule->keeping = attempt.table->keeping;
	foreach(lc, attempt.table->visible)
	{
		rule->clauses = lappend(rule->clauses,
								make_clause(rule, lfirst(lc), relid));
	}
	return rule;
}

List *
ccpii_row_rule_read(Oid relid)
{
	List	   *rules = NIL;
	List	   *sources = list_concat(list_make1_oid(relid),
									  ccpii_family_ancestors(relid));
	ListCell   *lc;

	foreach(lc, sources)
	{
		Oid			source = lfirst_oid(lc);
		char		kind = get_rel_relkind(source);
		ObjectAddress table;
		char	   *label;

		if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE)
			continue;
		ObjectAddressSet(table, RelationRelationId, source);
		label = GetSecurityLabel(&table, LABEL_PROVIDER);
		if (label != NULL)
			rules = lappend(rules, make_rule(source, label, relid));
	}
	return rules;
}

List *
ccpii_row_rule_copy(const List *rules)
{
	List	   *result = NIL;
	ListCell   *lc,
			   *lc2;

	foreach(lc, rules)
	{
		RowRule    *rule = lfirst(lc);
		RowRule    *copy = palloc(sizeof(RowRule));

		*copy = *rule;
		copy->label = pstrdup(rule->label);
		copy->clauses = NIL;
		foreach(lc2, rule->clauses)
		{
			RowClause  *clause = palloc(sizeof(RowClause));

			*clause = *(RowClause *) lfirst(lc2);
			clause->roles = list_copy(clause->roles);
			clause->when = copyObject(clause->when);
			copy->clauses = lappend(copy->clauses, clause);
		}
		copy->warnings = NIL;
		foreach(lc2, rule->warnings)
		{
			copy->warnings = lappend(copy->warnings, pstrdup(lfirst(lc2)));
		}
		result = lappend(result, copy);
	}
	return result;
}

/*
 * Asking
 */

static bool
has_any_role(Oid role, const List *others)
{
	ListCell   *lc;

	foreach(lc, others)
	{
		if (ccpii_audience_has_role(role, lfirst_oid(lc)))
			return true;
	}
	return false;
}

/* Add what else must be true, unless it is known or nothing. */
static List *
add_condition(List *conditions, Node *condition)
{
	return condition == NULL ? conditions :
		list_append_unique(conditions, condition);
}

static Node *
combine(BoolExprType op, List *conditions)
{
	if (list_length(conditions) <= 1)
		return conditions == NIL ? NULL : linitial(conditions);
	return (Node *) makeBoolExpr(op, conditions, -1);
}

/* Which rows does one rule leave to one role?  NULL for all of them. */
static Node *
condition_for(const RowRule *rule, Oid role)
{
	List	   *applying = NIL;
	List	   *missing = NIL;
	ListCell   *lc;

	foreach(lc, rule->clauses)
	{
		RowClause  *clause = lfirst(lc);

		if (has_any_role(role, clause->roles))
			applying = add_condition(applying, clause->when);
		else if (clause->missing)
			missing = add_condition(missing, clause->when);
	}
	return applying != NIL ? combine(OR_EXPR, applying) :
		combine(AND_EXPR, missing);
}

/* Who asks besides current_user, unless he can bypass row security himself. */
static Oid
other_of(const Audience *audience)
{
	return OidIsValid(audience->other) &&
		!has_bypassrls_privilege(audience->other) ?
		audience->other : InvalidOid;
}

Node *
ccpii_row_rule_condition(const List *rules, const Audience *audience)
{
	List	   *conditions = NIL;
	Oid			other = other_of(audience);
	ListCell   *lc;

	foreach(lc, rules)
	{
		conditions = add_condition(conditions,
								   condition_for(lfirst(lc), audience->current));
		if (OidIsValid(other))
			conditions = add_condition(conditions,
									   condition_for(lfirst(lc), other));
	}
	return combine(AND_EXPR, conditions);
}

uint32
ccpii_row_rule_hash(const List *rules, const Audience *audience)
{
	Oid			other = other_of(audience);
	uint32		hash = OidIsValid(other);
	ListCell   *lc,
			   *lc2;

	foreach(lc, rules)
	{
		RowRule    *rule = lfirst(lc);

		hash = hash_combine(hash, hash_bytes((const unsigned char *) rule->label,
											 strlen(rule->label)));
		foreach(lc2, rule->clauses)
		{
			RowClause  *clause = lfirst(lc2);

			hash = hash_combine(hash, has_any_role(audience->current,
												   clause->roles));
			hash = hash_combine(hash, OidIsValid(other) &&
								has_any_role(other, clause->roles));
			hash = hash_combine(hash, clause->missing);
		}
	}
	return hash;
}

const RowRule *
ccpii_row_rule_own(const List *rules, Oid relid)
{
	/* Its own comes first. */
	if (rules == NIL || ((RowRule *) linitial(rules))->source != relid)
		return NULL;
	return linitial(rules);
}

bool
ccpii_row_rule_restricts(const List *rules)
{
	ListCell   *lc;

	foreach(lc, rules)
	{
		if (((RowRule *) lfirst(lc))->clauses != NIL)
			return true;
	}
	return false;
}

/*-------------------------------------------------------------------------
 *
 * clause.c
 *	  The rules that labels make of the columns of a relation.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_attrdef.h"
#include "catalog/pg_class.h"
#include "catalog/pg_seclabel.h"
#include "catalog/pg_type.h"
#include "commands/seclabel.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "optimizer/optimizer.h"
#include "parser/parse_coerce.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "base/attempt.h"
#include "base/compat.h"
#include "base/guard.h"
#include "policy/clause.h"
#include "policy/condition.h"
#include "policy/family.h"
#include "policy/masked_type.h"

/*
 * Can text be read as a value of a base type without running anybody's code?
 * Not if there may be domains with their checks inside of it.
 */
static bool
is_simple(Oid base)
{
	char		kind = get_typtype(base);

	return kind == TYPTYPE_ENUM ||
		(kind == TYPTYPE_BASE && !OidIsValid(get_element_type(base)));
}

bool
ccpii_clause_mask_fits(const MaskSpec *mask, Oid type)
{
	Oid			base = getBaseType(type);

	switch (mask->kind)
	{
		case MASK_TEXT:
			return mask->text.kind == TEXT_MASK_FULL ||
				ccpii_clause_is_text(type) || ccpii_masked_type_is(type);
		case MASK_HASH:
			return ccpii_clause_is_text(type) || ccpii_masked_type_is(type);
		case MASK_NULL:
			return true;
		case MASK_CONSTANT:
			return is_simple(base);
		case MASK_YEAR:
		case MASK_MONTH:
			return base == DATEOID || base == TIMESTAMPOID ||
				base == TIMESTAMPTZOID;
		case MASK_ATTRIBUTES:
		case MASK_JSONB:
			return base == JSONOID || base == JSONBOID;
	}
	return false;
}

Datum
ccpii_clause_constant(const char *literal, Oid type, int32 typmod)
{
	Oid			input,
				ioparam;
	Guard		guard;
	Datum		result;

	/* A domain's checks are anybody's code, and not for what is only shown. */
	type = getBaseTypeAndTypmod(type, &typmod);
	getTypeInputInfo(type, &input, &ioparam);
	ccpii_guard_become(&guard, GetUserId());
	result = OidInputFunctionCall(input, unconstify(char *, literal), ioparam,
								  typmod);
	ccpii_guard_leave(&guard);
	return result;
}

bool
ccpii_clause_is_text(Oid type)
{
	Oid			base = getBaseType(type);

	if (base == TEXTOID || base == VARCHAROID || base == BPCHAROID)
		return true;

	/* citext and its like: stored as text is. */
	return TypeCategory(base) == TYPCATEGORY_STRING && base != NAMEOID &&
		IsBinaryCoercible(base, TEXTOID);
}

static MaskSpec *
full_mask(void)
{
	MaskSpec   *mask = palloc0(sizeof(MaskSpec));

	mask->kind = MASK_TEXT;
	mask->text.kind = TEXT_MASK_FULL;
	return mask;
}

static void
warn(ColumnRule *rule, char *warning)
{
	rule->warnings = lappend(rule->warnings, warning);
}

/* Resolve role names; *missing is set if one does not exist. */
static List *
resolve_roles(ColumnRule *rule, List *names, bool *missing)
{
	List	   *roles = NIL;
	ListCell   *lc;

	foreach(lc, names)
	{
		Oid			role = get_role_oid(lfirst(lc), true);

		if (OidIsValid(role))
			roles = lappend_oid(roles, role);
		else
		{
			*missing = true;
			warn(rule, psprintf("role \"%s\" does not exist",
								(char *) lfirst(lc)));
		}
	}
	return roles;
}

typedef struct ConstantAttempt
{
	MaskSpec   *mask;
	Form_pg_attribute att;
} ConstantAttempt;

/* Read the literal once and for all: planning is too often. */
static void
attempt_constant(void *arg)
{
	MaskSpec   *mask = ((ConstantAttempt *) arg)->mask;
	Form_pg_attribute att = ((ConstantAttempt *) arg)->att;
	Datum		value = ccpii_clause_constant(mask->constant, att->atttypid,
											  att->atttypmod);

	mask->value = (Node *) makeConst(att->atttypid, att->atttypmod,
									 att->attcollation, att->attlen, value,
									 false, att->attbyval);
}

/* The problem with a mask on a column, or NULL if it can be used. */
static char *
mask_problem(MaskSpec *mask, Form_pg_attribute att)
{
	ConstantAttempt attempt = {mask, att};
	char	   *problem;

	if (!ccpii_clause_mask_fits(mask, att->atttypid))
		return psprintf("mask \"%s\" is not defined for type %s",
						ccpii_label_mask_text(mask),
						format_type_be(att->atttypid));
	if (mask->kind == MASK_CONSTANT &&
		!ccpii_attempt(attempt_constant, &attempt, &problem))
		return psprintf("constant is not a value of type %s",
						format_type_be(att->atttypid));
	return NULL;
}

/*
 * Add a clause for everybody who may be meant by a name that does not resolve:
 * it must hide as much as any clause that comes later might.
 */
static void
add_full_clause(ColumnRule *rule, const RuleClause *clause)
{
	RuleClause *full = palloc0(sizeof(RuleClause));

	full->masked = true;
	full->mask = full_mask();
	full->unless = clause->unless;
	full->when = clause->when;
	rule->clauses = lappend(rule->clauses, full);
}

/*
 * Add a clause of a label to a rule, unless it can never apply.  Whatever does
 * not resolve is read so that more is masked.
 */
static void
add_clause(ColumnRule *rule, const LabelClause *label, Form_pg_attribute att)
{
	RuleClause *clause = palloc0(sizeof(RuleClause));
	bool		missing_only = false;
	bool		missing_unless = false;
	char	   *problem;

	clause->masked = label->masked;
	clause->searchable = label->searchable;
	clause->only = resolve_roles(rule, label->only, &missing_only);
	clause->unless = resolve_roles(rule, label->unless, &missing_unless);
	if ((missing_only || missing_unless) && !label->masked)
		return;
	if (missing_unless)
		clause->unless = NIL;
	if (label->masked)
	{
		clause->mask = label->mask;
		problem = mask_problem(clause->mask, att);
		if (problem != NULL)
		{
			warn(rule, psprintf("%s, masked as full", problem));
			clause->mask = full_mask();
		}
	}
	if (label->when != NULL)
	{
		clause->when = ccpii_condition_try(label->when, att->attrelid,
										   &problem);
		if (clause->when == NULL)
		{
			warn(rule, psprintf("condition of WHEN cannot be used: %s",
								problem));
			if (!label->masked)
				return;
		}
	}
	/* FOR roles of which none exists is not for everybody. */
	if (label->only == NIL || clause->only != NIL)
		rule->clauses = lappend(rule->clauses, clause);
	if (missing_only)
		add_full_clause(rule, clause);
}

/* Make the rule of one column from the text of a label. */
static ColumnRule *
make_rule(Relation rel, AttrNumber attno, Oid source, const char *label)
{
	ColumnRule *rule = palloc0(sizeof(ColumnRule));
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), attno - 1);
	List	   *volatile clauses = NIL;
	MemoryContext context = CurrentMemoryContext;
	ListCell   *lc;

	rule->attno = attno;
	rule->source = source;
	rule->label = pstrdup(label);
	rule->typed = ccpii_masked_type_is_within(att->atttypid);
	rule->stored = rule->typed && rel->rd_rel->relkind != RELKIND_VIEW;

	/* The parser takes no locks and opens nothing, so it can be caught. */
	PG_TRY();
	{
		clauses = ccpii_label_parse_column(label);
	}
	PG_CATCH();
	{
		LabelClause *clause;

		if (!ccpii_attempt_forgives(geterrcode()))
			PG_RE_THROW();
		MemoryContextSwitchTo(context);
		FlushErrorState();
		clause = palloc0(sizeof(LabelClause));
		clause->masked = true;
		clause->mask = full_mask();
		clauses = list_make1(clause);
		warn(rule, pstrdup("label does not parse, masked as full"));
	}
	PG_END_TRY();

	foreach(lc, clauses)
	{
		rule->sensitive |= ((LabelClause *) lfirst(lc))->sensitive;
		add_clause(rule, lfirst(lc), att);
	}
	return rule;
}

/* What the label of the view itself says; one that does not parse raises. */
static void
adopt_view_label(RelationRules *rules, const char *label)
{
	rules->trusted = ccpii_label_parse_view(label) == VIEW_TRUSTED;
	rules->masked_view = !rules->trusted;
}

/*
 * Take over the labels that one relation of the family carries, for columns
 * that have no rule yet.
 */
static void
adopt_labels(RelationRules *rules, Relation rel, Oid source)
{
	Relation	catalog = table_open(SecLabelRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_seclabel_objoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(source));
	ScanKeyInit(&keys[1], Anum_pg_seclabel_classoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(RelationRelationId));
	scan = systable_beginscan(catalog, SecLabelObjectIndexId, true, NULL, 2,
							  keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		TupleDesc	desc = RelationGetDescr(catalog);
		int			subid = ((FormData_pg_seclabel *) GETSTRUCT(tuple))->objsubid;
		bool		isnull;
		Datum		provider = heap_getattr(tuple, Anum_pg_seclabel_provider,
											desc, &isnull);
		Datum		label = heap_getattr(tuple, Anum_pg_seclabel_label,
										 desc, &isnull);
		AttrNumber	attno = subid;

		if (strcmp(TextDatumGetCString(provider), LABEL_PROVIDER) != 0)
			continue;
		if (subid == 0)
		{
			if (source == rules->relid &&
				rel->rd_rel->relkind == RELKIND_VIEW)
				adopt_view_label(rules, TextDatumGetCString(label));
			continue;
		}
		if (source != rules->relid)
		{
			char	   *name = get_attname(source, subid, true);

			attno = name == NULL ? InvalidAttrNumber :
				get_attnum(rules->relid, name);
		}
		if (attno > 0 && attno <= rules->natts &&
			rules->columns[attno - 1] == NULL)
			rules->columns[attno - 1] = make_rule(rel, attno, source,
												  TextDatumGetCString(label));
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
}

/*
 * Make the rules of columns without a label whose type is, or holds,
 * masked_text.  A view shows what its relations' rules leave, unless it is
 * TRUSTED.
 */
static void
mask_typed_columns(RelationRules *rules, Relation rel)
{
	bool		is_view = rel->rd_rel->relkind == RELKIND_VIEW;

	if (is_view && !rules->trusted)
		return;
	for (int i = 0; i < rules->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), i);
		int32		typmod = att->atttypmod;
		ColumnRule *rule;
		RuleClause *clause;

		if (att->attisdropped || rules->columns[i] != NULL ||
			!ccpii_masked_type_is_within(att->atttypid))
			continue;
		rule = palloc0(sizeof(ColumnRule));
		rule->attno = att->attnum;
		rule->source = rules->relid;
		rule->typed = true;
		rule->stored = !is_view;
		clause = palloc0(sizeof(RuleClause));
		clause->masked = true;
		(void) getBaseTypeAndTypmod(att->atttypid, &typmod);
		clause->mask = ccpii_masked_type_is(att->atttypid) ?
			ccpii_masked_type_mask(typmod) : full_mask();
		rule->clauses = list_make1(clause);
		rules->columns[i] = rule;
	}
}

/* Is a column of a member of the family masked for somebody? */
static bool
is_ruled(const RelationRules *rules, Oid member, AttrNumber attno)
{
	ObjectAddress column;
	char	   *name;
	AttrNumber	own;

	if (attno <= 0)
		return attno == 0;		/* the whole row */
	name = get_attname(member, attno, true);
	own = name == NULL ? 0 : get_attnum(rules->relid, name);
	if (own > 0 && rules->columns[own - 1] != NULL)
		return true;
	if (ccpii_masked_type_is_within(get_atttype(member, attno)))
		return true;
	ObjectAddressSubSet(column, RelationRelationId, member, attno);
	return GetSecurityLabel(&column, LABEL_PROVIDER) != NULL;
}

/* Is an expression of a member's computed from what is masked for somebody? */
static bool
is_computed_from_ruled(const RelationRules *rules, Oid member,
					   const char *expression)
{
	Bitmapset  *used = NULL;
	int			bit = -1;

	pull_varattnos(stringToNode(expression), 1, &used);
	while ((bit = bms_next_member(used, bit)) >= 0)
	{
		if (is_ruled(rules, member, bit + FirstLowInvalidHeapAttributeNumber))
			return true;
	}
	return false;
}

/*
 * A generated column shows what it was computed from: mask it whole.  A child
 * can compute it in another way than its parent, which shows the child's rows.
 * Reads catalogs only, since a reader of the parent need not wait for a child.
 */
static void
mask_generated_columns(RelationRules *rules, Oid member)
{
	Relation	catalog = table_open(AttrDefaultRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_attrdef_adrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(member));
	scan = systable_beginscan(catalog, AttrDefaultIndexId, true, NULL, 1,
							  &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		AttrNumber	attno = ((Form_pg_attrdef) GETSTRUCT(tuple))->adnum;
		char	   *name = get_attname(member, attno, true);
		AttrNumber	own = name == NULL ? 0 : get_attnum(rules->relid, name);
		bool		isnull;
		Datum		expression = heap_getattr(tuple, Anum_pg_attrdef_adbin,
											  RelationGetDescr(catalog),
											  &isnull);

		if (own > 0 && rules->columns[own - 1] == NULL && !isnull &&
			get_attgenerated(member, attno) != '\0' &&
			is_computed_from_ruled(rules, member,
								   TextDatumGetCString(expression)))
		{
			ColumnRule *rule = palloc0(sizeof(ColumnRule));
			RuleClause	none = {0};

			rule->attno = own;
			rule->source = rules->relid;
			add_full_clause(rule, &none);
			rules->columns[own - 1] = rule;
		}
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
}

/* Read the rules of a relation, with all that parsing leaves behind. */
static RelationRules *
read_rules(Oid relid)
{
	RelationRules *rules = palloc0(sizeof(RelationRules));
	Relation	rel = try_relation_open(relid, AccessShareLock);
	List	   *sources = list_make1_oid(relid);
	ListCell   *lc;

	rules->relid = relid;
	if (rel == NULL)
		return rules;			/* dropped */
	sources = list_concat(sources, ccpii_family_relatives(relid));
	rules->owner = rel->rd_rel->relowner;
	rules->natts = RelationGetNumberOfAttributes(rel);
	rules->columns = palloc0(sizeof(ColumnRule *) * Max(rules->natts, 1));
	foreach(lc, sources)
		adopt_labels(rules, rel, lfirst_oid(lc));
	rules->rows = ccpii_row_rule_read(relid);
	mask_typed_columns(rules, rel);
	mask_generated_columns(rules, relid);
	foreach(lc, ccpii_family_descendants(relid))
	{
		mask_generated_columns(rules, lfirst_oid(lc));
	}
	relation_close(rel, AccessShareLock);
	return rules;
}

/*
 * Copies for the cache
 */

static MaskSpec *
copy_mask(const MaskSpec *mask)
{
	MaskSpec   *result = palloc(sizeof(MaskSpec));
	ListCell   *lc;

	*result = *mask;
	if (mask->constant != NULL)
		result->constant = pstrdup(mask->constant);
	result->value = copyObject(mask->value);
	result->paths = NIL;
	foreach(lc, mask->paths)
	{
		JsonPathMask *path = lfirst(lc);
		JsonPathMask *copy = palloc(sizeof(JsonPathMask));

		copy->path = pstrdup(path->path);
		copy->mask = copy_mask(path->mask);
		result->paths = lappend(result->paths, copy);
	}
	return result;
}

static ColumnRule *
copy_column(const ColumnRule *rule)
{
	ColumnRule *result = palloc(sizeof(ColumnRule));
	ListCell   *lc;

	*result = *rule;
	if (rule->label != NULL)
		result->label = pstrdup(rule->label);
	result->clauses = NIL;
	foreach(lc, rule->clauses)
	{
		RuleClause *clause = lfirst(lc);
		RuleClause *copy = palloc(sizeof(RuleClause));

		*copy = *clause;
		if (clause->mask != NULL)
			copy->mask = copy_mask(clause->mask);
		copy->only = list_copy(clause->only);
		copy->unless = list_copy(clause->unless);
		copy->when = copyObject(clause->when);
		result->clauses = lappend(result->clauses, copy);
	}
	result->warnings = NIL;
	foreach(lc, rule->warnings)
	{
		result->warnings = lappend(result->warnings, pstrdup(lfirst(lc)));
	}
	return result;
}

RelationRules *
ccpii_clause_read(Oid relid)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext,
												  "ccpii labels",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	RelationRules *rules = read_rules(relid);
	RelationRules *result;

	MemoryContextSwitchTo(old);
	result = palloc(sizeof(RelationRules));
	*result = *rules;
	result->columns = palloc0(sizeof(ColumnRule *) * Max(rules->natts, 1));
	for (int i = 0; i < rules->natts; i++)
	{
		if (rules->columns[i] != NULL)
			result->columns[i] = copy_column(rules->columns[i]);
	}
	result->rows = ccpii_row_rule_copy(rules->rows);
	MemoryContextDelete(scratch);
	return result;
}

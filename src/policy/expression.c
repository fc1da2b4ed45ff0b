/*-------------------------------------------------------------------------
 *
 * expression.c
 *	  What an audience sees instead of a column, as an expression.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "base/extension.h"
#include "base/keyring.h"
#include "base/token.h"
#include "policy/attribute.h"
#include "policy/expression.h"
#include "policy/masked_type.h"

/* SQL functions of the text masks, by TextMaskKind. */
static const char *const text_functions[] = {
	[TEXT_MASK_FULL] = "mask_full",
	[TEXT_MASK_PHONE] = "mask_phone",
	[TEXT_MASK_EMAIL] = "mask_email",
	[TEXT_MASK_CARD] = "mask_card",
	[TEXT_MASK_NAME] = "mask_name",
	[TEXT_MASK_DIGITS] = "mask_digits",
	[TEXT_MASK_CARDS] = "mask_cards",
	[TEXT_MASK_PARTIAL] = "mask_partial"
};

/* Does one who asks have one of the roles? */
static bool
anyone_has(const Audience *audience, List *roles)
{
	ListCell   *lc;

	foreach(lc, roles)
	{
		if (ccpii_audience_has_role(audience->current, lfirst_oid(lc)) ||
			(OidIsValid(audience->other) &&
			 ccpii_audience_has_role(audience->other, lfirst_oid(lc))))
			return true;
	}
	return false;
}

/* Does current_user have one of the roles? */
static bool
current_has(const Audience *audience, List *roles)
{
	Audience	current = {audience->current, InvalidOid};

	return anyone_has(&current, roles);
}

/*
 * What hides counts for everyone who
 * asks; what shows is a right that current_user must have, so that a pooled
 * login, who may become several roles, sees what the one sees that he is.
 */
bool
ccpii_expression_applies(const RuleClause *clause, const Audience *audience)
{
	if (clause->masked)
		return (clause->only == NIL || anyone_has(audience, clause->only)) &&
			!current_has(audience, clause->unless);
	return (clause->only == NIL || current_has(audience, clause->only)) &&
		!anyone_has(audience, clause->unless);
}

/* The clauses that apply, up to the first without a condition. */
static List *
applicable_clauses(const ColumnRule *rule, const Audience *audience)
{
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, rule->clauses)
	{
		RuleClause *clause = lfirst(lc);

		if (!ccpii_expression_applies(clause, audience))
			continue;
		result = lappend(result, clause);
		if (clause->when == NULL)
			break;
	}
	return result;
}

bool
ccpii_expression_masks(const ColumnRule *rule, const Audience *audience)
{
	ListCell   *lc;

	foreach(lc, applicable_clauses(rule, audience))
	{
		if (((RuleClause *) lfirst(lc))->masked)
			return true;
	}
	return false;
}

bool
ccpii_expression_hides(const RelationRules *rules, AttrNumber attno,
					   const Audience *audience)
{
	if (rules == NULL || !ccpii_audience_is_masked(audience, rules->owner))
		return false;
	for (int i = 0; i < rules->natts; i++)
		if (rules->columns[i] != NULL && (attno == 0 || attno == i + 1) &&
			ccpii_expression_masks(rules->columns[i], audience))
			return true;
	return false;
}

bool
ccpii_expression_hides_now(Oid relid, AttrNumber attno)
{
	Audience	audience = ccpii_audience_now();

	return OidIsValid(relid) && !ccpii_audience_is_clear(&audience) &&
		ccpii_expression_hides(ccpii_rule_get(relid), attno, &audience);
}

Node *
ccpii_expression_strip_relabel(Node *node)
{
	while (node != NULL && IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	return node;
}

/* Only if every clause that can mask the column says so. */
bool
ccpii_expression_is_searchable(const ColumnRule *rule,
							   const Audience *audience)
{
	bool		searchable = false;
	ListCell   *lc;

	foreach(lc, applicable_clauses(rule, audience))
	{
		RuleClause *clause = lfirst(lc);

		if (clause->masked && !clause->searchable)
			return false;
		searchable |= clause->masked;
	}
	return searchable;
}

char *
ccpii_expression_describe(const ColumnRule *rule, const Audience *audience)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, applicable_clauses(rule, audience))
	{
		RuleClause *clause = lfirst(lc);

		appendStringInfo(&buf, "%s%s%s", buf.len == 0 ? "" : ", else ",
						 clause->masked ?
						 ccpii_label_mask_text(clause->mask) : "clear",
						 clause->when != NULL ? " under a condition" : "");
	}
	return buf.len == 0 ? pstrdup("clear") : buf.data;
}

/* Give an expression another type of the same representation. */
static Node *
relabel(Node *expr, Oid type, int32 typmod, Oid collation)
{
	if (exprType(expr) == type && exprTypmod(expr) == typmod)
		return expr;
	return (Node *) makeRelabelType((Expr *) expr, type, typmod, collation,
									COERCE_IMPLICIT_CAST);
}

static Node *
int4_const(int value)
{
	return (Node *) makeConst(INT4OID, -1, InvalidOid, sizeof(int32),
							  Int32GetDatum(value), false, true);
}

static Node *
text_const(const char *value)
{
	return (Node *) makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1,
							  CStringGetTextDatum(value), false, false);
}

/* Call one of our functions, as the parser would. */
static Node *
call(const char *name, List *args, Oid result, Oid collation)
{
	Oid			types[FUNC_MAX_ARGS];
	int			nargs = 0;
	ListCell   *lc;

	foreach(lc, args)
		types[nargs++] = exprType(lfirst(lc));
	return (Node *) makeFuncExpr(ccpii_extension_function(name, nargs, types),
								 result, args, collation, collation,
								 COERCE_EXPLICIT_CALL);
}

/* Declared length in characters of varchar(n) and char(n); -1 for none. */
static int
declared_length(const Var *var)
{
	int32		typmod = var->vartypmod;
	Oid			base = getBaseTypeAndTypmod(var->vartype, &typmod);

	if (base != VARCHAROID && base != BPCHAROID)
		return -1;
	return typmod < (int32) VARHDRSZ ? -1 : typmod - VARHDRSZ;
}

/* Longest result that a mask can make out of a value of any length. */
static bool
can_outgrow(const MaskSpec *mask, int length)
{
	if (mask->kind == MASK_HASH)
		return length < 18;
	switch (mask->text.kind)
	{
		case TEXT_MASK_EMAIL:
		case TEXT_MASK_NAME:
			return true;
		case TEXT_MASK_DIGITS:
		case TEXT_MASK_CARDS:
		case TEXT_MASK_PARTIAL:
			return false;
		default:
			return length < 4;
	}
}

/*
 * A column of type masked_text, without its domain; as the parser would give it
 * to a function.
 */
static Node *
masked_value(Var *var)
{
	Oid			type = ccpii_masked_type_oid();

	return var->vartype == type ? (Node *) var :
		relabel((Node *) var, type, -1, var->varcollid);
}

/*
 * Does the mask come along with the values of the column?  Then it is one call,
 * which an index can be on.
 */
static bool
is_of_type(const ColumnRule *rule, const MaskSpec *mask, const Var *var)
{
	int32		typmod = var->vartypmod;

	if (!rule->stored)
		return false;
	if (rule->label == NULL)
		return true;
	(void) getBaseTypeAndTypmod(var->vartype, &typmod);
	return ccpii_masked_type_is(var->vartype) &&
		mask->kind != MASK_HASH &&
		ccpii_masked_type_typmod(mask) == typmod;
}

/*
 * The column as text; of char(n) without its padding, of masked_text as it is
 * stored: the reader cannot write the token, nor so read other values.
 */
static Node *
text_of(Var *var)
{
	Oid			collation = var->varcollid;

	if (ccpii_masked_type_is(var->vartype))
		return call("raw_of", list_make2(masked_value(var),
										 ccpii_token_const(1)),
					TEXTOID, collation);
	if (getBaseType(var->vartype) != BPCHAROID)
		return relabel((Node *) var, TEXTOID, -1, collation);
	return (Node *) makeFuncExpr(F_TEXT_BPCHAR, TEXTOID,
								 list_make1(relabel((Node *) var, BPCHAROID,
													-1, collation)),
								 collation, collation,
								 COERCE_IMPLICIT_CAST);
}

/*
 * A text as a value of the column's type; of char(n) with its padding, of
 * masked_text as one that everybody may see.
 */
static Node *
text_back(Node *value, Var *var)
{
	Oid			collation = var->varcollid;
	int32		typmod = var->vartypmod;

	if (ccpii_masked_type_is(var->vartype))
		value = call("final_of", list_make1(value), ccpii_masked_type_oid(),
					 collation);
	else if (getBaseTypeAndTypmod(var->vartype, &typmod) == BPCHAROID &&
			 typmod >= (int32) VARHDRSZ)
		value = (Node *)
			makeFuncExpr(F_BPCHAR_BPCHAR_INT4_BOOL, BPCHAROID,
						 list_make3(relabel(value, BPCHAROID, -1, collation),
									int4_const(typmod),
									makeBoolConst(true, false)),
						 collation, collation, COERCE_IMPLICIT_CAST);
	return relabel(value, var->vartype, var->vartypmod, collation);
}

/* A mask on a text-like column. */
static Node *
text_mask(const MaskSpec *mask, Var *var)
{
	Oid			collation = var->varcollid;
	Node	   *value = text_of(var);
	int			length = declared_length(var);
	int32		key = mask->kind == MASK_HASH ? ccpii_keyring_active() : 0;
	Node	   *result;

	if (mask->kind == MASK_HASH && key != 0)
	{
		/* The reader cannot write the token, nor so hash his own guesses. */
		result = call("mask_hash", list_make2(value, ccpii_token_const(key)),
					  TEXTOID, collation);
	}
	else
	{
		TextMaskKind kind = mask->kind == MASK_HASH ? TEXT_MASK_FULL :
			mask->text.kind;
		List	   *args = list_make1(value);

		if (kind == TEXT_MASK_DIGITS)
			args = lappend(args, int4_const(mask->text.digits));
		else if (kind == TEXT_MASK_PARTIAL)
		{
			char		fill[] = {mask->text.fill, '\0'};

			args = lappend(args, int4_const(mask->text.prefix));
			args = lappend(args, text_const(fill));
			args = lappend(args, int4_const(mask->text.suffix));
		}
		result = call(text_functions[kind], args, TEXTOID, collation);
	}
	if (length >= 0 && can_outgrow(mask, length))
		result = call("mask_fit", list_make2(result, int4_const(length)),
					  TEXTOID, collation);
	return text_back(result, var);
}

Node *
ccpii_expression_show(Var *var)
{
	if (ccpii_masked_type_is(var->vartype))
		return text_back(text_of(var), var);
	return (Node *) var;
}

/* The mask that values of the column bring along. */
static Node *
mask_by_type(const MaskSpec *mask, Var *var)
{
	Oid			anyelement = ANYELEMENTOID;
	Oid			base = getBaseType(var->vartype);
	Node	   *value;

	if (mask->kind == MASK_HASH)
		return text_mask(mask, var);	/* only we have the key */
	if (var->vartype == ccpii_masked_type_oid())
	{
		/* A typmod would only hide it from an index. */
		return call("masked", list_make1(var), var->vartype, var->varcollid);
	}
	if (ccpii_masked_type_is(var->vartype))
		value = call("masked", list_make1(masked_value(var)),
					 ccpii_masked_type_oid(), var->varcollid);
	else
		value = (Node *)
			makeFuncExpr(ccpii_extension_function("masked_inside", 1,
												  &anyelement),
						 base,
						 list_make1(relabel((Node *) var, base, -1,
											var->varcollid)),
						 var->varcollid, var->varcollid,
						 COERCE_EXPLICIT_CALL);
	return relabel(value, var->vartype, var->vartypmod, var->varcollid);
}

Expr *
ccpii_expression_is_present(const Var *var)
{
	NullTest   *test = makeNode(NullTest);

	test->arg = (Expr *) copyObject(var);
	test->nulltesttype = IS_NOT_NULL;
	test->argisrow = false;
	test->location = -1;
	return (Expr *) test;
}

Node *
ccpii_expression_if(Expr *condition, Node *result)
{
	CaseWhen   *when = makeNode(CaseWhen);
	CaseExpr   *expr = makeNode(CaseExpr);

	when->expr = condition;
	when->result = (Expr *) result;
	when->location = -1;
	expr->casetype = exprType(result);
	expr->casecollid = exprCollation(result);
	expr->args = list_make1(when);
	expr->defresult = (Expr *) makeNullConst(exprType(result),
											 exprTypmod(result),
											 exprCollation(result));
	expr->location = -1;
	return (Node *) expr;
}

Node *
ccpii_expression_mask(const MaskSpec *mask, Var *var)
{
	Oid			base = getBaseType(var->vartype);
	Node	   *value = relabel((Node *) var, base, -1, var->varcollid);
	Node	   *result;

	switch (mask->kind)
	{
		case MASK_TEXT:
		case MASK_HASH:
			if (ccpii_clause_is_text(var->vartype) ||
				ccpii_masked_type_is(var->vartype))
				return text_mask(mask, var);
			break;
		case MASK_CONSTANT:
			if (ccpii_masked_type_is(var->vartype))
				return ccpii_expression_if(ccpii_expression_is_present(var),
										   text_back(text_const(mask->constant),
													 var));
			return ccpii_expression_if(ccpii_expression_is_present(var),
									   copyObject(mask->value));
		case MASK_YEAR:
		case MASK_MONTH:
			result = call(mask->kind == MASK_YEAR ? "mask_year" : "mask_month",
						  list_make1(value), base, InvalidOid);
			return relabel(result, var->vartype, var->vartypmod, InvalidOid);
		case MASK_ATTRIBUTES:
		case MASK_JSONB:
			{
				const char *paths = mask->kind == MASK_JSONB ?
					ccpii_label_paths_text(mask->paths) :
					ccpii_attribute_paths();

				result = call(base == JSONOID ? "mask_json" : "mask_jsonb",
							  list_make2(value, text_const(paths)), base,
							  InvalidOid);
				return relabel(result, var->vartype, var->vartypmod,
							   InvalidOid);
			}
		case MASK_NULL:
			break;
	}
	return (Node *) makeNullConst(var->vartype, var->vartypmod,
								  var->varcollid);
}

/* Let a condition on varno 1 speak of the row that var belongs to. */
static Node *
retarget_mutator(Node *node, Var *var)
{
	if (node == NULL)
		return NULL;
	if (IsA(node, Var))
	{
		Var		   *old = (Var *) node;
		Var		   *result = copyObject(var);

		result->varattno = old->varattno;
		result->vartype = old->vartype;
		result->vartypmod = old->vartypmod;
		result->varcollid = old->varcollid;
		result->varnosyn = 0;
		result->varattnosyn = 0;
		return ccpii_expression_show(result);
	}
	return expression_tree_mutator(node, retarget_mutator, (void *) var);
}

/* The condition, with NULL read so that more is masked. */
static Expr *
condition_for(const RuleClause *clause, Var *var)
{
	BooleanTest *test = makeNode(BooleanTest);

	test->arg = (Expr *) retarget_mutator(clause->when, var);
	test->booltesttype = clause->masked ? IS_NOT_FALSE : IS_TRUE;
	test->location = -1;
	return (Expr *) test;
}

Node *
ccpii_expression_build(const ColumnRule *rule, const Audience *audience,
					   Var *var)
{
	List	   *clauses = applicable_clauses(rule, audience);
	CaseExpr   *cases = makeNode(CaseExpr);
	Node	   *otherwise = ccpii_expression_show(var);
	ListCell   *lc;

	if (!ccpii_expression_masks(rule, audience))
		return NULL;
	cases->casetype = var->vartype;
	cases->casecollid = var->varcollid;
	cases->location = -1;
	foreach(lc, clauses)
	{
		RuleClause *clause = lfirst(lc);
		Node	   *result = !clause->masked ? ccpii_expression_show(var) :
			is_of_type(rule, clause->mask, var) ?
			mask_by_type(clause->mask, var) :
			ccpii_expression_mask(clause->mask, var);

		if (clause->when == NULL)
			otherwise = result;
		else
		{
			CaseWhen   *when = makeNode(CaseWhen);

			when->expr = condition_for(clause, var);
			when->result = (Expr *) copyObject(result);
			when->location = -1;
			cases->args = lappend(cases->args, when);
		}
	}
	if (cases->args == NIL)
		return otherwise;
	cases->defresult = (Expr *) copyObject(otherwise);
	return (Node *) cases;
}

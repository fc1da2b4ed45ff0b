/*-------------------------------------------------------------------------
 *
 * masking_of.c
 *	  What a role would see of a relation, shown on invented values.
 *
 * The rule's own expression is evaluated, on a constant that stands where the
 * column would: what is shown is what a query computes, and no stored value
 * is ever read.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "base/extension.h"
#include "policy/attribute.h"
#include "policy/expression.h"
#include "policy/masked_type.h"
#include "policy/rule.h"

PG_FUNCTION_INFO_V1(ccpii_sql_masking_of);

/* Invented values of other types than text and json. */
static const struct
{
	Oid			type;
	const char *value;
}			invented_values[] =

{
	{DATEOID, "1985-07-14"},
	{TIMESTAMPOID, "1985-07-14 12:30:00"},
	{TIMESTAMPTZOID, "1985-07-14 12:30:00+00"},
	{INT2OID, "12345"},
	{INT4OID, "1234567"},
	{INT8OID, "14155557890"},
	{NUMERICOID, "12.50"},
	{FLOAT4OID, "1234.5"},
	{FLOAT8OID, "1234.5"},
	{BOOLOID, "true"},
	{UUIDOID, "12345678-1234-4234-8234-123456789012"},
	{INETOID, "192.0.2.10"},
	{NAMEOID, "jane_doe"}
};

/* An invented text of the sort that the mask is for. */
static const char *
invented_text(const MaskSpec *mask)
{
	if (mask->kind != MASK_TEXT)
		return "Jane Doe";
	switch (mask->text.kind)
	{
		case TEXT_MASK_PHONE:
			return "+1 415-555-7890";
		case TEXT_MASK_EMAIL:
			return "jane.doe@example.com";
		case TEXT_MASK_CARD:
			return "4111 1111 1111 1111";
		case TEXT_MASK_DIGITS:
			return "Call 4155557890, card 4111111111111111, room 12";
		case TEXT_MASK_CARDS:
			return "Call 4155557890, card 4111111111111111";
		case TEXT_MASK_PARTIAL:
			return "AB12345678";
		case TEXT_MASK_FULL:
		case TEXT_MASK_NAME:
			break;
	}
	return "Jane Doe";
}

/*
 * An invented object with a key for each path of the mask, which may have
 * dots in it, and one that stays.
 */
static char *
invented_json(const MaskSpec *mask)
{
	List	   *paths = mask->kind == MASK_JSONB ? mask->paths :
		mask->kind == MASK_ATTRIBUTES ?
		ccpii_label_parse_paths(ccpii_attribute_paths()) : NIL;
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	appendStringInfoChar(&buf, '{');
	foreach(lc, paths)
	{
		JsonPathMask *path = lfirst(lc);

		if (mask->kind == MASK_ATTRIBUTES && path->path[0] == '@')
			continue;			/* the same key stands there without */
		escape_json(&buf, path->path);
		appendStringInfoString(&buf, ": ");
		escape_json(&buf, invented_text(path->mask));
		appendStringInfoString(&buf, ", ");
	}
	appendStringInfoString(&buf, "\"plan\": \"gold\"}");
	return buf.data;
}

/* As many characters as varchar(n) and char(n) hold. */
static char *
fit_length(const char *value, Oid type, int32 typmod)
{
	Oid			base = getBaseTypeAndTypmod(type, &typmod);
	int			limit = typmod - VARHDRSZ;

	if ((base != VARCHAROID && base != BPCHAROID) || limit <= 0)
		return pstrdup(value);
	return pnstrdup(value, pg_mbcharcliplen(value, strlen(value), limit));
}

/*
 * An invented value of the column's type, as a constant; NULL if nothing is
 * known of the type.  Only input functions of the server's own, and ours, are
 * called.
 */
static Const *
invent(const MaskSpec *mask, const FormData_pg_attribute *att)
{
	int32		typmod = att->atttypmod;
	Oid			base = getBaseTypeAndTypmod(att->atttypid, &typmod);
	const char *text = NULL;
	Oid			input,
				ioparam;
	Datum		value;

	if (ccpii_clause_is_text(att->atttypid))
		value = CStringGetTextDatum(fit_length(invented_text(mask),
											   att->atttypid,
											   att->atttypmod));
	else
	{
		if (base == JSONOID || base == JSONBOID)
			text = invented_json(mask);
		else if (ccpii_masked_type_is(base))
			text = invented_text(mask);
		for (int i = 0; i < lengthof(invented_values); i++)
			if (invented_values[i].type == base)
				text = invented_values[i].value;
		if (text == NULL)
			return NULL;
		getTypeInputInfo(base, &input, &ioparam);
		value = OidInputFunctionCall(input, unconstify(char *, text), ioparam,
									 typmod);
	}
	return makeConst(att->atttypid, att->atttypmod, att->attcollation,
					 att->attlen, value, false, att->attbyval);
}

static Node *
substitute_mutator(Node *node, Const *value)
{
	if (node == NULL)
		return NULL;
	if (IsA(node, Var))
		return (Node *) copyObject(value);
	return expression_tree_mutator(node, substitute_mutator, (void *) value);
}

/* A value of a type as text. */
static char *
output_value(Oid type, Datum value)
{
	Oid			output;
	bool		varlena;

	getTypeOutputInfo(type, &output, &varlena);
	return OidOutputFunctionCall(output, value);
}

/*
 * What the expression, of the column's type, makes of the value; NULL if that
 * is NULL.
 */
static char *
evaluate(Node *expr, Const *value)
{
	EState	   *estate = CreateExecutorState();
	ExprState  *state;
	Datum		datum;
	bool		isnull;
	char	   *result = NULL;

	state = ExecPrepareExpr((Expr *) substitute_mutator(expr, value), estate);
	datum = ExecEvalExprSwitchContext(state, GetPerTupleExprContext(estate),
									  &isnull);
	if (!isnull)
		result = output_value(value->consttype, datum);
	FreeExecutorState(estate);
	return result;
}

/*
 * What the audience sees of an invented value.  Where the rule has conditions,
 * all outcomes: "... when ..., else ...".  NULL for NULL.
 */
static char *
all_outcomes(const ColumnRule *rule, const Audience *audience, Relation rel,
			 Var *var, Const *value)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, rule->clauses)
	{
		RuleClause *clause = lfirst(lc);
		char	   *seen;

		if (!ccpii_expression_applies(clause, audience))
			continue;
		seen = evaluate(clause->masked ?
						ccpii_expression_mask(clause->mask, var) :
						(Node *) var, value);
		if (clause->when == NULL)
		{
			if (buf.len == 0)
				return seen;
			appendStringInfoString(&buf, seen != NULL ? seen : "NULL");
			return buf.data;
		}
		appendStringInfo(&buf, "%s when %s, else ",
						 seen != NULL ? seen : "NULL",
						 deparse_expression(clause->when,
											deparse_context_for(RelationGetRelationName(rel),
																RelationGetRelid(rel)),
											false, false));
	}
	appendStringInfoString(&buf, output_value(value->consttype,
											  value->constvalue));
	return buf.data;
}

/* The first mask that applies to the audience, or that the rule has. */
static const MaskSpec *
leading_mask(const ColumnRule *rule, const Audience *audience)
{
	static const MaskSpec none = {.kind = MASK_NULL};
	const MaskSpec *first = NULL;
	ListCell   *lc;

	foreach(lc, rule->clauses)
	{
		RuleClause *clause = lfirst(lc);

		if (clause->masked && ccpii_expression_applies(clause, audience))
			return clause->mask;
		if (clause->masked && first == NULL)
			first = clause->mask;
	}
	return first != NULL ? first : &none;
}

/* May the role read the column, as far as grants go? */
static bool
is_granted(Oid relid, AttrNumber attno, Oid role)
{
	return pg_class_aclcheck(relid, role, ACL_SELECT) == ACLCHECK_OK ||
		pg_attribute_aclcheck(relid, attno, role, ACL_SELECT) == ACLCHECK_OK;
}

static Datum
optional_text(const char *value, bool *isnull)
{
	*isnull = value == NULL;
	return value == NULL ? (Datum) 0 : CStringGetTextDatum(value);
}

/*
 * What a masked audience sees of a column without a rule: in a view that is
 * not TRUSTED, what it would see where the view reads it.
 */
static const char *
verdict_without_rule(Relation rel, const RelationRules *rules)
{
	return rel->rd_rel->relkind != RELKIND_VIEW ||
		(rules != NULL && rules->trusted) ? "clear" : "as in its tables";
}

/* One column.  masked: the audience is masked on the relation. */
static void
put_column(ReturnSetInfo *result, Relation rel,
		   const FormData_pg_attribute *att, const RelationRules *rules,
		   const Audience *audience, bool masked)
{
	const ColumnRule *rule = ccpii_rule_column(rules, att->attnum);
	Datum		values[7];
	bool		nulls[lengthof(values)] = {false};
	const char *verdict = "clear";
	const char *masks = NULL;
	const char *before = NULL;
	const char *after = NULL;

	if (rule != NULL)
	{
		Var		   *var = makeVar(1, att->attnum, att->atttypid,
								  att->atttypmod, att->attcollation, 0);
		Const	   *value = invent(leading_mask(rule, audience), att);

		masked = masked && ccpii_expression_masks(rule, audience);
		if (value != NULL)
			before = after = output_value(att->atttypid, value->constvalue);
		if (masked)
		{
			verdict = "masked";
			masks = ccpii_expression_describe(rule, audience);
			after = value == NULL ? NULL :
				all_outcomes(rule, audience, rel, var, value);
		}
	}
	else if (masked)
		verdict = verdict_without_rule(rel, rules);

	values[0] = CStringGetTextDatum(NameStr(att->attname));
	values[1] = CStringGetTextDatum(format_type_with_typemod(att->atttypid,
															 att->atttypmod));
	values[2] = CStringGetTextDatum(verdict);
	values[3] = optional_text(masks, &nulls[3]);
	values[4] = optional_text(before, &nulls[4]);
	values[5] = optional_text(after, &nulls[5]);
	values[6] = BoolGetDatum(is_granted(RelationGetRelid(rel), att->attnum,
										audience->current));
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* The relation, open, that can have rules; raises 42P01 or 42809. */
static Relation
open_relation(Oid relid)
{
	Relation	rel = try_relation_open(relid, AccessShareLock);

	if (rel == NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_TABLE),
				errmsg("relation with OID %u does not exist", relid));
	switch (rel->rd_rel->relkind)
	{
		case RELKIND_RELATION:
		case RELKIND_PARTITIONED_TABLE:
		case RELKIND_FOREIGN_TABLE:
		case RELKIND_VIEW:
		case RELKIND_MATVIEW:
			break;
		default:
			ereport(ERROR,
					errcode(ERRCODE_WRONG_OBJECT_TYPE),
					errmsg("relation \"%s\" is not a table or view",
						   RelationGetRelationName(rel)));
	}
	return rel;
}

/* masking_of(relation, role): what the role sees of each column */
Datum
ccpii_sql_masking_of(PG_FUNCTION_ARGS)
{
	Audience	audience = {InvalidOid, InvalidOid};
	const RelationRules *rules;
	Relation	rel;
	bool		masked;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("relation and role must not be null"));
	ccpii_extension_require();
	audience.current = PG_GETARG_OID(1);
	if (!SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(audience.current)))
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("role with OID %u does not exist", audience.current));
	rel = open_relation(PG_GETARG_OID(0));
	InitMaterializedSRF(fcinfo, 0);

	rules = ccpii_rule_get(RelationGetRelid(rel));
	masked = ccpii_audience_is_masked(&audience, rel->rd_rel->relowner);
	for (int i = 0; i < RelationGetNumberOfAttributes(rel); i++)
	{
		Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), i);

		if (!att->attisdropped)
			put_column((ReturnSetInfo *) fcinfo->resultinfo, rel, att, rules,
					   &audience, masked);
	}
	relation_close(rel, AccessShareLock);
	return (Datum) 0;
}

/*-------------------------------------------------------------------------
 *
 * masked_match.c
 *	  The type masked_text: LIKE and regular expressions.
 *
 * What is matched is what the reader sees, as with a cast to text.  Index
 * conditions compare the text itself; the rewrite has replaced the column by a
 * mask long before a masked reader's query is planned.  What is fixed in a
 * pattern, the server's own support functions know: they are asked about the
 * same condition on a text, and their answer is translated.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/stratnum.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_opfamily.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/typcache.h"

#include "enforce/masked_stored.h"
#include "enforce/masked_text.h"

#define MATCH_FUNCTION(name, function) \
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_##name); \
Datum \
ccpii_sql_masked_text_##name(PG_FUNCTION_ARGS) \
{ \
	text	   *value = ccpii_masked_text_visible(PG_GETARG_DATUM(0)); \
\
	return match(fcinfo, function, value); \
} \
extern Datum ccpii_sql_masked_text_##name(PG_FUNCTION_ARGS)

static Datum
match(FunctionCallInfo fcinfo, PGFunction function, text *value)
{
	return DirectFunctionCall2Coll(function, PG_GET_COLLATION(),
								   PointerGetDatum(value),
								   PG_GETARG_DATUM(1));
}

MATCH_FUNCTION(like, textlike);
MATCH_FUNCTION(nlike, textnlike);
MATCH_FUNCTION(iclike, texticlike);
MATCH_FUNCTION(icnlike, texticnlike);
MATCH_FUNCTION(regexeq, textregexeq);
MATCH_FUNCTION(regexne, textregexne);
MATCH_FUNCTION(icregexeq, texticregexeq);
MATCH_FUNCTION(icregexne, texticregexne);
MATCH_FUNCTION(starts_with, text_starts_with);

#define HISTOGRAM_MIN_VALUES 10 /* fewer say nothing about a pattern */
#define HISTOGRAM_GOOD_VALUES 100	/* so many say enough */
#define MIN_MATCH_SHARE 0.0001	/* what no value of a sample matches */

/* Conditions on a text, with the constants that they compare it with. */
typedef struct FixedPart
{
	Const	   *equal;
	Const	   *from;			/* >= */
	Const	   *below;			/* < */
} FixedPart;

static List *
clause_arguments(Node *clause)
{
	return is_opclause(clause) ? ((OpExpr *) clause)->args :
		((FuncExpr *) clause)->args;
}

/*
 * find_fixed
 *		Ask the server what is fixed in a pattern.
 *
 * support		its support function for the operator on texts
 * args			value and pattern
 * collation	under which they are matched
 * family		TEXT_BTREE_FAM_OID or TEXT_PATTERN_BTREE_FAM_OID
 * order		collation of the index
 *
 * Returns false if nothing is, or nothing that btrees can find.
 */
static bool
find_fixed(PGFunction support, PlannerInfo *root, List *args, Oid collation,
		   Oid family, Oid order, FixedPart *fixed)
{
	SupportRequestIndexCondition request = {.type = T_SupportRequestIndexCondition};
	Var		   *value = makeVar(1, 1, TEXTOID, -1, collation, 0);
	List	   *conditions;
	ListCell   *lc;

	memset(fixed, 0, sizeof(*fixed));
	request.root = root;
	request.node = (Node *)
		makeFuncExpr(InvalidOid, BOOLOID, list_make2(value, lsecond(args)),
					 InvalidOid, collation, COERCE_EXPLICIT_CALL);
	request.opfamily = family;
	request.indexcollation = order;
	conditions = (List *)
		DatumGetPointer(DirectFunctionCall1(support,
											PointerGetDatum(&request)));
	foreach(lc, conditions)
	{
		OpExpr	   *condition = lfirst_node(OpExpr, lc);
		Const	   *bound = lsecond_node(Const, condition->args);

		switch (get_op_opfamily_strategy(condition->opno, family))
		{
			case BTEqualStrategyNumber:
				fixed->equal = bound;
				break;
			case BTGreaterEqualStrategyNumber:
				fixed->from = bound;
				break;
			case BTLessStrategyNumber:
				fixed->below = bound;
				break;
			default:
				return false;
		}
	}
	return conditions != NIL;
}

/* A text as a value of the type. */
static Datum
value_of(const Const *text)
{
	struct varlena *bytes = (struct varlena *) DatumGetPointer(text->constvalue);

	return PointerGetDatum(ccpii_masked_text_make(VARDATA_ANY(bytes),
												  VARSIZE_ANY_EXHDR(bytes),
												  -1, 0));
}

/* Add a condition for the index, if the pattern has that part. */
static List *
add_condition(List *conditions, Expr *column, StrategyNumber strategy,
			  const SupportRequestIndexCondition *request, const Const *text)
{
	Oid			type = exprType((Node *) column);
	Oid			operator;
	Const	   *value;

	if (text == NULL)
		return conditions;
	operator = get_opfamily_member(request->opfamily, type, type, strategy);
	if (!OidIsValid(operator))
		elog(ERROR, "operator family %u lacks strategy %d",
			 request->opfamily, strategy);
	value = makeConst(type, -1, request->indexcollation, -1, value_of(text),
					  false, false);
	return lappend(conditions,
				   make_opclause(operator, BOOLOID, false, column,
								 (Expr *) value, InvalidOid,
								 request->indexcollation));
}

/*
 * text_family
 *		The operator family of text that does what one of ours does, or
 *		InvalidOid if that is none of ours.
 */
static Oid
text_family(Oid family, Oid type)
{
	Oid			less = get_opfamily_member(family, type, type,
										   BTLessStrategyNumber);
	char	   *name = OidIsValid(less) ? get_opname(less) : NULL;

	if (name != NULL && strcmp(name, "<") == 0)
		return TEXT_BTREE_FAM_OID;
	if (name != NULL && strcmp(name, "~<~") == 0)
		return TEXT_PATTERN_BTREE_FAM_OID;
	return InvalidOid;
}

/*
 * index_conditions
 *		What an index on the column can find, or NIL.
 */
static List *
index_conditions(PGFunction support, SupportRequestIndexCondition *request)
{
	List	   *args = clause_arguments(request->node);
	Expr	   *column = linitial(args);
	Oid			family = text_family(request->opfamily,
									 exprType((Node *) column));
	List	   *result = NIL;
	FixedPart	fixed;

	if (request->indexarg != 0 || !OidIsValid(family) ||
		!find_fixed(support, request->root, args,
					exprInputCollation(request->node), family,
					request->indexcollation, &fixed))
		return NIL;
	result = add_condition(result, column, BTEqualStrategyNumber, request,
						   fixed.equal);
	result = add_condition(result, column, BTGreaterEqualStrategyNumber,
						   request, fixed.from);
	return add_condition(result, column, BTLessStrategyNumber, request,
						 fixed.below);
}

static Node *
answer(PGFunction support, Node *request)
{
	if (IsA(request, SupportRequestSimplify))
		return ccpii_masked_stored_simplify((SupportRequestSimplify *) request);
	if (!IsA(request, SupportRequestIndexCondition))
		return NULL;
	return (Node *) index_conditions(support,
									 (SupportRequestIndexCondition *) request);
}

/* Share of values for which "value operator constant" is true, or -1. */
static double
compared_share(PlannerInfo *root, VariableStatData *variable,
			   StrategyNumber strategy, Oid collation, const Const *text)
{
	TypeCacheEntry *type = lookup_type_cache(variable->vartype,
											 TYPECACHE_BTREE_OPFAMILY);
	Oid			operator = get_opfamily_member(type->btree_opf,
											   type->btree_opintype,
											   type->btree_opintype, strategy);
	FmgrInfo	function;

	if (!OidIsValid(operator))
		return -1;
	if (strategy == BTEqualStrategyNumber)
		return var_eq_const(variable, operator, collation,
							value_of(text), false, true, false);
	fmgr_info(get_opcode(operator), &function);
	return ineq_histogram_selectivity(root, variable, operator, &function,
									  strategy == BTGreaterEqualStrategyNumber,
									  strategy == BTGreaterEqualStrategyNumber,
									  collation, value_of(text),
									  type->btree_opintype);
}

/* Share of values that lie between what a pattern's fixed part allows. */
static double
range_share(PlannerInfo *root, VariableStatData *variable, Oid collation,
			const FixedPart *fixed)
{
	double		from;
	double		below;

	if (fixed->from == NULL || fixed->below == NULL)
		return DEFAULT_MATCH_SEL;
	from = compared_share(root, variable, BTGreaterEqualStrategyNumber,
						  collation, fixed->from);
	below = compared_share(root, variable, BTLessStrategyNumber, collation,
						   fixed->below);
	if (from < 0 || below < 0)
		return DEFAULT_MATCH_SEL;
	return Max(from + below - 1, MIN_MATCH_SHARE);
}

/*
 * matched_share
 *		Share of values that match a constant pattern, from the statistics of
 *		the column: most common values one by one; of the others, the
 *		histogram's values one by one, and where these are few what lies in the
 *		pattern's range.
 */
static double
matched_share(PGFunction support, PlannerInfo *root, Oid operator,
			  Oid collation, VariableStatData *variable, List *args)
{
	Const	   *pattern = lsecond_node(Const, args);
	FixedPart	fixed;
	FmgrInfo	function;
	int			nvalues;
	double		share;
	double		common;
	double		common_total;
	double		nulls = 0;

	find_fixed(support, root, args, collation, TEXT_BTREE_FAM_OID,
			   C_COLLATION_OID, &fixed);
	if (fixed.equal != NULL)
		return compared_share(root, variable, BTEqualStrategyNumber, collation,
							  fixed.equal);

	fmgr_info(get_opcode(operator), &function);
	share = histogram_selectivity(variable, &function, collation,
								  pattern->constvalue, true,
								  HISTOGRAM_MIN_VALUES, 1, &nvalues);
	if (share < 0 || nvalues < HISTOGRAM_GOOD_VALUES)
	{
		double		range = range_share(root, variable, collation, &fixed);
		double		weight = share < 0 ? 0 :
			(double) nvalues / HISTOGRAM_GOOD_VALUES;

		share = share * weight + range * (1 - weight);
	}
	share = Min(Max(share, MIN_MATCH_SHARE), 1 - MIN_MATCH_SHARE);

	common = mcv_selectivity(variable, &function, collation,
							 pattern->constvalue, true, &common_total);
	if (HeapTupleIsValid(variable->statsTuple))
		nulls = ((Form_pg_statistic)
				 GETSTRUCT(variable->statsTuple))->stanullfrac;
	return common + share * (1 - nulls - common_total);
}

/*
 * estimate
 *		Restriction selectivity of an operator that matches, or of one that
 *		does not, whose name then begins with an exclamation mark.
 */
static double
estimate(FunctionCallInfo fcinfo, PGFunction support)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	bool		negated = *get_opname(operator) == '!';
	double		share = DEFAULT_MATCH_SEL;
	VariableStatData variable;
	Node	   *other;
	bool		on_left;

	if (get_restriction_variable(root, args, PG_GETARG_INT32(3), &variable,
								 &other, &on_left))
	{
		bool		is_constant = on_left && IsA(other, Const);

		if (is_constant && ((Const *) other)->constisnull)
		{
			ReleaseVariableStats(variable);
			return 0;
		}
		if (is_constant)
			share = matched_share(support, root,
								  negated ? get_negator(operator) : operator,
								  PG_GET_COLLATION(), &variable,
								  list_make2(linitial(args), other));
		if (is_constant && negated && HeapTupleIsValid(variable.statsTuple))
			share += ((Form_pg_statistic)
					  GETSTRUCT(variable.statsTuple))->stanullfrac;
		ReleaseVariableStats(variable);
	}
	share = negated ? 1 - share : share;
	CLAMP_PROBABILITY(share);
	return share;
}

/* Planner support and selectivity, by way of what the server has for texts. */
#define PATTERN(name, support) \
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_##name##_support); \
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_##name##_sel); \
Datum \
ccpii_sql_masked_text_##name##_support(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_POINTER(answer(support, (Node *) PG_GETARG_POINTER(0))); \
} \
Datum \
ccpii_sql_masked_text_##name##_sel(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_FLOAT8(estimate(fcinfo, support)); \
} \
extern Datum ccpii_sql_masked_text_##name##_sel(PG_FUNCTION_ARGS)

PATTERN(like, textlike_support);
PATTERN(iclike, texticlike_support);
PATTERN(regex, textregexeq_support);
PATTERN(icregex, texticregexeq_support);
PATTERN(starts_with, text_starts_with_support);

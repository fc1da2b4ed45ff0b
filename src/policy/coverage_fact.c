/*-------------------------------------------------------------------------
 *
 * coverage_fact.c
 *	  What the queries of coverage() ask that catalogs do not answer.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/relation.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "rewrite/prs2lock.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "base/extension.h"
#include "policy/expression.h"
#include "policy/rule.h"

PG_FUNCTION_INFO_V1(ccpii_sql_coverage_is_masked);
PG_FUNCTION_INFO_V1(ccpii_sql_coverage_mask_fits);
PG_FUNCTION_INFO_V1(ccpii_sql_coverage_has_statistics);
PG_FUNCTION_INFO_V1(ccpii_sql_coverage_origin_list);
PG_FUNCTION_INFO_V1(ccpii_sql_coverage_index_list);

/*
 * coverage_is_masked(role, relation): does the role see any of its columns
 * masked?  False for a relation without rules.
 */
Datum
ccpii_sql_coverage_is_masked(PG_FUNCTION_ARGS)
{
	Audience	audience = {PG_GETARG_OID(0), InvalidOid};
	const RelationRules *rules;

	ccpii_extension_require();
	rules = ccpii_rule_get(PG_GETARG_OID(1));
	PG_RETURN_BOOL(ccpii_expression_hides(rules, 0, &audience));
}

/* coverage_mask_fits(mask, type): is the mask defined for the type? */
Datum
ccpii_sql_coverage_mask_fits(PG_FUNCTION_ARGS)
{
	char	   *mask = text_to_cstring(PG_GETARG_TEXT_PP(0));

	PG_RETURN_BOOL(ccpii_clause_mask_fits(ccpii_label_parse_mask(mask),
										  PG_GETARG_OID(1)));
}

/* coverage_has_statistics(relation, column): does pg_statistic know it? */
Datum
ccpii_sql_coverage_has_statistics(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(SearchSysCacheExists3(STATRELATTINH, PG_GETARG_DATUM(0),
										 PG_GETARG_DATUM(1),
										 BoolGetDatum(false)) ||
				   SearchSysCacheExists3(STATRELATTINH, PG_GETARG_DATUM(0),
										 PG_GETARG_DATUM(1),
										 BoolGetDatum(true)));
}

/*
 * Origins
 */

static void
put_origin(ReturnSetInfo *result, const TargetEntry *target)
{
	Datum		values[] = {
		Int16GetDatum(target->resno),
		ObjectIdGetDatum(target->resorigtbl),
		Int16GetDatum(target->resorigcol)
	};
	bool		nulls[lengthof(values)] = {false};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* Columns that are a relation's column and nothing else. */
static void
put_origins(ReturnSetInfo *result, const Query *query)
{
	ListCell   *lc;

	foreach(lc, query->targetList)
	{
		TargetEntry *target = lfirst_node(TargetEntry, lc);

		if (!target->resjunk && OidIsValid(target->resorigtbl))
			put_origin(result, target);
	}

	/* The columns of UNION have no origin, but those of its branches do. */
	if (query->setOperations == NULL)
		return;
	check_stack_depth();
	foreach(lc, query->rtable)
	{
		RangeTblEntry *rte = lfirst_node(RangeTblEntry, lc);

		if (rte->rtekind == RTE_SUBQUERY)
			put_origins(result, rte->subquery);
	}
}

/*
 * coverage_origin_list(view): columns of a view or materialized view that are
 * columns of a relation, perhaps by other names
 */
Datum
ccpii_sql_coverage_origin_list(PG_FUNCTION_ARGS)
{
	Relation	rel;

	InitMaterializedSRF(fcinfo, 0);
	rel = try_relation_open(PG_GETARG_OID(0), AccessShareLock);
	if (rel == NULL)
		return (Datum) 0;
	if ((rel->rd_rel->relkind == RELKIND_VIEW ||
		 rel->rd_rel->relkind == RELKIND_MATVIEW) && rel->rd_rules != NULL)
		for (int i = 0; i < rel->rd_rules->numLocks; i++)
		{
			RewriteRule *rule = rel->rd_rules->rules[i];

			if (rule->event == CMD_SELECT)
				put_origins((ReturnSetInfo *) fcinfo->resultinfo,
							linitial_node(Query, rule->actions));
		}
	relation_close(rel, AccessShareLock);
	return (Datum) 0;
}

/*
 * Indexes
 */

/*
 * The mask of those who are in no audience of their own, if an index on it
 * would be of use: not one that makes all values equal or NULL, nor hash,
 * whose key nobody can write into an index.
 */
static bool
is_worth_an_index(const ColumnRule *rule)
{
	ListCell   *lc;

	/* The text of masked_text can be had for no index. */
	if (rule->typed && rule->label != NULL)
		return false;
	foreach(lc, rule->clauses)
	{
		RuleClause *clause = lfirst(lc);

		if (clause->only != NIL)
			continue;
		return clause->masked && clause->when == NULL &&
			((clause->mask->kind == MASK_TEXT &&
			  clause->mask->text.kind != TEXT_MASK_FULL) ||
			 clause->mask->kind == MASK_YEAR ||
			 clause->mask->kind == MASK_MONTH);
	}
	return false;
}

/* The first key of an index: a column's number, or an expression. */
static AttrNumber
leading_key(Relation index, Node **expression)
{
	AttrNumber	attno = index->rd_index->indkey.values[0];

	*expression = attno != 0 ? NULL :
		ccpii_expression_strip_relabel(linitial(RelationGetIndexExpressions(index)));
	return attno;
}

/*
 * Has the relation a btree index that starts with the column, and none that
 * starts with the mask?
 */
static bool
lacks_index(Relation rel, AttrNumber attno, Node *mask)
{
	bool		on_column = false;
	bool		on_mask = false;
	ListCell   *lc;

	foreach(lc, RelationGetIndexList(rel))
	{
		Relation	index = index_open(lfirst_oid(lc), AccessShareLock);
		Node	   *expression;

		if (index->rd_rel->relam == BTREE_AM_OID &&
			index->rd_index->indisvalid)
		{
			on_column |= leading_key(index, &expression) == attno;
			on_mask |= expression != NULL && equal(expression, mask);
		}
		index_close(index, AccessShareLock);
	}
	return on_column && !on_mask;
}

static void
put_index(ReturnSetInfo *result, Relation rel, AttrNumber attno, Node *mask)
{
	Oid			relid = RelationGetRelid(rel);
	char	   *relname = RelationGetRelationName(rel);
	char	   *expression = deparse_expression(mask,
												deparse_context_for(relname,
																	relid),
												false, false);
	Datum		values[] = {
		Int16GetDatum(attno),
		CStringGetTextDatum(psprintf("CREATE INDEX ON %s (%s);",
									 quote_qualified_identifier(get_namespace_name(RelationGetNamespace(rel)),
																relname),
									 expression))
	};
	bool		nulls[lengthof(values)] = {false};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * coverage_index_list(relation): statements that make an index on the mask of
 * a column which has an index itself
 */
Datum
ccpii_sql_coverage_index_list(PG_FUNCTION_ARGS)
{
	const Audience nobody = {InvalidOid, InvalidOid};
	const RelationRules *rules;
	Relation	rel;

	ccpii_extension_require();
	InitMaterializedSRF(fcinfo, 0);
	rel = try_relation_open(PG_GETARG_OID(0), AccessShareLock);
	if (rel == NULL)
		return (Datum) 0;
	rules = rel->rd_rel->relhasindex ? ccpii_rule_get(RelationGetRelid(rel)) :
		NULL;
	for (int i = 0; rules != NULL && i < rules->natts; i++)
	{
		const ColumnRule *rule = rules->columns[i];
		Form_pg_attribute att;
		Node	   *mask;

		if (rule == NULL || !is_worth_an_index(rule))
			continue;
		att = TupleDescAttr(RelationGetDescr(rel), i);
		mask = ccpii_expression_build(rule, &nobody,
									  makeVar(1, att->attnum, att->atttypid,
											  att->atttypmod,
											  att->attcollation, 0));
		mask = ccpii_expression_strip_relabel(mask);
		if (lacks_index(rel, att->attnum, mask))
			put_index((ReturnSetInfo *) fcinfo->resultinfo, rel, att->attnum,
					  mask);
	}
	relation_close(rel, AccessShareLock);
	return (Datum) 0;
}

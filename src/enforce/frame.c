/*-------------------------------------------------------------------------
 *
 * frame.c
 *	  The levels of a query while it is masked: what is hidden on each.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "utils/lsyscache.h"
#include "utils/rls.h"

#include "base/compat.h"
#include "enforce/frame.h"
#include "enforce/statistics.h"
#include "policy/expression.h"
#include "policy/reveal.h"

Oid
ccpii_frame_relation(const RangeTblEntry *rte)
{
	if (rte->rtekind == RTE_RELATION)
	{
		/* The row "excluded" of ON CONFLICT is a composite type's. */
		return rte->relkind == RELKIND_COMPOSITE_TYPE ? InvalidOid : rte->relid;
	}
	return compat_rte_view(rte);
}

/* The rules, if a column has one and is of type masked_text. */
static const RelationRules *
with_typed_columns(const RelationRules *rules)
{
	for (int i = 0; rules != NULL && i < rules->natts; i++)
	{
		if (rules->columns[i] != NULL && rules->columns[i]->typed)
			return rules;
	}
	return NULL;
}

bool
ccpii_frame_hides_itself(Oid relid)
{
	return !ccpii_reveal_is_clear() &&
		with_typed_columns(ccpii_rule_get(relid)) != NULL;
}

/* What does the entry hide from the audience? */
static Source
source_of(const RangeTblEntry *rte, const Audience *audience)
{
	Source		source = {NULL, NULL, InvalidOid};
	Oid			relid = ccpii_frame_relation(rte);

	if (!OidIsValid(relid))
		return source;
	if (!ccpii_reveal_is_clear())
		source.shown = with_typed_columns(ccpii_rule_get(relid));
	if (audience == NULL)
		return source;
	if (rte->relkind == RELKIND_TOASTVALUE &&
		!ccpii_audience_is_clear(audience))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("masked readers cannot read TOAST table \"%s\"",
					   get_rel_name(relid)));
	if (ccpii_statistics_is_catalog(relid))
	{
		if (!ccpii_audience_is_clear(audience))
			source.catalog = relid;
		return source;
	}
	source.rules = ccpii_rule_get(relid);
	if (!ccpii_expression_hides(source.rules, 0, audience))
		source.rules = NULL;
	else if (!row_security)
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("query would be affected by masking of relation \"%s\"",
					   get_rel_name(relid)),
				errhint("Set \"%s\" to on to read masked values.",
						"row_security"));
	return source;
}

void
ccpii_frame_init(Frame *frame, Query *query, Frame *parent,
				 const Audience *audience)
{
	int			rti = 0;
	int			excluded = query->onConflict == NULL ? 0 :
		query->onConflict->exclRelIndex;
	ListCell   *lc;

	frame->parent = parent;
	frame->query = query;
	frame->rtable = query->rtable;
	frame->audience = audience;
	frame->lookups = false;
	frame->stores = false;
	frame->keeps_typed = false;
	frame->outputs = NIL;
	frame->sources = palloc0(sizeof(Source) *
							 (list_length(query->rtable) + 1));
	foreach(lc, query->rtable)
	{
		rti++;
		if (rti != excluded)
			frame->sources[rti] = source_of(lfirst(lc), audience);
	}
}

Frame *
ccpii_frame_of(const Var *var, Frame *frame)
{
	for (Index up = var->varlevelsup; up > 0 && frame != NULL; up--)
		frame = frame->parent;
	if (frame == NULL ||
		var->varno > list_length(frame->rtable))
		elog(ERROR, "bogus varlevelsup or varno in a query to be masked");
	return frame;
}

bool
ccpii_frame_is_shown(const Frame *frame, Index rti, AttrNumber attno)
{
	const ColumnRule *rule = ccpii_rule_column(frame->sources[rti].shown,
											   attno);

	return rule != NULL && rule->typed;
}

const ColumnRule *
ccpii_frame_rule(const Frame *frame, Index rti, AttrNumber attno)
{
	const ColumnRule *rule = ccpii_rule_column(frame->sources[rti].rules,
											   attno);

	if (rule != NULL && !ccpii_expression_masks(rule, frame->audience))
		return NULL;
	return rule;
}

bool
ccpii_frame_is_trusted(const RangeTblEntry *rte)
{
	Oid			view = compat_rte_view(rte);
	const RelationRules *rules = OidIsValid(view) ? ccpii_rule_get(view) : NULL;

	return rules != NULL && rules->trusted;
}

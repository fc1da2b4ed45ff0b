/*-------------------------------------------------------------------------
 *
 * trace.c
 *	  Does an expression show something masked, however it got there?
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "parser/parsetree.h"

#include "base/compat.h"
#include "enforce/trace.h"

/* What an expression in a condition refers to. */
typedef struct References
{
	Frame	   *frame;
	Var		   *first;			/* some column, or NULL */
	bool		joins;			/* columns of two relations, or a subquery */
	bool		masked;			/* something that is masked */
} References;

/* The references of an expression, and what its subqueries return. */
static bool
references_walker(Node *node, References *refs)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var))
	{
		Var		   *var = (Var *) node;

		if (refs->first == NULL)
			refs->first = var;
		else if (refs->first->varno != var->varno ||
				 refs->first->varlevelsup != var->varlevelsup)
			refs->joins = true;
		refs->masked |= ccpii_trace_var(var, refs->frame);
		return false;
	}
	if (IsA(node, SubLink))
	{
		SubLink    *link = (SubLink *) node;

		refs->joins = true;
		/* EXISTS does not look at what its subquery returns. */
		refs->masked |= link->subLinkType != EXISTS_SUBLINK &&
			ccpii_trace_output((Query *) link->subselect, refs->frame, 0);
		return references_walker(link->testexpr, refs);
	}
	return expression_tree_walker(node, references_walker, (void *) refs);
}

bool
ccpii_trace_references(Node *expr, Frame *frame, bool *joins)
{
	References	refs = {frame, NULL, false, false};

	(void) references_walker(expr, &refs);
	*joins = refs.joins;
	return refs.masked;
}

bool
ccpii_trace_expression(Node *expr, Frame *frame)
{
	bool		joins;

	return ccpii_trace_references(expr, frame, &joins);
}

/* What was found out about a column of a subquery's result. */
typedef struct Output
{
	Query	   *query;
	AttrNumber	attno;			/* 0: any column */
	bool		masked;
} Output;

static bool find_masked_output(Query *query, Frame *parent, AttrNumber attno);

/*
 * Is a column of a subquery's result masked?  Subqueries can be used many
 * times over: what was found out once is noted in the outermost frame.
 */
bool
ccpii_trace_output(Query *query, Frame *parent, AttrNumber attno)
{
	Frame	   *outermost = parent;
	Output	   *output;
	ListCell   *lc;

	CHECK_FOR_INTERRUPTS();
	while (outermost->parent != NULL)
		outermost = outermost->parent;
	foreach(lc, outermost->outputs)
	{
		output = lfirst(lc);
		if (output->query == query && output->attno == attno)
			return output->masked;
	}
	output = palloc(sizeof(Output));
	output->query = query;
	output->attno = attno;
	output->masked = find_masked_output(query, parent, attno);
	outermost->outputs = lappend(outermost->outputs, output);
	return output->masked;
}

static bool
find_masked_output(Query *query, Frame *parent, AttrNumber attno)
{
	Frame		frame;
	ListCell   *lc;

	ccpii_frame_init(&frame, query, parent, parent->audience);
	if (query->setOperations != NULL)
	{
		/* The arms are the subqueries of the query. */
		foreach(lc, query->rtable)
		{
			RangeTblEntry *rte = lfirst_node(RangeTblEntry, lc);

			if (rte->rtekind == RTE_SUBQUERY &&
				ccpii_trace_output(rte->subquery, &frame, attno))
				return true;
		}
		return false;
	}
	foreach(lc, query->commandType == CMD_SELECT ? query->targetList :
			query->returningList)
	{
		TargetEntry *target = lfirst_node(TargetEntry, lc);

		if (!target->resjunk && (attno == 0 || target->resno == attno) &&
			ccpii_trace_expression((Node *) target->expr, &frame))
			return true;
	}
	return false;
}

/* The query of a CTE that is named in a frame, and the frame it stands in. */
static Query *
cte_query(const RangeTblEntry *rte, Frame **frame)
{
	ListCell   *lc;

	for (Index up = rte->ctelevelsup; up > 0 && *frame != NULL; up--)
		*frame = (*frame)->parent;
	if (*frame == NULL || rte->self_reference)
		return NULL;
	foreach(lc, (*frame)->query->cteList)
	{
		CommonTableExpr *cte = lfirst_node(CommonTableExpr, lc);

		if (strcmp(cte->ctename, rte->ctename) == 0)
			return (Query *) cte->ctequery;
	}
	return NULL;
}

bool
ccpii_trace_var(const Var *var, Frame *frame)
{
	RangeTblEntry *rte;
	List	  **groups;
	Query	   *query = NULL;

	check_stack_depth();
	frame = ccpii_frame_of(var, frame);
	rte = rt_fetch(var->varno, frame->rtable);
	groups = RTE_GROUP_EXPRS(rte);
	if (frame->sources[var->varno].rules != NULL &&
		(var->varattno == 0 ||
		 ccpii_frame_rule(frame, var->varno, var->varattno) != NULL))
		return true;
	if (rte->rtekind == RTE_JOIN && var->varattno > 0)
		return ccpii_trace_expression(list_nth(rte->joinaliasvars,
											   var->varattno - 1), frame);
	if (groups != NULL && *groups != NIL && var->varattno > 0)
		return ccpii_trace_expression(list_nth(*groups, var->varattno - 1),
									  frame);
	if (rte->rtekind == RTE_FUNCTION || rte->rtekind == RTE_VALUES ||
		rte->rtekind == RTE_TABLEFUNC)
		return ccpii_trace_expression((Node *) rte->functions, frame) ||
			ccpii_trace_expression((Node *) rte->values_lists, frame) ||
			ccpii_trace_expression((Node *) rte->tablefunc, frame);
	if (ccpii_frame_is_trusted(rte))
		return false;
	if (rte->rtekind == RTE_SUBQUERY)
		query = rte->subquery;
	else if (rte->rtekind == RTE_CTE)
		query = cte_query(rte, &frame);
	return query != NULL && ccpii_trace_output(query, frame, var->varattno);
}

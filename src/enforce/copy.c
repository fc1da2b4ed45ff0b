/*-------------------------------------------------------------------------
 *
 * copy.c
 *	  COPY, which goes round the planner.
 *
 * COPY relation TO becomes COPY (SELECT ...) TO, as the server itself does for
 * row security.  COPY FROM gets a condition that guards what is written.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "nodes/makefuncs.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "base/extension.h"
#include "enforce/copy.h"
#include "enforce/frame.h"
#include "enforce/row_security.h"
#include "enforce/statistics.h"
#include "enforce/write_guard.h"
#include "enforce/written.h"
#include "policy/expression.h"
#include "policy/view_base.h"

/* Names of the columns that COPY reads or writes if it names none. */
static List *
all_columns(Oid relid)
{
	List	   *names = NIL;
	Relation	rel = relation_open(relid, AccessShareLock);

	for (int i = 0; i < RelationGetNumberOfAttributes(rel); i++)
	{
		Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), i);

		if (!att->attisdropped && att->attgenerated == '\0')
			names = lappend(names, makeString(pstrdup(NameStr(att->attname))));
	}
	relation_close(rel, NoLock);
	return names;
}

static ColumnRef *
make_column(Node *name)
{
	ColumnRef  *column = makeNode(ColumnRef);

	column->fields = list_make1(name);
	column->location = -1;
	return column;
}

/* A literal of the type that its place asks for. */
static Node *
make_literal(char *value)
{
	A_Const    *literal = makeNode(A_Const);

	literal->val.sval = *makeString(value);
	literal->location = -1;
	return (Node *) literal;
}

/* COPY relation TO, as COPY (SELECT columns FROM relation) TO. */
static void
select_columns(CopyStmt *copy, Oid relid)
{
	SelectStmt *select = makeNode(SelectStmt);
	RangeVar   *source = makeRangeVar(get_namespace_name(get_rel_namespace(relid)),
									  get_rel_name(relid), -1);
	ListCell   *lc;

	source->inh = false;
	select->fromClause = list_make1(source);
	foreach(lc, copy->attlist != NIL ? copy->attlist : all_columns(relid))
	{
		ResTarget  *target = makeNode(ResTarget);

		target->val = (Node *) make_column(lfirst(lc));
		target->location = -1;
		select->targetList = lappend(select->targetList, target);
	}
	copy->relation = NULL;
	copy->attlist = NIL;
	copy->query = (Node *) select;
}

/* The call of copy_guard() on a column that COPY FROM writes. */
static Node *
make_guard(Node *name, Oid relid, AttrNumber attno, int flags)
{
	List	   *function = list_make2(makeString(get_namespace_name(ccpii_extension_schema())),
									  makeString("copy_guard"));

	return (Node *)
		makeFuncCall(function,
					 list_make4(make_column(name),
								make_literal(psprintf("%u", relid)),
								make_literal(psprintf("%d", attno)),
								make_literal(psprintf("%d", flags))),
					 COERCE_EXPLICIT_CALL, -1);
}

/* Conditions that guard the columns that COPY FROM writes. */
static List *
guards_of(const CopyStmt *copy, Oid relid)
{
	const RelationRules *rules = ccpii_rule_get(relid);
	Audience	audience = ccpii_audience_now();
	bool		masked = ccpii_expression_hides(rules, 0, &audience);
	bool		restores = !masked && ccpii_write_guard_is_restore();
	List	   *guards = NIL;
	ListCell   *lc;

	foreach(lc, copy->attlist != NIL ? copy->attlist : all_columns(relid))
	{
		AttrNumber	attno = get_attnum(relid, strVal(lfirst(lc)));
		const ColumnRule *rule = ccpii_rule_column(rules, attno);
		int			flags = 0;

		if (attno == InvalidAttrNumber)
			continue;
		if (rule != NULL && masked)
			ccpii_write_guard_check_type(relid, rule, true);
		if (rule == NULL)
			flags |= WRITTEN_UNLABELLED;
		if (ccpii_write_guard_is_charged(relid, attno, &audience))
			flags |= WRITTEN_CHARGED;
		else if (rule == NULL || restores || !ccpii_written_concerns(rule))
			continue;
		guards = lappend(guards, make_guard(lfirst(lc), relid, attno, flags));
	}
	return guards;
}

/*
 * Must COPY relation TO be planned?  A masked view can be in the place of a
 * table, and is copied like one, whoever asks.
 */
static bool
is_selected(Oid relid)
{
	char		kind = get_rel_relkind(relid);

	if (kind == RELKIND_VIEW)
		return ccpii_view_base_is_masked(relid);
	return (kind == RELKIND_RELATION || kind == RELKIND_MATVIEW) &&
		(ccpii_statistics_is_catalog(relid) ||
		 ccpii_expression_hides_now(relid, 0) ||
		 ccpii_frame_hides_itself(relid));
}

PlannedStmt *
ccpii_copy_mask(PlannedStmt *pstmt)
{
	CopyStmt   *copy = (CopyStmt *) pstmt->utilityStmt;
	List	   *guards = NIL;
	Oid			relid;

	if (copy->relation == NULL)
		return pstmt;
	relid = RangeVarGetRelid(copy->relation, copy->is_from ? RowExclusiveLock :
							 AccessShareLock, true);
	ccpii_row_security_check_relation(relid);
	if (copy->is_from)
		guards = OidIsValid(relid) ? guards_of(copy, relid) : NIL;
	if (copy->is_from ? guards == NIL : !is_selected(relid))
		return pstmt;

	pstmt = copyObject(pstmt);
	copy = (CopyStmt *) pstmt->utilityStmt;
	if (!copy->is_from)
		select_columns(copy, relid);
	else if (copy->whereClause == NULL && list_length(guards) == 1)
		copy->whereClause = linitial(guards);
	else
		copy->whereClause = (Node *)
			makeBoolExpr(AND_EXPR, copy->whereClause == NULL ? guards :
						 lcons(copy->whereClause, guards), -1);
	return pstmt;
}

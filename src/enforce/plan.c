/*-------------------------------------------------------------------------
 *
 * plan.c
 *	  Plans that are masked for the right reader, also when they are kept.
 *
 * Who asks is settled when a statement is planned.  Plans are kept, so a plan
 * that reads a labelled relation
 *	- depends on the role (the server replans it for another current_user),
 *	- and carries, as an invalidation item of our own, the fingerprint of who
 *	  asked.  ExecutorStart compares it: session_user or the switching of users
 *	  can differ where current_user does not.
 * Whatever else a mask rests on (labels, memberships, attributes, keys) resets
 * the plan cache when it changes.
 * The same goes for a plan into which the result of an IMMUTABLE function was
 * folded that read such a relation while the outer statement was planned.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/parallel.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "optimizer/planner.h"
#include "utils/inval.h"
#include "utils/plancache.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/errors.h"
#include "base/extension.h"
#include "base/fault.h"
#include "enforce/plan.h"
#include "enforce/rewrite.h"
#include "enforce/statistics.h"
#include "policy/attribute.h"
#include "policy/rule.h"

/* Marks our item among the invalidation items; no syscache has this number. */
#define FINGERPRINT_CACHE_ID 0x63637069

static planner_hook_type prev_planner = NULL;
static ExecutorStart_hook_type prev_executor_start = NULL;
static needs_fmgr_hook_type prev_needs_fmgr = NULL;

/* Counts what this backend has planned or started on labelled relations. */
static uint64 labelled_statements = 0;

/* Has this parallel worker started a part of a plan on a labelled relation? */
static bool worker_is_labelled = false;

/* Is a foreign key's own query being planned, started or run around us? */
static bool inside_referential = false;

bool
ccpii_plan_enter(void)
{
	bool		before = inside_referential;

	inside_referential = ccpii_reader_is_referential();
	return before;
}

void
ccpii_plan_leave(bool before)
{
	inside_referential = before;
}

/*
 * Are we directly below a foreign key's check?  Its own query compares raw.
 * User code that it calls inherits its context: casts of own types that are
 * folded while it is planned or prune partitions when it starts, BEFORE
 * triggers that a cascade fires.  Statements of such code are masked.
 */
static bool
is_referential(void)
{
	return ccpii_reader_is_referential() && !inside_referential;
}

/*
 * Is the query one that a foreign key writes itself?  Rules of its table add
 * queries of their own, and subqueries to it.
 */
static bool
is_key_query(const Query *query)
{
	return query->querySource == QSRC_ORIGINAL && !query->hasSubLinks &&
		query->cteList == NIL;
}

/* Does the plan read a relation that has rules? */
static bool
reads_labelled(const PlannedStmt *plan)
{
	ListCell   *lc;

	foreach(lc, plan->rtable)
	{
		RangeTblEntry *rte = lfirst(lc);

		if (OidIsValid(rte->relid) &&
			(ccpii_statistics_is_catalog(rte->relid) ||
			 ccpii_rule_exists(rte->relid)))
			return true;
	}
	return false;
}

static uint32
current_fingerprint(void)
{
	Reader		reader = ccpii_reader();
	Audience	audience = ccpii_audience_of(&reader);

	return ccpii_audience_fingerprint(&audience);
}

/* Make a plan depend on who asks. */
static void
bind_plan(PlannedStmt *plan)
{
	PlanInvalItem *item = makeNode(PlanInvalItem);

	item->cacheId = FINGERPRINT_CACHE_ID;
	item->hashValue = current_fingerprint();
	plan->dependsOnRole = true;
	plan->invalItems = lappend(plan->invalItems, item);
}

/* Mask a query for whoever asks. */
static void
mask_for_reader(Query *query)
{
	Reader		reader = ccpii_reader();
	Audience	audience = ccpii_audience_of(&reader);

	if (ccpii_audience_is_clear(&audience))
		return;
	if (ccpii_extension_state() != EXTENSION_CURRENT)
		ccpii_error_other_version();
	ccpii_rewrite_query(query, &audience);
	ccpii_fault_point("plan.masked");
}

static PlannedStmt *
plan_onward(Query *parse, const char *query_string, int cursorOptions,
			ParamListInfo boundParams)
{
	if (prev_planner)
		return prev_planner(parse, query_string, cursorOptions, boundParams);
	return standard_planner(parse, query_string, cursorOptions, boundParams);
}

static PlannedStmt *
plan_referential(Query *parse, const char *query_string, int cursorOptions,
				 ParamListInfo boundParams)
{
	bool		before = ccpii_plan_enter();
	PlannedStmt *volatile plan = NULL;

	PG_TRY();
	{
		/* A plan shows its constants: keys stay parameters. */
		plan = plan_onward(parse, query_string, cursorOptions,
						   ccpii_rule_any() ? NULL : boundParams);
	}
	PG_FINALLY();
	{
		ccpii_plan_leave(before);
	}
	PG_END_TRY();
	return plan;
}

static PlannedStmt *
plan_statement(Query *parse, const char *query_string, int cursorOptions,
			   ParamListInfo boundParams)
{
	uint64		before = labelled_statements;
	PlannedStmt *plan;

	/* A label set by another session counts from the next statement on. */
	AcceptInvalidationMessages();
	if (ccpii_extension_state() == EXTENSION_ABSENT)
		return plan_onward(parse, query_string, cursorOptions, boundParams);
	if (is_referential() && is_key_query(parse))
		return plan_referential(parse, query_string, cursorOptions,
								boundParams);
	if (ccpii_rewrite_concerns(parse))
	{
		mask_for_reader(parse);
		labelled_statements++;
	}
	plan = plan_onward(parse, query_string, cursorOptions, boundParams);

	/* Functions that were inlined bring relations that parse did not have. */
	if (labelled_statements != before || reads_labelled(plan))
	{
		labelled_statements++;
		bind_plan(plan);
	}
	return plan;
}

bool
ccpii_plan_is_bound(const PlannedStmt *plan)
{
	ListCell   *lc;

	foreach(lc, plan->invalItems)
	{
		if (lfirst_node(PlanInvalItem, lc)->cacheId == FINGERPRINT_CACHE_ID)
			return true;
	}
	return IsParallelWorker() && worker_is_labelled;
}

/* Counts whatever masks rest on, as far as this backend knows. */
static uint64
current_generation(void)
{
	return ccpii_audience_generation() + ccpii_rule_generation() +
		ccpii_attribute_generation();
}

/*
 * Was the plan made for who asks now, and for the labels of now?  A transaction
 * that holds its locks already hears of no change unless it listens.
 */
static bool
is_plan_current(const PlannedStmt *plan)
{
	uint64		before = current_generation();
	bool		bound = false;
	bool		changed;
	ListCell   *lc;

	AcceptInvalidationMessages();
	changed = before != current_generation();
	foreach(lc, plan->invalItems)
	{
		PlanInvalItem *item = lfirst_node(PlanInvalItem, lc);

		if (item->cacheId != FINGERPRINT_CACHE_ID)
			continue;
		bound = true;
		if (item->hashValue != current_fingerprint())
			return false;
	}

	/* If a statement is being planned, its plan may hold the result. */
	if (bound)
		labelled_statements++;
	return !changed ||
		!(bound || (ccpii_extension_state() != EXTENSION_ABSENT &&
					reads_labelled(plan)));
}

static void
check_plan(const PlannedStmt *plan)
{
	if (is_plan_current(plan))
		return;
	ResetPlanCache();
	ereport(ERROR,
			errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			errmsg("cached plan was made for another reader, or for other labels"),
			errhint("Run it again."));
}

static void
start_onward(QueryDesc *queryDesc, int eflags)
{
	if (prev_executor_start)
		prev_executor_start(queryDesc, eflags);
	else
		standard_ExecutorStart(queryDesc, eflags);
}

static void
start_executor(QueryDesc *queryDesc, int eflags)
{
	bool		before;

	/* A parallel worker runs a part of what its leader has checked. */
	if (!IsParallelWorker())
		check_plan(queryDesc->plannedstmt);
	else
		worker_is_labelled |= ccpii_extension_state() != EXTENSION_ABSENT &&
			reads_labelled(queryDesc->plannedstmt);
	if (!is_referential())
	{
		start_onward(queryDesc, eflags);
		return;
	}
	before = ccpii_plan_enter();
	PG_TRY();
	{
		start_onward(queryDesc, eflags);
	}
	PG_FINALLY();
	{
		ccpii_plan_leave(before);
	}
	PG_END_TRY();
}

/*
 * Keep the planner from inlining set-returning SQL functions for a reader who
 * may be masked: their queries would not come by here.  Scalar functions that
 * can be inlined cannot read a table.
 */
static bool
needs_fmgr(Oid function)
{
	HeapTuple	tuple;
	bool		inlinable;
	Reader		reader;
	Audience	audience;

	if (prev_needs_fmgr && prev_needs_fmgr(function))
		return true;
	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	if (!HeapTupleIsValid(tuple))
		return false;
	inlinable = ((Form_pg_proc) GETSTRUCT(tuple))->proretset &&
		((Form_pg_proc) GETSTRUCT(tuple))->prolang == SQLlanguageId;
	ReleaseSysCache(tuple);
	if (!inlinable || ccpii_extension_state() == EXTENSION_ABSENT)
		return false;
	reader = ccpii_reader();
	audience = ccpii_audience_of(&reader);
	return !ccpii_audience_is_clear(&audience);
}

void
ccpii_plan_init(void)
{
	ccpii_attribute_init();

	prev_planner = planner_hook;
	planner_hook = plan_statement;
	prev_executor_start = ExecutorStart_hook;
	ExecutorStart_hook = start_executor;
	prev_needs_fmgr = needs_fmgr_hook;
	needs_fmgr_hook = needs_fmgr;
}

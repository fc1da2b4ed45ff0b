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
#include "common/hashfn.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "optimizer/planner.h"
#include "tcop/tcopprot.h"
#include "utils/inval.h"
#include "utils/plancache.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/errors.h"
#include "base/extension.h"
#include "base/fault.h"
#include "enforce/masked_stored.h"
#include "enforce/plan.h"
#include "enforce/result.h"
#include "enforce/rewrite.h"
#include "enforce/row_security.h"
#include "enforce/statistics.h"
#include "enforce/view_query.h"
#include "enforce/write_guard.h"
#include "enforce/written_key.h"
#include "policy/attribute.h"
#include "policy/rule.h"

/* Mark our items among the invalidation items; no syscaches have these. */
#define FINGERPRINT_CACHE_ID 0x63637069
#define MASKS_CACHE_ID 0x6363706A

/* In place of masks_of_plan(): a result of a function was folded into it. */
#define MASKS_UNKNOWN 0

/*
 * Functions that may be inlined whoever reads, by OID: the server asks for each
 * call site, and each time a plan starts.
 */
#define KNOWN_FUNCTIONS 64
static Oid	known_functions[KNOWN_FUNCTIONS];

static planner_hook_type prev_planner = NULL;
static ExecutorStart_hook_type prev_executor_start = NULL;
static needs_fmgr_hook_type prev_needs_fmgr = NULL;

/* Counts what this backend has planned or started on labelled relations. */
static uint64 labelled_statements = 0;

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

/* The relations with rules that keys of those refer to which the plan writes. */
static List *
references_of(const PlannedStmt *plan)
{
	List	   *references = NIL;
	ListCell   *lc;

	foreach(lc, plan->resultRelations)
		references = list_concat_unique_oid(references,
											ccpii_written_key_references(rt_fetch(lfirst_int(lc),
																				  plan->rtable)->relid));
	return references;
}

/* Does the plan read a relation that has rules, or ask for values in one? */
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
	return references_of(plan) != NIL;
}

static uint32
current_fingerprint(void)
{
	Audience	audience = ccpii_audience_now();

	return ccpii_audience_fingerprint(&audience);
}

/* A number that differs where the mask of the column's type does. */
static uint32
hash_mask(const ColumnRule *rule)
{
	const RuleClause *clause = linitial(rule->clauses);
	const char *mask = ccpii_label_mask_text(clause->mask);

	return hash_bytes((const unsigned char *) mask, strlen(mask));
}

/* A number that differs where the rules of a relation do. */
static uint32
hash_rules(const RelationRules *rules)
{
	uint32		hash = hash_combine(murmurhash32(rules->relid),
									rules->trusted + 2 * rules->masked_view);

	for (int i = 0; i < rules->natts; i++)
	{
		const ColumnRule *rule = rules->columns[i];

		if (rule != NULL && rule->label != NULL)
			hash = hash_combine(hash, hash_bytes((const unsigned char *) rule->label,
												 strlen(rule->label)));
		hash = hash_combine(hash, rule != NULL);
		if (rule != NULL && rule->typed && rule->label == NULL)
			hash = hash_combine(hash, hash_mask(rule));
	}
	return hash;
}

/* What a relation hides from who asks, added to a hash. */
static uint32
hash_relation(uint32 hash, Oid relid, const Audience *audience)
{
	const RelationRules *rules = ccpii_rule_get(relid);

	if (rules != NULL && ccpii_audience_is_masked(audience, rules->owner))
		hash = hash_combine(hash, hash_rules(rules));
	if (rules != NULL && rules->rows != NIL)
		hash = hash_combine(hash, ccpii_row_rule_hash(rules->rows, audience));
	return hash;
}

/*
 * A number that differs where what the plan masks does, or the rows that it
 * shows.  Never MASKS_UNKNOWN; 1 if it hides nothing.
 */
static uint32
masks_of_plan(const PlannedStmt *plan)
{
	Audience	audience = ccpii_audience_now();
	uint32		hash = 1;
	ListCell   *lc;

	foreach(lc, plan->rtable)
	{
		RangeTblEntry *rte = lfirst(lc);

		if (OidIsValid(rte->relid) && RTE_IS_NAMED(rte))
			hash = hash_relation(hash, rte->relid, &audience);
	}
	foreach(lc, references_of(plan))
		hash = hash_relation(hash, lfirst_oid(lc), &audience);
	if (hash != 1)
	{
		const char *paths = ccpii_attribute_paths();

		hash = hash_combine(hash, hash_bytes((const unsigned char *) paths,
											 strlen(paths)));
	}
	return hash == MASKS_UNKNOWN ? 2 : hash;
}

static PlanInvalItem *
make_item(int cacheid, uint32 value)
{
	PlanInvalItem *item = makeNode(PlanInvalItem);

	item->cacheId = cacheid;
	item->hashValue = value;
	return item;
}

/*
 * Make a plan depend on who asks and, for those who listen to changes, on what
 * it masks.
 */
static void
bind_plan(PlannedStmt *plan, uint32 masks)
{
	plan->dependsOnRole = true;
	plan->invalItems = lappend(plan->invalItems,
							   make_item(FINGERPRINT_CACHE_ID,
										 current_fingerprint()));
	plan->invalItems = lappend(plan->invalItems,
							   make_item(MASKS_CACHE_ID, masks));
}

/* Mask a query for whoever asks. */
static void
mask_for_reader(Query *query)
{
	Audience	audience = ccpii_audience_now();

	if (ccpii_extension_state() == EXTENSION_CURRENT)
	{
		if (ccpii_audience_is_clear(&audience))
			ccpii_write_guard_query(query);
		else
			ccpii_rewrite_query(query, &audience);
	}
	else if (!ccpii_audience_is_clear(&audience))
		ccpii_error_other_version();
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
		plan = plan_onward(ccpii_masked_stored_keys(parse), query_string,
						   cursorOptions,
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
	List	   *typmods = NIL;
	PlannedStmt *plan;
	bool		folded;

	/* A label set by another session counts from the next statement on. */
	AcceptInvalidationMessages();
	if (ccpii_extension_state() == EXTENSION_ABSENT)
		return plan_onward(parse, query_string, cursorOptions, boundParams);
	if (is_referential() && is_key_query(parse))
		return plan_referential(parse, query_string, cursorOptions,
								boundParams);

	/*
	 * The server prints a plan for whoever has asked for it, constants that
	 * stand for somebody else's values included.
	 */
	if (Debug_print_plan && ccpii_rule_any())
		Debug_print_plan = false;
	if (ccpii_rewrite_concerns(parse))
	{
		ccpii_row_security_verify(parse);
		ccpii_view_query_open(parse);
		typmods = ccpii_result_typmods(parse);
		mask_for_reader(parse);
	}
	plan = plan_onward(parse, query_string, cursorOptions, boundParams);
	if (typmods != NIL)
		ccpii_result_label(plan, typmods);

	/*
	 * Statements that ran meanwhile may have left results in the plan, and
	 * functions that were inlined bring relations that parse did not have.
	 */
	folded = labelled_statements != before;
	if (!folded && !reads_labelled(plan))
		return plan;
	ccpii_row_security_check_plan(plan);
	bind_plan(plan, folded ? MASKS_UNKNOWN : masks_of_plan(plan));
	labelled_statements++;
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
	return false;
}

/* Counts whatever masks rest on, as far as this backend knows. */
static uint64
current_generation(void)
{
	return ccpii_audience_generation() + ccpii_rule_generation() +
		ccpii_attribute_generation();
}

/*
 * Was the plan made for who asks now, and for what he must find masked now?  A
 * transaction that holds its locks already hears of no change unless it
 * listens.
 */
static bool
is_plan_current(const PlannedStmt *plan)
{
	uint64		before = current_generation();
	uint32		masks = 1;		/* of a plan that is not bound */
	ListCell   *lc;

	AcceptInvalidationMessages();
	foreach(lc, plan->invalItems)
	{
		PlanInvalItem *item = lfirst_node(PlanInvalItem, lc);

		if (item->cacheId == MASKS_CACHE_ID)
			masks = item->hashValue;
		if (item->cacheId != FINGERPRINT_CACHE_ID)
			continue;

		/* If a statement is being planned, its plan may hold the result. */
		labelled_statements++;
		if (item->hashValue != current_fingerprint())
			return false;
	}
	return before == current_generation() ||
		ccpii_extension_state() == EXTENSION_ABSENT ||
		(masks != MASKS_UNKNOWN && masks == masks_of_plan(plan));
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
	if (!is_referential())
	{
		start_onward(queryDesc, eflags);
		return;
	}
	before = ccpii_plan_enter();
	PG_TRY();
	{
		start_onward(queryDesc, eflags);

		/* Keys are nobody's business; the executor has its own pointer. */
		queryDesc->params = NULL;
	}
	PG_FINALLY();
	{
		ccpii_plan_leave(before);
	}
	PG_END_TRY();
}

static void
forget_functions(Datum arg, int cacheid, uint32 hashvalue)
{
	memset(known_functions, 0, sizeof(known_functions));
}

/*
 * Keep the planner from inlining set-returning SQL functions for a reader who
 * may be masked, or from whom a masked view may hide rows: their queries would
 * not come by here.  Scalar functions that can be inlined cannot read a table.
 */
static bool
needs_fmgr(Oid function)
{
	Oid		   *known = &known_functions[function % KNOWN_FUNCTIONS];
	HeapTuple	tuple;
	bool		inlinable;
	Audience	audience;

	if (prev_needs_fmgr && prev_needs_fmgr(function))
		return true;
	if (*known == function)
		return false;
	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	if (!HeapTupleIsValid(tuple))
		return false;
	inlinable = ((Form_pg_proc) GETSTRUCT(tuple))->proretset &&
		((Form_pg_proc) GETSTRUCT(tuple))->prolang == SQLlanguageId;
	ReleaseSysCache(tuple);
	if (!inlinable)
		*known = function;
	if (!inlinable || ccpii_extension_state() == EXTENSION_ABSENT)
		return false;
	audience = ccpii_audience_now();
	return !ccpii_audience_is_clear(&audience) || ccpii_view_query_is_needed();
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
	CacheRegisterSyscacheCallback(PROCOID, forget_functions, (Datum) 0);
}

/*-------------------------------------------------------------------------
 *
 * leak.c
 *	  Errors that would print stored values of labelled relations.
 *
 * "Failing row contains (...)", "Key (phone)=(...) already exists", a failing
 * cast, the CONTEXT of COPY: the server prints stored values to caller and
 * log, whoever may see them.  Three nets:
 *	- runs of the executor and utility statements catch errors and throw them
 *	  on without the values, so that no exception handler sees them either;
 *	- a callback at the bottom of the error context stack sees what deferred
 *	  checks raise at commit, when no statement runs any more;
 *	- emit_log_hook sees every message that goes to the log, in any process.
 * While an error is reported no catalog can be read: whether a relation is
 * labelled is answered from memory, by the name that the error carries.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>

#include "access/parallel.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "parser/analyze.h"
#include "utils/builtins.h"
#include "utils/elog.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/errors.h"
#include "base/extension.h"
#include "enforce/leak.h"
#include "enforce/plan.h"
#include "policy/rule.h"

static post_parse_analyze_hook_type prev_post_parse_analyze = NULL;
static ExecutorRun_hook_type prev_executor_run = NULL;
static ExecutorFinish_hook_type prev_executor_finish = NULL;
static emit_log_hook_type prev_emit_log = NULL;

/* Runs of the executor that are going on, deferred triggers aside. */
static int	running = 0;

static void at_bottom(void *arg);

/* A message that needs no memory, which may be short while it is used. */
static char withheld[] =
	"message withheld, it might show a value of a labelled relation";

static ErrorContextCallback bottom = {NULL, at_bottom, NULL};

/* Classes of errors that print values. */
static bool
prints_values(int sqlerrcode)
{
	int			category = ERRCODE_TO_CATEGORY(sqlerrcode);

	/* The last two: plpgsql.print_strict_params. */
	return category == ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION ||
		sqlerrcode == ERRCODE_NO_DATA_FOUND ||
		sqlerrcode == ERRCODE_TOO_MANY_ROWS ||
		category == ERRCODE_CARDINALITY_VIOLATION ||
		category == ERRCODE_TO_CATEGORY(ERRCODE_WITH_CHECK_OPTION_VIOLATION) ||
		category == ERRCODE_DATA_EXCEPTION;
}

/*
 * Does it come of a text that names nothing, or breaks a grammar of its own: a
 * cast to regclass, to tsquery?  A mistake in a statement has the same
 * SQLSTATE, and a place in the statement.
 */
static bool
is_of_input(const ErrorData *edata)
{
	switch (ERRCODE_TO_CATEGORY(edata->sqlerrcode))
	{
		case ERRCODE_TO_CATEGORY(ERRCODE_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION):
		case ERRCODE_TO_CATEGORY(ERRCODE_INVALID_SCHEMA_NAME):
		case ERRCODE_TO_CATEGORY(ERRCODE_FEATURE_NOT_SUPPORTED):
			return edata->sqlerrcode != ERRCODE_INSUFFICIENT_PRIVILEGE &&
				edata->internalquery == NULL && edata->cursorpos == 0;
		case ERRCODE_TO_CATEGORY(ERRCODE_DATA_EXCEPTION):
			return true;
		default:
			return false;
	}
}

/*
 * Does the error name a labelled relation?  That of a foreign key names one
 * relation in its fields and both in its message.
 */
static bool
names_labelled(const ErrorData *edata)
{
	if (edata->table_name == NULL)
		return false;
	return ccpii_rule_is_named_in(edata->table_name, true) ||
		(edata->sqlerrcode == ERRCODE_FOREIGN_KEY_VIOLATION &&
		 ccpii_rule_is_named_in(edata->message, false));
}

/*
 * Has the message a place where a value can stand?  Those of this library never
 * hold one.
 */
static bool
has_text_argument(const ErrorData *edata)
{
	const char *format = edata->message_id;

	if (strcmp(edata->domain, TEXTDOMAIN) == 0)
		return false;
	if (format == NULL)
		return true;
	for (; (format = strchr(format, '%')) != NULL; format += 2)
		if (format[1] != 'd' && format[1] != '%')
			return true;
	return false;
}

/*
 * Take stored values out of an error; returns whether there was anything to
 * take.  The SQLSTATE and the names of table and constraint stay.  in_query:
 * rows of a labelled relation were being read, so that a name which is not
 * found is no typing error of a statement.
 */
static bool
scrub(ErrorData *edata, bool labelled, bool in_query)
{
	bool		of_input = is_of_input(edata) &&
		(in_query || prints_values(edata->sqlerrcode));

	if (edata->elevel < ERROR ||
		(!of_input && !prints_values(edata->sqlerrcode)) ||
		(!labelled && !names_labelled(edata)))
		return false;
	edata->detail = NULL;
	edata->detail_log = NULL;
	if (of_input ||
		(edata->context != NULL && strstr(edata->context, "COPY ") != NULL))
		edata->context = NULL;
	if (of_input && has_text_argument(edata))
	{
		edata->message = withheld;
		edata->message_id = withheld;
		edata->hint = NULL;
	}
	return true;
}

/* The next quote, or dollar that is not a parameter's; NULL if there is none. */
static const char *
next_quote(const char *text)
{
	for (text = strpbrk(text, "'$"); text != NULL;
		 text = strpbrk(text + 1, "'$"))
		if (*text == '\'' || !isdigit((unsigned char) text[1]))
			break;
	return text;
}

/* Does a text hold a quoted literal? */
static bool
has_literal(const char *text)
{
	return text != NULL && next_quote(text) != NULL;
}

/*
 * The text with *** from its first quote to the last: which of those between
 * opens a literal and which closes one, or stands in a name or a comment, only
 * the server's scanner knows.
 */
static char *
hide_literals(const char *text)
{
	const char *first = next_quote(text);
	const char *last = first;

	for (const char *quote = first; quote != NULL;
		 quote = next_quote(quote + 1))
		last = quote;
	return psprintf("%.*s'***'%s", (int) (first - text), text,
					last == first ? "" : last + 1);
}

/*
 * Dynamic statements of a trigger have values of the row written into them, and
 * stand in the context of whatever error they end in.
 */
static bool
scrub_statements(ErrorData *edata)
{
	bool		context = has_literal(edata->context);
	bool		query = has_literal(edata->internalquery);

	if (context)
		edata->context = hide_literals(edata->context);
	if (query)
	{
		edata->internalquery = hide_literals(edata->internalquery);
		edata->internalpos = 0;
	}
	return context || query;
}

pg_noreturn static void
rethrow(bool labelled, bool in_query)
{
	ErrorData  *edata;
	MemoryContext old;
	bool		changed;

	if (!labelled && !prints_values(geterrcode()))
		PG_RE_THROW();
	old = MemoryContextSwitchTo(CurTransactionContext != NULL ?
								CurTransactionContext : TopMemoryContext);
	edata = CopyErrorData();
	changed = labelled && scrub_statements(edata);
	MemoryContextSwitchTo(old);
	if (!scrub(edata, labelled, in_query) && !changed)
		PG_RE_THROW();
	FlushErrorState();
	ReThrowError(edata);
}

void
ccpii_leak_rethrow(bool labelled)
{
	rethrow(labelled, false);
}

/*
 * Is a deferred trigger of the user's running, at commit?  Then there is a
 * trigger, but no statement that has fired it.
 */
static bool
in_deferred_trigger(void)
{
	return running == 0 &&
		DatumGetInt32(DirectFunctionCall1(pg_trigger_depth, (Datum) 0)) > 0;
}

static void
run_executor(EXECUTOR_RUN_ARGS)
{
	bool		before = ccpii_plan_enter();
	int			outer = running;

	/* What a deferred trigger runs is as good as outside of statements. */
	if (!in_deferred_trigger())
		running++;
	PG_TRY();
	{
		if (prev_executor_run)
			prev_executor_run(EXECUTOR_RUN_PASS);
		else
			standard_ExecutorRun(EXECUTOR_RUN_PASS);
	}
	PG_CATCH();
	{
		running = outer;
		ccpii_plan_leave(before);
		rethrow(ccpii_plan_is_bound(queryDesc->plannedstmt), true);
	}
	PG_END_TRY();
	running = outer;
	ccpii_plan_leave(before);
}

static void
finish_executor(QueryDesc *queryDesc)
{
	int			outer = running;

	if (!in_deferred_trigger())
		running++;
	PG_TRY();
	{
		if (prev_executor_finish)
			prev_executor_finish(queryDesc);
		else
			standard_ExecutorFinish(queryDesc);
	}
	PG_CATCH();
	{
		running = outer;
		rethrow(ccpii_plan_is_bound(queryDesc->plannedstmt), true);
	}
	PG_END_TRY();
	running = outer;
}

/*
 * An error is being reported.  Its DETAIL may be the key of a deferred check, or
 * the whole of it what a deferred trigger makes of a value.
 */
static void
at_bottom(void *arg)
{
	MemoryContext context,
				old;
	ErrorData  *edata;
	bool		in_trigger;

	if (!prints_values(geterrcode()))
		return;
	in_trigger = in_deferred_trigger() && ccpii_rule_is_any_known();
	context = AllocSetContextCreate(ErrorContext, "ccpii error",
									ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	edata = CopyErrorData();
	MemoryContextSwitchTo(old);
	if (edata->elevel >= ERROR &&
		(edata->table_name == NULL ? in_trigger : names_labelled(edata)))
	{
		if (edata->detail != NULL)
			errdetail("Withheld, the relation is labelled.");
		if (ERRCODE_TO_CATEGORY(edata->sqlerrcode) == ERRCODE_DATA_EXCEPTION &&
			has_text_argument(edata))
			errmsg("%s", withheld);
	}
	MemoryContextDelete(context);
}

/*
 * Put our callback at the bottom of the error context stack.  Whoever stands
 * on the stack now leaves it by restoring what was below him, which from here
 * on is our callback.  An error empties the stack, and a PG_TRY block restores
 * it, so this is done where a statement is analysed, COMMIT included: outside
 * of such blocks, if it is the client's.
 */
static void
post_parse_analyze(ParseState *pstate, Query *query, JumbleState *jstate)
{
	ErrorContextCallback **last = &error_context_stack;

	while (*last != NULL && *last != &bottom)
		last = &(*last)->previous;
	*last = &bottom;

	if (prev_post_parse_analyze)
		prev_post_parse_analyze(pstate, query, jstate);
}

static void
emit_log(ErrorData *edata)
{
	/*
	 * A parallel worker cannot tell; its leader, whose plan says it, gets the
	 * same error and logs it.  Autovacuum runs without any statement.
	 */
	if (IsParallelWorker() && edata->elevel >= ERROR &&
		(prints_values(edata->sqlerrcode) || is_of_input(edata)))
		edata->output_to_server = false;
	(void) scrub(edata, MyBackendType == B_AUTOVAC_WORKER, true);
	if (prev_emit_log)
		prev_emit_log(edata);
}

void
ccpii_leak_init(void)
{
	prev_post_parse_analyze = post_parse_analyze_hook;
	post_parse_analyze_hook = post_parse_analyze;
	prev_executor_run = ExecutorRun_hook;
	ExecutorRun_hook = run_executor;
	prev_executor_finish = ExecutorFinish_hook;
	ExecutorFinish_hook = finish_executor;
	prev_emit_log = emit_log_hook;
	emit_log_hook = emit_log;
}

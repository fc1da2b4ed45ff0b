/*-------------------------------------------------------------------------
 *
 * redact_rules.c
 *	  The arguments of redact() and of its relatives, and what they do.
 *
 * Patterns come first, since they know most of the text; then addresses, cards
 * and numbers, and telephone numbers that are too short to be masked as such.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "text/email_find.h"
#include "text/pattern_cache.h"
#include "text/redact.h"
#include "text/redact_rules.h"

#define NARGS 9					/* of redact() */

/* In fn_extra. */
typedef struct KeptRules
{
	MemoryContext context;		/* of the rules */
	bool		stable;			/* arguments never change in a statement */
	RedactRules rules;
} KeptRules;

/* The elements of an array of texts, none of which may be NULL. */
static Datum *
text_elements(ArrayType *array, int *count)
{
	Datum	   *values;
	bool	   *nulls;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls,
					  count);
	for (int i = 0; i < *count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("network or pattern must not be null"));
	}
	return values;
}

/*
 * read_patterns
 *		The regexes in an array, in UTF-8 and compiled.
 */
static Utf8 *
read_patterns(ArrayType *array, int *count)
{
	Datum	   *values = text_elements(array, count);
	Utf8	   *patterns = palloc(sizeof(Utf8) * (*count + 1));

	for (int i = 0; i < *count; i++)
	{
		char	   *regex = TextDatumGetCString(values[i]);

		patterns[i].data = pg_server_to_any(regex, (int) strlen(regex), PG_UTF8);
		patterns[i].len = strlen(patterns[i].data);
		(void) ccpii_pattern_get(patterns[i].data, patterns[i].len);
	}
	return patterns;
}

/* The networks that an array names, of which "default" stands for many. */
static CardNetworks
read_networks(ArrayType *array)
{
	int			count;
	Datum	   *names = text_elements(array, &count);
	CardNetworks networks = 0;

	for (int i = 0; i < count; i++)
	{
		char	   *name = TextDatumGetCString(names[i]);
		int			network;

		if (pg_strcasecmp(name, "default") == 0)
		{
			networks |= ccpii_card_default();
			continue;
		}
		network = ccpii_card_network_by_name(name, strlen(name));
		if (network < 0)
			ereport(ERROR,
					errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("card network \"%s\" is not known", name),
					errhint("Known networks are in the documentation; \"default\" stands for those that are masked by default."));
		networks |= CARD_NETWORK(network);
	}
	return networks;
}

static NumberMode
read_mode(const char *mode)
{
	if (strcmp(mode, "contiguous") == 0)
		return NUMBER_CONTIGUOUS;
	if (strcmp(mode, "grouped") == 0)
		return NUMBER_GROUPED;
	if (strcmp(mode, "aggressive") == 0)
		return NUMBER_AGGRESSIVE;
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("mode \"%s\" is not known", mode),
			errhint("Modes are contiguous, grouped and aggressive."));
}

static void
read_rules(FunctionCallInfo fcinfo, RedactRules *rules)
{
	for (int i = 1; i < NARGS; i++)
	{
		if (PG_ARGISNULL(i))
			ereport(ERROR,
					errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("only the text of redact() and find_pii() can be null"));
	}
	rules->scan.digits = PG_GETARG_INT32(1);
	if (rules->scan.digits < 0 || rules->scan.digits > REDACT_MAX_DIGITS)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("number of digits must be between 0 and %d",
					   REDACT_MAX_DIGITS),
				errhint("0 masks no numbers."));
	rules->scan.cards.networks = read_networks(PG_GETARG_ARRAYTYPE_P(3));
	if (!PG_GETARG_BOOL(2))
		rules->scan.cards.networks = 0;
	rules->phones = PG_GETARG_BOOL(4);
	rules->emails = PG_GETARG_BOOL(5);
	rules->patterns = read_patterns(PG_GETARG_ARRAYTYPE_P(6), &rules->npatterns);
	rules->scan.mode = read_mode(text_to_cstring(PG_GETARG_TEXT_PP(7)));
	rules->scan.cards.any_grouping = rules->scan.mode == NUMBER_AGGRESSIVE;
	rules->scan.keep_dates = PG_GETARG_BOOL(8);
	rules->scan.phones = rules->phones && rules->scan.mode == NUMBER_GROUPED &&
		rules->scan.keep_dates;
}

static KeptRules *
keep(FmgrInfo *flinfo)
{
	KeptRules  *kept = flinfo->fn_extra;

	if (kept != NULL)
		return kept;
	kept = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(KeptRules));
	kept->context = AllocSetContextCreate(flinfo->fn_mcxt, "ccpii redact",
										  ALLOCSET_SMALL_SIZES);
	kept->stable = true;
	for (int i = 1; i < NARGS; i++)
		kept->stable &= get_fn_expr_arg_stable(flinfo, i);
	flinfo->fn_extra = kept;
	return kept;
}

const RedactRules *
ccpii_redact_rules(FunctionCallInfo fcinfo)
{
	KeptRules  *kept = fcinfo->flinfo->fn_extra;
	MemoryContext old;

	if (kept != NULL && kept->stable && kept->rules.patterns != NULL)
		return &kept->rules;
	kept = keep(fcinfo->flinfo);
	kept->rules.patterns = NULL;	/* until all is read */
	MemoryContextReset(kept->context);
	old = MemoryContextSwitchTo(kept->context);
	read_rules(fcinfo, &kept->rules);
	MemoryContextSwitchTo(old);
	return &kept->rules;
}

static Utf8
redact_numbers(const ScanRules *rules, Utf8 body)
{
	char	   *dst;
	size_t		len;

	if (!ccpii_scan_may_find(rules, body.data, body.len))
		return body;
	dst = MemoryContextAllocHuge(CurrentMemoryContext, body.len + 1);
	len = ccpii_redact_numbers(rules, body.data, body.len, dst);
	return len == 0 ? body : (Utf8)
	{
		dst, len
	};
}

static Utf8
redact_emails(Utf8 body)
{
	EmailSpan	span;
	char	   *dst;
	size_t		len = 0;

	if (!ccpii_email_next(body.data, body.len, 0, &span))
		return body;
	dst = MemoryContextAllocHuge(CurrentMemoryContext,
								 ccpii_email_mask_in_bound(body.len) + 1);
	for (size_t at = 0; at < body.len;)
	{
		CHECK_FOR_INTERRUPTS();
		len += ccpii_email_mask_next(body.data, body.len, &at, dst + len);
	}
	return (Utf8)
	{
		dst, len
	};
}

PatternResult
ccpii_redact_match(const RedactRules *rules, int number, Utf8 body,
				   size_t from, size_t *start, size_t *end)
{
	const Utf8 *regex = &rules->patterns[number];
	PatternResult result;

	CHECK_FOR_INTERRUPTS();
	result = ccpii_pattern_next(ccpii_pattern_get(regex->data, regex->len),
								body.data, body.len, from, start, end);
	if (result == PATTERN_FAILED)
		ereport(WARNING,
				errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("pattern %d of redact() could not be searched for in a text of %zu bytes",
					   number + 1, body.len),
				errdetail("The whole text is masked."),
				errhint("Check the pattern with ccpii.pattern_check()."));
	return result;
}

/* One asterisk for each character of each match. */
static Utf8
redact_pattern(const RedactRules *rules, int number, Utf8 body)
{
	char	   *dst = NULL;
	size_t		len = 0;
	size_t		at = 0;
	size_t		start;
	size_t		end;
	PatternResult result;

	while ((result = ccpii_redact_match(rules, number, body, at, &start,
										&end)) == PATTERN_MATCH)
	{
		if (dst == NULL)
			dst = MemoryContextAllocHuge(CurrentMemoryContext, body.len);
		memcpy(dst + len, body.data + at, start - at);
		len += start - at;
		for (at = start; at < end; at++)
		{
			if ((body.data[at] & 0xC0) != 0x80)
				dst[len++] = '*';
		}
	}
	if (result == PATTERN_FAILED)
		return (Utf8)
	{
		MASK_FULL, MASK_FULL_BYTES
	};
	if (dst == NULL)
		return body;
	memcpy(dst + len, body.data + at, body.len - at);
	return (Utf8)
	{
		dst, len + (body.len - at)
	};
}

Utf8
ccpii_redact_utf8(const RedactRules *rules, Utf8 body)
{
	for (int i = 0; i < rules->npatterns; i++)
		body = redact_pattern(rules, i, body);
	if (rules->emails)
		body = redact_emails(body);
	body = redact_numbers(&rules->scan, body);
	if (rules->phones && !rules->scan.phones)
		body = redact_numbers(&ccpii_redact_phones, body);
	return body;
}

text *
ccpii_redact_text(text *value, Redaction redaction, const RedactRules *rules)
{
	Utf8		body = ccpii_encoded_open(value);
	Utf8		made;
	text	   *result = NULL;

	if (body.data != NULL)
	{
		made = redaction(rules, body);
		if (made.data == body.data)
			return value;
		result = ccpii_encoded_close(made);
	}
	return result != NULL ? result : cstring_to_text(MASK_FULL);
}

static void
check_for_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

void
ccpii_redact_init(void)
{
	ccpii_group_pause = check_for_interrupts;
}

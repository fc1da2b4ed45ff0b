/*-------------------------------------------------------------------------
 *
 * redact_face.c
 *	  Redaction of running text as SQL functions.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "text/email_find.h"
#include "text/redact.h"
#include "text/redact_rules.h"

#define ANON_DIGITAL "[anondigitaladdress]" /* LEDGER.md, 178 to 182 */
#define ANON_CONTENT "[anonconversationcontent]"
#define ANON_METADATA "[anonymized]"

/* What a pass over a text finds, gathered. */
typedef struct Spans
{
	Span	   *items;
	size_t		count;
	size_t		size;
} Spans;

PG_FUNCTION_INFO_V1(ccpii_sql_redact);
PG_FUNCTION_INFO_V1(ccpii_sql_find_pii);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_phones_in);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_emails_in);
PG_FUNCTION_INFO_V1(ccpii_sql_anonymize_text);
PG_FUNCTION_INFO_V1(ccpii_sql_ai_text);

static Utf8
anonymize_phones(const RedactRules *rules, Utf8 body)
{
	char	   *dst = MemoryContextAllocHuge(CurrentMemoryContext,
											 ccpii_redact_phones_bound(body.len));
	size_t		len = ccpii_redact_phones_out(body.data, body.len, dst);

	return len == 0 ? body : (Utf8)
	{
		dst, len
	};
}

/* Each address becomes a placeholder. */
static Utf8
anonymize_emails(const RedactRules *rules, Utf8 body)
{
	StringInfoData result;
	EmailSpan	span;
	size_t		at = 0;

	if (!ccpii_email_next(body.data, body.len, 0, &span))
		return body;
	initStringInfo(&result);
	do
	{
		CHECK_FOR_INTERRUPTS();
		appendBinaryStringInfo(&result, body.data + at, span.start - at);
		appendStringInfoString(&result, ANON_DIGITAL);
		at = span.end;
	} while (ccpii_email_next(body.data, body.len, at, &span));
	appendBinaryStringInfo(&result, body.data + at, body.len - at);
	return (Utf8)
	{
		result.data, result.len
	};
}

Datum
ccpii_sql_redact(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(ccpii_redact_text(PG_GETARG_TEXT_PP(0), ccpii_redact_utf8,
									   ccpii_redact_rules(fcinfo)));
}

Datum
ccpii_sql_mask_phones_in(PG_FUNCTION_ARGS)
{
	static const RedactRules rules = {.phones = true};

	PG_RETURN_TEXT_P(ccpii_redact_text(PG_GETARG_TEXT_PP(0), ccpii_redact_utf8, &rules));
}

Datum
ccpii_sql_mask_emails_in(PG_FUNCTION_ARGS)
{
	static const RedactRules rules = {.emails = true};

	PG_RETURN_TEXT_P(ccpii_redact_text(PG_GETARG_TEXT_PP(0), ccpii_redact_utf8, &rules));
}

/*
 * ccpii_sql_ai_text
 *		Raises 22023 unless 0 <= max_digits <= REDACT_MAX_DIGITS.
 */
Datum
ccpii_sql_ai_text(PG_FUNCTION_ARGS)
{
	RedactRules rules = {.scan = {.mode = NUMBER_GROUPED,.keep_dates = true}};

	rules.scan.digits = PG_GETARG_INT32(1);
	if (rules.scan.digits < 0 || rules.scan.digits > REDACT_MAX_DIGITS)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("number of digits must be between 0 and %d",
					   REDACT_MAX_DIGITS),
				errhint("0 masks no numbers."));
	PG_RETURN_TEXT_P(ccpii_redact_text(PG_GETARG_TEXT_PP(0), ccpii_redact_utf8, &rules));
}

/*
 * ccpii_sql_anonymize_text
 *		Raises 22023 for an unknown kind.
 */
Datum
ccpii_sql_anonymize_text(PG_FUNCTION_ARGS)
{
	text	   *body = PG_GETARG_TEXT_PP(0);
	char	   *kind = text_to_cstring(PG_GETARG_TEXT_PP(1));
	bool		is_empty = VARSIZE_ANY_EXHDR(body) == 0;

	if (strcmp(kind, "phone") == 0)
		PG_RETURN_TEXT_P(ccpii_redact_text(body, anonymize_phones, NULL));
	if (strcmp(kind, "digital") == 0)
		PG_RETURN_TEXT_P(ccpii_redact_text(body, anonymize_emails, NULL));
	if (strcmp(kind, "content") == 0)
		PG_RETURN_TEXT_P(is_empty ? body : cstring_to_text(ANON_CONTENT));
	if (strcmp(kind, "metadata") == 0)
		PG_RETURN_TEXT_P(is_empty ? body : cstring_to_text(ANON_METADATA));
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("kind \"%s\" is not known", kind),
			errhint("Kinds are phone, digital, content and metadata."));
}

/*
 * Spans
 */

static void
add_span(Spans *spans, const Span *span)
{
	if (spans->count == spans->size)
	{
		spans->size = Max(16, 2 * spans->size);
		spans->items = spans->items == NULL ?
			palloc(spans->size * sizeof(Span)) :
			repalloc_huge(spans->items, spans->size * sizeof(Span));
	}
	spans->items[spans->count++] = *span;
}

static int
compare_spans(const void *a, const void *b)
{
	const Span *left = a;
	const Span *right = b;

	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	return (int) left->kind - (int) right->kind;
}

/* Add what the rules find, phones or everything else. */
static void
find_numbers(Spans *spans, const ScanRules *rules, Utf8 body)
{
	Scanner		scanner;
	Span		span;

	if (!ccpii_scan_may_find(rules, body.data, body.len))
		return;
	ccpii_scan_begin(&scanner, rules, body.data, body.len);
	while (ccpii_scan_next(&scanner, &span))
	{
		if (rules->phones == (span.kind == SPAN_PHONE))
			add_span(spans, &span);
	}
}

static void
find_emails(Spans *spans, Utf8 body)
{
	EmailSpan	email;
	size_t		from = 0;

	while (ccpii_email_next(body.data, body.len, from, &email))
	{
		Span		span = {
			SPAN_EMAIL, email.start, email.end, email.at, email.end, -1
		};

		CHECK_FOR_INTERRUPTS();
		add_span(spans, &span);
		from = email.end;
	}
}

/* Of a pattern that fails, the whole text. */
static void
find_matches(Spans *spans, const RedactRules *rules, int number, Utf8 body)
{
	Span		span = {SPAN_PATTERN, 0, 0, 0, 0, -1};
	PatternResult result;

	while ((result = ccpii_redact_match(rules, number, body, span.end,
										&span.start, &span.end)) != PATTERN_NONE)
	{
		if (result == PATTERN_FAILED)
		{
			span.start = 0;
			span.end = body.len;
		}
		add_span(spans, &span);
		if (result == PATTERN_FAILED)
			break;
	}
}

/* Number of code points in some UTF-8 bytes. */
static int
count_characters(const char *src, size_t len)
{
	int			count = 0;

	for (size_t i = 0; i < len; i++)
		count += (src[i] & 0xC0) != 0x80;
	return count;
}

static void
put_spans(ReturnSetInfo *rsinfo, const Spans *spans, Utf8 body)
{
	static const char *const names[] = {
		"number", "card", "phone", "email", "pattern"
	};
	size_t		at = 0;
	int			before = 0;		/* characters */

	for (size_t i = 0; i < spans->count; i++)
	{
		const Span *span = &spans->items[i];
		bool		nulls[] = {false, false, false, span->network < 0};
		Datum		values[4];

		before += count_characters(body.data + at, span->start - at);
		at = span->start;
		values[0] = CStringGetTextDatum(names[span->kind]);
		values[1] = Int32GetDatum(before + 1);
		values[2] = Int32GetDatum(count_characters(body.data + at,
												   span->end - at));
		values[3] = nulls[3] ? (Datum) 0 :
			CStringGetTextDatum(ccpii_card_network_name(span->network));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

/*
 * ccpii_sql_find_pii
 *		Raises what ccpii_redact_rules() raises, and 22021 for a text that is
 *		not in UTF-8 and cannot be read so.
 */
Datum
ccpii_sql_find_pii(PG_FUNCTION_ARGS)
{
	const RedactRules *rules;
	ScanRules	numbers;
	Spans		spans = {NULL, 0, 0};
	Utf8		body;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	rules = ccpii_redact_rules(fcinfo);
	body = ccpii_encoded_open(PG_GETARG_TEXT_PP(0));
	if (body.data == NULL)
		ereport(ERROR,
				errcode(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE),
				errmsg("text cannot be read as UTF-8"));
	numbers = rules->scan;
	numbers.phones = false;
	find_numbers(&spans, &numbers, body);
	if (rules->phones)
	{
		/* numbers or not, but for cards */
		numbers = ccpii_redact_phones;
		numbers.cards = rules->scan.cards;
		find_numbers(&spans, &numbers, body);
	}
	if (rules->emails)
		find_emails(&spans, body);
	for (int i = 0; i < rules->npatterns; i++)
		find_matches(&spans, rules, i, body);
	if (spans.count > 1)
		qsort(spans.items, spans.count, sizeof(Span), compare_spans);
	put_spans((ReturnSetInfo *) fcinfo->resultinfo, &spans, body);
	return (Datum) 0;
}

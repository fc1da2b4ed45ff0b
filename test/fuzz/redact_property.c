/*-------------------------------------------------------------------------
 *
 * redact_property.c
 *	  What holds for redacted text in every mode: SEMANTICS.md, 6 and 7.
 *
 * Sources and results live in buffers of exactly the promised size, so that
 * the sanitizers see a byte too many.
 *
 *-------------------------------------------------------------------------
 */
#include "text/digits.h"
#include "text/redact.h"
#include "text/utf8.h"

#include "mask_input.h"
#include "property.h"

#define PROPERTY_INPUTS 20000	/* about two seconds */
#define PROPERTY_MAX_BYTES INPUT_MAX_BYTES

#define LONG_BYTES ((size_t) 1 << 20)

static Bytes
redact(const ScanRules *rules, Bytes in)
{
	Bytes		out = {malloc(in.len > 0 ? in.len : 1), 0};

	out.len = ccpii_redact_numbers(rules, in.data, in.len, out.data);
	if (out.len == 0)
	{
		memcpy(out.data, in.data, in.len);
		out.len = in.len;
	}
	add_to_digest(out.data, out.len);
	return out;
}

/*
 * Is b the text a with nothing changed but digits, to these characters; and
 * where c, if given, has an asterisk, b has one too?
 */
static bool
hides_digits(Bytes a, Bytes b, const char *fills, const Bytes *c)
{
	size_t		at_a = 0;
	size_t		at_b = 0;
	size_t		at_c = 0;

	while (at_a < a.len && at_b < b.len)
	{
		uint32_t	was;
		uint32_t	is;
		uint32_t	other = 0;

		at_a += ccpii_utf8_decode(a.data + at_a, a.len - at_a, &was);
		at_b += ccpii_utf8_decode(b.data + at_b, b.len - at_b, &is);
		if (c != NULL)
			at_c += ccpii_utf8_decode(c->data + at_c, c->len - at_c, &other);
		if (other == '*' && is != '*')
			return false;
		if (was == is)
			continue;
		if (was == UTF8_INVALID || ccpii_utf8_digit(was) < 0 || is >= 0x80 ||
			strchr(fills, (int) is) == NULL)
			return false;
	}
	return at_a == a.len && at_b == b.len;
}

static size_t
longest_run(Bytes text)
{
	size_t		longest = 0;
	size_t		from = 0;
	DigitRun	run;

	while (ccpii_digits_next(text.data, text.len, from, &run))
	{
		if (run.ndigits > longest)
			longest = run.ndigits;
		from = run.end;
	}
	return longest;
}

static void
check_rules(const ScanRules *rules, Bytes in, bool again_too)
{
	const char *fills = rules->phones ? "*X" : "*";
	Bytes		out = redact(rules, in);
	Bytes		again = redact(rules, out);
	ScanRules	other = *rules;
	Bytes		less;

	check(!again_too || same(out, again), "redacting twice is redacting once");
	check(hides_digits(in, out, fills, NULL), "only digits change");
	check(out.len <= in.len, "the text gets no longer");
	if (rules->digits > 0)
	{
		check(longest_run(out) < (size_t) rules->digits,
			  "no run of n digits survives");
		other.mode = NUMBER_CONTIGUOUS;
		less = redact(&other, in);
		check(hides_digits(in, out, fills, &less),
			  "every mode masks what contiguous masks");
		free(less.data);
		other = *rules;
		other.digits++;
		less = redact(&other, in);
		check(hides_digits(in, out, fills, &less), "a smaller n masks a superset");
		free(less.data);
	}
	free(again.data);
	free(out.data);
}

/* Spans are in the text, in order, and say where they begin. */
static void
check_spans(const ScanRules *rules, Bytes in)
{
	Scanner		scanner;
	Span		span;
	size_t		hidden_to = 0;
	bool		alike = true;

	if (!ccpii_scan_may_find(rules, in.data, in.len))
		return;
	ccpii_scan_begin(&scanner, rules, in.data, in.len);
	while (ccpii_scan_next(&scanner, &span))
	{
		alike &= span.start >= hidden_to && span.start < span.end &&
			span.shown >= span.start && span.shown <= span.shown_end &&
			span.shown_end <= span.end && span.end <= in.len;
		hidden_to = span.kind == SPAN_CARD ? span.shown : span.end;
	}
	check(alike, "spans are in order");
}

static void
try_input(const char *data, size_t len)
{
	Bytes		in = {(char *) data, len};

	for (int mode = NUMBER_CONTIGUOUS; mode <= NUMBER_AGGRESSIVE; mode++)
	{
		ScanRules	rules = {.digits = 1 + (int) random_below(12)};

		rules.mode = (NumberMode) mode;
		rules.keep_dates = random_below(4) > 0;
		check_rules(&rules, in, true);
		rules.cards.networks = ccpii_card_default();
		rules.cards.any_grouping = random_below(4) == 0;
		check_spans(&rules, in);
		if (mode != NUMBER_GROUPED)
			continue;
		rules.phones = true;
		rules.keep_dates = true;
		check_spans(&rules, in);
	}

	/*
	 * Where numbers run into each other, what the mask of one shows can be
	 * the beginning of another.
	 */
	check_rules(&ccpii_redact_phones, in, false);
}

#ifndef CCPII_LIBFUZZER

/* Numbers and what stands between them, much denser than in any text. */
static size_t
make_dense(char *input)
{
	static const char *const parts[] = {
		"1", "2", "01", "12", "20", "2024", "31", "415", "555", "0100", "4111",
		"000123", "1234567", " ", " ", "  ", "-", "-", " - ", ".", ".", ",", "'",
		"/", ":", "(", ")", ") ", " (", "+", "_", "*", "**", "x", "ext. ", "a",
		"\n", "$", "tel ", "\xC2\xA0", "\xE2\x80\x8B", "\xD9\xA3", "\xD9\xAC"
	};
	size_t		len = 0;

	for (uint32_t i = 1 + random_below(24); i > 0; i--)
	{
		const char *part = PICK(parts);

		len = append(input, len, part, strlen(part));
	}
	return len;
}

static size_t
make_input(char *input)
{
	return random_below(2) == 0 ? make_dense(input) : copy_value(input);
}

static size_t npauses = 0;

static void
count_pause(void)
{
	npauses++;
}

/* A long text can be cancelled, also where its numbers are read anew. */
static void
try_long(const ScanRules *rules, const char *unit)
{
	size_t		unit_len = strlen(unit);
	Bytes		in = {malloc(LONG_BYTES), LONG_BYTES};

	for (size_t i = 0; i < LONG_BYTES; i++)
		in.data[i] = unit[i % unit_len];
	input_data = in.data;
	input_len = in.len;
	npauses = 0;
	ccpii_group_pause = count_pause;
	free(redact(rules, in).data);
	ccpii_group_pause = NULL;
	check(npauses > 0, "a long text has pauses");
	free(in.data);
}

static void
try_seeds(void)
{
	static const ScanRules numbers = {.digits = 7,.mode = NUMBER_GROUPED};

	try_long(&numbers, "1 ");
	try_long(&numbers, "1,");
	try_long(&ccpii_redact_phones, "12 34 56 78 90, ");
	for (size_t i = 0; i < NPIECES; i++)
	{
		input_data = pieces[i];
		input_len = strlen(pieces[i]);
		try_input(pieces[i], strlen(pieces[i]));
	}
}

#endif							/* CCPII_LIBFUZZER */

#include "property_main.h"

/*-------------------------------------------------------------------------
 *
 * email_property.c
 *	  What holds for every text in which e-mail addresses are looked for, and
 *	  for every canonical form, tried on many inputs.
 *
 *-------------------------------------------------------------------------
 */
#include "text/email.h"
#include "text/email_canonical.h"
#include "text/email_find.h"
#include "text/utf8.h"

#include "mask_input.h"
#include "property.h"

#define PROPERTY_INPUTS 40000	/* about two seconds */
#define PROPERTY_MAX_BYTES INPUT_MAX_BYTES

#define LONG_BYTES ((size_t) 1 << 20)	/* which in square time take hours */

static Bytes
mask_in(Bytes in)
{
	size_t		bound = ccpii_email_mask_in_bound(in.len);
	Bytes		out = {malloc(bound > 0 ? bound : 1), 0};

	out.len = ccpii_email_mask_in(in.data, in.len, out.data);
	check(out.len <= bound, "the result is within its bound");
	add_to_digest(out.data, out.len);
	return out;
}

/* ---------- the properties ---------- */

/*
 * Spans are inside, in order and apart, each with an at-sign between a local
 * part and a domain; without them the text is what the mask leaves.
 */
static void
check_spans(Bytes in, Bytes out)
{
	EmailSpan	span;
	size_t		from = 0;
	size_t		written = 0;
	bool		rest_stays = true;

	while (ccpii_email_next(in.data, in.len, from, &span))
	{
		bool		inside = span.start >= from && span.start < span.at &&
			span.at + span.at_size < span.end && span.end <= in.len;
		size_t		domain = span.at + span.at_size;

		check(inside, "spans are inside, in order and apart");
		if (!inside)
			return;
		check(span.at_size == 1 ? in.data[span.at] == '@' :
			  span.at_size == 3 &&
			  memcmp(in.data + span.at, "\xEF\xBC\xA0", 3) == 0,
			  "an address has an at-sign");
		check(span.end - domain <= 255, "a domain has 255 bytes at most");
		check(span.end - span.start >= EMAIL_MIN_BYTES,
			  "no address is shorter than the shortest");
		check(memchr(in.data + domain, '@', span.end - domain) == NULL &&
			  memchr(in.data + span.start, '\n', span.end - span.start) == NULL,
			  "an address is one address");

		rest_stays = rest_stays &&
			out.len - written >= span.start - from + 5 + span.end - domain &&
			memcmp(out.data + written, in.data + from, span.start - from) == 0 &&
			memcmp(out.data + written + (span.start - from), "****@", 5) == 0 &&
			memcmp(out.data + written + (span.start - from) + 5,
				   in.data + domain, span.end - domain) == 0;
		written += span.start - from + 5 + span.end - domain;
		from = span.end;
	}
	check(rest_stays && out.len - written == in.len - from &&
		  memcmp(out.data + written, in.data + from, in.len - from) == 0,
		  "only local parts go");
}

/* What the mask of one value knows as an address is found in a text. */
static void
check_value(Bytes in, Bytes out)
{
	Bytes		masked = {malloc(in.len + 16), 0};

	masked.len = ccpii_email_mask(in.data, in.len, masked.data);
	if (masked.len > 0 && memcmp(in.data, "****", in.len < 4 ? in.len : 4) != 0)
	{
		/* not so an odd local part, of which what stays is no letter */
		bool		plain = true;
		const char *at = memchr(in.data, '@', in.len);

		for (const char *c = in.data; at != NULL && c < at; c++)
			plain = plain && ((*c >= 'a' && *c <= 'z') || *c == '_');
		if (plain && at != NULL)
			check(same(masked, out), "an address is masked as a value is");
	}
	free(masked.data);
}

static void
check_canonical(Bytes in, EmailCanonicalMode mode)
{
	size_t		bound = ccpii_email_canonical_bound(in.len);
	Bytes		out = {malloc(bound), 0};
	Bytes		exact;
	Bytes		again;

	out.len = ccpii_email_canonical(mode, in.data, in.len, out.data);
	check(out.len <= bound, "a canonical form is within its bound");
	exact = copy_of(out.data, out.len);
	again = (Bytes)
	{
		malloc(ccpii_email_canonical_bound(out.len)), 0
	};
	again.len = ccpii_email_canonical(mode, exact.data, exact.len, again.data);
	check(same(exact, again), "a canonical form is its own");
	add_to_digest(out.data, out.len);
	free(again.data);
	free(exact.data);
	free(out.data);
}

static void
try_input(const char *data, size_t len)
{
	Bytes		in = {(char *) data, len};
	Bytes		out = mask_in(in);
	Bytes		exact = copy_of(out.data, out.len);
	Bytes		again = mask_in(exact);
	EmailSpan	span;

	check(same(out, again), "masking twice is masking once");
	check(!ccpii_email_next(exact.data, exact.len, 0, &span),
		  "no address survives");
	check_spans(in, out);
	check_value(in, out);
	check_canonical(in, EMAIL_CANONICAL_SAFE);
	check_canonical(in, EMAIL_CANONICAL_PROVIDER);
	free(again.data);
	free(exact.data);
	free(out.data);
}

#ifndef CCPII_LIBFUZZER

/* ---------- inputs ---------- */

static const char *const words[] = {
	"john@example.com", "<a@b.c>", "\"john doe\"@example.com", "'o'brien@x.ie'",
	"****@example.com", "mailto:", "@name", "user@[192.168.0.1]", "\"", "\\",
	"user\xEF\xBC\xA0" "example\xEF\xBC\x8E" "com", "@", "\xEF\xBC\xA0", ".", ".com",
	"a", "_", "-", "b.c", "example..com", "\xE8\xB0\xA2", "\xE3\x80\x82",
	"\xE2\x80\x8B", "\xD0\x96", "\xF0\x9F\x93\xA7", "git@github.com:org/repo",
	"://user:pass@host.com", "\xEF\xBB\xBF", "\xE2\x80\x99", "\xCC\x81", "*", "`",
	"=", "?", "gmail.com", "+x", "J.Doe@GMAIL.com", "b\xC3\xBC" "cher.example",
	"\xC3\x9F", "xn--bcher-kva.example", "[IPv6:::1]"
};

/* Words and pieces, nothing between them most of the time; or another value. */
static size_t
make_input(char *input)
{
	size_t		len = 0;

	if (random_below(4) == 0)
		return copy_value(input);
	for (uint32_t nwords = 1 + random_below(8); nwords > 0; nwords--)
	{
		const char *word = random_below(3) > 0 ? PICK(words) : PICK(pieces);

		len = append(input, len, word, strlen(word));
	}
	return len;
}

/* A long text is done with before anybody gives up waiting. */
static void
try_long(const char *unit, const char *end)
{
	size_t		unit_len = strlen(unit);
	size_t		end_len = strlen(end);
	char	   *text = malloc(LONG_BYTES);
	Bytes		in = {text, LONG_BYTES};
	Bytes		out;
	Bytes		again;

	for (size_t i = 0; i < LONG_BYTES; i++)
		text[i] = unit[i % unit_len];
	memcpy(text + LONG_BYTES - end_len, end, end_len);
	input_data = text;
	input_len = LONG_BYTES;
	out = mask_in(in);
	again = mask_in(out);
	check(same(out, again), "a long text is masked once");
	free(again.data);
	free(out.data);
	free(text);
}

static void
try_seeds(void)
{
	static const char *const units[] = {
		"@", "a@", "\"", "a", "a@b.c", "a@b.c ", "\"@", "\"@a.b", "\\\"@a.b",
		"\\", "\\\"", "\"a\\\"@a.b", "@a.b", "a.", ".@a.b", "'@a.b", "[", "@[",
		"a@[1.2.3.4", "\xEF\xBC\xA0", "a\xEF\xBC\xA0" "b.c", "\xEF", "\x80@a.b",
		"\xE8\xB0\xA2", "-@a-", "_@a_.", "****@a.b", "*@a.b"
	};
	static const char *const ends[] = {"", "@example.com", "\"@example.com"};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
	{
		for (size_t j = 0; j < sizeof(ends) / sizeof(ends[0]); j++)
			try_long(units[i], ends[j]);
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		try_copy(words[i], strlen(words[i]));
}

#endif							/* CCPII_LIBFUZZER */

#include "property_main.h"

/*-------------------------------------------------------------------------
 *
 * email_property.c
 *	  What holds for every text in which e-mail addresses are looked for, and
 *	  for every canonical form, tried on many inputs.
 *
 * Built with CCPII_LIBFUZZER it is a libFuzzer target, which aborts at what
 * does not hold; else a program of the arguments and output of
 * mask_property.c.
 *
 *-------------------------------------------------------------------------
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/email.h"
#include "text/email_canonical.h"
#include "text/email_find.h"
#include "text/utf8.h"

#include "mask_input.h"

#define DEFAULT_INPUTS 40000	/* about two seconds */
#define DEFAULT_SEED 20240731
#define MAX_REPORTS 20
#define MAX_PROPERTIES 64

#define LONG_BYTES ((size_t) 1 << 20)	/* of the inputs for the clock */
#define LONG_MAX_NS_PER_BYTE 2000	/* in square time, over 100 times that */

/* A property is known by its text, of which there is one copy. */
static const char *properties[MAX_PROPERTIES];
static bool failed[MAX_PROPERTIES];
static int	nproperties = 0;
static long nchecks = 0;
static long nreports = 0;

/* Of all results, to compare two builds by (FNV-1a). */
static uint64_t digest = UINT64_C(0xCBF29CE484222325);

/* ---------- checking ---------- */

static void
print_bytes(const char *label, Bytes bytes)
{
	printf("  %s \"", label);
	for (size_t i = 0; i < bytes.len && i < INPUT_MAX_BYTES; i++)
	{
		unsigned char byte = (unsigned char) bytes.data[i];

		if (byte >= ' ' && byte < 0x7F && byte != '\\')
			putchar(byte);
		else
			printf("\\x%02X", byte);
	}
	printf("\"\n");
}

static void
check(bool holds, const char *property, Bytes in, Bytes out)
{
	int			i = 0;

	nchecks++;
	while (i < nproperties && properties[i] != property)
		i++;
	if (i == nproperties)
		properties[nproperties++] = property;
	if (holds)
		return;
	failed[i] = true;
	if (++nreports > MAX_REPORTS)
		return;
	printf("not ok: %s\n", property);
	print_bytes("in ", in);
	print_bytes("out", out);
}

static void
add_to_digest(Bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		digest = (digest ^ (unsigned char) bytes.data[i]) *
			UINT64_C(0x100000001B3);
	digest = (digest ^ bytes.len) * UINT64_C(0x100000001B3);
}

static bool
same(Bytes a, Bytes b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static Bytes
mask_in(Bytes in)
{
	size_t		bound = ccpii_email_mask_in_bound(in.len);
	Bytes		out = {malloc(bound > 0 ? bound : 1), 0};

	out.len = ccpii_email_mask_in(in.data, in.len, out.data);
	check(out.len <= bound, "the result is within its bound", in, out);
	add_to_digest(out);
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

		check(inside, "spans are inside, in order and apart", in, out);
		if (!inside)
			return;
		check(span.at_size == 1 ? in.data[span.at] == '@' :
			  span.at_size == 3 &&
			  memcmp(in.data + span.at, "\xEF\xBC\xA0", 3) == 0,
			  "an address has an at-sign", in, out);
		check(span.end - domain <= 255, "a domain has 255 bytes at most",
			  in, out);
		check(span.end - span.start >= EMAIL_MIN_BYTES,
			  "no address is shorter than the shortest", in, out);
		check(memchr(in.data + domain, '@', span.end - domain) == NULL &&
			  memchr(in.data + span.start, '\n', span.end - span.start) == NULL,
			  "an address is one address", in, out);

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
		  "only local parts go", in, out);
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
			check(same(masked, out), "an address is masked as a value is",
				  in, out);
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
	check(out.len <= bound, "a canonical form is within its bound", in, out);
	exact = copy_of(out.data, out.len);
	again = (Bytes)
	{
		malloc(ccpii_email_canonical_bound(out.len)), 0
	};
	again.len = ccpii_email_canonical(mode, exact.data, exact.len, again.data);
	check(same(exact, again), "a canonical form is its own", in, out);
	add_to_digest(out);
	free(again.data);
	free(exact.data);
	free(out.data);
}

static void
check_input(Bytes in)
{
	Bytes		out = mask_in(in);
	Bytes		exact = copy_of(out.data, out.len);
	Bytes		again = mask_in(exact);
	EmailSpan	span;

	check(same(out, again), "masking twice is masking once", in, out);
	check(!ccpii_email_next(exact.data, exact.len, 0, &span),
		  "no address survives", in, out);
	check_spans(in, out);
	check_value(in, out);
	check_canonical(in, EMAIL_CANONICAL_SAFE);
	check_canonical(in, EMAIL_CANONICAL_PROVIDER);
	free(again.data);
	free(exact.data);
	free(out.data);
}

#ifdef CCPII_LIBFUZZER

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Bytes		in = copy_of((const char *) data, size);

	check_input(in);
	free(in.data);
	if (nreports > 0)
	{
		fflush(stdout);
		abort();
	}
	return 0;
}

#else

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

#define NWORDS (sizeof(words) / sizeof(words[0]))

/* Words and pieces, nothing between them most of the time. */
static Bytes
make_text(void)
{
	char		buffer[INPUT_MAX_BYTES];
	size_t		len = 0;
	uint32_t	nwords = 1 + random_below(8);

	while (nwords-- > 0)
	{
		const char *word = random_below(3) > 0 ? words[random_below(NWORDS)] :
			pieces[random_below(NPIECES)];
		size_t		size = strlen(word);

		if (len + size > sizeof(buffer))
			break;
		memcpy(buffer + len, word, size);
		len += size;
	}
	return copy_of(buffer, len);
}

static void
check_clock(const char *unit, const char *end)
{
	size_t		unit_len = strlen(unit);
	size_t		end_len = strlen(end);
	Bytes		in = {malloc(LONG_BYTES), LONG_BYTES};
	Bytes		out;
	struct timespec start;
	struct timespec stop;
	double		ns;

	for (size_t i = 0; i < in.len; i++)
		in.data[i] = unit[i % unit_len];
	memcpy(in.data + in.len - end_len, end, end_len);

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	out = mask_in(in);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &stop);
	ns = 1e9 * (double) (stop.tv_sec - start.tv_sec) +
		(double) (stop.tv_nsec - start.tv_nsec);
	check(ns < LONG_MAX_NS_PER_BYTE * (double) in.len,
		  "a long text takes a time of its length", in, out);
	if (getenv("CCPII_FUZZ_VERBOSE") != NULL)
		printf("# %6.1f ns per byte of \"%s\" ... \"%s\"\n",
			   ns / (double) in.len, unit, end);
	free(out.data);
	free(in.data);
}

static void
check_clocks(void)
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
			check_clock(units[i], ends[j]);
	}
}

int
main(int argc, char **argv)
{
	long		ninputs = argc > 1 ? atol(argv[1]) : DEFAULT_INPUTS;
	int			nfailed = 0;

	random_state = argc > 2 ? strtoull(argv[2], NULL, 10) : DEFAULT_SEED;
	if (ninputs < 0 || random_state == 0)
	{
		fprintf(stderr, "usage: email_property [inputs [seed]], seed not 0\n");
		return 2;
	}

	check_clocks();
	for (size_t i = 0; i < NWORDS; i++)
	{
		Bytes		in = copy_of(words[i], strlen(words[i]));

		check_input(in);
		free(in.data);
	}
	for (long i = 0; i < ninputs; i++)
	{
		Bytes		in = random_below(4) == 0 ? make_value() : make_text();

		check_input(in);
		free(in.data);
	}
	for (int i = 0; i < nproperties; i++)
		nfailed += failed[i];
	printf("# %ld checks, digest of all results %016llX\n", nchecks,
		   (unsigned long long) digest);
	printf("%d passed, %d failed\n", nproperties - nfailed, nfailed);
	return nfailed == 0 ? 0 : 1;
}

#endif							/* CCPII_LIBFUZZER */

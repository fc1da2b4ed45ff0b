/*-------------------------------------------------------------------------
 *
 * mask_property.c
 *	  What holds for every mask and every input, tried on many inputs.
 *
 * Sources and results live in buffers of exactly the promised size, so that
 * the sanitizers see a byte too many.  Built with CCPII_LIBFUZZER it is a
 * libFuzzer target, which aborts at what does not hold.
 *
 *-------------------------------------------------------------------------
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text/card.h"
#include "text/digits.h"
#include "text/mask.h"
#include "text/utf8.h"

#include "mask_input.h"
#include "property.h"

#define PROPERTY_INPUTS 40000	/* about two seconds */
#define PROPERTY_MAX_BYTES INPUT_MAX_BYTES

static Bytes
apply(const TextMask *mask, Bytes in)
{
	size_t		bound = ccpii_mask_bound(mask, in.len);
	Bytes		out = {malloc(bound), 0};

	out.len = ccpii_mask_text(mask, in.data, in.len, out.data);
	check(out.len <= bound, "the result is within its bound");
	add_to_digest(out.data, out.len);
	return out;
}

static bool
is_full(Bytes bytes)
{
	return bytes.len == 4 && memcmp(bytes.data, "****", 4) == 0;
}

static uint32_t
next_code_point(Bytes bytes, size_t *at)
{
	uint32_t	code_point;

	*at += ccpii_utf8_decode(bytes.data + *at, bytes.len - *at, &code_point);
	return code_point;
}

static size_t
count_digits(Bytes bytes)
{
	size_t		count = 0;

	for (size_t at = 0; at < bytes.len;)
		count += ccpii_utf8_digit(next_code_point(bytes, &at)) >= 0;
	return count;
}

static size_t
count_bytes(Bytes bytes, char byte)
{
	size_t		count = 0;

	for (size_t i = 0; i < bytes.len; i++)
		count += bytes.data[i] == byte;
	return count;
}

/* The longest run of digits, found without text/digits. */
static size_t
longest_run(Bytes bytes)
{
	size_t		longest = 0;
	size_t		run = 0;

	for (size_t at = 0; at < bytes.len;)
	{
		run = ccpii_utf8_digit(next_code_point(bytes, &at)) >= 0 ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

/* ---------- the properties ---------- */

/*
 * Code point by code point, out is in except where it has fill; what was
 * replaced is a digit, unless any character may be.  Counts the replaced.
 */
static bool
differs_by_fill(Bytes in, Bytes out, char fill, bool only_digits,
				size_t *count, size_t *replaced)
{
	size_t		in_at = 0;
	size_t		out_at = 0;

	*count = *replaced = 0;
	while (in_at < in.len && out_at < out.len)
	{
		size_t		in_start = in_at;
		size_t		out_start = out_at;
		uint32_t	before = next_code_point(in, &in_at);
		uint32_t	after = next_code_point(out, &out_at);

		++*count;
		if (before == after && in_at - in_start == out_at - out_start &&
			memcmp(in.data + in_start, out.data + out_start,
				   in_at - in_start) == 0)
			continue;
		++*replaced;
		if (after != (unsigned char) fill ||
			(only_digits && ccpii_utf8_digit(before) < 0))
			return false;
	}
	return in_at == in.len && out_at == out.len;
}

static void
check_phone(Bytes in, Bytes out)
{
	size_t		count;
	size_t		replaced;

	check(count_digits(out) <= 4, "at most four digits of a phone survive");
	if (!is_full(out))
		check(differs_by_fill(in, out, 'X', true, &count, &replaced),
			  "a phone keeps its layout");
	check(count_digits(in) == 0 ||
		  count_digits(out) <= (count_digits(in) + count_bytes(in, 'X')) / 2,
		  "half of a phone goes");
}

static void
check_card(Bytes in, Bytes out)
{
	size_t		count;
	size_t		replaced;

	check(count_digits(out) <= 4, "at most four digits of a card survive");
	if (!is_full(out))
		check(differs_by_fill(in, out, '*', true, &count, &replaced),
			  "a card keeps its layout");
}

static void
check_email(Bytes in, Bytes out)
{
	size_t		domain_len;
	const char *domain;
	bool		ends_alike;

	if (is_full(out) || in.len == 0)
		return;
	check(out.len > 5 && memcmp(out.data, "****@", 5) == 0,
		  "an address begins with asterisks");
	domain_len = out.len - 5;
	domain = in.data + in.len - domain_len;
	ends_alike = domain_len < in.len &&
		memcmp(domain, out.data + 5, domain_len) == 0;
	check(ends_alike &&
		  (domain[-1] == '@' ||
		   (domain - in.data > 3 &&
			memcmp(domain - 3, "\xEF\xBC\xA0", 3) == 0)),
		  "only what follows the @ survives");
	check(memchr(out.data + 5, '@', domain_len) == NULL &&
		  memchr(out.data, '\n', out.len) == NULL &&
		  memchr(out.data, ' ', out.len) == NULL,
		  "an address is one address");
}

/* A masked name is words of one letter or none and three asterisks. */
static void
check_name(Bytes in, Bytes out)
{
	size_t		at = 0;
	bool		well_formed = true;

	if (is_full(out) || in.len == 0)
		return;
	while (at < out.len && well_formed)
	{
		size_t		word = at;
		size_t		next = at;

		if (ccpii_utf8_is_letter(next_code_point(out, &next)))
			word = next;
		well_formed = out.len - word >= 3 &&
			memcmp(out.data + word, "***", 3) == 0 &&
			(word + 3 == out.len ||
			 (out.data[word + 3] == ' ' && word + 4 < out.len));
		at = word + 4;
	}
	check(well_formed, "a name shows one letter of a word");
}

static void
check_digits(const TextMask *mask, Bytes in, Bytes out)
{
	TextMask	stricter = *mask;
	size_t		count;
	size_t		replaced;
	Bytes		more;

	check(longest_run(out) < (size_t) mask->digits,
		  "no run of n digits survives");
	check(differs_by_fill(in, out, '*', true, &count, &replaced),
		  "only digits change, to one asterisk each");
	check(out.len <= in.len, "the text gets no longer");

	if (mask->digits > 1)
	{
		stricter.digits = mask->digits - 1;
		more = apply(&stricter, in);
		check(differs_by_fill(out, more, '*', true, &count, &replaced),
			  "a smaller n masks a superset");
		free(more.data);
	}
}

/* Can what stands beside a run of digits make it something else than a card? */
static bool
is_doubtful(Bytes out, const DigitRun *run)
{
	unsigned char before = run->start > 0 ?
		(unsigned char) out.data[run->start - 1] : ' ';
	unsigned char behind = run->end < out.len ?
		(unsigned char) out.data[run->end] : ' ';

	/* in a URL it is none */
	for (size_t at = 0; at + 3 <= run->start; at++)
	{
		if (memcmp(out.data + at, "://", 3) == 0 ||
			strncasecmp(out.data + at, "www.", 4) == 0)
			return true;
	}
	return before >= 0x80 || behind >= 0x80 ||
		strchr("+.", before) != NULL || isxdigit(before) || isxdigit(behind);
}

/* No whole run of digits is a card any more. */
static void
check_cards(Bytes in, Bytes out)
{
	size_t		count;
	size_t		replaced;
	size_t		from = 0;
	DigitRun	run;

	check(differs_by_fill(in, out, '*', true, &count, &replaced),
		  "only digits change, to one asterisk each");
	while (ccpii_digits_next(out.data, out.len, from, &run))
	{
		uint8_t		digits[CARD_MAX_DIGITS];
		size_t		at = run.start;

		from = run.end;
		if (run.ndigits > CARD_MAX_DIGITS || is_doubtful(out, &run))
			continue;
		for (size_t i = 0; i < run.ndigits; i++)
			digits[i] = (uint8_t) ccpii_utf8_digit(next_code_point(out, &at));
		check(at == run.end, "a run is as long as it says");
		check(!ccpii_card_check(digits, run.ndigits),
			  "no card survives");
	}
}

static void
check_partial(const TextMask *mask, Bytes in, Bytes out)
{
	size_t		count;
	size_t		replaced;

	check(differs_by_fill(in, out, mask->fill, false, &count, &replaced),
		  "partial keeps the number of characters");
	check(count_bytes(out, mask->fill) >= count - count / 2,
		  "half of a text goes");
}

static void
check_mask(const TextMask *mask, Bytes in)
{
	Bytes		out;
	Bytes		again;

	(void) snprintf(input_note, sizeof(input_note),
					"kind %d, digits %d, prefix %d, suffix %d",
					mask->kind, mask->digits, mask->prefix, mask->suffix);
	out = apply(mask, in);
	again = apply(mask, out);

	check(same(out, again), "masking twice is masking once");
	check((in.len == 0) == (out.len == 0),
		  "only the empty text becomes empty");

	switch (mask->kind)
	{
		case TEXT_MASK_FULL:
			check(in.len == 0 || is_full(out), "full is full");
			break;
		case TEXT_MASK_PHONE:
			check_phone(in, out);
			break;
		case TEXT_MASK_EMAIL:
			check_email(in, out);
			break;
		case TEXT_MASK_CARD:
			check_card(in, out);
			break;
		case TEXT_MASK_NAME:
			check_name(in, out);
			break;
		case TEXT_MASK_DIGITS:
			check_digits(mask, in, out);
			break;
		case TEXT_MASK_CARDS:
			check_cards(in, out);
			break;
		case TEXT_MASK_PARTIAL:
			check_partial(mask, in, out);
			break;
	}
	free(again.data);
	free(out.data);
}

static void
check_input(Bytes in)
{
	static const char fills[] = "*X-0 a";
	TextMask	mask = {.kind = TEXT_MASK_FULL};

	for (int kind = TEXT_MASK_FULL; kind <= TEXT_MASK_PARTIAL; kind++)
	{
		mask.kind = (TextMaskKind) kind;
		mask.digits = 1 + (int) random_below(MASK_MAX_DIGITS);
		mask.prefix = (int) random_below(6);
		mask.suffix = (int) random_below(6);
		mask.fill = fills[random_below(sizeof(fills) - 1)];
		check_mask(&mask, in);
	}
	mask.kind = TEXT_MASK_DIGITS;
	mask.digits = 1 + (int) random_below(8);
	check_mask(&mask, in);
}

static void
try_input(const char *data, size_t len)
{
	Bytes		in = {(char *) data, len};

	check_input(in);
}

#ifndef CCPII_LIBFUZZER

/* ---------- every code point ---------- */

static size_t
encode(uint32_t code_point, char *dst)
{
	if (code_point < 0x80)
	{
		dst[0] = (char) code_point;
		return 1;
	}
	if (code_point < 0x800)
	{
		dst[0] = (char) (0xC0 | (code_point >> 6));
		dst[1] = (char) (0x80 | (code_point & 0x3F));
		return 2;
	}
	if (code_point < 0x10000)
	{
		dst[0] = (char) (0xE0 | (code_point >> 12));
		dst[1] = (char) (0x80 | ((code_point >> 6) & 0x3F));
		dst[2] = (char) (0x80 | (code_point & 0x3F));
		return 3;
	}
	dst[0] = (char) (0xF0 | (code_point >> 18));
	dst[1] = (char) (0x80 | ((code_point >> 12) & 0x3F));
	dst[2] = (char) (0x80 | ((code_point >> 6) & 0x3F));
	dst[3] = (char) (0x80 | (code_point & 0x3F));
	return 4;
}

/*
 * Decoding is the inverse of encoding, no code point is in two classes, and
 * the scanner, which looks at first bytes only, misses no digit.
 */
static void
check_code_points(void)
{
	for (uint32_t code_point = 0; code_point <= 0x110010; code_point++)
	{
		char		buffer[4];
		Bytes		in = copy_of(buffer, encode(code_point, buffer));
		bool		valid = code_point <= 0x10FFFF &&
			(code_point < 0xD800 || code_point > 0xDFFF);
		bool		digit = valid && ccpii_utf8_digit(code_point) >= 0;
		uint32_t	decoded;
		size_t		size = ccpii_utf8_decode(in.data, in.len, &decoded);
		DigitRun	run;

		check(valid ? decoded == code_point && size == in.len :
			  decoded == UTF8_INVALID && size == 1,
			  "decoding inverts encoding");
		check(ccpii_digits_next(in.data, in.len, 0, &run) == digit,
			  "the scanner finds the digits");
		check(digit + ccpii_utf8_is_letter(code_point) +
			  ccpii_utf8_is_mark(code_point) +
			  ccpii_utf8_is_space(code_point) +
			  ccpii_utf8_is_hyphen(code_point) <= 1,
			  "the classes are disjoint");
		free(in.data);
	}
}

static void
try_seeds(void)
{
	check_code_points();
	for (size_t i = 0; i < NPIECES; i++)
		try_copy(pieces[i], strlen(pieces[i]));
}

static size_t
make_input(char *input)
{
	return copy_value(input);
}

#endif							/* CCPII_LIBFUZZER */

#include "property_main.h"

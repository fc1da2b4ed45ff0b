/*-------------------------------------------------------------------------
 *
 * pattern_property.c
 *	  What holds for every regex in every text: an input is a regex, a zero
 *	  byte and a text.
 *
 *-------------------------------------------------------------------------
 */
#include "text/pattern.h"
#include "text/utf8.h"

#include "property.h"

#define PROPERTY_INPUTS 20000	/* about two seconds */
#define PROPERTY_MAX_BYTES 512

#define LONG_BYTES ((size_t) 1 << 20)

static PatternEngine *engine = NULL;
static size_t nallocated = 0;
static bool no_memory = false;

static void *
allocate(size_t size, void *context)
{
	void	   *memory = no_memory ? NULL : malloc(size);

	(void) context;
	nallocated += memory != NULL;
	return memory;
}

static void
release(void *memory, void *context)
{
	(void) context;
	nallocated -= memory != NULL;
	free(memory);
}

static void
pause_search(void)
{
}

static void
start(void)
{
	PatternHost host = {
		.allocate = allocate,.release = release,.pause = pause_search
	};

	if (engine != NULL)
		return;
	no_memory = true;
	check(ccpii_pattern_engine_create(&host) == NULL,
		  "no engine without memory");
	no_memory = false;
	engine = ccpii_pattern_engine_create(&host);
	if (engine == NULL)
		abort();
}

static bool
is_utf8(const char *src, size_t len)
{
	uint32_t	code_point;

	for (size_t at = 0; at < len;)
	{
		at += ccpii_utf8_decode(src + at, len - at, &code_point);
		if (code_point == UTF8_INVALID)
			return false;
	}
	return true;
}

static bool
is_boundary(const char *src, size_t len, size_t at)
{
	return at == len || ((unsigned char) src[at] & 0xC0) != 0x80;
}

/* Find all matches; returns how many. */
static size_t
check_spans(const Pattern *pattern, const char *src, size_t len)
{
	size_t		count = 0;
	size_t		from = 0;
	size_t		begin = 0;
	size_t		end = 0;
	bool		valid = is_utf8(src, len);
	PatternResult result;

	while ((result = ccpii_pattern_next(pattern, src, len, from, &begin,
										&end)) == PATTERN_MATCH)
	{
		bool		inside = from <= begin && begin < end && end <= len;

		check(inside, "matches are in order, inside the text, not empty");
		if (!inside)
			return count;
		check(is_boundary(src, len, begin) && is_boundary(src, len, end),
			  "matches do not cut characters");
		add_to_digest(&begin, sizeof(begin));
		add_to_digest(&end, sizeof(end));
		from = end;
		count++;
	}
	add_to_digest(&result, sizeof(result));
	check(valid || (result == PATTERN_FAILED && count == 0),
		  "a text that is not UTF-8 fails");
	return count;
}

static Pattern *
compile(const char *regex, size_t len)
{
	size_t		before;
	Pattern    *pattern;
	PatternError error;

	start();
	before = nallocated;
	no_memory = true;
	check(ccpii_pattern_compile(engine, regex, len, &error) == NULL &&
		  error.text[0] != '\0' && nallocated == before,
		  "no pattern without memory, and nothing is left of it");
	no_memory = false;

	pattern = ccpii_pattern_compile(engine, regex, len, &error);
	if (pattern != NULL)
		return pattern;
	check(error.text[0] != '\0' && error.character <= len + 1 &&
		  !error.no_memory, "an error says what and where");
	check(nallocated == before, "nothing is left of an error");
	return NULL;
}

static void
try_input(const char *data, size_t len)
{
	const char *zero = memchr(data, '\0', len);
	size_t		regex_len = zero == NULL ? len : (size_t) (zero - data);
	size_t		text_len = zero == NULL ? 0 : len - regex_len - 1;
	Pattern    *pattern = compile(data, regex_len);
	char	   *text;

	add_to_digest(&regex_len, sizeof(regex_len));
	if (pattern == NULL)
		return;
	check(is_utf8(data, regex_len), "a regex is UTF-8");
	text = malloc(text_len > 0 ? text_len : 1);
	memcpy(text, data + len - text_len, text_len);
	(void) check_spans(pattern, text, text_len);
	free(text);
	ccpii_pattern_free(pattern);
}

#ifndef CCPII_LIBFUZZER

static const char *const regex_pieces[] = {
	"a", "b", "ab", "1", "\\d", "\\w+", "(", ")", "(", ")", "(?:", ")", "[",
	"]", "[ab]", "[^a]", "*", "+", "?", "*?", "+?", "++", "{2}", "{0,2}", "|",
	"|", "^", "$", "\\b", ".", ".*", "\\K", "(?=", "(?!", "(?<=", "(?<!",
	"(?>", "(?|", "\\1", "(?R)", "(?1)", "(?(1)", "(?(DEFINE)", "(?<n>", "\\k<n>",
	"\xC3\xA9", "\\p{L}", "\\X", "\\R", "\\h", "\\s", "\\Q", "\\E", "(?i)", "(?x)",
	"(?s)", "(?m)", "\\x{e9}", "(*F)", "(*ACCEPT)", "(*PRUNE)", "(*THEN)", "(*SKIP)",
	"(*COMMIT)", "(*UTF)", "(?C)", "\\C", "\\G", "\\A", "\\z", "\\Z", "\\N", "#", " ",
	"(*LIMIT_MATCH=1)", "(*sr:", "\\\\", "\xFF"
};

static const char *const text_pieces[] = {
	"a", "a", "a", "b", "b", "ab", "aab", "1", "11", " ", "\n", "\r\n", "\xC3\xA9",
	"\xC3\x89", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "e\xCC\x81", "-", "_",
	"\xE2\x80\xA8"
};

static size_t
make_input(char *input)
{
	size_t		len = 0;

	for (uint32_t n = 1 + random_below(12); n > 0; n--)
	{
		const char *piece = PICK(regex_pieces);

		memcpy(input + len, piece, strlen(piece));
		len += strlen(piece);
	}
	input[len++] = '\0';
	for (uint32_t n = random_below(60); n > 0; n--)
	{
		const char *piece = PICK(text_pieces);

		memcpy(input + len, piece, strlen(piece));
		len += strlen(piece);
	}
	if (random_below(20) == 0)
		input[len++] = '\xFF';
	return len;
}

/* How many matches are in a text of len bytes, a unit repeated? */
static size_t
count_in_long(const char *regex, const char *unit, size_t len)
{
	char	   *text = malloc(len);
	Pattern    *pattern = compile(regex, strlen(regex));
	size_t		count;

	for (size_t at = 0; at < len; at++)
		text[at] = unit[at % strlen(unit)];
	count = check_spans(pattern, text, len);
	ccpii_pattern_free(pattern);
	free(text);
	return count;
}

/* What the check says of a regex, "" if nothing. */
static const char *
answer(const char *regex)
{
	static PatternError error;
	Pattern    *pattern = compile(regex, strlen(regex));

	error.text[0] = '\0';
	if (pattern != NULL)
	{
		(void) ccpii_pattern_try(pattern, regex, strlen(regex), &error);
		ccpii_pattern_free(pattern);
	}
	return error.text;
}

static void
try_seeds(void)
{
	Pattern    *pattern = compile("(a+)+$", 6);
	size_t		begin;
	size_t		end;

	check(ccpii_pattern_next(pattern, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 33, 0,
							 &begin, &end) == PATTERN_FAILED,
		  "a search in all the ways there are fails");
	ccpii_pattern_free(pattern);
	check(strcmp(answer("(a+)+$"), "") != 0, "the check finds it");
	check(strcmp(answer("a*?"), "") == 0 && strcmp(answer("\\b"), "") != 0,
		  "empty matches are no matches");

	check(count_in_long("\\d{5,}", "order 12345 ok, ", LONG_BYTES) ==
		  LONG_BYTES / 16, "a long text is searched to its end");
	check(count_in_long("(?:\\d[ -]?){7,}", "1 ", LONG_BYTES) == 0,
		  "what is longer than the limits fails");
	check(count_in_long("(?:\\d[ -]?){7,}", "1 ", 100000) == 1 &&
		  count_in_long("(?:\\d[ -]?){7,}", "1", 50000) == 1,
		  "what is long by all sense is within the limits");
	check(count_in_long("\\d+x", "1", 10000) == 0,
		  "a text without a match ends");
}

#endif							/* CCPII_LIBFUZZER */

#include "property_main.h"

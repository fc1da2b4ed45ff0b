/*-------------------------------------------------------------------------
 *
 * pattern.c
 *	  Regexes of users, searched within limits: PCRE2.
 *
 * PCRE2 counts steps for each place where a match could start, so its limits
 * bound what one such place costs, not a search.  A search therefore asks for
 * a window of such places at a time and pauses in between.  Its result does
 * not depend on the windows, since regexes in which the place where a search
 * starts has a meaning are refused.
 *
 *-------------------------------------------------------------------------
 */
#define PCRE2_CODE_UNIT_WIDTH 8

#include <pcre2.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "text/pattern.h"
#include "text/utf8.h"

/*
 * For one place to start at: under a millisecond.  A group that repeats for
 * 50,000 characters is within them.
 */
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 100000		/* not for machine code */
#define HEAP_LIMIT_KB 20480		/* not for machine code */

/* Of machine code; without a stack of ours it has 32 kB (pcre2jit). */
#define JIT_STACK_MIN_BYTES (32 * 1024)
#define JIT_STACK_MAX_BYTES (4 * 1024 * 1024)

/*
 * Places to start at between two pauses, which then are under a second apart
 * for nearly all regexes.  What PCRE2 learns of a text at one place it forgets
 * with the window, so small ones have a price.  test/fuzz/run builds others.
 */
#ifndef WINDOW_MAX_BYTES
#define WINDOW_MIN_BYTES 16
#define WINDOW_MAX_BYTES 1024
#endif
#define WINDOW_STEPS ((size_t) 1 << 27) /* each may read all that follows */

#define TRIAL_BYTES 5000		/* of what is repeated in a trial text */
#define TRIAL_WORDS 40			/* of a regex that are tried */

struct PatternEngine
{
	PatternHost host;
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	pcre2_match_data *data;
	pcre2_jit_stack *stack;		/* NULL: there is no machine code */
};

struct Pattern
{
	PatternEngine *engine;
	pcre2_code *code;
};

/* A text to try a regex on: something repeated, and an end that is not it. */
typedef struct Trial
{
	const Pattern *pattern;
	const char *regex;
	size_t		regex_len;
	bool		found;			/* a match so far */
	bool		found_empty;
	PatternError *error;
	char		text[TRIAL_BYTES + 1 + PATTERN_MAX_BYTES + 0x7F];
} Trial;

/* ---------- engine ---------- */

PatternEngine *
ccpii_pattern_engine_create(const PatternHost *host)
{
	PatternEngine *engine = host->allocate(sizeof(PatternEngine),
										   host->context);
	pcre2_general_context *memory;
	int			newline = PCRE2_NEWLINE_LF; /* whatever PCRE2 was built for */

	if (engine == NULL)
		return NULL;
	memset(engine, 0, sizeof(PatternEngine));
	engine->host = *host;
	memory = pcre2_general_context_create(host->allocate, host->release,
										  host->context);
	if (memory != NULL)
	{
		engine->compile = pcre2_compile_context_create(memory);
		engine->match = pcre2_match_context_create(memory);
		engine->data = pcre2_match_data_create(1, memory);
		engine->stack = pcre2_jit_stack_create(JIT_STACK_MIN_BYTES,
											   JIT_STACK_MAX_BYTES, memory);
		pcre2_general_context_free(memory);
	}
	if (engine->compile == NULL || engine->match == NULL ||
		engine->data == NULL)
	{
		ccpii_pattern_engine_free(engine);
		return NULL;
	}

	(void) pcre2_set_newline(engine->compile, newline);
	(void) pcre2_set_bsr(engine->compile, PCRE2_BSR_UNICODE);
	(void) pcre2_set_match_limit(engine->match, MATCH_LIMIT);
	(void) pcre2_set_depth_limit(engine->match, DEPTH_LIMIT);
	(void) pcre2_set_heap_limit(engine->match, HEAP_LIMIT_KB);
	if (engine->stack != NULL)
		pcre2_jit_stack_assign(engine->match, NULL, engine->stack);
	return engine;
}

void
ccpii_pattern_engine_free(PatternEngine *engine)
{
	PatternHost host = engine->host;

	pcre2_jit_stack_free(engine->stack);
	pcre2_match_data_free(engine->data);
	pcre2_match_context_free(engine->match);
	pcre2_compile_context_free(engine->compile);
	host.release(engine, host.context);
}

/* ---------- compiling ---------- */

static void
set_error(PatternError *error, const char *text, const char *regex,
		  size_t offset)
{
	memset(error, 0, sizeof(PatternError));
	(void) snprintf(error->text, sizeof(error->text), "%s", text);
	if (regex == NULL)
		return;
	error->character = 1;
	for (size_t at = 0; at < offset;)
	{
		uint32_t	code_point;

		at += ccpii_utf8_decode(regex + at, offset - at, &code_point);
		error->character++;
	}
}

static bool
starts_with(const char *src, size_t len, const char *word)
{
	size_t		word_len = strlen(word);

	return len >= word_len && memcmp(src, word, word_len) == 0;
}

/*
 * Does a group call itself or another one here, as in (?R), (?1) or \g<name>?
 * Machine code does not count such calls: nothing bounds what they cost.
 */
static bool
is_call(const char *src, size_t len)
{
	static const char *const calls[] = {"(?R", "(?P>", "(?&", "\\g<", "\\g'"};
	size_t		at = 2;

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
	{
		if (starts_with(src, len, calls[i]))
			return true;
	}
	if (!starts_with(src, len, "(?"))
		return false;
	if (at < len && (src[at] == '+' || src[at] == '-'))
		at++;
	return at < len && src[at] >= '0' && src[at] <= '9';
}

/*
 * is_admitted
 *		Is there nothing in a regex that we refuse and PCRE2 would take?  Where
 *		it stands for itself, as in a character class, it is refused too.
 */
static bool
is_admitted(const char *regex, size_t len, PatternError *error)
{
	if (len == 0 || len > PATTERN_MAX_BYTES)
	{
		char		text[40] = "it is empty";

		if (len > 0)
			(void) snprintf(text, sizeof(text), "it is longer than %d bytes",
							PATTERN_MAX_BYTES);
		set_error(error, text, NULL, 0);
		return false;
	}
	if (len > 2 && starts_with(regex, len, "(*") && regex[2] >= 'A' &&
		regex[2] <= 'Z')
	{
		set_error(error, "settings and verbs cannot stand at the start",
				  regex, 0);
		return false;
	}
	for (size_t at = 0; at < len; at++)
	{
		if (starts_with(regex + at, len - at, "\\G") ||
			starts_with(regex + at, len - at, "(*COMMIT") ||
			starts_with(regex + at, len - at, "(*SKIP"))
		{
			set_error(error, "\\G, (*COMMIT) and (*SKIP) are not supported",
					  regex, at);
			return false;
		}
		if (is_call(regex + at, len - at))
		{
			set_error(error, "groups cannot be called", regex, at);
			return false;
		}
		if (regex[at] == '\\')
			at++;				/* whatever follows is part of it */
	}
	return true;
}

static int
is_callout(pcre2_callout_enumerate_block * callout, void *unused)
{
	(void) callout;
	(void) unused;
	return 1;
}

Pattern *
ccpii_pattern_compile(PatternEngine *engine, const char *regex, size_t len,
					  PatternError *error)
{
	Pattern    *pattern;
	int			status;
	PCRE2_SIZE	offset;

	if (!is_admitted(regex, len, error))
		return NULL;
	pattern = engine->host.allocate(sizeof(Pattern), engine->host.context);
	if (pattern == NULL)
	{
		set_error(error, "out of memory", NULL, 0);
		error->no_memory = true;
		return NULL;
	}
	pattern->engine = engine;
	pattern->code = pcre2_compile((PCRE2_SPTR) regex, len,
								  PCRE2_UTF | PCRE2_UCP |
								  PCRE2_NEVER_BACKSLASH_C |
								  PCRE2_USE_OFFSET_LIMIT,
								  &status, &offset, engine->compile);
	if (pattern->code == NULL)
	{
		PCRE2_UCHAR message[sizeof(error->text)];

		(void) pcre2_get_error_message(status, message, sizeof(message));
		set_error(error, (char *) message, regex, offset < len ? offset : len);
		error->no_memory = status == PCRE2_ERROR_HEAP_FAILED;
		ccpii_pattern_free(pattern);
		return NULL;
	}
	if (pcre2_callout_enumerate(pattern->code, is_callout, NULL) != 0)
	{
		set_error(error, "callouts are not supported", NULL, 0);
		ccpii_pattern_free(pattern);
		return NULL;
	}
	/* where this cannot be done, PCRE2 interprets the regex */
	if (engine->stack != NULL)
		(void) pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	return pattern;
}

void
ccpii_pattern_free(Pattern *pattern)
{
	PatternHost *host = &pattern->engine->host;

	pcre2_code_free(pattern->code);
	host->release(pattern, host->context);
}

/* ---------- searching ---------- */

static inline bool
is_inside_character(const char *src, size_t at)
{
	return ((unsigned char) src[at] & 0xC0) == 0x80;
}

/*
 * search
 *		ccpii_pattern_next(), and with options 0 empty matches too: there
 *		*start <= *end.
 */
static PatternResult
search(const Pattern *pattern, const char *src, size_t len, size_t from,
	   uint32_t options, size_t *start, size_t *end)
{
	PatternEngine *engine = pattern->engine;
	size_t		at = from;

	for (;;)
	{
		size_t		window = WINDOW_STEPS / (len - at + 1);
		size_t		next;
		bool		last;
		int			status;

		if (window > WINDOW_MAX_BYTES)
			window = WINDOW_MAX_BYTES;
		if (window < WINDOW_MIN_BYTES)
			window = WINDOW_MIN_BYTES;
		last = len - at < window;
		next = last ? len : at + window;
		while (next < len && is_inside_character(src, next))
			next++;

		(void) pcre2_set_offset_limit(engine->match,
									  last ? PCRE2_UNSET : next - 1);
		status = pcre2_match(pattern->code, (PCRE2_SPTR) src, len, at,
							 options | (at > 0 ? PCRE2_NO_UTF_CHECK : 0),
							 engine->data, engine->match);
		if (status >= 0)
			break;
		if (status != PCRE2_ERROR_NOMATCH)
			return PATTERN_FAILED;
		if (last)
			return PATTERN_NONE;
		at = next;
		engine->host.pause();
	}

	*start = pcre2_get_ovector_pointer(engine->data)[0];
	*end = pcre2_get_ovector_pointer(engine->data)[1];
	/* \K in what looks ahead or behind can put them anywhere */
	if (*start < from || *end < *start || *end > len)
		return PATTERN_FAILED;
	return PATTERN_MATCH;
}

PatternResult
ccpii_pattern_next(const Pattern *pattern, const char *src, size_t len,
				   size_t from, size_t *start, size_t *end)
{
	PatternResult result = search(pattern, src, len, from, PCRE2_NOTEMPTY,
								  start, end);

	/* so that who asks again moves on, whatever PCRE2 holds for empty */
	if (result == PATTERN_MATCH && *end == *start)
		return PATTERN_FAILED;
	return result;
}

/* ---------- trying ---------- */

/*
 * try_unit
 *		Search in a unit repeated, the regex itself, and each ASCII character:
 *		that a match could go on to the end, and then cannot, is what makes
 *		regexes try all the other ways.
 */
static bool
try_unit(Trial *trial, const char *unit, size_t unit_len)
{
	size_t		len = 0;
	size_t		from = 0;
	size_t		start;
	size_t		end;
	PatternResult result;

	while (len + unit_len <= TRIAL_BYTES)
	{
		memcpy(trial->text + len, unit, unit_len);
		len += unit_len;
	}
	trial->text[len++] = '!';
	memcpy(trial->text + len, trial->regex, trial->regex_len);
	len += trial->regex_len;
	for (char byte = 1; byte < 0x7F; byte++)
		trial->text[len++] = byte;

	while ((result = ccpii_pattern_next(trial->pattern, trial->text, len, from,
										&start, &end)) == PATTERN_MATCH)
	{
		trial->found = true;
		from = end;
	}
	if (result != PATTERN_FAILED && !trial->found && !trial->found_empty)
	{
		result = search(trial->pattern, trial->text, len, 0, 0, &start, &end);
		trial->found_empty = result == PATTERN_MATCH;
	}
	if (result == PATTERN_FAILED)
	{
		char		text[120];
		size_t		shown = unit_len;

		if (shown > 40)
		{
			shown = 40;
			while (is_inside_character(unit, shown))
				shown--;
		}
		(void) snprintf(text, sizeof(text),
						"it gives up on \"%.*s\" repeated to %d bytes",
						(int) shown, unit, TRIAL_BYTES);
		set_error(trial->error, text, NULL, 0);
	}
	return result != PATTERN_FAILED;
}

static inline bool
is_of_word(char byte)
{
	return (unsigned char) byte >= 0x80 || (byte >= '0' && byte <= '9') ||
		((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* Each character of the regex, and its words. */
static bool
try_parts(Trial *trial)
{
	bool		tried[0x80] = {false};
	const char *regex = trial->regex;
	size_t		len = trial->regex_len;
	int			nwords = 0;

	for (size_t at = 0; at < len;)
	{
		uint32_t	code_point;
		size_t		size = ccpii_utf8_decode(regex + at, len - at, &code_point);

		if (code_point >= 0x80 || !tried[code_point])
		{
			if (!try_unit(trial, regex + at, size))
				return false;
			if (code_point < 0x80)
				tried[code_point] = true;
		}
		at += size;
	}
	for (size_t at = 0; at < len && nwords < TRIAL_WORDS; at++)
	{
		size_t		start = at;

		while (at < len && is_of_word(regex[at]))
			at++;
		if (at - start > 1)
		{
			nwords++;
			if (!try_unit(trial, regex + start, at - start))
				return false;
		}
	}
	return true;
}

bool
ccpii_pattern_try(const Pattern *pattern, const char *regex, size_t len,
				  PatternError *error)
{
	static const char *const units[] = {
		"a", "A", "1", " ", "-", ".", "\n", "a ", "1 ", "a1", "1-", "1.", "ab",
		"a.", "a@", "a\n", "\xC3\xA9", "\xE4\xB8\x80", "\xD9\xA3"
	};
	Trial		trial;

	trial.pattern = pattern;
	trial.regex = regex;
	trial.regex_len = len;
	trial.found = trial.found_empty = false;
	trial.error = error;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
	{
		if (!try_unit(&trial, units[i], strlen(units[i])))
			return false;
	}
	if (!try_parts(&trial) || !try_unit(&trial, regex, len))
		return false;
	if (trial.found_empty && !trial.found)
	{
		set_error(error, "it matches only the empty text", NULL, 0);
		return false;
	}
	return true;
}

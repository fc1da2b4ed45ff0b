/*-------------------------------------------------------------------------
 *
 * pattern.h
 *	  Regexes of users, searched within limits.
 *
 * A regex is one of PCRE2, of UTF-8 text and with Unicode's classes (PCRE2_UTF,
 * PCRE2_UCP).  What a search may cost is limited: of PCRE2's limits each makes
 * it fail, and whoever asked hides the whole text then.  Nothing here needs a
 * server; text/pattern_cache is how a server asks.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PATTERN_H
#define CCPII_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#define PATTERN_MAX_BYTES 1000	/* of a regex */

/* What the engine needs of whom it works for. */
typedef struct PatternHost
{
	/* NULL if there is no memory; neither of the two ever raises */
	void	   *(*allocate) (size_t size, void *context);
	void		(*release) (void *memory, void *context);
	void	   *context;		/* is passed to both */
	void		(*pause) (void);	/* called in long searches; may raise */
} PatternHost;

/* Limits, and room to search in, of all patterns of a process. */
typedef struct PatternEngine PatternEngine;

/* A compiled regex. */
typedef struct Pattern Pattern;

typedef enum PatternResult
{
	PATTERN_NONE,
	PATTERN_MATCH,
	PATTERN_FAILED				/* a limit, or text that is not UTF-8 */
} PatternResult;

typedef struct PatternError
{
	char		text[200];		/* what is wrong, in UTF-8 */
	size_t		character;		/* where, counted from 1; 0: as a whole */
	bool		no_memory;		/* nothing is wrong with the regex */
} PatternError;

/*
 * ccpii_pattern_engine_create
 *		Make an engine; NULL if there is no memory.  *host is copied.
 */
extern PatternEngine *ccpii_pattern_engine_create(const PatternHost *host);

/* Free an engine, of which no pattern is left. */
extern void ccpii_pattern_engine_free(PatternEngine *engine);

/*
 * ccpii_pattern_compile
 *		Compile a regex, into machine code where PCRE2 can.
 *
 * regex, len	bytes, not NUL-terminated; they need not be valid
 * error		out: what is wrong, if NULL is returned
 *
 * Besides what PCRE2 cannot read, refused are the empty regex, one of more
 * than PATTERN_MAX_BYTES, \C, callouts, settings such as (*LIMIT_MATCH=1) and
 * other verbs at the start, and what lets a search depend on where it starts:
 * \G, (*COMMIT), (*SKIP).  Nor may groups be called, as in (?R), (?1), (?&name)
 * or \g<name>.  Never raises.
 */
extern Pattern *ccpii_pattern_compile(PatternEngine *engine, const char *regex,
									  size_t len, PatternError *error);

/* Free a pattern and its machine code. */
extern void ccpii_pattern_free(Pattern *pattern);

/*
 * ccpii_pattern_next
 *		Find the next match at or after an offset.
 *
 * src, len		UTF-8 bytes, not NUL-terminated, not NULL
 * from			byte offset: 0, or where the match before ended
 * start, end	out: byte offsets of a match, from <= *start < *end <= len
 *
 * Empty matches are passed over: a regex that can match the empty text and a
 * longer one finds the longer one.  What stands before from is seen by what
 * looks behind.  With PATTERN_FAILED, what has been searched may hold more
 * matches: hide all of src.  So does text that is not UTF-8, which only a
 * search from 0 notices.  A pause may raise.
 */
extern PatternResult ccpii_pattern_next(const Pattern *pattern,
										const char *src, size_t len,
										size_t from, size_t *start,
										size_t *end);

/*
 * ccpii_pattern_try
 *		Try a pattern on texts that are hard for many regexes and for this one.
 *
 * regex, len	what the pattern was compiled from
 * error		out: what is wrong, if false is returned
 *
 * Wrong is a search that fails, and a regex that matched in those texts, but
 * only the empty text, so that it would hide nothing.  Takes a few milliseconds
 * for most regexes, and seconds for one that comes near to the limits.  A pause
 * may raise.
 */
extern bool ccpii_pattern_try(const Pattern *pattern, const char *regex,
							  size_t len, PatternError *error);

#endif							/* CCPII_PATTERN_H */

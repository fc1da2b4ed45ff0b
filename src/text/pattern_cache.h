/*-------------------------------------------------------------------------
 *
 * pattern_cache.h
 *	  Regexes of users in a server: compiled once per backend.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PATTERN_CACHE_H
#define CCPII_PATTERN_CACHE_H

#include "text/pattern.h"

/*
 * So many compiled regexes are kept, those asked for last.  A pattern lives
 * until that many others have been asked for, and longer than transactions:
 * ask for it again with each text.
 */
#define PATTERN_CACHE_SIZE 64

/*
 * ccpii_pattern_find
 *		The compiled regex; NULL with *error if it is none.  Raises 53200 for
 *		want of memory.
 *
 * regex, len	UTF-8 bytes, whatever the encoding of the database; they need
 *				not be valid
 */
extern const Pattern *ccpii_pattern_find(const char *regex, size_t len,
										 PatternError *error);

/* The same; raises 22023 with what is wrong if it is none. */
extern const Pattern *ccpii_pattern_get(const char *regex, size_t len);

#endif							/* CCPII_PATTERN_CACHE_H */

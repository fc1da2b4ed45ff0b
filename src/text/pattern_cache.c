/*-------------------------------------------------------------------------
 *
 * pattern_cache.c
 *	  Regexes of users in a server: compiled once per backend.
 *
 * An entry is in the list once it is complete, so an ERROR leaves no half of
 * one.  PCRE2 takes its memory from the cache's context, and is told when there
 * is none: nothing raises through it.  Machine code is no such memory; it goes
 * when a pattern is freed, or in the reset callback of the context.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/ilist.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/errors.h"
#include "text/pattern_cache.h"

typedef struct CacheEntry
{
	dlist_node	node;
	Pattern    *pattern;
	uint32		hash;
	size_t		len;
	char		regex[FLEXIBLE_ARRAY_MEMBER];
} CacheEntry;

static MemoryContext context = NULL;
static PatternEngine *engine = NULL;
static dlist_head entries = DLIST_STATIC_INIT(entries); /* last used first */
static int	nentries = 0;

static void *
allocate(size_t size, void *unused)
{
	return MemoryContextAllocExtended(context, size,
									  MCXT_ALLOC_NO_OOM | MCXT_ALLOC_HUGE);
}

static void
release(void *memory, void *unused)
{
	if (memory != NULL)
		pfree(memory);
}

static void
pause_search(void)
{
	CHECK_FOR_INTERRUPTS();
}

static void
drop_last(void)
{
	CacheEntry *entry = dlist_container(CacheEntry, node,
										dlist_tail_node(&entries));

	dlist_delete(&entry->node);
	nentries--;
	ccpii_pattern_free(entry->pattern);
	pfree(entry);
}

static void
drop_all(void *unused)
{
	while (!dlist_is_empty(&entries))
		drop_last();
	if (engine != NULL)
		ccpii_pattern_engine_free(engine);
	engine = NULL;
	context = NULL;
}

static void
start(void)
{
	static MemoryContextCallback callback = {.func = drop_all};
	const PatternHost host = {
		.allocate = allocate,.release = release,.pause = pause_search
	};

	if (context == NULL)
	{
		context = AllocSetContextCreate(TopMemoryContext, "ccpii patterns",
										ALLOCSET_DEFAULT_SIZES);
		MemoryContextRegisterResetCallback(context, &callback);
	}
	if (engine == NULL)
		engine = ccpii_pattern_engine_create(&host);
	if (engine == NULL)
		ereport(ERROR,
				errcode(ERRCODE_OUT_OF_MEMORY),
				errmsg("out of memory"));
}

/* Compile a regex and put it first; NULL with *error if it is none. */
static CacheEntry *
add(const char *regex, size_t len, uint32 hash, PatternError *error)
{
	Pattern    *pattern;
	CacheEntry *entry;

	pattern = ccpii_pattern_compile(engine, regex, len, error);
	if (pattern == NULL && !error->no_memory)
		return NULL;
	entry = pattern == NULL ? NULL :
		allocate(offsetof(CacheEntry, regex) + len, NULL);
	if (entry == NULL)
	{
		if (pattern != NULL)
			ccpii_pattern_free(pattern);
		ereport(ERROR,
				errcode(ERRCODE_OUT_OF_MEMORY),
				errmsg("out of memory"),
				errdetail("Failed while compiling a regex of %zu bytes.", len));
	}
	entry->pattern = pattern;
	entry->hash = hash;
	entry->len = len;
	memcpy(entry->regex, regex, len);
	dlist_push_head(&entries, &entry->node);
	if (++nentries > PATTERN_CACHE_SIZE)
		drop_last();
	return entry;
}

const Pattern *
ccpii_pattern_find(const char *regex, size_t len, PatternError *error)
{
	uint32		hash = hash_bytes((const unsigned char *) regex, (int) len);
	dlist_iter	iter;
	CacheEntry *entry;

	dlist_foreach(iter, &entries)
	{
		entry = dlist_container(CacheEntry, node, iter.cur);
		if (entry->hash == hash && entry->len == len &&
			memcmp(entry->regex, regex, len) == 0)
		{
			dlist_move_head(&entries, &entry->node);
			return entry->pattern;
		}
	}
	start();
	entry = add(regex, len, hash, error);
	return entry != NULL ? entry->pattern : NULL;
}

const Pattern *
ccpii_pattern_get(const char *regex, size_t len)
{
	PatternError error;
	const Pattern *pattern = ccpii_pattern_find(regex, len, &error);

	if (pattern != NULL)
		return pattern;
	if (error.character == 0)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("regex is not valid: %s", error.text),
				errhint("Regexes are those of PCRE2; ccpii.pattern_check() tries one."));
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("regex is not valid at character %zu: %s", error.character,
				   error.text),
			errhint("Regexes are those of PCRE2; ccpii.pattern_check() tries one."));
}

/*-------------------------------------------------------------------------
 *
 * json_walk.c
 *	  A walk through json or jsonb that knows the mask of each value.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "policy/json_walk.h"
#include "text/mask.h"

#define LEVELS_AT_FIRST 16

/* Sort the parsed paths into an array, the longest first, else as written. */
static void
sort_paths(JsonWalk *walk, List *parsed)
{
	ListCell   *lc;

	walk->paths = palloc(Max(list_length(parsed), 1) * sizeof(JsonKeyPath));
	walk->npaths = 0;
	foreach(lc, parsed)
	{
		JsonPathMask *source = lfirst(lc);
		JsonKeyPath path = {source->path, strlen(source->path), source->mask};
		int			i = walk->npaths++;

		for (; i > 0 && walk->paths[i - 1].len < path.len; i--)
			walk->paths[i] = walk->paths[i - 1];
		walk->paths[i] = path;
	}
}

JsonWalk *
ccpii_json_start(FmgrInfo *flinfo, const text *source)
{
	JsonWalk   *walk = (JsonWalk *) flinfo->fn_extra;
	size_t		len = VARSIZE_ANY_EXHDR(source);
	MemoryContext context,
				old;
	List	   *parsed;
	char	   *copy;

	if (walk == NULL)
	{
		walk = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(JsonWalk));
		walk->levels = MemoryContextAlloc(flinfo->fn_mcxt,
										  LEVELS_AT_FIRST * sizeof(JsonLevel));
		walk->nlevels = LEVELS_AT_FIRST;
		flinfo->fn_extra = walk;
	}
	if (walk->context != NULL && walk->source_len == len &&
		memcmp(walk->source, VARDATA_ANY(source), len) == 0)
		return walk;

	context = AllocSetContextCreate(CurrentMemoryContext, "ccpii json paths",
									ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	copy = text_to_cstring(source);
	parsed = ccpii_label_parse_paths(copy);
	if (walk->context != NULL)
		MemoryContextDelete(walk->context);
	walk->context = NULL;
	sort_paths(walk, parsed);
	walk->source = copy;
	walk->source_len = len;
	MemoryContextSwitchTo(old);
	MemoryContextSetParent(context, flinfo->fn_mcxt);
	walk->context = context;
	return walk;
}

void
ccpii_json_enter(JsonWalk *walk, bool is_object)
{
	const MaskSpec *mask = ccpii_json_mask(walk);
	int			parent = walk->depth - 1;
	JsonLevel  *level;

	if (walk->depth == walk->nlevels)
	{
		walk->levels = repalloc(walk->levels,
								2 * walk->nlevels * sizeof(JsonLevel));
		walk->nlevels *= 2;
	}
	level = &walk->levels[walk->depth++];
	memset(level, 0, sizeof(JsonLevel));
	level->is_object = level->expects_key = is_object;
	level->outer = parent < 0 || walk->levels[parent].is_object ? parent :
		walk->levels[parent].outer;
	level->inherited = level->mask = mask;
}

void
ccpii_json_leave(JsonWalk *walk)
{
	if (walk->depth == 0)
		elog(ERROR, "json value ends more often than it begins");
	if (walk->levels[--walk->depth].key_copy != NULL)
		pfree(walk->levels[walk->depth].key_copy);
}

/* Does the path match the value of the key of the current level? */
static bool
path_matches(const JsonKeyPath *path, const JsonWalk *walk)
{
	size_t		rest = path->len;

	for (int i = walk->depth - 1; i >= 0; i = walk->levels[i].outer)
	{
		const JsonLevel *level = &walk->levels[i];

		if (level->key_len > rest ||
			memcmp(path->keys + rest - level->key_len,
				   level->key, level->key_len) != 0)
			return false;
		rest -= level->key_len;
		if (rest == 0)
			return true;
		if (path->keys[--rest] != '.')
			return false;
	}
	return false;
}

void
ccpii_json_set_key(JsonWalk *walk, const char *key, size_t len, char *key_copy)
{
	JsonLevel  *level = &walk->levels[walk->depth - 1];

	if (level->key_copy != NULL)
		pfree(level->key_copy);
	level->key = key;
	level->key_len = len;
	level->key_copy = key_copy;
	level->expects_key = false;
	level->mask = level->inherited;
	for (int i = 0; i < walk->npaths; i++)
		if (path_matches(&walk->paths[i], walk))
		{
			level->mask = walk->paths[i].mask;
			break;
		}
}

/* Can ccpii_mask_text() read the bytes, which are in the server encoding? */
static bool
is_readable(const char *src, size_t len)
{
	if (GetDatabaseEncoding() == PG_UTF8 ||
		GetDatabaseEncoding() == PG_SQL_ASCII)
		return true;
	while (len > 0 && !IS_HIGHBIT_SET(src[len - 1]))
		len--;
	return len == 0;
}

bool
ccpii_json_mask_scalar(const MaskSpec *mask, const char *src, size_t len,
					   const char **masked)
{
	bool		known = true;
	char	   *dst;
	size_t		written;

	switch (mask->kind)
	{
		case MASK_TEXT:
			break;
		case MASK_NULL:
			*masked = NULL;
			return true;
		case MASK_CONSTANT:
			*masked = mask->constant;
			return true;
		default:
			elog(ERROR, "unrecognized mask kind: %d", (int) mask->kind);
	}

	if (src == NULL || !is_readable(src, len) ||
		ccpii_mask_bound(&mask->text, len) >= MaxAllocSize)
	{
		known = false;
		src = MASK_FULL;
		len = MASK_FULL_BYTES;
	}
	dst = palloc(ccpii_mask_bound(&mask->text, len) + 1);
	written = ccpii_mask_text(&mask->text, src, len, dst);
	if (known && written == len && memcmp(dst, src, len) == 0)
	{
		pfree(dst);
		return false;
	}
	dst[written] = '\0';
	*masked = dst;
	return true;
}

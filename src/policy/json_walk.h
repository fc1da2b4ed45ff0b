/*-------------------------------------------------------------------------
 *
 * json_walk.h
 *	  A walk through json or jsonb that knows the mask of each value.
 *
 * A path matches a value if the keys that lead to it, joined by dots, end
 * with the path, and the path begins where a key begins; arrays have no keys.
 * The mask of the longest path that matches takes the strings and numbers at
 * the value or anywhere below it, until a path matches further inside.
 * Booleans, nulls and keys stay.  Nothing recurses.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_JSON_WALK_H
#define CCPII_JSON_WALK_H

#include "fmgr.h"

#include "policy/label.h"

/* One object or array that the walk is inside of. */
typedef struct JsonLevel
{
	bool		is_object;
	bool		expects_key;	/* json: is the next string a key? */
	int			outer;			/* index of the next object outwards, or -1 */
	const char *key;			/* last key met, not NUL-terminated */
	size_t		key_len;
	char	   *key_copy;		/* of an escaped key; freed with the key */
	const MaskSpec *inherited;	/* of the object or array itself, or NULL */
	const MaskSpec *mask;		/* of the values here, or NULL */
} JsonLevel;

typedef struct JsonKeyPath
{
	const char *keys;			/* joined by dots */
	size_t		len;
	const MaskSpec *mask;
} JsonKeyPath;

/* The parsed paths of one call in a plan, in its fn_extra, and its walk. */
typedef struct JsonWalk
{
	MemoryContext context;		/* of source and paths; NULL: none yet */
	char	   *source;			/* text of the paths */
	size_t		source_len;
	JsonKeyPath *paths;			/* the longest first */
	int			npaths;
	JsonLevel  *levels;			/* depth of them are in use */
	int			nlevels;
	int			depth;
} JsonWalk;

/*
 * ccpii_json_start
 *		The state of a call with these paths, in its fn_extra; they are parsed
 *		unless they are those of the call before.
 *
 * It lives as long as the call's expression.  Raises what
 * ccpii_label_parse_paths() raises; the old state is then still whole.
 */
extern JsonWalk *ccpii_json_start(FmgrInfo *flinfo, const text *source);

/* The mask of what comes next, or NULL. */
static inline const MaskSpec *
ccpii_json_mask(const JsonWalk *walk)
{
	return walk->depth == 0 ? NULL : walk->levels[walk->depth - 1].mask;
}

/* Step into an object or array, and out of it. */
extern void ccpii_json_enter(JsonWalk *walk, bool is_object);
extern void ccpii_json_leave(JsonWalk *walk);

/*
 * ccpii_json_set_key
 *		The value of a key comes next in the current level, an object.
 *
 * key, len	must stay as they are until the level's next key
 * key_copy	what to free then, or NULL
 */
extern void ccpii_json_set_key(JsonWalk *walk, const char *key, size_t len,
							   char *key_copy);

/*
 * ccpii_json_mask_scalar
 *		Mask the text of a string or number.
 *
 * src, len	bytes in the server encoding; src is NULL for what has no text
 * masked	out: the text of the string to put in its place, NUL-terminated,
 *			in the current memory context or the mask's; NULL: json's null
 *
 * Returns false, *masked undefined, if the value stays as it is.
 */
extern bool ccpii_json_mask_scalar(const MaskSpec *mask, const char *src,
								   size_t len, const char **masked);

#endif							/* CCPII_JSON_WALK_H */

/*-------------------------------------------------------------------------
 *
 * json.c
 *	  Masks for values inside of json and jsonb.
 *
 * A path matches a value if the keys that lead to it, joined by dots, end
 * with the path, and the path begins where a key begins; arrays have no keys.
 * The mask of the longest path that matches takes the strings and numbers at
 * the value or anywhere below it, until a path matches further inside.
 * Booleans, nulls and keys stay.
 *
 * jsonb is taken apart and put together again by the server's own functions.
 * json is text in which order, spaces, repeated keys, and escapes that jsonb
 * refuses have to stay: tokens are replaced in a copy.  Nothing recurses.
 *
 * What cannot be read is masked as if it were "****", which keeps masks
 * idempotent: in json, a string that has no text (with \u0000 or half a
 * surrogate pair) and a number with an exponent, whose digits are not those
 * that it shows; in a database that is not UTF-8, a string that is not ASCII.
 * A key that has no text is compared as written.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "policy/label.h"
#include "text/mask.h"

#define LEVELS_AT_FIRST 16
#define ESCAPE_HEX_DIGITS 4		/* of \uXXXX, RFC 8259, 7 */
#define UTF8_MAX_BYTES 4		/* RFC 3629, 3 */

/* One object or array that the walk is inside of. */
typedef struct Level
{
	bool		is_object;
	bool		expects_key;	/* json: is the next string a key? */
	int			outer;			/* index of the next object outwards, or -1 */
	const char *key;			/* last key met, not NUL-terminated */
	size_t		key_len;
	char	   *key_copy;		/* of an escaped key; freed with the key */
	const MaskSpec *inherited;	/* of the object or array itself, or NULL */
	const MaskSpec *mask;		/* of the values here, or NULL */
} Level;

typedef struct KeyPath
{
	const char *keys;			/* joined by dots */
	size_t		len;
	const MaskSpec *mask;
} KeyPath;

/* The parsed paths of one call in a plan, in its fn_extra, and its walk. */
typedef struct Walk
{
	MemoryContext context;		/* of source and paths; NULL: none yet */
	char	   *source;			/* text of the paths */
	size_t		source_len;
	KeyPath    *paths;			/* the longest first */
	int			npaths;
	Level	   *levels;			/* depth of them are in use */
	int			nlevels;
	int			depth;
} Walk;

/* A json text on its way into a copy. */
typedef struct JsonCopy
{
	const char *at;
	const char *end;
	const char *copied;			/* up to here it is in out */
	StringInfoData out;			/* no data before the first replacement */
} JsonCopy;

PG_FUNCTION_INFO_V1(ccpii_sql_mask_jsonb);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_json);

/* Sort the parsed paths into an array, the longest first, else as written. */
static void
sort_paths(Walk *walk, List *parsed)
{
	ListCell   *lc;

	walk->paths = palloc(Max(list_length(parsed), 1) * sizeof(KeyPath));
	walk->npaths = 0;
	foreach(lc, parsed)
	{
		JsonPathMask *source = lfirst(lc);
		KeyPath		path = {source->path, strlen(source->path), source->mask};
		int			i = walk->npaths++;

		for (; i > 0 && walk->paths[i - 1].len < path.len; i--)
			walk->paths[i] = walk->paths[i - 1];
		walk->paths[i] = path;
	}
}

/*
 * start_walk
 *		The state of a call, its paths parsed unless they are those of the call
 *		before.
 *
 * It lives as long as the call's expression.  Raises what
 * ccpii_label_parse_paths() raises; the old state is then still whole.
 */
static Walk *
start_walk(FmgrInfo *flinfo, const text *source)
{
	Walk	   *walk = (Walk *) flinfo->fn_extra;
	size_t		len = VARSIZE_ANY_EXHDR(source);
	MemoryContext context,
				old;
	List	   *parsed;
	char	   *copy;

	if (walk == NULL)
	{
		walk = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(Walk));
		walk->levels = MemoryContextAlloc(flinfo->fn_mcxt,
										  LEVELS_AT_FIRST * sizeof(Level));
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

/* The mask of what comes next, or NULL. */
static inline const MaskSpec *
current_mask(const Walk *walk)
{
	return walk->depth == 0 ? NULL : walk->levels[walk->depth - 1].mask;
}

/* Step into an object or array. */
static void
enter(Walk *walk, bool is_object)
{
	const MaskSpec *mask = current_mask(walk);
	int			parent = walk->depth - 1;
	Level	   *level;

	if (walk->depth == walk->nlevels)
	{
		walk->levels = repalloc(walk->levels,
								2 * walk->nlevels * sizeof(Level));
		walk->nlevels *= 2;
	}
	level = &walk->levels[walk->depth++];
	memset(level, 0, sizeof(Level));
	level->is_object = level->expects_key = is_object;
	level->outer = parent < 0 || walk->levels[parent].is_object ? parent :
		walk->levels[parent].outer;
	level->inherited = level->mask = mask;
}

static void
leave(Walk *walk)
{
	if (walk->depth == 0)
		elog(ERROR, "json value ends more often than it begins");
	if (walk->levels[--walk->depth].key_copy != NULL)
		pfree(walk->levels[walk->depth].key_copy);
}

/* Does the path match the value of the key of the current level? */
static bool
path_matches(const KeyPath *path, const Walk *walk)
{
	size_t		rest = path->len;

	for (int i = walk->depth - 1; i >= 0; i = walk->levels[i].outer)
	{
		const Level *level = &walk->levels[i];

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

/*
 * set_key
 *		The value of a key comes next in the current level, an object.
 *
 * key, len	must stay as they are until the level's next key
 * key_copy	what to free then, or NULL
 */
static void
set_key(Walk *walk, const char *key, size_t len, char *key_copy)
{
	Level	   *level = &walk->levels[walk->depth - 1];

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

/*
 * mask_scalar
 *		Mask the text of a string or number.
 *
 * src, len	bytes in the server encoding; src is NULL for what has no text
 * masked	out: the text of the string to put in its place, NUL-terminated,
 *			in the current memory context or the mask's; NULL: json's null
 *
 * Returns false, *masked undefined, if the value stays as it is.
 */
static bool
mask_scalar(const MaskSpec *mask, const char *src, size_t len,
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

/* Mask a string or number of jsonb in its place. */
static void
mask_jsonb_scalar(const MaskSpec *mask, JsonbValue *value)
{
	const char *src;
	size_t		len;
	const char *masked;

	if (value->type == jbvString)
	{
		src = value->val.string.val;
		len = value->val.string.len;
	}
	else
	{
		Datum		number = NumericGetDatum(value->val.numeric);

		src = DatumGetCString(DirectFunctionCall1(numeric_out, number));
		len = strlen(src);
	}

	if (!mask_scalar(mask, src, len, &masked))
		return;
	value->type = masked == NULL ? jbvNull : jbvString;
	if (masked != NULL)
	{
		value->val.string.val = unconstify(char *, masked);
		value->val.string.len = strlen(masked);
	}
}

/* Follow jsonb's iterator; the mask of a scalar to be masked, else NULL. */
static const MaskSpec *
follow(Walk *walk, JsonbIteratorToken token, const JsonbValue *value)
{
	CHECK_FOR_INTERRUPTS();
	if (token == WJB_BEGIN_OBJECT || token == WJB_BEGIN_ARRAY)
		enter(walk, token == WJB_BEGIN_OBJECT);
	else if (token == WJB_END_OBJECT || token == WJB_END_ARRAY)
		leave(walk);
	else if (token == WJB_KEY)
		set_key(walk, value->val.string.val, value->val.string.len, NULL);
	else if (value->type == jbvString || value->type == jbvNumeric)
		return current_mask(walk);
	return NULL;
}

/* Is there anything to mask? */
static bool
find_in_jsonb(Walk *walk, Jsonb *source)
{
	JsonbIterator *iterator = JsonbIteratorInit(&source->root);
	JsonbIteratorToken token;
	JsonbValue	value;

	walk->depth = 0;
	while ((token = JsonbIteratorNext(&iterator, &value, false)) != WJB_DONE)
	{
		if (follow(walk, token, &value) != NULL)
			return true;
	}
	return false;
}

/* The masked value, which points into the given one, an object or array. */
static JsonbValue *
mask_in_jsonb(Walk *walk, Jsonb *source)
{
	JsonbIterator *iterator = JsonbIteratorInit(&source->root);
	JsonbParseState *state = NULL;
	JsonbValue *result = NULL;
	JsonbIteratorToken token;
	JsonbValue	value;

	walk->depth = 0;
	while ((token = JsonbIteratorNext(&iterator, &value, false)) != WJB_DONE)
	{
		const MaskSpec *mask = follow(walk, token, &value);
		bool		is_scalar = token == WJB_VALUE || token == WJB_ELEM;

		if (mask != NULL)
			mask_jsonb_scalar(mask, &value);
		result = pushJsonbValue(&state, token,
								is_scalar || token == WJB_KEY ? &value : NULL);
	}
	return result;
}

/*
 * ccpii_sql_mask_jsonb
 *		Raises what ccpii_label_parse_paths() raises, and 54000 or 54001 if
 *		the result is too large or too deep for jsonb.
 */
Datum
ccpii_sql_mask_jsonb(PG_FUNCTION_ARGS)
{
	Walk	   *walk = start_walk(fcinfo->flinfo, PG_GETARG_TEXT_PP(1));
	Jsonb	   *source;

	if (walk->npaths == 0)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	source = PG_GETARG_JSONB_P(0);
	if (!find_in_jsonb(walk, source))
	{
		PG_FREE_IF_COPY(source, 0);
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	PG_RETURN_JSONB_P(JsonbValueToJsonb(mask_in_jsonb(walk, source)));
}

/* The number of a \u escape's digits; -1 if they are not that. */
static int
read_hex(const char *src, const char *end)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	int			number = 0;

	if (end - src < ESCAPE_HEX_DIGITS)
		return -1;
	for (int i = 0; i < ESCAPE_HEX_DIGITS; i++)
	{
		const char *digit = memchr(digits, src[i], sizeof(digits) - 1);

		if (digit == NULL)
			return -1;
		number = number * 16 + (digit - digits < 16 ? digit - digits :
								digit - digits - 6);
	}
	return number;
}

/*
 * encode
 *		Write a code point in the server encoding, at most as many bytes as its
 *		escape takes.  Returns how many; 0 if the encoding does not have it.
 */
static int
encode(pg_wchar code_point, char *dst)
{
	int			encoding = GetDatabaseEncoding();
	unsigned char utf8[UTF8_MAX_BYTES];
	unsigned char converted[UTF8_MAX_BYTES * MAX_CONVERSION_GROWTH + 1];
	int			len = pg_utf_mblen(unicode_to_utf8(code_point, utf8));
	Oid			proc;

	if (code_point <= 0x7F || encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
	{
		memcpy(dst, utf8, len);
		return len;
	}
	proc = FindDefaultConversionProc(PG_UTF8, encoding);
	if (!OidIsValid(proc) ||
		pg_do_encoding_conversion_buf(proc, PG_UTF8, encoding, utf8, len,
									  converted, sizeof(converted),
									  true) != len)
		return 0;
	len = strlen((char *) converted);
	Assert(len <= 2 + ESCAPE_HEX_DIGITS);
	memcpy(dst, converted, len);
	return len;
}

/*
 * unescape_unicode
 *		The code point of a \u escape, or of a pair of them.
 *
 * *src		in: at the u; out: after the last digit
 *
 * Returns 0 for what is no character of a text: NUL, half a surrogate pair.
 */
static pg_wchar
unescape_unicode(const char **src, const char *end)
{
	int			first = read_hex(*src + 1, end);
	int			second;

	if (first <= 0 || is_utf16_surrogate_second(first))
		return 0;
	*src += 1 + ESCAPE_HEX_DIGITS;
	if (!is_utf16_surrogate_first(first))
		return first;

	if (end - *src < 2 || (*src)[0] != '\\' || (*src)[1] != 'u')
		return 0;
	second = read_hex(*src + 2, end);
	if (second < 0 || !is_utf16_surrogate_second(second))
		return 0;
	*src += 2 + ESCAPE_HEX_DIGITS;
	return surrogate_pair_to_codepoint(first, second);
}

/*
 * unescape_char
 *		Write the text of one escape.
 *
 * *src		in: behind the backslash; out: behind the escape, if it has a text
 *
 * Returns how many bytes were written; 0 if the escape has no text.
 */
static int
unescape_char(const char **src, const char *end, char *dst)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *letter;

	if (*src == end)
		return 0;
	if (**src == 'u')
	{
		pg_wchar	code_point = unescape_unicode(src, end);

		return code_point == 0 ? 0 : encode(code_point, dst);
	}
	letter = memchr(letters, **src, sizeof(letters) - 1);
	if (letter == NULL)
		return 0;
	*dst = meanings[letter - letters];
	(*src)++;
	return 1;
}

/*
 * unescape
 *		The text of a string with escapes.
 *
 * src, end	what stands between its quotes
 * len		out: bytes of the text, if there is one
 *
 * Returns a new text in the server encoding, not NUL-terminated; NULL if the
 * string has none.
 */
static char *
unescape(const char *src, const char *end, size_t *len)
{
	char	   *result = palloc(end - src + 1);
	char	   *dst = result;

	while (src < end)
	{
		int			written;

		if (*src != '\\')
		{
			*dst++ = *src++;
			continue;
		}
		src++;
		written = unescape_char(&src, end, dst);
		if (written == 0)
		{
			pfree(result);
			return NULL;
		}
		dst += written;
	}
	*len = dst - result;
	return result;
}

/* The end of the string that begins at a quote: after the closing one. */
static const char *
string_end(const char *src, const char *end)
{
	for (src++; src < end; src++)
	{
		if (*src == '"')
			return src + 1;
		if (*src == '\\')
			src++;
	}
	elog(ERROR, "json string does not end");
}

/* Put a masked string, or null, in the place of token up to copy->at. */
static void
replace(JsonCopy *copy, const char *token, const char *masked)
{
	if (copy->out.data == NULL)
		initStringInfo(&copy->out);
	appendBinaryStringInfo(&copy->out, copy->copied, token - copy->copied);
	if (masked == NULL)
		appendStringInfoString(&copy->out, "null");
	else
		escape_json(&copy->out, masked);
	copy->copied = copy->at;
}

/* Take the string at copy->at: a key, or a value to be masked or not. */
static void
take_string(Walk *walk, JsonCopy *copy)
{
	bool		is_key;
	const MaskSpec *mask = current_mask(walk);
	const char *token = copy->at;
	const char *src = token + 1;
	char	   *unescaped = NULL;
	const char *masked;
	size_t		len;

	copy->at = string_end(token, copy->end);
	len = copy->at - 1 - src;
	is_key = walk->depth > 0 && walk->levels[walk->depth - 1].expects_key;
	if (!is_key && mask == NULL)
		return;
	if (memchr(src, '\\', len) != NULL)
	{
		unescaped = unescape(src, copy->at - 1, &len);
		if (unescaped != NULL || !is_key)
			src = unescaped;
	}
	if (is_key)
		set_key(walk, src, len, unescaped);
	else if (mask_scalar(mask, src, len, &masked))
		replace(copy, token, masked);
	if (!is_key && unescaped != NULL)
		pfree(unescaped);
}

/* Take the number at copy->at, to be masked or not. */
static void
take_number(Walk *walk, JsonCopy *copy)
{
	const MaskSpec *mask = current_mask(walk);
	const char *token = copy->at;
	const char *digits = token;
	const char *masked;

	for (; copy->at < copy->end && strchr("-+.0123456789eE", *copy->at);
		 copy->at++)
	{
		if (*copy->at == 'e' || *copy->at == 'E')
			digits = NULL;
	}
	if (mask != NULL && mask_scalar(mask, digits, copy->at - token, &masked))
		replace(copy, token, masked);
}

/* Walk through a valid json text, and copy what stands before replacements. */
static void
walk_json(Walk *walk, JsonCopy *copy)
{
	walk->depth = 0;
	while (copy->at < copy->end)
	{
		char		c = *copy->at;

		CHECK_FOR_INTERRUPTS();
		if (c == '"')
			take_string(walk, copy);
		else if (c == '-' || (c >= '0' && c <= '9'))
			take_number(walk, copy);
		else
		{
			copy->at++;			/* else a space, or of true, false, null */
			if (c == '{' || c == '[')
				enter(walk, c == '{');
			else if (c == '}' || c == ']')
				leave(walk);
			else if (c == ',' && walk->depth > 0)
				walk->levels[walk->depth - 1].expects_key =
					walk->levels[walk->depth - 1].is_object;
		}
	}
}

/*
 * ccpii_sql_mask_json
 *		Raises what ccpii_label_parse_paths() raises, and 54000 if the result
 *		is too large for a text.
 */
Datum
ccpii_sql_mask_json(PG_FUNCTION_ARGS)
{
	Walk	   *walk = start_walk(fcinfo->flinfo, PG_GETARG_TEXT_PP(1));
	JsonCopy	copy;
	text	   *source;

	if (walk->npaths == 0)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	source = PG_GETARG_TEXT_PP(0);
	copy.at = copy.copied = VARDATA_ANY(source);
	copy.end = copy.at + VARSIZE_ANY_EXHDR(source);
	copy.out.data = NULL;
	walk_json(walk, &copy);

	if (copy.out.data == NULL)
	{
		PG_FREE_IF_COPY(source, 0);
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	appendBinaryStringInfo(&copy.out, copy.copied, copy.end - copy.copied);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(copy.out.data, copy.out.len));
}

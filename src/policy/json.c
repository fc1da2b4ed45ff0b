/*-------------------------------------------------------------------------
 *
 * json.c
 *	  Masks for values inside of json and jsonb.
 *
 * jsonb is taken apart and put together again by the server's own functions.
 * json is text in which order, spaces, repeated keys, and escapes that jsonb
 * refuses have to stay: tokens are replaced in a copy.
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

#include "base/compat.h"
#include "policy/json_walk.h"

#define ESCAPE_HEX_DIGITS 4		/* of \uXXXX, RFC 8259, 7 */
#define UTF8_MAX_BYTES 4		/* RFC 3629, 3 */

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

	if (!ccpii_json_mask_scalar(mask, src, len, &masked))
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
follow(JsonWalk *walk, JsonbIteratorToken token, const JsonbValue *value)
{
	CHECK_FOR_INTERRUPTS();
	if (token == WJB_BEGIN_OBJECT || token == WJB_BEGIN_ARRAY)
		ccpii_json_enter(walk, token == WJB_BEGIN_OBJECT);
	else if (token == WJB_END_OBJECT || token == WJB_END_ARRAY)
		ccpii_json_leave(walk);
	else if (token == WJB_KEY)
		ccpii_json_set_key(walk, value->val.string.val, value->val.string.len, NULL);
	else if (value->type == jbvString || value->type == jbvNumeric)
		return ccpii_json_mask(walk);
	return NULL;
}

/* Is there anything to mask? */
static bool
find_in_jsonb(JsonWalk *walk, Jsonb *source)
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
mask_in_jsonb(JsonWalk *walk, Jsonb *source)
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
	JsonWalk   *walk = ccpii_json_start(fcinfo->flinfo, PG_GETARG_TEXT_PP(1));
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
take_string(JsonWalk *walk, JsonCopy *copy)
{
	bool		is_key;
	const MaskSpec *mask = ccpii_json_mask(walk);
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
		ccpii_json_set_key(walk, src, len, unescaped);
	else if (ccpii_json_mask_scalar(mask, src, len, &masked))
		replace(copy, token, masked);
	if (!is_key && unescaped != NULL)
		pfree(unescaped);
}

/* Take the number at copy->at, to be masked or not. */
static void
take_number(JsonWalk *walk, JsonCopy *copy)
{
	const MaskSpec *mask = ccpii_json_mask(walk);
	const char *token = copy->at;
	const char *digits = token;
	const char *masked;

	for (; copy->at < copy->end && strchr("-+.0123456789eE", *copy->at);
		 copy->at++)
	{
		if (*copy->at == 'e' || *copy->at == 'E')
			digits = NULL;
	}
	if (mask != NULL && ccpii_json_mask_scalar(mask, digits, copy->at - token, &masked))
		replace(copy, token, masked);
}

/* JsonWalk through a valid json text, and copy what stands before replacements. */
static void
walk_json(JsonWalk *walk, JsonCopy *copy)
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
				ccpii_json_enter(walk, c == '{');
			else if (c == '}' || c == ']')
				ccpii_json_leave(walk);
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
	JsonWalk   *walk = ccpii_json_start(fcinfo->flinfo, PG_GETARG_TEXT_PP(1));
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

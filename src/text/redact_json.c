/*-------------------------------------------------------------------------
 *
 * redact_json.c
 *	  Redaction of the values inside of json.
 *
 * Strings and numbers are redacted one by one; keys, booleans and nulls stay.
 * A number of which anything is masked becomes a string, since no json number
 * has asterisks.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/jsonapi.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "base/compat.h"
#include "text/encoded.h"
#include "text/redact_rules.h"

PG_FUNCTION_INFO_V1(ccpii_sql_redact_json);
PG_FUNCTION_INFO_V1(ccpii_sql_redact_jsonb);

/* A string redacted, as a new text; NULL if nothing is. */
static text *
redact_string(const RedactRules *rules, const char *string, size_t len)
{
	text	   *value = cstring_to_text_with_len(string, len);
	text	   *result = ccpii_redact_text(value, ccpii_redact_utf8, rules);

	return result != value ? result : NULL;
}

static void
redact_scalar(const RedactRules *rules, JsonbValue *value)
{
	const char *string;
	size_t		len;
	text	   *result;

	if (value->type == jbvString)
	{
		string = value->val.string.val;
		len = value->val.string.len;
	}
	else if (value->type == jbvNumeric)
	{
		string = DatumGetCString(DirectFunctionCall1(numeric_out,
													 NumericGetDatum(value->val.numeric)));
		len = strlen(string);
	}
	else
		return;
	result = redact_string(rules, string, len);
	if (result == NULL)
		return;
	value->type = jbvString;
	value->val.string.val = VARDATA_ANY(result);
	value->val.string.len = VARSIZE_ANY_EXHDR(result);
}

/*
 * ccpii_sql_redact_jsonb
 *		Raises what ccpii_redact_rules() raises.
 */
Datum
ccpii_sql_redact_jsonb(PG_FUNCTION_ARGS)
{
	const RedactRules *rules;
	JsonbParseState *state = NULL;
	JsonbValue *result = NULL;
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	bool		is_scalar;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rules = ccpii_redact_rules(fcinfo);
	iterator = JsonbIteratorInit(&PG_GETARG_JSONB_P(0)->root);
	while ((token = JsonbIteratorNext(&iterator, &value, false)) != WJB_DONE)
	{
		is_scalar = token == WJB_VALUE || token == WJB_ELEM;
		if (is_scalar)
			redact_scalar(rules, &value);

		/* a scalar alone is an array that says so */
		if (token == WJB_BEGIN_ARRAY)
			result = pushJsonbValue(&state, token,
									value.val.array.rawScalar ? &value : NULL);
		else
			result = pushJsonbValue(&state, token,
									is_scalar || token == WJB_KEY ? &value : NULL);
	}
	PG_RETURN_JSONB_P(JsonbValueToJsonb(result));
}

/* The bytes of a value, with what is redacted of it. */
static void
put_value(StringInfo out, const RedactRules *rules, JsonTokenType type,
		  const char *token, size_t len, const StringInfoData *string)
{
	text	   *result = NULL;

	if (type == JSON_TOKEN_STRING)
		result = redact_string(rules, string->data, string->len);
	else if (type == JSON_TOKEN_NUMBER)
		result = redact_string(rules, token, len);
	if (result == NULL)
		appendBinaryStringInfo(out, token, len);
	else
		escape_json(out, text_to_cstring(result));
}

/*
 * ccpii_sql_redact_json
 *		The same; whatever is between values stays as it is.
 */
Datum
ccpii_sql_redact_json(PG_FUNCTION_ARGS)
{
	const RedactRules *rules;
	text	   *body;
	const char *src;
	const char *at;				/* what is before it is written */
	JsonLexContext *lex;
	JsonTokenType type;
	StringInfoData out;
	StringInfoData string;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rules = ccpii_redact_rules(fcinfo);
	body = PG_GETARG_TEXT_PP(0);
	src = at = VARDATA_ANY(body);
	lex = compat_json_lexer(unconstify(char *, src), VARSIZE_ANY_EXHDR(body));
	initStringInfo(&out);
	initStringInfo(&string);
	if (json_lex(lex) != JSON_SUCCESS)
		PG_RETURN_NULL();		/* cannot be: the type has read it */
	while (lex->token_type != JSON_TOKEN_END)
	{
		const char *start = lex->token_start;
		const char *end = lex->token_terminator;

		type = lex->token_type;
		resetStringInfo(&string);
		if (type == JSON_TOKEN_STRING)
			appendBinaryStringInfo(&string, lex->strval->data, lex->strval->len);
		if (json_lex(lex) != JSON_SUCCESS)
			PG_RETURN_NULL();
		if (lex->token_type == JSON_TOKEN_COLON)
			continue;			/* a key */
		appendBinaryStringInfo(&out, at, start - at);
		put_value(&out, rules, type, start, end - start, &string);
		at = end;
	}
	appendBinaryStringInfo(&out, at, src + VARSIZE_ANY_EXHDR(body) - at);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out.data, out.len));
}

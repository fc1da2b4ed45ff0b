/*-------------------------------------------------------------------------
 *
 * pattern_face.c
 *	  Regexes of users, tried, as an SQL function.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "text/pattern_cache.h"

PG_FUNCTION_INFO_V1(ccpii_sql_pattern_check);

/*
 * ccpii_sql_pattern_check
 *		What is wrong with a regex; NULL if nothing is.  Raises 53200 for want
 *		of memory, and what the conversion to UTF-8 raises.
 */
Datum
ccpii_sql_pattern_check(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	int			len = (int) VARSIZE_ANY_EXHDR(value);
	char	   *regex = pg_server_to_any(VARDATA_ANY(value), len, PG_UTF8);
	const Pattern *pattern;
	PatternError error;
	char	   *answer;

	if (regex != VARDATA_ANY(value))
		len = (int) strlen(regex);
	pattern = ccpii_pattern_find(regex, len, &error);
	if (pattern != NULL && ccpii_pattern_try(pattern, regex, len, &error))
		PG_RETURN_NULL();
	answer = error.character == 0 ? error.text :
		psprintf("at character %zu: %s", error.character, error.text);
	answer = pg_any_to_server(answer, (int) strlen(answer), PG_UTF8);
	PG_RETURN_TEXT_P(cstring_to_text(answer));
}

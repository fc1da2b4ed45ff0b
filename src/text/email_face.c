/*-------------------------------------------------------------------------
 *
 * email_face.c
 *	  The canonical form of an e-mail address in SQL.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "text/email_canonical.h"
#include "text/encoded.h"

PG_FUNCTION_INFO_V1(ccpii_sql_email_canonical);

/*
 * canonical_mode
 *		The mode of a name.  Raises 22023 if it names none.
 */
static EmailCanonicalMode
canonical_mode(text *name)
{
	const char *bytes = VARDATA_ANY(name);
	size_t		len = VARSIZE_ANY_EXHDR(name);

	if (len == 4 && memcmp(bytes, "safe", len) == 0)
		return EMAIL_CANONICAL_SAFE;
	if (len == 8 && memcmp(bytes, "provider", len) == 0)
		return EMAIL_CANONICAL_PROVIDER;
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("unknown mode of a canonical e-mail address"),
			errhint("The modes are \"safe\" and \"provider\"."));
}

/*
 * ccpii_sql_email_canonical
 *		NULL also for what cannot be converted to UTF-8 and back.
 */
Datum
ccpii_sql_email_canonical(PG_FUNCTION_ARGS)
{
	EmailCanonicalMode mode = canonical_mode(PG_GETARG_TEXT_PP(1));
	Utf8		address = ccpii_encoded_open(PG_GETARG_TEXT_PP(0));
	size_t		bound = ccpii_email_canonical_bound(address.len) + 1;
	char	   *dst;
	Utf8		canonical;
	text	   *result;

	if (address.data == NULL || bound > MaxAllocSize)
		PG_RETURN_NULL();
	canonical.data = dst = palloc(bound);
	canonical.len = ccpii_email_canonical(mode, address.data, address.len, dst);
	if (canonical.len == 0)
		PG_RETURN_NULL();
	result = ccpii_encoded_close(canonical);
	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(result);
}

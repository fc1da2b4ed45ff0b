/*-------------------------------------------------------------------------
 *
 * phone_face.c
 *	  Telephone numbers in E.164 as SQL functions.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "text/encoded.h"
#include "text/phone_number.h"
#include "text/phone_text.h"

typedef void (*PhoneReader) (const char *src, size_t len, int region,
							 PhoneNumber *number);

PG_FUNCTION_INFO_V1(ccpii_sql_phone_canonical);
PG_FUNCTION_INFO_V1(ccpii_sql_phone_valid);
PG_FUNCTION_INFO_V1(ccpii_sql_phone_key);
PG_FUNCTION_INFO_V1(ccpii_sql_phone_plan_version);

/*
 * region_argument
 *		The region of PG_GETARG 1, NULL being none.  Raises 22023 if it is no
 *		region.
 */
static int
region_argument(FunctionCallInfo fcinfo)
{
	text	   *name;
	int			region;

	if (PG_ARGISNULL(1))
		return PHONE_NO_REGION;
	name = PG_GETARG_TEXT_PP(1);
	region = ccpii_phone_number_region(VARDATA_ANY(name),
									   VARSIZE_ANY_EXHDR(name));
	if (region < 0)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("region is not known"),
				errhint("Regions are the two upper-case letters of ISO 3166-1, such as US or GB; NULL stands for none."));
	return region;
}

/*
 * read_argument
 *		Read the number of PG_GETARG 0, which is not NULL.  What cannot be
 *		converted to UTF-8 is no number.  Raises 22023 if PG_GETARG 1 is no
 *		region.
 */
static void
read_argument(FunctionCallInfo fcinfo, PhoneReader reader, PhoneNumber *number)
{
	int			region = region_argument(fcinfo);
	text	   *value = PG_GETARG_TEXT_PP(0);
	Utf8		utf8;

	number->len = 0;
	number->valid = number->plus = false;
	if (VARSIZE_ANY_EXHDR(value) > PHONE_TEXT_MAX_BYTES)
		return;
	utf8 = ccpii_encoded_open(value);
	if (utf8.data != NULL)
		reader(utf8.data, utf8.len, region, number);
}

static Datum
e164_or_null(FunctionCallInfo fcinfo, PhoneReader reader)
{
	PhoneNumber number;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	read_argument(fcinfo, reader, &number);
	if (number.len == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(number.e164, (int) number.len));
}

Datum
ccpii_sql_phone_canonical(PG_FUNCTION_ARGS)
{
	return e164_or_null(fcinfo, ccpii_phone_number_read);
}

Datum
ccpii_sql_phone_key(PG_FUNCTION_ARGS)
{
	return e164_or_null(fcinfo, ccpii_phone_number_read_key);
}

Datum
ccpii_sql_phone_valid(PG_FUNCTION_ARGS)
{
	PhoneNumber number;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	read_argument(fcinfo, ccpii_phone_number_read, &number);
	PG_RETURN_BOOL(number.valid);
}

Datum
ccpii_sql_phone_plan_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(ccpii_phone_number_plan_version()));
}

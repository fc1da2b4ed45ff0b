/*-------------------------------------------------------------------------
 *
 * face.c
 *	  The masks as SQL functions.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/detoast.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/crypto.h"
#include "base/keyring.h"
#include "text/encoded.h"
#include "text/mask.h"

/*
 * The key of one call of mask_hash() in a plan, in its fn_extra.
 */
typedef struct HashMask
{
	int32		key_id;
	CcpiiMac   *mac;			/* NULL: the ring does not hold key_id */
} HashMask;

PG_FUNCTION_INFO_V1(ccpii_sql_mask_full);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_phone);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_email);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_card);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_name);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_digits);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_cards);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_partial);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_hash);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_fit);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_year_date);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_month_date);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_year_timestamp);
PG_FUNCTION_INFO_V1(ccpii_sql_mask_month_timestamp);

/*
 * text_argument
 *		PG_GETARG_TEXT_PP(0), without a call for the plain values that nearly
 *		all are.
 */
static inline text *
text_argument(FunctionCallInfo fcinfo)
{
	struct varlena *value = (struct varlena *) PG_GETARG_POINTER(0);

	if (VARATT_IS_EXTERNAL(value) || VARATT_IS_COMPRESSED(value))
		value = pg_detoast_datum_packed(value);
	return (text *) value;
}

/*
 * mask_text
 *		Mask a value in the database encoding into a new text.  Never raises,
 *		but for want of memory.
 */
static inline text *
mask_text(const TextMask *mask, const text *value)
{
	return (text *) ccpii_encoded_mask(mask, VARDATA_ANY(value),
									   VARSIZE_ANY_EXHDR(value), 0);
}

/*
 * ccpii_sql_mask_full
 *		Needs to know no more of a value than whether it is empty.
 */
Datum
ccpii_sql_mask_full(PG_FUNCTION_ARGS)
{
	Size		size = toast_raw_datum_size(PG_GETARG_DATUM(0));

	PG_RETURN_TEXT_P(cstring_to_text(size > VARHDRSZ ? MASK_FULL : ""));
}

Datum
ccpii_sql_mask_phone(PG_FUNCTION_ARGS)
{
	static const TextMask mask = {.kind = TEXT_MASK_PHONE};

	PG_RETURN_TEXT_P(mask_text(&mask, text_argument(fcinfo)));
}

Datum
ccpii_sql_mask_email(PG_FUNCTION_ARGS)
{
	static const TextMask mask = {.kind = TEXT_MASK_EMAIL};

	PG_RETURN_TEXT_P(mask_text(&mask, text_argument(fcinfo)));
}

Datum
ccpii_sql_mask_card(PG_FUNCTION_ARGS)
{
	static const TextMask mask = {.kind = TEXT_MASK_CARD};

	PG_RETURN_TEXT_P(mask_text(&mask, text_argument(fcinfo)));
}

Datum
ccpii_sql_mask_name(PG_FUNCTION_ARGS)
{
	static const TextMask mask = {.kind = TEXT_MASK_NAME};

	PG_RETURN_TEXT_P(mask_text(&mask, text_argument(fcinfo)));
}

Datum
ccpii_sql_mask_cards(PG_FUNCTION_ARGS)
{
	static const TextMask mask = {.kind = TEXT_MASK_CARDS};

	PG_RETURN_TEXT_P(mask_text(&mask, text_argument(fcinfo)));
}

/*
 * ccpii_sql_mask_digits
 *		Raises 22023 unless 1 <= min_digits <= MASK_MAX_DIGITS.
 */
Datum
ccpii_sql_mask_digits(PG_FUNCTION_ARGS)
{
	TextMask	mask = {.kind = TEXT_MASK_DIGITS};

	mask.digits = PG_GETARG_INT32(1);
	if (mask.digits < 1 || mask.digits > MASK_MAX_DIGITS)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("number of digits must be between 1 and %d",
					   MASK_MAX_DIGITS));
	PG_RETURN_TEXT_P(mask_text(&mask, text_argument(fcinfo)));
}

/*
 * ccpii_sql_mask_partial
 *		Raises 22023 unless 0 <= prefix, suffix <= MASK_MAX_KEEP and fill is
 *		one printable ASCII character.
 */
Datum
ccpii_sql_mask_partial(PG_FUNCTION_ARGS)
{
	TextMask	mask = {.kind = TEXT_MASK_PARTIAL};
	text	   *fill = PG_GETARG_TEXT_PP(2);

	mask.prefix = PG_GETARG_INT32(1);
	mask.suffix = PG_GETARG_INT32(3);
	mask.fill = VARSIZE_ANY_EXHDR(fill) == 1 ? *VARDATA_ANY(fill) : '\0';
	if (mask.prefix < 0 || mask.prefix > MASK_MAX_KEEP ||
		mask.suffix < 0 || mask.suffix > MASK_MAX_KEEP)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("prefix and suffix must be between 0 and %d",
					   MASK_MAX_KEEP));
	if (mask.fill < ' ' || mask.fill > '~')
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("fill must be one printable ASCII character"));
	PG_RETURN_TEXT_P(mask_text(&mask, text_argument(fcinfo)));
}

/*
 * create_mac
 *		HMAC under a key of the ring, in a memory context; NULL if the ring
 *		does not hold the key.  Raises XX000 if OpenSSL refuses.
 */
static CcpiiMac *
create_mac(MemoryContext context, int32 key_id)
{
	uint8		key[KEYRING_KEY_BYTES];
	CcpiiMac   *volatile mac = NULL;

	if (!ccpii_keyring_derive(key_id, "mask_hash", key))
		return NULL;
	PG_TRY();
	{
		mac = ccpii_mac_create(context, key);
	}
	PG_FINALLY();
	{
		ccpii_crypto_wipe(key, sizeof(key));
	}
	PG_END_TRY();
	return mac;
}

/*
 * hash_state
 *		The state of a call of mask_hash(), with this key.  Raises XX000 if
 *		OpenSSL refuses.
 *
 * It lives as long as the call's expression.  The id is a constant of the
 * plan; should it ever change, another state takes over.
 */
static HashMask *
hash_state(FmgrInfo *flinfo, int32 key_id)
{
	HashMask   *state = (HashMask *) flinfo->fn_extra;

	if (state != NULL && state->key_id == key_id)
		return state;

	state = (HashMask *) MemoryContextAlloc(flinfo->fn_mcxt,
											sizeof(HashMask));
	state->key_id = key_id;
	state->mac = create_mac(flinfo->fn_mcxt, key_id);
	flinfo->fn_extra = state;
	return state;
}

/*
 * ccpii_sql_mask_hash
 *		The second argument is of type plan_token, so that only the rewrite can
 *		supply it; it is the key's id, an int32 by value.  Under a key that the
 *		ring does not hold every value, hashed already or not, is masked fully.
 *		Raises XX000 if OpenSSL refuses.
 */
Datum
ccpii_sql_mask_hash(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	int32		key_id = DatumGetInt32(PG_GETARG_DATUM(1));
	const char *src = VARDATA_ANY(value);
	size_t		len = VARSIZE_ANY_EXHDR(value);
	HashMask   *state;
	uint8		hash[CRYPTO_HASH_BYTES];
	text	   *result;

	if (len == 0)
		PG_RETURN_TEXT_P(value);
	state = hash_state(fcinfo->flinfo, key_id);
	if (state->mac == NULL)
		PG_RETURN_TEXT_P(cstring_to_text(MASK_FULL));
	if (ccpii_mask_is_hash(src, len))
		PG_RETURN_TEXT_P(value);

	ccpii_mac_compute(state->mac, src, len, hash);

	result = (text *) palloc(VARHDRSZ + HASH_TEXT_BYTES);
	SET_VARSIZE(result, VARHDRSZ + HASH_TEXT_BYTES);
	memcpy(VARDATA(result), HASH_PREFIX, HASH_PREFIX_BYTES);
	hex_encode((const char *) hash, HASH_SHOWN_BYTES,
			   VARDATA(result) + HASH_PREFIX_BYTES);
	PG_RETURN_TEXT_P(result);
}

/*
 * ccpii_sql_mask_fit
 *		A masked value as it fits into max_chars characters: itself, or at most
 *		four asterisks.  Raises 22023 if max_chars is less than 1.
 */
Datum
ccpii_sql_mask_fit(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	int32		max_chars = PG_GETARG_INT32(1);
	int			len = (int) VARSIZE_ANY_EXHDR(value);

	if (max_chars < 1)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("number of characters must be at least 1"));
	if (len <= max_chars ||
		pg_mbstrlen_with_len(VARDATA_ANY(value), len) <= max_chars)
		PG_RETURN_TEXT_P(value);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(MASK_FULL,
											  Min(max_chars,
												  MASK_FULL_BYTES)));
}

/*
 * truncate_date
 *		First day of the value's month, or year; the first of all days where
 *		that would lie before it.  Infinity stays.
 */
static DateADT
truncate_date(DateADT value, bool to_year)
{
	int			year;
	int			month;
	int			day;
	int			julian;

	if (DATE_NOT_FINITE(value))
		return value;
	j2date(value + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	julian = date2j(year, to_year ? 1 : month, 1);
	return Max(julian, DATETIME_MIN_JULIAN) - POSTGRES_EPOCH_JDATE;
}

/*
 * truncate_timestamp
 *		First instant of the value's month, or year, in UTC; the first of all
 *		instants where that would lie before it.  Infinity stays.
 */
static Timestamp
truncate_timestamp(Timestamp value, bool to_year)
{
	struct pg_tm tm;
	fsec_t		fsec;
	Timestamp	result;

	if (TIMESTAMP_NOT_FINITE(value))
		return value;
	if (timestamp2tm(value, NULL, &tm, &fsec, NULL, NULL) != 0)
		ereport(ERROR,
				errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				errmsg("timestamp out of range"));
	if (to_year)
		tm.tm_mon = 1;
	tm.tm_mday = 1;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	if (tm2timestamp(&tm, 0, NULL, &result) != 0)
		return MIN_TIMESTAMP;
	return result;
}

Datum
ccpii_sql_mask_year_date(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(truncate_date(PG_GETARG_DATEADT(0), true));
}

Datum
ccpii_sql_mask_month_date(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(truncate_date(PG_GETARG_DATEADT(0), false));
}

Datum
ccpii_sql_mask_year_timestamp(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMP(truncate_timestamp(PG_GETARG_TIMESTAMP(0), true));
}

Datum
ccpii_sql_mask_month_timestamp(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMP(truncate_timestamp(PG_GETARG_TIMESTAMP(0), false));
}

/*-------------------------------------------------------------------------
 *
 * card_face.c
 *	  Card networks and check digits as SQL functions.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "text/card.h"
#include "text/encoded.h"

#define READ_DIGITS 65536		/* between two looks for a cancel */

PG_FUNCTION_INFO_V1(ccpii_sql_card_network);
PG_FUNCTION_INFO_V1(ccpii_sql_luhn_valid);

/*
 * ccpii_sql_card_network
 *		The name of the network that issues a number; NULL if none does, or if
 *		the value is not a number and nothing else.
 */
Datum
ccpii_sql_card_network(PG_FUNCTION_ARGS)
{
	uint8_t		digits[CARD_MAX_DIGITS + 1];
	size_t		ndigits;
	size_t		at = 0;
	Utf8		number = ccpii_encoded_open(PG_GETARG_TEXT_PP(0));
	int			network;

	if (number.data == NULL)
		PG_RETURN_NULL();
	ndigits = ccpii_card_read(number.data, number.len, &at, digits,
							  lengthof(digits));
	if (at < number.len)
		PG_RETURN_NULL();
	network = ccpii_card_match(digits, ndigits, ccpii_card_asked());
	if (network < 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(ccpii_card_network_name(network)));
}

/*
 * ccpii_sql_luhn_valid
 *		Has a number of any length the right check digit?  False if the value
 *		is not a number and nothing else.
 */
Datum
ccpii_sql_luhn_valid(PG_FUNCTION_ARGS)
{
	size_t		at = 0;
	Utf8		number = ccpii_encoded_open(PG_GETARG_TEXT_PP(0));
	size_t		ndigits = 0;
	uint8_t    *digits;

	if (number.data == NULL || number.len == 0)
		PG_RETURN_BOOL(false);
	digits = MemoryContextAllocHuge(CurrentMemoryContext, number.len);
	for (size_t had = READ_DIGITS; had == READ_DIGITS; ndigits += had)
	{
		CHECK_FOR_INTERRUPTS();
		had = ccpii_card_read(number.data, number.len, &at,
							  digits + ndigits,
							  Min(READ_DIGITS, number.len - ndigits));
	}
	PG_RETURN_BOOL(at == number.len && ccpii_card_luhn(digits, ndigits));
}

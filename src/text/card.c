/*-------------------------------------------------------------------------
 *
 * card.c
 *	  Telling payment card numbers from other numbers.
 *
 * The check digit alone would take every tenth number for a card; with the
 * networks' prefixes and lengths it is about one in forty 16-digit numbers.
 *
 *-------------------------------------------------------------------------
 */
#include "text/card.h"

#define PREFIX_DIGITS 4			/* no prefix below needs more */

/* the set of lengths of a network: bit n is set for n digits */
#define LENGTH(n) (UINT32_C(1) << (n))
#define LENGTHS(from, to) (LENGTH((to) + 1) - LENGTH(from))

typedef struct CardPrefix
{
	uint16_t	first;			/* range of the first PREFIX_DIGITS digits */
	uint16_t	last;
	uint32_t	lengths;
} CardPrefix;

/*
 * ISO/IEC 7812 leaves the ranges to the networks, whose rule books are not
 * public.  Sources: Wikipedia, "Payment card number" (July 2024), braintree's
 * credit-card-type 10.3.0, zendesk's credit_card_sanitizer.  Where they
 * differ: Visa has 13 digits too (old cards, but also one in ten of the EAN-13
 * bar codes that begin with 4), Discover all of 65, JCB no more than 3528 to
 * 3589.  Networks that own parts of these ranges (Elo, RuPay, Troy, Verve,
 * Dankort) are found with them; UnionPay, Maestro and other ones are not.
 */
static const CardPrefix card_prefix[] = {
	{2221, 2720, LENGTH(16)},	/* Mastercard, since 2017 */
	{3000, 3059, LENGTHS(14, 19)},	/* Diners Club */
	{3095, 3095, LENGTHS(14, 19)},	/* Diners Club */
	{3400, 3499, LENGTH(15)},	/* American Express */
	{3528, 3589, LENGTHS(16, 19)},	/* JCB */
	{3600, 3699, LENGTHS(14, 19)},	/* Diners Club */
	{3700, 3799, LENGTH(15)},	/* American Express */
	{3800, 3999, LENGTHS(14, 19)},	/* Diners Club */
	{4000, 4999, LENGTH(13) | LENGTH(16) | LENGTH(19)}, /* Visa */
	{5100, 5599, LENGTH(16)},	/* Mastercard */
	{6011, 6011, LENGTHS(16, 19)},	/* Discover */
	{6440, 6599, LENGTHS(16, 19)}	/* Discover */
};

/*
 * has_check_digit
 *		Is the last digit the check digit of the others: Luhn's formula,
 *		ISO/IEC 7812-1:2017, annex B?
 */
static bool
has_check_digit(const uint8_t *digits, size_t ndigits)
{
	unsigned int sum = 0;

	for (size_t i = 0; i < ndigits; i++)
	{
		unsigned int digit = digits[ndigits - 1 - i];

		if (i % 2 == 1)
			digit = digit < 5 ? 2 * digit : 2 * digit - 9;
		sum += digit;
	}
	return sum % 10 == 0;
}

/*
 * is_issued
 *		Does a network issue numbers with this beginning and length?
 */
static bool
is_issued(const uint8_t *digits, size_t ndigits)
{
	unsigned int prefix = 0;

	for (size_t i = 0; i < PREFIX_DIGITS; i++)
		prefix = prefix * 10 + digits[i];

	for (size_t i = 0; i < sizeof(card_prefix) / sizeof(card_prefix[0]); i++)
	{
		if (prefix >= card_prefix[i].first && prefix <= card_prefix[i].last)
			return (card_prefix[i].lengths & LENGTH(ndigits)) != 0;
	}
	return false;
}

bool
ccpii_card_check(const uint8_t *digits, size_t ndigits)
{
	return ndigits >= CARD_MIN_DIGITS &&
		ndigits <= CARD_MAX_DIGITS &&
		is_issued(digits, ndigits) &&
		has_check_digit(digits, ndigits);
}

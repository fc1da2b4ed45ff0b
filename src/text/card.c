/*-------------------------------------------------------------------------
 *
 * card.c
 *	  Telling payment card numbers from other numbers.
 *
 * The check digit alone would take every tenth number for a card; with the
 * prefixes and lengths of the default networks it is about one in forty
 * 16-digit numbers.
 *
 * ISO/IEC 7812 leaves the ranges to the networks, whose rule books are not
 * public: card_networks.csv says from whom each is.  The numbers with a first
 * digit are cut into segments, each with the set of networks that have it; a
 * number belongs to the networks of its segment that have its length.
 *
 *-------------------------------------------------------------------------
 */
#include "text/card.h"
#include "text/card_table.h"
#include "text/utf8.h"

/*
 * segment_of
 *		The last segment that starts at or before a number.
 *
 * digits	at least CARD_PREFIX_DIGITS
 * two		what the first two of them say
 */
static unsigned int
segment_of(const uint8_t *digits, unsigned int two)
{
	unsigned int low = card_segment_of_two[two];
	unsigned int high = card_segment_of_two[two + 1];
	uint32_t	prefix = two;

	for (size_t i = 2; i < CARD_PREFIX_DIGITS; i++)
		prefix = prefix * 10 + digits[i];

	while (low < high)
	{
		unsigned int middle = (low + high + 1) / 2;

		if (card_segment_start[middle] <= prefix)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

CardNetworks
ccpii_card_default(void)
{
	return CARD_DEFAULT;
}

CardNetworks
ccpii_card_asked(void)
{
	return CARD_ASKED;
}

/*
 * is_name
 *		Is a text the name, but for the case of ASCII letters?
 */
static bool
is_name(const char *name, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
	{
		char		c = text[i];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (name[i] == '\0' || name[i] != c)
			return false;
	}
	return name[len] == '\0';
}

int
ccpii_card_network_by_name(const char *name, size_t len)
{
	for (int network = 0; network < CARD_NETWORKS; network++)
	{
		if (is_name(card_name[network], name, len))
			return network;
	}
	return -1;
}

const char *
ccpii_card_network_name(int network)
{
	return network >= 0 && network < CARD_NETWORKS ? card_name[network] : NULL;
}

int
ccpii_card_match(const uint8_t *digits, size_t ndigits, CardNetworks enabled)
{
	CardNetworks found = enabled;
	unsigned int two;

	if (ndigits < CARD_MIN_DIGITS || ndigits > CARD_MAX_DIGITS)
		return -1;
	two = 10 * digits[0] + digits[1];

	/* Three looks, of which each leaves less to do for the next one. */
	found &= card_of_length[ndigits - CARD_MIN_DIGITS] & card_of_two[two];
	if (found == 0)
		return -1;
	if (!ccpii_card_luhn(digits, ndigits))
		found &= CARD_UNCHECKED;
	if (found == 0)
		return -1;
	found &= card_of_segment[segment_of(digits, two)];
	return found != 0 ? __builtin_ctzll(found) : -1;
}

bool
ccpii_card_check(const uint8_t *digits, size_t ndigits)
{
	return ccpii_card_match(digits, ndigits, CARD_DEFAULT) >= 0;
}

bool
ccpii_card_luhn(const uint8_t *digits, size_t ndigits)
{
	/* twice a digit, as the sum of its own digits */
	static const uint8_t twice[10] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
	size_t		odd = ndigits % 2;
	uint64_t	sum;

	if (ndigits < 2)
		return false;
	sum = digits[0] * odd;
	for (size_t i = odd; i < ndigits; i += 2)
		sum += twice[digits[i]] + digits[i + 1];
	return sum % 10 == 0;
}

size_t
ccpii_card_read(const char *src, size_t len, size_t *at, uint8_t *digits,
				size_t max)
{
	size_t		ndigits = 0;

	while (*at < len && ndigits < max)
	{
		uint32_t	code_point;
		size_t		size = ccpii_utf8_decode(src + *at, len - *at, &code_point);
		int			digit = ccpii_utf8_digit(code_point);

		if (digit >= 0)
			digits[ndigits++] = (uint8_t) digit;
		else if (!ccpii_card_is_layout(code_point))
			break;
		*at += size;
	}
	return ndigits;
}

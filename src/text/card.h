/*-------------------------------------------------------------------------
 *
 * card.h
 *	  Telling payment card numbers from other numbers.
 *
 * Digits are given as values 0..9, the first digit first.  Nothing here
 * raises.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_CARD_H
#define CCPII_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ISO/IEC 7812-1:2017, 4: at most 19; 12 is the shortest of any network */
#define CARD_MIN_DIGITS 12
#define CARD_MAX_DIGITS 19
#define CARD_SHOWN_DIGITS 4		/* at the end; PCI DSS 4.0, 3.4.1 allows it */

/* a set of networks: bit n is set for network number n */
typedef uint64_t CardNetworks;

#define CARD_NETWORK(number) (UINT64_C(1) << (number))

/*
 * ccpii_card_default
 *		The networks that are looked for unless somebody says otherwise: visa,
 *		mastercard, amex, diners, discover, jcb.
 */
extern CardNetworks ccpii_card_default(void);

/*
 * ccpii_card_asked
 *		The networks to which a number that is known to be a card may belong:
 *		all of which cards are valid today.
 */
extern CardNetworks ccpii_card_asked(void);

/*
 * ccpii_card_network_by_name
 *		The number of the network with a name, ASCII letters of either case;
 *		-1 if there is none.  Discontinued ones have a number too.
 */
extern int	ccpii_card_network_by_name(const char *name, size_t len);

/*
 * ccpii_card_network_name
 *		The name of the network with a number, in small letters; NULL if there
 *		is none.  Numbers are 0, 1, ... without a gap.
 */
extern const char *ccpii_card_network_name(int network);

/*
 * ccpii_card_match
 *		The network, of those enabled, that issues a number.
 *
 * digits		values 0..9
 * ndigits		how many; any number
 *
 * Beginning and length are the network's, and the check digit is right, but
 * for diners-enroute, which had none.  Several may share a number: networks of
 * the default set come first, then the longer prefix, then the order of
 * card_networks.csv.  All of that is the order of the networks' numbers, so
 * the lowest is the answer; -1 if there is none.
 */
extern int	ccpii_card_match(const uint8_t *digits, size_t ndigits,
							 CardNetworks enabled);

/*
 * ccpii_card_check
 *		Does a network of the default set issue a number?
 */
extern bool ccpii_card_check(const uint8_t *digits, size_t ndigits);

/*
 * ccpii_card_luhn
 *		Is the last digit the check digit of the others: Luhn's formula,
 *		ISO/IEC 7812-1:2017, annex B?  Not if there are no others.
 */
extern bool ccpii_card_luhn(const uint8_t *digits, size_t ndigits);

/*
 * ccpii_card_is_layout
 *		May the character stand before, between and behind the digits of a
 *		value that is a card number?
 */
static inline bool
ccpii_card_is_layout(uint32_t code_point)
{
	return code_point == ' ' || code_point == '-' ||
		code_point == '.' || code_point == '_';
}

/*
 * ccpii_card_read
 *		Read the digits, of any script, of a value that has nothing else but
 *		layout.
 *
 * src, len	UTF-8 bytes, not NUL-terminated
 * at			in and out: byte offset, <= len, where to begin; where it ended
 * digits, max	out: room for max values 0..9
 *
 * Returns how many digits were read.  Ends at the end, where *at is len; behind
 * max digits; or before a character that is neither digit nor layout.
 */
extern size_t ccpii_card_read(const char *src, size_t len, size_t *at,
							  uint8_t *digits, size_t max);

#endif							/* CCPII_CARD_H */

/*-------------------------------------------------------------------------
 *
 * card.h
 *	  Telling payment card numbers from other numbers.
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

/*
 * ccpii_card_check
 *		Is a sequence of digits a card number?
 *
 * digits		values 0..9, the first digit first
 * ndigits		how many; any number
 *
 * True if the check digit is right and one of the networks visa, mastercard,
 * amex, diners, discover, jcb issues numbers with this beginning and length.
 * Never raises.
 */
extern bool ccpii_card_check(const uint8_t *digits, size_t ndigits);

#endif							/* CCPII_CARD_H */

/*-------------------------------------------------------------------------
 *
 * scan.h
 *	  Numbers, cards and telephone numbers in running text, in one pass.
 *
 * Source of the rules: shared/cases/SEMANTICS.md, 1 to 9.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_SCAN_H
#define CCPII_SCAN_H

#include "text/card_find.h"
#include "text/digits.h"
#include "text/number.h"
#include "text/phone_find.h"

typedef enum SpanKind
{
	SPAN_NUMBER,
	SPAN_CARD,
	SPAN_PHONE,
	SPAN_EMAIL,
	SPAN_PATTERN
} SpanKind;

typedef struct Span
{
	SpanKind	kind;
	size_t		start;			/* byte offset of its first character */
	size_t		end;			/* behind its last character */
	size_t		shown;			/* of what its mask shows of it */
	size_t		shown_end;		/* behind that; of a phone, an extension is
								 * hidden again */
	int			network;		/* of a card */
} Span;

typedef struct ScanRules
{
	int			digits;			/* of the shortest number; 0: none are found */
	NumberMode	mode;
	bool		keep_dates;		/* applies from NUMBER_DATE_DIGITS on */
	CardRules	cards;			/* no networks: none are found */
	bool		phones;			/* that are no number of enough digits; mode
								 * is grouped */
} ScanRules;

typedef struct Scanner
{
	GroupReader reader;
	const ScanRules *rules;
	NumberRules numbers;
	UrlCheck	url;
	size_t		cards_from;		/* byte offset before which no card begins */
	size_t		run_at;			/* in a group whose runs are found one by one */
	size_t		run_end;
} Scanner;

/* Can there be anything of what the rules say in UTF-8 bytes?  Fast. */
static inline bool
ccpii_scan_may_find(const ScanRules *rules, const char *src, size_t len)
{
	size_t		fewest = rules->cards.networks != 0 ? CARD_MIN_DIGITS : SIZE_MAX;

	if (rules->digits > 0 && (size_t) rules->digits < fewest)
		fewest = (size_t) rules->digits;
	if (rules->phones && fewest > PHONE_MIN_DIGITS)
		fewest = PHONE_MIN_DIGITS;
	return ccpii_digits_may_have(src, len, fewest);
}

/*
 * ccpii_scan_begin
 *		Prepare to find what the rules say; they and the text stay the
 *		caller's.
 */
extern void ccpii_scan_begin(Scanner *scanner, const ScanRules *rules,
							 const char *src, size_t len);

/*
 * ccpii_scan_next
 *		The next span, in order, none overlapping another; false if there is
 *		none.  The digits that a card shows can be a number again.
 */
extern bool ccpii_scan_next(Scanner *scanner, Span *span);

#endif							/* CCPII_SCAN_H */

/*-------------------------------------------------------------------------
 *
 * scan.c
 *	  Numbers, cards and telephone numbers in running text, in one pass.
 *
 * Wherever a card can begin, cards come first: a number stops before it, and
 * the digits that the card's mask shows are then read as what follows.
 *
 *-------------------------------------------------------------------------
 */
#include "text/scan.h"

/* Does a card begin with a group ahead? */
static bool
find_card(Scanner *scanner, size_t ahead, CardSpan *card)
{
	const DigitGroup *group = ccpii_group_peek(&scanner->reader, ahead);

	return scanner->rules->cards.networks != 0 &&
		group->start >= scanner->cards_from &&
		ccpii_card_find(&scanner->reader, ahead, &scanner->rules->cards,
						&scanner->url, card);
}

static bool
card_stops(GroupReader *reader, size_t ahead, void *context)
{
	CardSpan	card;

	(void) reader;
	return find_card(context, ahead, &card);
}

/* Go on with the digits that a card shows. */
static void
skip_card(Scanner *scanner, const CardSpan *card)
{
	GroupReader *reader = &scanner->reader;
	size_t		hidden = card->ndigits - CARD_SHOWN_DIGITS;
	const DigitGroup *group = ccpii_group_peek(reader, 0);

	while (group->ndigits <= hidden)
	{
		hidden -= group->ndigits;
		ccpii_group_drop(reader, 1);
		group = ccpii_group_peek(reader, 0);
	}
	if (hidden > 0)
		ccpii_group_keep_last(reader, group->ndigits - hidden);
	scanner->cards_from = card->end;
}

void
ccpii_scan_begin(Scanner *scanner, const ScanRules *rules, const char *src,
				 size_t len)
{
	ccpii_group_init(&scanner->reader, src, len);
	scanner->rules = rules;
	scanner->numbers.mode = rules->mode;
	scanner->numbers.keep_dates = rules->keep_dates &&
		(rules->digits == 0 || rules->digits >= NUMBER_DATE_DIGITS);
	scanner->numbers.stops = rules->cards.networks != 0 ? card_stops : NULL;
	scanner->numbers.context = scanner;
	scanner->url.at = 0;
	scanner->url.is_url = false;
	scanner->cards_from = 0;
	scanner->run_at = scanner->run_end = 0;
}

/* The next run of enough digits in the group that is read run by run. */
static bool
next_run(Scanner *scanner, Span *span)
{
	DigitRun	run;

	while (scanner->run_at < scanner->run_end &&
		   ccpii_digits_next(scanner->reader.src, scanner->run_end,
							 scanner->run_at, &run))
	{
		scanner->run_at = run.end;
		if (run.ndigits >= (size_t) scanner->rules->digits)
		{
			span->start = run.start;
			span->end = span->shown = span->shown_end = run.end;
			return true;
		}
	}
	return false;
}

/* Is the number that comes next one of enough digits, or a telephone's? */
static bool
next_number(Scanner *scanner, Span *span)
{
	const ScanRules *rules = scanner->rules;
	size_t		digits = rules->digits > 0 ? (size_t) rules->digits : SIZE_MAX;
	Number		number;
	PhoneSpan	phone;

	ccpii_number_next(&scanner->reader, &scanner->numbers, &number);
	if (number.is_date)
		return false;
	if (number.ndigits >= digits || number.nfraction >= digits)
	{
		span->start = number.start;
		span->end = number.end;
		if (rules->phones)
			span->end = ccpii_phone_extension(&scanner->reader, number.end);
		span->shown = span->shown_end = span->end;
		return true;
	}
	if (!rules->phones)
		return false;
	scanner->cards_from = number.end;	/* none begins in what was read */
	if (!ccpii_phone_in(&scanner->reader, &number, &phone))
		return false;
	span->kind = SPAN_PHONE;
	span->start = phone.start;
	span->end = phone.end;
	span->shown = phone.shown;
	span->shown_end = phone.number_end;
	return true;
}

bool
ccpii_scan_next(Scanner *scanner, Span *span)
{
	const ScanRules *rules = scanner->rules;
	const DigitGroup *group;
	CardSpan	card;

	span->kind = SPAN_NUMBER;
	span->network = -1;
	if (scanner->run_at < scanner->run_end && next_run(scanner, span))
		return true;
	while ((group = ccpii_group_peek(&scanner->reader, 0)) != NULL)
	{
		if (find_card(scanner, 0, &card))
		{
			skip_card(scanner, &card);
			span->kind = SPAN_CARD;
			span->start = card.start;
			span->end = span->shown_end = card.end;
			span->shown = card.shown;
			span->network = card.network;
			return true;
		}
		if (rules->digits > 0 && rules->mode == NUMBER_CONTIGUOUS)
		{
			scanner->run_at = group->start;
			scanner->run_end = group->end;
			ccpii_group_drop(&scanner->reader, 1);
			if (next_run(scanner, span))
				return true;
		}
		else if (rules->digits == 0 && !rules->phones)
			ccpii_group_drop(&scanner->reader, 1);
		else if (next_number(scanner, span))
			return true;
	}
	return false;
}

/*-------------------------------------------------------------------------
 *
 * card_find.h
 *	  Payment card numbers in running text.
 *
 * Source of the rules: shared/cases/SEMANTICS.md, 8.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_CARD_FIND_H
#define CCPII_CARD_FIND_H

#include "text/card.h"
#include "text/group.h"

typedef struct CardRules
{
	CardNetworks networks;
	bool		any_grouping;	/* however its digits are grouped */
} CardRules;

typedef struct CardSpan
{
	size_t		start;			/* byte offset of the first digit */
	size_t		shown;			/* of the last four digits, which are shown */
	size_t		end;			/* behind the last digit */
	size_t		ngroups;
	size_t		ndigits;
	int			network;
} CardSpan;

/* What is known of the word in which something was found last; zeros at first. */
typedef struct UrlCheck
{
	size_t		at;
	bool		is_url;
} UrlCheck;

/*
 * ccpii_card_find
 *		Does a card number begin with the group that is ahead by this many?
 *
 * url	kept between calls for the same text, whose groups come in order
 */
extern bool ccpii_card_find(GroupReader *reader, size_t ahead,
							const CardRules *rules, UrlCheck *url,
							CardSpan *card);

#endif							/* CCPII_CARD_FIND_H */

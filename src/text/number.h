/*-------------------------------------------------------------------------
 *
 * number.h
 *	  Numbers in running text: groups of digits that are read as one.
 *
 * Source of the rules: shared/cases/SEMANTICS.md, 1 to 5.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_NUMBER_H
#define CCPII_NUMBER_H

#include "text/group.h"

#define NUMBER_SIZES 12			/* groups whose sizes are kept */
#define NUMBER_DATE_DIGITS 5	/* from so many digits on, dates are kept */

typedef enum NumberMode
{
	NUMBER_CONTIGUOUS,			/* digits without anything between them */
	NUMBER_GROUPED,				/* formatted as people write numbers */
	NUMBER_AGGRESSIVE			/* up to three other characters in between */
} NumberMode;

typedef struct Number
{
	size_t		start;			/* byte offset of the first digit */
	size_t		end;			/* byte offset behind the last digit */
	size_t		ngroups;		/* the fraction aside */
	size_t		ndigits;		/* in them */
	size_t		nfraction;		/* digits of the fraction */
	size_t		ninside;		/* digits so far in an open parenthesis */
	bool		is_date;		/* a date, time or range of years */
	bool		is_listed;		/* has a comma for thousands */
	bool		has_plus;		/* + stands before it */
	uint8_t		first;			/* value of the first digit */
	bool		is_trunk;		/* which is 0, and no number is right before
								 * it */
	Joint		joint;			/* how the text goes on behind it */
	size_t		sizes[NUMBER_SIZES];	/* digits of the first groups */
	Joint		joints[NUMBER_SIZES];	/* behind each of them */
	size_t		ends[NUMBER_SIZES]; /* byte offset behind each of them */
} Number;

/*
 * May groups ahead become part of the number?  Asked for each that is joined,
 * other than the first.
 */
typedef bool (*NumberStops) (GroupReader *reader, size_t ahead, void *context);

typedef struct NumberRules
{
	NumberMode	mode;			/* not contiguous */
	bool		keep_dates;		/* dates, times, ranges of years do not join */
	NumberStops stops;			/* may be NULL */
	void	   *context;		/* for it */
} NumberRules;

/*
 * ccpii_number_next
 *		Read the next number and drop its groups; false if there is none.
 *
 * A date that is kept is returned as a number with is_date.
 */
extern bool ccpii_number_next(GroupReader *reader, const NumberRules *rules,
							  Number *number);

#endif							/* CCPII_NUMBER_H */

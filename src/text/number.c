/*-------------------------------------------------------------------------
 *
 * number.c
 *	  Numbers in running text: groups of digits that are read as one.
 *
 * A number that is masked must not change how its neighbours are read, or a
 * second pass would mask more: where a rule looks at what stands before or
 * behind a group, an asterisk counts as a digit.
 *
 *-------------------------------------------------------------------------
 */
#include "text/number.h"
#include "text/utf8.h"

#define CLOSED_DIGITS 5			/* SEMANTICS.md, 2: (12345) */

/* ---------- what stands around groups ---------- */

static bool
is_digit_or_mask(uint32_t code_point)
{
	return code_point == '*' ||
		(code_point != UTF8_INVALID && ccpii_utf8_digit(code_point) >= 0);
}

static bool
is_separator(uint32_t code_point, Joint joint)
{
	switch (joint)
	{
		case JOINT_HYPHEN:
		case JOINT_SPACED_HYPHEN:
			return ccpii_utf8_is_hyphen(code_point);
		case JOINT_DOT:
			return code_point == '.' || code_point == 0xFF0E;
		case JOINT_COMMA:
			return code_point == ',' || code_point == 0xFF0C ||
				code_point == 0x066C;
		case JOINT_APOSTROPHE:
			return code_point == '\'' || code_point == 0x2019;
		case JOINT_SLASH:
			return code_point == '/' || code_point == 0xFF0F;
		case JOINT_COLON:
			return code_point == ':' || code_point == 0xFF1A;
		default:
			return false;
	}
}

/* Is a group joined like this to digits, or their masks, before it? */
static bool
follows(const GroupReader *reader, const DigitGroup *group, Joint joint)
{
	size_t		at = group->before_at;
	uint32_t	code_point = group->before;

	if (joint == JOINT_SPACED_HYPHEN && ccpii_utf8_is_blank(code_point))
		code_point = ccpii_group_before(reader->src, at, &at);
	if (!is_separator(code_point, joint))
		return false;
	code_point = ccpii_group_before(reader->src, at, &at);
	if (joint == JOINT_SPACED_HYPHEN && ccpii_utf8_is_blank(code_point))
		code_point = ccpii_group_before(reader->src, at, &at);
	return is_digit_or_mask(code_point);
}

/* Is it joined like this to digits, or their masks, behind it? */
static bool
precedes(const GroupReader *reader, const DigitGroup *group, Joint joint)
{
	size_t		at = group->end;
	uint32_t	code_point = UTF8_INVALID;

	if (group->joint == joint)
		return true;

	/* a mask there has hidden the digits */
	while (at < reader->len)
	{
		at += ccpii_utf8_decode(reader->src + at, reader->len - at, &code_point);
		if (!ccpii_group_is_transparent(code_point))
			break;
	}
	return is_separator(code_point, joint) && at < reader->len &&
		reader->src[at] == '*';
}

/* ---------- dates, times, ranges of years ---------- */

static int
value_of(const DigitGroup *group)
{
	int			value = 0;

	for (size_t i = 0; i < group->ndigits && i < 4; i++)
		value = value * 10 + group->head[i];
	return value;
}

static bool
is_between(const DigitGroup *group, size_t min_digits, size_t max_digits,
		   int low, int high)
{
	int			value = value_of(group);

	return group->ndigits >= min_digits && group->ndigits <= max_digits &&
		value >= low && value <= high;
}

static bool
is_year(const DigitGroup *group)
{
	return is_between(group, 4, 4, 1900, 2099);
}

static bool
is_month_and_day(const DigitGroup *month, const DigitGroup *day)
{
	return is_between(month, 1, 2, 1, 12) && is_between(day, 1, 2, 1, 31);
}

/* Y-M-D, D-M-Y or M-D-Y; with slashes also a year of two digits, as the last. */
static bool
is_date(const DigitGroup *a, const DigitGroup *b, const DigitGroup *c)
{
	if (is_year(a))
		return is_month_and_day(b, c);
	if (!is_year(c) && !(a->joint == JOINT_SLASH && c->ndigits == 2))
		return false;
	return is_month_and_day(a, b) || is_month_and_day(b, a);
}

/* How many groups from one on are a time? */
static size_t
time_groups(GroupReader *reader, size_t ahead, const DigitGroup *hour)
{
	const DigitGroup *minute = ccpii_group_peek(reader, ahead + 1);
	const DigitGroup *second;

	if (!is_between(hour, 1, 2, 0, 24) || !is_between(minute, 2, 2, 0, 59) ||
		follows(reader, hour, JOINT_COLON))
		return 0;
	if (!precedes(reader, minute, JOINT_COLON))
		return 2;
	if (minute->joint != JOINT_COLON)
		return 0;
	second = ccpii_group_peek(reader, ahead + 2);
	return is_between(second, 2, 2, 0, 60) &&
		!precedes(reader, second, JOINT_COLON) ? 3 : 0;
}

/* How many groups from one on are a date, a time or a range of years? */
static size_t
date_groups(GroupReader *reader, size_t ahead)
{
	const DigitGroup *a = ccpii_group_peek(reader, ahead);
	const DigitGroup *b;
	const DigitGroup *c;

	if (a->ndigits > 4 || a->joint == JOINT_BREAK || ahead + 2 >= GROUP_AHEAD)
		return 0;
	if (a->joint == JOINT_COLON)
		return time_groups(reader, ahead, a);
	if (a->joint != JOINT_HYPHEN && a->joint != JOINT_SPACED_HYPHEN &&
		a->joint != JOINT_SLASH && a->joint != JOINT_DOT)
		return 0;
	b = ccpii_group_peek(reader, ahead + 1);
	if (follows(reader, a, a->joint))
		return 0;
	if (is_year(a) && is_year(b) && value_of(a) < value_of(b) &&
		(a->joint == JOINT_HYPHEN || a->joint == JOINT_SPACED_HYPHEN))
		return precedes(reader, b, a->joint) ? 0 : 2;
	if (a->joint == JOINT_SPACED_HYPHEN || b->joint != a->joint)
		return 0;
	c = ccpii_group_peek(reader, ahead + 2);
	return is_date(a, b, c) && !precedes(reader, c, a->joint) ? 3 : 0;
}

/* ---------- joining ---------- */

/*
 * Does a number, a date that is kept for example, end right before a group?
 * Whether it is kept must not decide how the group itself is read.
 */
static bool
follows_number(const GroupReader *reader, const DigitGroup *group)
{
	size_t		at = group->before_at;
	uint32_t	code_point = group->before;

	for (int i = 0; i < 3; i++)
	{
		if (is_digit_or_mask(code_point))
			return true;
		if (code_point == UTF8_INVALID || ccpii_utf8_is_letter(code_point))
			return false;
		code_point = ccpii_group_before(reader->src, at, &at);
	}
	return is_digit_or_mask(code_point);
}

static void
begin(Number *number, const GroupReader *reader, const DigitGroup *group)
{
	size_t		at;
	uint32_t	before = group->before;

	if (group->opened)
		before = ccpii_group_before(reader->src, group->before_at, &at);
	number->start = group->start;
	number->end = group->end;
	number->ngroups = 1;
	number->ndigits = group->ndigits;
	number->nfraction = 0;
	number->ninside = group->opened ? group->ndigits : 0;
	number->is_date = false;
	number->is_listed = false;
	number->has_plus = before == '+' || before == 0xFF0B;
	number->first = group->head[0];
	number->is_trunk = number->first == 0 && !follows_number(reader, group);
	number->joint = group->joint;
	number->sizes[0] = group->ndigits;
	number->joints[0] = group->joint;
	number->ends[0] = group->end;
}

static void
add(Number *number, const DigitGroup *group)
{
	if (group->opened)
		number->ninside = group->ndigits;
	else if (number->joint == JOINT_PARENTHESIS || number->ninside == 0)
		number->ninside = 0;
	else
		number->ninside += group->ndigits;
	number->end = group->end;
	number->ndigits += group->ndigits;
	number->joint = group->joint;
	if (number->ngroups < NUMBER_SIZES)
	{
		number->sizes[number->ngroups] = group->ndigits;
		number->joints[number->ngroups] = group->joint;
		number->ends[number->ngroups] = group->end;
	}
	number->ngroups++;
}

/* How many groups follow one, all joined like this? */
static size_t
chain_length(GroupReader *reader, size_t ahead, Joint joint)
{
	size_t		length = 0;

	while (ahead + length + 1 < GROUP_AHEAD)
	{
		const DigitGroup *group = ccpii_group_peek(reader, ahead + length);

		if (group->joint != joint ||
			ccpii_group_peek(reader, ahead + length + 1)->glued)
			break;
		length++;
	}
	return length;
}

/*
 * Do commas or apostrophes behind a group separate thousands, as in 1,234,567
 * or, in India, 12,34,567?
 */
static bool
is_thousands(GroupReader *reader, size_t ahead, size_t length)
{
	const DigitGroup *first = ccpii_group_peek(reader, ahead);
	bool		threes = first->ndigits <= 3;
	bool		twos = first->ndigits <= 2 && length >= 2;

	if (follows(reader, first, first->joint))
		return false;
	for (size_t i = 1; i <= length; i++)
	{
		size_t		ndigits = ccpii_group_peek(reader, ahead + i)->ndigits;

		threes &= ndigits == 3;
		twos &= ndigits == (i == length ? 3 : 2);
	}
	return (threes || twos) &&
		!precedes(reader, ccpii_group_peek(reader, ahead + length), first->joint);
}

/* Does one dot behind a group belong into a number, being no decimal point? */
static bool
is_formatting_dot(const Number *number, const DigitGroup *a,
				  const DigitGroup *b)
{
	if (number->is_listed)
		return false;
	if (a->ndigits <= 3 && b->ndigits == 3 && a->head[0] != 0)
		return true;			/* thousands */
	if (number->has_plus || (number->is_trunk && number->ndigits > 1))
		return true;			/* a telephone number */
	return a->ndigits >= 4 && b->ndigits >= 4;
}

/* Is the parenthesis closed that a group opens, behind few enough digits? */
static bool
is_closed(GroupReader *reader, size_t ahead)
{
	const DigitGroup *group = ccpii_group_peek(reader, ahead);
	size_t		ndigits = group->ndigits;

	while (!group->closed && group->joint == JOINT_SPACE &&
		   ndigits <= CLOSED_DIGITS)
	{
		group = ccpii_group_peek(reader, ++ahead);
		if (group == NULL)
			return false;
		ndigits += group->ndigits;
	}
	return group->closed && ndigits <= CLOSED_DIGITS;
}

/* How many groups behind one join it by what separates them, as one form? */
static size_t
joined_groups(GroupReader *reader, size_t ahead, const Number *number,
			  const DigitGroup *a)
{
	const DigitGroup *b = ccpii_group_peek(reader, ahead + 1);
	size_t		length;

	if (b == NULL || a->glued || b->glued)
		return 0;
	switch (a->joint)
	{
		case JOINT_SPACE:
		case JOINT_HYPHEN:
		case JOINT_SPACED_HYPHEN:
			return 1;
		case JOINT_PARENTHESIS:
			return (!a->closed ||
					(number->ninside > 0 && number->ninside <= CLOSED_DIGITS)) &&
				(!b->opened || is_closed(reader, ahead + 1));
		case JOINT_SLASH:
			return number->has_plus || number->is_trunk;
		case JOINT_DOT:
			length = chain_length(reader, ahead, JOINT_DOT);
			return length >= 2 || follows(reader, a, JOINT_DOT) ||
				is_formatting_dot(number, a, b) ? length : 0;
		case JOINT_COMMA:
		case JOINT_APOSTROPHE:
			length = chain_length(reader, ahead, a->joint);
			return is_thousands(reader, ahead, length) ? length : 0;
		default:
			return 0;
	}
}

/* Is the next group the fraction of a decimal number? */
static bool
has_fraction(GroupReader *reader, size_t ahead, const DigitGroup *a)
{
	const DigitGroup *b;

	if (a->joint != JOINT_DOT && a->joint != JOINT_POINT &&
		a->joint != JOINT_COMMA)
		return false;
	if (follows(reader, a, a->joint))
		return false;
	b = ccpii_group_peek(reader, ahead + 1);
	if (b == NULL || precedes(reader, b, a->joint))
		return false;
	return a->joint != JOINT_COMMA || b->ndigits <= 2;
}

static bool
stops(GroupReader *reader, const NumberRules *rules, size_t ahead)
{
	return rules->stops != NULL && rules->stops(reader, ahead, rules->context);
}

/*
 * may_join
 *		May a number go on with the group that is ahead?
 */
static bool
may_join(GroupReader *reader, const NumberRules *rules, size_t ahead)
{
	if (ahead >= GROUP_AHEAD || ccpii_group_peek(reader, ahead) == NULL)
		return false;
	if (rules->keep_dates && date_groups(reader, ahead) > 0)
		return false;
	return !stops(reader, rules, ahead);
}

static void
read_aggressive(GroupReader *reader, const NumberRules *rules, Number *number)
{
	const DigitGroup *last = ccpii_group_peek(reader, 0);

	while (last->loose && may_join(reader, rules, 1))
	{
		ccpii_group_drop(reader, 1);
		last = ccpii_group_peek(reader, 0);
		add(number, last);
	}
	ccpii_group_drop(reader, 1);
}

static void
read_grouped(GroupReader *reader, const NumberRules *rules, Number *number)
{
	const DigitGroup *last = ccpii_group_peek(reader, 0);

	for (;;)
	{
		size_t		count = joined_groups(reader, 0, number, last);

		if (count == 0 || !may_join(reader, rules, 1))
			break;
		number->is_listed |= last->joint == JOINT_COMMA;
		do
		{
			ccpii_group_drop(reader, 1);
			last = ccpii_group_peek(reader, 0);
			add(number, last);
		} while (--count > 0 && !stops(reader, rules, 1));
	}
	if (has_fraction(reader, 0, last) && !stops(reader, rules, 1))
	{
		ccpii_group_drop(reader, 1);
		last = ccpii_group_peek(reader, 0);
		number->nfraction = last->ndigits;
		number->end = last->end;
		number->joint = last->joint;
	}
	ccpii_group_drop(reader, 1);
}

bool
ccpii_number_next(GroupReader *reader, const NumberRules *rules,
				  Number *number)
{
	const DigitGroup *first = ccpii_group_peek(reader, 0);
	size_t		dated;

	if (first == NULL)
		return false;
	begin(number, reader, first);
	dated = rules->keep_dates ? date_groups(reader, 0) : 0;
	if (dated > 0)
	{
		for (size_t i = 1; i < dated; i++)
			add(number, ccpii_group_peek(reader, i));
		number->is_date = true;
		ccpii_group_drop(reader, dated);
	}
	else if (rules->mode == NUMBER_AGGRESSIVE)
		read_aggressive(reader, rules, number);
	else
		read_grouped(reader, rules, number);
	return true;
}

/*-------------------------------------------------------------------------
 *
 * phone_number.c
 *	  Telephone numbers in one form, E.164, by the numbering plans of the world.
 *
 * Follows PhoneNumberUtil of libphonenumber: parse(), and then
 * isPossibleNumberWithReason() and isValidNumber().  Its metadata is compiled
 * into an automaton (phone_plan.h, made by phone_plan.py).
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "text/phone_number.h"
#include "text/phone_plan.h"
#include "text/phone_text.h"

#define MIN_NATIONAL_DIGITS 2	/* PhoneNumberUtil.MIN_LENGTH_FOR_NSN */
#define MAX_NATIONAL_DIGITS 17	/* PhoneNumberUtil.MAX_LENGTH_FOR_NSN */
#define MAX_CODE_DIGITS 3		/* PhoneNumberUtil.MAX_LENGTH_COUNTRY_CODE */

#if PLAN_MOST_DIGITS + 1 > PHONE_NUMBER_MAX_BYTES
#error "PHONE_NUMBER_MAX_BYTES is too small for the numbering plans"
#endif

typedef struct Digits
{
	const uint8_t *at;			/* values, 0..9 */
	int			n;
} Digits;

/* Room for a number whose national prefix was replaced. */
typedef uint8_t Room[PHONE_TEXT_MAX_DIGITS + sizeof(((PlanRegion *) 0)->literal)];

static inline Digits
behind(Digits digits, int n)
{
	return (Digits)
	{
		digits.at + n, digits.n - n
	};
}

/*
 * walk
 *		Follow digits from a target to a leaf, or to their end.
 *
 * Returns the leaf's value, 0 if there is no way; *left is how many digits
 * were not looked at.
 */
static uint32_t
walk(uint16_t target, Digits digits, int *left)
{
	for (int i = 0; (target & PLAN_LEAF) == 0; i++)
	{
		const uint16_t *node = &plan_word[target];
		unsigned int slot;

		if (i == digits.n)
		{
			*left = 0;
			return node[0] & PLAN_END ?
				plan_leaf[node[-1] & ~PLAN_LEAF] : 0;
		}
		slot = plan_slot[node[0] & ~PLAN_END][digits.at[i] >> 1] >>
			((digits.at[i] & 1) * 4) & 15;
		if (slot == 0)
			return *left = 0;
		target = node[slot];
		*left = digits.n - i - 1;
	}
	return plan_leaf[target & ~PLAN_LEAF];
}

/*
 * matches
 *		Are the digits, all of them, in the set of numbers at a target?
 */
static bool
matches(uint16_t target, Digits digits)
{
	int			left = digits.n;
	uint32_t	lengths = walk(target, digits, &left);

	return left < 32 && (lengths >> left & 1) != 0;
}

/*
 * Is a number of n digits of a possible length in the region, or longer than
 * all of them?  Lengths of local numbers are neither.
 */
static bool
is_possible(const PlanRegion *region, int n)
{
	return n < 32 && (plan_leaf[region->lengths & ~PLAN_LEAF] >> n & 1) != 0;
}

static bool
is_too_long(const PlanRegion *region, int n)
{
	return n >= 32 ||
		((plan_leaf[region->lengths & ~PLAN_LEAF] >> n) == 0 &&
		 (plan_leaf[region->local & ~PLAN_LEAF] >> n & 1) == 0);
}

static const PlanCode *
find_code(int code)
{
	return plan_codes[code] > 0 ? &plan_code[plan_codes[code] - 1] : NULL;
}

/*
 * strip_prefix
 *		A number without its national prefix or carrier code, or with what the
 *		plan puts in their place; as it is if it has none, or would stop being
 *		a number of the region.
 *
 * room		holds the result where it is no part of the number
 */
static Digits
strip_prefix(const PlanRegion *region, Digits number, Room room)
{
	Digits		rest;
	int			left = number.n;
	uint32_t	outcome = walk(region->prefix, number, &left);

	if (number.n == 0 || outcome == 0)
		return number;

	rest = behind(number, outcome >> 2 & 31);
	if (outcome & 2)
	{
		int			n = 0;

		for (const char *c = region->literal; *c != '\0'; c++)
			room[n++] = (uint8_t) (*c - '0');
		memcpy(room + n, number.at + (outcome >> 7 & 31), outcome >> 12);
		n += outcome >> 12;
		memcpy(room + n, rest.at, rest.n);
		rest = (Digits)
		{
			room, n + rest.n
		};
	}
	if (matches(region->general, number) && !matches(region->general, rest))
		return number;
	return rest;
}

/*
 * strip_code
 *		The plan by whose calling code a number starts, and *national, what
 *		follows; NULL if there is none.
 */
static const PlanCode *
strip_code(Digits number, Digits *national)
{
	int			code = 0;

	if (number.n <= MIN_NATIONAL_DIGITS || number.at[0] == 0)
		return NULL;
	for (int i = 0; i < MAX_CODE_DIGITS && i < number.n; i++)
	{
		const PlanCode *plan;

		code = code * 10 + number.at[i];
		plan = find_code(code);
		if (plan != NULL)
		{
			*national = behind(number, i + 1);
			return plan;
		}
	}
	return NULL;
}

/*
 * strip_idd
 *		Does a number start with the international prefix of a region?  Then
 *		*rest is what follows.
 */
static bool
strip_idd(const PlanRegion *region, Digits number, Digits *rest)
{
	int			left = number.n;
	uint32_t	outcome = walk(region->idd, number, &left);

	if (outcome == 0)
		return false;
	*rest = behind(number, outcome >> 2 & 31);
	return rest->n == 0 || rest->at[0] != 0;
}

/*
 * strip_own_code
 *		Does a number start with the calling code of the region it was typed
 *		in, rather than with digits of its own?  Then *national is what follows,
 *		without a national prefix.
 */
static bool
strip_own_code(const PlanRegion *region, Digits number, Digits *national,
			   Room room)
{
	int			ndigits = region->code < 10 ? 1 : region->code < 100 ? 2 : 3;
	int			code = 0;

	if (number.n < ndigits)
		return false;
	for (int i = 0; i < ndigits; i++)
		code = code * 10 + number.at[i];
	if (code != region->code)
		return false;

	*national = strip_prefix(region, behind(number, ndigits), room);
	return is_too_long(region, number.n) ||
		(!matches(region->general, number) &&
		 matches(region->general, *national));
}

/*
 * read_national
 *		The plan of a number, and *national, its digits in that plan before
 *		a national prefix is stripped; NULL if it is no number.  *region is
 *		the one it was typed in, or NULL; out: the one whose prefixes count.
 */
static const PlanCode *
read_national(const PhoneText *text, const PlanRegion **region,
			  Digits *national, Room room)
{
	const PlanCode *plan = NULL;
	Digits		number = {text->digit, text->ndigits};
	Digits		rest;

	if (text->plus)
	{
		if (number.n <= MIN_NATIONAL_DIGITS)
			return NULL;
		plan = strip_code(number, national);
	}
	if (plan == NULL && *region != NULL)
	{
		if (strip_idd(*region, number, &rest))
		{
			plan = strip_code(rest, national);
			if (plan == NULL)
				return NULL;
		}
		else if (strip_own_code(*region, number, national, room))
			plan = find_code((*region)->code);
		else if (!text->plus)
		{
			*national = number;
			return find_code((*region)->code);
		}
	}
	if (plan != NULL)
		*region = &plan_region[plan->region];
	return plan;
}

/*
 * read_number
 *		ccpii_phone_number_read() for the digits of a text.
 */
static void
read_number(const PhoneText *text, int region_place, PhoneNumber *number)
{
	const PlanRegion *region = region_place == PHONE_NO_REGION ? NULL :
		&plan_region[region_place - 1];
	const PlanCode *plan;
	Digits		national;
	Digits		stripped;
	Room		room;
	Room		own_room;
	size_t		len = 0;

	plan = read_national(text, &region, &national, own_room);
	if (plan == NULL || national.n < MIN_NATIONAL_DIGITS)
		return;
	stripped = strip_prefix(region, national, room);
	if (is_possible(region, stripped.n) || is_too_long(region, stripped.n))
		national = stripped;
	if (national.n > MAX_NATIONAL_DIGITS ||
		!is_possible(&plan_region[plan->region], national.n))
		return;

	number->e164[len++] = '+';
	if (plan->code >= 100)
		number->e164[len++] = (char) ('0' + plan->code / 100);
	if (plan->code >= 10)
		number->e164[len++] = (char) ('0' + plan->code / 10 % 10);
	number->e164[len++] = (char) ('0' + plan->code % 10);
	for (int i = 0; i < national.n; i++)
		number->e164[len++] = (char) ('0' + national.at[i]);
	number->len = len;
	number->valid = matches(plan->valid, national);
}

int
ccpii_phone_number_region(const char *name, size_t len)
{
	/*
	 * ISO 3166-1 as of 2026; of these the metadata of libphonenumber has
	 * nothing, or had not when this was written.
	 */
	static const char without_plan[] = "AQ BV GS HM PN TF UM ZZ";

	if (len == 3 && memcmp(name, "001", 3) == 0)
		return PHONE_NO_REGION;
	if (len != 2 || name[0] < 'A' || name[0] > 'Z' ||
		name[1] < 'A' || name[1] > 'Z')
		return -1;
	if (plan_letters[(name[0] - 'A') * 26 + name[1] - 'A'] > 0)
		return plan_letters[(name[0] - 'A') * 26 + name[1] - 'A'];
	for (const char *c = without_plan; *c != '\0'; c += c[2] == '\0' ? 2 : 3)
	{
		if (memcmp(c, name, 2) == 0)
			return PHONE_NO_REGION;
	}
	return -1;
}

void
ccpii_phone_number_read(const char *src, size_t len, int region,
						PhoneNumber *number)
{
	PhoneText	text;

	number->len = 0;
	number->valid = number->plus = false;
	if (!ccpii_phone_text_read(src, len, &text))
		return;
	number->plus = text.any_plus;
	read_number(&text, region, number);
}

void
ccpii_phone_number_read_key(const char *src, size_t len, int region,
							PhoneNumber *number)
{
	PhoneText	text;

	if (ccpii_phone_text_read_whatsapp(src, len, &text))
	{
		number->len = 0;
		number->valid = false;
		number->plus = true;
		read_number(&text, PHONE_NO_REGION, number);
		return;
	}
	ccpii_phone_number_read(src, len, region, number);
	if (!number->plus && !number->valid)
		number->len = 0;
}

const char *
ccpii_phone_number_plan_version(void)
{
	return PLAN_VERSION;
}

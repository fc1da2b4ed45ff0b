/*-------------------------------------------------------------------------
 *
 * card_find.c
 *	  Payment card numbers in running text.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>
#include <strings.h>

#include "text/card_find.h"
#include "text/utf8.h"

#define PREFERRED_DIGITS 16		/* over 16 and the three of a CVV */
#define HEX_TOKEN_CHARACTERS 24 /* from here on it is a hash or key */
#define PHONE_MAX_DIGITS 15		/* behind a +; ITU-T E.164 (11/2010), 6.2.1 */

static bool
is_joined(Joint joint)
{
	return joint == JOINT_SPACE || joint == JOINT_SPACES ||
		joint == JOINT_HYPHEN || joint == JOINT_SPACED_HYPHEN ||
		joint == JOINT_DOT || joint == JOINT_UNDERSCORE;
}

/*
 * Are groups of these sizes how cards are written: alone, all of one size, in
 * fours with a shorter rest, 4-6-5 or 4-6-4?
 */
static bool
is_canonical(const size_t *sizes, size_t count)
{
	size_t		equal = 1;

	while (equal < count && sizes[equal] == sizes[0])
		equal++;
	if (equal == count)
		return true;
	if (equal == count - 1 && sizes[0] == 4 && sizes[equal] < 4)
		return true;
	return count == 3 && sizes[0] == 4 && sizes[1] == 6 &&
		(sizes[2] == 5 || sizes[2] == 4);
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Is a number a part of a long hexadecimal token? */
static bool
is_in_hex_token(const GroupReader *reader, const CardSpan *card)
{
	size_t		length = card->ndigits;

	for (size_t at = card->start; at > 0 && length < HEX_TOKEN_CHARACTERS &&
		 is_hex(reader->src[at - 1]); at--)
		length++;
	for (size_t at = card->end; at < reader->len &&
		 length < HEX_TOKEN_CHARACTERS && is_hex(reader->src[at]); at++)
		length++;
	return length >= HEX_TOKEN_CHARACTERS;
}

/* Is an offset inside of a URL? */
static bool
is_in_url(const GroupReader *reader, size_t offset, UrlCheck *url)
{
	const char *src = reader->src;

	for (; url->at < offset; url->at++)
	{
		unsigned char byte = (unsigned char) src[url->at];

		if (byte <= ' ' || byte == '<' || byte == '>' || byte == '"')
			url->is_url = false;
		else if ((byte == ':' && offset - url->at >= 3 &&
				  memcmp(src + url->at, "://", 3) == 0) ||
				 ((byte | 0x20) == 'w' && offset - url->at >= 4 &&
				  strncasecmp(src + url->at, "www.", 4) == 0))
			url->is_url = true;
	}
	return url->is_url;
}

/* Does what stands before a number say that it is no card? */
static bool
is_something_else(GroupReader *reader, const CardSpan *card, UrlCheck *url)
{
	const char *src = reader->src;
	size_t		at;
	uint32_t	before = ccpii_group_before(src, card->start, &at);

	if ((before == '+' || before == 0xFF0B) &&
		card->ndigits <= PHONE_MAX_DIGITS)
		return true;
	if (before == '.')
	{
		before = ccpii_group_before(src, at, &at);
		if (before == '*' ||
			(before != UTF8_INVALID && ccpii_utf8_digit(before) >= 0))
			return true;		/* a fraction */
	}
	return (card->ngroups == 1 && is_in_hex_token(reader, card)) ||
		is_in_url(reader, card->start, url);
}

/* Byte offset of the fourth digit from the end of some groups. */
static size_t
shown_from(GroupReader *reader, size_t ahead, size_t count)
{
	size_t		wanted = CARD_SHOWN_DIGITS;
	const DigitGroup *group;
	size_t		at;

	for (;;)
	{
		group = ccpii_group_peek(reader, ahead + --count);
		if (group->ndigits >= wanted)
			break;
		wanted -= group->ndigits;
	}
	at = group->start;
	for (size_t skip = group->ndigits - wanted; skip > 0;)
	{
		uint32_t	code_point;

		at += ccpii_utf8_decode(reader->src + at, group->end - at, &code_point);
		skip -= ccpii_utf8_digit(code_point) >= 0;
	}
	return at;
}

bool
ccpii_card_find(GroupReader *reader, size_t ahead, const CardRules *rules,
				UrlCheck *url, CardSpan *card)
{
	const DigitGroup *group = ccpii_group_peek(reader, ahead);
	uint8_t		digits[CARD_MAX_DIGITS];
	size_t		sizes[CARD_MAX_DIGITS];
	size_t		found = 0;		/* groups */
	size_t		ndigits = 0;

	if (group == NULL || group->ndigits > CARD_MAX_DIGITS)
		return false;
	for (size_t count = 1; count <= CARD_MAX_DIGITS; count++)
	{
		int			network;

		if (ndigits + group->ndigits > CARD_MAX_DIGITS)
			break;
		memcpy(digits + ndigits, group->head, group->ndigits);
		sizes[count - 1] = group->ndigits;
		ndigits += group->ndigits;
		if (ndigits >= CARD_MIN_DIGITS &&
			(rules->any_grouping || is_canonical(sizes, count)))
		{
			network = ccpii_card_match(digits, ndigits, rules->networks);
			if (network >= 0)
			{
				found = count;
				card->ndigits = ndigits;
				card->end = group->end;
				card->network = network;
				if (ndigits == PREFERRED_DIGITS)
					break;
			}
		}
		if (!is_joined(group->joint) || count == CARD_MAX_DIGITS)
			break;
		group = ccpii_group_peek(reader, ahead + count);
		if (group == NULL)
			break;
	}
	if (found == 0)
		return false;
	card->start = ccpii_group_peek(reader, ahead)->start;
	card->ngroups = found;
	card->shown = shown_from(reader, ahead, found);
	return !is_something_else(reader, card, url);
}

/*-------------------------------------------------------------------------
 *
 * phone_find.c
 *	  Telephone numbers in running text.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "text/phone.h"
#include "text/phone_find.h"
#include "text/utf8.h"

#define PLUS_MIN_DIGITS 8
#define TRUNK_MIN_DIGITS 9
#define TRUNK_MAX_DIGITS 12
#define NANP_DIGITS 10
#define KEYWORD_CHARACTERS 40	/* how far a keyword may be */
#define KEYWORD_BYTES (4 * KEYWORD_CHARACTERS)
#define EXTENSION_MAX_DIGITS 6

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

/*
 * What people write near a number that is a telephone's, lower case, in the
 * languages of the corpora and of the countries with most messages.
 */
static const char *const keywords[] = {
	"phone", "tel", "mobile", "cell", "call", "fax", "whatsapp", "sms", "viber",
	"telegram", "contact", "reach", "dial", "ring", "handy", "rufnummer",
	"anruf", "portable", "appele", "m\xC3\xB3vil", "movil", "celular", "llam",
	"ligar", "chiam", "cellulare", "\xD1\x82\xD0\xB5\xD0\xBB",
	"\xD0\xBC\xD0\xBE\xD0\xB1", "\xD0\xB7\xD0\xB2\xD0\xBE\xD0\xBD",
	"\xE7\x94\xB5\xE8\xAF\x9D", "\xE6\x89\x8B\xE6\x9C\xBA",
	"\xE9\x9B\xBB\xE8\xA9\xB1", "\xE6\x90\xBA\xE5\xB8\xAF",
	"\xEC\xA0\x84\xED\x99\x94", "\xD9\x87\xD8\xA7\xD8\xAA\xD9\x81"
};

static inline char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
}

static bool
is_ascii_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool
begins_with(const char *src, size_t len, const char *word)
{
	size_t		i = 0;

	for (; word[i] != '\0'; i++)
	{
		if (i == len || lower(src[i]) != word[i])
			return false;
	}
	return true;
}

/* With which bytes do keywords begin? */
static const bool *
first_bytes(void)
{
	static bool begins[256];
	static bool known = false;

	for (size_t i = 0; !known && i < LENGTH_OF(keywords); i++)
		begins[(unsigned char) keywords[i][0]] = true;
	known = true;
	return begins;
}

/* Does a word among some bytes begin with a keyword? */
static bool
has_keyword(const char *src, size_t len)
{
	const bool *begins = first_bytes();

	for (size_t at = 0; at < len; at++)
	{
		unsigned char byte = (unsigned char) src[at];

		if ((byte & 0xC0) == 0x80 || (byte < 0x80 && !is_ascii_letter(src[at])))
			continue;
		if (at > 0 && byte < 0x80 && is_ascii_letter(src[at - 1]))
			continue;
		if (!begins[(unsigned char) lower(src[at])])
			continue;
		for (size_t i = 0; i < LENGTH_OF(keywords); i++)
		{
			if (begins_with(src + at, len - at, keywords[i]))
				return true;
		}
	}
	return false;
}

/* Where text of so many characters before, or behind, an offset ends. */
static size_t
characters_before(const char *src, size_t offset)
{
	size_t		at = offset;

	for (int i = 0; i < KEYWORD_CHARACTERS && at > 0; i++)
	{
		do
			at--;
		while (at > 0 && ((unsigned char) src[at] & 0xC0) == 0x80 &&
			   offset - at < KEYWORD_BYTES);
	}
	return at;
}

static size_t
characters_behind(const char *src, size_t len, size_t offset)
{
	size_t		at = offset;

	for (int i = 0; i < KEYWORD_CHARACTERS && at < len; i++)
	{
		uint32_t	code_point;

		at += ccpii_utf8_decode(src + at, len - at, &code_point);
	}
	return at;
}

static bool
is_near_keyword(const GroupReader *reader, const Number *number)
{
	const char *src = reader->src;
	size_t		from = characters_before(src, number->start);
	size_t		to = characters_behind(src, reader->len, number->end);

	return has_keyword(src + from, number->start - from) ||
		has_keyword(src + number->end, to - number->end);
}

static bool
is_currency(uint32_t code_point)
{
	return code_point == '$' || (code_point >= 0xA2 && code_point <= 0xA5) ||
		(code_point >= 0x20A0 && code_point <= 0x20CF);
}

/* Does a sign of a currency stand before or behind a number? */
static bool
is_price(const GroupReader *reader, const Number *number)
{
	size_t		at;
	uint32_t	code_point = ccpii_group_before(reader->src, number->start, &at);

	if (code_point == ' ')
		code_point = ccpii_group_before(reader->src, at, &at);
	if (is_currency(code_point))
		return true;
	at = number->end;
	for (int i = 0; i < 2 && at < reader->len; i++)
	{
		at += ccpii_utf8_decode(reader->src + at, reader->len - at, &code_point);
		if (code_point != ' ')
			return is_currency(code_point);
	}
	return false;
}

/* Are the groups four, with dots between them, as in an address of a host? */
static bool
is_dotted_quad(const Number *number)
{
	if (number->ngroups != 4)
		return false;
	for (size_t i = 0; i < 4; i++)
	{
		if (number->sizes[i] > 3 || (i < 3 && number->joints[i] != JOINT_DOT))
			return false;
	}
	return true;
}

/* 415-555-0100, and with a 1 before it. */
static bool
is_nanp(const Number *number)
{
	const size_t *sizes = number->sizes;

	if (number->ngroups == 4 && sizes[0] == 1 && number->first == 1)
		sizes++;
	else if (number->ngroups != 3)
		return false;
	return sizes[0] == 3 && sizes[1] == 3 && sizes[2] == 4;
}

/* Does a number begin with 00? */
static bool
is_international(const GroupReader *reader, const Number *number)
{
	uint32_t	code_point;
	size_t		at = number->start;

	if (number->first != 0 || number->ndigits < 2 + PLUS_MIN_DIGITS)
		return false;
	at += ccpii_utf8_decode(reader->src + at, reader->len - at, &code_point);
	if (at >= reader->len)
		return false;
	ccpii_utf8_decode(reader->src + at, reader->len - at, &code_point);
	return ccpii_utf8_digit(code_point) == 0 &&
		number->ndigits <= 2 + PHONE_MAX_DIGITS;
}

static bool
is_phone(const GroupReader *reader, const Number *number)
{
	size_t		ndigits = number->ndigits;

	if (number->is_date || number->is_listed || number->nfraction > 0 ||
		ndigits < PHONE_MIN_DIGITS || is_dotted_quad(number) ||
		is_price(reader, number))
		return false;
	if (number->has_plus)
		return ndigits >= PLUS_MIN_DIGITS && ndigits <= PHONE_MAX_DIGITS;
	if (is_nanp(number) || is_international(reader, number))
		return true;
	if (number->first == 0 && number->ngroups > 1 &&
		ndigits >= TRUNK_MIN_DIGITS && ndigits <= TRUNK_MAX_DIGITS)
		return true;
	return ndigits <= PHONE_MAX_DIGITS && is_near_keyword(reader, number);
}

/* Bytes between a number and its extension, if something says that it is one. */
static size_t
extension_mark(const char *src, size_t len)
{
	static const char *const marks[] = {
		"extension", "ext.", "ext", "x", "#",
		"\xD0\xB4\xD0\xBE\xD0\xB1."
	};
	size_t		at = 0;

	while (at < len && (src[at] == ' ' || src[at] == ',' || src[at] == ';'))
		at++;
	for (size_t i = 0; i < LENGTH_OF(marks); i++)
	{
		if (!begins_with(src + at, len - at, marks[i]))
			continue;
		at += strlen(marks[i]);
		while (at < len && (src[at] == ' ' || src[at] == ':' || src[at] == '='))
			at++;
		return at;
	}
	return 0;
}

size_t
ccpii_phone_extension(GroupReader *reader, size_t end)
{
	const DigitGroup *group = ccpii_group_peek(reader, 0);
	size_t		mark;

	if (group == NULL || group->ndigits > EXTENSION_MAX_DIGITS)
		return end;
	mark = extension_mark(reader->src + end, reader->len - end);
	if (mark == 0 || end + mark != group->start)
		return end;
	end = group->end;
	ccpii_group_drop(reader, 1);
	return end;
}

/* Offset of the digits that the mask shows. */
static size_t
shown_from(const GroupReader *reader, const Number *number)
{
	size_t		hidden = number->ndigits - ccpii_phone_shown(number->ndigits);
	size_t		at = number->start;

	while (hidden > 0)
	{
		uint32_t	code_point;

		at += ccpii_utf8_decode(reader->src + at, reader->len - at, &code_point);
		hidden -= code_point != UTF8_INVALID &&
			ccpii_utf8_digit(code_point) >= 0;
	}
	return at;
}

/*
 * Two numbers with nothing but a space between them are read as one: take the
 * longest part of it that is a telephone number and begins where it begins.
 */
static bool
cut_phone(const GroupReader *reader, Number *number)
{
	Number		part = *number;

	if (number->is_date || number->ngroups > NUMBER_SIZES)
		return false;
	part.nfraction = 0;
	while (part.ngroups > 1)
	{
		part.ngroups--;
		part.ndigits -= part.sizes[part.ngroups];
		part.end = part.ends[part.ngroups - 1];
		part.joint = part.joints[part.ngroups - 1];
		if (part.joint == JOINT_SPACE && is_phone(reader, &part))
		{
			*number = part;
			return true;
		}
	}
	return false;
}

/* The + and parenthesis that stand before a number. */
static size_t
begin_of(const GroupReader *reader, const Number *number)
{
	size_t		begin = number->start;
	size_t		at;
	uint32_t	before = ccpii_group_before(reader->src, begin, &at);

	if (before == '(' || before == 0xFF08)
	{
		begin = at;
		before = ccpii_group_before(reader->src, at, &at);
	}
	return before == '+' || before == 0xFF0B ? at : begin;
}

bool
ccpii_phone_in(GroupReader *reader, Number *number, PhoneSpan *phone)
{
	if (!is_phone(reader, number))
	{
		if (cut_phone(reader, number))
			ccpii_group_seek(reader, number->end);
		else
		{
			if (!number->is_date && number->ngroups > 1 &&
				number->ngroups <= NUMBER_SIZES &&
				number->joints[0] == JOINT_SPACE)
				ccpii_group_seek(reader, number->ends[0]);
			return false;
		}
	}
	phone->start = begin_of(reader, number);
	phone->shown = shown_from(reader, number);
	phone->number_end = number->end;
	phone->end = ccpii_phone_extension(reader, number->end);
	return true;
}

/*-------------------------------------------------------------------------
 *
 * mask.c
 *	  The masks of DESIGN.md, section 3, as pure functions on UTF-8 bytes.
 *
 * phone and email have files of their own; the others are here.  A mask that
 * hides a whole value answers 0 for a value that it does not understand, and
 * ccpii_mask_text() then masks it fully: there is one place for that.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "text/ascii.h"
#include "text/card.h"
#include "text/email.h"
#include "text/mask.h"
#include "text/phone.h"
#include "text/redact.h"
#include "text/utf8.h"

/* letters of a name that is not too short to show initials of */
#define NAME_MIN_LETTERS 3
#define NAME_HIDDEN "***"		/* behind the first letter of a word */
#define NAME_HIDDEN_BYTES 3

#define PLAIN_MAX_BYTES 64		/* of what mask_plain_name() takes */

/*
 * copy_bytes
 *		memcpy() for a few bytes, without the call.
 */
static inline size_t
copy_bytes(char *dst, const char *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = src[i];
	return len;
}

/*
 * mask_card
 *		A card number: positions are digits and *, of which the last four stay
 *		as typed; space - . _ stay.  0 if there is anything else, or a number
 *		of positions that no card has.
 */
static size_t
mask_card(const char *src, size_t len, char *dst)
{
	size_t		npositions = 0;
	size_t		hidden;
	size_t		out = 0;
	uint32_t	code_point;

	for (size_t at = 0; at < len;)
	{
		at += ccpii_utf8_decode(src + at, len - at, &code_point);
		if (code_point == '*' || ccpii_utf8_digit(code_point) >= 0)
		{
			if (++npositions > CARD_MAX_DIGITS)
				return 0;
		}
		else if (!ccpii_card_is_layout(code_point))
			return 0;
	}
	if (npositions < CARD_MIN_DIGITS)
		return 0;

	hidden = npositions - CARD_SHOWN_DIGITS;
	for (size_t at = 0; at < len;)
	{
		size_t		size = ccpii_utf8_decode(src + at, len - at, &code_point);

		if (hidden > 0 && !ccpii_card_is_layout(code_point))
		{
			dst[out++] = '*';
			hidden--;
		}
		else
			out += copy_bytes(dst + out, src + at, size);
		at += size;
	}
	return out;
}

/*
 * word_end
 *		Offset of the first space at or after from; len if there is none.
 *
 * Only some bytes can begin a space, and they are no continuation bytes: the
 * others are skipped without decoding.
 */
static inline size_t
word_end(const char *src, size_t len, size_t from)
{
	size_t		size;

	for (size_t at = from; at < len; at += size)
	{
		unsigned char byte = (unsigned char) src[at];
		uint32_t	code_point;

		size = 1;
		if (byte > ' ' && byte != 0xC2 && (byte < 0xE1 || byte > 0xE3))
			continue;
		size = ccpii_utf8_decode(src + at, len - at, &code_point);
		if (ccpii_utf8_is_space(code_point))
			return at;
	}
	return len;
}

/*
 * mask_any_name
 *		mask_name() for every name.
 */
static size_t
mask_any_name(const char *src, size_t len, char *dst)
{
	size_t		at = 0;
	size_t		out = 0;
	size_t		nletters = 0;
	bool		any_shown = false;

	while (at < len)
	{
		size_t		word = at;
		bool		shown = false;
		uint32_t	code_point;
		size_t		size = 0;

		/* read on until there is nothing more to learn from the word */
		for (; at < len && !(shown && nletters >= NAME_MIN_LETTERS); at += size)
		{
			size = ccpii_utf8_decode(src + at, len - at, &code_point);
			if (ccpii_utf8_is_space(code_point))
				break;
			if (at == word && out > 0)
				dst[out++] = ' ';
			if (code_point == '*')
				nletters++;
			else if (ccpii_utf8_is_letter(code_point))
			{
				nletters++;
				if (!shown)
					out += copy_bytes(dst + out, src + at, size);
				shown = any_shown = true;
			}
		}
		at = word_end(src, len, at);
		if (at > word)
			out += copy_bytes(dst + out, NAME_HIDDEN, NAME_HIDDEN_BYTES);
		else
			at += size;			/* the space between words */
	}
	return nletters < NAME_MIN_LETTERS || !any_shown ? 0 : out;
}

/*
 * mask_plain_name
 *		mask_name() for the plain names that most are in Latin script: at most
 *		PLAIN_MAX_BYTES, each word beginning with an ASCII letter, three of
 *		them in all, and no other space than ' '.  0 for everything else, which
 *		need not be wrong.
 */
static size_t
mask_plain_name(const char *src, size_t len, char *dst)
{
	uint64_t	printable = 0;	/* by bit */
	uint64_t	letters = 0;
	uint64_t	spaces = 0;
	uint64_t	firsts;			/* of words */
	uint64_t	rest;
	size_t		out = 0;
	size_t		next = 0;
	size_t		offset;
	AsciiVector v;

	if (len > PLAIN_MAX_BYTES)
		return 0;
	while (ascii_chunk(src, len, &next, &offset, &v))
	{
		uint32_t	high = ascii_bits(v);

		/* Bytes of other characters, if none of them can begin a space. */
		if (high != 0)
		{
			AsciiVector spacious = ascii_or(ascii_is(v, 0xC2),
											ascii_in(v, 0xE1, 0xE3));

			if (ascii_bits(spacious) != 0)
				return 0;
			printable |= (uint64_t) high << offset;
		}
		printable |= (uint64_t) ascii_bits(ascii_in(v, ' ', '~')) << offset;
		letters |= (uint64_t) ascii_bits(ascii_letters(v)) << offset;
		spaces |= (uint64_t) ascii_bits(ascii_is(v, ' ')) << offset;
	}
	firsts = ~spaces & (spaces << 1 | 1) & ascii_low_bits(len);
	rest = letters;
	for (int i = 1; i < NAME_MIN_LETTERS; i++)
		rest &= rest - 1;		/* one less */
	if (printable != ascii_low_bits(len) || (firsts & ~letters) != 0 ||
		rest == 0)
		return 0;

	for (; firsts != 0; firsts &= firsts - 1)
	{
		if (out > 0)
			dst[out++] = ' ';
		dst[out] = src[__builtin_ctzll(firsts)];
		memcpy(dst + out + 1, NAME_HIDDEN, NAME_HIDDEN_BYTES);
		out += 1 + NAME_HIDDEN_BYTES;
	}
	return out;
}

/*
 * mask_name
 *		A name: the first letter of each word and three asterisks, for a word
 *		without letters only these; one space between words.  0 if there are
 *		too few letters.
 *
 * An asterisk counts as a letter that is never shown, so that a masked name is
 * never too short.  In a text without any letter nothing is to be shown.
 */
static size_t
mask_name(const char *src, size_t len, char *dst)
{
	size_t		written = mask_plain_name(src, len, dst);

	return written > 0 ? written : mask_any_name(src, len, dst);
}

/*
 * mask_numbers
 *		Running text with numbers of so many digits, or cards, masked as
 *		ccpii_redact_numbers() does it.
 */
static size_t
mask_numbers(const TextMask *mask, const char *src, size_t len, char *dst)
{
	ScanRules	rules = {.mode = NUMBER_GROUPED,.keep_dates = true};
	size_t		written;

	if (mask->kind == TEXT_MASK_CARDS)
		rules.cards.networks = ccpii_card_default();
	else
		rules.digits = mask->digits > 0 ? mask->digits : 1;
	written = ccpii_redact_numbers(&rules, src, len, dst);
	if (written > 0)
		return written;
	memcpy(dst, src, len);
	return len;
}

static size_t
count_code_points(const char *src, size_t len)
{
	size_t		count = 0;

	for (size_t at = 0; at < len; count++)
	{
		uint32_t	code_point;

		at += ccpii_utf8_decode(src + at, len - at, &code_point);
	}
	return count;
}

/*
 * mask_partial
 *		Keep some code points in front and at the end, together never more
 *		than half of all, the front first; one fill for each of the others.
 */
static size_t
mask_partial(const TextMask *mask, const char *src, size_t len, char *dst)
{
	size_t		count = count_code_points(src, len);
	size_t		keep = count / 2;
	size_t		prefix = mask->prefix < 0 ? 0 : (size_t) mask->prefix;
	size_t		suffix = mask->suffix < 0 ? 0 : (size_t) mask->suffix;
	size_t		at = 0;
	size_t		out = 0;

	if (prefix > keep)
		prefix = keep;
	if (suffix > keep - prefix)
		suffix = keep - prefix;

	for (size_t i = 0; i < count; i++)
	{
		uint32_t	code_point;
		size_t		size = ccpii_utf8_decode(src + at, len - at, &code_point);

		if (i < prefix || i >= count - suffix)
			out += copy_bytes(dst + out, src + at, size);
		else
			dst[out++] = mask->fill;
		at += size;
	}
	return out;
}

size_t
ccpii_mask_text(const TextMask *mask, const char *src, size_t len, char *dst)
{
	size_t		written = 0;

	if (len == 0)
		return 0;

	switch (mask->kind)
	{
		case TEXT_MASK_FULL:
			break;
		case TEXT_MASK_PHONE:
			written = ccpii_phone_mask(src, len, dst);
			break;
		case TEXT_MASK_EMAIL:
			written = ccpii_email_mask(src, len, dst);
			break;
		case TEXT_MASK_CARD:
			written = mask_card(src, len, dst);
			break;
		case TEXT_MASK_NAME:
			written = mask_name(src, len, dst);
			break;
		case TEXT_MASK_DIGITS:
		case TEXT_MASK_CARDS:
			written = mask_numbers(mask, src, len, dst);
			break;
		case TEXT_MASK_PARTIAL:
			written = mask_partial(mask, src, len, dst);
			break;
	}
	if (written == 0)
		written = copy_bytes(dst, MASK_FULL, MASK_FULL_BYTES);
	return written;
}

/*
 * longest_run
 *		Bytes of the longest run of asterisks.
 */
static size_t
longest_run(const char *src, size_t len)
{
	size_t		longest = 0;
	size_t		run = 0;

	for (size_t i = 0; i < len; i++)
	{
		run = src[i] == '*' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

/*
 * most_marks
 *		The most asterisks that can be one masked number: joined as the digits
 *		of a number are in any mode.
 */
static size_t
most_marks(const char *src, size_t len)
{
	size_t		most = 0;
	size_t		count = 0;
	size_t		gap = 0;

	for (size_t at = 0; at < len;)
	{
		uint32_t	code_point;

		at += ccpii_utf8_decode(src + at, len - at, &code_point);
		if (code_point == '*')
		{
			gap = 0;
			if (++count > most)
				most = count;
		}
		else if (!ccpii_group_is_transparent(code_point) &&
				 (++gap > GROUP_LOOSE_CHARACTERS ||
				  ccpii_utf8_is_letter(code_point) ||
				  ccpii_utf8_digit(code_point) >= 0))
			count = 0;
	}
	return most;
}

bool
ccpii_mask_leaves_marks(const TextMask *mask, const char *src, size_t len)
{
	size_t		marks;

	switch (mask->kind)
	{
		case TEXT_MASK_FULL:
			return len > 0 && len <= MASK_FULL_BYTES &&
				longest_run(src, len) == len;
		case TEXT_MASK_PHONE:
			return memchr(src, 'X', len) != NULL || memchr(src, '*', len) != NULL;
		case TEXT_MASK_PARTIAL:
			return memchr(src, mask->fill, len) != NULL;
		case TEXT_MASK_DIGITS:
			marks = most_marks(src, len);
			return marks > 0 && marks >= (size_t) mask->digits;
		case TEXT_MASK_CARDS:
			return most_marks(src, len) >= CARD_MIN_DIGITS - CARD_SHOWN_DIGITS;
		default:
			return memchr(src, '*', len) != NULL;
	}
}

bool
ccpii_mask_is_hash(const char *src, size_t len)
{
	if (len != HASH_TEXT_BYTES ||
		memcmp(src, HASH_PREFIX, HASH_PREFIX_BYTES) != 0)
		return false;
	for (size_t i = HASH_PREFIX_BYTES; i < len; i++)
	{
		if (!((src[i] >= '0' && src[i] <= '9') ||
			  (src[i] >= 'a' && src[i] <= 'f')))
			return false;
	}
	return true;
}

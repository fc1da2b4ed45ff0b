/*-------------------------------------------------------------------------
 *
 * email_find.c
 *	  E-mail addresses in running text: finding and masking them.
 *
 * From at-sign to at-sign: few bytes are one, and most texts have none.  From
 * there forward, for a domain; if there is one, back for the local part.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "text/ascii.h"
#include "text/email.h"
#include "text/email_find.h"
#include "text/email_syntax.h"
#include "text/utf8.h"

#define FULL_WIDTH_FIRST 0xEF	/* of the three bytes of U+FF20 */
#define FULL_WIDTH_AT_BYTES 3

#define STRIDE_VECTORS 4		/* asked together for an at-sign */
#define STRIDE_BYTES (STRIDE_VECTORS * ASCII_WIDTH)

/* "[IPv6:", eight groups of which two are an IPv4 address, "]" */
#define LITERAL_MAX_BYTES (6 + 45 + 1)

/*
 * The labels of a domain so far.
 */
typedef struct Domain
{
	size_t		end;			/* behind the last label that can be the last;
								 * 0: none */
	size_t		ndots;
	/* the label at hand */
	size_t		tail;			/* its end, if it is the last; 0: empty */
	bool		is_empty;
	bool		is_ascii;
	bool		has_letter;
	bool		is_closed;		/* what follows cannot be in a last label */
} Domain;

/* ---------- at-signs ---------- */

/*
 * at_sign_size
 *		Bytes of the at-sign at an offset; 0 if there is none.
 */
static inline size_t
at_sign_size(const char *src, size_t len, size_t at)
{
	if (src[at] == '@')
		return 1;
	return len - at >= FULL_WIDTH_AT_BYTES &&
		memcmp(src + at, "\xEF\xBC\xA0", FULL_WIDTH_AT_BYTES) == 0 ?
		FULL_WIDTH_AT_BYTES : 0;
}

/* Which bytes can begin an at-sign? */
static inline AsciiVector
starts_at_sign(AsciiVector v)
{
	return ascii_or(ascii_is(v, '@'), ascii_is(v, FULL_WIDTH_FIRST));
}

/* Can an at-sign begin in the STRIDE_BYTES at the start of a text? */
static inline bool
has_at_sign(const char *src)
{
	AsciiVector any = starts_at_sign(ascii_load(src));

	for (int i = 1; i < STRIDE_VECTORS; i++)
		any = ascii_or(any, starts_at_sign(ascii_load(src + i * ASCII_WIDTH)));
	return ascii_bits(any) != 0;
}

/*
 * next_at_sign
 *		Offset of the first at-sign at or after an offset; len if there is
 *		none.  *size is set to its bytes.
 */
static size_t
next_at_sign(const char *src, size_t len, size_t at, size_t *size)
{
	while (at < len)
	{
		size_t		left = len - at;
		uint32_t	starts;

		if (left >= STRIDE_BYTES && !has_at_sign(src + at))
		{
			at += STRIDE_BYTES;
			continue;
		}
		if (left >= ASCII_WIDTH)
			starts = ascii_bits(starts_at_sign(ascii_load(src + at)));
		else if (len >= ASCII_WIDTH)
			starts = ascii_bits(starts_at_sign(ascii_load(src + len -
														  ASCII_WIDTH))) >>
				(ASCII_WIDTH - left);
		else
			starts = ascii_bits(starts_at_sign(ascii_load_short(src + at,
																left)));
		for (; starts != 0; starts &= starts - 1)
		{
			size_t		start = at + (size_t) __builtin_ctz(starts);

			*size = at_sign_size(src, len, start);
			if (*size > 0)
				return start;
		}
		at += left < ASCII_WIDTH ? left : ASCII_WIDTH;
	}
	return len;
}

/* ---------- domains ---------- */

/*
 * is_unspaced
 *		Is the code point of a script that is written without spaces, or with
 *		particles stuck to foreign words: Thai, Lao, Tibetan, Myanmar, Khmer,
 *		Chinese, Japanese, Korean?  Blocks of Unicode 17.0.
 */
static bool
is_unspaced(uint32_t code_point)
{
	static const uint32_t blocks[][2] = {
		{0x0E00, 0x109F},		/* Thai, Lao, Tibetan, Myanmar */
		{0x1100, 0x11FF},		/* Hangul Jamo */
		{0x1780, 0x17FF},		/* Khmer */
		{0x2E80, 0xA4CF},		/* radicals to Yi: kana, Han */
		{0xA960, 0xA97F},		/* Hangul Jamo Extended-A */
		{0xAC00, 0xD7FF},		/* Hangul */
		{0xF900, 0xFAFF},		/* compatibility Han */
		{0xFF66, 0xFFDC},		/* half-width kana and Hangul */
		{0x1AFF0, 0x1B16F},		/* more kana */
		{0x20000, 0x3FFFF}		/* more Han */
	};

	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
	{
		if (code_point >= blocks[i][0] && code_point <= blocks[i][1])
			return true;
	}
	return false;
}

/*
 * is_dot
 *		Does the code point part the labels of a domain?  The stops that also
 *		end a sentence only if there is no dot yet.
 */
static inline bool
is_dot(const Domain *domain, uint32_t code_point)
{
	if (code_point == '.' || code_point == EMAIL_FULL_WIDTH_DOT)
		return true;
	return domain->ndots == 0 && (code_point == EMAIL_IDEOGRAPHIC_DOT ||
								  code_point == EMAIL_HALF_WIDTH_DOT);
}

static inline void
begin_label(Domain *domain)
{
	domain->tail = 0;
	domain->is_empty = true;
	domain->is_ascii = true;
	domain->has_letter = false;
	domain->is_closed = false;
}

/* The label at hand ends here: can it be the last? */
static inline void
end_label(Domain *domain)
{
	if (domain->ndots > 0 && domain->has_letter)
		domain->end = domain->tail;
}

/*
 * extend_label
 *		Add a character, which ends at an offset, to the label at hand.
 *		Returns false if it cannot stand there.
 */
static bool
extend_label(Domain *domain, uint32_t code_point, size_t end)
{
	bool		is_letter;

	if (email_is_invisible(code_point))
		return true;
	if (code_point == '_')
	{
		domain->is_empty = false;
		domain->is_closed = true;
		return true;
	}
	if (code_point == '-' || code_point == 0xFF0D)
	{
		domain->is_empty = false;
		return true;
	}

	if (code_point == UTF8_INVALID)
		is_letter = true;
	else
	{
		uint8_t		class = email_label_class(code_point);

		if (class == 0)
			return false;
		is_letter = (class & EMAIL_ALPHA) != 0;
	}

	if (code_point >= 0x80)
	{
		if (domain->is_ascii && domain->has_letter && is_unspaced(code_point))
			domain->is_closed = true;
		domain->is_ascii = false;
	}
	domain->is_empty = false;
	if (!domain->is_closed)
	{
		domain->tail = end;
		domain->has_letter |= is_letter;
	}
	return true;
}

/*
 * domain_end
 *		Offset behind the domain or address literal that begins at an offset;
 *		0 if there is none.
 */
static size_t
domain_end(const char *src, size_t len, size_t start)
{
	Domain		domain = {0};
	size_t		limit = len - start > EMAIL_MAX_DOMAIN_BYTES ?
		start + EMAIL_MAX_DOMAIN_BYTES : len;
	size_t		size;

	if (start < len && src[start] == '[')
	{
		size_t		most = len - start < LITERAL_MAX_BYTES ?
			len - start : LITERAL_MAX_BYTES;
		const char *bracket = memchr(src + start, ']', most);

		if (bracket == NULL)
			return 0;
		size = (size_t) (bracket + 1 - (src + start));
		return ccpii_email_is_address_literal(src + start, size) ?
			start + size : 0;
	}

	begin_label(&domain);
	for (size_t at = start; at < limit; at += size)
	{
		uint32_t	code_point;

		size = ccpii_utf8_decode(src + at, len - at, &code_point);
		if (at + size > limit)
			break;
		if (is_dot(&domain, code_point))
		{
			if (domain.is_empty)
				break;
			end_label(&domain);
			domain.ndots++;
			begin_label(&domain);
		}
		else if (!extend_label(&domain, code_point, at + size))
			break;
	}
	end_label(&domain);
	return domain.end;
}

/* ---------- local parts ---------- */

/*
 * decode_before
 *		ccpii_utf8_decode() of the code point that ends at an offset, at or
 *		after another one; at > from.
 */
static size_t
decode_before(const char *src, size_t from, size_t at, uint32_t *code_point)
{
	*code_point = (unsigned char) src[at - 1];
	if (*code_point < 0x80)
		return 1;
	for (size_t size = 2; size <= 4 && size <= at - from; size++)
	{
		if (((unsigned char) src[at - size] & 0xC0) == 0x80)
			continue;
		if (ccpii_utf8_decode(src + at - size, size, code_point) == size)
			return size;
		break;
	}
	*code_point = UTF8_INVALID;
	return 1;
}

/*
 * is_local
 *		Can a code point stand in the unquoted local part of an address in
 *		running text?
 */
static bool
is_local(uint32_t code_point)
{
	if (code_point < 0x80)
		return email_is_atom((unsigned char) code_point) &&
			strchr("/?=&#|", (int) code_point) == NULL;
	switch (code_point)
	{
		case UTF8_INVALID:
		case 0x2010:			/* hyphens, */
		case 0x2011:
		case 0x2019:			/* an apostrophe that an editor has curled, */
		case 0xFF0B:			/* full-width + - . _ */
		case 0xFF0D:
		case EMAIL_FULL_WIDTH_DOT:
		case 0xFF3F:
			return true;
	}
	return ccpii_utf8_is_letter(code_point) || ccpii_utf8_is_mark(code_point) ||
		ccpii_utf8_digit(code_point) >= 0 || email_is_invisible(code_point);
}

/*
 * is_wrapping
 *		Is a code point that can stand in a local part not one that begins it?
 */
static bool
is_wrapping(uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point != 0 && strchr("'`{}~-.", (int) code_point) != NULL;
	return code_point == 0x2019 || email_is_invisible(code_point) ||
		ccpii_utf8_is_mark(code_point);
}

/*
 * is_escaped
 *		Does an odd number of backslashes stand before an offset, at or after
 *		another one?
 */
static bool
is_escaped(const char *src, size_t from, size_t at)
{
	size_t		start = at;

	while (start > from && src[start - 1] == '\\')
		start--;
	return (at - start) % 2 == 1;
}

/*
 * opening_quote
 *		Offset of the quote that opens the quoted string of which the last one
 *		is at an offset; that offset if there is none, at or after another one
 *		and on the same line.
 */
static size_t
opening_quote(const char *src, size_t from, size_t closing)
{
	if (is_escaped(src, from, closing))
		return closing;
	for (size_t at = closing; at > from; at--)
	{
		unsigned char byte = (unsigned char) src[at - 1];

		if (byte == '"' && !is_escaped(src, from, at - 1))
			return at - 1;
		if (byte < ' ' || byte == 0x7F)
			break;
	}
	return closing;
}

static bool
is_ascii(const char *src, size_t start, size_t end)
{
	while (start < end && (unsigned char) src[start] < 0x80)
		start++;
	return start == end;
}

/*
 * local_start
 *		Offset of the local part in front of an at-sign, at or after another
 *		one; that of the at-sign if there is none.
 *
 * What stands before a quoted string without anything between belongs to it,
 * so that a mask is never longer than it was when it is masked again.
 */
static size_t
local_start(const char *src, size_t from, size_t at, bool ascii_domain)
{
	size_t		start = at;
	bool		unglued = ascii_domain;
	size_t		size;
	uint32_t	code_point;

	if (start > from && src[start - 1] == '"')
	{
		start = opening_quote(src, from, at - 1);
		if (start == at - 1)
			return at;
		unglued = unglued && is_ascii(src, start, at);
	}
	while (start > from)
	{
		size = decode_before(src, from, start, &code_point);
		if (!is_local(code_point) ||
			(unglued && start < at && is_unspaced(code_point)))
			break;
		unglued = unglued && code_point < 0x80;
		start -= size;
	}
	while (start < at)
	{
		size = ccpii_utf8_decode(src + start, at - start, &code_point);
		if (!is_wrapping(code_point))
			break;
		start += size;
	}
	return start;
}

static bool
is_all_asterisks(const char *src, size_t start, size_t end)
{
	while (start < end && src[start] == '*')
		start++;
	return start == end;
}

/* ---------- addresses ---------- */

bool
ccpii_email_next(const char *src, size_t len, size_t from, EmailSpan *span)
{
	size_t		size;
	size_t		next;

	for (size_t at = next_at_sign(src, len, from, &size); at < len;
		 at = next_at_sign(src, len, next, &size))
	{
		size_t		end = domain_end(src, len, at + size);
		size_t		start;

		next = at + size;
		if (end == 0)
			continue;
		start = local_start(src, from, at, is_ascii(src, next, end));
		if (start == at)
			continue;
		if (!is_all_asterisks(src, start, at))
		{
			*span = (EmailSpan)
			{
				.start = start,.end = end,.at = at,.at_size = size
			};
			return true;
		}
		/* a mask ends a text as an address does, or another one came of it */
		from = next = end;
	}
	return false;
}

size_t
ccpii_email_mask_next(const char *src, size_t len, size_t *at, char *dst)
{
	EmailSpan	span;
	size_t		from = *at;
	size_t		before;
	size_t		domain;
	size_t		domain_bytes;

	if (!ccpii_email_next(src, len, from, &span))
	{
		memcpy(dst, src + from, len - from);
		*at = len;
		return len - from;
	}
	before = span.start - from;
	domain = span.at + span.at_size;
	domain_bytes = span.end - domain;

	memcpy(dst, src + from, before);
	memcpy(dst + before, EMAIL_MASK, EMAIL_MASK_BYTES);
	memcpy(dst + before + EMAIL_MASK_BYTES, src + domain, domain_bytes);
	*at = span.end;
	return before + EMAIL_MASK_BYTES + domain_bytes;
}

size_t
ccpii_email_mask_in(const char *src, size_t len, char *dst)
{
	size_t		written = 0;

	for (size_t at = 0; at < len;)
		written += ccpii_email_mask_next(src, len, &at, dst + written);
	return written;
}

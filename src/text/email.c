/*-------------------------------------------------------------------------
 *
 * email.c
 *	  The mask of an e-mail address.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "text/ascii.h"
#include "text/email.h"
#include "text/email_syntax.h"
#include "text/utf8.h"

#define PLAIN_MAX_BYTES 64		/* of what mask_plain() takes */

/*
 * atom_end
 *		Offset behind the unquoted local part at the start of a text; 0 if
 *		there is none.
 */
static size_t
atom_end(const char *src, size_t len)
{
	size_t		at = 0;

	while (at < len)
	{
		unsigned char byte = (unsigned char) src[at];
		uint32_t	code_point;
		size_t		size;

		if (byte < 0x80)
		{
			if (!email_is_atom(byte))
				break;
			at++;
			continue;
		}
		size = ccpii_utf8_decode_multibyte(src + at, len - at, &code_point);
		if (code_point == EMAIL_FULL_WIDTH_AT)
			break;
		if (code_point == UTF8_INVALID || email_is_control(code_point) ||
			ccpii_utf8_is_space(code_point))
			return 0;
		at += size;
	}
	return at;
}

/*
 * quoted_end
 *		Offset behind the quoted string (RFC 5321, 4.1.2) at the start of a
 *		text, which begins with a quote; 0 if it does not end, or holds an
 *		invalid or control character or a line end.
 */
static size_t
quoted_end(const char *src, size_t len)
{
	bool		escaped = false;
	size_t		at = 1;

	while (at < len)
	{
		uint32_t	code_point;

		at += ccpii_utf8_decode(src + at, len - at, &code_point);
		if (code_point == UTF8_INVALID || email_is_control(code_point) ||
			code_point == 0x2028 || code_point == 0x2029)
			return 0;
		if (escaped)
			escaped = false;
		else if (code_point == '\\')
			escaped = true;
		else if (code_point == '"')
			return at;
	}
	return 0;
}

size_t
ccpii_email_local_end(const char *src, size_t len)
{
	if (len == 0)
		return 0;
	return src[0] == '"' ? quoted_end(src, len) : atom_end(src, len);
}

/*
 * is_ipv4
 *		Is a text four numbers, 0 to 255, with dots between them?
 */
static bool
is_ipv4(const char *src, size_t len)
{
	size_t		ndigits = 0;
	int			ndots = 0;
	int			value = 0;

	for (size_t at = 0; at < len; at++)
	{
		if (src[at] == '.')
		{
			if (ndigits == 0 || ++ndots > 3)
				return false;
			ndigits = 0;
			value = 0;
		}
		else if (src[at] >= '0' && src[at] <= '9')
		{
			value = value * 10 + (src[at] - '0');
			if (++ndigits > 3 || value > 255)
				return false;
		}
		else
			return false;
	}
	return ndots == 3 && ndigits > 0;
}

static inline bool
is_hex_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
		(c >= 'A' && c <= 'F');
}

/*
 * is_ipv6
 *		Is a text an IPv6 address: eight groups of at most four hexadecimal
 *		digits, an IPv4 address for the last two, or :: for some (RFC 4291,
 *		2.2)?
 */
static bool
is_ipv6(const char *src, size_t len)
{
	size_t		at = 0;
	int			ngroups = 0;
	bool		shortened = false;

	while (at < len)
	{
		size_t		start = at;

		if (len - at >= 2 && src[at] == ':' && src[at + 1] == ':')
		{
			if (shortened)
				return false;
			shortened = true;
			at += 2;
			continue;
		}
		if (ngroups > 0 && src[at - 1] != ':')
		{
			if (src[at] != ':')
				return false;
			start = ++at;
		}
		if (is_ipv4(src + at, len - at))
		{
			ngroups += 2;
			at = len;
			break;
		}
		while (at < len && at - start < 4 && is_hex_digit(src[at]))
			at++;
		if (at == start || ++ngroups > 8)
			return false;
	}
	return shortened ? ngroups <= 7 : ngroups == 8;
}

bool
ccpii_email_is_address_literal(const char *src, size_t len)
{
	if (len < 2 || src[0] != '[' || src[len - 1] != ']')
		return false;
	if (len > 7 && memcmp(src + 1, "IPv6:", 5) == 0)
		return is_ipv6(src + 6, len - 7);
	return is_ipv4(src + 1, len - 2);
}

bool
ccpii_email_is_domain(const char *src, size_t len)
{
	size_t		label_start = 0;
	bool		has_letter = false;
	size_t		size;

	if (len > EMAIL_MAX_DOMAIN_BYTES)
		return false;
	for (size_t at = 0; at < len; at += size)
	{
		uint32_t	code_point;
		uint8_t		class;

		size = ccpii_utf8_decode(src + at, len - at, &code_point);
		class = email_label_class(code_point);

		if (class == 0)
		{
			if (src[at] != '.' || at == label_start)
				return false;
			label_start = at + 1;
			has_letter = false;
			continue;
		}
		if (at + size - label_start > EMAIL_MAX_LABEL_BYTES)
			return false;
		if (class & EMAIL_ALPHA)
			has_letter = true;
	}
	return label_start > 0 && label_start < len && has_letter;
}

/*
 * mask_plain
 *		ccpii_email_mask() for the plain addresses that nearly all are: ASCII,
 *		at most PLAIN_MAX_BYTES, no unusual character.  0 for everything else,
 *		which need not be wrong.
 */
static size_t
mask_plain(const char *src, size_t len, char *dst)
{
	uint64_t	at_signs = 0;	/* by bit */
	uint64_t	dots = 0;
	uint64_t	letters = 0;
	uint64_t	host = 0;		/* letters, digits, - and . */
	uint64_t	local = 0;		/* these, + and _ */
	uint64_t	domain;			/* all behind the @ */
	size_t		at;
	size_t		next = 0;
	size_t		offset;
	AsciiVector v;

	if (len > PLAIN_MAX_BYTES)
		return 0;
	while (ascii_chunk(src, len, &next, &offset, &v))
	{
		AsciiVector alpha = ascii_letters(v);
		AsciiVector dot = ascii_is(v, '.');
		AsciiVector name = ascii_or(ascii_or(alpha, ascii_digits(v)),
									ascii_or(dot, ascii_is(v, '-')));
		AsciiVector more = ascii_or(ascii_is(v, '+'), ascii_is(v, '_'));

		at_signs |= (uint64_t) ascii_bits(ascii_is(v, '@')) << offset;
		dots |= (uint64_t) ascii_bits(dot) << offset;
		letters |= (uint64_t) ascii_bits(alpha) << offset;
		host |= (uint64_t) ascii_bits(name) << offset;
		local |= (uint64_t) ascii_bits(ascii_or(name, more)) << offset;
	}

	/* something, one @, and something */
	if (at_signs == 0 || (at_signs & (at_signs - 1)) != 0)
		return 0;
	at = (size_t) __builtin_ctzll(at_signs);
	if (at == 0 || at == len - 1 ||
		(local & ascii_low_bits(at)) != ascii_low_bits(at))
		return 0;

	/* labels, none of them empty, two at least; a letter in the last */
	domain = ascii_low_bits(len) ^ ascii_low_bits(at + 1);
	dots &= domain;
	if ((host & domain) != domain || dots == 0 ||
		(dots & (dots << 1 | at_signs << 1 |
				 UINT64_C(1) << (len - 1))) != 0 ||
		(letters & domain) <= UINT64_C(1) << (63 - __builtin_clzll(dots)))
		return 0;

	memcpy(dst, EMAIL_MASK, EMAIL_MASK_BYTES);
	ascii_copy(dst + EMAIL_MASK_BYTES, src + at + 1, len - at - 1);
	return EMAIL_MASK_BYTES + len - at - 1;
}

/*
 * mask_any
 *		ccpii_email_mask() for every address.
 */
static size_t
mask_any(const char *src, size_t len, char *dst)
{
	size_t		at;
	const char *domain;
	size_t		domain_len;
	uint32_t	code_point;

	at = ccpii_email_local_end(src, len);
	if (at == 0 || at == len)
		return 0;

	at += ccpii_utf8_decode(src + at, len - at, &code_point);
	if (code_point != '@' && code_point != EMAIL_FULL_WIDTH_AT)
		return 0;

	domain = src + at;
	domain_len = len - at;
	if (!ccpii_email_is_domain(domain, domain_len) &&
		!ccpii_email_is_address_literal(domain, domain_len))
		return 0;

	memcpy(dst, EMAIL_MASK, EMAIL_MASK_BYTES);
	memcpy(dst + EMAIL_MASK_BYTES, domain, domain_len);
	return EMAIL_MASK_BYTES + domain_len;
}

size_t
ccpii_email_mask(const char *src, size_t len, char *dst)
{
	size_t		written;

	if (len == 0)
		return 0;
	written = mask_plain(src, len, dst);
	return written > 0 ? written : mask_any(src, len, dst);
}

/*-------------------------------------------------------------------------
 *
 * email.c
 *	  The mask of an e-mail address.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "text/email.h"
#include "text/utf8.h"

#define FULL_WIDTH_AT 0xFF20
#define LOCAL_MASK "****@"
#define LOCAL_MASK_BYTES 5

/* what an ASCII character can be in an address: bits */
#define ATOM 1					/* part of an unquoted local part */
#define LABEL 2					/* part of a label of a domain */
#define ALPHA 4					/* a letter */
#define DOT 8
#define HOST 16					/* LABEL or DOT */

#define A ATOM
#define N (ATOM | LABEL | HOST)
#define L (ATOM | LABEL | ALPHA | HOST)
#define D (ATOM | DOT | HOST)
static const uint8_t byte_class[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, A, 0, A, A, A, A, A, 0, 0, A, A, 0, N, D, A, /* space ! " # to / */
	N, N, N, N, N, N, N, N, N, N, 0, 0, 0, A, 0, A, /* 0 to 9 : ; < = > ? */
	0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @ A to O */
	L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, A, A, /* P to Z [ \ ] ^ _ */
	A, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* ` a to o */
	L, L, L, L, L, L, L, L, L, L, L, A, A, A, A, 0	/* p to z { | } ~ DEL */
};
#undef A
#undef N
#undef L
#undef D

static inline bool
is_control(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

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
			if (!(byte_class[byte] & ATOM))
				break;
			at++;
			continue;
		}
		size = ccpii_utf8_decode_multibyte(src + at, len - at, &code_point);
		if (code_point == FULL_WIDTH_AT)
			break;
		if (code_point == UTF8_INVALID || is_control(code_point) ||
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
		if (code_point == UTF8_INVALID || is_control(code_point) ||
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

/*
 * is_address_literal
 *		Is a text an address literal (RFC 5321, 4.1.3), brackets included?
 */
static bool
is_address_literal(const char *src, size_t len)
{
	if (len < 2 || src[0] != '[' || src[len - 1] != ']')
		return false;
	if (len > 7 && memcmp(src + 1, "IPv6:", 5) == 0)
		return is_ipv6(src + 6, len - 7);
	return is_ipv4(src + 1, len - 2);
}

/*
 * label_class
 *		Classes of the character at the start of a text; 0 if it cannot stand
 *		in a label.  *size is set to its bytes.
 */
static inline uint8_t
label_class(const char *src, size_t len, size_t *size)
{
	unsigned char byte = (unsigned char) src[0];
	uint32_t	code_point;

	*size = 1;
	if (byte < 0x80)
		return byte_class[byte] & (LABEL | ALPHA);

	*size = ccpii_utf8_decode_multibyte(src, len, &code_point);
	if (ccpii_utf8_is_letter(code_point))
		return LABEL | ALPHA;
	if (ccpii_utf8_is_mark(code_point) || ccpii_utf8_digit(code_point) >= 0)
		return LABEL;
	return 0;
}

/*
 * is_domain
 *		Is a text a domain of two labels or more, the last with a letter?
 */
static bool
is_domain(const char *src, size_t len)
{
	size_t		label_start = 0;
	bool		has_letter = false;
	size_t		size;

	for (size_t at = 0; at < len; at += size)
	{
		uint8_t		class = label_class(src + at, len - at, &size);

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
		if (class & ALPHA)
			has_letter = true;
	}
	return label_start > 0 && label_start < len && has_letter;
}

/*
 * mask_plain
 *		ccpii_email_mask() for the plain addresses that nearly all are: ASCII,
 *		nothing quoted, a short domain.  0 for everything else, which need not
 *		be wrong.  Hardly a branch depends on the characters.
 */
static size_t
mask_plain(const char *src, size_t len, char *dst)
{
	const char *at_sign = memchr(src, '@', len);
	const char *domain;
	size_t		domain_len;
	uint8_t		common = ATOM;	/* classes of all characters */
	uint8_t		adjacent = 0;	/* classes of two in a row */
	uint8_t		previous = DOT;
	uint8_t		top_level = 0;	/* classes of any in the last label */
	size_t		at;

	if (at_sign == NULL || at_sign == src)
		return 0;
	for (const char *c = src; c < at_sign; c++)
		common &= byte_class[(unsigned char) *c];
	if (!common)
		return 0;

	domain = at_sign + 1;
	domain_len = src + len - domain;
	if (domain_len > EMAIL_MAX_LABEL_BYTES)
		return 0;
	common = HOST;
	for (size_t i = 0; i < domain_len; i++)
	{
		uint8_t		class = byte_class[(unsigned char) domain[i]];

		dst[LOCAL_MASK_BYTES + i] = domain[i];
		common &= class;
		adjacent |= class & previous;
		previous = class;
	}
	if (!common || ((adjacent | previous) & DOT))
		return 0;

	for (at = domain_len; at > 0 && domain[at - 1] != '.'; at--)
		top_level |= byte_class[(unsigned char) domain[at - 1]];
	if (at == 0 || !(top_level & ALPHA))
		return 0;

	memcpy(dst, LOCAL_MASK, LOCAL_MASK_BYTES);
	return LOCAL_MASK_BYTES + domain_len;
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

	at = src[0] == '"' ? quoted_end(src, len) : atom_end(src, len);
	if (at == 0 || at == len)
		return 0;

	at += ccpii_utf8_decode(src + at, len - at, &code_point);
	if (code_point != '@' && code_point != FULL_WIDTH_AT)
		return 0;

	domain = src + at;
	domain_len = len - at;
	if (domain_len > EMAIL_MAX_DOMAIN_BYTES ||
		!(is_domain(domain, domain_len) ||
		  is_address_literal(domain, domain_len)))
		return 0;

	memcpy(dst, LOCAL_MASK, LOCAL_MASK_BYTES);
	memcpy(dst + LOCAL_MASK_BYTES, domain, domain_len);
	return LOCAL_MASK_BYTES + domain_len;
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

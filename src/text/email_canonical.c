/*-------------------------------------------------------------------------
 *
 * email_canonical.c
 *	  One spelling for all spellings of an e-mail address.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>
#include <strings.h>

#include <idn2.h>

#include "text/email.h"
#include "text/email_canonical.h"
#include "text/email_syntax.h"
#include "text/utf8.h"

#define MAILTO "mailto:"		/* RFC 6068 */
#define MAILTO_BYTES 7
#define IPV6_TAG_BYTES 6		/* "[IPv6:" */

/* Of a domain of 255 bytes in A-labels, whose characters take at most 4. */
#define DOMAIN_MAX_TYPED_BYTES (4 * EMAIL_MAX_DOMAIN_BYTES)

/* WhatsApp's ids look like addresses, but are telephone numbers. */
#define WHATSAPP_DOMAIN "s.whatsapp.net"

typedef struct Slice
{
	const char *data;
	size_t		len;
} Slice;

typedef struct Provider
{
	const char *domain;
	const char *canonical;		/* the domain that stands for it */
	bool		ignores_dots;	/* in the local part; all ignore +... */
} Provider;

/*
 * Those of whom it is known that they give all these addresses to one person.
 * Gmail's dots: https://support.google.com/mail/answer/7436150; what follows a
 * + is a detail in the sense of RFC 5233.  Another provider's rule belongs
 * here only if it says so itself.
 */
static const Provider providers[] = {
	{"gmail.com", "gmail.com", true},
	{"googlemail.com", "gmail.com", true},
	{"outlook.com", "outlook.com", false},
	{"hotmail.com", "hotmail.com", false},
	{"icloud.com", "icloud.com", false},
	{"fastmail.com", "fastmail.com", false}
};

static inline Slice
slice(const char *data, size_t len)
{
	Slice		result = {data, len};

	return result;
}

static inline Slice
behind(Slice text, size_t offset)
{
	return slice(text.data + offset, text.len - offset);
}

static void
lower_ascii(char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
	{
		if (bytes[i] >= 'A' && bytes[i] <= 'Z')
			bytes[i] += 'a' - 'A';
	}
}

/*
 * trim
 *		A text without white space and invisible characters around it.
 */
static Slice
trim(Slice text)
{
	size_t		start = 0;
	size_t		end = 0;
	size_t		size;

	for (size_t at = 0; at < text.len; at += size)
	{
		uint32_t	code_point;

		size = ccpii_utf8_decode(text.data + at, text.len - at, &code_point);
		if (!ccpii_utf8_is_space(code_point) && !email_is_invisible(code_point))
			end = at + size;
		else if (end == 0)
			start = at + size;
	}
	return end == 0 ? slice(text.data, 0) :
		slice(text.data + start, end - start);
}

/*
 * is_display_name
 *		Is a text what may stand before an address in <>: not another address
 *		in these, nor a list?
 */
static bool
is_display_name(Slice text)
{
	bool		quoted = false;

	for (size_t i = 0; i < text.len; i++)
	{
		char		c = text.data[i];

		if (c == '"')
			quoted = !quoted;
		else if (quoted && c == '\\')
			i++;
		else if (!quoted && (c == '<' || c == '>' || c == ',' || c == ';'))
			return false;
	}
	return !quoted;
}

/*
 * bare_address
 *		The address in what people and programs type for one; empty if it is
 *		in none of the forms we know.
 */
static Slice
bare_address(Slice text)
{
	text = trim(text);
	if (text.len > 0 && text.data[text.len - 1] == '>')
	{
		size_t		start = text.len - 1;	/* behind the last < */

		while (start > 0 && text.data[start - 1] != '<')
			start--;
		if (start == 0 || !is_display_name(slice(text.data, start - 1)))
			return slice(text.data, 0);
		text.len--;
		text = trim(behind(text, start));
	}
	if (text.len >= MAILTO_BYTES &&
		strncasecmp(text.data, MAILTO, MAILTO_BYTES) == 0)
	{
		const char *fields;

		text = behind(text, MAILTO_BYTES);
		fields = memchr(text.data, '?', text.len);
		if (fields != NULL)
			text.len = (size_t) (fields - text.data);
		text = trim(text);
	}
	return text;
}

/*
 * drop_invisible
 *		Take out of a text what nobody sees, and return its bytes.
 */
static size_t
drop_invisible(char *bytes, size_t len)
{
	size_t		written = 0;
	size_t		size;

	for (size_t at = 0; at < len; at += size)
	{
		uint32_t	code_point;

		size = ccpii_utf8_decode(bytes + at, len - at, &code_point);
		if (email_is_invisible(code_point))
			continue;
		memmove(bytes + written, bytes + at, size);
		written += size;
	}
	return written;
}

/*
 * write_local
 *		Write the canonical form of a local part, and return its bytes; 0 if
 *		it shows nothing.
 */
static size_t
write_local(Slice local, char *dst)
{
	size_t		written = 0;

	if (local.data[0] != '"')
	{
		memcpy(dst, local.data, local.len);
		written = local.len;
	}
	else
	{
		/* what the quotes hold; if that is an atom it needs none */
		for (size_t i = 1; i < local.len - 1; i++)
		{
			if (local.data[i] == '\\')
				i++;
			dst[written++] = local.data[i];
		}
		if (written == 0 || dst[0] == '"' ||
			ccpii_email_local_end(dst, written) != written)
		{
			written = 0;
			dst[written++] = '"';
			for (size_t i = 1; i < local.len - 1; i++)
			{
				if (local.data[i] == '\\' && local.data[i + 1] != '\\' &&
					local.data[i + 1] != '"')
					continue;
				if (local.data[i] == '\\')
					dst[written++] = local.data[i++];
				dst[written++] = local.data[i];
			}
			dst[written++] = '"';
		}
	}
	lower_ascii(dst, written);
	return drop_invisible(dst, written);
}

/*
 * type_dots
 *		Copy a domain with ASCII dots for those of input methods, without one
 *		at its end, and NUL-terminated.  Returns its bytes; 0 if it is too
 *		long or holds what no domain does.
 */
static size_t
type_dots(Slice domain, char *dst, bool *is_ascii)
{
	size_t		written = 0;
	size_t		size;

	*is_ascii = true;
	if (domain.len > DOMAIN_MAX_TYPED_BYTES)
		return 0;
	for (size_t at = 0; at < domain.len; at += size)
	{
		uint32_t	code_point;

		size = ccpii_utf8_decode(domain.data + at, domain.len - at,
								 &code_point);
		if (code_point == UTF8_INVALID || email_is_control(code_point))
			return 0;
		if (code_point == EMAIL_FULL_WIDTH_DOT ||
			code_point == EMAIL_IDEOGRAPHIC_DOT ||
			code_point == EMAIL_HALF_WIDTH_DOT)
		{
			dst[written++] = '.';
			continue;
		}
		if (code_point >= 0x80)
			*is_ascii = false;
		memcpy(dst + written, domain.data + at, size);
		written += size;
	}
	if (written > 0 && dst[written - 1] == '.')
		written--;
	dst[written] = '\0';
	return written;
}

/*
 * write_domain
 *		Write the canonical form of a domain or address literal, at most
 *		EMAIL_MAX_DOMAIN_BYTES, and return its bytes; 0 if it is none.
 */
static size_t
write_domain(Slice domain, char *dst)
{
	char		typed[DOMAIN_MAX_TYPED_BYTES + 1];
	size_t		written;
	bool		is_ascii;

	written = type_dots(domain, typed, &is_ascii);
	if (written == 0)
		return 0;
	if (ccpii_email_is_address_literal(typed, written))
	{
		memcpy(dst, typed, written);
		if (written > IPV6_TAG_BYTES)
			lower_ascii(dst + IPV6_TAG_BYTES, written - IPV6_TAG_BYTES);
		return written;
	}
	if (is_ascii)
	{
		if (!ccpii_email_is_domain(typed, written))
			return 0;
		memcpy(dst, typed, written);
	}
	else
	{
		uint8_t    *labels = NULL;
		int			status = idn2_lookup_u8((const uint8_t *) typed, &labels,
											IDN2_NFC_INPUT |
											IDN2_NONTRANSITIONAL);

		written = status == IDN2_OK ? strlen((char *) labels) : 0;
		if (!ccpii_email_is_domain((char *) labels, written))
			written = 0;
		if (written > 0)
			memcpy(dst, labels, written);
		idn2_free(labels);
	}
	lower_ascii(dst, written);
	return written;
}

static bool
equals(const char *bytes, size_t len, const char *string)
{
	return len == strlen(string) && memcmp(bytes, string, len) == 0;
}

/*
 * ignored_by
 *		Take out of a canonical local part what a provider ignores, and return
 *		its bytes: all as before if nothing would be left.
 */
static size_t
ignored_by(const Provider *provider, char *local, size_t len)
{
	const char *plus = memchr(local, '+', len);
	size_t		kept = plus == NULL ? len : (size_t) (plus - local);
	size_t		written = 0;

	for (size_t i = 0; i < kept && provider->ignores_dots; i++)
		written += local[i] != '.';
	if (local[0] == '"' || kept == 0 ||
		(provider->ignores_dots && written == 0))
		return len;
	if (!provider->ignores_dots)
		return kept;

	written = 0;
	for (size_t i = 0; i < kept; i++)
	{
		if (local[i] != '.')
			local[written++] = local[i];
	}
	return written;
}

/*
 * write_by_provider
 *		Change a canonical form, of which the local part has local_len bytes,
 *		to that of its provider, and return its bytes.
 */
static size_t
write_by_provider(char *address, size_t len, size_t local_len)
{
	for (size_t i = 0; i < sizeof(providers) / sizeof(providers[0]); i++)
	{
		const Provider *provider = &providers[i];
		size_t		domain_len = strlen(provider->canonical);

		if (!equals(address + local_len + 1, len - local_len - 1,
					provider->domain))
			continue;
		local_len = ignored_by(provider, address, local_len);
		address[local_len] = '@';
		memcpy(address + local_len + 1, provider->canonical, domain_len);
		return local_len + 1 + domain_len;
	}
	return len;
}

size_t
ccpii_email_canonical(EmailCanonicalMode mode, const char *src, size_t len,
					  char *dst)
{
	Slice		text = bare_address(slice(src, len));
	size_t		at = ccpii_email_local_end(text.data, text.len);
	uint32_t	code_point;
	size_t		size;
	size_t		local_len;
	size_t		domain_len;

	if (at == 0 || at == text.len)
		return 0;
	size = ccpii_utf8_decode(text.data + at, text.len - at, &code_point);
	if (code_point != '@' && code_point != EMAIL_FULL_WIDTH_AT)
		return 0;

	local_len = write_local(slice(text.data, at), dst);
	if (local_len == 0)
		return 0;
	dst[local_len] = '@';
	domain_len = write_domain(behind(text, at + size), dst + local_len + 1);
	if (domain_len == 0 ||
		equals(dst + local_len + 1, domain_len, WHATSAPP_DOMAIN))
		return 0;
	len = local_len + 1 + domain_len;
	return mode == EMAIL_CANONICAL_PROVIDER ?
		write_by_provider(dst, len, local_len) : len;
}

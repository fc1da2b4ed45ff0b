/*-------------------------------------------------------------------------
 *
 * redact.c
 *	  Running text with what was found in it masked.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "text/phone_find.h"
#include "text/redact.h"
#include "text/utf8.h"

const ScanRules ccpii_redact_phones = {
	.mode = NUMBER_GROUPED,.keep_dates = true,.phones = true
};

/* A text that is being written. */
typedef struct Output
{
	const char *src;
	size_t		at;				/* in src: what is before it is written */
	char	   *dst;
	size_t		len;			/* of what is written */
} Output;

static void
copy_to(Output *output, size_t end)
{
	memcpy(output->dst + output->len, output->src + output->at,
		   end - output->at);
	output->len += end - output->at;
	output->at = end;
}

/* Write what is before end with another character for each digit. */
static void
hide_to(Output *output, size_t end, char fill)
{
	while (output->at < end)
	{
		uint32_t	code_point;
		size_t		size = ccpii_utf8_decode(output->src + output->at,
											 end - output->at, &code_point);

		if (code_point != UTF8_INVALID && ccpii_utf8_digit(code_point) >= 0)
		{
			output->dst[output->len++] = fill;
			output->at += size;
		}
		else
			copy_to(output, output->at + size);
	}
}

size_t
ccpii_redact_numbers(const ScanRules *rules, const char *src, size_t len,
					 char *dst)
{
	Output		output = {src, 0, dst, 0};
	Scanner		scanner;
	Span		span;

	if (!ccpii_scan_may_find(rules, src, len))
		return 0;
	ccpii_scan_begin(&scanner, rules, src, len);
	if (!ccpii_scan_next(&scanner, &span))
		return 0;
	do
	{
		char		fill = span.kind == SPAN_PHONE ? 'X' : '*';

		copy_to(&output, span.start);
		hide_to(&output, span.shown, fill);
		if (span.kind == SPAN_PHONE)
		{
			copy_to(&output, span.shown_end);
			hide_to(&output, span.end, fill);
		}
	} while (ccpii_scan_next(&scanner, &span));
	copy_to(&output, len);
	return output.len;
}

size_t
ccpii_redact_phones_bound(size_t len)
{
	return len + len / PHONE_MIN_DIGITS * (sizeof(ANON_PHONE) - 1);
}

size_t
ccpii_redact_phones_out(const char *src, size_t len, char *dst)
{
	Output		output = {src, 0, dst, 0};
	Scanner		scanner;
	Span		span;

	if (!ccpii_scan_may_find(&ccpii_redact_phones, src, len))
		return 0;
	ccpii_scan_begin(&scanner, &ccpii_redact_phones, src, len);
	while (ccpii_scan_next(&scanner, &span))
	{
		copy_to(&output, span.start);
		memcpy(dst + output.len, ANON_PHONE, sizeof(ANON_PHONE) - 1);
		output.len += sizeof(ANON_PHONE) - 1;
		output.at = span.end;
	}
	if (output.at == 0)
		return 0;
	copy_to(&output, len);
	return output.len;
}

/*-------------------------------------------------------------------------
 *
 * phone_text.c
 *	  The digits of a telephone number as somebody typed it.
 *
 * Does what PhoneNumberUtil.parse() of libphonenumber does with a text before
 * it looks at numbering plans; its regular expressions became loops, each of
 * which reads the text at most once.  The text is short: it is first turned
 * into marks, a byte per character.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "text/phone_mark.h"
#include "text/phone_text.h"

#if PHONE_TEXT_MAX_BYTES < 4 * PHONE_MAX_CHARS
#error "PHONE_TEXT_MAX_BYTES is too small"
#endif

/*
 * find
 *		Where an ASCII word first stands in marks; -1 if it does not.
 */
static int
find(const Marks *marks, const char *word)
{
	int			size = (int) strlen(word);

	for (int at = 0; at + size <= marks->n; at++)
	{
		if (marks->at[at] == (Mark) word[0] &&
			memcmp(marks->at + at, word, size) == 0)
			return at;
	}
	return -1;
}

static void
append(Marks *marks, const Marks *from, int start, int end)
{
	if (start >= end)
		return;
	memcpy(marks->at + marks->n, from->at + start, end - start);
	marks->n += end - start;
}

/*
 * read_parameters
 *		The number in a tel: URI whose parameter phone-context stands at an
 *		offset: the context, if it is the start of a number, and what stands
 *		before the parameter.
 */
static void
read_parameters(const Marks *marks, int context, Marks *number)
{
	int			start = context + (int) strlen(";phone-context=");
	int			scheme = find(marks, "tel:");
	int			end = start;

	number->n = 0;
	if (start < marks->n - 1 && marks->at[start] == '+')
	{
		while (end < marks->n && marks->at[end] != ';')
			end++;
		append(number, marks, start, end);
	}
	append(number, marks, scheme >= 0 ? scheme + (int) strlen("tel:") : 0,
		   context);
}

/*
 * extract
 *		Leave of a text what looks like a number: from the first digit or plus
 *		sign on, without what is neither letter, number nor # at the end, and
 *		without a second number or extension.
 */
static void
extract(Marks *marks)
{
	int			start = 0;
	int			end = marks->n;

	while (start < end && !is(marks->at[start], IS_DIGIT | IS_PLUS))
		start++;
	while (end > start && !is(marks->at[end - 1], IS_KEPT))
		end--;
	marks->n = end - start;
	memmove(marks->at, marks->at + start, marks->n);

	for (int at = 0; at < marks->n; at++)
	{
		int			next = at + 1;

		if (marks->at[at] != '/' && marks->at[at] != '\\')
			continue;
		while (next < marks->n && marks->at[next] == ' ')
			next++;
		if (next < marks->n && marks->at[next] == 'x')
			marks->n = at;
		at = next - 1;
	}
}

/*
 * ends_with
 *		Where a word starts that ends before end; -1 if none does.  The word is
 *		in lower case, the marks may be in any.
 */
static int
ends_with(const Marks *marks, int end, const Mark *word, int size)
{
	if (end < size)
		return -1;
	for (int i = 0; i < size; i++)
	{
		Mark		mark = marks->at[end - size + i];

		if (mark >= 'A' && mark <= 'Z')
			mark |= 0x20;
		if (mark != word[i])
			return -1;
	}
	return end - size;
}

#define ENDS_WITH(marks, end, ...) \
	ends_with(marks, end, (const Mark[]) {__VA_ARGS__}, \
			  (int) sizeof((const Mark[]) {__VA_ARGS__}))

/*
 * long_label
 *		Where a word for "extension" starts that ends before end; -1 if none:
 *		e?xt(ensi(o|o U+0301|o acute))?n?, the same in full width without
 *		ensio, Cyrillic dob, anexo.
 */
static int
long_label(const Marks *marks, int end)
{
	int			start;
	int			stem = end;

	if ((start = ENDS_WITH(marks, end, 'a', 'n', 'e', 'x', 'o')) >= 0 ||
		(start = ENDS_WITH(marks, end, MARK_CYRILLIC_DE, MARK_CYRILLIC_O,
						   MARK_CYRILLIC_BE)) >= 0)
		return start;

	if (end > 0 && marks->at[end - 1] == MARK_WIDE_N)
		stem = end - 1;
	if ((start = ENDS_WITH(marks, stem, MARK_WIDE_X, MARK_WIDE_T)) >= 0)
		return start > 0 && marks->at[start - 1] == MARK_WIDE_E ?
			start - 1 : start;

	stem = end;
	if ((start = ENDS_WITH(marks, stem, 'n')) >= 0)
		stem = start;
	if ((start = ENDS_WITH(marks, stem, 'e', 'n', 's', 'i', 'o')) >= 0 ||
		(start = ENDS_WITH(marks, stem, 'e', 'n', 's', 'i', 'o', MARK_ACUTE)) >= 0 ||
		(start = ENDS_WITH(marks, stem, 'e', 'n', 's', 'i', MARK_O_ACUTE)) >= 0)
		stem = start;
	if ((start = ENDS_WITH(marks, stem, 'e', 'x', 't')) >= 0)
		return start;
	return ENDS_WITH(marks, stem, 'x', 't');
}

/*
 * short_label
 *		Where a sign starts that may mean an extension and ends before end; -1
 *		if none.
 */
static int
short_label(const Marks *marks, int end)
{
	int			start;

	if (end == 0)
		return -1;
	switch (marks->at[end - 1])
	{
		case 'x':
		case 'X':
		case '#':
		case '~':
		case MARK_WIDE_X:
		case MARK_WIDE_HASH:
		case MARK_WIDE_TILDE:
			return end - 1;
	}
	if ((start = ENDS_WITH(marks, end, 'i', 'n', 't')) >= 0)
		return start;
	return ENDS_WITH(marks, end, MARK_WIDE_I, MARK_WIDE_N, MARK_WIDE_T);
}

/*
 * before_blanks
 *		Where the blanks, and commas if asked, start that end before end.
 */
static int
before_blanks(const Marks *marks, int end, bool commas)
{
	while (end > 0 && (is(marks->at[end - 1], IS_BLANK) ||
					   (commas && marks->at[end - 1] == ',')))
		end--;
	return end;
}

static inline int
least(int a, int b)
{
	return b >= 0 && b < a ? b : a;
}

/*
 * comma_extension
 *		Where the commas start that announce an extension; -1 if none do.
 *
 * gap, digits	blanks, commas and hyphens stand in [gap, digits)
 * stop			gap, or one less if a stop or colon stands before it
 * ncommas		how many it takes, next to each other: 1 or 2
 */
static int
comma_extension(const Marks *marks, int stop, int gap, int digits, int ncommas)
{
	int			start = stop;

	if (stop < gap)
	{
		while (start > 0 && marks->at[start - 1] == ',' &&
			   (ncommas == 1 || stop - start < ncommas))
			start--;
		if (stop - start >= ncommas)
			return before_blanks(marks, start, false);
	}
	for (int at = gap; at + ncommas <= digits; at++)
	{
		if (marks->at[at] == ',' && marks->at[at + ncommas - 1] == ',')
			return before_blanks(marks, at, false);
	}
	return -1;
}

/*
 * find_extension
 *		Where the extension starts that ends the marks; their end if there is
 *		none.  Read from the end backwards, what PhoneNumberUtil.EXTN_PATTERN
 *		finds leftmost.
 */
static int
find_extension(const Marks *marks)
{
	int			end = marks->n;
	int			best = marks->n;
	bool		hash = end > 0 && marks->at[end - 1] == '#';
	int			digits = end - hash;	/* where the extension's digits start */
	int			ndigits;
	int			gap;
	int			stop;
	int			label = -1;

	while (digits > 0 && is(marks->at[digits - 1], IS_DIGIT))
		digits--;
	ndigits = end - hash - digits;
	if (ndigits == 0 || ndigits > 20)
		return end;

	if (!hash)
		best = least(best, ENDS_WITH(marks, digits, ';', 'e', 'x', 't', '='));
	else if (ndigits <= 6)
	{
		int			start = digits;

		while (start > 0 && (marks->at[start - 1] == '-' ||
							 marks->at[start - 1] == ' '))
			start--;
		if (start < digits)
			best = start;
	}

	gap = digits;
	while (gap > 0 && (is(marks->at[gap - 1], IS_BLANK) ||
					   marks->at[gap - 1] == ',' || marks->at[gap - 1] == '-'))
		gap--;
	stop = gap;
	if (stop > 0 && (marks->at[stop - 1] == ':' || marks->at[stop - 1] == '.' ||
					 marks->at[stop - 1] == MARK_WIDE_STOP))
		stop--;

	if (ndigits <= 15)
	{
		best = least(best, comma_extension(marks, stop, gap, digits,
										   ndigits <= 9 ? 1 : 2));
		if (stop > 0 && marks->at[stop - 1] == ';')
			best = least(best, before_blanks(marks, stop - 1, false));
	}
	label = long_label(marks, stop);
	if (label < 0 && ndigits <= 9)
		label = short_label(marks, stop);
	if (label >= 0)
		best = least(best, before_blanks(marks, label, true));
	return best;
}

/*
 * number_bounds
 *		What of the marks can be a number, from its start on: it ends at first
 *		or behind it, at most at last.  False if it cannot even start.
 */
static bool
number_bounds(const Marks *marks, int *first, int *last)
{
	int			at = 0;
	int			ndigits = 0;

	while (at < marks->n && is(marks->at[at], IS_PLUS))
		at++;
	for (; at < marks->n && ndigits < 3; at++)
	{
		if (is(marks->at[at], IS_DIGIT))
			ndigits++;
		else if (!is(marks->at[at], IS_PUNCTUATION))
			return false;
	}
	*first = at;
	while (at < marks->n &&
		   is(marks->at[at], IS_DIGIT | IS_LETTER | IS_PUNCTUATION))
		at++;
	*last = at;
	return ndigits == 3;
}

/*
 * drop_extension
 *		Leave the number alone; false if the marks are no number, with an
 *		extension or without.
 */
static bool
drop_extension(Marks *marks)
{
	int			extension;
	int			first;
	int			last;

	if (marks->n < 2)
		return false;
	if (!number_bounds(marks, &first, &last))
		return marks->n == 2 && is(marks->at[0], IS_DIGIT) &&
			is(marks->at[1], IS_DIGIT);

	extension = find_extension(marks);
	if (last < marks->n && (extension < first || extension > last))
		return false;
	if ((extension >= first && extension <= last) ||
		(extension == 2 && is(marks->at[0], IS_DIGIT) &&
		 is(marks->at[1], IS_DIGIT)))
		marks->n = extension;
	return true;
}

/*
 * read_digits
 *		The digits of a number; false if they are too many.
 */
static bool
read_digits(const Marks *marks, PhoneText *text)
{
	static const char keypad[] = "22233344455566677778889999";
	int			nletters = 0;

	text->plus = is(marks->at[0], IS_PLUS);
	text->ndigits = 0;
	for (int i = 0; i < marks->n; i++)
		nletters += is(marks->at[i], IS_LETTER);

	for (int i = 0; i < marks->n; i++)
	{
		Mark		mark = marks->at[i];
		int			value;

		if (nletters >= 3 && is(mark, IS_LETTER))
			value = keypad[(mark | 0x20) - 'a'] - '0';
		else if (!is(mark, IS_DIGIT))
			continue;
		else if (mark < MARK_DIGIT)
			value = mark - '0';
		else if (nletters < 3)
			value = mark - MARK_DIGIT;
		else
			continue;			/* as PhoneNumberUtil.normalize() does */
		if (text->ndigits == PHONE_TEXT_MAX_DIGITS)
			return false;
		text->digit[text->ndigits++] = (uint8_t) value;
	}
	return true;
}

bool
ccpii_phone_text_read(const char *src, size_t len, PhoneText *text)
{
	Marks		marks;
	Marks		parameters;
	Marks	   *number = &marks;
	int			at;

	if (!ccpii_phone_mark_read(src, len, &marks))
		return false;
	text->any_plus = false;
	for (int i = 0; i < marks.n; i++)
		text->any_plus |= is(marks.at[i], IS_PLUS);

	at = find(&marks, ";phone-context=");
	if (at < 0)
		extract(&marks);
	else
	{
		read_parameters(&marks, at, &parameters);
		number = &parameters;
	}
	at = find(number, ";isub=");
	if (at > 0)
		number->n = at;

	return drop_extension(number) && read_digits(number, text);
}

bool
ccpii_phone_text_read_whatsapp(const char *src, size_t len, PhoneText *text)
{
	static const char *const domains[] = {"@s.whatsapp.net", "@c.us"};
	size_t		at = len > 0 && src[0] == '+' ? 1 : 0;

	text->plus = text->any_plus = true;
	text->ndigits = 0;
	while (at < len && src[at] >= '0' && src[at] <= '9')
	{
		if (text->ndigits == PHONE_TEXT_MAX_DIGITS)
			return false;
		text->digit[text->ndigits++] = (uint8_t) (src[at++] - '0');
	}
	if (at < len && src[at] == ':')
	{
		at++;
		while (at < len && src[at] >= '0' && src[at] <= '9')
			at++;
	}
	for (size_t i = 0; i < sizeof(domains) / sizeof(domains[0]); i++)
	{
		if (len - at == strlen(domains[i]) &&
			memcmp(src + at, domains[i], len - at) == 0)
			return true;
	}
	return false;
}

/*-------------------------------------------------------------------------
 *
 * group.c
 *	  Groups of digits in running text, and what joins each to the next.
 *
 *-------------------------------------------------------------------------
 */
#include "text/ascii.h"
#include "text/digits.h"
#include "text/group.h"
#include "text/utf8.h"

#define LOOK_BACK_BYTES 32		/* across transparent characters */
#define PAUSE_GROUPS 65536		/* between two pauses: a few milliseconds */

void		(*ccpii_group_pause) (void) = NULL;

/*
 * Zero-width characters, soft hyphen, marks of direction, variation selectors
 * of emoji and the keycap.
 */
bool
ccpii_group_is_transparent(uint32_t code_point)
{
	if (code_point < 0x200B)
		return code_point == 0xAD || code_point == 0x061C;
	return code_point <= 0x200F ||
		(code_point >= 0x202A && code_point <= 0x202E) ||
		(code_point >= 0x2060 && code_point <= 0x206F) ||
		code_point == 0x20E3 || code_point == 0xFE0E ||
		code_point == 0xFE0F || code_point == 0xFEFF;
}

/* The next code point that is not transparent, and where it begins and ends. */
static inline uint32_t
next_visible(const char *src, size_t len, size_t *start, size_t *end)
{
	uint32_t	code_point = UTF8_INVALID;

	if (*end < len && (unsigned char) src[*end] < 0x80)
	{
		*start = (*end)++;
		return (unsigned char) src[*start];
	}

	for (*start = *end; *start < len; *start = *end)
	{
		*end = *start + ccpii_utf8_decode(src + *start, len - *start,
										  &code_point);
		if (!ccpii_group_is_transparent(code_point))
			return code_point;
	}
	return UTF8_INVALID;
}

uint32_t
ccpii_group_before_any(const char *src, size_t offset, size_t *start)
{
	size_t		lowest = offset > LOOK_BACK_BYTES ? offset - LOOK_BACK_BYTES : 0;

	while (offset > lowest)
	{
		size_t		from = offset - 1;
		uint32_t	code_point;

		while (from > lowest && ((unsigned char) src[from] & 0xC0) == 0x80)
			from--;
		ccpii_utf8_decode(src + from, offset - from, &code_point);
		if (!ccpii_group_is_transparent(code_point))
		{
			*start = from;
			return code_point;
		}
		offset = from;
	}
	*start = 0;
	return UTF8_INVALID;
}

static inline bool
is_line_end(uint32_t code_point)
{
	return code_point - '\n' <= '\r' - '\n' || code_point == 0x85 ||
		code_point == 0x2028 || code_point == 0x2029;
}

static inline bool
is_ascii_letter(uint32_t code_point)
{
	return (code_point | 0x20) - 'a' <= 'z' - 'a';
}

/* Is what follows a group the mark of an extension, as in 0100x123? */
static bool
is_extension(const char *src, size_t len)
{
	size_t		at = 0;

	if (len >= 3 && (src[0] | 0x20) == 'e' && (src[1] | 0x20) == 'x' &&
		(src[2] | 0x20) == 't')
		at = 3;
	else if (len >= 1 && (src[0] | 0x20) == 'x')
		at = 1;
	if (at == 0)
		return false;
	if (at < len && src[at] == '.')
		at++;
	if (at < len && src[at] == ' ')
		at++;
	return at < len && ccpii_digits_begin(src[at]);
}

/* What a character between two groups is. */
typedef enum Between
{
	BETWEEN_OTHER,				/* joins loosely only */
	BETWEEN_END,				/* a letter or line end: joins nothing */
	BETWEEN_DIGIT,
	BETWEEN_JOINT				/* and the Joint on top of that */
} Between;

#define JOINED(joint) (BETWEEN_JOINT + (joint))

static const uint8_t between_ascii[128] = {
	['\n'] = BETWEEN_END,['\v'] = BETWEEN_END,['\f'] = BETWEEN_END,
	['\r'] = BETWEEN_END,['A'...'Z'] = BETWEEN_END,['a'...'z'] = BETWEEN_END,
	['0'...'9'] = BETWEEN_DIGIT,
	[' '] = JOINED(JOINT_SPACE),['-'] = JOINED(JOINT_HYPHEN),
	['.'] = JOINED(JOINT_DOT),[','] = JOINED(JOINT_COMMA),
	['\''] = JOINED(JOINT_APOSTROPHE),['/'] = JOINED(JOINT_SLASH),
	[':'] = JOINED(JOINT_COLON),['_'] = JOINED(JOINT_UNDERSCORE),
	['('] = JOINED(JOINT_PARENTHESIS),[')'] = JOINED(JOINT_PARENTHESIS)
};

static uint8_t
between_any(uint32_t code_point)
{
	if (is_line_end(code_point) || code_point == UTF8_INVALID ||
		ccpii_utf8_is_letter(code_point))
		return BETWEEN_END;
	if (ccpii_utf8_digit(code_point) >= 0)
		return BETWEEN_DIGIT;
	if (ccpii_utf8_is_blank(code_point))
		return JOINED(JOINT_SPACE);
	if (ccpii_utf8_is_hyphen(code_point))
		return JOINED(JOINT_HYPHEN);
	switch (code_point)
	{
		case 0xFF0E:
			return JOINED(JOINT_DOT);
		case 0xFF0C:
		case 0x066C:			/* Arabic thousands separator */
			return JOINED(JOINT_COMMA);
		case 0x2019:
			return JOINED(JOINT_APOSTROPHE);
		case 0x066B:
			return JOINED(JOINT_POINT);
		case 0xFF0F:
			return JOINED(JOINT_SLASH);
		case 0xFF1A:
			return JOINED(JOINT_COLON);
		case 0xFF08:
		case 0xFF09:
			return JOINED(JOINT_PARENTHESIS);
		default:
			return BETWEEN_OTHER;
	}
}

/* What up to three characters are together. */
static Joint
joint_together(const Joint *joints, size_t count)
{
	size_t		spaces = 0;
	size_t		hyphens = 0;
	size_t		parentheses = 0;

	if (count == 1)
		return joints[0];
	for (size_t i = 0; i < count; i++)
	{
		spaces += joints[i] == JOINT_SPACE;
		hyphens += joints[i] == JOINT_HYPHEN;
		parentheses += joints[i] == JOINT_PARENTHESIS;
	}
	if (spaces + hyphens + parentheses != count)
		return JOINT_BREAK;
	if (parentheses > 0)
		return spaces + hyphens <= 1 ? JOINT_PARENTHESIS : JOINT_BREAK;
	if (hyphens == 1 && (count == 2 || joints[1] == JOINT_HYPHEN))
		return JOINT_SPACED_HYPHEN;
	return count == 2 && spaces == 2 ? JOINT_SPACES : JOINT_BREAK;
}

/* Find out how a group goes on behind its end. */
static void
read_joint(const char *src, size_t len, DigitGroup *group)
{
	Joint		joints[GROUP_LOOSE_CHARACTERS];
	size_t		start;
	size_t		end = group->end;
	uint32_t	code_point = next_visible(src, len, &start, &end);

	group->joint = JOINT_BREAK;
	group->loose = false;
	group->closed = code_point == ')' || code_point == 0xFF09;
	if (is_ascii_letter(code_point) && !is_extension(src + start, len - start))
		group->glued = true;
	for (size_t count = 0;; count++)
	{
		uint8_t		between = code_point < 0x80 ? between_ascii[code_point] :
			between_any(code_point);

		if (between == BETWEEN_END)
			return;
		if (between == BETWEEN_DIGIT)
		{
			/* after transparent characters only, the group would go on */
			group->loose = count > 0;
			group->joint = joint_together(joints, count);
			return;
		}
		if (count == GROUP_LOOSE_CHARACTERS)
			return;
		joints[count] = between < BETWEEN_JOINT ? JOINT_BREAK :
			(Joint) (between - BETWEEN_JOINT);
		code_point = next_visible(src, len, &start, &end);
	}
}

/*
 * Read the ASCII digits at the start of a text, at least one byte: how many
 * they are, up to ASCII_WIDTH, and their values.
 */
static inline size_t
read_ascii(const char *src, size_t len, uint8_t *values)
{
	AsciiVector v = len >= ASCII_WIDTH ? ascii_load(src) :
		ascii_load_short(src, len);
	uint32_t	others = ~ascii_bits(ascii_digits(v));

	ascii_store((char *) values, ascii_less(v, '0'));
	return (size_t) __builtin_ctz(others);	/* bit 16 is set */
}

/* Read the group that begins with this digit. */
static void
read_group(const char *src, size_t len, size_t start, DigitGroup *group)
{
	size_t		end;
	size_t		group_end;
	size_t		ndigits;
	uint32_t	before = ccpii_group_before(src, start, &group->before_at);

	group->before = before;
	group->start = start;
	group->glued = is_ascii_letter(before);
	group->opened = before == '(' || before == 0xFF08;
	ndigits = read_ascii(src + start, len - start, group->head);
	end = group_end = start + ndigits;

	/* Mostly that is all: an ASCII character ends the group. */
	while (end < len && ((unsigned char) src[end] >= 0x80 ||
						 ndigits == ASCII_WIDTH))
	{
		uint32_t	code_point = next_visible(src, len, &start, &end);
		int			value;

		if (code_point == UTF8_INVALID)
			break;
		value = ccpii_utf8_digit(code_point);
		if (value < 0)
			break;
		for (;;)
		{
			if (ndigits < GROUP_HEAD)
				group->head[ndigits] = (uint8_t) value;
			ndigits++;
			group_end = end;
			value = end < len ? (unsigned char) src[end] - '0' : -1;
			if (value < 0 || value > 9)
				break;
			end++;
		}
	}
	group->end = group_end;
	group->ndigits = ndigits;
	read_joint(src, len, group);
}

void
ccpii_group_init(GroupReader *reader, const char *src, size_t len)
{
	reader->src = src;
	reader->len = len;
	reader->nread = 0;
	ccpii_group_seek(reader, 0);
}

void
ccpii_group_seek(GroupReader *reader, size_t at)
{
	reader->at = at;
	reader->first = 0;
	reader->count = 0;
}

/* Read one more group into the ring. */
static bool
fetch(GroupReader *reader)
{
	const char *src = reader->src;
	size_t		len = reader->len;
	DigitGroup *group;

	for (;;)
	{
		uint32_t	code_point;
		size_t		size;

		reader->at = ccpii_digits_skip(src, len, reader->at);
		if (reader->at >= len)
			return false;
		size = ccpii_utf8_decode(src + reader->at, len - reader->at,
								 &code_point);
		if (code_point != UTF8_INVALID && ccpii_utf8_digit(code_point) >= 0)
			break;
		reader->at += size;
	}
	if (++reader->nread % PAUSE_GROUPS == 0 && ccpii_group_pause != NULL)
		ccpii_group_pause();
	group = &reader->ring[(reader->first + reader->count) % GROUP_AHEAD];
	read_group(src, len, reader->at, group);
	reader->at = group->end;
	reader->count++;
	return true;
}

bool
ccpii_group_fetch(GroupReader *reader, size_t ahead)
{
	if (ahead >= GROUP_AHEAD)
		return false;
	while (reader->count <= ahead)
	{
		if (!fetch(reader))
			return false;
	}
	return true;
}

void
ccpii_group_keep_last(GroupReader *reader, size_t ndigits)
{
	DigitGroup *group = ccpii_group_peek(reader, 0);
	size_t		end = group->start;
	size_t		start;
	size_t		cut = group->ndigits - ndigits;

	for (; cut > 0; cut--)
		next_visible(reader->src, group->end, &start, &end);
	next_visible(reader->src, group->end, &start, &end);
	group->start = start;
	group->ndigits = ndigits;
	group->glued = false;
	group->opened = false;
	group->before = ccpii_group_before(reader->src, start, &group->before_at);
	end = start;
	for (size_t i = 0; i < ndigits && i < GROUP_HEAD; i++)
		group->head[i] = (uint8_t) ccpii_utf8_digit(next_visible(reader->src, group->end, &start, &end));
	read_joint(reader->src, reader->len, group);
}

/*-------------------------------------------------------------------------
 *
 * phone_mark.h
 *	  The characters of a telephone number, as far as anybody asks.
 *
 * For phone_text.c, whose constants and tables these are.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PHONE_MARK_H
#define CCPII_PHONE_MARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* PhoneNumberUtil.MAX_INPUT_STRING_LENGTH of libphonenumber, in code points */
#define PHONE_MAX_CHARS 250

/*
 * Marks.  An ASCII character is its own; others are told apart as far as
 * anybody asks.  Full-width and Cyrillic letters that stand in words for
 * "extension" have marks of their own, both cases the same.
 */
typedef unsigned char Mark;

enum
{
	MARK_DIGIT = 0x80,			/* a digit that is not ASCII: + its value */
	MARK_WIDE_PLUS = 0x8A,
	MARK_NBSP,
	MARK_WIDE_STOP,				/* U+FF0E */
	MARK_WIDE_TILDE,			/* U+FF5E */
	MARK_WIDE_HASH,				/* U+FF03 */
	MARK_PUNCTUATION,			/* other punctuation that stands in numbers */
	MARK_ACUTE,					/* U+0301, combining */
	MARK_O_ACUTE,
	MARK_CYRILLIC_DE,
	MARK_CYRILLIC_O,
	MARK_CYRILLIC_BE,
	MARK_WIDE_E,
	MARK_WIDE_I,
	MARK_WIDE_N,
	MARK_WIDE_T,
	MARK_WIDE_X,
	MARK_WORD,					/* another letter, or number */
	MARK_OTHER
};

typedef struct Marks
{
	int			n;
	Mark		at[PHONE_MAX_CHARS];
} Marks;

/* What a mark is: bits of ccpii_phone_mark_class[]. */
enum
{
	IS_DIGIT = 1,				/* of any script */
	IS_LETTER = 2,				/* ASCII */
	IS_PUNCTUATION = 4,			/* may stand between the digits of a number */
	IS_PLUS = 8,
	IS_BLANK = 16,				/* may stand before an extension */
	IS_KEPT = 32				/* is not stripped from the end of a text */
};

extern const uint8_t ccpii_phone_mark_class[256];

static inline bool
is(Mark mark, unsigned int classes)
{
	return (ccpii_phone_mark_class[mark] & classes) != 0;
}

/*
 * ccpii_phone_mark_read
 *		Turn a text in UTF-8 into marks; false, with *marks in any state, if it
 *		has more than PHONE_MAX_CHARS code points.  Never raises.
 */
extern bool ccpii_phone_mark_read(const char *src, size_t len, Marks *marks);

#endif							/* CCPII_PHONE_MARK_H */

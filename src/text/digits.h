/*-------------------------------------------------------------------------
 *
 * digits.h
 *	  Finding runs of digits in running text.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_DIGITS_H
#define CCPII_DIGITS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct DigitRun
{
	size_t		start;			/* byte offset of the first digit */
	size_t		end;			/* byte offset behind the last digit */
	size_t		ndigits;		/* code points in between, all digits */
} DigitRun;

/*
 * ccpii_digits_begin
 *		Can a digit of any script begin with this byte?  No continuation byte is
 *		among those that can, so a text can be searched bytewise.
 */
extern bool ccpii_digits_begin(char byte);

/*
 * ccpii_digits_skip
 *		Offset of the first such byte at or after an offset; len if there is
 *		none.
 */
extern size_t ccpii_digits_skip(const char *src, size_t len, size_t from);

/*
 * ccpii_digits_may_have
 *		Can a text have this many digits?  Much faster than to count them: of
 *		what is not ASCII it counts bytes that begin other characters, too.
 */
extern bool ccpii_digits_may_have(const char *src, size_t len, size_t ndigits);

/*
 * ccpii_digits_next
 *		Find the next run of digits at or after an offset.
 *
 * src, len	UTF-8 bytes, not NUL-terminated
 * from			byte offset, 0 <= from <= len, not inside a code point
 * run			out: bytes [start, end), and how many digits they are
 *
 * A run is as long as it can be, and nothing stands between its digits, which
 * are those of any script, also mixed.  Returns false, *run untouched, when
 * nothing is left.  Never raises.
 */
extern bool ccpii_digits_next(const char *src, size_t len, size_t from,
							  DigitRun *run);

#endif							/* CCPII_DIGITS_H */

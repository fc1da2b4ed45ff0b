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

/*-------------------------------------------------------------------------
 *
 * phone_find.h
 *	  Telephone numbers in running text.
 *
 * Source of the rules: shared/cases/SEMANTICS.md, 9.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PHONE_FIND_H
#define CCPII_PHONE_FIND_H

#include "text/number.h"

typedef struct PhoneSpan
{
	size_t		start;			/* byte offset of its + or ( or first digit */
	size_t		end;			/* behind the last digit, extension included */
	size_t		shown;			/* of the digits that its mask shows */
	size_t		number_end;		/* behind the last digit of the number itself */
} PhoneSpan;

#define PHONE_MIN_DIGITS 7		/* of what is found */

/*
 * ccpii_phone_in
 *		Is a number that was just read, in grouped mode, a telephone number, or
 *		does one begin with it?  The reader goes on behind it; if it is none but
 *		one may begin later in it, there.
 */
extern bool ccpii_phone_in(GroupReader *reader, Number *number,
						   PhoneSpan *phone);

/*
 * ccpii_phone_extension
 *		If an extension follows a number that ends here, go on behind it.
 *		Returns where it ends, or the same offset.
 */
extern size_t ccpii_phone_extension(GroupReader *reader, size_t end);

#endif							/* CCPII_PHONE_FIND_H */

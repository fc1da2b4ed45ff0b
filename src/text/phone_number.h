/*-------------------------------------------------------------------------
 *
 * phone_number.h
 *	  Telephone numbers in one form, E.164, by the numbering plans of the world.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PHONE_NUMBER_H
#define CCPII_PHONE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * '+', a calling code and a national number.  ITU-T E.164 (11/2010), 6.2.1,
 * has at most 15 digits; some plans of libphonenumber have more.
 */
#define PHONE_NUMBER_MAX_BYTES 21

#define PHONE_NO_REGION 0		/* only international numbers are read */

typedef struct PhoneNumber
{
	size_t		len;			/* of e164; 0 if there is no possible number */
	bool		valid;			/* in use by its plan, as far as known */
	bool		plus;			/* the text has a plus sign, or is a WhatsApp
								 * id */
	char		e164[PHONE_NUMBER_MAX_BYTES];	/* not NUL-terminated */
} PhoneNumber;

/*
 * ccpii_phone_number_region
 *		A region by its name, for ccpii_phone_number_read().
 *
 * Names are the two upper-case letters of ISO 3166-1, and some that it
 * reserves (AC, TA, XK).  ZZ and 001, as libphonenumber calls an unknown region
 * and the world, and regions of ISO 3166-1 without a numbering plan are
 * PHONE_NO_REGION.  Returns -1 for every other name.  Never raises.
 */
extern int	ccpii_phone_number_region(const char *name, size_t len);

/*
 * ccpii_phone_number_read
 *		Read a telephone number as somebody in a region typed it.
 *
 * src, len		UTF-8 bytes, not NUL-terminated
 * region		what ccpii_phone_number_region() returned, not -1
 * number		out
 *
 * Answers what libphonenumber does: the number is possible if its length is
 * one that the plan has for whole numbers, of whatever kind.  A number that is
 * not possible is not valid.  Never raises.
 */
extern void ccpii_phone_number_read(const char *src, size_t len, int region,
									PhoneNumber *number);

/*
 * ccpii_phone_number_read_key
 *		Read a telephone number that is to tell whether two records are one
 *		person's: ccpii_phone_number_read(), or WhatsApp ids; of numbers without
 *		a plus sign only valid ones.  Never raises.
 */
extern void ccpii_phone_number_read_key(const char *src, size_t len,
										int region, PhoneNumber *number);

/*
 * ccpii_phone_number_plan_version
 *		The version of the numbering plans: that of libphonenumber's metadata.
 */
extern const char *ccpii_phone_number_plan_version(void);

#endif							/* CCPII_PHONE_NUMBER_H */

/*-------------------------------------------------------------------------
 *
 * redact.h
 *	  Running text with what was found in it masked.
 *
 * dst has room for len bytes and does not overlap src, unless said otherwise;
 * the functions return how many were written.  None raises.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_REDACT_H
#define CCPII_REDACT_H

#include "text/scan.h"

#define ANON_PHONE "[anonphonenumber]"

/* Telephone numbers only; they are read in groups, whatever else is. */
extern const ScanRules ccpii_redact_phones;

/*
 * ccpii_redact_numbers
 *		One asterisk for each digit of a number, and for each of a card but the
 *		last four; X for each of a telephone number, but for the last ones that
 *		ccpii_phone_mask() shows, too.  Only digits change; 0 if none does, with
 *		dst in any state.
 */
extern size_t ccpii_redact_numbers(const ScanRules *rules, const char *src,
								   size_t len, char *dst);

/* Room that ccpii_redact_phones_out() needs. */
extern size_t ccpii_redact_phones_bound(size_t len);

/* ANON_PHONE in the place of each telephone number.  0 as above. */
extern size_t ccpii_redact_phones_out(const char *src, size_t len, char *dst);

#endif							/* CCPII_REDACT_H */

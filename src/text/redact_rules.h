/*-------------------------------------------------------------------------
 *
 * redact_rules.h
 *	  The arguments of redact() and of its relatives, and what they do.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_REDACT_RULES_H
#define CCPII_REDACT_RULES_H

#include "fmgr.h"

#include "text/encoded.h"
#include "text/pattern.h"
#include "text/scan.h"

#define REDACT_MAX_DIGITS 32	/* LEDGER.md, 84 */

typedef struct RedactRules
{
	ScanRules	scan;
	bool		phones;
	bool		emails;
	int			npatterns;
	Utf8	   *patterns;		/* regexes */
} RedactRules;

/* Let long texts be cancelled. */
extern void ccpii_redact_init(void);

/*
 * ccpii_redact_rules
 *		The rules that the arguments from the second on say, kept with the call
 *		while they do not change.  Raises 22023, also for NULL.
 */
extern const RedactRules *ccpii_redact_rules(FunctionCallInfo fcinfo);

/*
 * ccpii_redact_match
 *		Where the next match of a pattern is; its number is the element of
 *		rules->patterns.  Of PATTERN_FAILED a WARNING has told.
 */
extern PatternResult ccpii_redact_match(const RedactRules *rules, int number,
										Utf8 body, size_t from, size_t *start,
										size_t *end);

/*
 * ccpii_redact_utf8
 *		Mask what the rules say; the text itself, and not a copy, if that is
 *		nothing.  Where a pattern fails, the whole text is masked, and a
 *		WARNING tells which pattern.
 */
extern Utf8 ccpii_redact_utf8(const RedactRules *rules, Utf8 body);

/* What ccpii_redact_utf8() and the like do. */
typedef Utf8 (*Redaction) (const RedactRules *rules, Utf8 body);

/*
 * ccpii_redact_text
 *		What a redaction makes of a text in the encoding of the database; the
 *		text itself if it changes nothing.  What cannot be read in UTF-8, or
 *		becomes too long, is masked fully.
 */
extern text *ccpii_redact_text(text *value, Redaction redaction,
							   const RedactRules *rules);

#endif							/* CCPII_REDACT_RULES_H */

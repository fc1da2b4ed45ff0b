/*-------------------------------------------------------------------------
 *
 * errors.h
 *	  Errors that more than one part raises, in one wording.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_ERRORS_H
#define CCPII_ERRORS_H

#include "base/compat.h"

/*
 * Marks the errors of those who include this as the library's own, in which no
 * value can stand.
 */
#undef TEXTDOMAIN
#define TEXTDOMAIN "ccpii"

/* Raise 55000: the line that is missing in postgresql.conf. */
pg_noreturn extern void ccpii_error_not_preloaded(void);

/* Raise 55000: the SQL objects are of another version than the library. */
pg_noreturn extern void ccpii_error_other_version(void);

/* Raise 55000: this database does not have the extension. */
pg_noreturn extern void ccpii_error_not_installed(void);

#endif							/* CCPII_ERRORS_H */

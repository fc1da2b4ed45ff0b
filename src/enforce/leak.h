/*-------------------------------------------------------------------------
 *
 * leak.h
 *	  Errors that would print stored values of labelled relations.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_LEAK_H
#define CCPII_LEAK_H

#include "base/compat.h"

extern void ccpii_leak_init(void);

/*
 * ccpii_leak_rethrow
 *		In a PG_CATCH block: take stored values out of the error and throw it
 *		on.  labelled: the failing statement works on a labelled relation.
 */
pg_noreturn extern void ccpii_leak_rethrow(bool labelled);

#endif							/* CCPII_LEAK_H */

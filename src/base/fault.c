/*-------------------------------------------------------------------------
 *
 * fault.c
 *	  Named points at which a test can make the code fail.
 *
 * A point fails on every pass while ccpii.test_fault names it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/guc.h"

#include "base/fault.h"

#ifdef CCPII_TEST_FAULT

static char *test_fault = NULL;

void
ccpii_fault_init(void)
{
	DefineCustomStringVariable("ccpii.test_fault",
							   "Name of the point at which the code fails.",
							   "Only builds for tests have this setting.",
							   &test_fault, "",
							   PGC_SUSET, 0, NULL, NULL, NULL);
}

void
ccpii_fault_point(const char *name)
{
	if (test_fault != NULL && strcmp(test_fault, name) == 0)
		ereport(ERROR,
				errcode(ERRCODE_IO_ERROR),
				errmsg("test fault at point \"%s\"", name));
}

#endif							/* CCPII_TEST_FAULT */

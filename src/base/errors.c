/*-------------------------------------------------------------------------
 *
 * errors.c
 *	  Errors that more than one part raises, in one wording.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/errors.h"

void
ccpii_error_not_preloaded(void)
{
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("ccpii must be loaded via \"%s\"",
				   "shared_preload_libraries"),
			errhint("Add this line to postgresql.conf and restart the server: shared_preload_libraries = 'ccpii'"));
}

void
ccpii_error_other_version(void)
{
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("extension \"%s\" in this database is not of version %s, which the server has loaded",
				   "ccpii", CCPII_VERSION),
			errhint("Run ALTER EXTENSION ccpii UPDATE TO '%s'.", CCPII_VERSION));
}

void
ccpii_error_not_installed(void)
{
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("extension \"%s\" is not installed in this database",
				   "ccpii"),
			errhint("Run CREATE EXTENSION ccpii."));
}

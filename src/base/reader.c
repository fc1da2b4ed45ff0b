/*-------------------------------------------------------------------------
 *
 * reader.c
 *	  Which roles stand behind the statement that is running?
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "base/reader.h"

Reader
ccpii_reader(void)
{
	Reader		reader;

	reader.current = GetUserId();
	reader.session = GetSessionUserId();
	reader.outer = GetOuterUserId();
	reader.switched = InLocalUserIdChange() ||
		InSecurityRestrictedOperation();
	return reader;
}

bool
ccpii_reader_is_referential(void)
{
	return InNoForceRLSOperation();
}

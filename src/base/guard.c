/*-------------------------------------------------------------------------
 *
 * guard.c
 *	  Become the extension's owner for SPI on our own tables.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/guc.h"

#include "base/compat.h"
#include "base/errors.h"
#include "base/extension.h"
#include "base/guard.h"

void
ccpii_guard_enter(Guard *guard)
{
	Oid			owner = ccpii_extension_owner();

	if (!OidIsValid(owner))
		ccpii_error_not_installed();

	GetUserIdAndSecContext(&guard->user_id, &guard->sec_context);
	SetUserIdAndSecContext(owner,
						   guard->sec_context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_RESTRICTED_OPERATION);
	guard->nest_level = NewGUCNestLevel();
	RestrictSearchPath();
}

void
ccpii_guard_leave(const Guard *guard)
{
	AtEOXact_GUC(false, guard->nest_level);
	SetUserIdAndSecContext(guard->user_id, guard->sec_context);
}

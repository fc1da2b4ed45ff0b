/*-------------------------------------------------------------------------
 *
 * guard.c
 *	  Become somebody else for a while, in a session without surprises.
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

/* Settings of every session that decide what a literal means. */
static const struct
{
	const char *name;
	const char *value;
}			pinned[] =

{
	{"standard_conforming_strings", "on"},
	{"backslash_quote", "safe_encoding"},
	{"transform_null_equals", "off"},
	{"array_nulls", "on"},
	{"DateStyle", "ISO, MDY"},
	{"IntervalStyle", "postgres"},
	{"lc_monetary", "C"},
	{"TimeZone", "UTC"},
	{"timezone_abbreviations", "Default"},
	{"xmloption", "content"}
};

void
ccpii_guard_become(Guard *guard, Oid role)
{
	GetUserIdAndSecContext(&guard->user_id, &guard->sec_context);
	SetUserIdAndSecContext(role,
						   guard->sec_context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_RESTRICTED_OPERATION);
	guard->nest_level = NewGUCNestLevel();
	RestrictSearchPath();
	for (int i = 0; i < lengthof(pinned); i++)
	{
		(void) set_config_option(pinned[i].name, pinned[i].value,
								 PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
	}
}

void
ccpii_guard_enter(Guard *guard)
{
	Oid			owner = ccpii_extension_owner();

	if (!OidIsValid(owner))
		ccpii_error_not_installed();
	ccpii_guard_become(guard, owner);
}

void
ccpii_guard_leave(const Guard *guard)
{
	AtEOXact_GUC(false, guard->nest_level);
	SetUserIdAndSecContext(guard->user_id, guard->sec_context);
}

/*-------------------------------------------------------------------------
 *
 * ccpii.c
 *	  Starts every part when the server loads the library.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/guc.h"

#include "base/extension.h"
#include "base/fault.h"
#include "base/keyring.h"
#include "base/shmem.h"
#include "enforce/leak.h"
#include "enforce/plan.h"
#include "enforce/row_security.h"
#include "enforce/utility.h"
#include "policy/audience.h"
#include "policy/lookup.h"
#include "policy/provider.h"
#include "policy/reveal.h"
#include "policy/rule.h"
#include "text/redact_rules.h"

PG_MODULE_MAGIC;

void		_PG_init(void);

/*
 * Without preload the masks work as plain functions and nothing else does:
 * hooks that only some sessions have would be no protection.
 */
void
_PG_init(void)
{
	ccpii_redact_init();
	if (!process_shared_preload_libraries_in_progress)
		return;

	ccpii_fault_init();
	ccpii_extension_init();
	ccpii_keyring_init();
	ccpii_audience_init();
	ccpii_reveal_init();
	ccpii_rule_init();
	ccpii_provider_init();
	ccpii_lookup_init();
	ccpii_row_security_init();
	ccpii_plan_init();
	ccpii_leak_init();
	ccpii_utility_init();
	ccpii_shmem_init();
	MarkGUCPrefixReserved("ccpii");
}

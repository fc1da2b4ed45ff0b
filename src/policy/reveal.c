/*-------------------------------------------------------------------------
 *
 * reveal.c
 *	  May who asks see values of type masked_text, wherever they come from?
 *
 * A value does not know its table.  Who is clear by his label, his memberships
 * or as a superuser is clear on all of them.  Who is clear by ownership only
 * must be so on every table that has such values; aside from temporary tables
 * and those of masked roles, or any of them could take this from him by making
 * a table of his own.
 *
 * The verdict on one reader is kept until a role, a membership or a label
 * changes; if it rests on owners, until any relation does.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_class.h"
#include "catalog/pg_shseclabel.h"
#include "miscadmin.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rls.h"
#include "utils/syscache.h"

#include "base/errors.h"
#include "base/extension.h"
#include "policy/audience.h"
#include "policy/family.h"
#include "policy/masked_type.h"
#include "policy/reveal.h"

Verdict		ccpii_reveal_verdict;

static uint64 changes = 0;		/* counts what makes a verdict invalid */
static bool forced = false;

static void
syscache_callback(Datum arg, int cacheid, uint32 hashvalue)
{
	ccpii_reveal_verdict.valid = false;
	changes++;
}

static void
relcache_callback(Datum arg, Oid relid)
{
	if (relid >= FirstNormalObjectId)
	{
		changes++;
		ccpii_reveal_verdict.valid &= !ccpii_reveal_verdict.by_owner;
	}
	else if (!OidIsValid(relid) || relid == SharedSecLabelRelationId)
		syscache_callback(arg, 0, 0);
}

/* Is a role masked whoever owns the relation? */
static bool
is_masked_anywhere(Oid role)
{
	AudienceReason reason;

	return OidIsValid(role) &&
		ccpii_audience_role_is_masked(role, InvalidOid, &reason) &&
		reason != REASON_UNLABELLED;
}

/* Is the audience clear on every relation that has values of the type? */
static bool
owns_all(const Audience *audience)
{
	bool		any = false;
	ListCell   *lc;

	foreach(lc, ccpii_masked_type_relations())
	{
		Oid			owner = ccpii_family_owner(lfirst_oid(lc));

		if (!OidIsValid(owner) ||
			get_rel_persistence(lfirst_oid(lc)) == RELPERSISTENCE_TEMP ||
			is_masked_anywhere(owner))
			continue;
		if (ccpii_audience_is_masked(audience, owner))
			return false;
		any = true;
	}
	return any;
}

static Verdict
judge(const Reader *reader)
{
	Audience	audience = ccpii_audience_of(reader);
	Verdict		result;

	result.reader = *reader;
	result.generation = ccpii_audience_generation();
	result.valid = true;
	result.by_owner = false;
	result.clear = !ccpii_audience_is_masked(&audience, InvalidOid);
	if (!result.clear && !is_masked_anywhere(audience.current) &&
		!is_masked_anywhere(audience.other))
	{
		result.by_owner = true;
		result.clear = owns_all(&audience);
	}
	return result;
}

/* Without preload nobody has heard of labels: only superusers see anything. */
static bool
is_superuser(const Reader *reader)
{
	return superuser_arg(reader->current) &&
		(reader->switched || superuser_arg(reader->session));
}

/* Find out, and keep it. */
static bool
ask(void)
{
	Reader		reader = ccpii_reader();
	uint64		before;

	if (!IsTransactionState())
		return false;			/* nobody can be asked */
	if (!ccpii_extension_is_preloaded())
		return is_superuser(&reader);
	before = changes;
	ccpii_reveal_verdict = judge(&reader);
	ccpii_reveal_verdict.valid = changes == before;
	return ccpii_reveal_verdict.clear;
}

bool
ccpii_reveal_is_clear(void)
{
	if (forced)
		return true;
	return ccpii_reveal_is_known() ? ccpii_reveal_verdict.clear : ask();
}

bool
ccpii_reveal_or_refuse(void)
{
	if (ccpii_reveal_is_clear())
		return true;
	if (!row_security)
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("query would be affected by masking of type \"%s\"",
					   MASKED_TYPE_NAME),
				errhint("Set \"%s\" to on to read masked values.",
						"row_security"));
	if (IsTransactionState() &&
		ccpii_extension_state() == EXTENSION_OTHER_VERSION)
		ccpii_error_other_version();
	return false;
}

bool
ccpii_reveal_force(bool on)
{
	bool		before = forced;

	forced = on;
	return before;
}

void
ccpii_reveal_init(void)
{
	CacheRegisterSyscacheCallback(AUTHOID, syscache_callback, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, syscache_callback,
								  (Datum) 0);
	CacheRegisterRelcacheCallback(relcache_callback, (Datum) 0);
}

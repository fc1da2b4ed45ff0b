/*-------------------------------------------------------------------------
 *
 * audience.c
 *	  Is this reader masked or clear?
 *
 * The labels of roles are read once by a scan of pg_shseclabel and kept until
 * a role, a membership or a label changes anywhere in the cluster.  Labels
 * send no invalidations of their own, so whoever changes one calls
 * ccpii_audience_changed(), which invalidates the relcache entry of
 * pg_shseclabel everywhere.  Every such change also resets the plan cache.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_shseclabel.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/plancache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/fault.h"
#include "policy/audience.h"

/* What is known of one role, whatever the relation. */
typedef struct RoleFacts
{
	Oid			role;			/* hash key */
	RoleLabel	verdict;		/* ROLE_UNLABELLED: the owner decides */
	AudienceReason reason;
	RoleLabel	label;
} RoleFacts;

enum UnlabelledRoles
{
	UNLABELLED_MASKED,
	UNLABELLED_CLEAR
};

static const struct config_enum_entry unlabelled_options[] = {
	{"masked", UNLABELLED_MASKED, false},
	{"clear", UNLABELLED_CLEAR, false},
	{NULL, 0, false}
};

static int	unlabelled_roles = UNLABELLED_MASKED;

uint64		ccpii_audience_changes = 0;

static MemoryContext cache_context = NULL;
static bool labels_valid = false;
static bool labels_changed = false; /* since load_labels() began */
static List *masked_roles = NIL;
static List *clear_roles = NIL;
static HTAB *role_facts = NULL;

/* Forget everything; plans that rest on it with it. */
static void
syscache_callback(Datum arg, int cacheid, uint32 hashvalue)
{
	labels_valid = false;
	labels_changed = true;
	if (role_facts != NULL)
		ResetPlanCache();
}

static void
membership_callback(Datum arg, int cacheid, uint32 hashvalue)
{
	ccpii_audience_changes++;
	syscache_callback(arg, cacheid, hashvalue);
}

static void
relcache_callback(Datum arg, Oid relid)
{
	if (relid == SharedSecLabelRelationId || !OidIsValid(relid))
		membership_callback(arg, 0, 0);
}

static void
unlabelled_assign(int newval, void *extra)
{
	if (newval == unlabelled_roles)
		return;
	ccpii_audience_changes++;
	if (role_facts != NULL)
		ResetPlanCache();
}

void
ccpii_audience_changed(void)
{
	CacheInvalidateRelcacheByRelid(SharedSecLabelRelationId);
}

/* Read the labels of all roles into a fresh cache. */
static void
load_labels(void)
{
	MemoryContext context,
				old;
	List	   *masked = NIL;
	List	   *clear = NIL;
	HTAB	   *facts;
	HASHCTL		ctl;
	Relation	catalog;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	labels_changed = false;
	context = AllocSetContextCreate(CurrentMemoryContext, "ccpii audience",
									ALLOCSET_SMALL_SIZES);
	catalog = table_open(SharedSecLabelRelationId, AccessShareLock);
	ScanKeyInit(&keys[0], Anum_pg_shseclabel_classoid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(AuthIdRelationId));
	ScanKeyInit(&keys[1], Anum_pg_shseclabel_provider, BTEqualStrategyNumber,
				F_TEXTEQ, CStringGetTextDatum(LABEL_PROVIDER));
	scan = systable_beginscan(catalog, InvalidOid, false, NULL, 2, keys);
	old = MemoryContextSwitchTo(context);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		FormData_pg_shseclabel *form = (Form_pg_shseclabel) GETSTRUCT(tuple);
		bool		isnull;
		Datum		label = heap_getattr(tuple, Anum_pg_shseclabel_label,
										 RelationGetDescr(catalog), &isnull);

		/* Written by our provider, so it parses. */
		if (ccpii_label_parse_role(TextDatumGetCString(label)) == ROLE_CLEAR)
			clear = lappend_oid(clear, form->objoid);
		else
			masked = lappend_oid(masked, form->objoid);
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	ccpii_fault_point("audience.load");

	ctl.keysize = sizeof(Oid);
	ctl.entrysize = sizeof(RoleFacts);
	ctl.hcxt = context;
	facts = hash_create("ccpii roles", 64, &ctl,
						HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	MemoryContextSwitchTo(old);

	/* All is read: let it take the place of what was there. */
	MemoryContextSetParent(context, CacheMemoryContext);
	if (cache_context != NULL)
		MemoryContextDelete(cache_context);
	cache_context = context;
	masked_roles = masked;
	clear_roles = clear;
	role_facts = facts;
	labels_valid = !labels_changed;
}

bool
ccpii_audience_has_role(Oid role, Oid other)
{
	if (superuser_arg(role))
	{
		/* has_privs_of_role() would say yes to all of them. */
		return is_member_of_role_nosuper(role, other);
	}
	return has_privs_of_role(role, other);
}

static bool
has_any_role(Oid role, List *others)
{
	ListCell   *lc;

	foreach(lc, others)
	{
		if (ccpii_audience_has_role(role, lfirst_oid(lc)))
			return true;
	}
	return false;
}

/*
 * What is known of a role.  A change during the look-ups leaves no stale
 * facts: they are gone with the cache that the change invalidated.
 */
static RoleFacts
facts_of(Oid role)
{
	RoleFacts	facts;
	RoleFacts  *entry;
	bool		found;

	if (!labels_valid)
		load_labels();
	entry = hash_search(role_facts, &role, HASH_FIND, NULL);
	if (entry != NULL)
		return *entry;

	facts.role = role;
	facts.label = list_member_oid(masked_roles, role) ? ROLE_MASKED :
		list_member_oid(clear_roles, role) ? ROLE_CLEAR : ROLE_UNLABELLED;
	facts.verdict = facts.label;
	facts.reason = REASON_OWN_LABEL;
	if (facts.label == ROLE_UNLABELLED)
	{
		if (has_any_role(role, masked_roles))
		{
			facts.verdict = ROLE_MASKED;
			facts.reason = REASON_MEMBER_OF_MASKED;
		}
		else if (has_any_role(role, clear_roles))
		{
			facts.verdict = ROLE_CLEAR;
			facts.reason = REASON_MEMBER_OF_CLEAR;
		}
		else if (superuser_arg(role))
		{
			facts.verdict = ROLE_CLEAR;
			facts.reason = REASON_SUPERUSER;
		}
	}

	if (labels_valid)
	{
		entry = hash_search(role_facts, &role, HASH_ENTER, &found);
		*entry = facts;
	}
	return facts;
}

RoleLabel
ccpii_audience_label(Oid role)
{
	return facts_of(role).label;
}

bool
ccpii_audience_role_is_masked(Oid role, Oid owner, AudienceReason *reason)
{
	RoleFacts	facts = facts_of(role);

	if (facts.verdict == ROLE_UNLABELLED)
	{
		if (OidIsValid(owner) && has_privs_of_role(role, owner))
		{
			facts.verdict = ROLE_CLEAR;
			facts.reason = REASON_OWNER;
		}
		else
		{
			facts.verdict = unlabelled_roles == UNLABELLED_CLEAR ?
				ROLE_CLEAR : ROLE_MASKED;
			facts.reason = REASON_UNLABELLED;
		}
	}
	if (reason != NULL)
		*reason = facts.reason;
	return facts.verdict != ROLE_CLEAR;
}

Audience
ccpii_audience_of(const Reader *reader)
{
	Audience	audience = {reader->current, InvalidOid};
	bool		session_asks;

	/*
	 * Where the server switched the user, only he asks; but a masked login
	 * must not unmask himself through a group that owns a function.
	 */
	if (!reader->switched)
		session_asks = true;
	else
		session_asks = reader->current == reader->outer ||
			is_member_of_role_nosuper(reader->session, reader->current);

	/* A CLEAR label on current_user itself wins over everybody else. */
	if (session_asks && reader->session != reader->current &&
		ccpii_audience_label(reader->current) != ROLE_CLEAR)
		audience.other = reader->session;
	return audience;
}

Audience
ccpii_audience_now(void)
{
	Reader		reader = ccpii_reader();

	return ccpii_audience_of(&reader);
}

static uint32
fingerprint_of(Oid role)
{
	return OidIsValid(role) ?
		hash_combine(murmurhash32(role), facts_of(role).verdict) : 0;
}

uint32
ccpii_audience_fingerprint(const Audience *audience)
{
	return hash_combine(hash_combine(fingerprint_of(audience->current),
									 fingerprint_of(audience->other)),
						unlabelled_roles);
}

bool
ccpii_audience_is_masked(const Audience *audience, Oid owner)
{
	return ccpii_audience_role_is_masked(audience->current, owner, NULL) ||
		(OidIsValid(audience->other) &&
		 ccpii_audience_role_is_masked(audience->other, owner, NULL));
}

bool
ccpii_audience_is_clear(const Audience *audience)
{
	return facts_of(audience->current).verdict == ROLE_CLEAR &&
		(!OidIsValid(audience->other) ||
		 facts_of(audience->other).verdict == ROLE_CLEAR);
}

void
ccpii_audience_init(void)
{
	DefineCustomEnumVariable("ccpii.unlabelled_roles",
							 "What readers see that nobody has classified.",
							 "Roles without a label, without privileges of a labelled role and of the relation's owner.",
							 &unlabelled_roles, UNLABELLED_MASKED,
							 unlabelled_options,
							 PGC_SUSET, 0, NULL, unlabelled_assign, NULL);

	CacheRegisterSyscacheCallback(AUTHOID, syscache_callback, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, membership_callback,
								  (Datum) 0);
	CacheRegisterRelcacheCallback(relcache_callback, (Datum) 0);
}

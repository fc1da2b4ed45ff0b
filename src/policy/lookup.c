/*-------------------------------------------------------------------------
 *
 * lookup.c
 *	  Counting of SEARCHABLE look-ups, per session user, outside transactions.
 *
 * A look-up tells a masked reader whether a value that he knows is stored.
 * That is what it is for, so what has to be limited is guessing: the number
 * of look-ups, and harder the number of those that find nothing.
 *
 * The counters are in shared memory, one slot per session user, under the
 * area's one lock, so that neither a rollback nor another connection helps.
 * They count in windows that start with the first look-up (for a minute) and
 * the first miss (for a day) and are measured by a monotonic clock.  A restart
 * of the server forgets them.  A slot whose windows are over is as good as
 * free; if there is none for a new user, he is refused.
 *
 * A look-up that searches is a miss until the plan that charged it finds a row.  An
 * execution of a plan takes back one miss at most, the backend's last one, and
 * had one of its own to take back; so whatever a reader interleaves by
 * cursors, as many misses stay as executions found nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "utils/guc.h"

#include "base/errors.h"
#include "base/shmem.h"
#include "policy/lookup.h"

#define NSLOTS 1024
#define MINUTE_MS (60 * INT64CONST(1000))
#define DAY_MS (24 * 60 * MINUTE_MS)

/* Of N look-ups per minute, how many may find nothing? */
#define MISSES_PER_MINUTE(n) Max((n) / 4, 1)
#define MISSES_PER_DAY(n) (3 * (n))

typedef struct LookupSlot
{
	Oid			role;			/* InvalidOid: free */
	int			lookups;		/* since minute_start_ms */
	int			misses;			/* the same */
	int			day_misses;		/* since day_start_ms */
	int64		minute_start_ms;
	int64		day_start_ms;
} LookupSlot;

typedef struct LookupArea
{
	LookupSlot	slots[NSLOTS];
} LookupArea;

/* The limit that was reached, and how long it still holds. */
typedef struct LookupRefusal
{
	const char *what;			/* is limited; completes "The limit is %d" */
	int			limit;
	int64		wait_ms;
} LookupRefusal;

/* The last look-up that this backend charged, if it counts as a miss. */
typedef struct LookupCharge
{
	LookupSlot *slot;			/* NULL: none */
	Oid			role;
	int64		minute_start_ms;
	int64		day_start_ms;
} LookupCharge;

static int	lookups_per_minute = 20;
static LookupArea *area = NULL;
static LWLock *lock = NULL;
static LookupSlot *my_slot = NULL;	/* the one used last */
static LookupCharge charge;

PG_FUNCTION_INFO_V1(ccpii_sql_lookup_charge);
PG_FUNCTION_INFO_V1(ccpii_sql_lookup_found);

/* A clock that nobody can set.  It is the same in all processes. */
static int64
monotonic_ms(void)
{
	instr_time	now;

	INSTR_TIME_SET_CURRENT(now);
	return (int64) INSTR_TIME_GET_MILLISEC(now);
}

static bool
minute_is_over(const LookupSlot *slot, int64 now)
{
	return now - slot->minute_start_ms >= MINUTE_MS;
}

static bool
day_is_over(const LookupSlot *slot, int64 now)
{
	return slot->day_misses == 0 || now - slot->day_start_ms >= DAY_MS;
}

/*
 * The slot of a role, a new one if it has none; NULL if all are needed for
 * others.  The caller holds the lock exclusively.
 */
static LookupSlot *
get_slot(Oid role, int64 now)
{
	LookupSlot *unused = NULL;

	if (my_slot != NULL && my_slot->role == role)
		return my_slot;

	for (int i = 0; i < NSLOTS; i++)
	{
		LookupSlot *slot = &area->slots[i];

		if (slot->role == role)
			return slot;
		if (unused == NULL &&
			(!OidIsValid(slot->role) ||
			 (minute_is_over(slot, now) && day_is_over(slot, now))))
			unused = slot;
	}
	if (unused != NULL)
	{
		memset(unused, 0, sizeof(*unused));
		unused->role = role;
		unused->minute_start_ms = now;
	}
	return unused;
}

static bool
is_reached(int count, int limit, const char *what, int64 wait_ms,
		   LookupRefusal *refusal)
{
	if (count < limit)
		return false;

	refusal->what = what;
	refusal->limit = limit;
	refusal->wait_ms = wait_ms;
	return true;
}

/* Has the slot reached a limit, and which?  Starts windows that are due. */
static bool
limit_is_reached(LookupSlot *slot, int64 now, LookupRefusal *refusal)
{
	int64		minute_left;
	int64		day_left;

	if (minute_is_over(slot, now))
	{
		slot->minute_start_ms = now;
		slot->lookups = slot->misses = 0;
	}
	if (day_is_over(slot, now))
	{
		slot->day_start_ms = now;
		slot->day_misses = 0;
	}

	minute_left = slot->minute_start_ms + MINUTE_MS - now;
	day_left = slot->day_start_ms + DAY_MS - now;
	return is_reached(slot->lookups, lookups_per_minute,
					  "look-ups per minute", minute_left, refusal) ||
		is_reached(slot->day_misses, MISSES_PER_DAY(lookups_per_minute),
				   "look-ups per day that find nothing", day_left, refusal) ||
		is_reached(slot->misses, MISSES_PER_MINUTE(lookups_per_minute),
				   "look-ups per minute that find nothing", minute_left,
				   refusal);
}

static void
count_lookup(LookupSlot *slot, bool searches)
{
	slot->lookups++;
	if (!searches)
		return;
	slot->misses++;
	slot->day_misses++;
	charge.slot = slot;
	charge.role = slot->role;
	charge.minute_start_ms = slot->minute_start_ms;
	charge.day_start_ms = slot->day_start_ms;
}

void
ccpii_lookup_charge(bool searches)
{
	int64		now = monotonic_ms();
	LookupRefusal refusal = {NULL, 0, 0};
	bool		refused = true;

	if (area == NULL)
		ccpii_error_not_preloaded();
	if (lookups_per_minute == 0)
		ereport(ERROR,
				errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("look-ups by masked values are not allowed"),
				errhint("A superuser can allow them by \"%s\".",
						"ccpii.lookups_per_minute"));

	if (searches)
		charge.slot = NULL;
	LWLockAcquire(lock, LW_EXCLUSIVE);
	my_slot = get_slot(GetSessionUserId(), now);
	if (my_slot != NULL)
		refused = limit_is_reached(my_slot, now, &refusal);
	if (!refused)
		count_lookup(my_slot, searches);
	LWLockRelease(lock);

	if (my_slot == NULL)
		ereport(ERROR,
				errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("too many roles make look-ups by masked values"),
				errdetail("The server counts those of %d roles.", NSLOTS),
				errhint("Try again in a minute."));
	if (refused)
		ereport(ERROR,
				errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("too many look-ups by masked values"),
				errdetail("The limit is %d %s.", refusal.limit, refusal.what),
				errhint("Try again in %lld seconds.",
						(long long) (refusal.wait_ms + 999) / 1000));
}

void
ccpii_lookup_found(void)
{
	LookupSlot *slot = charge.slot;

	if (slot == NULL)
		return;
	charge.slot = NULL;

	/* the windows may have ended, even the slot may be another's */
	LWLockAcquire(lock, LW_EXCLUSIVE);
	if (slot->role == charge.role)
	{
		if (slot->minute_start_ms == charge.minute_start_ms &&
			slot->misses > 0)
			slot->misses--;
		if (slot->day_start_ms == charge.day_start_ms && slot->day_misses > 0)
			slot->day_misses--;
	}
	LWLockRelease(lock);
}

void
ccpii_lookup_init(void)
{
	DefineCustomIntVariable("ccpii.lookups_per_minute",
							"Look-ups by masked values that a session user may make in a minute.",
							"A quarter of them, and in a day three times as many, may find nothing. 0 allows none.",
							&lookups_per_minute, 20, 0, 10000,
							PGC_SUSET, 0, NULL, NULL, NULL);

	ccpii_shmem_register("ccpii_lookup", sizeof(LookupArea),
						 (void **) &area, &lock, NULL);
}

Datum
ccpii_sql_lookup_charge(PG_FUNCTION_ARGS)
{
	ccpii_lookup_charge(true);
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* Acts on the first row of an execution only; then fn_extra is set. */
Datum
ccpii_sql_lookup_found(PG_FUNCTION_ARGS)
{
	if (fcinfo->flinfo->fn_extra == NULL)
	{
		fcinfo->flinfo->fn_extra = &charge;
		ccpii_lookup_found();
	}
	PG_RETURN_BOOL(true);
}

/*-------------------------------------------------------------------------
 *
 * guard.h
 *	  Become somebody else for a while, in a session without surprises.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_GUARD_H
#define CCPII_GUARD_H

typedef struct Guard
{
	Oid			user_id;
	int			sec_context;
	int			nest_level;		/* of settings */
} Guard;

/*
 * ccpii_guard_enter
 *		From here on the current user is the owner of extension ccpii, names
 *		resolve in "pg_catalog, pg_temp", literals mean the same whatever the
 *		session has set, and the session cannot be changed: no temporary
 *		tables, PREPARE, LISTEN or SET ROLE, and no deferred triggers.  Guards
 *		nest.
 *
 * guard	out: what ccpii_guard_leave() restores; a local variable
 *
 * Needs a transaction.  Raises 55000 where the extension is not installed.
 * An ERROR needs no care: the abort of the (sub)transaction in which the
 * guard was entered restores user and settings, so whoever catches errors
 * inside a guard must do so by a subtransaction.
 */
extern void ccpii_guard_enter(Guard *guard);

/*
 * ccpii_guard_become
 *		The same as another role: what is then run or parsed, which may call
 *		code of that role's, has its rights.
 */
extern void ccpii_guard_become(Guard *guard, Oid role);

/* Undo ccpii_guard_enter() or _become(); the innermost guard first. */
extern void ccpii_guard_leave(const Guard *guard);

#endif							/* CCPII_GUARD_H */

/*-------------------------------------------------------------------------
 *
 * audience.h
 *	  Is this reader masked or clear?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_AUDIENCE_H
#define CCPII_AUDIENCE_H

#include "base/reader.h"
#include "policy/label.h"

/*
 * Who asks: current_user, and a second role where two of them ask.  For what
 * a relation's owner has written into a row-security policy, its owner alone.
 */
typedef struct Audience
{
	Oid			current;
	Oid			other;			/* InvalidOid if nobody else asks */
} Audience;

/* Why a role is masked or clear, in the order in which it is asked. */
typedef enum AudienceReason
{
	REASON_OWN_LABEL,
	REASON_MEMBER_OF_MASKED,
	REASON_MEMBER_OF_CLEAR,
	REASON_SUPERUSER,
	REASON_OWNER,
	REASON_UNLABELLED			/* ccpii.unlabelled_roles */
} AudienceReason;

extern void ccpii_audience_init(void);

/*
 * Counts changes of role labels, memberships and ccpii.unlabelled_roles that
 * this backend knows of.
 */
extern uint64 ccpii_audience_changes;

static inline uint64
ccpii_audience_generation(void)
{
	return ccpii_audience_changes;
}

/* Who asks in the running statement. */
extern Audience ccpii_audience_now(void);

/* The same of a reader that is known. */
extern Audience ccpii_audience_of(const Reader *reader);

/* A number that differs where the roles that ask, or their verdicts, differ. */
extern uint32 ccpii_audience_fingerprint(const Audience *audience);

/* Is the audience masked on a relation of this owner? */
extern bool ccpii_audience_is_masked(const Audience *audience, Oid owner);

/* Is the audience clear on every relation, whoever owns it? */
extern bool ccpii_audience_is_clear(const Audience *audience);

/*
 * ccpii_audience_role_is_masked
 *		The same for one role; reason, if not NULL, is set to what decided.
 *		An owner of InvalidOid stands for nobody.
 */
extern bool ccpii_audience_role_is_masked(Oid role, Oid owner,
										  AudienceReason *reason);

/* Has role the privileges of the other role, being a superuser aside? */
extern bool ccpii_audience_has_role(Oid role, Oid other);

/* Own label of a role. */
extern RoleLabel ccpii_audience_label(Oid role);

/*
 * ccpii_audience_changed
 *		Tell all sessions of the cluster, at commit, that labels of roles have
 *		changed.
 */
extern void ccpii_audience_changed(void);

#endif							/* CCPII_AUDIENCE_H */

/*-------------------------------------------------------------------------
 *
 * reader.h
 *	  Which roles stand behind the statement that is running?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_READER_H
#define CCPII_READER_H

#include "miscadmin.h"

typedef struct Reader
{
	Oid			current;		/* current_user */
	Oid			session;		/* session_user */
	Oid			outer;			/* current_user outside definer functions */
	bool		switched;		/* the server itself changed current_user */
} Reader;

/*
 * ccpii_reader
 *		The roles behind the running statement; the only asker.  Call it
 *		before ccpii_guard_enter(): inside, current_user is the extension's
 *		owner.
 */
extern Reader ccpii_reader(void);

/*
 * ccpii_reader_is_still
 *		Are these still the roles behind the running statement?  For what has
 *		to ask for every value: a few nanoseconds.
 */
static inline bool
ccpii_reader_is_still(const Reader *reader)
{
	Oid			current;
	int			context;
	bool		switched;

	GetUserIdAndSecContext(&current, &context);
	switched = (context & (SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_RESTRICTED_OPERATION)) != 0;
	return current == reader->current && switched == reader->switched &&
		GetSessionUserId() == reader->session &&
		(!switched || GetOuterUserId() == reader->outer);
}

/*
 * ccpii_reader_is_referential
 *		Is this the context of a foreign key's own query?  User code that such
 *		a query fires (BEFORE triggers of a cascade) inherits the answer.
 */
extern bool ccpii_reader_is_referential(void);

#endif							/* CCPII_READER_H */

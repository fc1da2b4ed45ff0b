/*-------------------------------------------------------------------------
 *
 * reader.h
 *	  Which roles stand behind the statement that is running?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_READER_H
#define CCPII_READER_H

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
 * ccpii_reader_is_referential
 *		Is this the context of a foreign key's own query?  User code that such
 *		a query fires (BEFORE triggers of a cascade) inherits the answer.
 */
extern bool ccpii_reader_is_referential(void);

#endif							/* CCPII_READER_H */

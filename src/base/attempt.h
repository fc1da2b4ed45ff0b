/*-------------------------------------------------------------------------
 *
 * attempt.h
 *	  Do something that may fail, and go on.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_ATTEMPT_H
#define CCPII_ATTEMPT_H

/*
 * ccpii_attempt
 *		Call an action in a subtransaction.  If it raises an ERROR, what it did
 *		is undone, *problem is set to the error's message in the current memory
 *		context, and the result is false.  What it allocates in the current
 *		memory context stays.
 *
 * Cancellation and shutdown are raised again.  In parallel mode, where there
 * can be no subtransaction, every error is.
 */
extern bool ccpii_attempt(void (*action) (void *arg), void *arg,
						  char **problem);

#endif							/* CCPII_ATTEMPT_H */

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
 *		Call an action in a subtransaction.  If it raises an error that speaks
 *		of what was attempted, what it did is undone, *problem is set to the
 *		error's message in the current memory context, and the result is false.
 *		What it allocates in the current memory context stays.
 *
 * All other errors, like cancellation, lock timeouts and want of memory, are
 * raised again.  In parallel mode, where there can be no subtransaction, every
 * error is.
 */
extern bool ccpii_attempt(void (*action) (void *arg), void *arg,
						  char **problem);

/*
 * ccpii_attempt_forgives
 *		Does the error speak of what was attempted, and would it come again?
 *		Of classes 0A, 22, 23, 42 and P0.
 */
extern bool ccpii_attempt_forgives(int sqlerrcode);

#endif							/* CCPII_ATTEMPT_H */

/*-------------------------------------------------------------------------
 *
 * masked_stored.h
 *	  The type masked_text: constraints and generated columns read what is
 *	  stored, whoever writes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_MASKED_STORED_H
#define CCPII_MASKED_STORED_H

#include "nodes/supportnodes.h"

/*
 * ccpii_masked_stored_simplify
 *		A call of a function that masks its first argument for the reader,
 *		with a column that shows itself; NULL if it is no column, or stands in
 *		a query.
 */
extern Node *ccpii_masked_stored_simplify(const SupportRequestSimplify *request);

#endif							/* CCPII_MASKED_STORED_H */

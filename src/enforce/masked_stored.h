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

#include "nodes/parsenodes.h"
#include "nodes/supportnodes.h"

/*
 * ccpii_masked_stored_simplify
 *		A call of a function that masks its first argument for the reader,
 *		with a column that shows itself; NULL if it is no column, or stands in
 *		a query.
 */
extern Node *ccpii_masked_stored_simplify(const SupportRequestSimplify *request);

/*
 * ccpii_masked_stored_keys
 *		A foreign key's own query, as a new one that compares keys of other
 *		types with the text that is stored.
 */
extern Query *ccpii_masked_stored_keys(Query *query);

#endif							/* CCPII_MASKED_STORED_H */

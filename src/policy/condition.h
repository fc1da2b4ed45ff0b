/*-------------------------------------------------------------------------
 *
 * condition.h
 *	  The conditions of WHEN: SQL expressions over the columns of one row.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_CONDITION_H
#define CCPII_CONDITION_H

#include "nodes/nodes.h"

/*
 * ccpii_condition_parse
 *		Parse and check a condition for a relation, which is varno 1 in the
 *		result, as the relation's owner.  Names resolve in pg_catalog only,
 *		and literals mean the same, whatever a masked reader has set.  Raises what the parser raises,
 *		42P17 for volatile functions and 0A000 for subqueries.
 */
extern Node *ccpii_condition_parse(const char *condition, Oid relid);

/*
 * ccpii_condition_try
 *		The same, but returns NULL and sets *problem to the error's message,
 *		which speaks of the condition and not of data.
 */
extern Node *ccpii_condition_try(const char *condition, Oid relid,
								 char **problem);

#endif							/* CCPII_CONDITION_H */

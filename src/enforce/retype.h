/*-------------------------------------------------------------------------
 *
 * retype.h
 *	  Columns of type masked_text become columns of type text.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_RETYPE_H
#define CCPII_RETYPE_H

#include "nodes/pg_list.h"

/* Told of each thing that is done; relid is InvalidOid for what is in none. */
typedef void (*RetypeTell) (void *arg, Oid relid, const char *action);

/*
 * ccpii_retype_relations
 *		Turn the columns of relations into text, for good, unless it is a dry
 *		run; the caller holds locks.  Values that are masks stay these masks.
 *		Indexes, constraints, defaults, expressions that generate columns,
 *		triggers and statistics objects stay as they are.
 *
 * Raises 42501 if who asks sees one of the relations masked, and 2BP01 if there
 * is something in the way that must be dropped before.
 */
extern void ccpii_retype_relations(List *relations, bool dry_run,
								   RetypeTell tell, void *arg);

/* Tell what else uses the type. */
extern void ccpii_retype_tell_rest(RetypeTell tell, void *arg);

#endif							/* CCPII_RETYPE_H */

/*-------------------------------------------------------------------------
 *
 * family.h
 *	  The ancestors and descendants of a relation.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_FAMILY_H
#define CCPII_FAMILY_H

#include "nodes/pg_list.h"

/* The owner of a relation; InvalidOid if it is gone. */
extern Oid	ccpii_family_owner(Oid relid);

/* OIDs of all ancestors, nearest first. */
extern List *ccpii_family_ancestors(Oid relid);

/* OIDs of all descendants, nearest first, without the relation itself. */
extern List *ccpii_family_descendants(Oid relid);

/*
 * ccpii_family_relatives
 *		OIDs of all relations whose labels concern a relation's columns, in the
 *		order in which they do: its ancestors, its descendants, whose rows it
 *		shows, and other ancestors of these, which show the same rows.
 */
extern List *ccpii_family_relatives(Oid relid);

#endif							/* CCPII_FAMILY_H */

/*-------------------------------------------------------------------------
 *
 * written_key.h
 *	  Which values exist: what a write to a column tells by its keys.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_WRITTEN_KEY_H
#define CCPII_WRITTEN_KEY_H

#include "nodes/pg_list.h"

#include "policy/audience.h"

/*
 * ccpii_written_key_tells
 *		Does a write to the column, or to one that is generated from it, tell
 *		by a key which values exist; in the relation, or in a descendant?
 *
 * masked_for	NULL: those in the column itself count, as a unique or exclusion
 *				constraint or index tells, and a foreign key; else only those
 *				that a foreign key refers to and that are masked for this
 *				audience
 */
extern bool ccpii_written_key_tells(Oid relid, AttrNumber attno,
									const Audience *masked_for);

/*
 * ccpii_written_key_references
 *		OIDs of the relations whose columns with rules foreign keys of a
 *		relation, which is locked, or of its descendants refer to.
 */
extern List *ccpii_written_key_references(Oid relid);

#endif							/* CCPII_WRITTEN_KEY_H */

/*-------------------------------------------------------------------------
 *
 * write_guard.h
 *	  Put a guard around values that are written to masked columns.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_WRITE_GUARD_H
#define CCPII_WRITE_GUARD_H

#include "enforce/frame.h"

/*
 * ccpii_write_guard_check
 *		Before a query is masked: raise 42501 if a value that it writes to a
 *		column that is masked for the audience is made of something masked, as
 *		in SET phone = phone || 'x', which could only write a mask.  The column
 *		itself is allowed, also as a choice of CASE or COALESCE: it means
 *		"unchanged"; and so is anything made of a json column itself.
 */
extern void ccpii_write_guard_check(const Frame *frame);

/*
 * ccpii_write_guard_check_type
 *		Raise 42501 if a value of the column's type would be damaged when it is
 *		written for one for whom it is masked: on its way to another server, or,
 *		unless he keeps the old one or there is none, since it holds masked_text
 *		inside.
 */
extern void ccpii_write_guard_check_type(Oid relid, const ColumnRule *rule,
										 bool keeps);

/*
 * ccpii_write_guard_put
 *		After it is masked: wrap the values that it writes to columns with
 *		rules, for masked and for clear writers.
 */
extern void ccpii_write_guard_put(const Frame *frame);

/*
 * The same for a query of a writer who sees everything, with all its CTEs.
 * Nothing is done while a dump is restored, which may hold masks that were
 * stored.
 */
extern void ccpii_write_guard_query(Query *query);

/* Is a dump being restored, as far as its own settings tell? */
extern bool ccpii_write_guard_is_restore(void);

/*
 * ccpii_write_guard_is_charged
 *		Does a write to the column tell the audience which values exist that it
 *		sees masked?  So in a unique or exclusion constraint or index, or in a
 *		foreign key; in one that refers to such values, if the column has no
 *		rule itself; and where the hash of a value can be compared with others.
 */
extern bool ccpii_write_guard_is_charged(Oid relid, AttrNumber attno,
										 const Audience *audience);

#endif							/* CCPII_WRITE_GUARD_H */

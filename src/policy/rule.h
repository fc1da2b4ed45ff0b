/*-------------------------------------------------------------------------
 *
 * rule.h
 *	  The rules in force on the columns of a relation, from a cache.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_RULE_H
#define CCPII_RULE_H

#include "policy/clause.h"

extern void ccpii_rule_init(void);

/* Counts changes of labels that this backend knows of. */
extern uint64 ccpii_rule_generation(void);

/*
 * ccpii_rule_get
 *		The rules of a relation, or NULL if neither it nor one of its
 *		ancestors or descendants has a label.  Lives until the end of the
 *		transaction.
 *
 * Must not be called where the extension is absent.
 */
extern const RelationRules *ccpii_rule_get(Oid relid);

/* Has the relation rules?  Cheaper than to get them, and opens nothing. */
extern bool ccpii_rule_exists(Oid relid);

/* Is there any label on any relation of this database? */
extern bool ccpii_rule_any(void);

/* OIDs of all relations that have rules, in a list of the caller's. */
extern List *ccpii_rule_relations(void);

/*
 * ccpii_rule_is_named_in
 *		Is the text the name of a relation that has rules, or (unless whole)
 *		does it contain one?  Whatever the schema, which can have been renamed
 *		meanwhile.  Answers from what is in memory, without catalogs, for use
 *		while an error is being reported; a process that has never looked up a
 *		rule, and is no client's, says yes.
 */
extern bool ccpii_rule_is_named_in(const char *text, bool whole);

/* Is any relation known to have rules?  From memory, as above. */
extern bool ccpii_rule_is_any_known(void);

/* Rule of a column, or NULL. */
extern const ColumnRule *ccpii_rule_column(const RelationRules *rules,
										   AttrNumber attno);

/*
 * ccpii_rule_changed
 *		Tell all sessions, at commit, that labels of a relation change.
 */
extern void ccpii_rule_changed(Oid relid);

/*
 * ccpii_rule_dropped
 *		Called while a relation, or a column of one, is dropped: what is known
 *		of it is read again at commit, and at rollback, which has it back.
 */
extern void ccpii_rule_dropped(Oid relid);

#endif							/* CCPII_RULE_H */

/*-------------------------------------------------------------------------
 *
 * row_rule.h
 *	  The rules that labels of tables make: which rows a role may see.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_ROW_RULE_H
#define CCPII_ROW_RULE_H

#include "nodes/nodes.h"
#include "nodes/pg_list.h"

#include "policy/audience.h"
#include "policy/label.h"

typedef struct RowClause
{
	List	   *roles;			/* VISIBLE TO: OIDs of those that exist */
	bool		missing;		/* there were others */
	Node	   *when;			/* condition on the relation as varno 1 */
} RowClause;

typedef struct RowRule
{
	Oid			source;			/* relation that carries the label */
	char	   *label;			/* its text */
	bool		is_protected;
	bool		keeping;		/* row security was on before */
	List	   *clauses;		/* of RowClause */
	List	   *warnings;		/* of char * */
} RowRule;

/*
 * ccpii_row_rule_read
 *		Make the rules for the rows of a relation from its own label and those
 *		of its ancestors, which are its rows too: a list of RowRule, its own
 *		first, in the current memory context.  Whatever does not parse or
 *		resolve is read so that fewer rows are visible.
 */
extern List *ccpii_row_rule_read(Oid relid);

/* A deep copy in the current memory context, for the cache of rules. */
extern List *ccpii_row_rule_copy(const List *rules);

/*
 * ccpii_row_rule_condition
 *		Which rows may the audience see?  NULL for all of them; else a
 *		condition on the relation as varno 1 that shares nodes with the rules.
 *		Whoever asks is restricted as anyone who asks is, but for a session
 *		user who can bypass row security.
 */
extern Node *ccpii_row_rule_condition(const List *rules,
									  const Audience *audience);

/* A number that differs where that condition does. */
extern uint32 ccpii_row_rule_hash(const List *rules, const Audience *audience);

/* The rule that a relation's own label makes, or NULL. */
extern const RowRule *ccpii_row_rule_own(const List *rules, Oid relid);

/* Does any of the rules restrict anybody? */
extern bool ccpii_row_rule_restricts(const List *rules);

#endif							/* CCPII_ROW_RULE_H */

/*-------------------------------------------------------------------------
 *
 * rule.h
 *	  The rules in force on the columns of a relation, from a cache.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_RULE_H
#define CCPII_RULE_H

#include "access/attnum.h"
#include "nodes/primnodes.h"

#include "policy/audience.h"
#include "policy/label.h"

typedef struct RuleClause
{
	bool		masked;			/* else CLEAR */
	MaskSpec   *mask;			/* of a MASKED clause; fits the column's type */
	bool		everybody;		/* no FOR */
	List	   *only;			/* FOR: OIDs of roles */
	List	   *unless;			/* UNLESS: OIDs of roles */
	Node	   *when;			/* condition on the relation as varno 1 */
	bool		searchable;
} RuleClause;

typedef struct ColumnRule
{
	AttrNumber	attno;
	Oid			source;			/* relation that carries the label */
	char	   *label;			/* its text; NULL: derived, for a generated
								 * column */
	List	   *clauses;		/* of RuleClause, the first that applies wins */
	List	   *warnings;		/* of char * */
} ColumnRule;

typedef struct RelationRules
{
	Oid			relid;
	Oid			owner;
	bool		trusted;		/* view with label TRUSTED */
	int			natts;
	ColumnRule **columns;		/* natts of them, by attno - 1; NULL: clear */
} RelationRules;

extern void ccpii_rule_init(void);

/*
 * ccpii_rule_get
 *		The rules of a relation, or NULL if neither it nor one of its
 *		ancestors or descendants has a label.  Lives until the end of the
 *		transaction.
 *
 * Must not be called where the extension is absent.
 */
extern const RelationRules *ccpii_rule_get(Oid relid);

/* Is there any label on any relation of this database? */
extern bool ccpii_rule_any(void);

/* OIDs of all relations that have rules, in a list of the caller's. */
extern List *ccpii_rule_relations(void);

/*
 * ccpii_rule_is_labelled_name
 *		Has a relation of this name rules?  Answers from what is in memory,
 *		without catalogs, for use while an error is being reported; what has
 *		been looked up in this session is there.
 */
extern bool ccpii_rule_is_labelled_name(const char *schema, const char *name);

/* Rule of a column, or NULL. */
extern const ColumnRule *ccpii_rule_column(const RelationRules *rules,
										   AttrNumber attno);

/*
 * ccpii_rule_mask_fits
 *		Is the mask defined for columns of this type?
 */
extern bool ccpii_rule_mask_fits(const MaskSpec *mask, Oid type);

/* Is the type one of text, varchar, bpchar, or stored as text is? */
extern bool ccpii_rule_is_text(Oid type);

/*
 * ccpii_rule_changed
 *		Tell all sessions, at commit, that labels of a relation change.
 */
extern void ccpii_rule_changed(Oid relid);

#endif							/* CCPII_RULE_H */

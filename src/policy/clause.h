/*-------------------------------------------------------------------------
 *
 * clause.h
 *	  The rules that labels make of the columns of a relation.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_CLAUSE_H
#define CCPII_CLAUSE_H

#include "access/attnum.h"
#include "nodes/primnodes.h"

#include "policy/audience.h"
#include "policy/label.h"
#include "policy/row_rule.h"

typedef struct RuleClause
{
	bool		masked;			/* else CLEAR */
	MaskSpec   *mask;			/* of a MASKED clause; fits the column's type */
	List	   *only;			/* FOR: OIDs of roles; NIL is everybody */
	List	   *unless;			/* UNLESS: OIDs of roles */
	Node	   *when;			/* condition on the relation as varno 1 */
	bool		searchable;
} RuleClause;

typedef struct ColumnRule
{
	AttrNumber	attno;
	Oid			source;			/* relation that carries the label */
	char	   *label;			/* its text; NULL: derived, of the type or for
								 * a generated column */
	bool		typed;			/* the type is, or holds, masked_text */
	bool		stored;			/* and the column is a table's, whose values
								 * bring masks along */
	List	   *clauses;		/* of RuleClause, the first that applies wins */
	bool		sensitive;		/* writes need ccpii.edit_allowed() */
	List	   *warnings;		/* of char * */
} ColumnRule;

typedef struct RelationRules
{
	Oid			relid;
	Oid			owner;
	bool		trusted;		/* view with label TRUSTED */
	bool		masked_view;	/* view with label MASKED VIEW */
	int			natts;
	ColumnRule **columns;		/* natts of them, by attno - 1; NULL: clear */
	List	   *rows;			/* of RowRule, its own first */
} RelationRules;

/*
 * ccpii_clause_read
 *		Read the labels of a relation and of its family, and make the rules of
 *		its columns, in the current memory context.  Whatever does not parse or
 *		resolve is read so that more is masked.
 */
extern RelationRules *ccpii_clause_read(Oid relid);

/* Is the mask defined for columns of this type? */
extern bool ccpii_clause_mask_fits(const MaskSpec *mask, Oid type);

/* The value that a mask constant shows in a column.  Raises if it is none. */
extern Datum ccpii_clause_constant(const char *literal, Oid type,
								   int32 typmod);

/* Is the type one of text, varchar, bpchar, or stored as text is? */
extern bool ccpii_clause_is_text(Oid type);

#endif							/* CCPII_CLAUSE_H */

/*-------------------------------------------------------------------------
 *
 * expression.h
 *	  What an audience sees instead of a column, as an expression.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_EXPRESSION_H
#define CCPII_EXPRESSION_H

#include "policy/rule.h"

/* Does a clause apply to the audience, which is masked, where it has no WHEN? */
extern bool ccpii_expression_applies(const RuleClause *clause,
									 const Audience *audience);

/* One mask on a column; the mask fits its type. */
extern Node *ccpii_expression_mask(const MaskSpec *mask, Var *var);

/*
 * The column as it is.  A value of type masked_text must be told so, or it
 * would mask itself when it is written out for a masked reader.
 */
extern Node *ccpii_expression_show(Var *var);

/* Can the audience, which is masked, find the column masked in some row? */
extern bool ccpii_expression_masks(const ColumnRule *rule,
								   const Audience *audience);

/*
 * ccpii_expression_hides
 *		Is the column, or any column if attno is 0, of a relation with these
 *		rules masked for the audience?  Not if there are no rules.
 */
extern bool ccpii_expression_hides(const RelationRules *rules, AttrNumber attno,
								   const Audience *audience);

/* The same of a relation, which can be invalid, for who asks now. */
extern bool ccpii_expression_hides_now(Oid relid, AttrNumber attno);

/* What a binary-compatible cast stands around. */
extern Node *ccpii_expression_strip_relabel(Node *node);

/* May the audience, which is masked, look rows up by the whole value? */
extern bool ccpii_expression_is_searchable(const ColumnRule *rule,
										   const Audience *audience);

/*
 * ccpii_expression_build
 *		What the audience, which is masked, sees instead of the column: an
 *		expression of the column's type, typmod and collation, NULL where the
 *		column is NULL; or NULL for the column itself.  Of type masked_text it
 *		can lack the typmod.
 *
 * For a column of type text it is what ccpii.mask_...(column) parses to, so
 * that an index on that expression serves it.
 */
extern Node *ccpii_expression_build(const ColumnRule *rule,
									const Audience *audience, Var *var);

/*
 * ccpii_expression_if
 *		CASE WHEN condition THEN result END, which is NULL otherwise.
 */
extern Node *ccpii_expression_if(Expr *condition, Node *result);

/* var IS NOT NULL; of a row, whether there is one. */
extern Expr *ccpii_expression_is_present(const Var *var);

/* Names of the masks, in the order in which they can apply to the audience. */
extern char *ccpii_expression_describe(const ColumnRule *rule,
									   const Audience *audience);

#endif							/* CCPII_EXPRESSION_H */

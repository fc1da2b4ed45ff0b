/*-------------------------------------------------------------------------
 *
 * definition.h
 *	  Definitions that would tell or damage what columns hold.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_DEFINITION_H
#define CCPII_DEFINITION_H

#include "nodes/parsenodes.h"

/* Raise 42501 if the relation hides something from who defines "what" on it. */
extern void ccpii_definition_check_expression(Oid relid, const char *what);

/* The same of statements that define it. */
extern void ccpii_definition_check_type(Oid relid, const AlterTableCmd *cmd);
extern void ccpii_definition_check_constraint(Oid relid,
											  const Constraint *constraint);
extern void ccpii_definition_check_index(const IndexStmt *index);
extern void ccpii_definition_check_statistics(const CreateStatsStmt *statistics);
extern void ccpii_definition_check_attach(const PartitionCmd *attach);

/*
 * The same of all that a relation evaluates on its own rows, for columns of type
 * masked_text: there they are read as they are stored.  Called when it is made
 * or gets such columns.
 */
extern void ccpii_definition_check_result(Oid relid);

/*
 * ccpii_definition_drop_type
 *		Called while type masked_text is dropped.  Raises 2BP01 if there are
 *		columns of it.
 */
extern void ccpii_definition_drop_type(void);

/* Called when a relation gets a column, or one of its columns another type. */
extern void ccpii_definition_extend(Oid relid);

#endif							/* CCPII_DEFINITION_H */

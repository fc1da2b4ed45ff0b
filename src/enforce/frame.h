/*-------------------------------------------------------------------------
 *
 * frame.h
 *	  The levels of a query while it is masked: what is hidden on each.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_FRAME_H
#define CCPII_FRAME_H

#include "nodes/parsenodes.h"

#include "policy/rule.h"

/* What one range table entry hides from the audience of its frame. */
typedef struct Source
{
	const RelationRules *rules; /* NULL: nothing */
	const RelationRules *shown; /* with columns of type masked_text, whose
								 * values must be told to show themselves */
	Oid			catalog;		/* of statistics, or InvalidOid */
} Source;

typedef struct Frame
{
	struct Frame *parent;		/* of the query level around this one */
	Query	   *query;
	List	   *rtable;			/* of the query, which lends it out at times */
	const Audience *audience;	/* NULL: sees everything (TRUSTED) */
	Source	   *sources;		/* by range table index, from 1 */
	bool		lookups;		/* SEARCHABLE applies in this statement */
	bool		stores;			/* its results become rows of a table */
	bool		keeps_typed;	/* literals get the mask of a column yet */
	List	   *outputs;		/* notes of enforce/trace, in the outermost */
} Frame;

/* The relation or view whose columns the entry shows, or InvalidOid. */
extern Oid	ccpii_frame_relation(const RangeTblEntry *rte);

/* Is the entry a view labelled TRUSTED, whose inside stays raw? */
extern bool ccpii_frame_is_trusted(const RangeTblEntry *rte);

/*
 * ccpii_frame_init
 *		Find out what a query level hides from the audience, without look-ups.
 *		Raises 42501 if that is anything and row_security is off.
 */
extern void ccpii_frame_init(Frame *frame, Query *query, Frame *parent,
							 const Audience *audience);

/* The frame of the level that a Var belongs to. */
extern Frame *ccpii_frame_of(const Var *var, Frame *frame);

/* Would values of a relation mask themselves when they are written out now? */
extern bool ccpii_frame_hides_itself(Oid relid);

/* Must a column that is not masked be told to show itself? */
extern bool ccpii_frame_is_shown(const Frame *frame, Index rti,
								 AttrNumber attno);

/* The rule that masks a column for the frame's audience, or NULL. */
extern const ColumnRule *ccpii_frame_rule(const Frame *frame, Index rti,
										  AttrNumber attno);

#endif							/* CCPII_FRAME_H */

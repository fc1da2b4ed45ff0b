/*-------------------------------------------------------------------------
 *
 * view_follow.h
 *	  Masked views follow what is done to their relations.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_VIEW_FOLLOW_H
#define CCPII_VIEW_FOLLOW_H

#include "nodes/nodes.h"
#include "nodes/pg_list.h"

/* What to do when the statement has been run. */
typedef struct ViewWork
{
	List	   *stale;			/* OIDs of views to be refreshed */
	List	   *taken;			/* of KeptView, to be made again */
} ViewWork;

/*
 * ccpii_view_follow_begin
 *		Get masked views out of the way of a statement that alters or drops
 *		their relations.
 *
 * work		out: for ccpii_view_follow_end()
 *
 * Raises 2BP01 if a view must be made again and something depends on it.
 */
extern void ccpii_view_follow_begin(Node *stmt, ViewWork *work);

/* The statement has been run: make masked views what they must be now. */
extern void ccpii_view_follow_end(const ViewWork *work);

#endif							/* CCPII_VIEW_FOLLOW_H */

/*-------------------------------------------------------------------------
 *
 * token.h
 *	  Constants that only the rewrite can write.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_TOKEN_H
#define CCPII_TOKEN_H

#include "nodes/primnodes.h"

/*
 * ccpii_token_const
 *		A constant of type ccpii.plan_token, for the plan; value is what EXPLAIN
 *		shows.  Only while the extension is installed.
 */
extern Const *ccpii_token_const(int32 value);

#endif							/* CCPII_TOKEN_H */

/*-------------------------------------------------------------------------
 *
 * json_written.h
 *	  What is written back to json whose values were masked.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_JSON_WRITTEN_H
#define CCPII_JSON_WRITTEN_H

#include "fmgr.h"

/*
 * ccpii_json_written
 *		The value to store: a new one in which masks stand for what the old one
 *		has in the same place, by the keys and array indexes that lead there.
 *
 * walk		flinfo of a call whose fn_extra is the walk's, as of mask_jsonb()
 * paths	of the mask, as mask_jsonb() takes them
 * old		NULL if there is no old value
 * shown	what the writer sees of it: nothing else stands for what it hides;
 *			NULL for one who sees everything, then what the mask makes of it
 * strays	out: a mask was left that stands for nothing there
 *
 * Returns written itself if nothing was restored.
 */
extern Datum ccpii_json_written(FmgrInfo *walk, const text *paths,
								Datum written, const Datum *old,
								const Datum *shown, bool *strays);

#endif							/* CCPII_JSON_WRITTEN_H */

/*-------------------------------------------------------------------------
 *
 * provider.h
 *	  The security label provider "ccpii": who may label what, and how.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PROVIDER_H
#define CCPII_PROVIDER_H

#include "catalog/objectaddress.h"

extern void ccpii_provider_init(void);

/* Set or remove a label, checked but for who may alter the object. */
extern void ccpii_provider_set_label(const ObjectAddress *object,
									 const char *label);

/*
 * ccpii_provider_require_owner
 *		Raise 42P01 unless a relation exists, and 42501 unless the caller owns
 *		it and is a superuser or a member of ccpii_admin.
 *
 * action	what he wants, as in "detach"
 */
extern void ccpii_provider_require_owner(Oid relid, const char *action);

/* Is the role a superuser or a member of ccpii_admin? */
extern bool ccpii_provider_is_admin(Oid role);

/* Remove all labels of a relation and of its columns; returns their number. */
extern int	ccpii_provider_unlabel(Oid relid);

#endif							/* CCPII_PROVIDER_H */

/*-------------------------------------------------------------------------
 *
 * provider.h
 *	  The security label provider "ccpii": who may label what, and how.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PROVIDER_H
#define CCPII_PROVIDER_H

extern void ccpii_provider_init(void);

/* Is the role a superuser or a member of ccpii_admin? */
extern bool ccpii_provider_is_admin(Oid role);

/* Label a view that we have made; the caller has checked who asks. */
extern void ccpii_provider_label_view(Oid view, const char *label);

/* Remove all labels of a relation and of its columns; returns their number. */
extern int	ccpii_provider_unlabel(Oid relid);

#endif							/* CCPII_PROVIDER_H */

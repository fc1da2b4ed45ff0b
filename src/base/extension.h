/*-------------------------------------------------------------------------
 *
 * extension.h
 *	  Is ccpii installed in this database, in which version, by whom?
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_EXTENSION_H
#define CCPII_EXTENSION_H

typedef enum ExtensionState
{
	EXTENSION_ABSENT,
	EXTENSION_CURRENT,
	EXTENSION_OTHER_VERSION		/* than this library's CCPII_VERSION */
} ExtensionState;

extern void ccpii_extension_init(void);

/*
 * ccpii_extension_state
 *		Cached; needs a transaction the first time and after functions were
 *		created or dropped.
 */
extern ExtensionState ccpii_extension_state(void);

/*
 * Raise 55000 unless the library was preloaded and the extension is installed
 * in the library's version.
 */
extern void ccpii_extension_require(void);

/* Was the library preloaded?  If not, nobody hears of changes. */
extern bool ccpii_extension_is_preloaded(void);

/* Only while the extension is installed; InvalidOid otherwise. */
extern Oid	ccpii_extension_owner(void);
extern Oid	ccpii_extension_schema(void);

/*
 * ccpii_extension_function
 *		OID of one of our functions by its exact argument types.  Raises an
 *		internal error if it is missing.
 */
extern Oid	ccpii_extension_function(const char *name, int nargs,
									 const Oid *argtypes);

/* OID of one of our types; InvalidOid if there is none of that name. */
extern Oid	ccpii_extension_type(const char *name);

/* OID of one of our tables or views.  Raises if it is missing. */
extern Oid	ccpii_extension_relation(const char *name);

#endif							/* CCPII_EXTENSION_H */

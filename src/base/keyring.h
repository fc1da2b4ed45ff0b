/*-------------------------------------------------------------------------
 *
 * keyring.h
 *	  The site's secret keys: read from ccpii.key_file, kept in shared memory.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_KEYRING_H
#define CCPII_KEYRING_H

#define KEYRING_MAX_KEYS 16
#define KEYRING_KEY_BYTES 32

extern void ccpii_keyring_init(void);

/*
 * ccpii_keyring_active
 *		Id (1 .. 2^31-1) of the active key, the first line of the file;
 *		0 if there is none.  Never raises.
 */
extern int32 ccpii_keyring_active(void);

/*
 * ccpii_keyring_require
 *		As ccpii_keyring_active(), but raises 55000, with the command that
 *		makes a key as hint, if there is none.  purpose completes the
 *		message, as in "mask \"hash\" needs a key".
 */
extern int32 ccpii_keyring_require(const char *purpose);

/*
 * ccpii_keyring_derive
 *		Derive the key of one part from a key of the ring: HKDF-SHA-256 with
 *		the part's name as info.  Returns false, out wiped, if the ring does
 *		not hold key_id.  The caller wipes out after use.
 */
extern bool ccpii_keyring_derive(int32 key_id, const char *part,
								 uint8 out[KEYRING_KEY_BYTES]);

#endif							/* CCPII_KEYRING_H */

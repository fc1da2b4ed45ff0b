/*-------------------------------------------------------------------------
 *
 * crypto.h
 *	  What ccpii needs of OpenSSL.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_CRYPTO_H
#define CCPII_CRYPTO_H

#include "utils/palloc.h"

#define CRYPTO_KEY_BYTES 32
#define CRYPTO_HASH_BYTES 32	/* SHA-256 */

typedef struct CcpiiMac CcpiiMac;

/* Overwrite a secret in a way that the compiler does not optimise away. */
extern void ccpii_crypto_wipe(void *secret, size_t len);

/*
 * ccpii_crypto_hkdf
 *		HKDF-SHA-256 (RFC 5869) without salt.
 *
 * info		names the use; a string that is not empty
 * out		the derived key; the caller wipes it
 *
 * Returns false, out wiped, if OpenSSL refuses.  Never raises, so that the
 * caller can wipe its key first; ccpii_crypto_raise() then tells why.
 */
extern bool ccpii_crypto_hkdf(const uint8 key[CRYPTO_KEY_BYTES],
							  const char *info,
							  uint8 out[CRYPTO_KEY_BYTES]);

/* SHA-256 (FIPS 180-4).  Raises XX000 if OpenSSL refuses. */
extern void ccpii_crypto_sha256(const void *data, size_t len,
								uint8 out[CRYPTO_HASH_BYTES]);

/*
 * ccpii_crypto_raise
 *		Raise XX000 with OpenSSL's reason and empty its error queue.  action
 *		completes "could not ...".
 */
extern void ccpii_crypto_raise(const char *action);

/*
 * ccpii_mac_create
 *		Prepare HMAC-SHA-256 (RFC 2104) under one key for many values.
 *
 * Lives in context and is wiped and freed with it.  The caller may wipe key
 * at once.  Raises XX000 if OpenSSL refuses.
 */
extern CcpiiMac *ccpii_mac_create(MemoryContext context,
								  const uint8 key[CRYPTO_KEY_BYTES]);

/* The MAC of one value; independent of the values before it.  Raises XX000. */
extern void ccpii_mac_compute(CcpiiMac *mac, const void *data, size_t len,
							  uint8 out[CRYPTO_HASH_BYTES]);

#endif							/* CCPII_CRYPTO_H */

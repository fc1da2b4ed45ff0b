/*-------------------------------------------------------------------------
 *
 * crypto.c
 *	  What ccpii needs of OpenSSL.
 *
 * Algorithms are fetched once per process and kept.  Objects that outlive a
 * call hang on a reset callback of their memory context.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include "utils/memutils.h"

#include "base/crypto.h"

struct CcpiiMac
{
	EVP_MAC_CTX *ctx;
	MemoryContextCallback callback;
};

void
ccpii_crypto_wipe(void *secret, size_t len)
{
	OPENSSL_cleanse(secret, len);
}

void
ccpii_crypto_raise(const char *action)
{
	unsigned long code = ERR_get_error();
	const char *reason = code != 0 ? ERR_reason_error_string(code) : NULL;

	ERR_clear_error();
	ereport(ERROR,
			errcode(ERRCODE_INTERNAL_ERROR),
			errmsg("could not %s: %s", action,
				   reason ? reason : "OpenSSL gives no reason"));
}

bool
ccpii_crypto_hkdf(const uint8 key[CRYPTO_KEY_BYTES], const char *info,
				  uint8 out[CRYPTO_KEY_BYTES])
{
	static EVP_KDF *hkdf = NULL;
	OSSL_PARAM	params[4];
	EVP_KDF_CTX *ctx = NULL;
	bool		ok;

	params[0] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST,
												 "SHA256", 0);
	params[1] = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY,
												  unconstify(uint8 *, key),
												  CRYPTO_KEY_BYTES);
	params[2] = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO,
												  unconstify(char *, info),
												  strlen(info));
	params[3] = OSSL_PARAM_construct_end();

	if (hkdf == NULL)
		hkdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	if (hkdf != NULL)
		ctx = EVP_KDF_CTX_new(hkdf);
	ok = ctx != NULL &&
		EVP_KDF_derive(ctx, out, CRYPTO_KEY_BYTES, params) > 0;
	EVP_KDF_CTX_free(ctx);
	if (!ok)
		OPENSSL_cleanse(out, CRYPTO_KEY_BYTES);
	return ok;
}

void
ccpii_crypto_sha256(const void *data, size_t len, uint8 out[CRYPTO_HASH_BYTES])
{
	if (!EVP_Digest(data, len, out, NULL, EVP_sha256(), NULL))
		ccpii_crypto_raise("compute a hash");
}

/* OpenSSL wipes what it frees. */
static void
free_mac(void *arg)
{
	CcpiiMac   *mac = (CcpiiMac *) arg;

	EVP_MAC_CTX_free(mac->ctx);
	mac->ctx = NULL;
}

CcpiiMac *
ccpii_mac_create(MemoryContext context, const uint8 key[CRYPTO_KEY_BYTES])
{
	static EVP_MAC *hmac = NULL;
	OSSL_PARAM	params[2];
	CcpiiMac   *mac;

	params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST,
												 "SHA256", 0);
	params[1] = OSSL_PARAM_construct_end();

	if (hmac == NULL)
		hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);

	mac = MemoryContextAllocZero(context, sizeof(CcpiiMac));
	mac->callback.func = free_mac;
	mac->callback.arg = mac;
	MemoryContextRegisterResetCallback(context, &mac->callback);

	if (hmac != NULL)
		mac->ctx = EVP_MAC_CTX_new(hmac);
	if (mac->ctx == NULL ||
		!EVP_MAC_init(mac->ctx, key, CRYPTO_KEY_BYTES, params))
		ccpii_crypto_raise("prepare a keyed hash");
	return mac;
}

void
ccpii_mac_compute(CcpiiMac *mac, const void *data, size_t len,
				  uint8 out[CRYPTO_HASH_BYTES])
{
	size_t		outlen;

	/* without a key, init starts the next value under the same one */
	if (!EVP_MAC_init(mac->ctx, NULL, 0, NULL) ||
		!EVP_MAC_update(mac->ctx, data, len) ||
		!EVP_MAC_final(mac->ctx, out, &outlen, CRYPTO_HASH_BYTES) ||
		outlen != CRYPTO_HASH_BYTES)
		ccpii_crypto_raise("compute a keyed hash");
}

/* Signature algorithms and the signed outer shell of certificates and CRLs.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "support/mint_parts.h"

static const struct digest {
    const char *name, *oid, *rsa, *ecdsa, *dsa;
    int size;
} digests[] = {
    {"md5", "1.2.840.113549.2.5", "1.2.840.113549.1.1.4", NULL, NULL, 16},
    {"sha1", "1.3.14.3.2.26", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", "1.2.840.10040.4.3", 20},
    {"sha224", "2.16.840.1.101.3.4.2.4", "1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1", "2.16.840.1.101.3.4.3.1", 28},
    {"sha256", "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.3.2", 32},
    {"sha384", "2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3", "2.16.840.1.101.3.4.3.3", 48},
    {"sha512", "2.16.840.1.101.3.4.2.3", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4", "2.16.840.1.101.3.4.3.4", 64},
};

static const struct digest *
find_digest(struct mint *mint, const char *name)
{
    for (size_t i = 0; i < sizeof digests / sizeof digests[0]; i++)
        if (strcmp(digests[i].name, name) == 0)
            return &digests[i];
    mint_fail(mint, "unknown digest \"%s\"", name);
    return &digests[3];
}

static bool
starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

const char *
mint_digest(const struct attributes *attributes, const struct test_key *key)
{
    const char *wish = attributes_get(attributes, "digest");
    if (starts_with(key->type, "ed"))
        return "";
    return wish != NULL ? wish : "sha256";
}

/* RFC 4055 3.1: hash, mask generation with the same hash, salt length; the hash with a NULL as libcrypto writes it. */
static void
write_pss(struct der *der, const struct digest *digest)
{
    struct der hash = der_new(der->arena);
    size_t start = der_open(&hash, DER_SEQUENCE);
    der_oid(&hash, DER_OID, digest->oid);
    der_null(&hash);
    der_close(&hash, start);

    size_t parameters = der_open(der, DER_SEQUENCE);
    der_value(der, DER_CONSTRUCTED + 0, der_slice(&hash));
    size_t outer = der_open(der, DER_CONSTRUCTED + 1);
    size_t mask = der_open(der, DER_SEQUENCE);
    der_oid(der, DER_OID, "1.2.840.113549.1.1.8");
    der_raw(der, der_slice(&hash));
    der_close(der, mask);
    der_close(der, outer);
    size_t salt = der_open(der, DER_CONSTRUCTED + 2);
    der_integer(der, DER_INTEGER, digest->size);
    der_close(der, salt);
    der_close(der, parameters);
}

void
mint_signature_algorithm(struct mint *mint, struct der *der, const struct test_key *key, const char *digest_name,
                         bool pss)
{
    size_t start = der_open(der, DER_SEQUENCE);
    if (starts_with(key->type, "ed25519")) {
        der_oid(der, DER_OID, "1.3.101.112");
        der_close(der, start);
        return;
    }
    if (starts_with(key->type, "ed448")) {
        der_oid(der, DER_OID, "1.3.101.113");
        der_close(der, start);
        return;
    }
    const struct digest *digest = find_digest(mint, digest_name);
    const char *oid = starts_with(key->type, "ec:") ? digest->ecdsa : digest->rsa;
    if (starts_with(key->type, "dsa:"))
        oid = digest->dsa;
    if (oid == NULL) {
        mint_fail(mint, "no signature of %s with %s", key->type, digest_name);
        oid = digest->rsa;
    }
    der_oid(der, DER_OID, pss ? "1.2.840.113549.1.1.10" : oid);
    if (pss)
        write_pss(der, digest);
    else if (starts_with(key->type, "rsa:"))
        der_null(der);
    der_close(der, start);
}

struct mtl_slice
mint_signed(struct mint *mint, const struct attributes *attributes, const struct test_key *key, struct mtl_slice tbs)
{
    const char *digest = mint_digest(attributes, key);
    const char *outer_digest = attributes_get(attributes, "outer-digest");
    bool pss = attributes_flag(attributes, "pss") || starts_with(key->type, "rsa-pss");
    struct mtl_slice signature = test_key_sign(mint->arena, key, digest, pss, tbs);

    if (signature.data == NULL) {
        mint_fail(mint, "%s cannot sign with digest \"%s\"", key->type, digest);
        return tbs;
    }
    if (attributes_flag(attributes, "bad-signature")) {
        uint8_t *bytes = mtl_arena_alloc(mint->arena, signature.size);
        memcpy(bytes, signature.data, signature.size);
        bytes[signature.size - 1] ^= 1;
        signature.data = bytes;
    }
    struct der der = der_new(mint->arena);
    size_t start = der_open(&der, DER_SEQUENCE);
    der_raw(&der, tbs);
    mint_signature_algorithm(mint, &der, key, outer_digest != NULL ? outer_digest : digest, pss);
    der_bit_string(&der, signature);
    der_close(&der, start);
    return der_slice(&der);
}

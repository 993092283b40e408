/*
 * PKCS#12 through libcrypto: each password in turn, nothing derived before its cost is known, and what the bags hold
 * put together as Java's key store does it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/pkcs12.h"
#include "cert/key_store.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <string.h>

#define MAX_NESTING 4U /* of SafeContents within each other (RFC 7292 4.2.6) */

/* 2.16.840.1.113894.746875.1.1, trustedKeyUsage: libcrypto has no name for it before 3.2. */
static const uint8_t trusted_key_usage[] = {0x60, 0x86, 0x48, 0x01, 0x86, 0xf9, 0x66, 0xad, 0xca, 0x7b, 0x01, 0x01};

enum step { STEP_DONE, STEP_WRONG_PASSWORD, STEP_FAULT };

struct opening {
    struct mtl_arena *arena;
    struct mtl_key_store *store;
    struct mtl_pkcs12_budget budget;
    struct mtl_password password; /* text NULL: none */
    bool is_known;                /* the password, to everybody */
    bool has_mac;
    struct mtl_bags bags;
};

static enum step
fault(struct opening *opening, enum mtl_store_fault kind, const char *why)
{
    *opening->store = (struct mtl_key_store){.fault = kind, .why = why};
    return STEP_FAULT;
}

/* Says in the store why it may not be opened. */
static bool
may_open(struct opening *opening, const X509_ALGOR *algorithm)
{
    return mtl_pkcs12_may_derive(opening->arena, algorithm, &opening->budget, opening->store);
}

/* ---- bags ------------------------------------------------------------------------------------------------------- */

static struct mtl_slice
octets(const ASN1_STRING *string)
{
    return mtl_slice_of(ASN1_STRING_get0_data(string), (size_t)ASN1_STRING_length(string));
}

static struct mtl_slice
local_key_id(struct mtl_arena *arena, const PKCS12_SAFEBAG *bag)
{
    const ASN1_TYPE *value = PKCS12_SAFEBAG_get0_attr(bag, NID_localKeyID);

    if (value == NULL || ASN1_TYPE_get(value) != V_ASN1_OCTET_STRING)
        return (struct mtl_slice){0};
    return mtl_arena_copy(arena, octets(value->value.octet_string));
}

static bool
is_trusted(const PKCS12_SAFEBAG *bag)
{
    const STACK_OF(X509_ATTRIBUTE) *attributes = PKCS12_SAFEBAG_get0_attrs(bag);

    for (int i = 0; attributes != NULL && i < sk_X509_ATTRIBUTE_num(attributes); i++) {
        const ASN1_OBJECT *type = X509_ATTRIBUTE_get0_object(sk_X509_ATTRIBUTE_value(attributes, i));

        if (mtl_slice_equal(mtl_slice_of(OBJ_get0_data(type), OBJ_length(type)),
                            mtl_slice_of(trusted_key_usage, sizeof(trusted_key_usage))))
            return true;
    }
    return false;
}

static enum step
take_cert(struct opening *opening, const PKCS12_SAFEBAG *bag)
{
    unsigned char *der = NULL;
    X509 *cert;
    int size;

    if (PKCS12_SAFEBAG_get_bag_nid(bag) != NID_x509Certificate)
        return STEP_DONE; /* of SDSI, which nobody looks at */
    if (opening->bags.cert_count >= MTL_MAX_KEY_STORE_CERTS)
        return fault(opening, MTL_STORE_UNSUPPORTED, "it holds more certificates than are read");
    cert = PKCS12_SAFEBAG_get1_cert(bag);
    size = cert == NULL ? -1 : i2d_X509(cert, &der);
    X509_free(cert);
    if (size <= 0)
        return fault(opening, MTL_STORE_BROKEN, "it holds a certificate that does not decode");
    mtl_bags_add_cert(opening->arena, &opening->bags,
                      &(struct mtl_bag_cert){.der = mtl_arena_copy(opening->arena, mtl_slice_of(der, (size_t)size)),
                                             .key_id = local_key_id(opening->arena, bag),
                                             .is_trusted = is_trusted(bag)});
    OPENSSL_free(der);
    return STEP_DONE;
}

/* key NULL: it does not open. Only its public half is kept. */
static enum step
take_key(struct opening *opening, const PKCS12_SAFEBAG *bag, const PKCS8_PRIV_KEY_INFO *key)
{
    struct mtl_private_key *closed = mtl_arena_alloc(opening->arena, sizeof(*closed));
    struct mtl_bag_key taken = {.key = closed, .key_id = local_key_id(opening->arena, bag), .is_locked = true};
    unsigned char *der = NULL;
    int size = key == NULL ? 0 : i2d_PKCS8_PRIV_KEY_INFO(key, &der);

    if (opening->bags.key_count >= MTL_MAX_KEY_STORE_KEYS) {
        OPENSSL_clear_free(der, size > 0 ? (size_t)size : 0);
        return fault(opening, MTL_STORE_UNSUPPORTED, "it holds more private keys than are read");
    }
    *closed = (struct mtl_private_key){.encrypted = true, .format = "PKCS#12"};
    if (size > 0 && mtl_private_key_parse(opening->arena, mtl_slice_of(der, (size_t)size), &taken.key, NULL))
        taken.is_locked = !opening->is_known;
    OPENSSL_clear_free(der, size > 0 ? (size_t)size : 0);
    opening->bags.keys[opening->bags.key_count++] = taken;
    return STEP_DONE;
}

static enum step
take_shrouded_key(struct opening *opening, const PKCS12_SAFEBAG *bag)
{
    const X509_ALGOR *algorithm = NULL;
    PKCS8_PRIV_KEY_INFO *key;
    enum step step;

    X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, NULL);
    if (!may_open(opening, algorithm))
        return STEP_FAULT;
    key = PKCS12_decrypt_skey(bag, opening->password.text, (int)opening->password.size);
    step = take_key(opening, bag, key);
    PKCS8_PRIV_KEY_INFO_free(key); /* wipes it */
    return step;
}

static enum step take_bags(struct opening *opening, const STACK_OF(PKCS12_SAFEBAG) * bags, unsigned nesting);

static enum step
take_bag(struct opening *opening, const PKCS12_SAFEBAG *bag, unsigned nesting)
{
    switch (PKCS12_SAFEBAG_get_nid(bag)) {
    case NID_certBag:
        return take_cert(opening, bag);
    case NID_keyBag:
        return take_key(opening, bag, PKCS12_SAFEBAG_get0_p8inf(bag));
    case NID_pkcs8ShroudedKeyBag:
        return take_shrouded_key(opening, bag);
    case NID_safeContentsBag:
        if (nesting >= MAX_NESTING)
            return fault(opening, MTL_STORE_UNSUPPORTED, "its parts are nested too deep");
        return take_bags(opening, PKCS12_SAFEBAG_get0_safes(bag), nesting + 1);
    default: /* CRLs and secrets: no program looks for those of TLS here */
        return STEP_DONE;
    }
}

static enum step
take_bags(struct opening *opening, const STACK_OF(PKCS12_SAFEBAG) * bags, unsigned nesting)
{
    enum step step = STEP_DONE;

    for (int i = 0; step == STEP_DONE && i < sk_PKCS12_SAFEBAG_num(bags); i++)
        step = take_bag(opening, sk_PKCS12_SAFEBAG_value(bags, i), nesting);
    return step;
}

/* ---- the file --------------------------------------------------------------------------------------------------- */

static enum step
take_encrypted(struct opening *opening, PKCS7 *safe)
{
    STACK_OF(PKCS12_SAFEBAG) * bags;
    enum step step;

    if (safe->d.encrypted == NULL || safe->d.encrypted->enc_data == NULL)
        return fault(opening, MTL_STORE_BROKEN, "a part of it is missing");
    if (!may_open(opening, safe->d.encrypted->enc_data->algorithm))
        return STEP_FAULT;
    bags = PKCS12_unpack_p7encdata(safe, opening->password.text, (int)opening->password.size);
    if (bags == NULL && !opening->has_mac)
        return STEP_WRONG_PASSWORD;
    if (bags == NULL)
        return fault(opening, MTL_STORE_BROKEN, "a part of it does not decrypt, though the password fits");
    step = take_bags(opening, bags, 0);
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    return step;
}

static enum step
take_safe(struct opening *opening, PKCS7 *safe)
{
    STACK_OF(PKCS12_SAFEBAG) * bags;
    enum step step;

    if (PKCS7_type_is_encrypted(safe))
        return take_encrypted(opening, safe);
    if (!PKCS7_type_is_data(safe))
        return fault(opening, MTL_STORE_UNSUPPORTED, "it is encrypted for a public key");
    bags = safe->d.data == NULL ? NULL : PKCS12_unpack_p7data(safe);
    if (bags == NULL)
        return fault(opening, MTL_STORE_BROKEN, "a part of it does not decode");
    step = take_bags(opening, bags, 0);
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    return step;
}

static enum step
check_mac(struct opening *opening, PKCS12 *p12)
{
    const ASN1_OCTET_STRING *mac = NULL, *salt = NULL;
    const ASN1_INTEGER *rounds = NULL;
    const X509_ALGOR *algorithm = NULL;
    const ASN1_OBJECT *digest = NULL;

    PKCS12_get0_mac(&mac, &algorithm, &salt, &rounds, p12);
    X509_ALGOR_get0(&digest, NULL, NULL, algorithm);
    if (EVP_get_digestbyobj(digest) == NULL)
        return fault(opening, MTL_STORE_UNSUPPORTED, "it is authenticated in a way that is not read");
    if (!mtl_pkcs12_spend(opening->arena, rounds, &opening->budget, opening->store))
        return STEP_FAULT;
    return PKCS12_verify_mac(p12, opening->password.text, (int)opening->password.size) == 1 ? STEP_DONE
                                                                                            : STEP_WRONG_PASSWORD;
}

static enum step
open_with(struct opening *opening, PKCS12 *p12, const STACK_OF(PKCS7) * safes)
{
    enum step step = STEP_DONE;

    opening->bags.cert_count = opening->bags.key_count = 0;
    if (opening->has_mac)
        step = check_mac(opening, p12);
    for (int i = 0; step == STEP_DONE && i < sk_PKCS7_num(safes); i++)
        step = take_safe(opening, sk_PKCS7_value(safes, i));
    return step;
}

/* Whatever the password, some programs cannot decrypt these parts: then that is what is said. */
static bool
has_legacy_part(struct opening *opening, const STACK_OF(PKCS7) * safes)
{
    for (int i = 0; i < sk_PKCS7_num(safes); i++) {
        const PKCS7 *safe = sk_PKCS7_value(safes, i);

        if (PKCS7_type_is_encrypted(safe) && safe->d.encrypted != NULL && safe->d.encrypted->enc_data != NULL &&
            mtl_pkcs12_is_legacy(opening->arena, safe->d.encrypted->enc_data->algorithm, opening->store))
            return true;
    }
    return false;
}

static void
try_passwords(struct opening *opening, PKCS12 *p12, const STACK_OF(PKCS7) * safes,
              const struct mtl_passwords *passwords)
{
    static const struct mtl_password known[] = {{NULL, 0}, {"", 0}, {"changeit", 8}};
    const size_t known_count = sizeof(known) / sizeof(known[0]), given = passwords == NULL ? 0 : passwords->count;
    enum step step = STEP_WRONG_PASSWORD;

    /* One that was given is likely to fit, and the number of attempts is bounded by what they cost. */
    for (size_t i = 0; step == STEP_WRONG_PASSWORD && i < given + known_count; i++) {
        opening->is_known = i >= given;
        opening->password = i < given ? passwords->items[i] : known[i - given];
        step = open_with(opening, p12, safes);
    }
    if (step == STEP_DONE)
        mtl_bags_arrange(opening->arena, &opening->bags, opening->store);
    else if (step == STEP_WRONG_PASSWORD)
        fault(opening, MTL_STORE_LOCKED,
              given > 0 ? "none of the passwords given opens it" : "it has a password of its own");
}

static void
open_file(struct opening *opening, PKCS12 *p12, const struct mtl_passwords *passwords)
{
    STACK_OF(PKCS7) *safes = p12 == NULL ? NULL : PKCS12_unpack_authsafes(p12);

    if (safes == NULL)
        fault(opening, MTL_STORE_BROKEN, "it does not decode");
    else if (!has_legacy_part(opening, safes)) {
        opening->has_mac = PKCS12_mac_present(p12) == 1;
        try_passwords(opening, p12, safes, passwords);
    }
    sk_PKCS7_pop_free(safes, PKCS7_free);
}

void
mtl_pkcs12_read(struct mtl_arena *arena, struct mtl_slice bytes, const struct mtl_passwords *passwords,
                struct mtl_key_store *store)
{
    struct opening opening = {.arena = arena, .store = store, .budget = {.rounds = MTL_MAX_KEY_STORE_ROUNDS}};
    const unsigned char *at = bytes.data;

    *store = (struct mtl_key_store){.fault = MTL_STORE_OPENED};
    if (bytes.size > MTL_MAX_KEY_STORE_SIZE) {
        fault(&opening, MTL_STORE_UNSUPPORTED, "it is larger than 16 MiB");
        return;
    }
    ERR_set_mark();
    PKCS12 *p12 = d2i_PKCS12(NULL, &at, (long)bytes.size);
    open_file(&opening, p12, passwords);
    PKCS12_free(p12);
    ERR_pop_to_mark();
}

/*
 * What the parts of a PKCS#12 file are encrypted with: whether libcrypto does it without its legacy provider, and how
 * many rounds of key derivation it takes, told before any is done.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/pkcs12.h"

#include <openssl/asn1.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

/* OSSL_PROVIDER-legacy(7), and the password-based schemes built on it. */
static const int legacy[] = {
    NID_pbe_WithSHA1And40BitRC2_CBC,
    NID_pbe_WithSHA1And128BitRC2_CBC,
    NID_pbe_WithSHA1And40BitRC4,
    NID_pbe_WithSHA1And128BitRC4,
    NID_pbeWithMD2AndDES_CBC,
    NID_pbeWithMD5AndDES_CBC,
    NID_pbeWithMD2AndRC2_CBC,
    NID_pbeWithMD5AndRC2_CBC,
    NID_pbeWithSHA1AndDES_CBC,
    NID_pbeWithSHA1AndRC2_CBC,
    NID_rc2_cbc,
    NID_des_cbc,
    NID_bf_cbc,
    NID_cast5_cbc,
    NID_idea_cbc,
    NID_seed_cbc,
};

static int
nid_of(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = NULL;

    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    return OBJ_obj2nid(object);
}

static bool
refuse(struct mtl_key_store *store, enum mtl_store_fault kind, const char *why)
{
    *store = (struct mtl_key_store){.fault = kind, .why = why};
    return false;
}

static void *
parameters(const X509_ALGOR *algorithm, const ASN1_ITEM *item)
{
    return ASN1_TYPE_unpack_sequence(item, algorithm->parameter);
}

static bool
is_legacy(struct mtl_arena *arena, int nid, struct mtl_key_store *store)
{
    for (size_t i = 0; i < sizeof(legacy) / sizeof(legacy[0]); i++)
        if (legacy[i] == nid)
            return !refuse(store, MTL_STORE_LEGACY, mtl_arena_printf(arena, "%s", OBJ_nid2ln(nid)));
    return false;
}

bool
mtl_pkcs12_is_legacy(struct mtl_arena *arena, const X509_ALGOR *algorithm, struct mtl_key_store *store)
{
    PBE2PARAM *scheme;
    bool found;

    if (nid_of(algorithm) != NID_pbes2)
        return is_legacy(arena, nid_of(algorithm), store);
    scheme = parameters(algorithm, ASN1_ITEM_rptr(PBE2PARAM));
    found = scheme != NULL && is_legacy(arena, nid_of(scheme->encryption), store);
    PBE2PARAM_free(scheme);
    return found;
}

bool
mtl_pkcs12_spend(struct mtl_arena *arena, const ASN1_INTEGER *rounds, struct mtl_pkcs12_budget *budget,
                 struct mtl_key_store *store)
{
    uint64_t count = 1;

    if (rounds != NULL && (ASN1_INTEGER_get_uint64(&count, rounds) != 1 || count > budget->rounds))
        return refuse(store, MTL_STORE_UNSUPPORTED,
                      mtl_arena_printf(arena, "to open it takes more than %u rounds of key derivation",
                                       MTL_MAX_KEY_STORE_ROUNDS));
    budget->rounds -= count;
    return true;
}

/* PBES2 (RFC 8018 6.2). scrypt costs memory and time by three numbers, and no program that is known writes it here. */
static bool
may_derive_pbes2(struct mtl_arena *arena, const PBE2PARAM *scheme, struct mtl_pkcs12_budget *budget,
                 struct mtl_key_store *store)
{
    PBKDF2PARAM *derivation;
    bool may;

    if (nid_of(scheme->keyfunc) != NID_id_pbkdf2)
        return refuse(store, MTL_STORE_UNSUPPORTED, "its key derivation is not PBKDF2");
    derivation = parameters(scheme->keyfunc, ASN1_ITEM_rptr(PBKDF2PARAM));
    if (derivation == NULL)
        return refuse(store, MTL_STORE_BROKEN, "its key derivation does not decode");
    may = mtl_pkcs12_spend(arena, derivation->iter, budget, store);
    PBKDF2PARAM_free(derivation);
    return may;
}

/* PBES1 and the schemes of RFC 7292 C. */
static bool
may_derive_pbes1(struct mtl_arena *arena, const X509_ALGOR *algorithm, struct mtl_pkcs12_budget *budget,
                 struct mtl_key_store *store)
{
    PBEPARAM *scheme = parameters(algorithm, ASN1_ITEM_rptr(PBEPARAM));
    bool may;

    if (scheme == NULL)
        return refuse(store, MTL_STORE_BROKEN, "its key derivation does not decode");
    may = mtl_pkcs12_spend(arena, scheme->iter, budget, store);
    PBEPARAM_free(scheme);
    return may;
}

bool
mtl_pkcs12_may_derive(struct mtl_arena *arena, const X509_ALGOR *algorithm, struct mtl_pkcs12_budget *budget,
                      struct mtl_key_store *store)
{
    int nid = nid_of(algorithm);
    PBE2PARAM *scheme;
    bool may;

    if (mtl_pkcs12_is_legacy(arena, algorithm, store))
        return false;
    if (nid == NID_pbe_WithSHA1And3_Key_TripleDES_CBC || nid == NID_pbe_WithSHA1And2_Key_TripleDES_CBC)
        return may_derive_pbes1(arena, algorithm, budget, store);
    if (nid != NID_pbes2)
        return refuse(store, MTL_STORE_UNSUPPORTED, "it is encrypted in a way that is not read");
    scheme = parameters(algorithm, ASN1_ITEM_rptr(PBE2PARAM));
    if (scheme == NULL)
        return refuse(store, MTL_STORE_BROKEN, "its encryption does not decode");
    may = may_derive_pbes2(arena, scheme, budget, store);
    PBE2PARAM_free(scheme);
    return may;
}

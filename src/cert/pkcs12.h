/* The parts of the reader of PKCS#12. Internal to src/cert. */
#ifndef MTL_CERT_PKCS12_H
#define MTL_CERT_PKCS12_H

#include "cert/key_store.h"

#include <openssl/types.h>

/* ---- pkcs12_cost.c: what may be decrypted ------------------------------------------------------------------------ */

struct mtl_pkcs12_budget {
    uint64_t rounds; /* of key derivation that are left */
};

/* Takes the rounds of one derivation; absent: one. False, with the store's fault set, when they are not to be had. */
bool mtl_pkcs12_spend(struct mtl_arena *arena, const ASN1_INTEGER *rounds, struct mtl_pkcs12_budget *budget,
                      struct mtl_key_store *store);
/* Is it one of the algorithms of OpenSSL's legacy provider? Then the store's fault is set. */
bool mtl_pkcs12_is_legacy(struct mtl_arena *arena, const X509_ALGOR *algorithm, struct mtl_key_store *store);
/* May a key be derived, and something be decrypted with it? Takes the rounds; false with the store's fault set. */
bool mtl_pkcs12_may_derive(struct mtl_arena *arena, const X509_ALGOR *algorithm, struct mtl_pkcs12_budget *budget,
                           struct mtl_key_store *store);

/* ---- pkcs12_bags.c: from bags to entries --------------------------------------------------------------------------
 */

struct mtl_bag_cert {
    struct mtl_slice der;
    struct mtl_slice key_id; /* localKeyID; absent if none */
    bool is_trusted;
    bool is_in_chain;            /* set by mtl_bags_arrange() */
    const struct mtl_cert *cert; /* likewise; NULL: it does not decode */
};
struct mtl_bag_key {
    const struct mtl_private_key *key;
    struct mtl_slice key_id;
    bool is_locked;
};
struct mtl_bags {
    struct mtl_bag_cert *certs;
    size_t cert_count, cert_capacity;
    struct mtl_bag_key keys[MTL_MAX_KEY_STORE_KEYS];
    size_t key_count;
};

void mtl_bags_add_cert(struct mtl_arena *arena, struct mtl_bags *bags, const struct mtl_bag_cert *cert);
/*
 * Fills in certificates and keys of the store. A key's certificate is that with its localKeyID, or else with its public
 * half; its chain is built by names, from all certificates, up to one that names itself.
 */
void mtl_bags_arrange(struct mtl_arena *arena, struct mtl_bags *bags, struct mtl_key_store *store);

#endif

/*
 * Key stores: PKCS#12 (RFC 7292) and Java's JKS and JCEKS. What they hold, and as what.
 *
 * Private keys are compared with certificates and wiped; of those that do not open only their presence is kept.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_CERT_KEY_STORE_H
#define MTL_CERT_KEY_STORE_H

#include "cert/cert.h"

#define MTL_MAX_KEY_STORE_SIZE (16U << 20) /* bytes */
#define MTL_MAX_KEY_STORE_CERTS 10000U
#define MTL_MAX_KEY_STORE_KEYS 64U
#define MTL_MAX_KEY_STORE_CHAIN 32U          /* certificates above that of a key */
#define MTL_MAX_KEY_STORE_ROUNDS 4000000U    /* of all key derivations that opening one store takes */
#define MTL_MAX_KEY_STORE_PASSWORDS 32U      /* that are tried */
#define MTL_MAX_KEY_STORE_PASSWORD_SIZE 512U /* bytes */

/* What a certificate is to a program that loads the key store as it is. */
enum mtl_store_entry {
    MTL_ENTRY_NONE,    /* it is from no key store */
    MTL_ENTRY_LOOSE,   /* nothing: in PKCS#12, neither of the others */
    MTL_ENTRY_TRUSTED, /* trusted: in PKCS#12, it bears Oracle's trustedKeyUsage, 2.16.840.1.113894.746875.1.1 */
    MTL_ENTRY_KEY,     /* the certificate of a private key */
    MTL_ENTRY_CHAIN,   /* above it, in its chain */
};

struct mtl_store_cert {
    struct mtl_slice der;
    enum mtl_store_entry entry;
};
struct mtl_store_key {
    const struct mtl_private_key *key;
    bool is_locked; /* under a password that is not known to everybody */
};

enum mtl_store_fault {
    MTL_STORE_OPENED,
    MTL_STORE_LOCKED,      /* none of the passwords fits */
    MTL_STORE_LEGACY,      /* encrypted in a way that OpenSSL 3 leaves to its legacy provider */
    MTL_STORE_UNSUPPORTED, /* in another way that is not read */
    MTL_STORE_BROKEN,      /* it does not decode */
};

/* All of it lives in the arena. */
struct mtl_key_store {
    enum mtl_store_fault fault;         /* then there are neither certificates nor keys */
    const char *why;                    /* of a fault: a phrase, safe to print */
    const struct mtl_store_cert *certs; /* each key's own with its chain behind it; then all others, in order */
    size_t cert_count;
    const struct mtl_store_key *keys; /* in order; the first MTL_ENTRY_KEY belongs to one of them */
    size_t key_count;
    const char *cut; /* JCEKS: why what follows was not read; NULL: all was */
};

/* Passwords to try beside none, the empty one and "changeit", which is Java's. */
struct mtl_password {
    const char *text; /* ends with a NUL */
    size_t size;
};
struct mtl_passwords {
    const struct mtl_password *items;
    size_t count;
};

/* passwords may be NULL. Never fails: see fault. */
void mtl_pkcs12_read(struct mtl_arena *arena, struct mtl_slice bytes, const struct mtl_passwords *passwords,
                     struct mtl_key_store *store);
/* JKS and JCEKS. Their certificates need no password; their keys are not opened. */
void mtl_jks_read(struct mtl_arena *arena, struct mtl_slice bytes, struct mtl_key_store *store);

#endif

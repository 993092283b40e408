/*
 * One certificate read twice: by the code under test and by libcrypto.
 */
#ifndef MTL_TESTS_SUPPORT_TWICE_H
#define MTL_TESTS_SUPPORT_TWICE_H

#include "cert/cert.h"
#include "support/keys.h"

#include <openssl/x509.h>

struct twice {
    struct mtl_slice der;
    const struct mtl_cert *ours; /* NULL: refused */
    X509 *judge;                 /* NULL: refused */
};

/* Mints from the words of a recipe ("self-signed dns=a"); wrong words end the test. Free with twice_free(). */
struct twice twice_mint(struct mtl_arena *arena, struct key_pool *keys, const char *words);
struct twice twice_read(struct mtl_arena *arena, struct mtl_slice der);
void twice_free(struct twice *twice);

/* " subject=hex:0a1b2c" for "subject=hex:": words that take DER in hexadecimal. */
const char *twice_hex_word(struct mtl_arena *arena, const char *word, struct mtl_slice der);

#endif

/*
 * Base64 (RFC 4648 4) in pieces, as tolerant as OpenSSL's EVP_DecodeUpdate(): blanks and line ends are skipped
 * anywhere, unused bits need not be zero, and a '-' between groups ends the data.
 */
#ifndef MTL_STORE_BASE64_H
#define MTL_STORE_BASE64_H

#include "base/base.h"

/* Start from {.out = buffer}, with room for 3 bytes per 4 characters to come. */
struct mtl_base64 {
    uint8_t *out;
    size_t size; /* bytes written to out */
    uint32_t group;
    unsigned digits;  /* in group, 0 to 3 */
    unsigned padding; /* '=' seen */
    bool stopped;     /* by a '-' */
    bool bad;
};

void mtl_base64_feed(struct mtl_base64 *base64, struct mtl_slice text);
/* No more text: was it well formed, with something in it? */
bool mtl_base64_finish(const struct mtl_base64 *base64);

#endif

/* What bytes without PEM armour are, told from their first bytes and the shape of their DER, not from a file's name. */
#ifndef MTL_STORE_CONTENT_H
#define MTL_STORE_CONTENT_H

#include "base/base.h"

enum mtl_content_kind {
    MTL_CONTENT_CERT,
    MTL_CONTENT_CRL,
    MTL_CONTENT_KEY,
    MTL_CONTENT_PKCS7,
    MTL_CONTENT_PKCS12,
    MTL_CONTENT_JKS,     /* or JCEKS, which differs in its keys */
    MTL_CONTENT_FOREIGN, /* recognized, and not read */
    MTL_CONTENT_BROKEN,  /* begins like DER, and is not */
    MTL_CONTENT_UNKNOWN,
};

struct mtl_content {
    enum mtl_content_kind kind;
    size_t size;         /* of the DER object at the start, 0 if there is none */
    const char *what;    /* FOREIGN: "a ZIP archive"; BROKEN: what is wrong, a phrase */
    const char *convert; /* FOREIGN: the command that makes PEM of it, %s for the file; NULL: none */
};

struct mtl_content mtl_content_of(struct mtl_slice bytes);

#endif

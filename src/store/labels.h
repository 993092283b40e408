/* The labels of PEM blocks we know (RFC 7468, OpenSSL's pem.h, and what strays into certificate files). */
#ifndef MTL_STORE_LABELS_H
#define MTL_STORE_LABELS_H

#include "base/base.h"

enum mtl_label_kind {
    MTL_LABEL_CERT,
    MTL_LABEL_TRUSTED_CERT, /* with OpenSSL's X509_CERT_AUX behind the certificate */
    MTL_LABEL_CRL,
    MTL_LABEL_KEY,
    MTL_LABEL_PKCS7,
    MTL_LABEL_QUIET,       /* goes with keys and means nothing to us: EC PARAMETERS */
    MTL_LABEL_UNSUPPORTED, /* known, and not for us */
};

struct mtl_label {
    const char *text;
    enum mtl_label_kind kind;
    const char *what; /* "a certificate request" */
};

/* NULL if unknown. */
const struct mtl_label *mtl_label_find(struct mtl_slice text);

#endif

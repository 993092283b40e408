/* OpenSSL's X509_CERT_AUX (x_x509a.c): what a TRUSTED CERTIFICATE carries behind the certificate. */
#ifndef MTL_STORE_AUX_TRUST_H
#define MTL_STORE_AUX_TRUST_H

#include "store/store.h"

/* False when bytes do not begin with an X509_CERT_AUX. */
bool mtl_aux_trust_parse(struct mtl_slice bytes, struct mtl_aux_trust *aux);

#endif

/* The labels of PEM blocks we know. SPDX-License-Identifier: Apache-2.0 */
#include "store/labels.h"

static const struct mtl_label labels[] = {
    {"CERTIFICATE", MTL_LABEL_CERT, "a certificate"},
    {"X509 CERTIFICATE", MTL_LABEL_CERT, "a certificate"},
    {"TRUSTED CERTIFICATE", MTL_LABEL_TRUSTED_CERT, "a certificate"},
    {"X509 CRL", MTL_LABEL_CRL, "a CRL"},
    {"PRIVATE KEY", MTL_LABEL_KEY, "a private key"},
    {"ENCRYPTED PRIVATE KEY", MTL_LABEL_KEY, "an encrypted private key"},
    {"RSA PRIVATE KEY", MTL_LABEL_KEY, "a private key"},
    {"EC PRIVATE KEY", MTL_LABEL_KEY, "a private key"},
    {"DSA PRIVATE KEY", MTL_LABEL_KEY, "a private key"},
    {"PKCS7", MTL_LABEL_PKCS7, "PKCS#7"},
    {"PKCS #7 SIGNED DATA", MTL_LABEL_PKCS7, "PKCS#7"},
    {"CMS", MTL_LABEL_PKCS7, "CMS"},
    {"EC PARAMETERS", MTL_LABEL_QUIET, "EC parameters"},
    {"DSA PARAMETERS", MTL_LABEL_QUIET, "DSA parameters"},
    {"DH PARAMETERS", MTL_LABEL_QUIET, "DH parameters"},
    {"X9.42 DH PARAMETERS", MTL_LABEL_QUIET, "DH parameters"},
    {"PUBLIC KEY", MTL_LABEL_UNSUPPORTED, "a public key without a certificate"},
    {"RSA PUBLIC KEY", MTL_LABEL_UNSUPPORTED, "a public key without a certificate"},
    {"CERTIFICATE REQUEST", MTL_LABEL_UNSUPPORTED, "a certificate request, not yet a certificate"},
    {"NEW CERTIFICATE REQUEST", MTL_LABEL_UNSUPPORTED, "a certificate request, not yet a certificate"},
    {"ATTRIBUTE CERTIFICATE", MTL_LABEL_UNSUPPORTED, "an attribute certificate"},
    {"SSL SESSION PARAMETERS", MTL_LABEL_UNSUPPORTED, "a TLS session"},
    {"OPENSSH PRIVATE KEY", MTL_LABEL_UNSUPPORTED, "an OpenSSH private key"},
    {"SSH2 PUBLIC KEY", MTL_LABEL_UNSUPPORTED, "an SSH public key"},
    {"PGP PUBLIC KEY BLOCK", MTL_LABEL_UNSUPPORTED, "an OpenPGP key"},
    {"PGP PRIVATE KEY BLOCK", MTL_LABEL_UNSUPPORTED, "an OpenPGP private key"},
    {"PGP MESSAGE", MTL_LABEL_UNSUPPORTED, "an OpenPGP message"},
    {"PGP SIGNATURE", MTL_LABEL_UNSUPPORTED, "an OpenPGP signature"},
};

const struct mtl_label *
mtl_label_find(struct mtl_slice text)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (mtl_slice_equal(text, mtl_slice_text(labels[i].text)))
            return &labels[i];
    }
    return NULL;
}

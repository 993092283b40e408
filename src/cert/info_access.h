/*
 * What a certificate tells of its issuer's whereabouts (RFC 5280 4.2.2.1). Nothing is fetched from there.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_CERT_INFO_ACCESS_H
#define MTL_CERT_INFO_ACCESS_H

#include "cert/cert.h"

/*
 * The first URI at which authorityInfoAccess says that the issuer's certificate can be had (id-ad-caIssuers). A slice
 * of the certificate, not safe to print; absent if there is none, or the extension does not decode.
 */
struct mtl_slice mtl_cert_issuer_location(const struct mtl_cert *cert);

#endif

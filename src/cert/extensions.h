/*
 * Reading the values of known extensions. Internal to src/cert.
 */
#ifndef MTL_CERT_EXTENSIONS_H
#define MTL_CERT_EXTENSIONS_H

#include "cert/cert.h"
#include "cert/der.h"

/*
 * Decodes every extension in cert->present once: fills key_usage and its like, malformed and not_der. One that occurs
 * twice is malformed and not decoded, as in OpenSSL. Needs present, duplicate and extension[].
 */
void mtl_extensions_decode(struct mtl_cert *cert);

/* Where bytes, a part of cert->der, lie in it; absent if they are. The opposite of mtl_cert_bytes(). */
struct mtl_range mtl_cert_range(const struct mtl_cert *cert, struct mtl_slice bytes);

/* ---- values of which only the grammar matters: false when it does not fit --------------------------------------- */

/* One GeneralName; directory, which may be NULL, gets the Name when it is a directoryName (else it is left alone). */
bool mtl_syntax_general_name(struct mtl_der *der, struct mtl_slice *directory);
/* SEQUENCE OF GeneralName under this tag; directory gets the first directoryName's Name. May be empty, as in OpenSSL.
 */
bool mtl_syntax_general_names(struct mtl_der *der, uint32_t tag, struct mtl_slice *directory);

bool mtl_syntax_name_constraints(struct mtl_der *der);
bool mtl_syntax_distribution_points(struct mtl_der *der);
bool mtl_syntax_authority_info_access(struct mtl_der *der);
bool mtl_syntax_certificate_policies(struct mtl_der *der);
bool mtl_syntax_policy_mappings(struct mtl_der *der);
bool mtl_syntax_policy_constraints(struct mtl_der *der);
bool mtl_syntax_inhibit_any_policy(struct mtl_der *der);
bool mtl_syntax_proxy_cert_info(struct mtl_der *der);
bool mtl_syntax_ip_addr_blocks(struct mtl_der *der);
bool mtl_syntax_autonomous_sys(struct mtl_der *der);
bool mtl_syntax_tls_feature(struct mtl_der *der);
bool mtl_syntax_sct_list(struct mtl_der *der);

#endif

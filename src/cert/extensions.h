/*
 * Reading the values of known extensions. Internal to src/cert.
 */
#ifndef MTL_CERT_EXTENSIONS_H
#define MTL_CERT_EXTENSIONS_H

#include "cert/cert.h"
#include "cert/der.h"

/* Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING } (RFC 5280 4.1). */
struct mtl_extension_item {
    struct mtl_slice oid, value; /* content octets of both */
    uint8_t critical;            /* the octet of the BOOLEAN; 0 when absent */
};
/*
 * FALSE spelled out is not DER but frequent, and everybody reads it. TRUE other than FF occurs too; OpenSSL reads it,
 * other stacks refuse the certificate.
 */
bool mtl_der_extension(struct mtl_der *list, struct mtl_extension_item *item);

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

/* keyIdentifier [0], authorityCertIssuer [1] (its first directoryName), authorityCertSerialNumber [2] (4.2.1.1). */
bool mtl_syntax_authority_key_id(struct mtl_der *der, struct mtl_authority_key_id *authority);

bool mtl_syntax_name_constraints(struct mtl_der *der);
/* [0] EXPLICIT DistributionPointName ::= CHOICE { fullName [0], nameRelativeToCRLIssuer [1] } */
bool mtl_syntax_distribution_point_name(struct mtl_der *der);
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

/*
 * OpenSSL 3.0, libssl on both sides as an ordinary application sets it up: SSL_VERIFY_PEER (servers also
 * SSL_VERIFY_FAIL_IF_NO_PEER_CERT), SSL_CTX_load_verify_locations, SSL_set1_host, and Debian's security level 2.
 *
 * Does not cover: DANE, CRLs by reason or delta, partial chains, strict mode, policies, engines, own verify callbacks.
 * Sources, all 3.0.22: crypto/x509/x509_vfy.c (order and codes), v3_purp.c (purposes), ssl/statem/statem_lib.c
 * (x509table: code to alert). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/stack.h"

#define BIT(number) (1U << (number))

/* verify_chain(): extensions leaf first, then strength, names, CRLs; signatures and dates from the root down. */
static const enum mtl_step before_building[] = {MTL_STEP_LEAF_KEY_STRENGTH, MTL_STEP_END};
static const enum mtl_step extensions[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_PROXY, MTL_STEP_IS_CA, MTL_STEP_EXPLICIT_CURVE, MTL_STEP_PURPOSE,
    MTL_STEP_PATH_LENGTH,         MTL_STEP_END,
};
static const enum mtl_step strength[] = {MTL_STEP_ISSUER_KEY_STRENGTH, MTL_STEP_DIGEST_STRENGTH, MTL_STEP_END};
static const enum mtl_step identity[] = {MTL_STEP_IDENTITY, MTL_STEP_END};
static const enum mtl_step revocation[] = {MTL_STEP_REVOCATION, MTL_STEP_END};
static const enum mtl_step signatures[] = {
    MTL_STEP_KEY_CERT_SIGN, MTL_STEP_SIGNATURE, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_END,
};
static const enum mtl_step name_constraints[] = {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
};

/* One alert for both roles and both versions: x509table does not know who asks. Codes it lacks give 46. */
#define ALWAYS(alert)                                                                                                  \
    {                                                                                                                  \
        {alert, alert},                                                                                                \
        {                                                                                                              \
            alert, alert                                                                                               \
        }                                                                                                              \
    }

static const struct mtl_stack_reason reasons[] = {
    {MTL_REASON_NO_ISSUER, 20, "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unable to get local issuer certificate",
     ALWAYS(48)},
    {MTL_REASON_NO_ISSUER_OF_ANCHOR, 2, "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT", "unable to get issuer certificate",
     ALWAYS(48)},
    {MTL_REASON_SELF_SIGNED_LEAF, 18, "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate", ALWAYS(48)},
    {MTL_REASON_SELF_SIGNED_IN_CHAIN, 19, "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN",
     "self-signed certificate in certificate chain", ALWAYS(48)},
    {MTL_REASON_DEPTH, 22, "X509_V_ERR_CERT_CHAIN_TOO_LONG", "certificate chain too long", ALWAYS(48)},
    {MTL_REASON_REJECTED, 28, "X509_V_ERR_CERT_REJECTED", "certificate rejected", ALWAYS(42)},
    {MTL_REASON_CRITICAL_EXTENSION, 34, "X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION", "unhandled critical extension",
     ALWAYS(46)},
    {MTL_REASON_PROXY, 40, "X509_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED",
     "proxy certificates not allowed, please set the appropriate flag", ALWAYS(46)},
    {MTL_REASON_NOT_A_CA, 79, "X509_V_ERR_INVALID_CA", "invalid CA certificate", ALWAYS(48)},
    {MTL_REASON_EXPLICIT_CURVE, 94, "X509_V_ERR_EC_KEY_EXPLICIT_PARAMS",
     "Certificate public key has explicit ECC parameters", ALWAYS(42)},
    {MTL_REASON_PURPOSE, 26, "X509_V_ERR_INVALID_PURPOSE", "unsuitable certificate purpose", ALWAYS(43)},
    {MTL_REASON_PATH_LENGTH, 25, "X509_V_ERR_PATH_LENGTH_EXCEEDED", "path length constraint exceeded", ALWAYS(48)},
    {MTL_REASON_LEAF_KEY_WEAK, 66, "X509_V_ERR_EE_KEY_TOO_SMALL", "EE certificate key too weak", ALWAYS(42)},
    {MTL_REASON_ISSUER_KEY_WEAK, 67, "X509_V_ERR_CA_KEY_TOO_SMALL", "CA certificate key too weak", ALWAYS(42)},
    {MTL_REASON_WEAK_DIGEST, 68, "X509_V_ERR_CA_MD_TOO_WEAK", "CA signature digest algorithm too weak", ALWAYS(42)},
    {MTL_REASON_NAME_MISMATCH, 62, "X509_V_ERR_HOSTNAME_MISMATCH", "hostname mismatch", ALWAYS(42)},
    {MTL_REASON_ADDRESS_MISMATCH, 64, "X509_V_ERR_IP_ADDRESS_MISMATCH", "IP address mismatch", ALWAYS(42)},
    {MTL_REASON_CRL_MISSING, 3, "X509_V_ERR_UNABLE_TO_GET_CRL", "unable to get certificate CRL", ALWAYS(48)},
    {MTL_REASON_CRL_EXPIRED, 12, "X509_V_ERR_CRL_HAS_EXPIRED", "CRL has expired", ALWAYS(45)},
    {MTL_REASON_CRL_NOT_YET_VALID, 11, "X509_V_ERR_CRL_NOT_YET_VALID", "CRL is not yet valid", ALWAYS(42)},
    {MTL_REASON_CRL_SIGNATURE, 8, "X509_V_ERR_CRL_SIGNATURE_FAILURE", "CRL signature failure", ALWAYS(51)},
    {MTL_REASON_CRL_SCOPE, 44, "X509_V_ERR_DIFFERENT_CRL_SCOPE", "different CRL scope", ALWAYS(46)},
    {MTL_REASON_CRL_ISSUER_KEY_USAGE, 35, "X509_V_ERR_KEYUSAGE_NO_CRL_SIGN", "key usage does not include CRL signing",
     ALWAYS(46)},
    {MTL_REASON_CRL_ISSUER_MISSING, 6, "X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
     "unable to decode issuer public key", ALWAYS(42)},
    {MTL_REASON_CRL_CRITICAL_EXTENSION, 36, "X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION",
     "unhandled critical CRL extension", ALWAYS(46)},
    {MTL_REASON_REVOKED, 23, "X509_V_ERR_CERT_REVOKED", "certificate revoked", ALWAYS(44)},
    {MTL_REASON_NO_CERT_SIGN, 32, "X509_V_ERR_KEYUSAGE_NO_CERTSIGN", "key usage does not include certificate signing",
     ALWAYS(46)},
    {MTL_REASON_ISSUER_KEY, 6, "X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY", "unable to decode issuer public key",
     ALWAYS(42)},
    {MTL_REASON_SIGNATURE, 7, "X509_V_ERR_CERT_SIGNATURE_FAILURE", "certificate signature failure", ALWAYS(51)},
    {MTL_REASON_NOT_YET_VALID, 9, "X509_V_ERR_CERT_NOT_YET_VALID", "certificate is not yet valid", ALWAYS(42)},
    {MTL_REASON_EXPIRED, 10, "X509_V_ERR_CERT_HAS_EXPIRED", "certificate has expired", ALWAYS(45)},
    {MTL_REASON_CONSTRAINT_PERMITTED, 47, "X509_V_ERR_PERMITTED_VIOLATION", "permitted subtree violation", ALWAYS(46)},
    {MTL_REASON_CONSTRAINT_EXCLUDED, 48, "X509_V_ERR_EXCLUDED_VIOLATION", "excluded subtree violation", ALWAYS(46)},
    {MTL_REASON_CONSTRAINT_MINMAX, 49, "X509_V_ERR_SUBTREE_MINMAX",
     "name constraints minimum and maximum not supported", ALWAYS(46)},
    {MTL_REASON_CONSTRAINT_TYPE, 51, "X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE", "unsupported name constraint type",
     ALWAYS(46)},
    {MTL_REASON_CONSTRAINT_SYNTAX, 52, "X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX",
     "unsupported or invalid name constraint syntax", ALWAYS(46)},
    {MTL_REASON_CONSTRAINT_NAME_SYNTAX, 53, "X509_V_ERR_UNSUPPORTED_NAME_SYNTAX", "unsupported or invalid name syntax",
     ALWAYS(46)},
    {MTL_REASON_CONSTRAINT_TOO_MANY, 1, "X509_V_ERR_UNSPECIFIED", "unspecified certificate verification error",
     ALWAYS(80)},
};

static const struct mtl_stack_alert_words alert_words[] = {
    {40, "sslv3 alert handshake failure", 0x0A000410},       {42, "sslv3 alert bad certificate", 0x0A000412},
    {43, "sslv3 alert unsupported certificate", 0x0A000413}, {44, "sslv3 alert certificate revoked", 0x0A000414},
    {45, "sslv3 alert certificate expired", 0x0A000415},     {46, "sslv3 alert certificate unknown", 0x0A000416},
    {47, "sslv3 alert illegal parameter", 0x0A000417},       {48, "tlsv1 alert unknown ca", 0x0A000418},
    {49, "tlsv1 alert access denied", 0x0A000419},           {50, "tlsv1 alert decode error", 0x0A00041A},
    {51, "tlsv1 alert decrypt error", 0x0A00041B},           {70, "tlsv1 alert protocol version", 0x0A00042E},
    {80, "tlsv1 alert internal error", 0x0A000438},          {116, "tlsv13 alert certificate required", 0x0A00045C},
};

/* ssl_rsa.c, ssl_cert.c: SSL_CTX_use_certificate_chain_file() and SSL_CTX_use_PrivateKey_file() refuse at once. */
#define NO_FIT "error:0A0000C1:SSL routines::no shared cipher", "error:0A000102:SSL routines::unsupported protocol"

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_LEAF_KEY_WEAK, true, {"error:0A00018F:SSL routines::ee key too small"}},
    {MTL_REASON_ISSUER_KEY_WEAK, true, {"error:0A00018D:SSL routines::ca key too small"}},
    {MTL_REASON_WEAK_DIGEST, true, {"error:0A00018E:SSL routines::ca md too weak"}},
    {MTL_REASON_MALFORMED, true, {"error:1100009E:X509 V3 routines::invalid certificate"}},
    {MTL_REASON_KEY_MISMATCH, true, {"error:05800074:x509 certificate routines::key values mismatch"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {"error:0A0000F7:SSL routines::unknown certificate type"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {NO_FIT}},
    {MTL_REASON_NO_CERTIFICATE, false, {NO_FIT}},
};

enum {
    SIGNING_KEYS =
        BIT(MTL_KEY_RSA) | BIT(MTL_KEY_RSA_PSS) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448),
    /*
     * t1_lib.c: the curves of TLS 1.3's signature schemes; the same ones are in the default list of groups. Parameters
     * that are spelled out are taken to be those of one of them, as libcrypto finds out.
     */
    SIGNING_CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521) | BIT(MTL_CURVE_EXPLICIT),
};

/* ssl_lib.c ssl_set_masks(), statem_lib.c is_tls13_capable() */
static const struct mtl_stack_signing client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = SIGNING_KEYS | BIT(MTL_KEY_DSA), .curves = SIGNING_CURVES},
    [MTL_TLS13] = {.keys = SIGNING_KEYS, .curves = SIGNING_CURVES},
};
static const struct mtl_stack_signing server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] =
        {
            .keys = SIGNING_KEYS,
            .curves = SIGNING_CURVES,
            .need_digital_signature = BIT(MTL_KEY_EC),
            .peer_needs_digital_signature = BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448),
        },
    [MTL_TLS13] = {.keys = SIGNING_KEYS, .curves = SIGNING_CURVES},
};

const struct mtl_stack stack_openssl_3_0 = {
    .id = "openssl-3.0",
    .title = "OpenSSL 3.0 (libssl)",
    .versions = "3.0.22", /* 3.0.20 judges CRLs differently: a delta CRL alone, for one */
    .evidence = MTL_EVIDENCE_RECORDED,
    .policy =
        {
            .search = MTL_SEARCH_FIRST_ISSUER,
            .anchor_must_be_self_signed = true,
            .key_ids_are_binding = true,
            .malformed_never_issue = true,
            .honours_aux_trust = true,
            .default_depth = 100,
            .expires_at_not_after = true,
            .understood_extensions =
                BIT(MTL_EXT_NETSCAPE_CERT_TYPE) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_SUBJECT_ALT_NAME) |
                BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_CERTIFICATE_POLICIES) |
                BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_IP_ADDR_BLOCKS) |
                BIT(MTL_EXT_AUTONOMOUS_SYS) | BIT(MTL_EXT_OCSP_NO_CHECK) | BIT(MTL_EXT_POLICY_CONSTRAINTS) |
                BIT(MTL_EXT_PROXY_CERT_INFO) | BIT(MTL_EXT_NAME_CONSTRAINTS) | BIT(MTL_EXT_POLICY_MAPPINGS) |
                BIT(MTL_EXT_INHIBIT_ANY_POLICY),
            .ca_by_key_usage_alone = true,
            .self_issued_are_exempt_from_path_length = true,
            .nested_eku = true,
            .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH,
                    [MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_MS_SGC | MTL_EKU_NS_SGC},
            .key_usage = {[MTL_CLIENT] = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_AGREEMENT,
                          [MTL_SERVER] = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_ENCIPHERMENT | MTL_KU_KEY_AGREEMENT},
            .netscape_cert_type = {[MTL_CLIENT] = MTL_NS_SSL_CLIENT, [MTL_SERVER] = MTL_NS_SSL_SERVER},
            .security_bits = 112,
            .revocation = MTL_REVOCATION_CHAIN,
            .names = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_PARTIAL},
            .constraints = {.common_name_as_dns = true, .directory_names = true},
            .phases = phases,
            .phase_count = sizeof(phases) / sizeof(phases[0]),
        },
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"verify error:num={code}:{text} (depth {depth})",
                               "error:0A000086:SSL routines::certificate verify failed"},
            .rejects_client = {"verify error:num={code}:{text} (depth {depth})",
                               "error:0A000086:SSL routines::certificate verify failed"},
            .no_certificate = {"error:0A0000C7:SSL routines::peer did not return a certificate"},
            .alert_line = "error:{number}:SSL routines::{alert}",
            .too_large = "error:0A000098:SSL routines::excessive message size",
            .wrong_curve = "error:0A00017A:SSL routines::wrong curve",
            .not_for_signing = {"error:0A00013E:SSL routines::ecc cert not for signing",
                                "error:0A000130:SSL routines::bad ecc cert"},
        },
    .alert_words = alert_words,
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .completes_chain_from_own_trust = true,
    .skips_trusted_blocks_in_chains = true, /* ssl_rsa.c use_certificate_chain_file() */
    .reads_only_pem = true,
    .refuses_own_weak_certificate = true,
    .refuses_own_malformed_leaf = true,
    .reads_only_hashed_directories = true,
    .hash_command = "openssl rehash",
    .refuses_own_undecodable_files = true,
    .loadable_keys = SIGNING_KEYS | BIT(MTL_KEY_DSA),
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},
    .undecodable_alert = {[MTL_CLIENT] = 42, [MTL_SERVER] = 50},
    .no_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 116},
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 70},
    .wrong_curve_alert = {[MTL_TLS12] = 47},
    .not_for_signing_alert = 40,
    .own_chain_weak_alert = 80,
    .largest_certificate_message = 100 * 1024, /* SSL_MAX_CERT_LIST_DEFAULT */
    .too_large_alert = 47,
};

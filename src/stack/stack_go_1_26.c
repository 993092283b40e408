/*
 * Go 1.26, crypto/tls on both sides as an ordinary application sets it up: Config.RootCAs and ServerName in a client,
 * Config.ClientCAs with RequireAndVerifyClientCert in a server, LoadX509KeyPair for the own files.
 *
 * Does not cover: certificate policies, the limit of 100 signatures, the system verifiers of macOS and Windows, own
 * callbacks, FIPS mode, GODEBUG. There are no CRLs.
 * Sources: recordings; crypto/x509 verify.go, x509.go, parser.go, constraints.go; crypto/tls handshake_server.go,
 * handshake_client.go, auth.go. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/stack.h"

#define BIT(number) (1U << (number))

/* Verify(): the leaf and its name first, then each issuer as it is found, then what only a whole chain can show. */
static const enum mtl_step leaf[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_IDENTITY, MTL_STEP_END,
};
/* CheckSignatureFrom(): who fails it "is not the issuer", whatever the reason. */
static const enum mtl_step signer[] = {
    MTL_STEP_IS_CA, MTL_STEP_KEY_CERT_SIGN, MTL_STEP_DIGEST_STRENGTH, MTL_STEP_SIGNATURE, MTL_STEP_END,
};
/* isValid() */
static const enum mtl_step issuer[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_VERSION,
    MTL_STEP_PATH_LENGTH,         MTL_STEP_END,
};
static const enum mtl_step purposes[] = {MTL_STEP_PURPOSE, MTL_STEP_END};
static const enum mtl_step name_constraints[] = {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf},
    {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_CANDIDATE, .steps = signer},
    {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_EXTENSION, .steps = issuer},
    {.direction = MTL_LEAF_TO_ROOT, .steps = purposes},
    {.direction = MTL_LEAF_TO_ROOT, .steps = name_constraints},
};

/* A client says bad_certificate whatever it is; a server tells an unknown authority and dates apart. */
#define ALERTS(of_server)                                                                                              \
    {                                                                                                                  \
        [MTL_CLIENT] = {42, 42}, [MTL_SERVER] = { of_server, of_server }                                               \
    }
#define UNREADABLE                                                                                                     \
    {                                                                                                                  \
        {50, 50},                                                                                                      \
        {                                                                                                              \
            50, 50                                                                                                     \
        }                                                                                                              \
    }
#define NAME "UnknownAuthorityError"
#define UNKNOWN "x509: certificate signed by unknown authority"
#define INVALID "CertificateInvalidError"
#define EXPIRED "x509: certificate has expired or is not yet valid: current time "
#define CONSTRAINT "x509: a root or intermediate certificate is not authorized to sign for this name: "

static const struct mtl_stack_reason reasons[] = {
    {MTL_REASON_NO_ISSUER, 0, NAME, UNKNOWN, ALERTS(48)},
    {MTL_REASON_SELF_SIGNED_LEAF, 0, NAME, UNKNOWN, ALERTS(48)},
    {MTL_REASON_SELF_SIGNED_IN_CHAIN, 0, NAME, UNKNOWN, ALERTS(48)},
    {MTL_REASON_CRITICAL_EXTENSION, 0, "UnhandledCriticalExtension", "x509: unhandled critical extension", ALERTS(42)},
    {MTL_REASON_OLD_VERSION, 0, INVALID, "x509: certificate is not authorized to sign other certificates", ALERTS(42)},
    {MTL_REASON_PATH_LENGTH, 0, INVALID, "x509: too many intermediates for path length constraint", ALERTS(42)},
    {MTL_REASON_PURPOSE, 0, INVALID, "x509: certificate specifies an incompatible key usage", ALERTS(42)},
    {MTL_REASON_NOT_YET_VALID, 0, INVALID, EXPIRED, ALERTS(45)},
    {MTL_REASON_EXPIRED, 0, INVALID, EXPIRED, ALERTS(45)},
    {MTL_REASON_NAME_MISMATCH, 0, "HostnameError", "x509: certificate ", ALERTS(42)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, "HostnameError", "x509: c", ALERTS(42)},
    {MTL_REASON_CONSTRAINT_PERMITTED, 0, INVALID, CONSTRAINT, ALERTS(42)},
    {MTL_REASON_CONSTRAINT_EXCLUDED, 0, INVALID, CONSTRAINT, ALERTS(42)},
    {MTL_REASON_CONSTRAINT_NAME_SYNTAX, 0, INVALID, CONSTRAINT, ALERTS(42)},
    {MTL_REASON_MALFORMED, 0, NULL, "x509: invalid ", UNREADABLE},
    {MTL_REASON_CONSTRAINT_SYNTAX, 0, NULL, "x509: IP constraint contained ", UNREADABLE},
    {MTL_REASON_DUPLICATE_EXTENSION, 0, NULL, "x509: certificate contains duplicate extension with OID ", UNREADABLE},
    {MTL_REASON_ALGORITHMS_DIFFER, 0, NULL, "x509: inner and outer signature algorithm identifiers don't match",
     UNREADABLE},
    {MTL_REASON_EXPLICIT_CURVE, 0, NULL, "x509: invalid ECDSA parameters", UNREADABLE},
    {MTL_REASON_UNKNOWN_CURVE, 0, NULL, "x509: unsupported elliptic curve", UNREADABLE},
};

/* crypto/tls alert.go */
static const struct mtl_stack_alert_words alert_words[] = {
    {40, "handshake failure", 0},
    {42, "bad certificate", 0},
    {43, "unsupported certificate", 0},
    {44, "revoked certificate", 0},
    {45, "expired certificate", 0},
    {46, "unknown certificate", 0},
    {47, "illegal parameter", 0},
    {48, "unknown certificate authority", 0},
    {49, "access denied", 0},
    {50, "error decoding message", 0},
    {51, "error decrypting message", 0},
    {70, "protocol version not supported", 0},
    {71, "insufficient security level", 0},
    {80, "internal error", 0},
    {112, "unrecognized name", 0},
    {116, "certificate required", 0},
};

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_MALFORMED, true, {"x509: invalid "}},
    {MTL_REASON_CONSTRAINT_SYNTAX, true, {"x509: IP constraint contained "}},
    {MTL_REASON_DUPLICATE_EXTENSION, true, {"x509: certificate contains duplicate extension with OID "}},
    {MTL_REASON_ALGORITHMS_DIFFER, true, {"x509: inner and outer signature algorithm identifiers don't match"}},
    {MTL_REASON_EXPLICIT_CURVE, true, {"x509: invalid ECDSA parameters"}},
    {MTL_REASON_UNKNOWN_CURVE, true, {"x509: unsupported elliptic curve"}},
    {MTL_REASON_KEY_MISMATCH, true, {"tls: private key does not match public key"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {"tls: failed to parse private key"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {[MTL_TLS13] = "tls: unsupported certificate curve"}},
    {MTL_REASON_NO_CERTIFICATE, false, {"tls: no certificates configured", "tls: no certificates configured"}},
};

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519),
    /* processExtensions(); an empty keyUsage, malformed to others, is one that asks for nothing */
    PARSED_EXTENSIONS =
        BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_SUBJECT_ALT_NAME) | BIT(MTL_EXT_NAME_CONSTRAINTS) |
        BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS) | BIT(MTL_EXT_AUTHORITY_KEY_ID) | BIT(MTL_EXT_SUBJECT_KEY_ID) |
        BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_CERTIFICATE_POLICIES) |
        BIT(MTL_EXT_POLICY_MAPPINGS) | BIT(MTL_EXT_INHIBIT_ANY_POLICY) | BIT(MTL_EXT_AUTHORITY_INFO_ACCESS),
    NEVER_CRITICAL = BIT(MTL_EXT_AUTHORITY_KEY_ID) | BIT(MTL_EXT_SUBJECT_KEY_ID) | BIT(MTL_EXT_AUTHORITY_INFO_ACCESS),
    SCHEME_CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
};

static const struct mtl_stack_signing client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS, .curves = SCHEME_CURVES},
    [MTL_TLS13] = {.keys = KEYS, .curves = SCHEME_CURVES},
};
static const struct mtl_stack_signing server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] =
        {
            .keys = KEYS,
            .curves = SCHEME_CURVES | BIT(MTL_CURVE_P224),
            .peer_needs_digital_signature = BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519),
        },
    [MTL_TLS13] = {.keys = KEYS, .curves = SCHEME_CURVES},
};

#define FOREIGN(owner)                                                                                                 \
    {                                                                                                                  \
        "tls: invalid signature by the " owner " certificate", "tls: invalid signature by the " owner " certificate"   \
    }
static const struct mtl_stack_proof proof = {
    .alert = {[MTL_CLIENT] = {47, 51}, [MTL_SERVER] = {51, 51}},
    .line = {[MTL_CLIENT] = FOREIGN("server"), [MTL_SERVER] = FOREIGN("client")},
};

const struct mtl_stack stack_go_1_26 = {
    .id = "go-1.26",
    .title = "Go 1.26 (crypto/tls)",
    .versions = "1.26.8",
    .evidence = MTL_EVIDENCE_RECORDED,
    .policy =
        {
            .search = MTL_SEARCH_BACKTRACK,
            .judges_while_building = true,
            .names_are_compared_as_bytes = true,
            .default_depth = 100,
            .understood_extensions = BIT(MTL_EXT_KEY_USAGE) | (PARSED_EXTENSIONS & ~NEVER_CRITICAL),
            .old_versions_may_issue = true,
            .nested_eku = true,
            .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH | MTL_EKU_ANY, [MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_ANY},
            .signature_digests =
                BIT(MTL_DIGEST_NONE) | BIT(MTL_DIGEST_SHA256) | BIT(MTL_DIGEST_SHA384) | BIT(MTL_DIGEST_SHA512),
            .signature_keys = KEYS | BIT(MTL_KEY_RSA_PSS),
            .names = {.common_name = MTL_CN_NEVER, .wildcards = MTL_WILDCARD_SHORT},
            .constraints = {.only_alt_names = true,
                            .ranges_are_ignored = true,
                            .known_types = BIT(MTL_GN_DNS) | BIT(MTL_GN_EMAIL) | BIT(MTL_GN_URI) | BIT(MTL_GN_IP)},
            .phases = phases,
            .phase_count = sizeof(phases) / sizeof(phases[0]),
        },
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"tls: failed to verify certificate: {text}"},
            .rejects_client = {"tls: failed to verify certificate: {text}"},
            .no_certificate = {"tls: client didn't provide a certificate"},
            .alert_line = "remote error: tls: {alert}",
            .unreadable = {[MTL_CLIENT] = "tls: failed to parse certificate from server: {text}",
                           [MTL_SERVER] = "tls: failed to parse client certificate: {text}"},
        },
    .alert_words = alert_words,
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .heeds_ca_names = true,
    .reading = {.malformed_extensions = PARSED_EXTENSIONS,
                .refuses_odd_constraints = true,
                .refuses_duplicate_extensions = true,
                .refuses_differing_algorithms = true,
                .curves = SCHEME_CURVES | BIT(MTL_CURVE_P224)},
    .trusts_only_plain_certificates = true,
    .refuses_empty_trust = true,
    .accepted_keys = KEYS,
    .proof = &proof,
    .loadable_keys = KEYS,
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},
    .undecodable_alert = {[MTL_CLIENT] = 50, [MTL_SERVER] = 50},
    .no_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 116},
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 40},
    .no_own_certificate_alert = {[MTL_TLS12] = 112, [MTL_TLS13] = 112},
};

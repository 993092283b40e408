/*
 * What the releases of Go's crypto/tls and crypto/x509 share: how paths are found and judged, what the parser refuses.
 *
 * A row is one release as an ordinary application sets it up: Config.RootCAs and ServerName in a client,
 * Config.ClientCAs with RequireAndVerifyClientCert in a server, LoadX509KeyPair for the own files. It does not cover
 * callbacks, FIPS mode, the system verifiers of macOS and Windows, the limit of 100 signatures. There are no CRLs.
 * Every table that is defined here is private to the file that includes it.
 *
 * Sources: crypto/x509 verify.go, x509.go, parser.go, constraints.go; crypto/tls handshake_server.go,
 * handshake_client.go, auth.go, alert.go; of 1.19.8 and 1.26.8. What changed between them, by release: 1.20
 * CertificateVerificationError ("tls: failed to verify certificate"); 1.21 a server's alerts tell reasons apart, RSA
 * keys above 8192 bits are refused (also 1.19.12, 1.20.7); 1.23 negative serial numbers are refused; 1.24 RSA keys
 * below 1024 bits, critical key identifiers; policies are validated. SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_STACK_GO_FAMILY_H
#define MTL_STACK_GO_FAMILY_H

#include "stack/stack.h"

#define BIT(number) (1U << (number))
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Verify(): the leaf and its name first, then each issuer as it is found, then what only a whole chain can show. */
static const enum mtl_step leaf[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_IDENTITY, MTL_STEP_END,
};
/* CheckSignatureFrom(): who fails it "is not the issuer", whatever the reason. */
static const enum mtl_step signer[] = {
    MTL_STEP_IS_CA, MTL_STEP_KEY_CERT_SIGN, MTL_STEP_DIGEST_STRENGTH, MTL_STEP_SIGNATURE, MTL_STEP_END,
};
static const enum mtl_step purposes[] = {MTL_STEP_PURPOSE, MTL_STEP_END};

/* Always bad_certificate, from a client; a server's alert depends on the reason since 1.21. */
#define GO_ALERTS(of_server)                                                                                           \
    {                                                                                                                  \
        [MTL_CLIENT] = {42, 42}, [MTL_SERVER] = { of_server, of_server }                                               \
    }
#define BOTH(alert)                                                                                                    \
    {                                                                                                                  \
        {alert, alert},                                                                                                \
        {                                                                                                              \
            alert, alert                                                                                               \
        }                                                                                                              \
    }
#define NAME "UnknownAuthorityError"
#define UNKNOWN "x509: certificate signed by unknown authority"
#define INVALID "CertificateInvalidError"
#define EXPIRED "x509: certificate has expired or is not yet valid: current time "
#define CONSTRAINT "x509: a root or intermediate certificate is not authorized to sign for this name: "

/* All reasons, given the alerts of a server for an unknown issuer and for dates, and of both for what is not DER. */
#define GO_REASONS(unknown_ca, expired, undecodable)                                                                   \
    {MTL_REASON_NO_ISSUER, 0, NAME, UNKNOWN, GO_ALERTS(unknown_ca)},                                                   \
        {MTL_REASON_SELF_SIGNED_LEAF, 0, NAME, UNKNOWN, GO_ALERTS(unknown_ca)},                                        \
        {MTL_REASON_SELF_SIGNED_IN_CHAIN, 0, NAME, UNKNOWN, GO_ALERTS(unknown_ca)},                                    \
        {MTL_REASON_CRITICAL_EXTENSION, 0, "UnhandledCriticalExtension", "x509: unhandled critical extension",         \
         GO_ALERTS(42)},                                                                                               \
        {MTL_REASON_OLD_VERSION, 0, INVALID, "x509: certificate is not authorized to sign other certificates",         \
         GO_ALERTS(42)},                                                                                               \
        {MTL_REASON_PATH_LENGTH, 0, INVALID, "x509: too many intermediates for path length constraint",                \
         GO_ALERTS(42)},                                                                                               \
        {MTL_REASON_PURPOSE, 0, INVALID, "x509: certificate specifies an incompatible key usage", GO_ALERTS(42)},      \
        {MTL_REASON_NOT_YET_VALID, 0, INVALID, EXPIRED, GO_ALERTS(expired)},                                           \
        {MTL_REASON_EXPIRED, 0, INVALID, EXPIRED, GO_ALERTS(expired)},                                                 \
        {MTL_REASON_NAME_MISMATCH, 0, "HostnameError", "x509: certificate ", GO_ALERTS(42)},                           \
        {MTL_REASON_ADDRESS_MISMATCH, 0, "HostnameError", "x509: c", GO_ALERTS(42)},                                   \
        {MTL_REASON_CONSTRAINT_PERMITTED, 0, INVALID, CONSTRAINT, GO_ALERTS(42)},                                      \
        {MTL_REASON_CONSTRAINT_EXCLUDED, 0, INVALID, CONSTRAINT, GO_ALERTS(42)},                                       \
        {MTL_REASON_CONSTRAINT_NAME_SYNTAX, 0, INVALID, CONSTRAINT, GO_ALERTS(42)},                                    \
        {MTL_REASON_MALFORMED, 0, NULL, "x509: ", BOTH(undecodable)},                                                  \
        {MTL_REASON_CONSTRAINT_SYNTAX, 0, NULL, "x509: IP constraint contained ", BOTH(undecodable)},                  \
        {MTL_REASON_DUPLICATE_EXTENSION, 0, NULL, "x509: certificate contains duplicate extension",                    \
         BOTH(undecodable)},                                                                                           \
        {MTL_REASON_ALGORITHMS_DIFFER, 0, NULL, "x509: inner and outer signature algorithm identifiers don't match",   \
         BOTH(undecodable)},                                                                                           \
        {MTL_REASON_EXPLICIT_CURVE, 0, NULL, "x509: invalid ECDSA parameters", BOTH(undecodable)},                     \
        {MTL_REASON_UNKNOWN_CURVE, 0, NULL, "x509: unsupported elliptic curve", BOTH(undecodable)},

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
    {MTL_REASON_MALFORMED, true, {"{text}"}},
    {MTL_REASON_CONSTRAINT_SYNTAX, true, {"x509: IP constraint contained "}},
    {MTL_REASON_DUPLICATE_EXTENSION, true, {"x509: certificate contains duplicate extension"}},
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
    SCHEME_CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
    /* processExtensions(): those that are not looked at fail when they are critical */
    UNDERSTOOD = BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_SUBJECT_ALT_NAME) |
                 BIT(MTL_EXT_NAME_CONSTRAINTS) | BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS) | BIT(MTL_EXT_AUTHORITY_KEY_ID) |
                 BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_SUBJECT_KEY_ID) | BIT(MTL_EXT_CERTIFICATE_POLICIES) |
                 BIT(MTL_EXT_AUTHORITY_INFO_ACCESS),
};

/* parser.go: what it refuses, in its words. An empty keyUsage, which is malformed to others, is fine. */
#define GO_REFUSALS                                                                                                    \
    {MTL_ODD_VERSION, 0, "x509: invalid version", NULL},                                                               \
        {MTL_ODD_ATTRIBUTE_ARC, 0, "x509: invalid RDNSequence: invalid attribute type", NULL},                         \
        {MTL_ODD_PRINTABLE_STRING, 0, "x509: invalid RDNSequence: invalid attribute value: invalid PrintableString",   \
         NULL},                                                                                                        \
        {MTL_ODD_IA5_STRING, 0, "x509: invalid RDNSequence: invalid attribute value: invalid IA5String", NULL},        \
        {MTL_ODD_NUMERIC_STRING, 0, "x509: invalid RDNSequence: invalid attribute value: invalid NumericString",       \
         NULL},                                                                                                        \
        {MTL_ODD_STRING_TYPE, 0,                                                                                       \
         "x509: invalid RDNSequence: invalid attribute value: unsupported string type: ", NULL},                       \
        {MTL_ODD_RSA_PARAMETERS, 0, "x509: RSA key missing NULL parameters", NULL},                                    \
        {MTL_ODD_RSA_KEY, 0, "x509: invalid RSA ", NULL},                                                              \
        {MTL_ODD_RSA_SIGN, 0, "x509: RSA modulus is not a positive number", NULL},                                     \
        {MTL_ODD_DSA_PARAMETERS, 0, "x509: invalid DSA parameters", NULL},                                             \
        {MTL_ODD_ED25519_PARAMETERS, 0, "x509: Ed25519 key encoded with illegal parameters", NULL},                    \
        {MTL_ODD_ED25519_SIZE, 0, "x509: wrong Ed25519 public key size", NULL},                                        \
        {MTL_ODD_EXTENSION_ARC, 0, "x509: malformed extension OID field", NULL},                                       \
        {MTL_ODD_CRITICAL_FLAG, 0, "x509: malformed extension critical field", NULL},                                  \
        {MTL_ODD_PURPOSE_ARC, 0, "x509: invalid extended key usages", NULL},                                           \
        {MTL_ODD_IN_PART, MTL_EXT_KEY_USAGE, "x509: invalid key usage", NULL},                                         \
        {MTL_ODD_IN_PART, MTL_EXT_SUBJECT_ALT_NAME, "x509: invalid subject alternative name", NULL},                   \
        {MTL_ODD_IN_PART, MTL_EXT_NAME_CONSTRAINTS, "x509: invalid NameConstraints extension", NULL},                  \
        {MTL_ODD_IN_PART, MTL_EXT_CRL_DISTRIBUTION_POINTS, "x509: invalid CRL distribution point", NULL},              \
        {MTL_ODD_IN_PART, MTL_EXT_AUTHORITY_KEY_ID, "x509: invalid authority key identifier", NULL},                   \
        {MTL_ODD_IN_PART, MTL_EXT_SUBJECT_KEY_ID, "x509: invalid subject key identifier", NULL},                       \
        {MTL_ODD_IN_PART, MTL_EXT_EXTENDED_KEY_USAGE, "x509: invalid extended key usages", NULL},                      \
        {MTL_ODD_IN_PART, MTL_EXT_CERTIFICATE_POLICIES, "x509: invalid certificate policies", NULL},                   \
        {MTL_ODD_IN_PART, MTL_EXT_AUTHORITY_INFO_ACCESS, "x509: invalid authority info access", NULL},                 \
        {MTL_ODD_ALT_NAME_TEXT, MTL_GN_DNS, "x509: SAN dNSName is malformed", NULL},                                   \
        {MTL_ODD_ALT_NAME_TEXT, MTL_GN_EMAIL, "x509: SAN rfc822Name is malformed", NULL},                              \
        {MTL_ODD_ALT_NAME_TEXT, MTL_GN_URI, "x509: SAN uniformResourceIdentifier is malformed", NULL},                 \
        {MTL_ODD_ALT_NAME_SIZE, MTL_GN_IP, "x509: cannot parse IP address of length ", NULL},                          \
        {MTL_ODD_CONSTRAINT_NONE, 0, "x509: empty name constraints extension", NULL},                                  \
        {MTL_ODD_CONSTRAINT_TEXT, MTL_GN_DNS, "x509: invalid constraint value: ", NULL},                               \
        {MTL_ODD_CONSTRAINT_DOMAIN, MTL_GN_DNS, "x509: failed to parse dnsName constraint ", NULL},                    \
        {MTL_ODD_CONSTRAINT_TEXT, MTL_GN_EMAIL, "x509: invalid constraint value: ", NULL},                             \
        {MTL_ODD_CONSTRAINT_DOMAIN, MTL_GN_EMAIL, "x509: failed to parse rfc822Name constraint ", NULL},               \
        {MTL_ODD_CONSTRAINT_MAILBOX, MTL_GN_EMAIL, "x509: failed to parse rfc822Name constraint ", NULL},              \
        {MTL_ODD_IN_PART, MTL_EXT_BASIC_CONSTRAINTS, "x509: invalid basic constraints", NULL},                         \
        {MTL_ODD_CONSTRAINT_TEXT, MTL_GN_URI, "x509: invalid constraint value: ", NULL},                               \
        {MTL_ODD_CONSTRAINT_DOMAIN, MTL_GN_URI, "x509: failed to parse URI constraint ", NULL},                        \
    {                                                                                                                  \
        MTL_ODD_CONSTRAINT_MASK, MTL_GN_IP, "x509: IP constraint contained invalid mask ", NULL                        \
    }

#define LAX "an extension is malformed in a part that may not be looked at"
#define ODD_BASE "it constrains names to a quoted mailbox, an address or a dot"
/* What is not known of it. */
#define GO_DOUBTS                                                                                                      \
    {MTL_ODD_RSA_NUMBERS, 0, NULL, "its RSA key has a modulus or an exponent that is unusual"},                        \
        {MTL_ODD_VALUE, MTL_EXT_BASIC_CONSTRAINTS, NULL, LAX}, {MTL_ODD_VALUE, MTL_EXT_SUBJECT_ALT_NAME, NULL, LAX},   \
        {MTL_ODD_VALUE, MTL_EXT_NAME_CONSTRAINTS, NULL, LAX},                                                          \
        {MTL_ODD_ALT_NAME_URI, MTL_GN_URI, NULL, "its URI may not be one to Go"},                                      \
        {MTL_ODD_CONSTRAINT_OTHER, MTL_GN_DNS, NULL, ODD_BASE},                                                        \
        {MTL_ODD_CONSTRAINT_OTHER, MTL_GN_EMAIL, NULL, ODD_BASE},                                                      \
    {                                                                                                                  \
        MTL_ODD_CONSTRAINT_OTHER, MTL_GN_URI, NULL, ODD_BASE                                                           \
    }

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
#define GO_PROOF_LINES .line = {[MTL_CLIENT] = FOREIGN("server"), [MTL_SERVER] = FOREIGN("client")}

/* All of struct mtl_policy but the critical extensions that are understood, policies and the phases. */
#define GO_POLICY                                                                                                      \
    .search = MTL_SEARCH_BACKTRACK, .judges_while_building = true, .names_are_compared_as_bytes = true,                \
    .default_depth = MTL_NO_DEPTH_LIMIT, .circles_have_same_alt_names = true, .old_versions_may_issue = true,          \
    .empty_usages_ask_for_nothing = true, .nested_eku = true,                                                          \
    .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH | MTL_EKU_ANY, [MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_ANY},       \
    .signature_digests =                                                                                               \
        BIT(MTL_DIGEST_NONE) | BIT(MTL_DIGEST_SHA256) | BIT(MTL_DIGEST_SHA384) | BIT(MTL_DIGEST_SHA512),               \
    .signature_keys = KEYS | BIT(MTL_KEY_RSA_PSS),                                                                     \
    .names = {.common_name = MTL_CN_NEVER,                                                                             \
              .wildcards = MTL_WILDCARD_OF_HOSTS,                                                                      \
              .mapped_addresses_match = true,                                                                          \
              .strict_addresses = true},                                                                               \
    .verifying_keys = KEYS, .self_issued_are_constrained = true,                                                       \
    .constraints = {.by_domain = true,                                                                                 \
                    .known_types = BIT(MTL_GN_DNS) | BIT(MTL_GN_EMAIL) | BIT(MTL_GN_URI) | BIT(MTL_GN_IP)},            \
    .phases = phases, .phase_count = COUNT(phases)

/* What a row has besides its policy, reasons, oddities, words of rejection and alerts. */
#define GO_ENDPOINT                                                                                                    \
    .alert_words = alert_words, .alert_word_count = COUNT(alert_words), .own_words = own_words,                        \
    .own_word_count = COUNT(own_words), .heeds_ca_names = true, .trusts_only_plain_certificates = true,                \
    .refuses_empty_trust = true, .accepted_keys = KEYS, .proof = &proof, .loadable_keys = KEYS,                        \
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},                                         \
    .no_own_certificate_alert = {[MTL_TLS12] = 112, [MTL_TLS13] = 112},                                                \
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 40}, .ignores_offered_curves = true,                 \
    .strips_final_dot = true, .most_ca_names = 65535
#define GO_READING                                                                                                     \
    .refuses_odd_constraints = true, .refuses_duplicate_extensions = true, .refuses_differing_algorithms = true,       \
    .old_have_no_extensions = true, .curves = SCHEME_CURVES | BIT(MTL_CURVE_P224), .oddities = oddities,               \
    .oddity_count = COUNT(oddities)
#define GO_WORDS                                                                                                       \
    .no_certificate = {"tls: client didn't provide a certificate"}, .alert_line = "remote error: tls: {alert}",        \
    .unreadable = {[MTL_CLIENT] = "tls: failed to parse certificate from server: {text}",                              \
                   [MTL_SERVER] = "tls: failed to parse client certificate: {text}"}

#endif

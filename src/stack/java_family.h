/*
 * What the releases of Java's JSSE share: SunJSSE over the PKIX trust manager, the key store's demands on own files,
 * reasons and their texts, and with what it signs.
 *
 * A row defines before it includes this: JAVA_TLS13(alert), a client's alert in TLS 1.3 where it has that in TLS 1.2;
 * JAVA_WEAK_DIGEST, how a forbidden digest is called;
 * JAVA_TRIPS, what the JDK says of an index too far, and JAVA_TRIP_ALERT, the alert before that; JAVA_EARLY_STEPS
 * and JAVA_LATE_STEPS, where AlgorithmChecker asks for the bits of keyUsage; JAVA_SAYS(text), a message as an exception
 * carries it. Every table that is defined here is private to the file that includes it. Sources, 17.0.19 and 25.0.3:
 * sun.security.validator PKIXValidator, EndEntityChecker; sun.security.provider.certpath PKIXCertPathValidator,
 * AlgorithmChecker, KeyChecker, ConstraintsChecker, PolicyChecker, BasicChecker, RevocationChecker, SunCertPathBuilder,
 * ForwardBuilder; sun.security.x509 CertificateExtensions, NameConstraintsExtension; sun.security.util HostnameChecker;
 * sun.security.ssl CertificateMessage, CertificateVerify, SunX509KeyManagerImpl; conf/security/java.security.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_STACK_JAVA_FAMILY_H
#define MTL_STACK_JAVA_FAMILY_H

#include "stack/stack.h"

#define BIT(number) (1U << (number))

/* PKIXMasterCertPathValidator: all checkers on one certificate before the next one down. */
static const enum mtl_step checkers[] = {
    MTL_STEP_DIGEST_STRENGTH, JAVA_EARLY_STEPS,
    MTL_STEP_OWN_CERT_SIGN,   MTL_STEP_IS_CA,
    MTL_STEP_PATH_LENGTH,     MTL_STEP_NAME_CONSTRAINTS,
    MTL_STEP_POLICIES,        MTL_STEP_NOT_BEFORE,
    MTL_STEP_NOT_AFTER,       MTL_STEP_ISSUER_KEY_SUPPORTED,
    MTL_STEP_SIGNATURE,       MTL_STEP_REVOCATION,
    JAVA_LATE_STEPS,          MTL_STEP_END,
};
static const enum mtl_step anchor[] = {MTL_STEP_ANCHOR, MTL_STEP_END};
static const enum mtl_step purposes[] = {MTL_STEP_PURPOSE, MTL_STEP_END};
static const enum mtl_step identity[] = {MTL_STEP_IDENTITY, MTL_STEP_END};

static const struct mtl_phase java_phases[] = {
    {.direction = MTL_ROOT_TO_LEAF, .presented_only = true, .steps = checkers},
    {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_FOUND, .steps = anchor},
    {.direction = MTL_LEAF_ONLY, .presented_only = true, .scope = MTL_SCOPE_FOUND, .steps = purposes},
    {.direction = MTL_LEAF_ONLY, .scope = MTL_SCOPE_FOUND, .steps = identity},
};

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_RSA_PSS) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448),
    CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
    PARSED_EXTENSIONS = BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_SUBJECT_ALT_NAME) |
                        BIT(MTL_EXT_ISSUER_ALT_NAME) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_NAME_CONSTRAINTS) |
                        BIT(MTL_EXT_CERTIFICATE_POLICIES) | BIT(MTL_EXT_POLICY_MAPPINGS) |
                        BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_INHIBIT_ANY_POLICY) |
                        BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS) | BIT(MTL_EXT_FRESHEST_CRL) |
                        BIT(MTL_EXT_AUTHORITY_INFO_ACCESS) | BIT(MTL_EXT_AUTHORITY_KEY_ID) |
                        BIT(MTL_EXT_SUBJECT_KEY_ID) | BIT(MTL_EXT_NETSCAPE_CERT_TYPE),
};

/* All of struct mtl_policy but the matching of names and what a leaf's extensions must decode for. */
#define JAVA_POLICY                                                                                                    \
    .search = MTL_SEARCH_AS_SENT, .odd_strings_in_names_count = true, .default_depth = 5,                              \
    .anchors_do_not_constrain = true, .malformed_is_absent = true,                                                     \
    .understood_extensions = BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_NAME_CONSTRAINTS) |                          \
                             BIT(MTL_EXT_CERTIFICATE_POLICIES) | BIT(MTL_EXT_POLICY_MAPPINGS) |                        \
                             BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_INHIBIT_ANY_POLICY) |                       \
                             BIT(MTL_EXT_SUBJECT_ALT_NAME) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_EXTENDED_KEY_USAGE), \
    .old_self_issued_below_anchors_issue = true, .search_wants_valid_anchors = true,                                   \
    .self_issued_are_exempt_from_path_length = true, .path_length_blames_below = true, .tells_purposes_apart = true,   \
    .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH | MTL_EKU_ANY,                                                          \
            [MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_MS_SGC | MTL_EKU_NS_SGC | MTL_EKU_ANY},                       \
    .key_usage = {[MTL_CLIENT] = MTL_KU_DIGITAL_SIGNATURE, [MTL_SERVER] = MTL_KU_DIGITAL_SIGNATURE},                   \
    .netscape_cert_type = {[MTL_CLIENT] = MTL_NS_SSL_CLIENT, [MTL_SERVER] = MTL_NS_SSL_SERVER}, .rsa_bits = {1024, 0}, \
    .verifying_curves = ~BIT(MTL_CURVE_P192), .crls_are_approved = true, .crl_skew_seconds = 15 * 60,                  \
    .policies = {.demands_once_mapped = true,                                                                          \
                 .self_issued_leaf_is_free = true,                                                                     \
                 .uncritical_inhibits_not = true,                                                                      \
                 .qualified_critical_fail = true,                                                                      \
                 .any_mapping = MTL_ANY_MAPPING_FAILS_WHILE_VALID},                                                    \
    .signature_digests = ~(BIT(MTL_DIGEST_MD2) | BIT(MTL_DIGEST_MD4) | BIT(MTL_DIGEST_MD5)),                           \
    .signature_curves = CURVES, .revocation = MTL_REVOCATION_CHAIN,                                                    \
    .constraints = {.common_name_as_dns = true,                                                                        \
                    .common_name_of_cas = true,                                                                        \
                    .alt_names_hide_subject_email = true,                                                              \
                    .trips_over_empty_domains = true,                                                                  \
                    .unsound_names_spoil_all = true,                                                                   \
                    .equal_only_types = BIT(MTL_GN_REGISTERED_ID),                                                     \
                    .directory_names = true,                                                                           \
                    .any_text_is_mailbox = true,                                                                       \
                    .any_range_fails = true},                                                                          \
    .phases = java_phases, .phase_count = sizeof(java_phases) / sizeof(java_phases[0])
#define JAVA_NAMES                                                                                                     \
    .common_name = MTL_CN_IF_NO_DNS_SAN, .final_dot_is_ignored = true, .only_last_common_name = true,                  \
    .only_host_characters = true, .unsound_names_spoil_all = true, .tells_common_name_apart = true,                    \
    .mapped_addresses_match = true

/* CertificateMessage: a server says certificate_unknown whatever it is, a client tells some reasons apart. */
#define ALERTS(of_client)                                                                                              \
    {                                                                                                                  \
        {of_client, JAVA_TLS13(of_client)},                                                                            \
        {                                                                                                              \
            46, 46                                                                                                     \
        }                                                                                                              \
    }
#define REVOKED                                                                                                        \
    {                                                                                                                  \
        {44, 44},                                                                                                      \
        {                                                                                                              \
            46, 46                                                                                                     \
        }                                                                                                              \
    }
#define UNKNOWN ALERTS(46)

/* The message of the exception, and the class of the last cause. */
#define VALIDATOR "java.security.cert.CertPathValidatorException"
#define INVALID "PKIX path validation failed: " VALIDATOR ": "
#define BUILDER "sun.security.provider.certpath.SunCertPathBuilderException"
#define EXCEPTION "sun.security.validator.ValidatorException"
#define NO_STATUS INVALID "Could not determine revocation status"
#define PARSING "java.security.cert.CertificateParsingException"
#define MISMATCH "java.security.cert.CertificateException"

static const struct mtl_stack_reason java_reasons[] = {
    {MTL_REASON_NO_ISSUER, 0, VALIDATOR, INVALID "Path does not chain with any of the trust anchors", UNKNOWN},
    {MTL_REASON_CRITICAL_EXTENSION, 0, VALIDATOR, INVALID "unrecognized critical extension(s)", UNKNOWN},
    {MTL_REASON_NOT_A_CA, 0, VALIDATOR, INVALID "basic constraints check failed: this is not a CA certificate",
     UNKNOWN},
    {MTL_REASON_NO_CERT_SIGN, 0, VALIDATOR, INVALID "CA key usage check failed: keyCertSign bit is not set", UNKNOWN},
    {MTL_REASON_PATH_LENGTH, 0, VALIDATOR, INVALID "basic constraints check failed: pathLenConstraint violated",
     UNKNOWN},
    {MTL_REASON_EMPTY_KEY_USAGE, 0, VALIDATOR, INVALID "incorrect KeyUsage extension bits", UNKNOWN},
    {MTL_REASON_KEY_USAGE, 0, EXCEPTION, "KeyUsage does not allow digital signatures", UNKNOWN},
    {MTL_REASON_PURPOSE, 0, EXCEPTION, "Extended key usage does not permit use for TLS ", UNKNOWN},
    {MTL_REASON_NETSCAPE_TYPE, 0, EXCEPTION, "Netscape cert type does not permit use for SSL ", UNKNOWN},
    {MTL_REASON_ANCHOR_NOT_A_CA, 0, EXCEPTION,
     "PKIX path validation failed: " EXCEPTION ": TrustAnchor with subject \"", UNKNOWN},
    {MTL_REASON_ANCHOR_NO_CERT_SIGN, 0, EXCEPTION,
     "PKIX path validation failed: " EXCEPTION ": TrustAnchor with subject \"", UNKNOWN},
    {MTL_REASON_LEAF_KEY_WEAK, 0, VALIDATOR,
     INVALID "Algorithm constraints check failed on keysize limits: ", ALERTS(43)},
    {MTL_REASON_ISSUER_KEY_WEAK, 0, VALIDATOR,
     INVALID "Algorithm constraints check failed on keysize limits: ", ALERTS(43)},
    {MTL_REASON_LEAF_KEY_UNSUPPORTED, 0, VALIDATOR,
     INVALID "Algorithm constraints check failed on keysize limits: ", ALERTS(43)},
    {MTL_REASON_ISSUER_KEY, 0, "java.security.InvalidKeyException", INVALID "signature check failed", UNKNOWN},
    {MTL_REASON_ISSUER_KEY_UNSUPPORTED, 0, "java.security.InvalidKeyException", INVALID "signature check failed",
     UNKNOWN},
    {MTL_REASON_WEAK_DIGEST, 0, VALIDATOR, INVALID JAVA_WEAK_DIGEST, ALERTS(43)},
    {MTL_REASON_NAME_MISMATCH, 0, MISMATCH, "No subject alternative DNS name matching ", UNKNOWN},
    {MTL_REASON_COMMON_NAME_MISMATCH, 0, MISMATCH, "No name matching ", UNKNOWN},
    {MTL_REASON_ADDRESS_MISMATCH, 0, MISMATCH, "No subject alternative names ", UNKNOWN},
    {MTL_REASON_CRL_MISSING, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_CRL_EXPIRED, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_CRL_NOT_YET_VALID, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_CRL_ENDLESS, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_CRL_SIGNATURE, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_CRL_SCOPE, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_CRL_ISSUER_KEY_USAGE, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_CRL_ISSUER_MISSING, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_CRL_CRITICAL_EXTENSION, 0, VALIDATOR, NO_STATUS, UNKNOWN},
    {MTL_REASON_REVOKED, 0, "java.security.cert.CertificateRevokedException",
     INVALID "Certificate has been revoked, reason: ", REVOKED},
    {MTL_REASON_SIGNATURE, 0, "java.security.SignatureException", INVALID "signature check failed", ALERTS(42)},
    {MTL_REASON_NOT_YET_VALID, 0, "java.security.cert.CertificateNotYetValidException", INVALID "validity check failed",
     ALERTS(42)},
    {MTL_REASON_EXPIRED, 0, "java.security.cert.CertificateExpiredException", INVALID "validity check failed",
     ALERTS(45)},
    {MTL_REASON_CONSTRAINT_PERMITTED, 0, VALIDATOR, INVALID "name constraints check failed", UNKNOWN},
    {MTL_REASON_CONSTRAINT_EXCLUDED, 0, VALIDATOR, INVALID "name constraints check failed", UNKNOWN},
    {MTL_REASON_CONSTRAINT_SYNTAX, 0, VALIDATOR, INVALID "name constraints check failed", UNKNOWN},
    {MTL_REASON_CONSTRAINT_NAME_SYNTAX, 0, VALIDATOR, INVALID "name constraints check failed", UNKNOWN},
    {MTL_REASON_CONSTRAINT_EMPTY_DOMAIN,
     0,
     "java.lang.StringIndexOutOfBoundsException",
     JAVA_TRIPS,
     {{80, 80}, {80, 80}}},
    {MTL_REASON_NOTHING_TRUSTED,
     0,
     "java.security.InvalidAlgorithmParameterException",
     "Unexpected error: java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty",
     {{80, 80}, {80, 80}}},
    {MTL_REASON_CONSTRAINT_MINMAX, 0, "java.io.IOException", INVALID "java.io.IOException: ", UNKNOWN},
    {MTL_REASON_POLICY_MISSING, 0, VALIDATOR, INVALID "non-null policy tree required and policy tree is null", UNKNOWN},
    {MTL_REASON_POLICY_ANY_MAPPED, 0, VALIDATOR, INVALID "encountered a", UNKNOWN},
    {MTL_REASON_POLICY_QUALIFIED, 0, VALIDATOR, INVALID "critical policy qualifiers present in certificate", UNKNOWN},
    {MTL_REASON_MALFORMED_WHEN_USED, 0, PARSING, "", UNKNOWN},
    {MTL_REASON_MALFORMED, 0, PARSING, "java.io.IOException: ", UNKNOWN},
    {MTL_REASON_EMPTY_ISSUER, 0, PARSING, "Empty issuer DN not allowed in X509Certificates", UNKNOWN},
    {MTL_REASON_EMPTY_SUBJECT, 0, PARSING, "X.509 Certificate is incomplete: ", UNKNOWN},
    {MTL_REASON_ODD_HOST, 0, MISMATCH, "Illegal given domain name: ", UNKNOWN},
    {MTL_REASON_DUPLICATE_EXTENSION, 0, PARSING, "Duplicate extensions not allowed", UNKNOWN},
    {MTL_REASON_ALGORITHMS_DIFFER, 0, MISMATCH, "Signature algorithm mismatch", UNKNOWN},
    {MTL_REASON_EXPLICIT_CURVE, 0, PARSING, "Only named ECParameters supported", UNKNOWN},
};

#define IO "java.io.IOException: "
#define NO_KEY IO "subject key, java.security.InvalidKeyException: "
static const struct mtl_reading_oddity java_oddities[] = {
    {MTL_ODD_KEY_UNUSABLE, MTL_KEY_EC, NO_KEY "Invalid EC key", NULL},
    {MTL_ODD_KEY_UNUSABLE, MTL_KEY_RSA, NO_KEY "Invalid RSA public key", NULL},
    {MTL_ODD_OLD_WITH_EXTENSIONS, 1, "no more data allowed for version 1 certificate", NULL},
    {MTL_ODD_OLD_WITH_EXTENSIONS, 2, "Extensions not allowed in v2 certificate", NULL},
    {MTL_ODD_MORE_BEHIND, MTL_EXT_BASIC_CONSTRAINTS, IO "extra data at the end", NULL},
    {MTL_ODD_UNSOUND_NAME, MTL_EXT_SUBJECT_ALT_NAME, IO, NULL},
    {MTL_ODD_UNSOUND_NAME, MTL_EXT_ISSUER_ALT_NAME, IO, NULL},
    {MTL_ODD_CA_PATH_LENGTH_SIZE, 31, IO "Integer exceeds maximum valid value", NULL},
    {MTL_ODD_CONSTRAINT_EMPTY, MTL_GN_EMAIL, IO "RFC822Name may not be null or empty", NULL},
    {MTL_ODD_CONSTRAINT_HOST, MTL_GN_URI, IO "invalid URI name constraint", NULL},
    {MTL_ODD_CONSTRAINT_SIZE, MTL_GN_IP, IO "Invalid IPAddressName", NULL},
};

/* SunCertPathBuilder keeps to itself what it met. */
static const struct mtl_stack_reason java_search_failure = {
    MTL_REASON_NO_ISSUER, 0, BUILDER,
    "PKIX path building failed: " BUILDER ": unable to find valid certification path to requested target", UNKNOWN};

/* The anchor of a path is looked at while that is still being built. */
#define BUILDING "PKIX path building failed: " EXCEPTION ": TrustAnchor with subject \""
static const struct mtl_stack_reason java_search_reasons[] = {
    {MTL_REASON_ANCHOR_NOT_A_CA, 0, EXCEPTION, BUILDING, UNKNOWN},
    {MTL_REASON_ANCHOR_NO_CERT_SIGN, 0, EXCEPTION, BUILDING, UNKNOWN},
};

#define ILLEGAL_NAME "javax.net.ssl.SSLProtocolException: Illegal server name, type=host_name(0), name="

static const struct mtl_stack_own_words java_own_words[] = {
    {MTL_REASON_UNDECODABLE, true, {"java.io.IOException: "}},
    {MTL_REASON_MALFORMED, true, {PARSING ": java.io.IOException: "}},
    {MTL_REASON_CRL_IN_TRUST, true, {PARSING ": java.io.IOException: Invalid encoded CertificateValidity, starting "}},
    {MTL_REASON_CRL_MALFORMED, true, {"java.security.cert.CRLException: "}},
    {MTL_REASON_DUPLICATE_EXTENSION, true, {PARSING ": java.io.IOException: Duplicate extensions not allowed"}},
    {MTL_REASON_ALGORITHMS_DIFFER, true, {MISMATCH ": Signature algorithm mismatch"}},
    {MTL_REASON_EXPLICIT_CURVE, true, {PARSING ": java.io.IOException: Only named ECParameters supported"}},
    {MTL_REASON_OWN_CHAIN_DISORDER, true, {"java.security.KeyStoreException: Certificate chain is not valid"}},
    {MTL_REASON_EMPTY_ISSUER, true, {PARSING ": Empty issuer DN not allowed in X509Certificates"}},
    {MTL_REASON_EMPTY_SUBJECT, true, {PARSING ": X.509 Certificate is incomplete: "}},
    {MTL_REASON_ODD_HOST, false, {ILLEGAL_NAME, ILLEGAL_NAME}},
    {MTL_REASON_NO_SHARED_ALGORITHM,
     false,
     {JAVA_SAYS("no cipher suites in common"), JAVA_SAYS("No available authentication scheme")}},
    {MTL_REASON_NO_CERTIFICATE,
     false,
     {JAVA_SAYS("no cipher suites in common"), JAVA_SAYS("No available authentication scheme")}},
};

static const struct mtl_stack_proof java_proof = {
    .alert = {[MTL_CLIENT] = {40, 40}, [MTL_SERVER] = {40, 40}},
    .misfit_alert = {[MTL_CLIENT] = {80, 40}, [MTL_SERVER] = {40, 40}},
    .line = {[MTL_CLIENT] = {[MTL_TLS13] = JAVA_SAYS("Invalid CertificateVerify signature")},
             [MTL_SERVER] = {JAVA_SAYS("Invalid CertificateVerify signature"),
                             JAVA_SAYS("Invalid CertificateVerify signature")}},
};

static const struct mtl_stack_signing java_client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS | BIT(MTL_KEY_DSA), .curves = CURVES},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES},
};
static const struct mtl_stack_signing java_server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS,
                   .curves = CURVES,
                   .peer_needs_digital_signature = BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448)},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES},
};

#define JAVA_WORDS                                                                                                     \
    .rejects_server = {JAVA_SAYS("{text}"), "{name}"}, .rejects_client = {JAVA_SAYS("{text}"), "{name}"},              \
    .no_certificate = {JAVA_SAYS("Empty client certificate chain")},                                                   \
    .alert_line = JAVA_SAYS("Received fatal alert: {alert}"),                                                          \
    .too_large = "javax.net.ssl.SSLProtocolException: The size of the handshake message (",                            \
    .too_many = "javax.net.ssl.SSLProtocolException: The certificate chain length (",                                  \
    .wrong_curve = JAVA_SAYS("Cannot verify CertificateVerify signature"),                                             \
    .trips = "javax.net.ssl.SSLException: " JAVA_TRIP_ALERT "{text}",                                                  \
    .unreadable = {[MTL_CLIENT] = JAVA_SAYS("Failed to parse server certificates"),                                    \
                   [MTL_SERVER] = JAVA_SAYS("Failed to parse client certificates")}

/* All of struct mtl_stack but what names it, policy, words and no_certificate_alert. */
#define JAVA_ENDPOINT                                                                                                  \
    .reasons = java_reasons, .reason_count = sizeof(java_reasons) / sizeof(java_reasons[0]),                           \
    .search_failure = &java_search_failure, .search_reasons = java_search_reasons,                                     \
    .search_reason_count = sizeof(java_search_reasons) / sizeof(java_search_reasons[0]), .own_words = java_own_words,  \
    .own_word_count = sizeof(java_own_words) / sizeof(java_own_words[0]), .heeds_ca_names = true,                      \
    .refuses_own_disorder = true, .refuses_own_undecodable_files = true, .refuses_trusted_blocks = true,               \
    .refuses_unreadable_trust = true, .refuses_crls_in_trust = true, .refuses_malformed_crls = true,                   \
    .reads_own_chain = true, .reads_key_stores = true, .fails_without_trust = true,                                    \
    .reading = {.malformed_extensions = PARSED_EXTENSIONS,                                                             \
                .empty_key_usage_decodes = true,                                                                       \
                .negative_path_length_decodes = true,                                                                  \
                .refuses_empty_issuer = true,                                                                          \
                .oddities = java_oddities,                                                                             \
                .oddity_count = sizeof(java_oddities) / sizeof(java_oddities[0]),                                      \
                .empty_subject_needs_critical_names = true,                                                            \
                .critical_only = true,                                                                                 \
                .refuses_duplicate_extensions = true,                                                                  \
                .refuses_differing_algorithms = true,                                                                  \
                .curves = ~BIT(MTL_CURVE_EXPLICIT)},                                                                   \
    .signs_with_any_key = true, .proof = &java_proof, .accepted_keys = KEYS | BIT(MTL_KEY_DSA),                        \
    .loadable_keys = KEYS | BIT(MTL_KEY_DSA),                                                                          \
    .signing = {[MTL_CLIENT] = java_client_signing, [MTL_SERVER] = java_server_signing},                               \
    .undecodable_alert = {[MTL_CLIENT] = 42, [MTL_SERVER] = 42}, .no_shared_algorithm_alert = {40, 40},                \
    .wrong_curve_alert = {40, 40}, .unsignable_alert = {[MTL_CLIENT] = {80, 80}, [MTL_SERVER] = {[MTL_TLS13] = 80}},   \
    .largest_certificate_message = 32768, .too_large_alert = 10, .too_many_alert = 40, .odd_host_alert = 47,           \
    .final_dot_alert = 47, .strips_final_dot = true

#endif

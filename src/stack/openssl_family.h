/*
 * What the stacks built on libssl of OpenSSL 3 share: its verifier, its reasons and alerts, and with what it signs.
 * Every table that is defined here is private to the file that includes it.
 *
 * The row of a product names only what differs (stack_openssl_3_0.c is the plainest one). It is made of
 *
 * - .policy = {OPENSSL_3_POLICY, ...}. To it belong the phases: OPENSSL_3_STOPS (at the first failure), or
 *   OPENSSL_3_NAME_IN_CALLBACK, or OPENSSL_3_NAME_LAST if the program compares names itself (with MTL_LATE_NAME), or
 * OPENSSL_3_GOES_ON if its callback lets every failure pass (with MTL_LATE_CHAIN); OPENSSL_3_NAMES, unless its rules
 * for names differ; .security_bits, which is 112 with Debian's configuration and 80 with OpenSSL's default.
 * - LIBSSL_3: what every endpoint does.
 * - LIBSSL_3_COMPLETES, unless it sets a chain of its own, be it empty: then a lone leaf is sent alone.
 * - LIBSSL_3_LOADS: it does not start when SSL_CTX_use_certificate() or SSL_CTX_load_verify_locations() fails.
 * - .no_shared_algorithm_alert = LIBSSL_3_UNFIT; or LIBSSL_3_UNFIT_LATE, if it has a callback for server names or
 *   certificates: then TLS 1.3 is chosen before the certificate is looked at.
 * - OPENSSL_3_REASONS: libssl's texts and alerts. A program with words of its own makes its table from the lists of
 *   reasons with its own macro, one that sends no alert with OPENSSL_3_SILENT.
 * - OPENSSL_3_PHRASES: what libssl calls received alerts.
 * - OPENSSL_3_WORDS(LINE): the words but for rejected certificates and received alerts. LINE(number, name, text) writes
 *   an entry of libssl's queue of errors as the program does; OPENSSL_3_ENTRY does it as ERR_error_string_n().
 * - proof = LIBSSL_3_PROOF(LINE): what it says of a signature by another key.
 * - A table own_words from OPENSSL_3_OWN_ERRORS(X) and LIBSSL_3_UNFIT_WORDS(LINE).
 *
 * and of the traits of struct mtl_stack that say how it shows a rejection: judges_late, late_moment, http_status, the
 * alerts of its reasons (0: it closes), and what makes it refuse to start.
 *
 * Sources, all 3.0.22: crypto/x509/x509_vfy.c (order and codes), v3_purp.c (purposes), ssl/statem/statem_lib.c
 * (x509table: code to alert). SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_STACK_OPENSSL_FAMILY_H
#define MTL_STACK_OPENSSL_FAMILY_H

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
static const enum mtl_step name_constraints[] = {MTL_STEP_PROXY_NAME, MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};

static const struct mtl_phase openssl_3_phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
};

/* Names are compared by the program once libssl has found no fault. */
static const struct mtl_phase openssl_3_phases_name_last[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
};

/* A callback compares names when the leaf has passed, and leaves no code of X509_V_ERR behind (alert 80). */
static const struct mtl_phase openssl_3_phases_name_in_callback[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
};

/*
 * A callback that lets everything pass: what fails last decides. Names are compared when libssl found nothing, so they
 * come first here: any other failure overrides them, also that no issuer was found.
 */
static const struct mtl_phase openssl_3_phases_of_all[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = identity},
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
};

#define TABLE(field, number, table) .field = (table), .number = sizeof(table) / sizeof((table)[0])

#define OPENSSL_3_STOPS TABLE(phases, phase_count, openssl_3_phases)
#define OPENSSL_3_NAME_IN_CALLBACK TABLE(phases, phase_count, openssl_3_phases_name_in_callback)
#define OPENSSL_3_NAME_LAST TABLE(phases, phase_count, openssl_3_phases_name_last)
#define OPENSSL_3_GOES_ON                                                                                              \
    .last_failure_decides = true, .purpose_needs_ca = true, TABLE(phases, phase_count, openssl_3_phases_of_all)
#define OPENSSL_3_NAMES .names = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_PARTIAL}

/*
 * All of struct mtl_policy but the security level and those above. OPENSSL_3_POLICY_BARE leaves to the row the depth,
 * and whether the anchor must be self-signed: not with X509_V_FLAG_PARTIAL_CHAIN.
 */
#define OPENSSL_3_POLICY .default_depth = 100, .anchor_must_be_self_signed = true, OPENSSL_3_POLICY_BARE
#define OPENSSL_3_CRITICAL                                                                                             \
    (BIT(MTL_EXT_NETSCAPE_CERT_TYPE) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_SUBJECT_ALT_NAME) |                        \
     BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_CERTIFICATE_POLICIES) | BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS) |       \
     BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_IP_ADDR_BLOCKS) | BIT(MTL_EXT_AUTONOMOUS_SYS) |                     \
     BIT(MTL_EXT_OCSP_NO_CHECK) | BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_PROXY_CERT_INFO) |                     \
     BIT(MTL_EXT_NAME_CONSTRAINTS) | BIT(MTL_EXT_POLICY_MAPPINGS) | BIT(MTL_EXT_INHIBIT_ANY_POLICY))
#define OPENSSL_3_POLICY_BUT_CRLS                                                                                      \
    .search = MTL_SEARCH_FIRST_ISSUER, .key_ids_are_binding = true, .malformed_never_issue = true,                     \
    .honours_aux_trust = true, .expires_at_not_after = true, .understood_extensions = OPENSSL_3_CRITICAL,              \
    .ca_by_key_usage_alone = true, .self_issued_are_exempt_from_path_length = true, .nested_eku = true,                \
    .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH, [MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_MS_SGC | MTL_EKU_NS_SGC}, \
    .key_usage = {[MTL_CLIENT] = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_AGREEMENT,                                      \
                  [MTL_SERVER] = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_ENCIPHERMENT | MTL_KU_KEY_AGREEMENT},           \
    .netscape_cert_type = {[MTL_CLIENT] = MTL_NS_SSL_CLIENT, [MTL_SERVER] = MTL_NS_SSL_SERVER},                        \
    .constraints = {.common_name_as_dns = true, .directory_names = true}
/* BUT_CRLS leaves to the row of which certificates it wants CRLs, too. */
#define OPENSSL_3_POLICY_BARE OPENSSL_3_POLICY_BUT_CRLS, .revocation = MTL_REVOCATION_CHAIN

/* One alert for both roles and both versions: x509table does not know who asks. Codes it lacks give 46. */
#define ALWAYS(alert)                                                                                                  \
    {                                                                                                                  \
        {alert, alert},                                                                                                \
        {                                                                                                              \
            alert, alert                                                                                               \
        }                                                                                                              \
    }

/*
 * Reason, code, name without X509_V_ERR_, text, alert; the names of hosts are not among them, as every program words
 * these itself. Runtimes on top of libssl have names of their own for the first list, the old codes, only.
 */
#define OPENSSL_3_OLD_REASONS(X)                                                                                       \
    X(NO_ISSUER, 20, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unable to get local issuer certificate", 48),               \
        X(NO_ISSUER_OF_ANCHOR, 2, "UNABLE_TO_GET_ISSUER_CERT", "unable to get issuer certificate", 48),                \
        X(SELF_SIGNED_LEAF, 18, "DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate", 48),                         \
        X(SELF_SIGNED_IN_CHAIN, 19, "SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain", 48),  \
        X(DEPTH, 22, "CERT_CHAIN_TOO_LONG", "certificate chain too long", 48),                                         \
        X(REJECTED, 28, "CERT_REJECTED", "certificate rejected", 42),                                                  \
        X(NOT_A_CA, 79, "INVALID_CA", "invalid CA certificate", 48),                                                   \
        X(PURPOSE, 26, "INVALID_PURPOSE", "unsuitable certificate purpose", 43),                                       \
        X(PATH_LENGTH, 25, "PATH_LENGTH_EXCEEDED", "path length constraint exceeded", 48),                             \
        X(CRL_MISSING, 3, "UNABLE_TO_GET_CRL", "unable to get certificate CRL", 48),                                   \
        X(CRL_EXPIRED, 12, "CRL_HAS_EXPIRED", "CRL has expired", 45),                                                  \
        X(CRL_NOT_YET_VALID, 11, "CRL_NOT_YET_VALID", "CRL is not yet valid", 42),                                     \
        X(CRL_SIGNATURE, 8, "CRL_SIGNATURE_FAILURE", "CRL signature failure", 51),                                     \
        X(CRL_ISSUER_MISSING, 6, "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY", "unable to decode issuer public key", 42),      \
        X(REVOKED, 23, "CERT_REVOKED", "certificate revoked", 44),                                                     \
        X(ISSUER_KEY, 6, "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY", "unable to decode issuer public key", 42),              \
        X(SIGNATURE, 7, "CERT_SIGNATURE_FAILURE", "certificate signature failure", 51),                                \
        X(NOT_YET_VALID, 9, "CERT_NOT_YET_VALID", "certificate is not yet valid", 42),                                 \
        X(EXPIRED, 10, "CERT_HAS_EXPIRED", "certificate has expired", 45)
#define OPENSSL_3_NEW_REASONS(X)                                                                                       \
    X(CRITICAL_EXTENSION, 34, "UNHANDLED_CRITICAL_EXTENSION", "unhandled critical extension", 46),                     \
        X(PROXY, 40, "PROXY_CERTIFICATES_NOT_ALLOWED",                                                                 \
          "proxy certificates not allowed, please set the appropriate flag", 46),                                      \
        X(PROXY_NAME, 72, "PROXY_SUBJECT_NAME_VIOLATION", "proxy subject name violation", 46),                         \
        X(EXPLICIT_CURVE, 94, "EC_KEY_EXPLICIT_PARAMS", "Certificate public key has explicit ECC parameters", 42),     \
        X(LEAF_KEY_WEAK, 66, "EE_KEY_TOO_SMALL", "EE certificate key too weak", 42),                                   \
        X(ISSUER_KEY_WEAK, 67, "CA_KEY_TOO_SMALL", "CA certificate key too weak", 42),                                 \
        X(WEAK_DIGEST, 68, "CA_MD_TOO_WEAK", "CA signature digest algorithm too weak", 42),                            \
        X(CRL_SCOPE, 44, "DIFFERENT_CRL_SCOPE", "different CRL scope", 46),                                            \
        X(CRL_ISSUER_KEY_USAGE, 35, "KEYUSAGE_NO_CRL_SIGN", "key usage does not include CRL signing", 46),             \
        X(CRL_CRITICAL_EXTENSION, 36, "UNHANDLED_CRITICAL_CRL_EXTENSION", "unhandled critical CRL extension", 46),     \
        X(NO_CERT_SIGN, 32, "KEYUSAGE_NO_CERTSIGN", "key usage does not include certificate signing", 46),             \
        X(CONSTRAINT_PERMITTED, 47, "PERMITTED_VIOLATION", "permitted subtree violation", 46),                         \
        X(CONSTRAINT_EXCLUDED, 48, "EXCLUDED_VIOLATION", "excluded subtree violation", 46),                            \
        X(CONSTRAINT_MINMAX, 49, "SUBTREE_MINMAX", "name constraints minimum and maximum not supported", 46),          \
        X(CONSTRAINT_TYPE, 51, "UNSUPPORTED_CONSTRAINT_TYPE", "unsupported name constraint type", 46),                 \
        X(CONSTRAINT_SYNTAX, 52, "UNSUPPORTED_CONSTRAINT_SYNTAX", "unsupported or invalid name constraint syntax",     \
          46),                                                                                                         \
        X(CONSTRAINT_NAME_SYNTAX, 53, "UNSUPPORTED_NAME_SYNTAX", "unsupported or invalid name syntax", 46),            \
        X(CONSTRAINT_TOO_MANY, 1, "UNSPECIFIED", "unspecified certificate verification error", 80)

#define OPENSSL_3_ROW(reason, code, name, text, alert)                                                                 \
    {                                                                                                                  \
        MTL_REASON_##reason, code, "X509_V_ERR_" name, text, ALWAYS(alert)                                             \
    }
#define OPENSSL_3_SILENT(reason, code, name, text, alert) OPENSSL_3_ROW(reason, code, name, text, 0)

static const struct mtl_stack_reason openssl_3_reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_ROW(NAME_MISMATCH, 62, "HOSTNAME_MISMATCH", "hostname mismatch", 42),
    OPENSSL_3_ROW(ADDRESS_MISMATCH, 64, "IP_ADDRESS_MISMATCH", "IP address mismatch", 42),
};
#define OPENSSL_3_REASONS TABLE(reasons, reason_count, openssl_3_reasons)

/* Code, phrase, the same as a name, number. */
#define OPENSSL_3_ALERTS(X)                                                                                            \
    X(40, "sslv3 alert handshake failure", "SSLV3_ALERT_HANDSHAKE_FAILURE", 0A000410),                                 \
        X(42, "sslv3 alert bad certificate", "SSLV3_ALERT_BAD_CERTIFICATE", 0A000412),                                 \
        X(43, "sslv3 alert unsupported certificate", "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", 0A000413),                 \
        X(44, "sslv3 alert certificate revoked", "SSLV3_ALERT_CERTIFICATE_REVOKED", 0A000414),                         \
        X(45, "sslv3 alert certificate expired", "SSLV3_ALERT_CERTIFICATE_EXPIRED", 0A000415),                         \
        X(46, "sslv3 alert certificate unknown", "SSLV3_ALERT_CERTIFICATE_UNKNOWN", 0A000416),                         \
        X(47, "sslv3 alert illegal parameter", "SSLV3_ALERT_ILLEGAL_PARAMETER", 0A000417),                             \
        X(48, "tlsv1 alert unknown ca", "TLSV1_ALERT_UNKNOWN_CA", 0A000418),                                           \
        X(49, "tlsv1 alert access denied", "TLSV1_ALERT_ACCESS_DENIED", 0A000419),                                     \
        X(50, "tlsv1 alert decode error", "TLSV1_ALERT_DECODE_ERROR", 0A00041A),                                       \
        X(51, "tlsv1 alert decrypt error", "TLSV1_ALERT_DECRYPT_ERROR", 0A00041B),                                     \
        X(70, "tlsv1 alert protocol version", "TLSV1_ALERT_PROTOCOL_VERSION", 0A00042E),                               \
        X(80, "tlsv1 alert internal error", "TLSV1_ALERT_INTERNAL_ERROR", 0A000438),                                   \
        X(116, "tlsv13 alert certificate required", "TLSV13_ALERT_CERTIFICATE_REQUIRED", 0A00045C)

/* Since 3.2. */
#define OPENSSL_3_2_ALERTS(X)                                                                                          \
    X(40, "ssl/tls alert handshake failure", "SSL/TLS_ALERT_HANDSHAKE_FAILURE", 0A000410),                             \
        X(42, "ssl/tls alert bad certificate", "SSL/TLS_ALERT_BAD_CERTIFICATE", 0A000412),                             \
        X(43, "ssl/tls alert unsupported certificate", "SSL/TLS_ALERT_UNSUPPORTED_CERTIFICATE", 0A000413),             \
        X(44, "ssl/tls alert certificate revoked", "SSL/TLS_ALERT_CERTIFICATE_REVOKED", 0A000414),                     \
        X(45, "ssl/tls alert certificate expired", "SSL/TLS_ALERT_CERTIFICATE_EXPIRED", 0A000415),                     \
        X(46, "ssl/tls alert certificate unknown", "SSL/TLS_ALERT_CERTIFICATE_UNKNOWN", 0A000416),                     \
        X(47, "ssl/tls alert illegal parameter", "SSL/TLS_ALERT_ILLEGAL_PARAMETER", 0A000417),                         \
        X(48, "tlsv1 alert unknown ca", "TLSV1_ALERT_UNKNOWN_CA", 0A000418),                                           \
        X(49, "tlsv1 alert access denied", "TLSV1_ALERT_ACCESS_DENIED", 0A000419),                                     \
        X(50, "tlsv1 alert decode error", "TLSV1_ALERT_DECODE_ERROR", 0A00041A),                                       \
        X(51, "tlsv1 alert decrypt error", "TLSV1_ALERT_DECRYPT_ERROR", 0A00041B),                                     \
        X(70, "tlsv1 alert protocol version", "TLSV1_ALERT_PROTOCOL_VERSION", 0A00042E),                               \
        X(80, "tlsv1 alert internal error", "TLSV1_ALERT_INTERNAL_ERROR", 0A000438),                                   \
        X(116, "tlsv13 alert certificate required", "TLSV13_ALERT_CERTIFICATE_REQUIRED", 0A00045C)

#define OPENSSL_3_PHRASE(code, phrase, name, number)                                                                   \
    {                                                                                                                  \
        code, phrase, 0x##number                                                                                       \
    }
static const struct mtl_stack_alert_words openssl_3_phrases[] = {OPENSSL_3_ALERTS(OPENSSL_3_PHRASE)};
#define OPENSSL_3_PHRASES TABLE(alert_words, alert_word_count, openssl_3_phrases)

/* Reason, number, library, its short name, name, text: what libssl says when it loads a certificate or key that it does
 * not take. */
#define OPENSSL_3_OWN_ERRORS(X)                                                                                        \
    X(LEAF_KEY_WEAK, "0A00018F", "SSL", "SSL", "EE_KEY_TOO_SMALL", "ee key too small"),                                \
        X(ISSUER_KEY_WEAK, "0A00018D", "SSL", "SSL", "CA_KEY_TOO_SMALL", "ca key too small"),                          \
        X(WEAK_DIGEST, "0A00018E", "SSL", "SSL", "CA_MD_TOO_WEAK", "ca md too weak"),                                  \
        X(MALFORMED, "1100009E", "X509 V3", "X509V3", "INVALID_CERTIFICATE", "invalid certificate"),                   \
        X(KEY_MISMATCH, "05800074", "x509 certificate", "X509", "KEY_VALUES_MISMATCH", "key values mismatch"),         \
        X(NO_SHARED_ALGORITHM, "0A0000F7", "SSL", "SSL", "UNKNOWN_CERTIFICATE_TYPE", "unknown certificate type")

#define OPENSSL_3_ENTRY(number, name, text) "error:" number ":SSL routines::" text

/* All of struct mtl_stack_words but those for a rejected certificate and a received alert. */
#define OPENSSL_3_WORDS(LINE)                                                                                          \
    .no_certificate = {LINE("0A0000C7", "PEER_DID_NOT_RETURN_A_CERTIFICATE", "peer did not return a certificate")},    \
    .too_large = LINE("0A000098", "EXCESSIVE_MESSAGE_SIZE", "excessive message size"),                                 \
    .wrong_curve = LINE("0A00017A", "WRONG_CURVE", "wrong curve")

#define LIBSSL_3_BAD_SIGNATURE(LINE)                                                                                   \
    {                                                                                                                  \
        LINE("0A00007B", "BAD_SIGNATURE", "bad signature"), LINE("0A00007B", "BAD_SIGNATURE", "bad signature")         \
    }
/* To a signature by another kind of key. */
#define LIBSSL_3_MISFIT                                                                                                \
    {                                                                                                                  \
        {47, 47},                                                                                                      \
        {                                                                                                              \
            47, 47                                                                                                     \
        }                                                                                                              \
    }
#define LIBSSL_3_PROOF(LINE)                                                                                           \
    {                                                                                                                  \
        .alert = ALWAYS(51), .misfit_alert = LIBSSL_3_MISFIT, .line = {                                                \
            LIBSSL_3_BAD_SIGNATURE(LINE),                                                                              \
            LIBSSL_3_BAD_SIGNATURE(LINE)                                                                               \
        }                                                                                                              \
    }

/* What a server says in the handshake when its certificate fits no algorithm, or it has none. */
#define LIBSSL_3_UNFIT                                                                                                 \
    {                                                                                                                  \
        [MTL_TLS12] = 40, [MTL_TLS13] = 70                                                                             \
    }
#define LIBSSL_3_UNFIT_WORDS(LINE)                                                                                     \
    LINE("0A0000C1", "NO_SHARED_CIPHER", "no shared cipher"),                                                          \
        LINE("0A000102", "UNSUPPORTED_PROTOCOL", "unsupported protocol")
#define LIBSSL_3_UNFIT_LATE                                                                                            \
    {                                                                                                                  \
        [MTL_TLS12] = 40, [MTL_TLS13] = 40                                                                             \
    }
#define LIBSSL_3_UNFIT_LATE_WORDS(LINE)                                                                                \
    LINE("0A0000C1", "NO_SHARED_CIPHER", "no shared cipher"),                                                          \
        LINE("0A000076", "NO_SUITABLE_SIGNATURE_ALGORITHM", "no suitable signature algorithm")

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
            .curves_if_offered = ~(BIT(MTL_CURVE_OTHER) | BIT(MTL_CURVE_EXPLICIT)),
            .need_digital_signature = BIT(MTL_KEY_EC),
            .peer_needs_digital_signature = BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448),
        },
    [MTL_TLS13] = {.keys = SIGNING_KEYS, .curves = SIGNING_CURVES},
};

/* ssl_rsa.c use_certificate_chain_file(), ssl_cert.c SSL_MAX_CERT_LIST_DEFAULT */
#define LIBSSL_3_BUT_KEYS                                                                                              \
    .skips_trusted_blocks_in_chains = true, .reads_only_pem = true, .reads_only_hashed_directories = true,             \
    .hash_command = "openssl rehash", .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},       \
    .refuses_own_weak_certificate = true, .undecodable_alert = {[MTL_CLIENT] = 42, [MTL_SERVER] = 50},                 \
    .no_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 116}, .wrong_curve_alert = {[MTL_TLS12] = 47},            \
    .not_for_signing_alert = 40, .own_chain_weak_alert = 80, .largest_certificate_message = 100 * 1024,                \
    .too_large_alert = 47, .wrong_group_alert = 47,                                                                    \
    .offered_curves = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521)
#define LIBSSL_3 LIBSSL_3_BUT_KEYS, .loadable_keys = SIGNING_KEYS | BIT(MTL_KEY_DSA)
/* From 3.2 on: brainpool in TLS 1.3 (RFC 8734). */
#define BRAINPOOL (BIT(MTL_CURVE_BRAINPOOL_P256R1) | BIT(MTL_CURVE_BRAINPOOL_P384R1) | BIT(MTL_CURVE_BRAINPOOL_P512R1))
#define LIBSSL_3_2_SCHEMES .scheme_curves = BRAINPOOL
#define LIBSSL_3_COMPLETES .completes_chain_from_own_trust = true
#define LIBSSL_3_LOADS .refuses_own_malformed_leaf = true, .refuses_own_undecodable_files = true

#endif

/*
 * wolfSSL 5.5 as Debian builds it (--enable-distro: with the compatibility layer) and an ordinary application sets it
 * up: wolfSSL_CTX_load_verify_locations(), VERIFY_PEER and, in a server, FAIL_IF_NO_PEER_CERT,
 * wolfSSL_check_domain_name() in a client, one file with wolfSSL_CTX_LoadCRLFile() and CRL_CHECKALL.
 *
 * Does not cover: a context that has seen other chains (it keeps the intermediates that it verified, so that later
 * peers need not send them), verification callbacks, OCSP, directories of hashed names, other builds.
 *
 * Sources, all 5.5.4-2+deb12u3: src/internal.c, ssl.c, tls13.c, crl.c, wolfcrypt/src/asn.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/stack.h"

#define BIT(number) (1U << (number))

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448),
    OTHERS = BIT(MTL_KEY_RSA_PSS) | BIT(MTL_KEY_DSA), /* are taken; see oddities */
    NIST = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
    CURVES = NIST | BIT(MTL_CURVE_P192) | BIT(MTL_CURVE_P224) | BIT(MTL_CURVE_SECP256K1) |
             BIT(MTL_CURVE_BRAINPOOL_P256R1) | BIT(MTL_CURVE_BRAINPOOL_P384R1) | BIT(MTL_CURVE_BRAINPOOL_P512R1),
    /* oidCertExtType; the key ids only where they are not critical */
    KNOWN = BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) |
            BIT(MTL_EXT_SUBJECT_ALT_NAME) | BIT(MTL_EXT_NAME_CONSTRAINTS) | BIT(MTL_EXT_CERTIFICATE_POLICIES) |
            BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_INHIBIT_ANY_POLICY) | BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS) |
            BIT(MTL_EXT_AUTHORITY_INFO_ACCESS) | BIT(MTL_EXT_NETSCAPE_CERT_TYPE) | BIT(MTL_EXT_OCSP_NO_CHECK),
    KEY_IDS = BIT(MTL_EXT_SUBJECT_KEY_ID) | BIT(MTL_EXT_AUTHORITY_KEY_ID),
    MOST_HANDSHAKE = 3 + (2048 + 3) * 9, /* MAX_HANDSHAKE_SZ */
};

/* ParseCertRelative(); then, of the leaf, what comes last in ProcessPeerCerts() overrides what came before. */
static const enum mtl_step each[] = {
    MTL_STEP_ISSUER_KEY_SUPPORTED,
    MTL_STEP_SIGNATURE,
    MTL_STEP_CONSTRAINTS_ABOVE,
    MTL_STEP_NOT_AFTER,
    MTL_STEP_NOT_BEFORE,
    MTL_STEP_CRITICAL_EXTENSIONS,
    MTL_STEP_OF_CAS,
    MTL_STEP_REVOCATION,
    MTL_STEP_END,
};
static const enum mtl_step leaf[] = {MTL_STEP_IDENTITY, MTL_STEP_PURPOSE, MTL_STEP_REVOCATION, MTL_STEP_END};
static const struct mtl_phase phases[] = {
    {.direction = MTL_ROOT_TO_LEAF, .steps = each},
    {.direction = MTL_LEAF_ONLY, .scope = MTL_SCOPE_FOUND, .steps = leaf},
};

#define ALWAYS(alert)                                                                                                  \
    {                                                                                                                  \
        {alert, alert},                                                                                                \
        {                                                                                                              \
            alert, alert                                                                                               \
        }                                                                                                              \
    }
#define SAYS(reason, code, name, text, alert)                                                                          \
    {                                                                                                                  \
        MTL_REASON_##reason, code, name, text, ALWAYS(alert)                                                           \
    }
#define SAYS_THAT(...) SAYS(__VA_ARGS__)
#define NO_SIGNER -188, "ASN_NO_SIGNER_E", "certificate verify failed", 48
#define PARSE -140, "ASN_PARSE_E", "ASN parsing error, invalid input", 42
#define NAME_SPACE -198, "ASN_NAME_INVALID_E", "Name Constraint error", 42
#define MISMATCH -322, "DOMAIN_NAME_MISMATCH", "peer subject name mismatch", 42
#define OTHER_OID -152, "ASN_SIG_OID_E", "ASN signature error, mismatched oid", 42
#define NO_CRL_SIGNER -190, "ASN_CRL_NO_SIGNER_E", "ASN CRL no signer error to confirm failure", 0

/* DoCertFatalAlert() */
static const struct mtl_stack_reason reasons[] = {
    SAYS_THAT(NO_ISSUER, NO_SIGNER),
    SAYS(SELF_SIGNED_LEAF, -275, "ASN_SELF_SIGNED_E", "ASN self-signed certificate error", 42),
    SAYS(SIGNATURE, -155, "ASN_SIG_CONFIRM_E", "ASN sig error, confirm failure", 42),
    SAYS_THAT(ISSUER_KEY_UNSUPPORTED, OTHER_OID),
    SAYS_THAT(ALGORITHMS_DIFFER, OTHER_OID),
    SAYS_THAT(CONSTRAINT_PERMITTED, NAME_SPACE),
    SAYS_THAT(CONSTRAINT_EXCLUDED, NAME_SPACE),
    SAYS(EXPIRED, -151, "ASN_AFTER_DATE_E", "ASN date error, current date after", 45),
    SAYS(NOT_YET_VALID, -150, "ASN_BEFORE_DATE_E", "ASN date error, current date before", 45),
    SAYS(CRITICAL_EXTENSION, -160, "ASN_CRIT_EXT_E", "X.509 Critical extension ignored or invalid", 42),
    SAYS(DUPLICATE_EXTENSION, -144, "ASN_OBJECT_ID_E", "ASN object id error, invalid id", 42),
    SAYS_THAT(MALFORMED, PARSE),
    SAYS_THAT(EXPLICIT_CURVE, PARSE),
    SAYS_THAT(UNKNOWN_CURVE, PARSE),
    SAYS(PATH_LENGTH, -238, "ASN_PATHLEN_INV_E", "ASN CA path length larger than signer error", 42),
    SAYS(NO_CERT_SIGN, -357, "NOT_CA_ERROR", "Not a CA by basic constraint error", 42),
    SAYS(REVOKED, -361, "CRL_CERT_REVOKED", "CRL Cert revoked", 44),
    SAYS(CRL_MISSING, -362, "CRL_MISSING", "CRL missing, not loaded", 42),
    SAYS(PURPOSE, -386, "EXTKEYUSE_AUTH_E", "Ext Key Use server/client auth not set Error", 42),
    SAYS_THAT(NAME_MISMATCH, MISMATCH),
    SAYS_THAT(ADDRESS_MISMATCH, MISMATCH),
    SAYS_THAT(CRL_ISSUER_MISSING, NO_CRL_SIGNER),
    SAYS_THAT(CRL_ISSUER_KEY_USAGE, NO_CRL_SIGNER),
};

/* A leaf is decoded once before anything is verified, and then only ASN_PARSE_E has an alert, in TLS 1.2. */
static const uint8_t unreadable_leaf_alert[MTL_REASON_COUNT] = {
    [MTL_REASON_MALFORMED] = 50, [MTL_REASON_EXPLICIT_CURVE] = 50, [MTL_REASON_UNKNOWN_CURVE] = 50};
static const uint8_t no_alert[MTL_REASON_COUNT];

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_EMPTY_TRUST, true, {"0: ok"}},
    {MTL_REASON_EXPLICIT_CURVE, true, {"0: ok"}},
    {MTL_REASON_UNKNOWN_CURVE, true, {"0: ok"}},
    {MTL_REASON_CRL_ISSUER_MISSING, true, {"-190: ASN CRL no signer error to confirm failure"}},
    {MTL_REASON_CRL_ISSUER_KEY_USAGE, true, {"-190: ASN CRL no signer error to confirm failure"}},
    {MTL_REASON_CRL_SIGNATURE, true, {"-189: ASN CRL sig error, confirm failure"}},
    {MTL_REASON_CRL_EXPIRED, true, {"-140: ASN parsing error, invalid input"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {"-501: can't match cipher suite", "-501: can't match cipher suite"}},
    {MTL_REASON_NO_CERTIFICATE, false, {"-501: can't match cipher suite", "-328: malformed buffer input error"}},
};

/* wolfSSL_get_alert_history() */
#define RECEIVED "-313: received alert fatal error"

static const struct mtl_reading_oddity oddities[] = {
    {MTL_ODD_KEY_TYPE, MTL_KEY_RSA_PSS, .doubt = "signatures by its RSA-PSS key fail in ways that are not modelled"},
    {MTL_ODD_KEY_TYPE, MTL_KEY_DSA, .doubt = "it has a DSA key"},
    {MTL_ODD_RSA_BELOW, 1024, .doubt = "its RSA key has less than 1024 bits"},
};

static const struct mtl_stack_signing signing[2][MTL_TLS_COUNT] = {
    [MTL_CLIENT] = {{.keys = KEYS, .curves = NIST}, {.keys = KEYS, .curves = NIST}},
    [MTL_SERVER] = {{.keys = KEYS,
                     .curves = CURVES,
                     .peer_needs_digital_signature = BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448)},
                    {.keys = KEYS, .curves = NIST}},
};

#define NO_PROOF "-330: verify problem based on signature"
static const struct mtl_stack_proof proof = {
    .alert = {[MTL_CLIENT] = {0, 51}, [MTL_SERVER] = {51, 51}},
    .surface = {[MTL_CLIENT] = {[MTL_TLS12] = MTL_SURFACE_RESET}},
    .line = {{NO_PROOF, NO_PROOF}, {"-229: Signature verify error", NO_PROOF}},
};

/* In TLS 1.3 it does not know yet by which algorithm the peer will sign, and so does not ask. */
#define NOT_SET "-383: Key Use digitalSignature not set Error"
static const struct mtl_stack_proof usage = {
    .alert = {[MTL_CLIENT] = {42}, [MTL_SERVER] = {42}},
    .line = {{NOT_SET}, {NOT_SET}},
};

const struct mtl_stack stack_wolfssl_5_5 = {
    .id = "wolfssl-5.5",
    .title = "wolfSSL 5.5",
    .versions = "5.5.4-2+deb12u3",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_APPLICATION,
    .asks_with = "wolfSSL_UseSNI()",
    .policy =
        {
            .search = MTL_SEARCH_DOWNWARDS,
            .names_are_compared_as_bytes = true,
            .key_ids_are_binding = true,
            .only_key_ids_bind = true,
            .default_depth = 8,
            .self_issued_set_no_path_length = true,
            .understood_extensions = KNOWN,
            .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH | MTL_EKU_ANY, [MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_ANY},
            .revocation = MTL_REVOCATION_CHAIN,
            .crls_are_answers = true,
            .crls_need_next_update = true,
            .names = {.common_name = MTL_CN_IF_NO_DNS_OR_ADDRESS,
                      .wildcards = MTL_WILDCARD_ANY_LABEL,
                      .addresses_may_be_texts = true,
                      .no_ipv6_addresses = true},
            .constraints = {.common_name_as_dns = true,
                            .common_name_of_cas = true,
                            .directory_names = true,
                            .ranges_are_ignored = true,
                            .dns_by_ending = true,
                            .alt_names_are_dns = true,
                            .ignored_types = ~(BIT(MTL_GN_DNS) | BIT(MTL_GN_EMAIL) | BIT(MTL_GN_DIRECTORY))},
            .phases = phases,
            .phase_count = sizeof(phases) / sizeof(phases[0]),
        },
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"{code}: {text}"},
            .rejects_client = {"{code}: {text}"},
            .no_certificate = {"-345: peer did not return a certificate"},
            .alert_line = RECEIVED,
            .server_alert_line_in = {[MTL_TLS13] = "-306: parse error on header"},
            .cannot_sign = "-425: The security parameter is invalid",
            .too_large = "-404: Handshake message too large Error",
            .unreadable = {"{code}: {text}", "{code}: {text}"},
        },
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .reads_only_first_crl = true,
    .reads_only_pem = true,
    .trusts_only_plain_certificates = true,
    .forgives_broken_trust = true,
    .refuses_empty_trust = true,
    .drops_stale_trust = true,
    .last_failure_speaks = true,
    .crls_need_trust = true,
    .takes_early_crls = true,
    .empty_key_usage_allows_all = true,
    .own_leaf_is_a_key = true,
    .signs_with_any_key = true,
    .sends_blocks_undecoded = true,
    .reading = {.malformed_extensions = KNOWN | KEY_IDS,
                .unique_extensions = (KNOWN | KEY_IDS) & ~BIT(MTL_EXT_NETSCAPE_CERT_TYPE),
                .refuses_differing_algorithms = true,
                .curves = CURVES,
                .critical_extensions = KNOWN,
                .critical_in_anchors = true,
                .decodes_issuers_in_turn = true,
                .oddities = oddities,
                .oddity_count = sizeof(oddities) / sizeof(oddities[0])},
    .proof = &proof,
    .usage = &usage,
    .usage_only_in_tls12 = true,
    .accepted_keys = KEYS | BIT(MTL_KEY_RSA_PSS),
    .accepted_curves = NIST | BIT(MTL_CURVE_EXPLICIT),
    .offered_curves = CURVES,
    .loadable_keys = KEYS | OTHERS,
    .leaves_flight_unread = true,
    .server_leaves_flight_unread = true,
    .unreadable_leaf_alert = {[MTL_TLS12] = unreadable_leaf_alert, [MTL_TLS13] = no_alert},
    .largest_certificate_message = MOST_HANDSHAKE,
    .signing = {[MTL_CLIENT] = signing[MTL_CLIENT], [MTL_SERVER] = signing[MTL_SERVER]},
    .no_certificate_alert = {[MTL_TLS13] = 116},
    .no_shared_algorithm_alert = {40, 40},
    .no_own_certificate_alert = {[MTL_TLS12] = 40},
    .closes_without_own_certificate = true,
    .ignores_offered_curves = true,
    .misnamed_curves = BIT(MTL_CURVE_SECP256K1) | BIT(MTL_CURVE_BRAINPOOL_P256R1),
    .unsignable_alert = {[MTL_CLIENT] = {[MTL_TLS13] = 47}},
};

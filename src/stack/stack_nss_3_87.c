/*
 * NSS 3.87 as an ordinary application uses it: a certificate database, SSL_AuthCertificate() and
 * NSS_GetClientAuthData(), the library's own hooks, and SSL_SetURL() with the name that a client expects. Every
 * certificate of the trust store has the flags that certutil -t CT,, gives: a trusted issuer of servers and clients,
 * whatever it is; no leaf is trusted by itself (flag P). The verifier is the classic one (cert_VerifyCertChainOld):
 * NSS uses it up to 3.100 unless an application asks for libpkix; Firefox has one of its own.
 *
 * Does not cover: other trust flags, CRLs and OCSP, imposed name constraints (of some public CAs), crypto policies,
 * chains of one's own that form a loop (a client then looks for the names of CAs without end).
 *
 * Sources, all 3.87.1: lib/certhigh/certvfy.c, lib/certdb/certdb.c, genname.c, lib/pki/certificate.c, pkibase.c,
 * pki3hack.c, lib/ssl/sslauth.c, authcert.c, sslcert.c, ssl3con.c, tls13con.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/stack.h"

#define BIT(number) (1U << (number))

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC),
    CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
};

/* The leaf: dates, keyUsage, type. */
static const enum mtl_step leaf[] = {MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_LEAF_KEY_USAGE,
                                     MTL_STEP_LEAF_TYPE, MTL_STEP_END};
/* A certificate and its issuer, upwards; trust is looked at before the last three. */
static const enum mtl_step pair[] = {MTL_STEP_CRITICAL_EXTENSIONS,
                                     MTL_STEP_ONE_ALGORITHM,
                                     MTL_STEP_OF_ISSUER,
                                     MTL_STEP_NOT_BEFORE,
                                     MTL_STEP_NOT_AFTER,
                                     MTL_STEP_OF_SUBJECT,
                                     MTL_STEP_DIGEST_STRENGTH,
                                     MTL_STEP_SIGNATURE,
                                     MTL_STEP_OF_ISSUER,
                                     MTL_STEP_DENIES_CA,
                                     MTL_STEP_PATH_LENGTH,
                                     MTL_STEP_CONSTRAINTS_BELOW,
                                     MTL_STEP_CA_TYPE,
                                     MTL_STEP_UNTRUSTED_CERT_SIGN,
                                     MTL_STEP_END};
static const enum mtl_step name[] = {MTL_STEP_IDENTITY, MTL_STEP_END};
static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf},
    {.direction = MTL_LEAF_TO_ISSUED, .steps = pair},
    {.direction = MTL_LEAF_ONLY, .scope = MTL_SCOPE_FOUND, .steps = name},
};

/* Also of an RSA key that only ever signs. */
static const uint16_t server_key_usage[] = {
    [MTL_KEY_RSA] = MTL_KU_KEY_ENCIPHERMENT,
    [MTL_KEY_RSA_PSS] = MTL_KU_DIGITAL_SIGNATURE,
    [MTL_KEY_EC] = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_AGREEMENT,
    [MTL_KEY_DSA] = MTL_KU_DIGITAL_SIGNATURE,
    [MTL_KEY_X448] = 0,
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
#define UNKNOWN_ISSUER -8179, "SEC_ERROR_UNKNOWN_ISSUER", "Peer's Certificate issuer is not recognized.", 48
#define UNTRUSTED_ISSUER                                                                                               \
    -8172, "SEC_ERROR_UNTRUSTED_ISSUER", "Peer's certificate issuer has been marked as not trusted by the user.", 48
#define CA_INVALID -8156, "SEC_ERROR_CA_CERT_INVALID", "Issuer certificate is invalid.", 42
#define BAD_SIGNATURE -8182, "SEC_ERROR_BAD_SIGNATURE", "Peer's certificate has an invalid signature.", 42
#define DISABLED                                                                                                       \
    -8016, "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED",                                                              \
        "The certificate was signed using a signature algorithm that is disabled because it is not secure.", 42
#define OUT_OF_DATE -8181, "SEC_ERROR_EXPIRED_CERTIFICATE", "Peer's Certificate has expired.", 45
#define WRONG_USAGE                                                                                                    \
    -8102, "SEC_ERROR_INADEQUATE_KEY_USAGE", "Certificate key usage inadequate for attempted operation.", 46
#define NAME_SPACE                                                                                                     \
    -8080, "SEC_ERROR_CERT_NOT_IN_NAME_SPACE",                                                                         \
        "The Certifying Authority for this certificate is not permitted to issue a certificate with this name.", 42
#define BAD_DOMAIN                                                                                                     \
    -12276, "SSL_ERROR_BAD_CERT_DOMAIN",                                                                               \
        "Unable to communicate securely with peer: requested domain name does not match the server's certificate.", 42
#define SAYS_THAT(...) SAYS(__VA_ARGS__)

static const struct mtl_stack_reason reasons[] = {
    SAYS_THAT(NO_ISSUER, UNKNOWN_ISSUER),
    SAYS_THAT(SELF_SIGNED_LEAF, UNTRUSTED_ISSUER),
    SAYS_THAT(SELF_SIGNED_IN_CHAIN, UNTRUSTED_ISSUER),
    SAYS_THAT(NOT_A_CA, CA_INVALID),
    SAYS_THAT(NO_CERT_SIGN, WRONG_USAGE),
    SAYS_THAT(KEY_USAGE, WRONG_USAGE),
    SAYS(PURPOSE, -8101, "SEC_ERROR_INADEQUATE_CERT_TYPE", "Certificate type not approved for application.", 46),
    SAYS_THAT(NOT_YET_VALID, OUT_OF_DATE),
    SAYS_THAT(EXPIRED, OUT_OF_DATE),
    SAYS_THAT(SIGNATURE, BAD_SIGNATURE),
    SAYS_THAT(ISSUER_KEY, BAD_SIGNATURE),
    SAYS_THAT(WEAK_DIGEST, DISABLED),
    SAYS(ALGORITHMS_DIFFER, -8023, "SEC_ERROR_ALGORITHM_MISMATCH",
         "The signature algorithm in the signature field of the certificate does not match the algorithm in its "
         "signatureAlgorithm field.",
         42),
    SAYS(PATH_LENGTH, -8155, "SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID", "Certificate path length constraint is invalid.",
         42),
    SAYS(CRITICAL_EXTENSION, -8151, "SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION",
         "Certificate contains unknown critical extension.", 42),
    SAYS_THAT(CONSTRAINT_PERMITTED, NAME_SPACE),
    SAYS_THAT(CONSTRAINT_EXCLUDED, NAME_SPACE),
    SAYS_THAT(CONSTRAINT_SYNTAX, NAME_SPACE),
    SAYS_THAT(CONSTRAINT_NAME_SYNTAX, NAME_SPACE),
    SAYS_THAT(NAME_MISMATCH, BAD_DOMAIN),
    SAYS_THAT(ADDRESS_MISMATCH, BAD_DOMAIN),
    {MTL_REASON_EXPLICIT_CURVE,
     -12221,
     "SSL_ERROR_EXTRACT_PUBLIC_KEY_FAILURE",
     "SSL was unable to extract the public key from the peer's certificate.",
     {[MTL_SERVER] = {51, 47}}},
    SAYS(UNDECODABLE, -8191, "SEC_ERROR_LIBRARY_FAILURE", "security library failure.", 43),
};
static const struct mtl_stack_reason issuer_dates =
    SAYS(EXPIRED, -8162, "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE",
         "The certificate issuer's certificate has expired. Check your system date and time.", 48);

/* lib/ssl/SSLerrs.h, with names */
static const struct mtl_stack_alert_words alert_words[] = {
    {40,
     "SSL_ERROR_HANDSHAKE_FAILURE_ALERT: SSL peer was unable to negotiate an acceptable set of security parameters.",
     0},
    {42, "SSL_ERROR_BAD_CERT_ALERT: SSL peer cannot verify your certificate.", 0},
    {43, "SSL_ERROR_UNSUPPORTED_CERT_ALERT: SSL peer does not support certificates of the type it received.", 0},
    {44, "SSL_ERROR_REVOKED_CERT_ALERT: SSL peer rejected your certificate as revoked.", 0},
    {45, "SSL_ERROR_EXPIRED_CERT_ALERT: SSL peer rejected your certificate as expired.", 0},
    {46, "SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT: SSL peer had some unspecified issue with the certificate it received.",
     0},
    {47, "SSL_ERROR_ILLEGAL_PARAMETER_ALERT: SSL peer rejected a handshake message for unacceptable content.", 0},
    {48, "SSL_ERROR_UNKNOWN_CA_ALERT: Peer does not recognize and trust the CA that issued your certificate.", 0},
    {49, "SSL_ERROR_ACCESS_DENIED_ALERT: Peer received a valid certificate, but access was denied.", 0},
    {50, "SSL_ERROR_DECODE_ERROR_ALERT: Peer could not decode an SSL handshake message.", 0},
    {51, "SSL_ERROR_DECRYPT_ERROR_ALERT: Peer reports failure of signature verification or key exchange.", 0},
    {70, "SSL_ERROR_PROTOCOL_VERSION_ALERT: Peer reports incompatible or unsupported protocol version.", 0},
    {71, "SSL_ERROR_INSUFFICIENT_SECURITY_ALERT: Server requires ciphers more secure than those supported by client.",
     0},
    {80, "SSL_ERROR_INTERNAL_ERROR_ALERT: Peer reports it experienced an internal error.", 0},
    {112, "SSL_ERROR_UNRECOGNIZED_NAME_ALERT: SSL peer has no certificate for the requested DNS name.", 0},
    {116, "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT: SSL received a certificate_required alert.", 0},
};

static const struct mtl_stack_signing signing[2][MTL_TLS_COUNT] = {
    [MTL_CLIENT] = {{.keys = KEYS, .curves = CURVES}, {.keys = KEYS, .curves = CURVES}},
    [MTL_SERVER] = {{.keys = KEYS,
                     .curves = CURVES,
                     .need_digital_signature = BIT(MTL_KEY_EC),
                     .peer_needs_digital_signature = BIT(MTL_KEY_EC)},
                    {.keys = KEYS, .curves = CURVES, .need_digital_signature = KEYS}},
};

static const struct mtl_reading_oddity oddities[] = {
    {MTL_ODD_RSA_BELOW, 1023, .doubt = "its RSA key has less than 1023 bits"},
};

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_KEY_MISMATCH,
     true,
     {"SSL_ERROR_NO_CERTIFICATE: Unable to find the certificate or key necessary for authentication."}},
};

#define NO_PROOF "SEC_ERROR_BAD_SIGNATURE: Peer's certificate has an invalid signature."
static const struct mtl_stack_proof proof = {.alert = ALWAYS(51), .line = {{NO_PROOF, NO_PROOF}, {NO_PROOF, NO_PROOF}}};

const struct mtl_stack stack_nss_3_87 = {
    .id = "nss-3.87",
    .title = "NSS 3.87",
    .versions = "3.87.1-1+deb12u2",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy =
        {
            .search = MTL_SEARCH_BEST_ISSUER,
            .names_are_compared_as_bytes = true,
            .key_ids_are_binding = true,
            .only_key_ids_bind = true,
            .any_key_may_issue = true,
            .decodable_extensions = BIT(MTL_EXT_BASIC_CONSTRAINTS),
            .default_depth = 19,
            .depth_is_no_reason = true,
            .early_seconds = 24 * 60 * 60,
            .self_issued_are_exempt_from_path_length = true,
            .understood_extensions =
                BIT(MTL_EXT_SUBJECT_KEY_ID) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_SUBJECT_ALT_NAME) |
                BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_NAME_CONSTRAINTS) | BIT(MTL_EXT_AUTHORITY_KEY_ID) |
                BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_AUTHORITY_INFO_ACCESS) | BIT(MTL_EXT_NETSCAPE_CERT_TYPE),
            .key_usage = {[MTL_CLIENT] = MTL_KU_DIGITAL_SIGNATURE},
            .server_key_usage = server_key_usage,
            .signature_digests = ~(BIT(MTL_DIGEST_MD2) | BIT(MTL_DIGEST_MD4) | BIT(MTL_DIGEST_MD5)),
            .verifying_keys = KEYS | BIT(MTL_KEY_RSA_PSS) | BIT(MTL_KEY_DSA),
            .verifying_curves = CURVES,
            .names = {.common_name = MTL_CN_IF_NONE_OF_KIND, .wildcards = MTL_WILDCARD_TRAILING},
            .constraints = {.common_name_as_dns = true, .directory_names = true, .ranges_are_ignored = true},
            .phases = phases,
            .phase_count = sizeof(phases) / sizeof(phases[0]),
        },
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .issuer_dates = &issuer_dates,
    .words =
        {
            .rejects_server = {"{name}: {text}"},
            .rejects_client = {"{name}: {text}"},
            .no_certificate = {"SSL_ERROR_NO_CERTIFICATE: Unable to find the certificate or key necessary for "
                               "authentication."},
            .alert_line = "{alert}",
            .refused_hello = "SSL_ERROR_NO_CYPHER_OVERLAP: Cannot communicate securely with peer: no common encryption "
                             "algorithm(s).",
            .unreadable = {"{name}: {text}", "{name}: {text}"},
        },
    .alert_words = alert_words,
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .builds_own_chain = true,
    .judges_with_own_chain = true,
    .client_judges_own_leaf = true,
    .crls_are_not_known = true,
    .heeds_ca_names = true,
    .empty_key_usage_allows_all = true,
    .reads_only_pem = true,
    .reads_own_chain = true,
    .refuses_own_undecodable_files = true,
    .trusts_only_plain_certificates = true,
    .reading = {.oddities = oddities, .oddity_count = 1, .leaf_curves = ~BIT(MTL_CURVE_EXPLICIT)},
    .leaves_flight_unread = true,
    .proof = &proof,
    .accepted_keys = KEYS | BIT(MTL_KEY_DSA),
    .accepted_curves = CURVES | BIT(MTL_CURVE_EXPLICIT), /* of a group that its peer takes for offered */
    .storable_keys = KEYS | BIT(MTL_KEY_RSA_PSS) | BIT(MTL_KEY_DSA),
    .server_curves = ~(BIT(MTL_CURVE_BRAINPOOL_P256R1) | BIT(MTL_CURVE_BRAINPOOL_P384R1) |
                       BIT(MTL_CURVE_BRAINPOOL_P512R1)), /* whose OIDs it does not know */
    .server_key_usage = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_ENCIPHERMENT,
    .ca_names_are_texts = true,
    .wrong_curve_alert = {[MTL_TLS12] = 51},
    .unsignable_closes = {[MTL_CLIENT] = {[MTL_TLS12] = true}},
    .loadable_keys = KEYS,
    .signing = {[MTL_CLIENT] = signing[MTL_CLIENT], [MTL_SERVER] = signing[MTL_SERVER]},
    .no_certificate_alert = {[MTL_TLS12] = 42, [MTL_TLS13] = 116},
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 40},
};

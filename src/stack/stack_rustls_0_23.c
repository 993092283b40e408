/*
 * rustls 0.23 with its webpki verifier and the provider "ring", as an ordinary application sets it up: RootCertStore,
 * WebPkiServerVerifier with the CRLs given, WebPkiClientVerifier, with_single_cert() or with_client_auth_cert().
 *
 * Does not cover: the provider aws-lc-rs (which also has P-521), verifiers of the platform, CRLs that must not have
 * expired, webpki's limits of 100 signatures and 200,000 steps, raw public keys, the few distrusted keys it carries; an
 * empty extKeyUsage (alert 46), unique identifiers.
 * Sources: recordings; rustls-webpki 0.103.17 verify_cert.rs, cert.rs, error.rs (rank()), crl, subject_name; rustls
 * 0.23.46 webpki, error.rs (alerts), common_state.rs. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/stack.h"

#define BIT(number) (1U << (number))

/* check_issuer_independent_properties() of the leaf, then of each presented issuer. */
static const enum mtl_step leaf[] = {
    MTL_STEP_DATES_IN_ORDER, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_DECODABLE_EXTENSIONS,
    MTL_STEP_NO_CA_AS_LEAF,  MTL_STEP_PURPOSE,    MTL_STEP_END,
};
static const enum mtl_step issuer[] = {
    MTL_STEP_DATES_IN_ORDER, MTL_STEP_NOT_BEFORE,  MTL_STEP_NOT_AFTER, MTL_STEP_DECODABLE_EXTENSIONS,
    MTL_STEP_IS_CA,          MTL_STEP_PATH_LENGTH, MTL_STEP_PURPOSE,   MTL_STEP_END,
};
/* check_signed_chain(), from the anchor down, and check_signed_chain_name_constraints() */
static const enum mtl_step signatures[] = {
    MTL_STEP_DIGEST_STRENGTH, MTL_STEP_ISSUER_KEY_SUPPORTED, MTL_STEP_SIGNATURE, MTL_STEP_REVOCATION, MTL_STEP_END,
};
static const enum mtl_step name_constraints[] = {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};
/* Once a path holds: verify_server_name(), then the signature over the handshake. */
static const enum mtl_step identity[] = {MTL_STEP_IDENTITY, MTL_STEP_LEAF_KEY_SUPPORTED, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf},
    {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_EXTENSION, .steps = issuer},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
};

/* Error::rank(). What the leaf's key lacks is found once a path holds, and ends the search. */
static const uint16_t specificity[MTL_REASON_COUNT] = {
    [MTL_REASON_LEAF_KEY_UNSUPPORTED] = UINT16_MAX,
    [MTL_REASON_LEAF_KEY_WEAK] = UINT16_MAX,
    [MTL_REASON_NOT_YET_VALID] = 290,
    [MTL_REASON_EXPIRED] = 290,
    [MTL_REASON_REVOKED] = 270,
    [MTL_REASON_CRL_MISSING] = 270,
    [MTL_REASON_CRL_SIGNATURE] = 260,
    [MTL_REASON_CRL_ISSUER_MISSING] = 260,
    [MTL_REASON_SIGNATURE] = 260,
    [MTL_REASON_ISSUER_KEY] = 260,
    [MTL_REASON_ISSUER_KEY_WEAK] = 260,
    [MTL_REASON_ALGORITHMS_DIFFER] = 250,
    [MTL_REASON_PURPOSE] = 240,
    [MTL_REASON_CONSTRAINT_PERMITTED] = 230,
    [MTL_REASON_CONSTRAINT_EXCLUDED] = 230,
    [MTL_REASON_CONSTRAINT_TYPE] = 230,
    [MTL_REASON_PATH_LENGTH] = 220,
    [MTL_REASON_NOT_A_CA] = 210,
    [MTL_REASON_CONSTRAINT_READ_OTHERWISE] = 230,
    [MTL_REASON_CA_AS_LEAF] = 210,
    [MTL_REASON_CRL_ISSUER_KEY_USAGE] = 200,
    [MTL_REASON_DATES_REVERSED] = 190,
    [MTL_REASON_CONSTRAINT_NAME_SYNTAX] = 180,
    [MTL_REASON_CRL_KEY_UNSUPPORTED] = 150,
    [MTL_REASON_ISSUER_KEY_UNSUPPORTED] = 150,
    [MTL_REASON_WEAK_DIGEST] = 140,
    [MTL_REASON_CRITICAL_EXTENSION] = 130,
    [MTL_REASON_OLD_VERSION] = 130,
    [MTL_REASON_DEPTH] = 61,
    [MTL_REASON_DUPLICATE_EXTENSION] = 30,
    [MTL_REASON_MALFORMED] = 10,
    [MTL_REASON_CONSTRAINT_MINMAX] = 10,
    [MTL_REASON_CONSTRAINT_SYNTAX] = 10,
};

/* One alert for both roles and both versions. */
#define ROW(reason, name, text, alert)                                                                                 \
    {                                                                                                                  \
        MTL_REASON_##reason, 0, name, text,                                                                            \
        {                                                                                                              \
            {alert, alert},                                                                                            \
            {                                                                                                          \
                alert, alert                                                                                           \
            }                                                                                                          \
        }                                                                                                              \
    }
#define PEER "invalid peer certificate: "
#define OTHER(reason, name) ROW(reason, name, PEER "Other(OtherError(" name "))", 46)
#define CRLS "invalid certificate revocation list: "

static const struct mtl_stack_reason reasons[] = {
    ROW(NO_ISSUER, "UnknownIssuer", PEER "UnknownIssuer", 48),
    ROW(SELF_SIGNED_LEAF, "UnknownIssuer", PEER "UnknownIssuer", 48),
    ROW(SELF_SIGNED_IN_CHAIN, "UnknownIssuer", PEER "UnknownIssuer", 48),
    OTHER(DEPTH, "MaximumPathDepthExceeded"),
    ROW(MALFORMED, "BadEncoding", PEER "BadEncoding", 42),
    OTHER(DUPLICATE_EXTENSION, "ExtensionValueInvalid"),
    OTHER(ALGORITHMS_DIFFER, "SignatureAlgorithmMismatch"),
    OTHER(CRITICAL_EXTENSION, "UnsupportedCriticalExtension"),
    OTHER(OLD_VERSION, "UnsupportedCertVersion"),
    OTHER(NOT_A_CA, "EndEntityUsedAsCa"),
    OTHER(CA_AS_LEAF, "CaUsedAsEndEntity"),
    ROW(PURPOSE, "InvalidPurposeContext", PEER "certificate does not allow extended key usage for ", 43),
    OTHER(PATH_LENGTH, "PathLenConstraintViolated"),
    ROW(WEAK_DIGEST, "UnsupportedSignatureAlgorithmContext", PEER "UnsupportedSignatureAlgorithmContext {", 51),
    ROW(LEAF_KEY_UNSUPPORTED, "UnsupportedSignatureAlgorithmForPublicKeyContext",
        PEER "UnsupportedSignatureAlgorithmForPublicKeyContext {", 51),
    ROW(ISSUER_KEY_UNSUPPORTED, "UnsupportedSignatureAlgorithmForPublicKeyContext",
        PEER "UnsupportedSignatureAlgorithmForPublicKeyContext {", 51),
    ROW(LEAF_KEY_WEAK, "BadSignature", PEER "BadSignature", 51),
    ROW(ISSUER_KEY_WEAK, "BadSignature", PEER "BadSignature", 51),
    ROW(ISSUER_KEY, "BadSignature", PEER "BadSignature", 51),
    ROW(SIGNATURE, "BadSignature", PEER "BadSignature", 51),
    ROW(NAME_MISMATCH, "NotValidForNameContext", PEER "certificate not valid for name ", 42),
    ROW(ADDRESS_MISMATCH, "NotValidForNameContext", PEER "certificate not valid for name ", 42),
    ROW(CRL_MISSING, "UnknownRevocationStatus", PEER "UnknownRevocationStatus", 48),
    ROW(CRL_SIGNATURE, "BadSignature", CRLS "BadSignature", 40),
    ROW(CRL_KEY_UNSUPPORTED, "UnsupportedSignatureAlgorithmForPublicKeyContext",
        CRLS "UnsupportedSignatureAlgorithmForPublicKeyContext {", 40),
    ROW(CRL_ISSUER_MISSING, "BadSignature", CRLS "BadSignature", 40),
    ROW(CRL_ISSUER_KEY_USAGE, "IssuerInvalidForCrl", CRLS "IssuerInvalidForCrl", 40),
    ROW(REVOKED, "Revoked", PEER "Revoked", 44),
    ROW(NOT_YET_VALID, "NotValidYetContext", PEER "certificate not valid yet: verification time ", 45),
    ROW(EXPIRED, "ExpiredContext", PEER "certificate expired: verification time ", 45),
    ROW(DATES_REVERSED, "Expired", PEER "Expired", 45),
    OTHER(CONSTRAINT_PERMITTED, "NameConstraintViolation"),
    OTHER(CONSTRAINT_EXCLUDED, "NameConstraintViolation"),
    OTHER(CONSTRAINT_TYPE, "NameConstraintViolation"),
    OTHER(CONSTRAINT_NAME_SYNTAX, "InvalidNetworkMaskConstraint"),
    /* a name is a MalformedDnsIdentifier, a constraint is a MalformedNameConstraint */
    ROW(CONSTRAINT_READ_OTHERWISE, "Malformed", PEER "Other(OtherError(Malformed", 46),
    ROW(CONSTRAINT_MINMAX, "BadEncoding", PEER "BadEncoding", 42),
    ROW(CONSTRAINT_SYNTAX, "BadEncoding", PEER "BadEncoding", 42),
};

/* rustls enums.rs: AlertDescription, as it prints itself */
static const struct mtl_stack_alert_words alert_words[] = {
    {40, "HandshakeFailure", 0},     {42, "BadCertificate", 0},     {43, "UnsupportedCertificate", 0},
    {44, "CertificateRevoked", 0},   {45, "CertificateExpired", 0}, {46, "CertificateUnknown", 0},
    {47, "IllegalParameter", 0},     {48, "UnknownCA", 0},          {49, "AccessDenied", 0},
    {50, "DecodeError", 0},          {51, "DecryptError", 0},       {70, "ProtocolVersion", 0},
    {71, "InsufficientSecurity", 0}, {80, "InternalError", 0},      {112, "UnrecognisedName", 0},
    {116, "CertificateRequired", 0},
};

#define NO_CRL "provided CRL could not be parsed: "

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_MALFORMED, true, {PEER "BadEncoding"}},
    {MTL_REASON_UNDECODABLE, true, {PEER "BadEncoding"}},
    {MTL_REASON_DUPLICATE_EXTENSION, true, {PEER "Other(OtherError(ExtensionValueInvalid))"}},
    {MTL_REASON_ALGORITHMS_DIFFER, true, {PEER "Other(OtherError(SignatureAlgorithmMismatch))"}},
    {MTL_REASON_CRITICAL_EXTENSION, true, {PEER "Other(OtherError(UnsupportedCriticalExtension))"}},
    {MTL_REASON_OLD_VERSION, true, {PEER "Other(OtherError(UnsupportedCertVersion))"}},
    {MTL_REASON_ODD_HOST, true, {"invalid dns name"}},
    {MTL_REASON_KEY_MISMATCH, true, {"keys may not be consistent: KeyMismatch"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {"unexpected error: failed to parse private key as RSA, ECDSA, or EdDSA"}},
    {MTL_REASON_EMPTY_TRUST, true, {"no root trust anchors were provided"}},
    {MTL_REASON_CRL_CRITICAL_EXTENSION, true, {NO_CRL "UnsupportedCriticalExtension"}},
    {MTL_REASON_CRL_SCOPE, true, {NO_CRL}},
};

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519),
    CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384),
    LEAST_RSA_BITS = 2048,
    MOST_RSA_BITS = 8192,
    /* cert.rs remember_cert_extension(): keyUsage is kept as it is, all others are SEQUENCEs */
    SEQUENCES = BIT(MTL_EXT_SUBJECT_ALT_NAME) | BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_NAME_CONSTRAINTS) |
                BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS) | BIT(MTL_EXT_EXTENDED_KEY_USAGE),
    KNOWN = SEQUENCES | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_SCT_LIST),
};

/* Servers choose no certificate by its keyUsage; peers may mind. */
static const struct mtl_stack_signing client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS, .curves = CURVES},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES},
};
static const struct mtl_stack_signing server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS,
                   .curves = CURVES,
                   .peer_needs_digital_signature = BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519)},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES},
};

#define ALWAYS(value)                                                                                                  \
    {                                                                                                                  \
        {value, value},                                                                                                \
        {                                                                                                              \
            value, value                                                                                               \
        }                                                                                                              \
    }
static const struct mtl_stack_proof proof = {
    .alert = ALWAYS(51),
    .misfit_alert = {{51, 51}, {51, 51}},
    .line = ALWAYS(PEER "BadSignature"),
};

const struct mtl_stack stack_rustls_0_23 = {
    .id = "rustls-0.23",
    .title = "rustls 0.23 (webpki, ring)",
    .versions = "0.23.46",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy =
        {
            .search = MTL_SEARCH_BACKTRACK,
            .judges_while_building = true,
            .names_are_compared_as_bytes = true,
            .issuers_need_only_the_name = true,
            .anchors_are_keys = true,
            .specificity = specificity,
            .default_depth = 6,
            .ca_flag_is_enough = true,
            .decodable_extensions = BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_EXTENDED_KEY_USAGE),
            .der_extensions = BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_EXTENDED_KEY_USAGE),
            .path_length_bits = 8,
            .nested_eku = true,
            .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH, [MTL_SERVER] = MTL_EKU_SERVER_AUTH},
            .signature_digests =
                BIT(MTL_DIGEST_NONE) | BIT(MTL_DIGEST_SHA256) | BIT(MTL_DIGEST_SHA384) | BIT(MTL_DIGEST_SHA512),
            .signature_keys = KEYS | BIT(MTL_KEY_RSA_PSS),
            .ecdsa_digests = BIT(MTL_DIGEST_SHA256) | BIT(MTL_DIGEST_SHA384),
            .verifying_keys = KEYS,
            .verifying_curves = CURVES,
            .rsa_bits = {LEAST_RSA_BITS, MOST_RSA_BITS},
            .revocation = MTL_REVOCATION_CHAIN,
            .first_crl_decides = true,
            .tells_crl_keys_apart = true,
            .names = {.common_name = MTL_CN_NEVER,
                      .wildcards = MTL_WILDCARD_WHOLE_LABEL,
                      .final_dot_is_ignored = true,
                      .strict_addresses = true},
            .knows_crl_numbers = true,
            .names_must_decode = true,
            .constraints = {.in_turn = true},
            .self_issued_are_constrained = true,
            .phases = phases,
            .phase_count = sizeof(phases) / sizeof(phases[0]),
        },
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"{text}"},
            .rejects_client = {"{text}"},
            .no_certificate = {"peer sent no certificates"},
            .alert_line = "received fatal alert: {alert}",
            .too_large = "received corrupt message of type HandshakePayloadTooLarge",
            .unreadable = {[MTL_CLIENT] = "{text}", [MTL_SERVER] = "{text}"},
        },
    .alert_words = alert_words,
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .reads_only_pem = true,
    .client_needs_host = true,
    .strips_final_dot = true,
    .skips_trusted_blocks_in_chains = true,
    .sends_blocks_undecoded = true,
    .refuses_own_undecodable_files = true,
    .reading = {.sequence_extensions = SEQUENCES,
                .unique_extensions = KNOWN,
                .refuses_differing_algorithms = true,
                .critical_extensions = KNOWN,
                .needs_version_3 = true,
                .refuses_odd_flags = true,
                .decodes_issuers_in_turn = true},
    .refuses_unreadable_trust = true,
    .trusts_only_plain_certificates = true,
    .refuses_empty_trust = true,
    .refuses_unusable_crls = true,
    .refuses_absent_certificate = true,
    .proof = &proof,
    .accepted_keys = KEYS,
    .accepted_curves = CURVES | BIT(MTL_CURVE_EXPLICIT),
    .loadable_keys = KEYS,
    .loadable_curves = CURVES,
    .loadable_rsa_bits = LEAST_RSA_BITS,
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},
    .no_certificate_alert = {[MTL_TLS12] = 116, [MTL_TLS13] = 116},
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 40},
    .largest_certificate_message = 0xffff,
    .too_large_alert = 50,
};

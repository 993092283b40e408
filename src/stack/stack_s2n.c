/*
 * s2n-tls with AWS-LC, as the Rust bindings set it up with their default policy: Config with trust_pem() and
 * load_pem(), set_client_auth_type(Required), set_server_name() in clients; in servers a callback that admits any name
 * of a client.
 *
 * It compares the name before it builds a path, and asks for purposes once a path holds, of all certificates but the
 * anchor. It sends no alert at all: after an error it ends with close_notify, 10 to 30 seconds later
 * (s2n_config_set_max_blinding_delay() of 0, as recorded, takes that time away).
 *
 * Does not cover: other policies (some refuse SHA-1 or RSA-1024 in chains), other libcryptos, CRLs (which the Rust
 * bindings do not have), OCSP, a client without a server name (it accepts nobody), ML-DSA, certificates that lie behind
 * the most that it takes and do not decode, text behind the last block of a trust store (it does not start with that).
 * An IPv6 address that is expected must be spelled as in RFC 5952. Of several names without a match it words the last
 * only; where that is no name of a host, as "Certificate is untrusted". Sources: recordings; s2n-tls-sys 0.3.47
 * tls/s2n_x509_validator.c (order and errors), s2n_connection.c (names), s2n_auth_selection.c, s2n_security_policies.c
 * (20251014), s2n_handshake_io.c, stuffer/s2n_stuffer_pem.c; those of aws_lc_family.h. SPDX-License-Identifier:
 * Apache-2.0
 */
#include "stack/aws_lc_family.h"

/* X509_verify_cert() without a purpose, and X509_check_purpose() behind it. */
static const enum mtl_step chain_extensions[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_KEY_DECODES, MTL_STEP_EXPLICIT_CURVE, MTL_STEP_IS_CA,
    MTL_STEP_PATH_LENGTH,         MTL_STEP_END,
};
static const enum mtl_step intent[] = {MTL_STEP_PURPOSE, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = identity},
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf_decodes},
    {.direction = MTL_LEAF_TO_ROOT, .steps = chain_extensions},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
    {.direction = MTL_LEAF_TO_ISSUED, .steps = intent},
};

#define ROW(reason, name, text)                                                                                        \
    {                                                                                                                  \
        MTL_REASON_##reason, 0, "S2N_ERR_" name, text, ALWAYS(0)                                                       \
    }
#define UNTRUSTED(reason) ROW(reason, "CERT_UNTRUSTED", "Certificate is untrusted")
#define UNDECODED(reason) ROW(reason, "DECODE_CERTIFICATE", "error decoding certificate")
#define OTHER_NAME(reason) ROW(reason, "CERT_INVALID_HOSTNAME", "Certificate is not valid for the supplied hostname")

static const struct mtl_stack_reason reasons[] = {
    OTHER_NAME(NAME_MISMATCH),
    OTHER_NAME(ADDRESS_MISMATCH),
    ROW(CRITICAL_EXTENSION, "CERT_UNHANDLED_CRITICAL_EXTENSION", "Unhandled critical certificate extension"),
    ROW(PURPOSE, "CERT_INTENT_INVALID", "Certificate intent is invalid for the current context."),
    ROW(NOT_YET_VALID, "CERT_NOT_YET_VALID", "Certificate is not yet valid"),
    ROW(EXPIRED, "CERT_EXPIRED", "Certificate has expired"),
    UNDECODED(UNKNOWN_CURVE),
    UNDECODED(LEAF_KEY_UNSUPPORTED),
    UNTRUSTED(NO_ISSUER),
    UNTRUSTED(NO_ISSUER_OF_ANCHOR),
    UNTRUSTED(SELF_SIGNED_LEAF),
    UNTRUSTED(SELF_SIGNED_IN_CHAIN),
    UNTRUSTED(MALFORMED),
    UNTRUSTED(NOT_A_CA),
    UNTRUSTED(PATH_LENGTH),
    UNTRUSTED(EXPLICIT_CURVE),
    UNTRUSTED(ISSUER_KEY),
    UNTRUSTED(WEAK_DIGEST),
    UNTRUSTED(SIGNATURE),
    UNTRUSTED(CONSTRAINT_PERMITTED),
    UNTRUSTED(CONSTRAINT_EXCLUDED),
    UNTRUSTED(CONSTRAINT_MINMAX),
    UNTRUSTED(CONSTRAINT_TYPE),
    UNTRUSTED(CONSTRAINT_NAME_SYNTAX),
    UNTRUSTED(CONSTRAINT_TOO_MANY),
};

#define NO_SCHEME "Unable to negotiate a supported signature scheme"
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_KEY_MISMATCH, true, {"public and private key do not match"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {"error decoding certificate"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {"Cipher is not supported", NO_SCHEME}},
    {MTL_REASON_NO_CERTIFICATE, false, {"Cipher is not supported", NO_SCHEME}},
    {MTL_REASON_CRL_IN_TRUST, true, {"stuffer expected bytes were not found"}},
    {MTL_REASON_DEPTH, true, {"invalid argument provided into a function call"}},
};

#define BAD_PROOF                                                                                                      \
    {                                                                                                                  \
        "error verifying signature", "error verifying signature"                                                       \
    }
static const struct mtl_stack_proof proof = {.line = {BAD_PROOF, BAD_PROOF}};

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_RSA_PSS) | BIT(MTL_KEY_EC),
    CURVES = BORINGSSL_CURVES | BIT(MTL_CURVE_EXPLICIT),
};
static const struct mtl_stack_signing client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS, .curves = CURVES},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES},
};
static const struct mtl_stack_signing server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS,
                   .curves = AWS_LC_CURVES,
                   .peer_needs_digital_signature = BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519)},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES},
};

const struct mtl_stack stack_s2n = {
    .id = "s2n",
    .title = "s2n-tls",
    .versions = "s2n-tls 0.3.47 with aws-lc-sys 0.47.0",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {AWS_LC_POLICY,
               .names = {.common_name = MTL_CN_IF_NO_DNS_URI_OR_ADDRESS,
                         .wildcards = MTL_WILDCARD_FIRST_LABEL,
                         .only_last_common_name = true,
                         .addresses_may_be_texts = true,
                         .uris_are_names = true},
               .phases = phases, .phase_count = sizeof(phases) / sizeof(phases[0])},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"{text}"},
            .rejects_client = {"{text}"},
            .no_certificate = {"Server requires client certificate"},
            .alert_line = "TLS alert received",
            .too_large = "Bad message encountered",
            .too_many = "The maximum certificate chain depth has been exceeded",
            .unreadable = {"{text}", "{text}"},
            .wrong_curve = "Invalid signature algorithm",
            .cannot_sign = NO_SCHEME,
        },
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .crls_are_not_known = true,
    .reads_only_pem = true,
    .reads_only_hashed_directories = true, /* s2n_config_set_verification_ca_location() */
    .hash_command = "openssl rehash",
    .reads_own_chain = true,
    .refuses_own_undecodable_files = true,
    .refuses_trusted_blocks = true,
    .refuses_crls_in_trust = true,
    .closes_without_own_certificate = true,
    .wrong_curve_closes = true,
    .proof_curves = CURVES,
    .unsignable_closes = {[MTL_CLIENT] = {[MTL_TLS13] = true}},
    .reading = {.keys = KEYS | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_DSA), .curves = AWS_LC_CURVES},
    .ignores_offered_curves = true,
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},
    .proof = &proof,
    .accepted_keys = KEYS,
    .accepted_curves = CURVES,
    .offered_curves = BORINGSSL_CURVES,
    .loadable_keys = KEYS,
    .largest_certificate_message = 64 * 1024, /* S2N_MAXIMUM_HANDSHAKE_MESSAGE_LENGTH */
    .most_certificates = 7,                   /* DEFAULT_MAX_CHAIN_DEPTH */
    .depth_is_most_certificates = true,
};

/*
 * Python 3.11's ssl module on OpenSSL 3.0: ssl.create_default_context(cafile=...), servers with CERT_REQUIRED.
 *
 * libssl verifies and sends the alerts; the module words the errors and takes no partial wildcards. Does not cover:
 * VERIFY_X509_STRICT (the default since Python 3.13), VERIFY_X509_PARTIAL_CHAIN, limits of depth (it cannot set them).
 * Sources: Modules/_ssl.c (words), Lib/ssl.py (defaults). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

#define ROW(reason, code, name, text, alert)                                                                           \
    {                                                                                                                  \
        MTL_REASON_##reason, code, "X509_V_ERR_" name, text, ALWAYS(alert)                                             \
    }
static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(ROW),
    OPENSSL_3_NEW_REASONS(ROW),
    ROW(NAME_MISMATCH, 62, "HOSTNAME_MISMATCH", "Hostname mismatch, certificate is not valid for", 42),
    ROW(ADDRESS_MISMATCH, 64, "IP_ADDRESS_MISMATCH", "IP address mismatch, certificate is not valid for", 42),
};

#define ALERT(code, phrase, name, number)                                                                              \
    {                                                                                                                  \
        code, "[SSL: " name "] " phrase, 0x##number                                                                    \
    }
static const struct mtl_stack_alert_words alert_words[] = {OPENSSL_3_ALERTS(ALERT)};

/* SSLContext.load_cert_chain() refuses at once. */
#define NO_FIT                                                                                                         \
    "ssl.SSLError: [SSL: NO_SHARED_CIPHER] no shared cipher",                                                          \
        "ssl.SSLError: [SSL: UNSUPPORTED_PROTOCOL] unsupported protocol"

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_LEAF_KEY_WEAK, true, {"ssl.SSLError: [SSL: EE_KEY_TOO_SMALL] ee key too small"}},
    {MTL_REASON_ISSUER_KEY_WEAK, true, {"ssl.SSLError: [SSL: CA_KEY_TOO_SMALL] ca key too small"}},
    {MTL_REASON_WEAK_DIGEST, true, {"ssl.SSLError: [SSL: CA_MD_TOO_WEAK] ca md too weak"}},
    {MTL_REASON_MALFORMED, true, {"ssl.SSLError: [X509V3: INVALID_CERTIFICATE] invalid certificate"}},
    {MTL_REASON_KEY_MISMATCH, true, {"ssl.SSLError: [X509: KEY_VALUES_MISMATCH] key values mismatch"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {"ssl.SSLError: [SSL: UNKNOWN_CERTIFICATE_TYPE] unknown certificate type"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {NO_FIT}},
    {MTL_REASON_NO_CERTIFICATE, false, {NO_FIT}},
};

#define BAD_SIGNATURE                                                                                                  \
    {                                                                                                                  \
        "ssl.SSLError: [SSL: BAD_SIGNATURE] bad signature", "ssl.SSLError: [SSL: BAD_SIGNATURE] bad signature"         \
    }
static const struct mtl_stack_proof proof = {.alert = ALWAYS(51), .line = {BAD_SIGNATURE, BAD_SIGNATURE}};

const struct mtl_stack stack_python_3_11 = {
    .id = "python-3.11",
    .title = "Python 3.11 (ssl)",
    .versions = "3.11.2 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .policy =
        {
            OPENSSL_3_POLICY,
            .security_bits = 112,
            .names = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_WHOLE_LABEL},
            .phases = openssl_3_phases,
            .phase_count = sizeof(openssl_3_phases) / sizeof(openssl_3_phases[0]),
        },
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server =
                {"ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {text}"},
            .rejects_client =
                {"ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {text}"},
            .no_certificate =
                {"ssl.SSLError: [SSL: PEER_DID_NOT_RETURN_A_CERTIFICATE] peer did not return a certificate"},
            .alert_line = "ssl.SSLError: {alert}",
            .too_large = "ssl.SSLError: [SSL: EXCESSIVE_MESSAGE_SIZE] excessive message size",
            .wrong_curve = "ssl.SSLError: [SSL: WRONG_CURVE] wrong curve",
            .not_for_signing = {"ssl.SSLError: [SSL: BAD_ECC_CERT] bad ecc cert"},
        },
    .alert_words = alert_words,
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .completes_chain_from_own_trust = true,
    .refuses_own_weak_certificate = true,
    .refuses_own_malformed_leaf = true,
    .reads_only_hashed_directories = true,
    .skips_trusted_blocks_in_chains = true,
    .reads_only_pem = true,
    .hash_command = "openssl rehash",
    .refuses_own_undecodable_files = true,
    .proof = &proof,
    .loadable_keys = SIGNING_KEYS | BIT(MTL_KEY_DSA),
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},
    .undecodable_alert = {[MTL_CLIENT] = 42, [MTL_SERVER] = 50},
    .no_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 116},
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 70},
    .wrong_curve_alert = {[MTL_TLS12] = 47},
    .not_for_signing_alert = 40,
    .own_chain_weak_alert = 80,
    .largest_certificate_message = 100 * 1024,
    .too_large_alert = 47,
};

/*
 * Python 3.11's ssl module on OpenSSL 3.0: ssl.create_default_context(cafile=...), servers with CERT_REQUIRED.
 *
 * libssl verifies and sends the alerts; the module words the errors and takes no partial wildcards. Does not cover:
 * VERIFY_X509_STRICT (the default since Python 3.13), VERIFY_X509_PARTIAL_CHAIN, limits of depth (it cannot set them).
 * Sources: Modules/_ssl.c (words), Lib/ssl.py (defaults). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_ROW(NAME_MISMATCH, 62, "HOSTNAME_MISMATCH", "Hostname mismatch, certificate is not valid for", 42),
    OPENSSL_3_ROW(ADDRESS_MISMATCH, 64, "IP_ADDRESS_MISMATCH", "IP address mismatch, certificate is not valid for", 42),
};

#define ALERT(code, phrase, name, number)                                                                              \
    {                                                                                                                  \
        code, "[SSL: " name "] " phrase, 0x##number                                                                    \
    }
static const struct mtl_stack_alert_words alert_words[] = {OPENSSL_3_ALERTS(ALERT)};

#define ERROR(number, name, text) "ssl.SSLError: [SSL: " name "] " text

/* SSLContext.load_cert_chain() refuses at once. */
#define REFUSAL(reason, number, library, lib, name, text)                                                              \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            "ssl.SSLError: [" lib ": " name "] " text                                                                  \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words own_words[] = {
    OPENSSL_3_OWN_ERRORS(REFUSAL),
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(ERROR)}},
    {MTL_REASON_NO_CERTIFICATE, false, {LIBSSL_3_UNFIT_WORDS(ERROR)}},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(ERROR);

#define VERIFY_FAILED "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {text}"

const struct mtl_stack stack_python_3_11 = {
    .id = "python-3.11",
    .title = "Python 3.11 (ssl)",
    .versions = "3.11.2 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .policy =
        {
            OPENSSL_3_POLICY,
            OPENSSL_3_STOPS,
            .security_bits = 112,
            .names = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_WHOLE_LABEL},
        },
    .words =
        {
            OPENSSL_3_WORDS(ERROR),
            .rejects_server = {VERIFY_FAILED},
            .rejects_client = {VERIFY_FAILED},
            .alert_line = "ssl.SSLError: {alert}",
            .not_for_signing = {ERROR("0A000130", "BAD_ECC_CERT", "bad ecc cert")},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    TABLE(reasons, reason_count, reasons),
    TABLE(alert_words, alert_word_count, alert_words),
    TABLE(own_words, own_word_count, own_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};

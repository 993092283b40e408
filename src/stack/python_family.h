/*
 * What the versions of Python's ssl module share: ssl.create_default_context(cafile=...), servers with CERT_REQUIRED.
 *
 * libssl verifies and sends the alerts; the module words the errors and takes no partial wildcards. Does not cover:
 * limits of depth (it cannot set them). A row adds its policy and the tables reasons, alert_words and own_words.
 * Sources: Modules/_ssl.c (words), Lib/ssl.py (defaults). SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_PYTHON_FAMILY_H
#define MTL_PYTHON_FAMILY_H

#include "stack/openssl_family.h"

#define PYTHON_NAME_REASONS                                                                                            \
    OPENSSL_3_ROW(NAME_MISMATCH, 62, "HOSTNAME_MISMATCH", "Hostname mismatch, certificate is not valid for", 42),      \
        OPENSSL_3_ROW(ADDRESS_MISMATCH, 64, "IP_ADDRESS_MISMATCH",                                                     \
                      "IP address mismatch, certificate is not valid for", 42)

/* For OPENSSL_3_ALERTS and its like. */
#define PYTHON_ALERT(code, phrase, name, number)                                                                       \
    {                                                                                                                  \
        code, "[SSL: " name "] " phrase, 0x##number                                                                    \
    }

#define PYTHON_ERROR(number, name, text) "ssl.SSLError: [SSL: " name "] " text

/* SSLContext.load_cert_chain() refuses at once. */
#define PYTHON_REFUSAL(reason, number, library, lib, name, text)                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            "ssl.SSLError: [" lib ": " name "] " text                                                                  \
        }                                                                                                              \
    }
static const struct mtl_stack_proof python_proof = LIBSSL_3_PROOF(PYTHON_ERROR);

#define PYTHON_VERIFY_FAILED                                                                                           \
    "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {text}"

#define PYTHON_NAMES .names = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_WHOLE_LABEL}

/* All of struct mtl_stack but what names the row, its policy and the tables that it adds. */
#define PYTHON                                                                                                         \
    .words = {OPENSSL_3_WORDS(PYTHON_ERROR),                                                                           \
              .rejects_server = {PYTHON_VERIFY_FAILED},                                                                \
              .rejects_client = {PYTHON_VERIFY_FAILED},                                                                \
              .alert_line = "ssl.SSLError: {alert}",                                                                   \
              .cannot_sign =                                                                                           \
                  PYTHON_ERROR("0A000076", "NO_SUITABLE_SIGNATURE_ALGORITHM", "no suitable signature algorithm"),      \
              .not_for_signing = {PYTHON_ERROR("0A000130", "BAD_ECC_CERT", "bad ecc cert")}},                          \
    LIBSSL_3, LIBSSL_3_COMPLETES, LIBSSL_3_LOADS, TABLE(reasons, reason_count, reasons),                               \
    TABLE(alert_words, alert_word_count, alert_words), TABLE(own_words, own_word_count, own_words),                    \
    .proof = &python_proof

#endif

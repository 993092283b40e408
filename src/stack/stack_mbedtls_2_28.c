/*
 * Mbed TLS 2.28 as an ordinary application sets it up: mbedtls_ssl_config_defaults(), mbedtls_ssl_conf_ca_chain(),
 * VERIFY_REQUIRED, mbedtls_ssl_set_hostname() in a client. TLS 1.2 at most. mbedtls_ssl_get_verify_result() tells all
 * that is wrong; the alert is that of the first in a fixed order.
 *
 * Does not cover: other profiles and curves, verification callbacks, critical policies that are all anyPolicy (they
 * would be taken), key exchange with RSA encryption. Its optional mode lets every chain pass.
 * Sources: recordings; 2.28.3 library/x509_crt.c, x509.c, x509_crl.c, oid.c, pkparse.c, ssl_tls.c, ssl_srv.c,
 * ssl_cli.c, ssl_msg.c. SPDX-License-Identifier: Apache-2.0
 */
#define MBEDTLS_NO_SUITE "SSL - None of the common ciphersuites is usable"
#define MBEDTLS_OWN_TOO_LARGE "SSL - Our own certificate(s) is/are too large to send in an SSL message"
#define MBEDTLS_KEY_IDS 0
#include "stack/mbedtls_family.h"

static const struct mtl_stack_signing client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS, .curves = CURVES},
};
static const struct mtl_stack_signing server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS,
                   .curves = CURVES,
                   .curves_if_offered = KNOWN_CURVES,
                   .need_digital_signature = BIT(MTL_KEY_EC)},
};

#define NO_SIGNATURE "ECP - The signature is not valid"
static const struct mtl_stack_proof proof = {
    .alert = {[MTL_CLIENT] = {51}},
    .line = {{NO_SIGNATURE}, {NO_SIGNATURE}},
    .rsa_line = "RSA - The PKCS#1 verification failed",
};

const struct mtl_stack stack_mbedtls_2_28 = {
    .id = "mbedtls-2.28",
    .title = "Mbed TLS 2.28",
    .versions = "2.28.3",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .tls_versions = BIT(MTL_TLS12),
    .policy = {MBEDTLS_POLICY, .names = {MBEDTLS_NAMES, .addresses_are_texts = true}},
    .words = {MBEDTLS_WORDS, .too_large = "SSL - The requested feature is not available"},
    .reading = {MBEDTLS_READING},
    MBEDTLS_ENDPOINT,
    .offered_curves = KNOWN_CURVES,
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40},
};

/*
 * Mbed TLS 3.6 as an ordinary application sets it up: as 2.28, after psa_crypto_init(). In TLS 1.3 a server still
 * writes with the keys of the handshake when it judges the client, so that no client can decrypt its alert.
 *
 * Does not cover: other profiles and curves, verification callbacks, critical policies that are all anyPolicy (they
 * would be taken), key exchange with RSA encryption. Its optional mode lets every chain pass.
 * Sources: recordings; 3.6.6 library/x509_crt.c, x509.c, oid.c, ssl_tls.c, ssl_tls13_generic.c, ssl_tls13_server.c,
 * ssl_tls13_client.c. SPDX-License-Identifier: Apache-2.0
 */
#define MBEDTLS_NO_SUITE "SSL - The handshake negotiation failed"
#define MBEDTLS_OWN_TOO_LARGE "SSL - A buffer is too small to receive or write a message"
#define MBEDTLS_KEY_IDS (BIT(MTL_EXT_SUBJECT_KEY_ID) | BIT(MTL_EXT_AUTHORITY_KEY_ID))
#include "stack/mbedtls_family.h"

/* mbedtls_x509_crt_profile_default, ssl_preset_default_curves */
#define STRONG                                                                                                         \
    (CURVES | BIT(MTL_CURVE_BRAINPOOL_P256R1) | BIT(MTL_CURVE_BRAINPOOL_P384R1) | BIT(MTL_CURVE_BRAINPOOL_P512R1))

static const struct mtl_stack_signing client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS, .curves = CURVES},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES},
};
static const struct mtl_stack_signing server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS,
                   .curves = CURVES,
                   .curves_if_offered = KNOWN_CURVES,
                   .need_digital_signature = BIT(MTL_KEY_EC)},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES, .need_digital_signature = KEYS},
};

#define NO_SIGNATURE "ECP - The signature is not valid"
static const struct mtl_stack_proof proof = {
    .alert = {[MTL_CLIENT] = {51, 51}, [MTL_SERVER] = {[MTL_TLS13] = 51}},
    .line = {{NO_SIGNATURE, MBEDTLS_NO_SUITE}, {NO_SIGNATURE, MBEDTLS_NO_SUITE}},
};

const struct mtl_stack stack_mbedtls_3_6 = {
    .id = "mbedtls-3.6",
    .title = "Mbed TLS 3.6",
    .versions = "3.6.6",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {MBEDTLS_POLICY, .empty_key_usage_decodes = true, .verifying_curves = STRONG,
               .other_curves_are_weak = true,
               .names = {MBEDTLS_NAMES, .addresses_are_texts = true, .addresses_count_too = true}},
    .words = {MBEDTLS_WORDS, .too_large = "SSL - Bad input parameters to function",
              .cannot_sign = "SSL - The handshake negotiation failed",
              .server_alert_line_in = {[MTL_TLS13] = "SSL - Verification of the message MAC failed"}},
    .reading = {MBEDTLS_READING, .empty_key_usage_decodes = true},
    MBEDTLS_ENDPOINT,
    .accepted_curves = CURVES | BIT(MTL_CURVE_EXPLICIT),
    .offered_curves = STRONG,
    .garbles_alerts_to_clients = true,
    .no_certificate_alert = {[MTL_TLS13] = 116},
    .no_shared_algorithm_alert = {40, 40},
    .misnamed_curves = BIT(MTL_CURVE_SECP256K1) | BIT(MTL_CURVE_BRAINPOOL_P256R1),
    .unsignable_alert = {[MTL_CLIENT] = {[MTL_TLS13] = 40}},
};

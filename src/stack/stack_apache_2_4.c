/*
 * Apache httpd 2.4 with mod_ssl, Debian's build: as a server SSLVerifyClient and SSLCACertificateFile, as a client a
 * reverse proxy with SSLProxyEngine, SSLProxyVerify require and SSLProxyMachineCertificateFile. OpenSSL 3.0 judges
 * chains; mod_ssl limits their depth, and a proxy compares the name when the handshake is over.
 *
 * SSLVerifyDepth and SSLProxyVerifyDepth count the root too and are 1 unless set, so that no intermediate is allowed;
 * recorded with room for 10. A failure of a certificate beyond the limit counts as the limit, which is not modelled.
 * Does not cover: optional_no_ca, OCSP, SSLUserName, SSLRequire and other rules on variables.
 * An expired CRL is told the peer as 46, while the log has the true error.
 * Sources, 2.4.68: modules/ssl/ssl_engine_kernel.c (ssl_callback_SSLVerify: CRLs, depth), ssl_engine_init.c (the
 * default depth, flags for CRLs). The rest, and how names are compared, is from the recording of 2.4.71.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

/* The callback looks at the depth of each certificate that has passed so far, from the root down. */
static const enum mtl_step signatures_and_depth[] = {
    MTL_STEP_DEPTH, MTL_STEP_KEY_CERT_SIGN, MTL_STEP_SIGNATURE, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_END,
};
static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures_and_depth},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
};

#define TOO_LONG "Certificate Verification: Certificate Chain too long"
#define OTHER_NAME "SSL Proxy: Peer certificate does not match for hostname"
static const struct mtl_stack_reason reasons[] = {
    {MTL_REASON_DEPTH, 22, "X509_V_ERR_CERT_CHAIN_TOO_LONG", TOO_LONG, ALWAYS(80)},
    {MTL_REASON_CRL_EXPIRED, 12, "X509_V_ERR_CRL_HAS_EXPIRED", "CRL has expired", ALWAYS(46)},
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(0)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(0)},
};

static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_DEPTH, MTL_SERVER, "AH02040: " TOO_LONG},
    {MTL_REASON_DEPTH, MTL_CLIENT, "AH02040: " TOO_LONG},
    {MTL_REASON_NAME_MISMATCH, MTL_CLIENT, "AH02411: " OTHER_NAME},
    {MTL_REASON_ADDRESS_MISMATCH, MTL_CLIENT, "AH02411: " OTHER_NAME},
};

#define ENTRY(number, name, text) "SSL Library Error: error:" number ":SSL routines::" text
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_LEAF_KEY_WEAK, true, {ENTRY("0A00018F", "EE_KEY_TOO_SMALL", "ee key too small")}},
    {MTL_REASON_ISSUER_KEY_WEAK, true, {ENTRY("0A00018D", "CA_KEY_TOO_SMALL", "ca key too small")}},
    {MTL_REASON_WEAK_DIGEST, true, {ENTRY("0A00018E", "CA_MD_TOO_WEAK", "ca md too weak")}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_LATE_WORDS(ENTRY)}},
    {MTL_REASON_NO_CERTIFICATE, true, {"AH02572: Failed to configure at least one certificate and key"}},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(ENTRY);

#define VERIFY_ERROR "AH02276: Certificate Verification: Error ({code}): {text}"
#define VERIFY_FAILED ENTRY("0A000086", "CERTIFICATE_VERIFY_FAILED", "certificate verify failed")

const struct mtl_stack stack_apache_2_4 = {
    .id = "apache-2.4",
    .title = "Apache httpd 2.4 (mod_ssl)",
    .versions = "2.4.71 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {OPENSSL_3_POLICY, .depth_is_judged = true, TABLE(phases, phase_count, phases),
               .names = {.common_name = MTL_CN_ALWAYS,
                         .wildcards = MTL_WILDCARD_SHORT,
                         .addresses_are_texts = true,
                         .final_dot_is_ignored = true},
               .security_bits = 112},
    .words =
        {
            OPENSSL_3_WORDS(ENTRY),
            .rejects_server = {VERIFY_ERROR, VERIFY_FAILED},
            .rejects_client = {VERIFY_ERROR, VERIFY_FAILED},
            .alert_line = ENTRY("{number}", "", "{alert} (SSL alert number {alert_code})"),
            .not_for_signing = {ENTRY("0A00013E", "ECC_CERT_NOT_FOR_SIGNING", "ecc cert not for signing"),
                                ENTRY("0A000130", "BAD_ECC_CERT", "bad ecc cert")},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    .client_withholds_unfit_leaf = true,
    .heeds_ca_names = true,
    .links_own_chain = true,
    .refuses_absent_certificate = true,
    .refuses_only_trusted_blocks = true,
    .client_refuses_only_trusted_blocks = true,
    .judges_late = MTL_LATE_NAME,
    .late_moment = MTL_LATE_CONNECTED,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT_LATE,
};

/*
 * PostgreSQL 15 as a server, Debian's build: ssl_ca_file, and in pg_hba.conf "hostssl ... clientcert=verify-ca".
 * OpenSSL 3.0 judges what a client sends; that a certificate is missing is no matter of TLS: PostgreSQL says it later.
 * Its only group is ssl_ecdh_curve, prime256v1 unless set, so that TLS 1.2 fails with clients' keys on other curves.
 *
 * "optional" is ssl_ca_file without clientcert; without ssl_ca_file no certificate is asked for. Its log has the oldest
 * entry of libssl's queue only. Does not cover: the method cert and clientcert=verify-full, which compare the common
 * name with the user's; a reload of the configuration, which keeps the old files if the new ones cannot be loaded.
 * Sources, 15.18: src/backend/libpq/be-secure-openssl.c, auth.c. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
};

#define ENTRY(number, name, text) "could not accept SSL connection: " text
static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_MALFORMED, MTL_SERVER, ENTRY("1100009E", "", "invalid certificate")},
    {MTL_REASON_SIGNATURE, MTL_SERVER, ENTRY("06880006", "", "EVP lib")},
    {MTL_REASON_CRL_SIGNATURE, MTL_SERVER, ENTRY("06880006", "", "EVP lib")},
};

#define REFUSAL(reason, number, library, short_name, name, text)                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            text                                                                                                       \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words own_words[] = {
    OPENSSL_3_OWN_ERRORS(REFUSAL),
    {MTL_REASON_NO_CERTIFICATE, true, {"could not load server certificate file"}},
    {MTL_REASON_EMPTY_TRUST, true, {"could not load root certificate file"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(ENTRY)}},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(ENTRY);

const struct mtl_stack stack_postgresql_15 = {
    .id = "postgresql-15",
    .title = "PostgreSQL 15 (server)",
    .versions = "15.20 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .roles = BIT(MTL_SERVER),
    .policy = {OPENSSL_3_POLICY, OPENSSL_3_STOPS, OPENSSL_3_NAMES, .security_bits = 112},
    .words =
        {
            .no_certificate = {"FATAL:  connection requires a valid client certificate"},
            .too_large = ENTRY("0A000098", "", "excessive message size"),
            .wrong_curve = ENTRY("0A00017A", "", "wrong curve"),
            .rejects_client = {ENTRY("0A000086", "", "certificate verify failed")},
            .alert_line = ENTRY("{number}", "", "{alert}"),
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    .proof_curves = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_EXPLICIT),
    .loads_trust_only_to_verify = true,
    .refuses_absent_certificate = true,
    .refuses_open_key = true, /* be-secure-common.c, check_ssl_key_file_permissions() */
    .refuses_only_trusted_blocks = true,
    .judges_late = MTL_LATE_ABSENCE,
    .late_moment = MTL_LATE_REQUEST,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};

/*
 * Python 3.13's ssl module on OpenSSL 3.4. Since this version the default context is strict and takes any certificate
 * of its file as an anchor (VERIFY_X509_STRICT, VERIFY_X509_PARTIAL_CHAIN).
 *
 * The interpreter recorded carries its OpenSSL; on another one, alerts may be worded as in python-3.11. That of Debian
 * has security level 2 too. What strictness asks and no scenario has is taken from OpenSSL 3.0's check_extensions() and
 * X509_verify_cert_error_string(). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/python_family.h"

/* As OPENSSL_3_STOPS, with X509_V_FLAG_X509_STRICT. */
static const enum mtl_step strict_extensions[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_PROXY,  MTL_STEP_IS_CA,
    MTL_STEP_EXPLICIT_CURVE,      MTL_STEP_STRICT, MTL_STEP_PURPOSE,
    MTL_STEP_PATH_LENGTH,         MTL_STEP_END,
};
static const struct mtl_phase strict_phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strict_extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
};

static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_ROW(PATH_LENGTH_OF_NO_CA, 80, "PATHLEN_INVALID_FOR_NON_CA", "Path length invalid for non-CA cert", 46),
    OPENSSL_3_ROW(PATH_LENGTH_NO_CERT_SIGN, 81, "PATHLEN_WITHOUT_KU_KEY_CERT_SIGN",
                  "Path length given without key usage keyCertSign", 46),
    OPENSSL_3_ROW(CA_FLAG_NOT_CRITICAL, 89, "CA_BCONS_NOT_CRITICAL", "Basic Constraints of CA cert not marked critical",
                  46),
    OPENSSL_3_ROW(CA_NO_KEY_USAGE, 92, "CA_CERT_MISSING_KEY_USAGE", "CA cert does not include key usage extension", 46),
    OPENSSL_3_ROW(CERT_SIGN_OF_NO_CA, 82, "KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA",
                  "Key usage keyCertSign invalid for non-CA cert", 46),
    OPENSSL_3_ROW(EMPTY_ISSUER, 83, "ISSUER_NAME_EMPTY", "Issuer name empty", 46),
    OPENSSL_3_ROW(NO_SUBJECT, 84, "SUBJECT_NAME_EMPTY", "Subject name empty", 46),
    OPENSSL_3_ROW(EMPTY_SUBJECT, 88, "EMPTY_SUBJECT_SAN_NOT_CRITICAL",
                  "Subject empty and Subject Alt Name extension not critical", 46),
    OPENSSL_3_ROW(NO_ALT_NAMES, 87, "EMPTY_SUBJECT_ALT_NAME", "Empty Subject Alternative Name extension", 46),
    OPENSSL_3_ROW(ALGORITHMS_DIFFER, 78, "SIGNATURE_ALGORITHM_INCONSISTENCY",
                  "cert info signature and signature algorithm mismatch", 46),
    OPENSSL_3_ROW(AUTHORITY_KEY_ID_CRITICAL, 90, "AUTHORITY_KEY_IDENTIFIER_CRITICAL",
                  "Authority Key Identifier marked critical", 46),
    OPENSSL_3_ROW(SUBJECT_KEY_ID_CRITICAL, 91, "SUBJECT_KEY_IDENTIFIER_CRITICAL",
                  "Subject Key Identifier marked critical", 46),
    OPENSSL_3_ROW(NO_AUTHORITY_KEY_ID, 85, "MISSING_AUTHORITY_KEY_IDENTIFIER", "Missing Authority Key Identifier", 46),
    OPENSSL_3_ROW(NO_SUBJECT_KEY_ID, 86, "MISSING_SUBJECT_KEY_IDENTIFIER", "Missing Subject Key Identifier", 46),
    OPENSSL_3_ROW(OLD_WITH_EXTENSIONS, 93, "EXTENSIONS_REQUIRE_VERSION_3",
                  "Using cert extension requires at least X509v3", 46),
    PYTHON_NAME_REASONS,
};
/* The module's names are those of OpenSSL 3.0, the phrases those of its library. */
#define OLD_NAME(code, phrase, name, number) PYTHON_ALERT(code, "ssl/tls alert " phrase, "SSLV3_ALERT_" name, number)
static const struct mtl_stack_alert_words alert_words[] = {
    OLD_NAME(40, "handshake failure", "HANDSHAKE_FAILURE", 0A000410),
    OLD_NAME(42, "bad certificate", "BAD_CERTIFICATE", 0A000412),
    OLD_NAME(43, "unsupported certificate", "UNSUPPORTED_CERTIFICATE", 0A000413),
    OLD_NAME(44, "certificate revoked", "CERTIFICATE_REVOKED", 0A000414),
    OLD_NAME(45, "certificate expired", "CERTIFICATE_EXPIRED", 0A000415),
    OLD_NAME(46, "certificate unknown", "CERTIFICATE_UNKNOWN", 0A000416),
    OLD_NAME(47, "illegal parameter", "ILLEGAL_PARAMETER", 0A000417),
    PYTHON_ALERT(48, "tlsv1 alert unknown ca", "TLSV1_ALERT_UNKNOWN_CA", 0A000418),
    PYTHON_ALERT(49, "tlsv1 alert access denied", "TLSV1_ALERT_ACCESS_DENIED", 0A000419),
    PYTHON_ALERT(50, "tlsv1 alert decode error", "TLSV1_ALERT_DECODE_ERROR", 0A00041A),
    PYTHON_ALERT(51, "tlsv1 alert decrypt error", "TLSV1_ALERT_DECRYPT_ERROR", 0A00041B),
    PYTHON_ALERT(70, "tlsv1 alert protocol version", "TLSV1_ALERT_PROTOCOL_VERSION", 0A00042E),
    PYTHON_ALERT(80, "tlsv1 alert internal error", "TLSV1_ALERT_INTERNAL_ERROR", 0A000438),
    PYTHON_ALERT(116, "tlsv13 alert certificate required", "TLSV13_ALERT_CERTIFICATE_REQUIRED", 0A00045C),
};
static const struct mtl_stack_own_words own_words[] = {
    OPENSSL_3_OWN_ERRORS(PYTHON_REFUSAL),
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(PYTHON_ERROR)}},
    {MTL_REASON_NO_CERTIFICATE, false, {LIBSSL_3_UNFIT_WORDS(PYTHON_ERROR)}},
};

const struct mtl_stack stack_python_3_13 = {
    .id = "python-3.13",
    .title = "Python 3.13 (ssl)",
    .versions = "3.13.5 with OpenSSL 3.4.1",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {OPENSSL_3_POLICY_BARE, .default_depth = 100, TABLE(phases, phase_count, strict_phases), PYTHON_NAMES,
               .only_clear_cas = true, .takes_delta_crls = true, .security_bits = 112},
    PYTHON,
    LIBSSL_3_2_SCHEMES,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};

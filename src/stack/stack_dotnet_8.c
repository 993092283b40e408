/*
 * .NET 8 on Linux with OpenSSL 3.0: SslStream with CertificateChainPolicy (CustomRootTrust, no revocation), its own
 * certificate as SslStreamCertificateContext (offline), no callback. libssl lets every chain pass; when the handshake
 * has succeeded .NET builds and judges a chain of its own, says all that it found, and closes without an alert.
 *
 * Only self-issued certificates of the trust store end a path; others in it are at hand as issuers, as if the peer had
 * sent them. Does not cover: Windows (Schannel) and macOS, which judge by themselves; missing issuers that it downloads
 * (authorityInfoAccess) or finds in the user's stores, revocation (from the net only), a callback, policies that the
 * user wants, ClientCertificates without a context (it then sends the leaf alone, unless its stores hold the issuers).
 * A chain of its own is sent as far as it links up, without a root. Sources: recordings; main of the runtime,
 * System.Security.Cryptography OpenSslX509ChainProcessor.cs (order, codes to flags) and CertificatePolicy.cs (a demand
 * for policies), System.Net.Security SslStreamCertificateContext.cs, the native library's openssl.c (names).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

/* X509_verify_cert() without a purpose; then the application policy, on all of the chain. */
static const enum mtl_step chain_extensions[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_PROXY,       MTL_STEP_IS_CA,
    MTL_STEP_EXPLICIT_CURVE,      MTL_STEP_PATH_LENGTH, MTL_STEP_END,
};
static const enum mtl_step application_policy[] = {MTL_STEP_PURPOSE, MTL_STEP_DEMANDED_EKU, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_TO_ROOT, .steps = chain_extensions},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
    {.direction = MTL_LEAF_TO_ROOT, .steps = application_policy},
    {.direction = MTL_LEAF_ONLY, .steps = identity}, /* last, since it has words of its own */
};

#define FLAG(reason, name)                                                                                             \
    {                                                                                                                  \
        MTL_REASON_##reason, 0, name, name, ALWAYS(0)                                                                  \
    }
#define CORRUPTED "ASN1 corrupted data."
/* A code that it does not know. */
#define THROWN "Error occurred during a cryptographic operation."
#define UNKNOWN(reason)                                                                                                \
    {                                                                                                                  \
        MTL_REASON_##reason, 0, NULL, THROWN, ALWAYS(0)                                                                \
    }
/* In order of X509ChainStatusFlags, in which they are printed. */
static const struct mtl_stack_reason reasons[] = {
    FLAG(NOT_YET_VALID, "NotTimeValid"),
    FLAG(EXPIRED, "NotTimeValid"),
    FLAG(SIGNATURE, "NotSignatureValid"),
    FLAG(ISSUER_KEY, "NotSignatureValid"),
    FLAG(PURPOSE, "NotValidForUsage"),
    FLAG(SELF_SIGNED_LEAF, "UntrustedRoot"),
    FLAG(SELF_SIGNED_IN_CHAIN, "UntrustedRoot"),
    FLAG(NOT_A_CA, "InvalidBasicConstraints"),
    FLAG(PATH_LENGTH, "InvalidBasicConstraints"),
    FLAG(NO_CERT_SIGN, "InvalidBasicConstraints"),
    FLAG(CONSTRAINT_SYNTAX, "InvalidNameConstraints"),
    FLAG(CONSTRAINT_NAME_SYNTAX, "InvalidNameConstraints"),
    FLAG(CONSTRAINT_MINMAX, "HasNotSupportedNameConstraint"),
    FLAG(CONSTRAINT_PERMITTED, "HasNotPermittedNameConstraint"),
    FLAG(CONSTRAINT_EXCLUDED, "HasExcludedNameConstraint"),
    FLAG(NO_ISSUER, "PartialChain"),
    FLAG(NO_ISSUER_OF_ANCHOR, "PartialChain"),
    FLAG(LEAF_UNVERIFIED, "PartialChain"),
    FLAG(CRITICAL_EXTENSION, "HasNotSupportedCriticalExtension"),
    FLAG(NAME_MISMATCH, "RemoteCertificateNameMismatch"),
    FLAG(ADDRESS_MISMATCH, "RemoteCertificateNameMismatch"),
    {MTL_REASON_POLICY_FLAWED, 0, NULL, CORRUPTED, ALWAYS(0)},
    UNKNOWN(PROXY),
    UNKNOWN(PROXY_NAME),
    UNKNOWN(EXPLICIT_CURVE),
    UNKNOWN(CONSTRAINT_TYPE),
    UNKNOWN(CONSTRAINT_TOO_MANY),
};

#define BY_PROCEDURE "The remote certificate is invalid according to the validation procedure: "
#define OTHER_NAME BY_PROCEDURE "RemoteCertificateNameMismatch"
static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_MALFORMED, MTL_SERVER, "error:1100009E:X509 V3 routines::invalid certificate"},
    {MTL_REASON_POLICY_FLAWED, MTL_CLIENT, CORRUPTED},
    {MTL_REASON_POLICY_FLAWED, MTL_SERVER, CORRUPTED},
    {MTL_REASON_PROXY, MTL_CLIENT, THROWN},
    {MTL_REASON_PROXY, MTL_SERVER, THROWN},
    {MTL_REASON_PROXY_NAME, MTL_CLIENT, THROWN},
    {MTL_REASON_PROXY_NAME, MTL_SERVER, THROWN},
    {MTL_REASON_EXPLICIT_CURVE, MTL_CLIENT, THROWN},
    {MTL_REASON_EXPLICIT_CURVE, MTL_SERVER, THROWN},
    {MTL_REASON_CONSTRAINT_TYPE, MTL_CLIENT, THROWN},
    {MTL_REASON_CONSTRAINT_TYPE, MTL_SERVER, THROWN},
    {MTL_REASON_CONSTRAINT_TOO_MANY, MTL_CLIENT, THROWN},
    {MTL_REASON_CONSTRAINT_TOO_MANY, MTL_SERVER, THROWN},
    {MTL_REASON_NAME_MISMATCH, MTL_CLIENT, OTHER_NAME},
    {MTL_REASON_ADDRESS_MISMATCH, MTL_CLIENT, OTHER_NAME},
};

static const enum mtl_reason own_chain_faults[] = {
    MTL_REASON_PROXY,           MTL_REASON_PROXY_NAME,          MTL_REASON_EXPLICIT_CURVE,
    MTL_REASON_CONSTRAINT_TYPE, MTL_REASON_CONSTRAINT_TOO_MANY, MTL_REASON_NONE,
};

#define NOT_USED "Using SSL certificate failed with OpenSSL error - "
#define NO_PEM "The certificate contents do not contain a PEM with a CERTIFICATE label, or the content is malformed."
#define NO_KEY "The server mode SSL must use a certificate with the associated private key."
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_LEAF_KEY_WEAK, true, {NOT_USED}},
    {MTL_REASON_LEAF_KEY_WEAK, false, {NOT_USED, NOT_USED}},
    {MTL_REASON_WEAK_DIGEST, true, {NOT_USED}},
    {MTL_REASON_WEAK_DIGEST, false, {NOT_USED, NOT_USED}},
    {MTL_REASON_PROXY, true, {THROWN}},
    {MTL_REASON_EXPLICIT_CURVE, true, {THROWN}},
    {MTL_REASON_CONSTRAINT_TYPE, true, {THROWN}},
    {MTL_REASON_CONSTRAINT_TOO_MANY, true, {THROWN}},
    {MTL_REASON_KEY_MISMATCH, true, {"The provided key does not match the public key for this certificate."}},
    {MTL_REASON_UNDECODABLE, true, {NO_PEM}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(OPENSSL_3_ENTRY)}},
    {MTL_REASON_NO_CERTIFICATE, false, {NO_KEY, NO_KEY}},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(OPENSSL_3_ENTRY);

#define REJECTS "The remote certificate is invalid because of errors in the certificate chain: {list}"

const struct mtl_stack stack_dotnet_8 = {
    .id = "dotnet-8",
    .title = ".NET 8 on Linux (SslStream)",
    .versions = "8.0.30 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {.search = MTL_SEARCH_FIRST_ISSUER,
               .default_depth = 100,
               .anchor_must_be_self_signed = true,
               .key_ids_are_binding = true,
               .malformed_never_issue = true,
               .expires_at_not_after = true,
               .last_failure_decides = true,
               .understood_extensions = OPENSSL_3_CRITICAL,
               .ca_by_key_usage_alone = true,
               .self_issued_are_exempt_from_path_length = true,
               .nested_eku = true,
               .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH, [MTL_SERVER] = MTL_EKU_SERVER_AUTH},
               .constraints = {.common_name_as_dns = true, .directory_names = true},
               .names = {.common_name = MTL_CN_IF_NO_DNS_SAN,
                         .wildcards = MTL_WILDCARD_WHOLE_LABEL,
                         .final_dot_is_ignored = true,
                         .addresses_may_be_common = true},
               TABLE(phases, phase_count, phases)},
    TABLE(reasons, reason_count, reasons),
    .words =
        {
            .rejects_server = {REJECTS},
            .rejects_client = {REJECTS},
            .no_certificate = {BY_PROCEDURE "RemoteCertificateNotAvailable"},
            .alert_line = OPENSSL_3_ENTRY("{number}", "", "{alert}"),
            .too_large = OPENSSL_3_ENTRY("0A000098", "", "excessive message size"),
            .wrong_curve = OPENSSL_3_ENTRY("0A00017A", "", "wrong curve"),
            .not_for_signing = {OPENSSL_3_ENTRY("0A000130", "", "bad ecc cert")},
        },
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .malformed_left_in = BIT(MTL_TLS13),
    LIBSSL_3_BUT_KEYS,
    .loadable_keys = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC),
    .loadable_curves = ~BIT(MTL_CURVE_EXPLICIT),
    .own_keys_must_sign = true,
    .own_chain_faults = own_chain_faults,
    .own_security_bits = 112,
    .weak_leaf_alert = 70,
    .weak_issuers_late = true,
    .refuses_own_undecodable_files = true,
    .trusts_only_plain_certificates = true,
    .sorts_own_chain = true,
    .closes_without_own_certificate = true,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
    .judges_late = MTL_LATE_CHAIN | MTL_LATE_NAME | MTL_LATE_ABSENCE,
    .late_moment = MTL_LATE_CONNECTED,
    .proof = &proof,
};

/*
 * Schannel as .NET 5 and newer use it on Windows: SslStream, and so HttpClient and Kestrel, without a callback of the
 * application and without revocation; its certificate as SslStreamCertificateContext. Told from documents and from
 * the public part of the source, never recorded: what these leave open is undetermined.
 *
 * SslStream tells Schannel to let every chain pass. When the handshake has succeeded it has CryptoAPI build and judge
 * the chain, and has Schannel send an alert that it derives from the first of X509Chain.ChainStatus: 48 for
 * UntrustedRoot and PartialChain, 45 for NotTimeValid, 42 for the rest and for the name alone, 46 for an absent
 * certificate. The alert is therefore the peer's first news after its own success, in TLS 1.2 as well.
 *
 * Does not cover: IIS and HTTP.sys, WinHTTP, and applications that leave the judgement to Schannel, whose alerts no
 * document tells (mtlslint explain knows their events and codes); roots that Windows fetches by itself and issuers
 * that it caches; policies of the machine; messages above the limits of the registry (MessageLimitServer); the
 * certificates that ClientCertificates without a context finds. Sources: learn.microsoft.com, CERT_TRUST_STATUS (what
 * is a fault), CertGetCertificateChain, "Schannel Error Codes for TLS and SSL Alerts" (received alerts), "Schannel
 * Events", SendTrustedIssuerList (no names of CAs since Windows 8 and Server 2012); main of the .NET runtime,
 * SslStream.Protocol.cs (alerts), SslStreamPal.Windows.cs (flags), ChainPal.Windows.GetChainStatusInformation.cs
 * (order). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/stack.h"

#define BIT(number) (1U << (number))

static const enum mtl_step chain[] = {
    MTL_STEP_SIGNATURE,     MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER,   MTL_STEP_CRITICAL_EXTENSIONS,
    MTL_STEP_KEY_CERT_SIGN, MTL_STEP_LEAF_EKU,   MTL_STEP_PATH_LENGTH, MTL_STEP_LEAF_KEY_USAGE,
    MTL_STEP_NO_CA_AS_LEAF, MTL_STEP_OF_CAS,     MTL_STEP_DENIES_CA,   MTL_STEP_END,
};
static const enum mtl_step identity[] = {MTL_STEP_IDENTITY, MTL_STEP_END};
static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_TO_ROOT, .steps = chain},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
};

/* In this order they are in ChainStatus, and the first makes the alert. */
static const uint16_t specificity[MTL_REASON_COUNT] = {
    [MTL_REASON_SIGNATURE] = 8,
    [MTL_REASON_SELF_SIGNED_LEAF] = 7,
    [MTL_REASON_SELF_SIGNED_IN_CHAIN] = 7,
    [MTL_REASON_NO_ISSUER] = 6,
    [MTL_REASON_LEAF_UNVERIFIED] = 6,
    [MTL_REASON_PURPOSE] = 5,
    [MTL_REASON_NOT_YET_VALID] = 4,
    [MTL_REASON_EXPIRED] = 4,
    [MTL_REASON_NOT_A_CA] = 3,
    [MTL_REASON_PATH_LENGTH] = 3,
    [MTL_REASON_CRITICAL_EXTENSION] = 2,
    [MTL_REASON_NAME_MISMATCH] = 1,
};

#define ALWAYS(alert)                                                                                                  \
    {                                                                                                                  \
        {alert, alert},                                                                                                \
        {                                                                                                              \
            alert, alert                                                                                               \
        }                                                                                                              \
    }
#define FLAG(reason, name, alert)                                                                                      \
    {                                                                                                                  \
        MTL_REASON_##reason, 0, name, name, ALWAYS(alert)                                                              \
    }
static const struct mtl_stack_reason reasons[] = {
    FLAG(SIGNATURE, "NotSignatureValid", 42),
    FLAG(SELF_SIGNED_LEAF, "UntrustedRoot", 48),
    FLAG(SELF_SIGNED_IN_CHAIN, "UntrustedRoot", 48),
    FLAG(NO_ISSUER, "PartialChain", 48),
    FLAG(LEAF_UNVERIFIED, "PartialChain", 48),
    FLAG(PURPOSE, "NotValidForUsage", 42),
    FLAG(NOT_YET_VALID, "NotTimeValid", 45),
    FLAG(EXPIRED, "NotTimeValid", 45),
    FLAG(NOT_A_CA, "InvalidBasicConstraints", 42),
    FLAG(PATH_LENGTH, "InvalidBasicConstraints", 42),
    FLAG(CRITICAL_EXTENSION, "HasNotSupportedCriticalExtension", 42),
    FLAG(NAME_MISMATCH, "RemoteCertificateNameMismatch", 42),
    FLAG(NO_CERTIFICATE, "RemoteCertificateNotAvailable", 46),
};

/* What Schannel calls a received alert: SEC_E_, and CRYPT_E_REVOKED. */
static const struct mtl_stack_alert_words alert_words[] = {
    {40, "SEC_E_ILLEGAL_MESSAGE", 0x80090326},    {42, "SEC_E_CERT_UNKNOWN", 0x80090327},
    {43, "SEC_E_CERT_UNKNOWN", 0x80090327},       {44, "CRYPT_E_REVOKED", 0x80092010},
    {45, "SEC_E_CERT_EXPIRED", 0x80090328},       {46, "SEC_E_CERT_UNKNOWN", 0x80090327},
    {47, "SEC_E_ILLEGAL_MESSAGE", 0x80090326},    {48, "SEC_E_UNTRUSTED_ROOT", 0x80090325},
    {49, "SEC_E_LOGON_DENIED", 0x8009030C},       {50, "SEC_E_ILLEGAL_MESSAGE", 0x80090326},
    {51, "SEC_E_DECRYPT_FAILURE", 0x80090330},    {70, "SEC_E_UNSUPPORTED_FUNCTION", 0x80090302},
    {71, "SEC_E_ALGORITHM_MISMATCH", 0x80090331}, {80, "SEC_E_INTERNAL_ERROR", 0x80090304},
};

#define BY_PROCEDURE "The remote certificate is invalid according to the validation procedure: "
#define BY_CHAIN "The remote certificate is invalid because of errors in the certificate chain: {list}"
static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_NAME_MISMATCH, MTL_CLIENT, BY_PROCEDURE "RemoteCertificateNameMismatch"},
};
#define NO_KEY "The server mode SSL must use a certificate with the associated private key."
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_KEY_MISMATCH, true, {"The provided key does not match the public key for this certificate."}},
    {MTL_REASON_NO_CERTIFICATE, false, {NO_KEY, NO_KEY}},
};

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC),
    CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
};
static const struct mtl_stack_signing signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS, .curves = CURVES},
    [MTL_TLS13] = {.keys = KEYS, .curves = CURVES},
};

const struct mtl_stack stack_schannel = {
    .id = "schannel",
    .title = "Schannel (.NET's SslStream on Windows)",
    .versions = ".NET 5 and newer on Windows 11, Windows Server 2022 and newer",
    .evidence = MTL_EVIDENCE_ASSUMED,
    .policy = {.search = MTL_SEARCH_FIRST_ISSUER,
               .default_depth = MTL_NO_DEPTH_LIMIT,
               .anchor_must_be_self_signed = true,
               .last_failure_decides = true,
               .specificity = specificity,
               .understood_extensions = BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_KEY_USAGE) |
                                        BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_SUBJECT_ALT_NAME),
               .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH, [MTL_SERVER] = MTL_EKU_SERVER_AUTH},
               .key_usage = {[MTL_CLIENT] = MTL_KU_DIGITAL_SIGNATURE, [MTL_SERVER] = MTL_KU_DIGITAL_SIGNATURE},
               .names = {.common_name = MTL_CN_NEVER, .wildcards = MTL_WILDCARD_WHOLE_LABEL},
               .phases = phases,
               .phase_count = sizeof(phases) / sizeof(phases[0])},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {BY_CHAIN},
            .rejects_client = {BY_CHAIN},
            .no_certificate = {BY_PROCEDURE "RemoteCertificateNotAvailable"},
            .alert_line = "A fatal alert was received from the remote endpoint. "
                          "The TLS protocol defined fatal alert code is {alert_code}.",
        },
    .alert_words = alert_words,
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .leftover_words = leftover_words,
    .leftover_word_count = sizeof(leftover_words) / sizeof(leftover_words[0]),
    .judges_late = MTL_LATE_CHAIN | MTL_LATE_NAME | MTL_LATE_ABSENCE,
    .late_moment = MTL_LATE_CONNECTED,
    .crls_are_not_known = true,
    .sorts_own_chain = true,
    .loadable_keys = KEYS,
    .closes_without_own_certificate = true,
    .names_no_cas = true,
    .signing = {[MTL_CLIENT] = signing, [MTL_SERVER] = signing},
};

/*
 * Java 17 (SunJSSE) as an ordinary application sets it up: SSLContext with a KeyManagerFactory and the PKIX
 * TrustManagerFactory over key stores filled from PEM, endpoint identification "HTTPS" in a client, setNeedClientAuth
 * in a server, PKIXBuilderParameters with a CertStore where CRLs are given.
 *
 * Does not cover: OCSP and stapling, fetching of issuers and CRLs, certificate policies, other settings of
 * java.security, the cacerts of the JDK and its rules for some of their CAs. Updates of 2025 changed alerts to those of
 * java-25: the row is that of 17.0.15.
 * Sources: recordings; java_family.h. SPDX-License-Identifier: Apache-2.0
 */
#define JAVA_TLS13(alert) 46
#define JAVA_WEAK_DIGEST "Algorithm constraints check failed on signature algorithm: "
#define JAVA_EARLY_STEPS MTL_STEP_KEY_USAGE_BITS, MTL_STEP_LEAF_KEY_SUPPORTED, MTL_STEP_ANCHOR_KEY
#define JAVA_LATE_STEPS MTL_STEP_CRITICAL_EXTENSIONS
#define JAVA_TRIPS "String index out of range: 0"
#define JAVA_TRIP_ALERT ""
#define JAVA_SAYS(text) "javax.net.ssl.SSLHandshakeException: " text
#include "stack/java_family.h"

const struct mtl_stack stack_java_17 = {
    .id = "java-17",
    .title = "Java 17 (SunJSSE)",
    .versions = "17.0.15",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_WITH_DOT,
    .policy = {JAVA_POLICY, .names = {JAVA_NAMES, .wildcards = MTL_WILDCARD_ANY_LABEL}},
    .words = {JAVA_WORDS,
              .cannot_sign =
                  "javax.net.ssl.SSLException: No supported CertificateVerify signature algorithm for EC  key"},
    JAVA_ENDPOINT,
    .no_certificate_alert = {42, 42},
    .most_received = {10, 10},
};

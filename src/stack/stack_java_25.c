/*
 * Java 25 (SunJSSE), set up as stack_java_17.c says; what is not covered stands there too.
 *
 * Sources: recordings; java_family.h. SPDX-License-Identifier: Apache-2.0
 */
#define JAVA_TLS13(alert) (alert)
#define JAVA_WEAK_DIGEST "Algorithm constraints check failed on disabled algorithm: "
#define JAVA_EARLY_STEPS MTL_STEP_LEAF_KEY_SUPPORTED
#define JAVA_LATE_STEPS MTL_STEP_KEY_USAGE_BITS, MTL_STEP_CRITICAL_EXTENSIONS
#define JAVA_TRIPS "Index 0 out of bounds for length 0"
#define JAVA_TRIP_ALERT "(internal_error) "
#define JAVA_SAYS(text) "javax.net.ssl.SSLHandshakeException: ({alert}) " text
#include "stack/java_family.h"

const struct mtl_stack stack_java_25 = {
    .id = "java-25",
    .title = "Java 25 (SunJSSE)",
    .versions = "25.0.2",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_WITH_DOT,
    .policy = {JAVA_POLICY, .decoded_of_leaf = BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_SUBJECT_ALT_NAME),
               .names = {JAVA_NAMES, .wildcards = MTL_WILDCARD_FREE}},
    .words = {JAVA_WORDS, .cannot_sign =
                              "javax.net.ssl.SSLException: (internal_error) No supported CertificateVerify signature "
                              "algorithm for EC  key"},
    JAVA_ENDPOINT,
    .most_received = {[MTL_CLIENT] = 10, [MTL_SERVER] = 8},
    .no_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 116},
};

/* Python 3.11's ssl module on Debian's OpenSSL 3.0; it is not strict (see 3.13). SPDX-License-Identifier: Apache-2.0 */
#include "stack/python_family.h"

static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    PYTHON_NAME_REASONS,
};
static const struct mtl_stack_alert_words alert_words[] = {OPENSSL_3_ALERTS(PYTHON_ALERT)};
static const struct mtl_stack_own_words own_words[] = {
    OPENSSL_3_OWN_ERRORS(PYTHON_REFUSAL),
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(PYTHON_ERROR)}},
    {MTL_REASON_NO_CERTIFICATE, false, {LIBSSL_3_UNFIT_WORDS(PYTHON_ERROR)}},
};

const struct mtl_stack stack_python_3_11 = {
    .id = "python-3.11",
    .title = "Python 3.11 (ssl)",
    .versions = "3.11.2 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {OPENSSL_3_POLICY, OPENSSL_3_STOPS, PYTHON_NAMES, .security_bits = 112},
    PYTHON,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};

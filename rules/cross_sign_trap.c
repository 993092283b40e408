/*
 * A cross-certificate that leads some verifiers to a root they do not trust.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* A certificate of the same name and key from another issuer, in any file. */
static const struct mtl_loaded_cert *
other_certificate(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_subject(lint->everything, cert);
    const struct mtl_loaded_cert *twin;

    while ((twin = mtl_rule_next_bearer(&bearers)) != NULL) {
        if (!mtl_name_equal(mtl_cert_bytes(twin->cert, twin->cert->issuer), mtl_cert_bytes(cert, cert->issuer)) &&
            mtl_slice_equal(mtl_cert_bytes(twin->cert, twin->cert->spki), mtl_cert_bytes(cert, cert->spki)))
            return twin;
    }
    return NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        const struct mtl_loaded_cert *twin;
        struct mtl_hits hits;

        if (!mtl_rule_is_intermediate(subject, i) || mtl_rule_has_expired(lint, cert->cert) ||
            cert->cert->not_before > lint->now)
            continue;
        twin = other_certificate(lint, cert->cert);
        if (twin == NULL)
            continue;
        mtl_rule_reach_without(lint, subject, cert, &hits);
        if (hits.count == 0)
            continue;
        mtl_report_begin(report, cert,
                         "the cross-certificate %s leads some verifiers away from the root that is trusted",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_also(report, &twin->source, "has the same name and key");
        mtl_report_grade(report, hits);
        mtl_report_fix(report, "Leave it out of the bundle, unless some peers trust only the root above it.");
    }
}

const struct mtl_rule rule_cross_sign_trap = {
    .code = "MTL113",
    .name = "cross-sign-trap",
    .title = "Cross-certificate leads some verifiers astray",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A cross-certificate lets peers that know only an older root accept a new one. Verifiers that "
                 "follow the first issuer they find take the cross-certificate instead of the trusted root of the "
                 "same name and key, arrive at a root they do not trust, and do not come back. The rule compares "
                 "what each stack makes of the bundle with and without it.",
    .fix = "Send the cross-certificate only while there are peers that need it, and watch the date when its root "
           "ends.",
    .references = "RFC 5280 3.2; RFC 4158 2.3",
    .check = check,
};

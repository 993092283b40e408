/*
 * The leaf comes without an issuer, and no file has it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/*
 * A leaf below a root may come alone. Not one that says where its issuer can be fetched, and not one that is sent with
 * certificates of authorities, none of which issued it.
 */
static bool
needs_more(const struct mtl_subject *subject, const struct mtl_cert *leaf)
{
    if (mtl_cert_has(leaf, MTL_EXT_AUTHORITY_INFO_ACCESS))
        return true;
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        if (mtl_rule_is_authority(subject->material->certs[i].cert))
            return true;
    }
    return false;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(subject->pool, leaf->cert);

    if (leaf->cert->self_issued || !needs_more(subject, leaf->cert) ||
        mtl_rule_issuer(lint, lint->everything, leaf->cert) != NULL)
        return;
    /* A bearer of the name with another key, or one that is not recognised, is another rule's. */
    if (mtl_rule_next_bearer(&bearers) != NULL ||
        mtl_rule_unverified_issuer(lint, lint->everything, leaf->cert) != NULL ||
        mtl_rule_misnamed_issuer(lint, lint->everything, leaf->cert) != NULL)
        return;
    mtl_report_begin(report, leaf, "%s is sent without its issuer, which is in none of the files",
                     mtl_rule_label(lint, leaf->cert));
    mtl_report_names(report, leaf->cert);
    mtl_report_evidence(report, "certificates in this file: %zu, none of them issued it",
                        subject->material->cert_count);
    mtl_report_rejection(report, subject, MTL_REASON_NO_ISSUER);
    mtl_report_fix(report, "Get the certificate of that issuer and append it, unless it is a root that all %s trust.",
                   mtl_rule_peers(subject));
}

const struct mtl_rule rule_unknown_issuer = {
    .code = "MTL108",
    .name = "unknown-issuer",
    .title = "Issuer of the leaf is nowhere",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "The leaf is sent without the certificate that issued it, and none of the files that were read "
                 "holds it. If the issuer is an intermediate, peers that trust only the root reject the leaf. A leaf "
                 "that says where its issuer can be fetched (authorityInfoAccess) nearly always comes from an "
                 "intermediate. A leaf without that extension, sent alone, is not reported: it may well come "
                 "straight from a root.",
    .fix = "Append the issuer's certificate to the bundle. If the issuer is a root that all peers trust, nothing is "
           "to be done.",
    .references = "RFC 5246 7.4.2; RFC 5280 4.2.2.1",
    .check = check,
};

/*
 * An end-entity certificate that another authority issued stands in a trust store.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* It cannot end a path of theirs. */
static bool
passes_over(const struct mtl_stack *stack)
{
    return stack->policy.anchor_must_be_self_signed;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        /* One that signed itself is pinned on purpose, and so is one with settings of its own. */
        if (mtl_rule_is_authority(cert->cert) || mtl_cert_is_self_signed(cert->cert) || cert->aux.present)
            continue;
        mtl_report_begin(report, cert, "%s is no authority, but stands in a trust store",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_hits(report, mtl_rule_stacks_that(lint, passes_over));
        mtl_report_why(report, "For the stacks named here it changes nothing. The others trust this one certificate, "
                               "until it is renewed, and nothing else of its issuer.");
        mtl_report_fix(report, "Put the root of its issuer there instead, or remove it.");
    }
}

const struct mtl_rule rule_leaf_as_anchor = {
    .code = "MTL207",
    .name = "leaf-as-anchor",
    .title = "Leaf in a trust store",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_STORE,
    .rationale = "A peer's own certificate was put where its authority's belongs. Stacks that follow the chain up to a "
                 "self-signed certificate make nothing of it; those that end a path at any trusted certificate accept "
                 "it until the peer renews, and then the connection breaks without a change on this side.",
    .fix = "Trust the root that issues for these peers. To pin a single certificate, use one that is self-signed.",
    .references = "RFC 5280 6.1.1; X509_VERIFY_PARAM_set_flags(3), X509_V_FLAG_PARTIAL_CHAIN",
    .check = check,
};

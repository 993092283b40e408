/*
 * The certificate does not name the host that clients ask for.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* The first few names that it does have. */
static void
list_names(const struct mtl_lint *lint, const struct mtl_cert *cert, struct mtl_report *report)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_text text = {.arena = lint->arena};
    struct mtl_slice name;

    for (size_t i = 0; i < 4 && mtl_rule_next_dns_name(&names, &name); i++)
        mtl_text_printf(&text, "%s%s", i > 0 ? ", " : "", mtl_text_safe(lint->arena, name, 60));
    mtl_report_evidence(report, "DNS names %s", text.size > 0 ? text.text : "none");
}

/* Nothing is wrong with the certificate: an error only if the clients declared are among those hit. */
static void
describe_unseen(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_loaded_cert *leaf,
                struct mtl_hits hits)
{
    size_t at = 0;

    while (at < hits.count && hits.stacks[at] != lint->stack)
        at++;
    mtl_report_begin(report, leaf, "%s names %s, but some clients do not find it there",
                     mtl_rule_label(lint, leaf->cert), mtl_text_safe(lint->arena, mtl_slice_text(lint->name), 100));
    mtl_report_hits(report, hits);
    mtl_report_severity(report, at < hits.count ? MTL_ERROR : MTL_INFO);
    list_names(lint, leaf->cert, report);
    mtl_report_why(report, "These clients compare names in their own way; of an address some look at dNSName only.");
    mtl_report_fix(report, "Let these clients ask for a DNS name that the certificate has.");
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    struct mtl_hits hits;

    if (lint->name == NULL || (subject->role_known && subject->role == MTL_CLIENT) ||
        (mtl_rule_is_authority(leaf->cert) && !subject->role_declared))
        return;
    hits = mtl_rule_clients_that_miss(lint, leaf->cert, lint->name);
    if (hits.count == 0)
        return;
    if (mtl_rule_names_host(leaf->cert, lint->name)) {
        describe_unseen(lint, report, leaf, hits);
        return;
    }
    mtl_report_begin(report, leaf, "%s does not name %s: clients that ask for it reject the certificate",
                     mtl_rule_label(lint, leaf->cert), mtl_text_safe(lint->arena, mtl_slice_text(lint->name), 100));
    mtl_report_names(report, leaf->cert);
    list_names(lint, leaf->cert, report);
    mtl_report_rejection(report, subject, MTL_REASON_NAME_MISMATCH);
    mtl_report_grade(report, hits);
    mtl_report_fix(report, "Have it issued with that name in subjectAltName, or let clients ask for one that it has.");
}

const struct mtl_rule rule_name_mismatch = {
    .code = "MTL318",
    .name = "name-mismatch",
    .title = "Certificate does not name the expected host",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A client compares the host it asks for with the names in the certificate, and ends the handshake "
                 "if it finds none that fits. The rule speaks only if --name says which host that is. Who is hit is "
                 "asked of each client's way to compare names: common names, wildcards and addresses are read "
                 "differently. Where the certificate does name the host as RFC 9525 has it, it is a note, unless the "
                 "stack that judges does not find it.",
    .fix = "Issue the certificate with all names under which clients reach the server, addresses as iPAddress.",
    .references = "RFC 9525 6; RFC 2818 3.1",
    .check = check,
};

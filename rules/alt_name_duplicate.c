/*
 * A name stands twice in subjectAltName.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <stdlib.h>

static int
by_name(const void *left, const void *right)
{
    const struct mtl_general_name *a = left;
    const struct mtl_general_name *b = right;

    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    return mtl_slice_compare(a->value, b->value);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name *all;
    struct mtl_general_name name;
    size_t count = 0;
    size_t i = 0;

    while (mtl_general_names_next(&names, &name))
        count++;
    all = mtl_arena_array(lint->arena, count, sizeof(*all));
    for (names = mtl_cert_alt_names(cert); i < count && mtl_general_names_next(&names, &name); i++)
        all[i] = name;
    if (count > 1)
        qsort(all, count, sizeof(*all), by_name);
    for (i = 1; i < count && by_name(&all[i - 1], &all[i]) != 0; i++)
        continue;
    if (i >= count)
        return;
    mtl_report_begin(report, subject->cert, "%s names %s more than once", mtl_rule_label(lint, cert),
                     all[i].type == MTL_GN_DNS || all[i].type == MTL_GN_URI || all[i].type == MTL_GN_EMAIL
                         ? mtl_text_safe(lint->arena, all[i].value, 100)
                         : "something in subjectAltName");
    mtl_report_names(report, cert);
    mtl_report_fix(report, "Remove the repetition from the list of names that the certificate is requested with.");
}

const struct mtl_rule rule_alt_name_duplicate = {
    .code = "MTL317",
    .name = "alt-name-duplicate",
    .title = "Name stands twice in subjectAltName",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "Nobody rejects a certificate for a name that stands twice, but each handshake carries it, and a "
                 "repeated name is often one that should have been another: the second of two copied lines that "
                 "nobody changed.",
    .fix = "Look whether another name was meant, and remove the repetition.",
    .references = "RFC 5280 4.2.1.6",
    .check = check,
};

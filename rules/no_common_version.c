/*
 * The sides of a declared handshake have no TLS version in common.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
list_versions(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
              enum mtl_role role)
{
    const struct mtl_connection *connection = subject->connection;
    const struct mtl_stack *stack = connection->question->sides[role].stack;
    struct mtl_text text = {.arena = lint->arena};

    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        if ((connection->versions[role] >> tls & 1) != 0 &&
            (connection->varied[role] || mtl_stack_speaks(stack, (enum mtl_tls)tls)))
            mtl_text_printf(&text, "%s%s", text.size > 0 ? " and " : "", mtl_tls_text((enum mtl_tls)tls));
    mtl_report_evidence(report, "%s speaks TLS %s", mtl_rule_side(lint, subject, role),
                        text.size > 0 ? text.text : "in no version asked for");
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_side_lines *lines = subject->connection->lines;

    if (subject->endings->versions != 0)
        return;
    mtl_report_begin_at(report, &lines[MTL_SERVER].tls, "%s: %s and %s have no TLS version in common",
                        mtl_rule_connection(lint, subject), mtl_rule_side(lint, subject, MTL_CLIENT),
                        mtl_rule_side(lint, subject, MTL_SERVER));
    list_versions(lint, subject, report, MTL_CLIENT);
    list_versions(lint, subject, report, MTL_SERVER);
    if (lines[MTL_CLIENT].tls.line != lines[MTL_SERVER].tls.line)
        mtl_report_also(report, &lines[MTL_CLIENT].tls, "what %s speaks", mtl_rule_side(lint, subject, MTL_CLIENT));
    mtl_report_why(report, "Nothing else is predicted: the handshake ends before any certificate is sent.");
    mtl_report_fix(report, "Enable a version on one side that the other one has, TLS 1.3 if possible.");
}

const struct mtl_rule rule_no_common_version = {
    .code = "MTL512",
    .name = "no-common-version",
    .title = "No TLS version in common",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "A side was limited to versions that the other one lacks: by its configuration, by that of the "
                 "system, or because its library is too old. RFC 8446 has the server answer with the alert "
                 "protocol_version (70); whether each program keeps to that was not recorded. What the sides speak "
                 "is what tls says in the project file, as far as their stacks have it.",
    .fix = "Enable a version that both sides have. If the project file does not say what is enabled, correct tls.",
    .references = "RFC 8446 4.2.1, D.1 and D.2; RFC 5246 E.1; RFC 9325 3.1.1",
    .check = check,
};

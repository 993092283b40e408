/*
 * A side of a declared handshake rejects its peer and does not say why.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* What the finding about the rejection tells of its own is not repeated. */
static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->endings->count; i++) {
        const struct mtl_transcript *silent = subject->endings->items[i].silent;
        enum mtl_role by = silent == NULL ? MTL_SERVER : silent->rejected_by;

        if (silent == NULL || subject->endings->items[i].newest->surface != MTL_SURFACE_ALERT)
            continue;
        mtl_report_begin_at(report, &subject->connection->lines[by].stack, "%s: %s rejects %s without an alert",
                            mtl_rule_connection(lint, subject), mtl_rule_side(lint, subject, by),
                            mtl_rule_side(lint, subject, by == MTL_CLIENT ? MTL_SERVER : MTL_CLIENT));
        mtl_report_evidence(report, "TLS %s, %s as client, %s as server", mtl_tls_text(silent->tls),
                            silent->client->stack->id, silent->server->stack->id);
        mtl_report_why(report, "%s", mtl_ending_manner(lint, silent));
        return;
    }
}

const struct mtl_rule rule_silent_rejection = {
    .code = "MTL509",
    .name = "silent-rejection",
    .title = "Rejection without an alert",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "The side that rejects closes or resets the connection, or answers in its own protocol, and sends "
                 "no TLS alert: the log of its peer says nothing about certificates, and the failure is easily taken "
                 "for one of the network. Servers that verify in their own layer do so, and some TLS stacks by "
                 "themselves.",
    .fix = "Look into the log of the side that rejects. A finding about the same handshake says what it rejects.",
    .references = "RFC 8446 6.2; RFC 5246 7.2.2",
    .check = check,
};

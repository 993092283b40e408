/*
 * The client of a declared handshake believes that it is connected when it is rejected.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
is_late(const struct mtl_transcript *transcript)
{
    return transcript->moment == MTL_MOMENT_AFTER_HANDSHAKE || transcript->moment == MTL_MOMENT_REQUEST;
}

/* What the finding about the rejection tells of its own is not repeated. */
static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->endings->count; i++) {
        const struct mtl_transcript *late = subject->endings->items[i].late;

        if (late == NULL || is_late(subject->endings->items[i].newest))
            continue;
        mtl_report_begin_at(report, &subject->connection->lines[MTL_CLIENT].side,
                            "%s: %s takes the connection for established when %s rejects it",
                            mtl_rule_connection(lint, subject), mtl_rule_side(lint, subject, MTL_CLIENT),
                            mtl_rule_side(lint, subject, MTL_SERVER));
        mtl_report_evidence(report, "TLS %s, %s as client, %s as server", mtl_tls_text(late->tls),
                            late->client->stack->id, late->server->stack->id);
        mtl_report_why(report, "%s", mtl_ending_moment(lint, late));
        return;
    }
}

const struct mtl_rule rule_late_rejection = {
    .code = "MTL508",
    .name = "late-rejection",
    .title = "Rejection is seen late",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "In TLS 1.3 the client sends its certificate with its last message and is done; what the server "
                 "thinks of it comes afterwards. Its connect succeeds, and it fails at its first read, often far "
                 "from the code that opened the connection, or loses what it has written. Programs that check in the "
                 "layer above, such as a web server that answers 400, are as late in TLS 1.2.",
    .fix = "Mend the rejection, which a finding about the same handshake reports. To notice it at once, read before "
           "you take the connection for good.",
    .references = "RFC 8446 4.4.2, 4.6.2; RFC 8446 2",
    .check = check,
};

/*
 * The client of a declared handshake sends no certificate though the server asks for one.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Optional for the server: it works, without the certificate that the client was given. */
static void
unsent(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
       const struct mtl_ending *ending)
{
    const struct mtl_side *sides = ending->question->sides;

    if (ending->kind != MTL_ENDS_CONNECTED || ending->newest->client_sends != 0 ||
        sides[MTL_SERVER].verify == MTL_VERIFY_NONE || sides[MTL_CLIENT].presents == NULL)
        return;
    mtl_report_begin_at(report, &subject->connection->lines[MTL_CLIENT].cert,
                        "%s: %s sends no certificate, and %s goes on without", mtl_rule_connection(lint, subject),
                        mtl_rule_side(lint, subject, MTL_CLIENT), mtl_rule_side(lint, subject, MTL_SERVER));
    mtl_report_severity(report, MTL_WARNING);
    mtl_report_evidence(report, "%s: %s", mtl_ending_versions(ending),
                        mtl_ending_stacks(lint, subject->endings, ending));
    mtl_report_why(report, "Not sent: %s.", mtl_rule_path(lint, ending->newest->client_sends_reason));
    mtl_report_fix(report, "Use a certificate that the client can send, or leave it out.");
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_endings(lint, report, subject, MTL_ENDS_UNSENT);
    for (size_t i = 0; i < subject->endings->count; i++)
        unsent(lint, subject, report, &subject->endings->items[i]);
}

const struct mtl_rule rule_no_client_certificate = {
    .code = "MTL504",
    .name = "no-client-certificate",
    .title = "Client sends no certificate",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "The server asks for a certificate and the client answers with none: it has none, or its TLS stack "
                 "holds its own back because the server names other authorities or algorithms, or the certificate is "
                 "not meant for clients. A server that requires one ends the connection; one for which it is "
                 "optional goes on with a client it does not know, which is a warning.",
    .fix = "Give the client a certificate that the server's authorities issued, for clientAuth.",
    .references = "RFC 8446 4.3.2, 4.4.2.3; RFC 5246 7.4.4, 7.4.6",
    .check = check,
};

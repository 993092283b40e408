/*
 * The server of a declared handshake rejects the client's certificate.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_endings(lint, report, subject, MTL_ENDS_CLIENT_REFUSED);
}

const struct mtl_rule rule_client_rejected = {
    .code = "MTL502",
    .name = "client-rejected",
    .title = "Server rejects the client",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "In a handshake of the project file the server looks at the client's certificate and ends the "
                 "connection. The finding says for which reason, with which alert, and when the client learns of it: "
                 "in TLS 1.3 the client's handshake has succeeded by then. When it depends on the TLS stack of a "
                 "side that has several, MTL505 reports it instead.",
    .fix = "The finding names the line that has to change: what the server trusts, or the client's certificate. A "
           "fix with commands was judged before it was offered.",
    .references = "RFC 8446 4.4.2.4; RFC 5246 7.4.6; RFC 5280 6",
    .check = check,
};

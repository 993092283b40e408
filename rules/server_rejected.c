/*
 * The client of a declared handshake rejects the server's certificate.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_endings(lint, report, subject, MTL_ENDS_SERVER_REFUSED);
}

const struct mtl_rule rule_server_rejected = {
    .code = "MTL503",
    .name = "server-rejected",
    .title = "Client rejects the server",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "In a handshake of the project file the client looks at the server's certificate and gives up: "
                 "nothing is sent over such a connection. The finding says for which reason and with which alert. "
                 "When it depends on the TLS stack of a side that has several, MTL505 reports it instead.",
    .fix = "The finding names the line that has to change: what the client trusts, the name it expects, or the "
           "server's certificate. A fix with commands was judged before it was offered.",
    .references = "RFC 8446 4.4.2.4; RFC 5246 7.4.2; RFC 5280 6; RFC 9525",
    .check = check,
};

/*
 * A side of a declared handshake does not verify its peer.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* A server without mutual TLS is nothing to report, unless its client comes with a certificate. */
static bool
is_off(const struct mtl_handshake_question *question, enum mtl_role role)
{
    if (question->sides[role].verify != MTL_VERIFY_NONE)
        return false;
    return role == MTL_CLIENT || question->sides[MTL_CLIENT].presents != NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_role roles[] = {MTL_CLIENT, MTL_SERVER};

    for (size_t i = 0; i < 2; i++) {
        enum mtl_role role = roles[i];
        const char *side = mtl_rule_side(lint, subject, role);
        const char *peer = mtl_rule_side(lint, subject, role == MTL_CLIENT ? MTL_SERVER : MTL_CLIENT);

        if (!is_off(subject->connection->question, role))
            continue;
        mtl_report_begin_at(report, &subject->connection->lines[role].verify, "%s: %s does not verify who %s is",
                            mtl_rule_connection(lint, subject), side, peer);
        if (role == MTL_CLIENT)
            mtl_report_why(report, "Whoever stands between them with any certificate is taken for %s.", peer);
        else
            mtl_report_why(report, "%s asks for no certificate: %s is let in like everybody else.", side, peer);
        mtl_report_fix(report, "Set verify: required and give %s what it trusts.", side);
    }
}

const struct mtl_rule rule_verification_off = {
    .code = "MTL506",
    .name = "verification-off",
    .title = "Peer's certificate is not verified",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "With verify: none a client takes whatever certificate it is shown, also that of somebody in "
                 "between, who reads and changes everything. A server with verify: none asks for no certificate; a "
                 "client that was given one is not told apart from any other.",
    .fix = "Set verify: required, and give the side the authorities it trusts. For a server that means to serve "
           "everybody, leave out the client's certificate.",
    .references = "RFC 8446 4.3.2, C.2; RFC 9325 4.1",
    .check = check,
};

/*
 * The server of a declared handshake verifies only clients that send a certificate.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Tried out: the same handshake, with a client that has nothing. */
static bool
lets_strangers_in(const struct mtl_lint *lint, const struct mtl_handshake_question *question)
{
    struct mtl_handshake_question without = *question;

    without.memory = NULL;
    without.sides[MTL_CLIENT].presents = NULL;
    without.sides[MTL_CLIENT].key = NULL;
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++) {
        const struct mtl_transcript *transcript = mtl_handshake_predict(lint->arena, &without, (enum mtl_tls)tls);

        if (transcript->outcome == MTL_ESTABLISHED)
            return true;
    }
    return false;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_endings *endings = subject->endings;
    const struct mtl_connection *connection = subject->connection;

    if (connection->question->sides[MTL_SERVER].verify != MTL_VERIFY_OPTIONAL || endings->count == 0 ||
        !lets_strangers_in(lint, endings->items[0].question))
        return;
    mtl_report_begin_at(report, &connection->lines[MTL_SERVER].verify, "%s: %s lets clients without a certificate in",
                        mtl_rule_connection(lint, subject), mtl_rule_side(lint, subject, MTL_SERVER));
    mtl_report_why(report, "%s connects a client that answers the request for a certificate with none.",
                   endings->items[0].question->sides[MTL_SERVER].stack->title);
    mtl_report_fix(report, "Set verify: required, unless the program behind it refuses such clients.");
}

const struct mtl_rule rule_optional_verification = {
    .code = "MTL507",
    .name = "optional-verification",
    .title = "Client without a certificate gets in",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "With verify: optional the server asks for a certificate and checks the one it gets, but lets a "
                 "client in that sends none. Whoever wants past the check leaves the certificate out; then all "
                 "depends on what the program behind the server does with a client that has no name.",
    .fix = "Set verify: required. Where some paths must stay open, let the program behind the server refuse requests "
           "without a certificate, and ignore this finding with that reason.",
    .references = "RFC 8446 4.4.2.4; RFC 5246 7.4.6",
    .check = check,
};

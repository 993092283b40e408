/*
 * A side of a declared handshake cannot use what it was given.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_endings(lint, report, subject, MTL_ENDS_UNUSABLE);
}

const struct mtl_rule rule_unusable_own_files = {
    .code = "MTL511",
    .name = "unusable-own-files",
    .title = "Side cannot use its own files",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "In a handshake of the project file one side is stopped by what it was given itself: its program "
                 "does not start, for a key that does not belong to the certificate or a file that does not load, or "
                 "it finds out when a connection comes that it cannot prove who it is with this certificate. The "
                 "peer's files have no part in it.",
    .fix = "The finding names the line that has to change: the side's certificate or its key.",
    .references = "RFC 8446 4.4.2.2; RFC 5246 7.4.2",
    .check = check,
};

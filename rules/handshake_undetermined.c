/*
 * A declared handshake of which something cannot be told.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->endings->count; i++) {
        const struct mtl_ending *ending = &subject->endings->items[i];

        if (ending->kind != MTL_ENDS_UNKNOWN)
            continue;
        mtl_report_begin_at(report, &subject->connection->at, "%s: it cannot be told whether %s and %s will connect",
                            mtl_rule_connection(lint, subject), mtl_rule_side(lint, subject, MTL_CLIENT),
                            mtl_rule_side(lint, subject, MTL_SERVER));
        mtl_report_evidence(report, "%s: %s", mtl_ending_versions(ending),
                            mtl_ending_stacks(lint, subject->endings, ending));
        mtl_report_why(report, "Because %s.", mtl_ending_why(lint, ending));
        return;
    }
}

const struct mtl_rule rule_handshake_undetermined = {
    .code = "MTL510",
    .name = "handshake-undetermined",
    .title = "Handshake cannot be predicted",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "Whether this handshake of the project file works cannot be told, for the reason in the finding: a "
                 "side's trust is not given, or it is not known what its TLS stack does with something in the files. "
                 "Nothing is guessed.",
    .fix = "Give what is missing in the project file; for what is not known of a stack, try the real program.",
    .references = "docs/PROJECT-FILE.md",
    .check = check,
};

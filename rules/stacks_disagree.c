/*
 * A declared handshake works with some of its TLS stacks and not with others.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
has_all_stacks(const struct mtl_ending *ending)
{
    const struct mtl_side *sides = ending->question->sides;

    return sides[MTL_CLIENT].stack_count == 0 && sides[MTL_SERVER].stack_count == 0;
}

/* A limit that nobody set here, and that a configuration can: every good chain with an intermediate exceeds some. */
static bool
is_default_depth(const struct mtl_ending *ending)
{
    const struct mtl_transcript *newest = ending->newest;

    return newest->reason == MTL_REASON_DEPTH && ending->question->sides[newest->rejected_by].depth < 0;
}

/* MTL502 and its neighbours tell it when all stacks agree. */
static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->endings->count; i++) {
        const struct mtl_ending *ending = &subject->endings->items[i];

        if (!subject->endings->differ || ending->kind <= MTL_ENDS_UNKNOWN)
            continue;
        mtl_report_ending(lint, report, subject, ending);
        if (!has_all_stacks(ending))
            mtl_report_severity(report, MTL_ERROR);
        else if (is_default_depth(ending))
            mtl_report_severity(report, MTL_INFO);
    }
}

const struct mtl_rule rule_stacks_disagree = {
    .code = "MTL505",
    .name = "stacks-disagree",
    .title = "Depends on the TLS stack",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_HANDSHAKE,
    .rationale = "A side of the handshake may run on several TLS stacks, and some of them connect while others "
                 "reject the same files: stacks differ in the chains they find, the checks they make and the order "
                 "in which they make them. A stack that the project file names is an error; with 'all' it is a "
                 "warning, since not every stack need be in use, and a note where only the depth is exceeded that a "
                 "stack allows unless its configuration says more.",
    .fix = "Take a chain and a trust store that all of them accept. mtlslint handshake NAME shows all groups; "
           "mtlslint stacks ID tells what one stack checks.",
    .references = "RFC 5280 6; RFC 4158",
    .check = check,
};

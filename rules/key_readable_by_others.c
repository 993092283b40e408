/*
 * A private key that every user of the machine can read.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
refuses_it(const struct mtl_stack *stack)
{
    return stack->refuses_open_key;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *file = subject->material;
    const struct mtl_loaded_key *key = file->keys;

    if (file->key_count == 0 || key->key->encrypted || key->is_locked || !mtl_rule_is_open(lint, key->source.path))
        return;
    mtl_report_begin_at(report, &key->source, "the private key %s can be read by every user of this machine",
                        mtl_rule_path(lint, key->source.path));
    mtl_report_why(report, "Whoever has the key can act as its owner towards every peer.");
    if (mtl_rule_is_in_repository(lint, key->source.path)) {
        mtl_report_severity(report, MTL_INFO);
        mtl_report_fix(report, "Git checks every file out so: keep keys out of it, but those for tests.");
        return;
    }
    mtl_report_grade(report, mtl_rule_stacks_that(lint, refuses_it));
    mtl_report_fix(report, "Let its owner alone read it: chmod 600, and 640 with a group for a program of its own.");
}

const struct mtl_rule rule_key_readable_by_others = {
    .code = "MTL012",
    .name = "key-readable-by-others",
    .title = "Private key that everybody can read",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "The mode of the file lets every user of the machine read the key, and so does that of its directory. "
                 "Some programs refuse such a key: the finding names them. Below a directory with .git it is a note: "
                 "git keeps no "
                 "modes, so that every file it checks out can be read, and a key that works ought not to be there.",
    .fix = "Run chmod 600 on the file. If other people work on the machine, replace the key.",
    .references = "RFC 5280 9",
    .check = check,
};

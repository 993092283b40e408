/*
 * A file that by its name holds certificates or a key, and is empty.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const char *const endings[] = {".pem", ".crt", ".cer", ".cert",     ".key",
                                          ".crl", ".der", ".p7b", ".ca-bundle"};
    const struct mtl_material *material = subject->material;

    /* Of a trust store MTL201 speaks. */
    for (size_t i = 0; i < material->note_count && subject->use != MTL_USE_STORE; i++) {
        const struct mtl_note *note = &material->notes[i];

        for (size_t k = 0; k < sizeof(endings) / sizeof(endings[0]) && note->kind == MTL_NOTE_EMPTY; k++) {
            if (!mtl_rule_has_ending(note->source.path, endings[k]))
                continue;
            mtl_report_begin_at(report, &note->source, "%s is empty", mtl_rule_path(lint, note->source.path));
            mtl_report_why(report, "Whatever is to be read from it is missing.");
            mtl_report_fix(report, "Write it again, or remove it if nothing needs it.");
            break;
        }
    }
}

const struct mtl_rule rule_empty_file = {
    .code = "MTL008",
    .name = "empty-file",
    .title = "Empty file",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "The name of the file says that it holds certificates, a key or a CRL, but there is nothing in it. A "
                 "redirection whose command failed, a full disk and a template without values leave such files. "
                 "Programs refuse to start with one, or trust nobody.",
    .fix = "Find out what was to write it, and write it again to another file that is renamed at the end.",
    .references = "RFC 7468 2",
    .check = check,
};

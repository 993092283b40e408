/*
 * The readers' notes on a file as findings.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"
#include "lint/readers.h"

/* Findings of one kind for one file; a damaged file may have a note for each of its blocks. */
#define MAX_NOTES 5U

static size_t
count_kind(const struct mtl_material *material, enum mtl_note_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < material->note_count; i++)
        count += material->notes[i].kind == kind;
    return count;
}

static const char *
consequence(const struct mtl_note *note)
{
    switch (note->kind) {
    case MTL_NOTE_UNREADABLE:
    case MTL_NOTE_UNSUPPORTED:
    case MTL_NOTE_LOCKED:
    case MTL_NOTE_LEGACY:
        return "Whatever it holds is missing from this report.";
    case MTL_NOTE_BAD_HASH_NAME:
        return "OpenSSL looks certificates up by this name and never opens the file.";
    default:
        return note->fatal ? "OpenSSL then loads nothing of the whole file, and a program that needs it does not start."
                           : "OpenSSL reads the rest of the file; stricter readers skip more or refuse it.";
    }
}

static bool
is_about_pem(enum mtl_note_kind kind)
{
    return kind == MTL_NOTE_DIRTY || kind == MTL_NOTE_GLUED || kind == MTL_NOTE_UNDECODABLE;
}

void
mtl_report_notes(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
                 enum mtl_note_kind kind, const char *headline, const char *fix)
{
    const struct mtl_material *material = subject->material;
    const size_t total = count_kind(material, kind);
    bool is_harmless = false;
    const char *readers = total > 0 && is_about_pem(kind) ? mtl_readers_text(lint, material, &is_harmless) : NULL;
    size_t told = 0;

    for (size_t i = 0; i < material->note_count && told < MAX_NOTES; i++) {
        const struct mtl_note *note = &material->notes[i];

        if (note->kind != kind)
            continue;
        mtl_report_begin_at(report, &note->source, "%s %s", mtl_rule_path(lint, note->source.path), headline);
        mtl_report_severity(report, note->fatal ? MTL_ERROR : is_harmless ? MTL_INFO : MTL_WARNING);
        mtl_report_evidence(report, "%s", note->message);
        if (readers != NULL && told == 0)
            mtl_report_evidence(report, "%s", readers);
        if (++told == MAX_NOTES && total > told)
            mtl_report_evidence(report, "and %zu more of this kind in this file", total - told);
        if (!is_harmless)
            mtl_report_why(report, "%s", consequence(note));
        mtl_report_fix(report, "%s", fix);
    }
}

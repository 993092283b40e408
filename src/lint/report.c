/*
 * Collects findings: the calls with which a rule describes a defect, then sorting and dropping repetitions.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mtl_report {
    const struct mtl_lint *lint;
    const struct mtl_rule *rule; /* the one that runs */
    const struct mtl_subject *subject;
    struct mtl_finding **findings;
    size_t count, capacity;
};

struct mtl_report *
mtl_report_new(const struct mtl_lint *lint)
{
    struct mtl_report *report = mtl_arena_alloc(lint->arena, sizeof(*report));

    report->lint = lint;
    return report;
}

size_t
mtl_report_count(const struct mtl_report *report)
{
    return report->count;
}

void
mtl_report_merge(struct mtl_report *report, const struct mtl_report *other)
{
    for (size_t i = 0; i < other->count; i++) {
        report->findings = mtl_arena_grow(report->lint->arena, report->findings, report->count, &report->capacity,
                                          sizeof(*report->findings));
        report->findings[report->count++] = other->findings[i];
    }
}

void
mtl_report_run(struct mtl_report *report, const struct mtl_subject *subject, const char *family)
{
    report->subject = subject;
    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        const struct mtl_rule *rule = mtl_rule_table[i];

        if ((rule->scopes & subject->scope) == 0)
            continue;
        if (family != NULL && strncmp(rule->code, family, strlen(family)) != 0)
            continue;
        report->rule = rule;
        rule->check(report->lint, subject, report);
    }
}

static struct mtl_finding *
last(const struct mtl_report *report)
{
    return report->findings[report->count - 1];
}

static const char *
format_text(const struct mtl_report *report, const char *format, va_list arguments)
{
    char line[2048];

    vsnprintf(line, sizeof(line), format, arguments);
    return mtl_arena_strdup(report->lint->arena, line);
}

static const char *
judged_against(const struct mtl_subject *subject)
{
    if (subject->trust != NULL)
        return subject->trust->path;
    return subject->connection != NULL ? subject->connection->name : NULL;
}

static struct mtl_finding *
begin(struct mtl_report *report)
{
    struct mtl_arena *arena = report->lint->arena;
    struct mtl_finding *finding = mtl_arena_alloc(arena, sizeof(*finding));

    finding->rule = report->rule;
    finding->severity = report->rule->severity;
    finding->against = judged_against(report->subject);
    if (report->subject->connection != NULL)
        finding->connection = report->subject->connection->name;
    report->findings =
        mtl_arena_grow(arena, report->findings, report->count, &report->capacity, sizeof(*report->findings));
    report->findings[report->count++] = finding;
    return finding;
}

/* Certificates in the file, if the place is one of them; otherwise 0. */
static unsigned
total_at(const struct mtl_lint *lint, const struct mtl_source *source)
{
    const struct mtl_input *file = mtl_rule_file(lint, source->path);
    const struct mtl_source *same;

    if (file == NULL || source->ordinal == 0 || source->ordinal > file->material->cert_count)
        return 0;
    same = &file->material->certs[source->ordinal - 1].source;
    if (same->line != source->line || strcmp(same->label, source->label) != 0)
        return 0;
    return (unsigned)file->material->cert_count;
}

static void
add_place(struct mtl_report *report, const struct mtl_source *source, const char *note)
{
    struct mtl_finding *finding = last(report);

    if (finding->place_count == MTL_MAX_PLACES)
        return;
    finding->places[finding->place_count++] = (struct mtl_place){
        .source = *source,
        .total = total_at(report->lint, source),
        .note = note,
    };
}

void
mtl_report_begin(struct mtl_report *report, const struct mtl_loaded_cert *cert, const char *format, ...)
{
    va_list arguments;
    struct mtl_finding *finding = begin(report);

    va_start(arguments, format);
    finding->message = format_text(report, format, arguments);
    va_end(arguments);
    finding->cert = cert->cert;
    add_place(report, &cert->source, NULL);
}

void
mtl_report_begin_at(struct mtl_report *report, const struct mtl_source *source, const char *format, ...)
{
    va_list arguments;
    struct mtl_finding *finding = begin(report);

    va_start(arguments, format);
    finding->message = format_text(report, format, arguments);
    va_end(arguments);
    add_place(report, source, NULL);
}

void
mtl_report_severity(struct mtl_report *report, enum mtl_severity severity)
{
    last(report)->severity = severity;
}

void
mtl_report_hits(struct mtl_report *report, struct mtl_hits hits)
{
    last(report)->hits = hits;
}

static enum mtl_reach
grade(struct mtl_finding *finding, enum mtl_reach reach)
{
    static const enum mtl_severity severities[] = {
        [MTL_REACH_NONE] = MTL_INFO, [MTL_REACH_SOME] = MTL_WARNING, [MTL_REACH_MOST] = MTL_ERROR};

    if (reach != MTL_REACH_UNKNOWN)
        finding->severity = severities[reach];
    return reach;
}

enum mtl_reach
mtl_report_reach(struct mtl_report *report, const struct mtl_subject *subject, const struct mtl_loaded_cert *cert)
{
    return grade(last(report), mtl_rule_reach(report->lint, subject, cert, &last(report)->hits));
}

enum mtl_reach
mtl_report_reach_for(struct mtl_report *report, const struct mtl_subject *subject, const struct mtl_loaded_cert *cert,
                     const enum mtl_reason *reasons)
{
    return grade(last(report), mtl_rule_reach_for(report->lint, subject, cert, reasons, &last(report)->hits));
}

enum mtl_reach
mtl_report_reach_without(struct mtl_report *report, const struct mtl_subject *subject,
                         const struct mtl_loaded_cert *cert)
{
    return grade(last(report), mtl_rule_reach_without(report->lint, subject, cert, &last(report)->hits));
}

void
mtl_report_grade(struct mtl_report *report, struct mtl_hits hits)
{
    mtl_report_hits(report, hits);
    grade(last(report), mtl_hits_reach(report->lint, &hits));
}

void
mtl_report_evidence(struct mtl_report *report, const char *format, ...)
{
    struct mtl_finding *finding = last(report);
    va_list arguments;

    if (finding->evidence_count == MTL_MAX_EVIDENCE)
        return;
    va_start(arguments, format);
    finding->evidence[finding->evidence_count++] = format_text(report, format, arguments);
    va_end(arguments);
}

void
mtl_report_names(struct mtl_report *report, const struct mtl_cert *cert)
{
    const struct mtl_lint *lint = report->lint;

    mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert));
    if (cert->authority_key_id.size == 0)
        mtl_report_evidence(report, "issuer  %s", mtl_rule_issuer_name(lint, cert));
    else
        mtl_report_evidence(report, "issuer  %s   (key id %s)", mtl_rule_issuer_name(lint, cert),
                            mtl_rule_key_id(lint, cert, cert->authority_key_id));
}

void
mtl_report_dates(struct mtl_report *report, const struct mtl_cert *cert)
{
    const struct mtl_lint *lint = report->lint;

    mtl_report_evidence(report, "valid from %s to %s", mtl_rule_time(lint, cert->not_before),
                        mtl_rule_time(lint, cert->not_after));
}

void
mtl_report_also(struct mtl_report *report, const struct mtl_source *source, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_place(report, source, format_text(report, format, arguments));
    va_end(arguments);
}

void
mtl_report_why(struct mtl_report *report, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    last(report)->why = format_text(report, format, arguments);
    va_end(arguments);
}

void
mtl_report_rejection(struct mtl_report *report, const struct mtl_subject *subject, enum mtl_reason reason)
{
    last(report)->why = mtl_rejection_text(report->lint, subject, reason);
}

void
mtl_report_fix(struct mtl_report *report, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    last(report)->fix = format_text(report, format, arguments);
    va_end(arguments);
}

static bool
is_mended(const struct mtl_repair *repair, const char *code)
{
    for (const char *const *mended = repair->mends; *mended != NULL; mended++) {
        if (strcmp(*mended, code) == 0)
            return true;
    }
    return false;
}

bool
mtl_report_repair(struct mtl_report *report, const struct mtl_subject *subject)
{
    const struct mtl_repair *repair = report->lint->verifying ? NULL : mtl_subject_repair(report->lint, subject);

    if (repair == NULL)
        return false;
    last(report)->commands = repair->commands;
    if (repair->command != NULL && is_mended(repair, report->rule->code))
        last(report)->repair = repair;
    return last(report)->commands != NULL || last(report)->repair != NULL;
}

void
mtl_report_commands(struct mtl_report *report, const char *const *commands)
{
    if (commands != NULL && commands[0] != NULL)
        last(report)->commands = commands;
}

static int
compare_numbers(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

/* Findings that are equal so far are one finding. */
static int
by_defect(const struct mtl_finding *a, const struct mtl_finding *b)
{
    int order = strcmp(a->places[0].source.path, b->places[0].source.path);

    if (order == 0)
        order = compare_numbers(a->places[0].source.line, b->places[0].source.line);
    if (order == 0)
        order = strcmp(a->rule->code, b->rule->code);
    return order != 0 ? order : strcmp(a->message, b->message);
}

/* Of one finding said twice the one with more to say comes first: so it does not matter who said it first. */
static int
by_place(const void *left, const void *right)
{
    const struct mtl_finding *a = *(const struct mtl_finding *const *)left;
    const struct mtl_finding *b = *(const struct mtl_finding *const *)right;
    int order = by_defect(a, b);

    if (order == 0)
        order = compare_numbers(b->severity, a->severity);
    if (order == 0)
        order = compare_numbers(b->place_count + b->evidence_count, a->place_count + a->evidence_count);
    for (size_t i = 1; order == 0 && i < a->place_count && i < b->place_count; i++)
        order = strcmp(a->places[i].source.path, b->places[i].source.path);
    for (size_t i = 0; order == 0 && i < a->evidence_count && i < b->evidence_count; i++)
        order = strcmp(a->evidence[i], b->evidence[i]);
    return order;
}

const struct mtl_finding *const *
mtl_report_findings(struct mtl_report *report, size_t *count)
{
    size_t kept = 0;

    if (report->count > 0)
        qsort(report->findings, report->count, sizeof(*report->findings), by_place);
    for (size_t i = 0; i < report->count; i++) {
        if (report->lint->strict && report->findings[i]->rule->forbidden)
            report->findings[i]->severity = MTL_ERROR;
        if (kept > 0 && by_defect(report->findings[kept - 1], report->findings[i]) == 0)
            continue;
        report->findings[kept++] = report->findings[i];
    }
    report->count = kept;
    if (!report->lint->verifying)
        mtl_findings_mark(report->lint->arena, report->findings, kept, report->lint->root);
    *count = kept;
    return (const struct mtl_finding *const *)report->findings;
}

void
mtl_report_suppress(struct mtl_report *report, struct mtl_suppressions *list, const struct mtl_suppressed **suppressed,
                    size_t *count)
{
    struct mtl_suppressed *hidden;
    size_t all, kept = 0;

    (void)mtl_report_findings(report, &all);
    hidden = mtl_arena_array(report->lint->arena, list->count == 0 ? 0 : all, sizeof(*hidden));
    *count = 0;
    for (size_t i = 0; i < all && list->count > 0; i++) {
        const struct mtl_suppression *by = mtl_suppressions_find(report->lint, list, report->findings[i]);

        if (by == NULL)
            report->findings[kept++] = report->findings[i];
        else
            hidden[(*count)++] = (struct mtl_suppressed){.finding = report->findings[i], .by = by};
    }
    report->count = all - *count;
    for (size_t i = 0; i < list->count; i++) {
        struct mtl_subject subject = {.scope = MTL_SCOPE_SUPPRESSION, .suppression = &list->items[i]};

        mtl_report_run(report, &subject, NULL);
    }
    *suppressed = hidden;
}

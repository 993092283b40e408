/*
 * A corrected bundle: planned from the relations between certificates, written from lines of the users' files, and
 * offered only if the result, read back, is clean.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct plan {
    struct mtl_plan chain;
    struct mtl_piece pieces[MTL_MAX_PLAN + 1];
    size_t piece_count;
    const char *output;
};

/* ---- from which lines ------------------------------------------------------------------------------------------ */

static bool
is_plain_pem(const struct mtl_source *source)
{
    return strcmp(source->label, "CERTIFICATE") == 0 && source->end_line > source->line;
}

/* Does the plan take, from its i-th certificate on, the whole file, which holds nothing else? */
static bool
takes_whole_file(const struct plan *plan, size_t i, const struct mtl_input *file)
{
    const struct mtl_material *material = file == NULL ? NULL : file->material;

    if (material == NULL || material->is_directory || material->key_count + material->crl_count > 0 ||
        material->note_count > 0 || i + material->cert_count > plan->chain.count)
        return false;
    for (size_t k = 0; k < material->cert_count; k++) {
        if (!mtl_cert_same(plan->chain.certs[i + k]->cert, material->certs[k].cert))
            return false;
    }
    return true;
}

static bool
choose_lines(const struct mtl_lint *lint, const struct mtl_subject *subject, struct plan *plan)
{
    size_t i = 0;

    while (i < plan->chain.count) {
        const struct mtl_source *source = &plan->chain.certs[i]->source;
        const struct mtl_input *file = mtl_rule_file(lint, source->path);
        struct mtl_piece *piece = &plan->pieces[plan->piece_count++];

        if (!is_plain_pem(source))
            return false;
        if (takes_whole_file(plan, i, file)) {
            *piece = (struct mtl_piece){.path = source->path};
            i += file->material->cert_count;
            continue;
        }
        *piece = (struct mtl_piece){.path = source->path, .first = source->line, .last = source->end_line};
        i++;
    }
    if (subject->material->key_count == 0 || !subject->key_fits)
        return true;
    plan->pieces[plan->piece_count++] = (struct mtl_piece){
        .path = subject->key->source.path, .first = subject->key->source.line, .last = subject->key->source.end_line};
    return true;
}

/* "certs/orders.fixed.pem", if no such file exists. */
static bool
choose_output(const struct mtl_lint *lint, const struct mtl_subject *subject, struct plan *plan)
{
    const char *path = subject->material->path;
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash == NULL ? path : slash, '.');
    int stem = dot == NULL ? (int)strlen(path) : (int)(dot - path);
    struct stat status;

    plan->output = mtl_arena_printf(lint->arena, "%.*s.%s.pem", stem, path, plan->chain.adds ? "fullchain" : "fixed");
    return stat(plan->output, &status) != 0;
}

/* ---- is the result clean? -------------------------------------------------------------------------------------- */

static bool
is_as_planned(const struct plan *plan, const struct mtl_material *result)
{
    if (result->note_count > 0 || result->cert_count != plan->chain.count)
        return false;
    for (size_t i = 0; i < plan->chain.count; i++) {
        if (!mtl_cert_same(plan->chain.certs[i]->cert, result->certs[i].cert))
            return false;
    }
    return true;
}

static bool
is_clean(const struct mtl_lint *lint, const struct mtl_subject *original, const struct mtl_material *result)
{
    struct mtl_lint trial = *lint;
    struct mtl_subject subject = *original;
    struct mtl_report *report;
    size_t count;
    const struct mtl_finding *const *findings;

    trial.verifying = true;
    report = mtl_report_new(&trial);
    subject.scope = MTL_SCOPE_BUNDLE;
    subject.material = result;
    subject.pool = mtl_pool_new(lint->arena, result->certs, result->cert_count, false);
    subject.leaf = 0;
    subject.reachable = mtl_subject_reachable(&trial, &subject);
    subject.survey = mtl_survey_new(lint->arena);
    mtl_report_run(report, &subject, "MTL1");
    findings = mtl_report_findings(report, &count);
    for (size_t i = 0; i < count; i++) {
        if (findings[i]->severity != MTL_INFO)
            return false;
    }
    if (original->scope != MTL_SCOPE_PAIR)
        return true;
    mtl_subject_judge(&trial, &subject);
    return subject.verdict != NULL && subject.verdict->accepted;
}

const char *const *
mtl_repair_commands(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    struct plan plan = {0};
    struct mtl_slice bytes;
    const struct mtl_material *result;

    if (!mtl_plan_chain(lint, subject, &plan.chain) || !choose_lines(lint, subject, &plan) ||
        !choose_output(lint, subject, &plan))
        return NULL;
    if (!mtl_splice_bytes(lint->arena, plan.pieces, plan.piece_count, &bytes))
        return NULL;
    result = mtl_material_parse(lint->arena, plan.output, bytes);
    if (!is_as_planned(&plan, result) || !is_clean(lint, subject, result))
        return NULL;
    return mtl_splice_commands(lint->arena, plan.pieces, plan.piece_count, plan.output, result->key_count > 0);
}

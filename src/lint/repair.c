/*
 * A corrected bundle: planned from the relations between certificates, written from lines of the users' files, and
 * offered only if the result, read back, is clean.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/mend.h"

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

/* Shell lines, if the bundle can be pieced together from lines of files, and is clean then. */
static const char *const *
make_commands(const struct mtl_lint *lint, const struct mtl_subject *subject, struct plan *plan)
{
    struct mtl_slice bytes;
    const struct mtl_material *result;

    if (subject->scope != MTL_SCOPE_PAIR && mtl_plan_gap(lint, subject, &plan->chain) != NULL)
        return NULL;
    if (!choose_lines(lint, subject, plan) || !mtl_splice_bytes(lint->arena, plan->pieces, plan->piece_count, &bytes))
        return NULL;
    result = mtl_material_parse(lint->arena, plan->output, bytes);
    if (result->note_count > 0 || !mtl_plan_is_kept(&plan->chain, result) || !is_clean(lint, subject, result))
        return NULL;
    return mtl_splice_commands(lint->arena, plan->pieces, plan->piece_count, plan->output, result->key_count > 0);
}

/* ---- by mtlslint fix ------------------------------------------------------------------------------------------ */

/* " --also b.pem" for each other file; false: one cannot be written in a shell line. */
static bool
add_sources(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_plan *plan,
            struct mtl_text *line)
{
    for (size_t i = 0; i < plan->count; i++) {
        const char *path = plan->certs[i]->source.path;
        const char *word = mtl_text_shell_word(lint->arena, path);
        bool is_said = strcmp(path, subject->material->path) == 0 ||
                       (subject->trust != NULL && strcmp(path, subject->trust->path) == 0);

        for (size_t j = 0; j < i; j++)
            is_said |= strcmp(path, plan->certs[j]->source.path) == 0;
        if (word == NULL)
            return false;
        if (!is_said)
            mtl_text_printf(line, " --also %s", word);
    }
    return true;
}

/* What counts as expiring, as --horizon takes it. */
static void
add_horizon(struct mtl_text *line, int64_t horizon)
{
    const int64_t day = 24 * 3600;
    bool is_days = horizon % day == 0;

    mtl_text_printf(line, " --horizon %lld%c", (long long)(is_days ? horizon / day : horizon), is_days ? 'd' : 's');
}

static void
add_time(struct mtl_text *line, mtl_time now)
{
    char time[MTL_TIME_TEXT_SIZE];
    bool is_midnight = now % (24 * 3600) == 0;

    mtl_time_text(now, time);
    mtl_text_printf(line, " --at %.*s", (int)(is_midnight ? strcspn(time, "T") : strlen(time)), time);
}

/* All that changes the judgement: pasted, the command is to come to the same. */
static void
add_options(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_text *line)
{
    if (subject->role_declared)
        mtl_text_printf(line, " --role %s", subject->role == MTL_CLIENT ? "client" : "server");
    if (lint->stack != mtl_stack_find(MTL_DEFAULT_STACK))
        mtl_text_printf(line, " --stack %s", lint->stack->id);
    if (lint->depth >= 0)
        mtl_text_printf(line, " --depth %d", lint->depth);
    if (lint->is_dated)
        add_time(line, lint->now);
    if (lint->horizon != MTL_DEFAULT_HORIZON)
        add_horizon(line, lint->horizon);
    if (lint->strict)
        mtl_text_printf(line, " --strict");
    if (lint->as_public)
        mtl_text_printf(line, " --public");
    if (lint->is_isolated)
        mtl_text_printf(line, " --isolated");
}

/* As it was judged here. */
static const char *
fix_command(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct plan *plan)
{
    struct mtl_text line = {.arena = lint->arena};
    const char *bundle = mtl_text_shell_word(lint->arena, subject->material->path);
    const char *output = mtl_text_shell_word(lint->arena, plan->output);
    const char *trust = subject->trust == NULL ? "" : mtl_text_shell_word(lint->arena, subject->trust->path);
    const char *name = lint->name == NULL ? "" : mtl_text_shell_word(lint->arena, lint->name);

    if (bundle == NULL || output == NULL || trust == NULL || name == NULL)
        return NULL;
    mtl_text_printf(&line, "mtlslint fix %s", bundle);
    if (!add_sources(lint, subject, &plan->chain, &line))
        return NULL;
    if (trust[0] != '\0')
        mtl_text_printf(&line, " --trust %s", trust);
    if (name[0] != '\0')
        mtl_text_printf(&line, " --name %s", name);
    add_options(lint, subject, &line);
    mtl_text_printf(&line, " -o %s", output);
    return line.text;
}

static const char *const *
codes_of(const struct mtl_lint *lint, const struct mtl_mended *mended)
{
    const char **codes = mtl_arena_array(lint->arena, mended->gone_count + 1, sizeof(*codes));

    for (size_t i = 0; i < mended->gone_count; i++)
        codes[i] = mended->gone[i]->rule->code;
    return codes;
}

/* Keys are not copied: who keeps one in the bundle gets something else. */
static void
add_fix(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct plan *plan,
        struct mtl_repair *repair)
{
    const struct mtl_mended *mended;
    const char *command = subject->material->key_count == 0 ? fix_command(lint, subject, plan) : NULL;

    /* What only the project file takes for a bundle is none to the command, which is to read no project file. */
    if (lint->is_isolated && mtl_use_tell(subject->material) != MTL_USE_BUNDLE)
        return;
    /* The proof shows what is sent to every stack; with a hundred namesakes in it that takes minutes. */
    if (command == NULL || subject->material->cert_count > MTL_MAX_PLAN)
        return;
    mended = mtl_subject_mend(lint, subject, &plan->chain, plan->output);
    if (mended == NULL || mended->failure != MTL_MEND_DONE || mended->is_needless ||
        !mtl_plan_is_kept(&plan->chain, mended->result))
        return;
    repair->command = command;
    repair->path = subject->material->path;
    repair->mends = codes_of(lint, mended);
    repair->edit_count = mtl_mended_edits(lint->arena, mended, &repair->edits);
}

static const struct mtl_repair *
make_repair(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    struct mtl_repair *repair = mtl_arena_alloc(lint->arena, sizeof(*repair));
    struct plan plan = {0};

    if (!mtl_plan_chain(lint, subject, &plan.chain) || !choose_output(lint, subject, &plan))
        return NULL;
    repair->commands = make_commands(lint, subject, &plan);
    add_fix(lint, subject, &plan, repair);
    return repair->commands != NULL || repair->command != NULL ? repair : NULL;
}

const struct mtl_repair *
mtl_subject_repair(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    struct mtl_survey *survey = subject->survey;

    if (!survey->is_repair_known)
        survey->repair = make_repair(lint, subject);
    survey->is_repair_known = true;
    return survey->repair;
}

/*
 * Linting in the public interface: names in, findings out; and the rules themselves.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "api/project.h"
#include "api/session.h"
#include "lint/lint.h"
#include "report/baseline.h"

#include <string.h>

struct mtl_check {
    const struct mtl_lint_result *result;
};

/* mtl_selection_select() and the like. */
typedef bool choose(struct mtl_selection *selection, const char *words, struct mtl_error *error);

static bool
choose_each(struct mtl_session *session, struct mtl_selection *selection, const char *const *words, size_t count,
            choose *choose_words)
{
    for (size_t i = 0; i < count; i++) {
        if (!choose_words(selection, words[i], &session->error))
            return mtl_session_fail(session);
    }
    return true;
}

static bool
read_selection(struct mtl_session *session, const struct mtl_check_request *request, struct mtl_selection *selection)
{
    return mtl_project_select(session, request, selection) &&
           choose_each(session, selection, request->select, request->select_count, mtl_selection_select) &&
           choose_each(session, selection, request->ignore, request->ignore_count, mtl_selection_ignore) &&
           choose_each(session, selection, request->severity, request->severity_count, mtl_selection_grade);
}

bool
mtl_check(struct mtl_session *session, const struct mtl_check_request *request, const struct mtl_check **check)
{
    struct mtl_lint_request lint = {
        .paths = request->paths,
        .path_count = request->path_count,
        .trust = request->trust,
        .now = request->now,
        .is_dated = request->is_dated,
        .is_isolated = request->is_isolated || request->project != NULL,
        .strict = request->strict,
        .as_public = request->as_public,
        .jobs = request->jobs,
        .horizon = request->horizon,
        .crypto = session->crypto,
        .passwords = session->passwords,
        .name = request->name,
        .depth = request->depth,
        .has_depth = request->has_depth,
        .allow_empty = request->allow_empty,
        .root = request->root,
    };
    struct mtl_check *out = mtl_arena_alloc(session->arena, sizeof(*out));
    struct mtl_selection *selection = mtl_selection_new(session->arena);
    struct mtl_known *known = NULL;
    size_t known_count = 0;

    if (!mtl_session_stack(session, request->stack, &lint.stack) ||
        !mtl_session_role(session, request->role, &lint.role, &lint.role_known))
        return mtl_session_fail(session);
    if (!mtl_session_is_host(session, request->name))
        return mtl_session_fail(session);
    if (!read_selection(session, request, selection))
        return false;
    if (request->baseline != NULL &&
        !mtl_baseline_read(session->arena, request->baseline, &known, &known_count, &session->error))
        return mtl_session_fail(session);
    if (request->project != NULL && !mtl_project_apply(session, request->project, &lint))
        return mtl_session_fail(session);
    if (lint.horizon == 0)
        lint.horizon = MTL_DEFAULT_HORIZON;
    if (!mtl_lint_run(session->arena, &lint, &out->result, &session->error))
        return mtl_session_fail(session);
    out->result = mtl_selection_apply(selection, out->result);
    out->result = mtl_lint_hide(session->arena, out->result, known, known_count);
    *check = out;
    return true;
}

size_t
mtl_check_count(const struct mtl_check *check, enum mtl_level level)
{
    static const enum mtl_severity severities[] = {
        [MTL_LEVEL_INFO] = MTL_INFO, [MTL_LEVEL_WARNING] = MTL_WARNING, [MTL_LEVEL_ERROR] = MTL_ERROR};
    size_t count = 0;

    for (size_t i = 0; i < check->result->finding_count; i++)
        count += check->result->findings[i]->severity == severities[level];
    return count;
}

static bool
stopped(struct mtl_session *session)
{
    mtl_error_set(&session->error, NULL, 0, NULL, "the report could not be written");
    return mtl_session_fail(session);
}

static bool
is_format(const struct mtl_report_options *options, const char *format)
{
    return options->format != NULL && strcmp(options->format, format) == 0;
}

size_t
mtl_check_hidden(const struct mtl_check *check)
{
    return check->result->hidden;
}

bool
mtl_check_fails(const struct mtl_check *check, enum mtl_fail_on fail_on)
{
    for (size_t i = 0; i < check->result->finding_count; i++) {
        if (mtl_finding_fails(check->result->findings[i], fail_on))
            return true;
    }
    return false;
}

const char *
mtl_check_format(size_t index)
{
    return index < mtl_reporter_table_count ? mtl_reporter_table[index]->name : NULL;
}

static const char *const *
list_formats(struct mtl_session *session)
{
    const char **names = mtl_arena_array(session->arena, mtl_reporter_table_count, sizeof(*names));

    for (size_t i = 0; i < mtl_reporter_table_count; i++)
        names[i] = mtl_check_format(i);
    return names;
}

bool
mtl_report_check(struct mtl_session *session, const struct mtl_check *check, const struct mtl_report_options *options,
                 mtl_write *write, void *context)
{
    const struct mtl_reporter *reporter = mtl_reporter_find(options->format != NULL ? options->format : "full");

    if (reporter == NULL)
        return mtl_session_refuse(session, "format", options->format, list_formats(session), mtl_reporter_table_count);
    return reporter->report(session->arena, check->result, options, write, context) || stopped(session);
}

bool
mtl_report_rules(struct mtl_session *session, const struct mtl_report_options *options, mtl_write *write, void *context)
{
    static const char *const formats[] = {"text", "markdown", "json"};

    if (is_format(options, "markdown"))
        return mtl_report_rules_markdown(session->arena, options, write, context) || stopped(session);
    if (is_format(options, "json"))
        return mtl_report_rules_json(session->arena, write, context) || stopped(session);
    if (options->format == NULL || is_format(options, "text"))
        return mtl_report_rules_text(session->arena, options, write, context) || stopped(session);
    return mtl_session_refuse(session, "format", options->format, formats, sizeof(formats) / sizeof(formats[0]));
}

bool
mtl_is_rule(const char *word)
{
    return mtl_rule_find(word) != NULL;
}

const char *
mtl_rule_code(size_t index)
{
    return index < mtl_rule_table_count ? mtl_rule_table[index]->code : NULL;
}

bool
mtl_report_rule(struct mtl_session *session, const char *word, const struct mtl_report_options *options,
                mtl_write *write, void *context)
{
    const struct mtl_rule *rule = mtl_rule_find(word);

    if (rule != NULL)
        return mtl_report_rule_text(session->arena, rule, options, write, context) || stopped(session);
    mtl_rule_refuse(session->arena, word, &session->error);
    return mtl_session_fail(session);
}

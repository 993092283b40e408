/*
 * Reads and runs the .case files of rules.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "api/project.h"
#include "api/session.h"
#include "support/lint_case.h"
#include "support/recipe.h"

static char *
trim(char *line)
{
    size_t size;

    line += strspn(line, " \t");
    size = strlen(line);
    while (size > 0 && strchr(" \t\r", line[size - 1]) != NULL)
        line[--size] = '\0';
    return line;
}

static bool
has_key(char *line, const char *key, char **value)
{
    size_t size = strlen(key);

    if (strncmp(line, key, size) != 0)
        return false;
    *value = trim(line + size);
    return true;
}

static void
read_option(struct lint_case *out, char *line)
{
    struct mtl_error error;
    mtl_time later;
    char *value;
    char *rest;

    if (has_key(line, "check:", &value)) {
        for (char *word = strtok_r(value, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
            out->check[out->check_count++] = word;
    } else if (has_key(line, "open:", &value)) {
        out->open = value;
    } else if (has_key(line, "repository:", &value)) {
        out->in_repository = true;
    } else if (has_key(line, "trust:", &value)) {
        out->trust = value;
    } else if (has_key(line, "name:", &value)) {
        out->name = value;
    } else if (has_key(line, "depth:", &value)) {
        out->has_depth = true;
        out->depth = atoi(value);
    } else if (has_key(line, "strict:", &value)) {
        out->strict = true;
    } else if (has_key(line, "public:", &value)) {
        out->as_public = true;
    } else if (has_key(line, "project:", &value)) {
        out->project = value;
    } else if (has_key(line, "role:", &value)) {
        out->role_known = true;
        out->role = strcmp(value, "client") == 0 ? MTL_CLIENT : MTL_SERVER;
    } else if (has_key(line, "at:", &value)) {
        assert_true(mtl_time_parse(value, 0, &out->now, &error));
    } else if (has_key(line, "horizon:", &value)) {
        char offset[32] = "+";

        assert_true(mtl_time_parse(strncat(offset, value, sizeof(offset) - 2), 0, &later, &error));
        out->horizon = later;
    } else {
        fail_msg("unknown line in a case: %s", line);
    }
}

struct lint_case
lint_case_read(struct mtl_arena *arena, const char *path)
{
    struct lint_case out = {.horizon = 30 * 24 * 3600};
    size_t size;
    char *text = file_text(arena, path, &size);
    bool in_expectations = false;
    char *rest;

    assert_non_null(text);
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        line = trim(line);
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (strcmp(line, "expect:") == 0)
            in_expectations = true;
        else if (in_expectations)
            out.expected[out.expected_count++] = line;
        else
            read_option(&out, line);
        assert_in_range(out.expected_count, 0, CASE_MAX * 2 - 1);
    }
    assert_true(in_expectations);
    assert_true(out.now != 0);
    assert_in_range(out.check_count, out.project == NULL ? 1 : 0, CASE_MAX);
    return out;
}

const char *
lint_case_enter(struct mtl_arena *arena, const struct lint_case *lint_case, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *scratch = mtl_arena_printf(arena, "/tmp/mtlslint-case-XXXXXX");
    const char *command;

    assert_int_equal(chdir(MTL_SOURCE_DIR), 0);
    assert_non_null(mkdtemp(scratch));
    command =
        mtl_arena_printf(arena, "cp -R '%.*s/.' %s && chmod -R go-rwx %s", (int)(slash - path), path, scratch, scratch);
    assert_int_equal(system(command), 0);
    assert_int_equal(chdir(scratch), 0);
    assert_true(!lint_case->in_repository || mkdir(".git", 0700) == 0);
    if (lint_case->open == NULL)
        return scratch;
    command = mtl_arena_printf(arena, "chmod 755 . && chmod 644 '%s'", lint_case->open);
    assert_int_equal(system(command), 0);
    return scratch;
}

void
lint_case_leave(struct mtl_arena *arena, const char *scratch)
{
    assert_int_equal(chdir(MTL_SOURCE_DIR), 0);
    assert_int_equal(system(mtl_arena_printf(arena, "rm -rf %s", scratch)), 0);
}

const char *
lint_case_line(struct mtl_arena *arena, const struct mtl_finding *finding)
{
    const struct mtl_place *place = &finding->places[0];

    return mtl_arena_printf(arena, "%s %s %s%c%u", mtl_severity_text(finding->severity), finding->rule->code,
                            place->source.path, place->total > 0 ? '#' : ':',
                            place->total > 0 ? place->source.ordinal : place->source.line);
}

/* As mtl_check() does it. */
static void
add_project(struct mtl_arena *arena, struct mtl_crypto *crypto, const char *path, struct mtl_lint_request *request)
{
    struct mtl_session session = {.arena = arena, .crypto = crypto};
    const struct mtl_project *project;

    if (!mtl_read_project(&session, path, &project) ||
        (!mtl_project_apply(&session, project, request) && !mtl_session_fail(&session)))
        fail_msg("%s", mtl_session_error(&session));
}

const struct mtl_lint_result *
lint_case_run(struct mtl_arena *arena, struct mtl_crypto *crypto, const struct lint_case *lint_case,
              const char *const *paths, size_t count)
{
    const struct mtl_lint_result *result;
    struct mtl_error error;
    struct mtl_lint_request request = {
        .paths = paths,
        .path_count = count,
        .trust = lint_case->trust,
        .name = lint_case->name,
        .role = lint_case->role,
        .role_known = lint_case->role_known,
        .strict = lint_case->strict,
        .as_public = lint_case->as_public,
        .has_depth = lint_case->has_depth,
        .depth = lint_case->depth,
        .stack = mtl_stack_find("openssl-3.0"),
        .now = lint_case->now,
        .horizon = lint_case->horizon,
        .crypto = crypto,
    };

    if (lint_case->project != NULL)
        add_project(arena, crypto, lint_case->project, &request);
    if (!mtl_lint_run(arena, &request, &result, &error))
        fail_msg("%s:%u: %s", error.path, error.line, error.message);
    return result;
}

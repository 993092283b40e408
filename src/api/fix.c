/*
 * Correcting bundles in the public interface: names in, a proven bundle out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "api/project.h"
#include "api/session.h"
#include "lint/mend.h"
#include "report/mended.h"

#include <string.h>

struct mtl_fixed {
    const struct mtl_mended *mended;
};

/* The bundle and what may be drawn upon; they outlive the call. */
static const char *const *
list_paths(struct mtl_session *session, const struct mtl_fix_request *request)
{
    const char **paths = mtl_arena_array(session->arena, request->also_count + 1, sizeof(*paths));

    paths[0] = mtl_arena_strdup(session->arena, request->bundle);
    for (size_t i = 0; i < request->also_count; i++)
        paths[i + 1] = mtl_arena_strdup(session->arena, request->also[i]);
    return paths;
}

static const char *
keep(struct mtl_session *session, const char *text)
{
    return text == NULL ? NULL : mtl_arena_strdup(session->arena, text);
}

bool
mtl_fix_bundle(struct mtl_session *session, const struct mtl_fix_request *request, const struct mtl_fixed **fixed)
{
    struct mtl_lint_request lint = {
        .paths = list_paths(session, request),
        .path_count = request->also_count + 1,
        .trust = keep(session, request->trust),
        .name = keep(session, request->name),
        .key = keep(session, request->key),
        .now = request->now,
        .horizon = request->horizon,
        .depth = request->depth,
        .has_depth = request->has_depth,
        .strict = request->strict,
        .as_public = request->as_public,
        .crypto = session->crypto,
        .passwords = session->passwords,
    };
    struct mtl_fixed *out = mtl_arena_alloc(session->arena, sizeof(*out));

    if (request->project != NULL && !mtl_project_describe(session, request->project, &lint))
        return mtl_session_fail(session);
    if (lint.horizon == 0)
        lint.horizon = MTL_DEFAULT_HORIZON;
    if (!mtl_session_stack(session, request->stack, &lint.stack) ||
        !mtl_session_role(session, request->role, &lint.role, &lint.role_known) ||
        !mtl_bundle_mend(session->arena, &lint, keep(session, request->output), &out->mended, &session->error))
        return mtl_session_fail(session);
    *fixed = out;
    return true;
}

const char *
mtl_fixed_pem(const struct mtl_fixed *fixed, size_t *size)
{
    *size = fixed->mended->failure == MTL_MEND_DONE ? fixed->mended->pem.size : 0;
    return *size > 0 ? (const char *)fixed->mended->pem.data : NULL;
}

bool
mtl_report_fixed(struct mtl_session *session, const struct mtl_fixed *fixed, const struct mtl_report_options *options,
                 mtl_write *write, void *context)
{
    if (options->format != NULL && strcmp(options->format, "json") == 0)
        return mtl_report_mended_json(session->arena, fixed->mended, write, context);
    return mtl_report_mended_text(session->arena, fixed->mended, options, write, context);
}

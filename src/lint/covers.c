/*
 * Patterns of the project file, and the files that they leave out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <string.h>

/* So that a folder above the current one is one, too. */
static const char *
absolute(struct mtl_arena *arena, const char *root, const char *path)
{
    if (root != NULL && path[0] != '/')
        path = mtl_arena_printf(arena, "%s/%s", root, path);
    return mtl_lint_path(arena, path, NULL);
}

bool
mtl_lint_covers(struct mtl_arena *arena, const char *root, const char *folder, const char *pattern, const char *path)
{
    const char *top = absolute(arena, root, folder);
    size_t size = strcmp(top, ".") == 0 ? 0 : strlen(top);

    path = absolute(arena, root, path);
    if (strncmp(path, top, size) != 0 || (size > 0 && path[size] != '/'))
        return false;
    return mtl_pattern_covers(pattern, path + size + (size > 0));
}

static bool
is_given(const struct mtl_lint_request *request, const char *path)
{
    for (size_t i = 0; i < request->path_count; i++)
        if (strcmp(request->paths[i], path) == 0)
            return true;
    return request->trust != NULL && strcmp(request->trust, path) == 0;
}

static bool
is_left_out(struct mtl_arena *arena, const struct mtl_lint_request *request, const char *path)
{
    for (size_t i = 0; i < request->left_out_count; i++)
        if (mtl_lint_covers(arena, request->root, request->left_out_folder, request->left_out[i], path))
            return !is_given(request, path);
    return false;
}

size_t
mtl_lint_leave_out(struct mtl_arena *arena, const struct mtl_lint_request *request, struct mtl_input *files,
                   size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (!is_left_out(arena, request, files[i].material->path))
            files[kept++] = files[i];
    return kept;
}

/*
 * Directories of container engines, certs.d/HOST, in which the ending of a name says what a file is for.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"
#include "store/file.h"

#include <string.h>

bool
mtl_rule_is_for_registry(const struct mtl_lint *lint, const char *path)
{
    const char *folder = mtl_path_folder(lint->arena, path), *above = mtl_path_folder(lint->arena, folder);
    const char *slash = strrchr(above, '/');

    if (strchr(folder, '/') == NULL || strcmp(slash == NULL ? above : slash + 1, "certs.d") != 0)
        return false;
    /* It names the files itself. */
    return !mtl_path_exists(mtl_path_join(lint->arena, folder, "hosts.toml"));
}

const char *
mtl_rule_with_ending(const struct mtl_lint *lint, const char *path, const char *ending, bool *exists)
{
    const char *dot = strrchr(path, '.');
    char *other =
        mtl_arena_printf(lint->arena, "%.*s%s", dot == NULL ? (int)strlen(path) : (int)(dot - path), path, ending);

    *exists = mtl_path_exists(other);
    return other;
}

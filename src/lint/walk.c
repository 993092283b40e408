/*
 * Directories below a directory, in a fixed order. Links are not followed, so that no walk goes in circles.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"
#include "store/file.h"

#include <string.h>
#include <sys/stat.h>

/* What no certificate lives in, and what is hidden. */
static bool
is_left_out(const char *name)
{
    return name[0] == '.' || strcmp(name, "node_modules") == 0;
}

static bool
is_directory(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

void
mtl_directories_below(struct mtl_arena *arena, const char *path, struct mtl_directories *list)
{
    const char *const *names;
    size_t count;

    if (!mtl_directory_list(arena, path, &names, &count, NULL))
        return;
    for (size_t i = 0; i < count && list->count < MTL_MAX_DIRECTORY_FILES; i++) {
        const char *below;

        if (is_left_out(names[i]))
            continue;
        below = mtl_path_join(arena, path, names[i]);
        if (!is_directory(below))
            continue;
        list->paths = mtl_arena_grow(arena, list->paths, list->count, &list->capacity, sizeof(*list->paths));
        list->paths[list->count++] = below;
    }
}

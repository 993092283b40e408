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
is_link(const char *path)
{
    struct stat status;

    return lstat(path, &status) != 0 || S_ISLNK(status.st_mode);
}

void
mtl_directories_below(struct mtl_arena *arena, const struct mtl_material *material, const struct mtl_ignored *ignored,
                      struct mtl_directories *list)
{
    for (size_t i = 0; i < material->folder_count && list->count < MTL_MAX_DIRECTORY_FILES; i++) {
        const char *name = material->folders[i];
        const char *below;

        if (is_left_out(name))
            continue;
        below = mtl_path_join(arena, material->path, name);
        if (is_link(below) || mtl_is_ignored(ignored, name, true))
            continue;
        list->items = mtl_arena_grow(arena, list->items, list->count, &list->capacity, sizeof(*list->items));
        list->items[list->count++] =
            (struct mtl_directory){.path = below, .ignored = mtl_ignored_below(arena, ignored, name)};
    }
}

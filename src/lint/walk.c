/*
 * Directories below a directory, in a fixed order. Links are not followed, so that no walk goes in circles.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <dirent.h>
#include <stdlib.h>
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

static int
by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

void
mtl_directories_below(struct mtl_arena *arena, const char *path, struct mtl_directories *list)
{
    const char *slash = path[0] != '\0' && path[strlen(path) - 1] == '/' ? "" : "/";
    const size_t before = list->count;
    DIR *directory = opendir(path);
    struct dirent *entry;

    if (directory == NULL)
        return;
    while ((entry = readdir(directory)) != NULL && list->count < MTL_MAX_DIRECTORY_FILES) {
        const char *below = mtl_arena_printf(arena, "%s%s%s", path, slash, entry->d_name);

        if (is_left_out(entry->d_name) || !is_directory(below))
            continue;
        list->paths = mtl_arena_grow(arena, list->paths, list->count, &list->capacity, sizeof(*list->paths));
        list->paths[list->count++] = below;
    }
    closedir(directory);
    if (list->count > before)
        qsort(list->paths + before, list->count - before, sizeof(*list->paths), by_text);
}

/*
 * Looking for the project file, from what is linted upwards.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "project/project.h"
#include "store/file.h"

#include <string.h>

#define MAX_STEPS 256U /* directories above each other */

static const char *
join(struct mtl_arena *arena, const char *directory, const char *name)
{
    if (strcmp(directory, ".") == 0)
        return mtl_arena_strdup(arena, name);
    return mtl_arena_printf(arena, "%s%s%s", directory, directory[strlen(directory) - 1] == '/' ? "" : "/", name);
}

static bool
is_there(struct mtl_arena *arena, const char *directory, const char *name)
{
    return mtl_path_exists(join(arena, directory, name));
}

/* "a" of "a/b", "." of "a", ".." of ".", "../.." of "..". What ends in ".." is not cut short: "b" may be a link. */
static const char *
parent(struct mtl_arena *arena, const char *directory)
{
    size_t size = strlen(directory);
    const char *last;

    while (size > 1 && directory[size - 1] == '/')
        size--;
    directory = mtl_arena_printf(arena, "%.*s", (int)size, directory);
    last = strrchr(directory, '/');
    last = last == NULL ? directory : last + 1;
    if (strcmp(directory, ".") == 0)
        return "..";
    if (strcmp(last, "..") == 0 || strcmp(last, ".") == 0 || *last == '\0')
        return mtl_arena_printf(arena, "%s/..", directory);
    if (last == directory)
        return ".";
    return mtl_arena_printf(arena, "%.*s", last - 1 == directory ? 1 : (int)(last - 1 - directory), directory);
}

static const char *
directory_of(struct mtl_arena *arena, const char *path)
{
    bool is_directory = false;

    if (path[0] == '\0')
        return ".";
    return mtl_path_look(path, &is_directory, NULL) && is_directory ? path : parent(arena, path);
}

static bool
are_same(const char *path, const char *other)
{
    struct mtl_path_id a, b;

    return other != NULL && mtl_path_identify(path, &a) && mtl_path_identify(other, &b) && a.device == b.device &&
           a.number == b.number;
}

const char *
mtl_project_find(struct mtl_arena *arena, const char *path, const char *home)
{
    const char *directory = directory_of(arena, path);
    const char *found = NULL, *own = NULL;

    for (unsigned step = 0; step < MAX_STEPS; step++) {
        const char *above = parent(arena, directory);

        if (found == NULL && is_there(arena, directory, MTL_PROJECT_FILE) && !are_same(directory, home))
            found = join(arena, directory, MTL_PROJECT_FILE);
        if (step == 0)
            own = found;
        if (is_there(arena, directory, ".git"))
            return found;
        if (are_same(directory, above))
            break;
        directory = above;
    }
    return own;
}

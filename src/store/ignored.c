/* The patterns of .gitignore files. SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700 /* realpath() */ /* NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#include "store/ignored.h"
#include "store/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PATH 4096  /* bytes */
#define MAX_DEPTH 256U /* directories above each other */

struct rule {
    const char *pattern;
    bool takes_back;     /* "!" */
    bool only_directory; /* ends with "/" */
    bool is_anchored;    /* holds for paths from its file's directory; otherwise for names at any depth */
};

struct mtl_ignored {
    struct mtl_arena *arena;
    const struct mtl_ignored *above; /* NULL at the root */
    const char *directory;           /* absolute; "" for the root of the file system */
    const struct rule *rules;        /* of its own file */
    size_t count, total;             /* total: with those above */
};

/* ---- reading -------------------------------------------------------------------------------------------------- */

/* Trailing blanks do not count unless the last one is escaped. */
static size_t
trim(const char *line, size_t size)
{
    if (size > 0 && line[size - 1] == '\r')
        size--;
    while (size > 0 && line[size - 1] == ' ' && (size < 2 || line[size - 2] != '\\'))
        size--;
    return size;
}

/* False for what is no pattern: blank lines and comments. */
static bool
read_line(struct mtl_arena *arena, const char *line, size_t size, struct rule *rule)
{
    size = trim(line, size);
    if (size == 0 || line[0] == '#')
        return false;
    rule->takes_back = line[0] == '!';
    line += rule->takes_back;
    size -= rule->takes_back;
    rule->only_directory = size > 0 && line[size - 1] == '/';
    size -= rule->only_directory;
    rule->is_anchored = memchr(line, '/', size) != NULL;
    if (size > 0 && line[0] == '/') {
        line++;
        size--;
    }
    rule->pattern = mtl_arena_printf(arena, "%.*s", (int)size, line);
    return size > 0;
}

static void
read_rules(struct mtl_ignored *ignored)
{
    const char *path = mtl_arena_printf(ignored->arena, "%s/.gitignore", ignored->directory);
    struct rule *rules = NULL;
    size_t capacity = 0;
    struct mtl_file file;
    const char *at, *end;

    if (!mtl_file_read_at_most(ignored->arena, path, MTL_MAX_IGNORE_SIZE, &file, NULL) || file.size == 0)
        return;
    at = (const char *)file.bytes;
    end = at + file.size;
    while (at < end && ignored->total < MTL_MAX_IGNORE_LINES) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t size = newline == NULL ? (size_t)(end - at) : (size_t)(newline - at);
        struct rule rule = {0};

        if (memchr(at, '\0', size) == NULL && read_line(ignored->arena, at, size, &rule)) {
            rules = mtl_arena_grow(ignored->arena, rules, ignored->count, &capacity, sizeof(*rules));
            rules[ignored->count++] = rule;
            ignored->total++;
        }
        at += size + 1;
    }
    ignored->rules = rules;
}

static const struct mtl_ignored *
enter(struct mtl_arena *arena, const struct mtl_ignored *above, const char *directory)
{
    struct mtl_ignored *ignored = mtl_arena_alloc(arena, sizeof(*ignored));

    *ignored = (struct mtl_ignored){
        .arena = arena, .above = above, .directory = directory, .total = above == NULL ? 0 : above->total};
    read_rules(ignored);
    return ignored;
}

const struct mtl_ignored *
mtl_ignored_below(struct mtl_arena *arena, const struct mtl_ignored *above, const char *name)
{
    return above == NULL ? NULL : enter(arena, above, mtl_arena_printf(arena, "%s/%s", above->directory, name));
}

/* Sets *root to the bytes of the path of the repository's root. False: the directory is in none. */
static bool
find_root(struct mtl_arena *arena, const char *directory, size_t *root)
{
    size_t size = strlen(directory);

    for (unsigned depth = 0; depth < MAX_DEPTH; depth++) {
        struct mtl_path_id id;

        if (mtl_path_identify(mtl_arena_printf(arena, "%.*s/.git", (int)size, directory), &id)) {
            *root = size;
            return true;
        }
        while (size > 0 && directory[size - 1] != '/')
            size--;
        if (size == 0)
            break;
        size--;
    }
    return false;
}

/* Absolute and without links; NULL: there is no such directory. */
static const char *
whole_path(struct mtl_arena *arena, const char *directory)
{
    char *found = realpath(directory, NULL);
    const char *whole = found == NULL ? NULL : mtl_arena_strdup(arena, found);

    free(found);
    return whole;
}

bool
mtl_is_in_repository(struct mtl_arena *arena, const char *directory)
{
    const char *whole = whole_path(arena, directory);
    size_t root;

    return whole != NULL && find_root(arena, whole, &root);
}

const struct mtl_ignored *
mtl_ignored_at(struct mtl_arena *arena, const char *directory)
{
    const char *whole = whole_path(arena, directory);
    const struct mtl_ignored *ignored;
    size_t size = 0;

    if (whole == NULL)
        return NULL;
    if (strcmp(whole, "/") != 0 && !find_root(arena, whole, &size))
        size = strlen(whole);
    ignored = enter(arena, NULL, mtl_arena_printf(arena, "%.*s", (int)size, whole));
    while (whole[size] != '\0' && whole[size + 1] != '\0') {
        size_t part = strcspn(whole + size + 1, "/");

        ignored = mtl_ignored_below(arena, ignored, mtl_arena_printf(arena, "%.*s", (int)part, whole + size + 1));
        size += part + 1;
    }
    return ignored;
}

/* ---- matching ------------------------------------------------------------------------------------------------- */

bool
mtl_is_ignored(const struct mtl_ignored *ignored, const char *name, bool is_directory)
{
    char path[MAX_PATH];

    if (ignored == NULL || snprintf(path, sizeof(path), "%s/%s", ignored->directory, name) >= (int)sizeof(path))
        return false;
    for (; ignored != NULL; ignored = ignored->above) {
        const char *below = path + strlen(ignored->directory) + 1;

        for (size_t i = ignored->count; i-- > 0;) {
            const struct rule *rule = &ignored->rules[i];

            if ((!rule->only_directory || is_directory) &&
                mtl_pattern_matches(rule->pattern, rule->is_anchored ? below : name))
                return !rule->takes_back;
        }
    }
    return false;
}

/* Scenarios of fixtures/handshake, read from text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/handshake_case.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/recipe.h"

#define DEFAULT_TIME "2026-06-01"
#define MAX_BASES 4
#define MAX_CASES 5000 /* a folder that holds more is a mistake here, and not half a test */

struct loader {
    struct mtl_arena *arena;
    struct handshake_case *scenario;
    const char *path; /* of the file being read */
    unsigned line;
    unsigned depth; /* of bases */
    struct mtl_error *error;
};

static bool load(struct loader *loader, const char *path);

static const char *
beside(struct loader *loader, const char *name)
{
    const char *slash = strrchr(loader->path, '/');
    return mtl_arena_printf(loader->arena, "%.*s%s", (int)(slash == NULL ? 0 : slash + 1 - loader->path), loader->path,
                            name);
}

static bool
fail(struct loader *loader, const char *what, const char *text)
{
    return mtl_error_set(loader->error, loader->path, loader->line, "", "%s \"%s\"", what, text);
}

static bool
set_verify(struct loader *loader, enum mtl_verify *verify, const char *value)
{
    static const char *const words[] = {"required", "optional", "none"};
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(value, words[i]) == 0) {
            *verify = (enum mtl_verify)i;
            return true;
        }
    }
    return fail(loader, "unknown verification", value);
}

static bool
set_side(struct loader *loader, struct handshake_case_side *side, const char *key, const char *value)
{
    const char *file = strcmp(value, "none") == 0 ? NULL : beside(loader, value);

    if (strcmp(key, "cert") == 0)
        side->cert = file;
    else if (strcmp(key, "key") == 0)
        side->key = file;
    else if (strcmp(key, "trust") == 0)
        side->trust = file;
    else if (strcmp(key, "crl") == 0)
        side->crl = file;
    else if (strcmp(key, "depth") == 0)
        side->depth = atoi(value);
    else if (strcmp(key, "verify") == 0)
        return set_verify(loader, &side->verify, value);
    else
        return fail(loader, "unknown key", key);
    return true;
}

static bool
set(struct loader *loader, const char *key, const char *value)
{
    struct handshake_case *scenario = loader->scenario;

    if (strcmp(key, "base") == 0) {
        struct loader base = *loader;
        base.depth++;
        return base.depth <= MAX_BASES ? load(&base, beside(loader, value)) : fail(loader, "too many bases", value);
    }
    if (strcmp(key, "note") == 0 || strcmp(key, "recorded") == 0)
        return true;
    if (strcmp(key, "at") == 0)
        return mtl_time_parse(value, 0, &scenario->at, loader->error);
    if (strcmp(key, "server-name") == 0) {
        scenario->server_name = strcmp(value, "none") == 0 ? NULL : value;
        return true;
    }
    if (strcmp(key, "server-names") == 0) {
        scenario->names_no_cas = strcmp(value, "none") == 0;
        return scenario->names_no_cas || fail(loader, "not \"none\":", value);
    }
    if (strncmp(key, "client-", 7) == 0)
        return set_side(loader, &scenario->sides[MTL_CLIENT], key + 7, value);
    if (strncmp(key, "server-", 7) == 0)
        return set_side(loader, &scenario->sides[MTL_SERVER], key + 7, value);
    return fail(loader, "unknown key", key);
}

static bool
load(struct loader *loader, const char *path)
{
    size_t size;
    char *line = file_text(loader->arena, path, &size);

    loader->path = path;
    if (line == NULL)
        return mtl_error_set(loader->error, path, 0, "", "cannot be read");
    for (loader->line = 1; line != NULL; loader->line++) {
        char *next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        char *colon = strchr(line, ':');
        if (colon != NULL && line[0] != '#') {
            *colon = '\0';
            if (!set(loader, line, colon + 1 + strspn(colon + 1, " ")))
                return false;
        } else if (line[0] != '\0' && line[0] != '#') {
            return fail(loader, "not \"key: value\":", line);
        }
        line = next;
    }
    return true;
}

static const char *
short_name(struct mtl_arena *arena, const char *path)
{
    const char *name = strstr(path, "fixtures/handshake/");
    if (name != NULL)
        name += strlen("fixtures/handshake/");
    else
        name = (name = strstr(path, "fixtures/random/")) == NULL ? path : name + strlen("fixtures/");
    return mtl_arena_printf(arena, "%.*s", (int)(strlen(name) - strlen(".case")), name);
}

bool
handshake_case_load(struct mtl_arena *arena, const char *path, struct handshake_case *scenario, struct mtl_error *error)
{
    struct loader loader = {.arena = arena, .scenario = scenario, .error = error};

    *scenario = (struct handshake_case){.path = path, .name = short_name(arena, path)};
    scenario->sides[MTL_CLIENT].depth = scenario->sides[MTL_SERVER].depth = -1;
    return mtl_time_parse(DEFAULT_TIME, 0, &scenario->at, error) && load(&loader, path);
}

static int
compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t
list_folder(struct mtl_arena *arena, const char *folder, const char *ending, const char **paths, size_t count)
{
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return count;
    const struct dirent *entry;
    size_t ending_size = strlen(ending);
    while ((entry = readdir(directory)) != NULL) {
        size_t size = strlen(entry->d_name);
        if (entry->d_name[0] == '.' || size <= ending_size || strcmp(entry->d_name + size - ending_size, ending) != 0)
            continue;
        if (count == MAX_CASES) {
            fprintf(stderr, "%s: too many cases\n", folder);
            abort();
        }
        paths[count++] = mtl_arena_printf(arena, "%s/%s", folder, entry->d_name);
    }
    closedir(directory);
    return count;
}

const char *const *
handshake_case_list(struct mtl_arena *arena, size_t *count)
{
    const char **folders = mtl_arena_array(arena, MAX_CASES, sizeof *folders);
    const char **paths = mtl_arena_array(arena, MAX_CASES, sizeof *paths);
    size_t folder_count = list_folder(arena, MTL_SOURCE_DIR "/fixtures/handshake", "", folders, 0);

    *count = 0;
    for (size_t i = 0; i < folder_count; i++)
        *count = list_folder(arena, folders[i], ".case", paths, *count);
    qsort(paths, *count, sizeof *paths, compare_text);
    return paths;
}

const char *const *
handshake_case_list_random(struct mtl_arena *arena, size_t *count)
{
    const char **paths = mtl_arena_array(arena, MAX_CASES, sizeof *paths);

    *count = list_folder(arena, MTL_SOURCE_DIR "/fixtures/random", ".case", paths, 0);
    qsort(paths, *count, sizeof *paths, compare_text);
    return paths;
}

static bool
load_material(struct mtl_arena *arena, const char *path, enum mtl_expectation expectation,
              const struct mtl_material **material, struct mtl_error *error)
{
    return path == NULL || mtl_material_load(arena, path, expectation, material, error);
}

bool
handshake_case_question(struct mtl_arena *arena, const struct handshake_case *scenario, struct mtl_crypto *crypto,
                        struct mtl_handshake_question *question, struct mtl_error *error)
{
    *question =
        (struct mtl_handshake_question){.server_name = scenario->server_name, .now = scenario->at, .crypto = crypto};
    for (int role = MTL_CLIENT; role <= MTL_SERVER; role++) {
        const struct handshake_case_side *from = &scenario->sides[role];
        struct mtl_side *side = &question->sides[role];
        *side = (struct mtl_side){.role = (enum mtl_role)role,
                                  .label = role == MTL_CLIENT ? "the client" : "the server",
                                  .stack = mtl_stack_find("openssl-3.0"),
                                  .verify = from->verify,
                                  .depth = from->depth};
        if (!load_material(arena, from->cert, MTL_EXPECT_CHAIN, &side->presents, error) ||
            !load_material(arena, from->key, MTL_EXPECT_KEY, &side->key, error) ||
            !load_material(arena, from->trust, MTL_EXPECT_TRUST, &side->trusts, error) ||
            !load_material(arena, from->crl, MTL_EXPECT_CRL, &side->crls, error))
            return false;
    }
    return true;
}

/* Recipe files: minted line by line, written beside the recipe.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/recipe.h"

#include <stdio.h>
#include <string.h>

#include "support/mint.h"

#define MAX_FILE_SIZE (64U * 1024U * 1024U)

char *
file_text(struct mtl_arena *arena, const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (end < 0 || (unsigned long)end > MAX_FILE_SIZE || fseek(file, 0, SEEK_SET) != 0) {
        fclose(file);
        return NULL;
    }
    char *text = mtl_arena_alloc(arena, (size_t)end + 1);
    *size = fread(text, 1, (size_t)end, file);
    text[*size] = '\0';
    fclose(file);
    return text;
}

static bool
write_file(struct mint *mint, const char *recipe, const char *name, const char *items, struct mtl_error *error)
{
    const char *slash = strrchr(recipe, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - recipe);
    char *path = mtl_arena_printf(mint->arena, "%.*s%s", folder, recipe, name);
    struct mtl_slice pem = mint_pem(mint, items);

    if (mint->error[0] != '\0')
        return false;
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return mtl_error_set(error, path, 0, "", "cannot be written");
    bool done = fwrite(pem.data, 1, pem.size, file) == pem.size;
    if (fclose(file) != 0 || !done)
        return mtl_error_set(error, path, 0, "", "cannot be written");
    return true;
}

/* "FILE = items": the word after the first is "=" alone. */
static bool
is_file_line(const char *line, size_t *name_size, const char **items)
{
    *name_size = strcspn(line, " \t");
    const char *rest = line + *name_size + strspn(line + *name_size, " \t");
    *items = rest + 1;
    return rest[0] == '=' && (rest[1] == ' ' || rest[1] == '\0');
}

static bool
run_line(struct mint *mint, const char *path, char *line, struct mtl_error *error)
{
    size_t name_size;
    const char *items;

    line += strspn(line, " \t");
    if (!is_file_line(line, &name_size, &items))
        return mint_line(mint, line);
    char *name = mtl_arena_printf(mint->arena, "%.*s", (int)name_size, line);
    return write_file(mint, path, name, items, error);
}

static bool
run_lines(struct mint *mint, const char *path, char *text, struct mtl_error *error)
{
    unsigned number = 0;
    for (char *line = text; line != NULL;) {
        char *next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        number++;
        if (!run_line(mint, path, line, error)) {
            if (mint->error[0] == '\0')
                return false;
            return mtl_error_set(error, path, number, "", "%s", mint->error);
        }
        line = next;
    }
    return true;
}

bool
recipe_run(struct key_pool *keys, const char *path, struct mtl_error *error)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mint mint = mint_new(arena, keys);
    size_t size;
    char *text = file_text(arena, path, &size);

    bool done =
        text != NULL ? run_lines(&mint, path, text, error) : mtl_error_set(error, path, 0, "", "cannot be read");
    mtl_arena_free(arena);
    return done;
}

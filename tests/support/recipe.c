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

/* One run through a recipe. */
struct run {
    struct mint mint;
    const char *path;
    recipe_file *file;
    void *context;
    struct mtl_error *error;
};

bool
recipe_write_file(void *context, const char *path, struct mtl_slice content, struct mtl_error *error)
{
    (void)context;
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return mtl_error_set(error, path, 0, "", "cannot be written");
    bool done = fwrite(content.data, 1, content.size, file) == content.size;
    if (fclose(file) != 0 || !done)
        return mtl_error_set(error, path, 0, "", "cannot be written");
    return true;
}

static bool
hand_out(struct run *run, const char *name, const char *items)
{
    const char *slash = strrchr(run->path, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - run->path);
    char *path = mtl_arena_printf(run->mint.arena, "%.*s%s", folder, run->path, name);
    struct mtl_slice pem = mint_pem(&run->mint, items);

    return run->mint.error[0] == '\0' && run->file(run->context, path, pem, run->error);
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
run_line(struct run *run, char *line)
{
    size_t name_size;
    const char *items;

    line += strspn(line, " \t");
    if (!is_file_line(line, &name_size, &items))
        return mint_line(&run->mint, line);
    return hand_out(run, mtl_arena_printf(run->mint.arena, "%.*s", (int)name_size, line), items);
}

static bool
run_lines(struct run *run, char *text)
{
    unsigned number = 0;
    for (char *line = text; line != NULL;) {
        char *next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        number++;
        if (!run_line(run, line)) {
            if (run->mint.error[0] == '\0')
                return false;
            return mtl_error_set(run->error, run->path, number, "", "%s", run->mint.error);
        }
        line = next;
    }
    return true;
}

bool
recipe_run(struct key_pool *keys, const char *path, recipe_file *file, void *context, struct mtl_error *error)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct run run = {.mint = mint_new(arena, keys), .path = path, .file = file, .context = context, .error = error};
    size_t size;
    char *text = file_text(arena, path, &size);

    bool done = text != NULL ? run_lines(&run, text) : mtl_error_set(error, path, 0, "", "cannot be read");
    mtl_arena_free(arena);
    return done;
}

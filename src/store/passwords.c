/* Passwords of key stores, from a file. SPDX-License-Identifier: Apache-2.0 */
#include "store/file.h"
#include "store/store.h"

#include <string.h>

#define MAX_FILE_SIZE (MTL_MAX_KEY_STORE_PASSWORDS * (MTL_MAX_KEY_STORE_PASSWORD_SIZE + 2U))

static struct mtl_slice
take_line(struct mtl_slice *rest)
{
    const uint8_t *newline = memchr(rest->data, '\n', rest->size);
    size_t size = newline == NULL ? rest->size : (size_t)(newline - rest->data);
    struct mtl_slice line = mtl_slice_of(rest->data, size);

    size += newline != NULL;
    *rest = mtl_slice_of(rest->data + size, rest->size - size);
    if (line.size > 0 && line.data[line.size - 1] == '\r')
        line.size--;
    return line;
}

static bool
add(struct mtl_arena *arena, const char *path, struct mtl_slice line, unsigned number, struct mtl_password *password,
    struct mtl_error *error)
{
    char *text;

    if (line.size > MTL_MAX_KEY_STORE_PASSWORD_SIZE || memchr(line.data, '\0', line.size) != NULL)
        return mtl_error_set(error, path, number, NULL, "is no password: it has a NUL byte or more than %u bytes",
                             MTL_MAX_KEY_STORE_PASSWORD_SIZE);
    text = mtl_arena_alloc(arena, line.size + 1);
    memcpy(text, line.data, line.size);
    *password = (struct mtl_password){.text = text, .size = line.size};
    return true;
}

static bool
read_lines(struct mtl_arena *arena, const char *path, struct mtl_slice rest, struct mtl_password *items, size_t *count,
           struct mtl_error *error)
{
    for (unsigned number = 1; rest.size > 0; number++) {
        struct mtl_slice line = take_line(&rest);

        if (line.size == 0)
            continue;
        if (*count == MTL_MAX_KEY_STORE_PASSWORDS)
            return mtl_error_set(error, path, number, NULL, "holds more than %u passwords",
                                 MTL_MAX_KEY_STORE_PASSWORDS);
        if (!add(arena, path, line, number, &items[*count], error))
            return false;
        ++*count;
    }
    return *count > 0 || mtl_error_set(error, path, 0, "Write one on each line", "holds no password");
}

bool
mtl_passwords_read(struct mtl_arena *arena, const char *path, const struct mtl_passwords **passwords,
                   struct mtl_error *error)
{
    struct mtl_password *items = mtl_arena_array(arena, MTL_MAX_KEY_STORE_PASSWORDS, sizeof(*items));
    struct mtl_passwords *found = mtl_arena_alloc(arena, sizeof(*found));
    struct mtl_file file;
    bool is_read;

    if (!mtl_file_read_at_most(arena, path, MAX_FILE_SIZE, &file, error))
        return false;
    found->items = items;
    is_read = read_lines(arena, path, mtl_slice_of(file.bytes, file.size), items, &found->count, error);
    mtl_file_wipe(&file);
    if (!is_read)
        mtl_passwords_wipe(found);
    else
        *passwords = found;
    return is_read;
}

void
mtl_passwords_wipe(const struct mtl_passwords *passwords)
{
    for (size_t i = 0; passwords != NULL && i < passwords->count; i++)
        mtl_private_key_wipe((void *)(uintptr_t)passwords->items[i].text, passwords->items[i].size);
}

/*
 * How many certificates of a file each reader of PEM loads.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/readers.h"

#include "store/file.h"

size_t
mtl_reader_loads(const struct mtl_pem_reader *reader, const struct mtl_pem_look *look)
{
    size_t loaded = 0;
    bool has_stopped = false;

    for (size_t i = 0; i < look->count; i++) {
        if ((look->flaws[i] & reader->refuses) != 0)
            return 0;
        has_stopped |= (look->flaws[i] & reader->stops) != 0;
        loaded += !has_stopped && (look->flaws[i] & reader->skips) == 0;
    }
    return loaded;
}

static const char *
describe(const struct mtl_lint *lint, const struct mtl_pem_look *look, bool *is_harmless)
{
    struct mtl_text text = {.arena = lint->arena};
    size_t losing = 0;

    for (size_t i = 0; i < MTL_PEM_READERS; i++) {
        size_t loaded = mtl_reader_loads(&mtl_pem_readers[i], look);

        if (loaded < look->count)
            mtl_text_printf(&text, "%s%s loads %zu", losing++ > 0 ? ", " : "", mtl_pem_readers[i].title, loaded);
    }
    *is_harmless = losing == 0;
    if (losing == 0)
        return "all readers that were tried load the whole file";
    return mtl_arena_printf(lint->arena, "of %zu certificates %s", look->count, text.text);
}

const char *
mtl_readers_text(const struct mtl_lint *lint, const struct mtl_material *file, bool *is_harmless)
{
    struct mtl_pem_look look;
    struct mtl_file again;

    *is_harmless = false;
    if (file->is_directory || !mtl_file_read(lint->arena, file->path, &again, NULL) ||
        !mtl_pem_look_at(lint->arena, mtl_slice_of(again.bytes, again.size), file, &look) || look.count == 0)
        return NULL;
    return describe(lint, &look, is_harmless);
}

/*
 * A corrected bundle as edits of the original's lines: where its first certificate stands, all of the result; the
 * others go. What else is in the file stays.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/mend.h"
#include "store/file.h"

#include <string.h>

static bool
is_plain(const struct mtl_material *bundle)
{
    for (size_t i = 0; i < bundle->cert_count; i++) {
        const struct mtl_source *source = &bundle->certs[i].source;

        if (strcmp(source->label, "CERTIFICATE") != 0 || source->end_line <= source->line ||
            (i > 0 && source->line <= bundle->certs[i - 1].source.end_line))
            return false;
    }
    return bundle->note_count == 0 && bundle->cert_count > 0;
}

/* Where line begins, counted from 1; the end of the bytes if there are fewer. */
static size_t
offset_of(struct mtl_slice bytes, unsigned line)
{
    size_t at = 0;

    for (unsigned i = 1; i < line && at < bytes.size; i++) {
        const uint8_t *newline = memchr(bytes.data + at, '\n', bytes.size - at);

        at = newline == NULL ? bytes.size : (size_t)(newline - bytes.data) + 1;
    }
    return at;
}

static struct mtl_slice
apply(struct mtl_arena *arena, struct mtl_slice bytes, const struct mtl_replacement *edits, size_t count)
{
    struct mtl_text text = {.arena = arena};
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        size_t first = offset_of(bytes, edits[i].first);

        mtl_text_bytes(&text, mtl_slice_of(bytes.data + at, first - at));
        if (edits[i].text != NULL)
            mtl_text_printf(&text, "%s\n", edits[i].text);
        at = offset_of(bytes, edits[i].last + 1);
    }
    mtl_text_bytes(&text, mtl_slice_of(bytes.data + at, bytes.size - at));
    return mtl_slice_of(text.text, text.size);
}

static bool
is_right(const struct mtl_material *edited, const struct mtl_mended *mended)
{
    const struct mtl_material *original = mended->original, *result = mended->result;

    if (edited->cert_count != result->cert_count || edited->note_count > 0 ||
        edited->key_count != original->key_count || edited->crl_count != original->crl_count)
        return false;
    for (size_t i = 0; i < result->cert_count; i++) {
        if (!mtl_cert_same(edited->certs[i].cert, result->certs[i].cert))
            return false;
    }
    return true;
}

size_t
mtl_mended_edits(struct mtl_arena *arena, const struct mtl_mended *mended, const struct mtl_replacement **edits)
{
    const struct mtl_material *original = mended->original;
    struct mtl_replacement *list = mtl_arena_array(arena, original->cert_count, sizeof(*list));
    struct mtl_file file = {0};
    struct mtl_slice bytes;

    if (!is_plain(original) || !mtl_file_read(arena, original->path, &file, NULL))
        return 0;
    bytes = mtl_slice_of(file.bytes, file.size);
    for (size_t i = 0; i < original->cert_count; i++) {
        const struct mtl_source *source = &original->certs[i].source;

        list[i] = (struct mtl_replacement){.first = source->line,
                                           .last = source->end_line,
                                           .is_end = offset_of(bytes, source->end_line + 1) == bytes.size};
    }
    list[0].text = mtl_arena_printf(arena, "%.*s", (int)mended->pem.size - 1, (const char *)mended->pem.data);
    bytes = apply(arena, bytes, list, original->cert_count);
    if (!is_right(mtl_material_parse(arena, original->path, bytes), mended))
        return 0;
    *edits = list;
    return original->cert_count;
}

/* What is odd about the certificates of a PEM file. SPDX-License-Identifier: Apache-2.0 */
#include "store/pem_flaws.h"

#include "store/pem.h"

#include <string.h>

#define BEGIN "-----BEGIN "
#define BEGIN_CERTIFICATE "-----BEGIN CERTIFICATE-----"
#define END_CERTIFICATE "-----END CERTIFICATE-----"
#define MARK "\xef\xbb\xbf"

struct scan {
    struct mtl_pem_look *look;
    const struct mtl_material *material;
    size_t next_cert; /* of the material, in order of lines */
    bool in_block, is_start;
};

static bool
starts_with(struct mtl_slice text, const char *token)
{
    return text.size >= strlen(token) && memcmp(text.data, token, strlen(token)) == 0;
}

static struct mtl_slice
after(struct mtl_slice text, size_t size)
{
    return mtl_slice_of(text.data + size, text.size - size);
}

/* Nothing but blanks, and a CR at the end. */
static bool
is_blank(struct mtl_slice text)
{
    size_t size = text.size > 0 && text.data[text.size - 1] == '\r' ? text.size - 1 : text.size;

    for (size_t i = 0; i < size; i++)
        if (text.data[i] != ' ')
            return false;
    return true;
}

/* Was a certificate read whose BEGIN stands on this line? */
static bool
is_read(struct scan *scan, unsigned number)
{
    const struct mtl_material *material = scan->material;

    while (scan->next_cert < material->cert_count && material->certs[scan->next_cert].source.line < number)
        scan->next_cert++;
    return scan->next_cert < material->cert_count && material->certs[scan->next_cert].source.line == number;
}

/* The rest of the line behind the dashes of BEGIN is blank. */
static bool
open_block(struct scan *scan, struct mtl_slice before, unsigned number, unsigned flaws)
{
    bool is_mark = before.size == strlen(MARK) && starts_with(before, MARK);

    if (scan->look->count == MTL_MAX_PEM_BLOCKS || (is_mark && !scan->is_start))
        return false;
    /* Blocks that are indented as a whole are read in yet other ways. */
    if (before.size > 0 && is_blank(before))
        return false;
    if (before.size > 0)
        flaws |= is_mark ? MTL_PEM_MARK : MTL_PEM_PREFIX;
    if ((flaws & MTL_PEM_PREFIX) == 0 && !is_read(scan, number))
        flaws |= MTL_PEM_BROKEN;
    scan->look->flaws[scan->look->count++] = (uint8_t)flaws;
    scan->in_block = true;
    return true;
}

static bool
close_block(struct scan *scan, struct mtl_slice rest, unsigned number)
{
    uint8_t *flaws = &scan->look->flaws[scan->look->count - 1];

    scan->in_block = false;
    /* Behind an empty line our own reader sees another block, so whether this one is sound is not known. */
    if ((*flaws & MTL_PEM_GAP) != 0 && (*flaws & MTL_PEM_BROKEN) != 0)
        return false;
    scan->is_start = (*flaws & MTL_PEM_PREFIX) == 0;
    if (is_blank(rest))
        return true;
    if (!starts_with(rest, BEGIN_CERTIFICATE) || !is_blank(after(rest, strlen(BEGIN_CERTIFICATE))))
        return false;
    *flaws |= MTL_PEM_GLUED;
    return open_block(scan, (struct mtl_slice){0}, number, MTL_PEM_GLUED);
}

static bool
take_line(struct scan *scan, struct mtl_slice line, unsigned number)
{
    size_t begin = mtl_pem_find(line, BEGIN);

    if (line.size > 0 && memchr(line.data, '\0', line.size) != NULL)
        return false;
    if (scan->in_block && starts_with(line, END_CERTIFICATE))
        return close_block(scan, after(line, strlen(END_CERTIFICATE)), number);
    if (begin < line.size) {
        struct mtl_slice rest = after(line, begin);

        return !scan->in_block && starts_with(rest, BEGIN_CERTIFICATE) &&
               is_blank(after(rest, strlen(BEGIN_CERTIFICATE))) &&
               open_block(scan, mtl_slice_of(line.data, begin), number, 0);
    }
    if (mtl_pem_find(line, "-----") < line.size)
        return false;
    if (scan->in_block && is_blank(line))
        scan->look->flaws[scan->look->count - 1] |= MTL_PEM_GAP;
    scan->is_start = scan->is_start && scan->in_block;
    return true;
}

bool
mtl_pem_look_at(struct mtl_arena *arena, struct mtl_slice bytes, const struct mtl_material *material,
                struct mtl_pem_look *look)
{
    struct scan scan = {.look = look, .material = material, .is_start = true};
    unsigned number = 1;

    *look = (struct mtl_pem_look){.flaws = mtl_arena_alloc(arena, MTL_MAX_PEM_BLOCKS)};
    for (size_t at = 0; at < bytes.size; number++) {
        const uint8_t *newline = memchr(bytes.data + at, '\n', bytes.size - at);
        size_t size = newline != NULL ? (size_t)(newline - bytes.data) - at : bytes.size - at;

        if (!take_line(&scan, mtl_slice_of(bytes.data + at, size), number))
            return false;
        at += size + 1;
    }
    return !scan.in_block;
}

/* Lines of a file that speak to this program. SPDX-License-Identifier: Apache-2.0 */
#include "store/pem.h"
#include "store/store.h"

#include <string.h>

#define MARK "mtlslint:"
#define BEGIN "-----BEGIN "

/* A file, line by line. */
struct reader {
    struct mtl_slice rest;
    unsigned number; /* of the line read last */
};

static bool
next_line(struct reader *reader, struct mtl_slice *line)
{
    const uint8_t *newline;

    if (reader->rest.size == 0)
        return false;
    newline = memchr(reader->rest.data, '\n', reader->rest.size);
    *line = reader->rest;
    line->size = newline == NULL ? reader->rest.size : (size_t)(newline - reader->rest.data);
    reader->rest.data += line->size + (newline != NULL);
    reader->rest.size -= line->size + (newline != NULL);
    reader->number++;
    return true;
}

static struct mtl_slice
skip_blanks(struct mtl_slice text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.size--;
    }
    return text;
}

/* "# mtlslint: ..." with any blanks; *said is what follows. */
static bool
is_remark(struct mtl_slice line, struct mtl_slice *said)
{
    struct mtl_slice text = skip_blanks(line);

    if (text.size == 0 || text.data[0] != '#')
        return false;
    while (text.size > 0 && text.data[0] == '#') {
        text.data++;
        text.size--;
    }
    text = skip_blanks(text);
    if (text.size < strlen(MARK) || memcmp(text.data, MARK, strlen(MARK)) != 0)
        return false;
    *said = (struct mtl_slice){.data = text.data + strlen(MARK), .size = text.size - strlen(MARK)};
    return true;
}

/* Is this the line that the remarks above it are about? */
static bool
is_due(struct mtl_slice line, bool is_pem)
{
    struct mtl_slice text = skip_blanks(line);

    if (is_pem)
        return text.size >= strlen(BEGIN) && memcmp(text.data, BEGIN, strlen(BEGIN)) == 0;
    return text.size > 0 && text.data[0] != '\r' && text.data[0] != '#';
}

/* The text ends where C text would, and before the line's end. */
static const char *
copy_text(struct mtl_arena *arena, struct mtl_slice said)
{
    size_t size = said.size < MTL_MAX_REMARK_SIZE ? said.size : MTL_MAX_REMARK_SIZE;

    if (size > 0 && said.data[size - 1] == '\r')
        size--;
    return mtl_arena_printf(arena, "%.*s", (int)size, (const char *)said.data);
}

const struct mtl_remark *
mtl_remarks_find(struct mtl_arena *arena, const char *path, struct mtl_slice bytes, size_t *count)
{
    struct reader reader = {.rest = bytes};
    struct mtl_remark *remarks = NULL;
    struct mtl_slice line, said;
    size_t capacity = 0;
    size_t open = 0; /* the first remark whose line is not known */
    bool is_pem;

    *count = 0;
    if (mtl_pem_find(bytes, MARK) == bytes.size)
        return NULL;
    is_pem = mtl_pem_find(bytes, BEGIN) < bytes.size;
    while (next_line(&reader, &line)) {
        if (is_due(line, is_pem))
            for (; open < *count; open++)
                remarks[open].due_line = reader.number;
        if (!is_remark(line, &said) || *count == MTL_MAX_REMARKS)
            continue;
        remarks = mtl_arena_grow(arena, remarks, *count, &capacity, sizeof *remarks);
        remarks[(*count)++] =
            (struct mtl_remark){.source = {.path = path, .line = reader.number, .end_line = reader.number, .label = ""},
                                .text = copy_text(arena, said)};
    }
    return remarks;
}

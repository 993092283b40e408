/* Lines as OpenSSL's PEM reader sees them. SPDX-License-Identifier: Apache-2.0 */
#include "store/lines.h"

#include <string.h>

#define LINE_SIZE 254

/* On x86-64 plain char is signed there, so bytes above 0x7f count as "not above a blank". */
static bool
is_stripped(uint8_t byte)
{
    return byte <= ' ' || byte >= 0x80;
}

static void
describe_end(struct mtl_line *line, const uint8_t *start, size_t size)
{
    size_t tail = line->text.size;

    line->ends_lf = size > 0 && start[size - 1] == '\n';
    line->ends_crlf = line->ends_lf && size > 1 && start[size - 2] == '\r';
    line->has_tail = size - tail > (line->ends_crlf ? 2U : line->ends_lf ? 1U : 0U);
}

bool
mtl_lines_next(struct mtl_lines *lines, struct mtl_line *line)
{
    size_t left = lines->bytes.size - lines->offset;

    if (left == 0)
        return false;

    const uint8_t *start = lines->bytes.data + lines->offset;
    size_t most = left < LINE_SIZE ? left : LINE_SIZE;
    const uint8_t *newline = memchr(start, '\n', most);
    size_t size = newline != NULL ? (size_t)(newline - start) + 1 : most;
    const uint8_t *nul = memchr(start, '\0', size);
    size_t seen = nul != NULL ? (size_t)(nul - start) : size;

    *line = (struct mtl_line){
        .offset = lines->offset,
        .number = lines->number,
        .is_cut = nul == NULL && newline == NULL && size == LINE_SIZE,
        .is_end_of_file = seen == 0,
    };
    while (seen > 0 && is_stripped(start[seen - 1]))
        seen--;
    line->text = (struct mtl_slice){.data = start, .size = seen};
    describe_end(line, start, size);
    lines->offset += size;
    if (newline != NULL)
        lines->number++;
    return true;
}

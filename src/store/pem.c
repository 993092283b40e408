/* PEM: blocks of base64 between BEGIN and END lines. SPDX-License-Identifier: Apache-2.0 */
#include "store/pem.h"

#include "store/base64.h"
#include "store/labels.h"

#include <string.h>

#define BEGIN "-----BEGIN "
#define END "-----END "
#define DASHES "-----"
#define LABEL_SHOWN 64

/* Why a block is not as it should be; message is NULL when it is. */
struct fault {
    const char *message;
    enum mtl_note_kind kind;
    unsigned line;
};

/* Where in the file the parts of a block lie. */
struct extent {
    size_t header_start, header_end;
    size_t data_start, data_end;
    unsigned data_line;
    unsigned end_line;
    unsigned swallowed_line; /* of a BEGIN line within the block, 0 if none */
    bool has_tail;           /* something follows the dashes of the END line */
};

enum header_state { MAYBE_HEADER, IN_HEADER, AFTER_HEADER };

/* ---- text ----------------------------------------------------------------------------------------------------- */

static bool
starts_with(struct mtl_slice text, const char *token)
{
    size_t size = strlen(token);

    return text.size >= size && memcmp(text.data, token, size) == 0;
}

static bool
ends_with(struct mtl_slice text, const char *token)
{
    size_t size = strlen(token);

    return text.size >= size && memcmp(text.data + text.size - size, token, size) == 0;
}

static struct mtl_slice
skip(struct mtl_slice text, size_t count)
{
    return (struct mtl_slice){.data = text.data + count, .size = text.size - count};
}

size_t
mtl_pem_find(struct mtl_slice text, const char *token)
{
    for (struct mtl_slice rest = text; rest.size > 0;) {
        const uint8_t *candidate = memchr(rest.data, token[0], rest.size);
        if (candidate == NULL)
            break;
        rest = skip(rest, (size_t)(candidate - rest.data));
        if (starts_with(rest, token))
            return (size_t)(rest.data - text.data);
        rest = skip(rest, 1);
    }
    return text.size;
}

static bool
has_colon(struct mtl_slice text)
{
    return text.size > 0 && memchr(text.data, ':', text.size) != NULL;
}

/* ---- notes ---------------------------------------------------------------------------------------------------- */

static bool
set_fault(struct fault *fault, enum mtl_note_kind kind, unsigned line, const char *message)
{
    *fault = (struct fault){.message = message, .kind = kind, .line = line};
    return false;
}

/* A label to keep: ours if known, otherwise a safe copy. */
static const char *
label_text(struct mtl_builder *builder, struct mtl_slice label)
{
    const struct mtl_label *known = mtl_label_find(label);

    if (known != NULL)
        return known->text;
    if (builder->note_count >= MTL_MAX_NOTES)
        return "unknown";
    return mtl_text_safe(builder->arena, label, LABEL_SHOWN);
}

static void
note(struct mtl_pem *pem, enum mtl_note_kind kind, unsigned line, struct mtl_slice label, const char *message)
{
    struct mtl_source where = {.line = line, .end_line = line};

    where.label = label.data != NULL ? label_text(pem->builder, label) : NULL;
    mtl_builder_note(pem->builder, kind, MTL_HARMLESS, where, "%s", message);
}

/* ---- lines ---------------------------------------------------------------------------------------------------- */

static bool
next_line(struct mtl_pem *pem, struct mtl_line *line)
{
    if (!mtl_lines_next(&pem->lines, line))
        return false;

    pem->has_crlf = pem->has_crlf || line->ends_crlf;
    pem->has_lf = pem->has_lf || (line->ends_lf && !line->ends_crlf);
    if (pem->has_crlf && pem->has_lf && !pem->mixes_noted) {
        pem->mixes_noted = true;
        note(pem, MTL_NOTE_DIRTY, line->number, (struct mtl_slice){0},
             "line ends are CRLF in one part and LF in another");
    }
    return true;
}

static bool
is_begin(struct mtl_slice text, struct mtl_slice *label)
{
    if (!starts_with(text, BEGIN) || !ends_with(skip(text, strlen(BEGIN)), DASHES))
        return false;
    *label = skip(text, strlen(BEGIN));
    label->size -= strlen(DASHES);
    return true;
}

/* A NUL byte starts a line outside a block: OpenSSL takes it for the end of the file. */
static void
stop_at_nul(struct mtl_pem *pem, const struct mtl_line *line)
{
    struct mtl_slice rest = skip(pem->lines.bytes, line->offset);

    pem->lines.offset = pem->lines.bytes.size;
    if (mtl_pem_find(rest, BEGIN) < rest.size)
        note(pem, MTL_NOTE_DIRTY, line->number, (struct mtl_slice){0},
             "a NUL byte, which OpenSSL takes for the end of the file: the blocks after it are not read");
}

/* Goes to the next BEGIN line. */
static bool
next_begin(struct mtl_pem *pem, struct mtl_slice *label, struct mtl_line *line)
{
    while (next_line(pem, line)) {
        struct mtl_slice text = line->text;
        bool has_bom = pem->is_start && starts_with(text, "\xef\xbb\xbf");

        if (line->is_end_of_file && !pem->is_refused) {
            stop_at_nul(pem, line);
            return false;
        }
        pem->is_start = false;
        if (has_bom)
            text = skip(text, 3);
        if (is_begin(text, label)) {
            if (has_bom)
                note(pem, MTL_NOTE_DIRTY, line->number, *label, "a byte order mark stands before the BEGIN line");
            return true;
        }
        if (mtl_pem_find(text, BEGIN) < text.size)
            note(pem, MTL_NOTE_DIRTY, line->number, (struct mtl_slice){0},
                 "this BEGIN is not alone on its line, so OpenSSL passes over the block");
    }
    return false;
}

/* ---- a block as OpenSSL reads it (get_header_and_data() of pem_lib.c) ------------------------------------------- */

struct strict {
    enum header_state header;
    bool follows_cut; /* the line before was the start of this one */
    bool was_short;   /* after a header, a line shorter than 64 can only be the last */
    bool has_data;
};

/* A line without text. */
static bool
take_blank(struct strict *strict, const struct mtl_pem *pem, const struct mtl_line *line, bool continues,
           struct extent *extent, struct fault *fault)
{
    if (continues)
        return true;
    if (strict->header == AFTER_HEADER)
        return set_fault(fault, MTL_NOTE_UNDECODABLE, line->number, "an empty line within the base64");

    strict->header = AFTER_HEADER;
    strict->has_data = false;
    extent->header_end = line->offset;
    extent->data_start = pem->lines.offset;
    extent->data_line = pem->lines.number;
    return true;
}

static bool
take_text(struct strict *strict, const struct mtl_line *line, struct extent *extent, struct fault *fault)
{
    if (strict->was_short)
        return set_fault(fault, MTL_NOTE_UNDECODABLE, line->number, "base64 goes on after a line shorter than 64");
    if (strict->header == AFTER_HEADER && line->text.size > 64)
        return set_fault(fault, MTL_NOTE_UNDECODABLE, line->number, "a line longer than 64 in a block with a header");

    strict->was_short = strict->header == AFTER_HEADER && line->text.size < 64;
    strict->has_data = true;
    if (extent->swallowed_line == 0 && starts_with(line->text, BEGIN))
        extent->swallowed_line = line->number;
    return true;
}

static bool
take_end(const struct strict *strict, const struct mtl_line *line, struct mtl_slice label, struct extent *extent,
         struct fault *fault)
{
    struct mtl_slice rest = skip(line->text, strlen(END));

    if (rest.size != label.size + strlen(DASHES) || !ends_with(rest, DASHES) ||
        memcmp(rest.data, label.data, label.size) != 0)
        return set_fault(fault, MTL_NOTE_UNDECODABLE, line->number, "the END line does not match the BEGIN line");
    if (strict->header == IN_HEADER)
        return set_fault(fault, MTL_NOTE_UNDECODABLE, line->number, "no empty line ends the header");
    if (!strict->has_data)
        return set_fault(fault, MTL_NOTE_UNDECODABLE, line->number,
                         "nothing stands between an empty line and the END line");

    extent->data_end = line->offset;
    extent->end_line = line->number;
    extent->has_tail = line->has_tail;
    return true;
}

static bool
find_strict(struct mtl_pem *pem, struct mtl_slice label, unsigned begin_line, struct extent *extent,
            struct fault *fault)
{
    struct strict strict = {0};
    struct mtl_line line;

    while (next_line(pem, &line) && !line.is_end_of_file) {
        bool continues = strict.follows_cut;

        strict.follows_cut = line.is_cut;
        if (strict.header == MAYBE_HEADER && has_colon(line.text))
            strict.header = IN_HEADER;
        if (starts_with(line.text, END))
            return take_end(&strict, &line, label, extent, fault);
        if (line.text.size == 0 ? !take_blank(&strict, pem, &line, continues, extent, fault)
                                : !take_text(&strict, &line, extent, fault))
            return false;
    }
    return set_fault(fault, MTL_NOTE_TRUNCATED, begin_line, "BEGIN without END");
}

/* ---- a block as a person reads it ------------------------------------------------------------------------------ */

/* The END line, or what stands where it should. end is the place of "-----END " in the line. */
static void
take_human_end(struct mtl_pem *pem, const struct mtl_line *line, size_t end, struct mtl_slice label,
               struct extent *extent, struct fault *fault)
{
    struct mtl_slice rest = skip(line->text, end + strlen(END));
    size_t size = mtl_pem_find(rest, DASHES);
    struct mtl_slice name = {.data = rest.data, .size = size};
    struct mtl_slice after = skip(rest, size < rest.size ? size + strlen(DASHES) : size);

    extent->data_end = (size_t)(line->text.data - pem->lines.bytes.data) + end;
    extent->end_line = line->number;
    while (after.size > 0 && (after.data[0] == ' ' || after.data[0] == '\t'))
        after = skip(after, 1);
    if (starts_with(after, BEGIN)) {
        pem->lines.offset = (size_t)(after.data - pem->lines.bytes.data);
        pem->lines.number = line->number;
        set_fault(fault, MTL_NOTE_GLUED, line->number, "END and the next BEGIN stand on one line");
    } else if (!mtl_slice_equal(name, label)) {
        set_fault(fault, MTL_NOTE_UNDECODABLE, line->number, "the END line names another label than the BEGIN line");
    }
}

static bool
find_human(struct mtl_pem *pem, struct mtl_slice label, unsigned begin_line, struct extent *extent, struct fault *fault)
{
    enum header_state header = MAYBE_HEADER;
    struct mtl_line line;

    while (next_line(pem, &line)) {
        size_t begin = mtl_pem_find(line.text, BEGIN), end = mtl_pem_find(line.text, END);

        if (end < begin) {
            take_human_end(pem, &line, end, label, extent, fault);
            return true;
        }
        if (begin < line.text.size) {
            pem->lines.offset = (size_t)(line.text.data - pem->lines.bytes.data) + begin;
            pem->lines.number = line.number;
            break;
        }
        if (header == MAYBE_HEADER && line.text.size > 0)
            header = has_colon(line.text) ? IN_HEADER : AFTER_HEADER;
        if (header == IN_HEADER && line.text.size == 0) {
            header = AFTER_HEADER;
            extent->header_end = line.offset;
            extent->data_start = pem->lines.offset;
            extent->data_line = pem->lines.number;
        }
    }
    return set_fault(fault, MTL_NOTE_TRUNCATED, begin_line, "BEGIN without END");
}

/* ---- base64 --------------------------------------------------------------------------------------------------- */

static bool
decode(struct mtl_pem *pem, const struct extent *extent, struct mtl_pem_block *block, bool *stopped,
       struct fault *fault)
{
    struct mtl_lines lines = {
        .bytes = {.data = pem->lines.bytes.data, .size = extent->data_end},
        .offset = extent->data_start,
        .number = extent->data_line,
    };
    size_t room = (extent->data_end - extent->data_start) / 4 * 3 + 3;
    struct mtl_base64 base64 = {.out = mtl_arena_alloc(pem->builder->arena, room)};
    struct mtl_line line = {.number = extent->data_line};

    while (!base64.bad && mtl_lines_next(&lines, &line))
        mtl_base64_feed(&base64, line.text);
    *stopped = base64.stopped;
    block->storage = base64.out;
    block->body = mtl_slice_of(base64.out, base64.size);
    if (!base64.bad && base64.digits == 0 && base64.size > 0)
        return true;
    mtl_private_key_wipe(base64.out, room); /* what there is of it */
    if (base64.bad)
        return set_fault(fault, MTL_NOTE_UNDECODABLE, line.number, "not base64");
    if (base64.digits > 0)
        return set_fault(fault, MTL_NOTE_UNDECODABLE, extent->end_line, "the base64 is incomplete");
    return set_fault(fault, MTL_NOTE_UNDECODABLE, extent->end_line, "an empty block");
}

/* ---- blocks --------------------------------------------------------------------------------------------------- */

static struct extent
start_extent(const struct mtl_pem *pem)
{
    return (struct extent){
        .header_start = pem->lines.offset,
        .header_end = pem->lines.offset,
        .data_start = pem->lines.offset,
        .data_line = pem->lines.number,
    };
}

static void
fill_block(const struct mtl_pem *pem, const struct extent *extent, struct mtl_pem_block *block)
{
    block->end_line = extent->end_line;
    block->header = (struct mtl_slice){0};
    if (extent->header_end > extent->header_start)
        block->header =
            mtl_slice_of(pem->lines.bytes.data + extent->header_start, extent->header_end - extent->header_start);
}

static bool
read_strict(struct mtl_pem *pem, const struct mtl_line *begin, struct mtl_pem_block *block, struct fault *fault)
{
    struct extent extent = start_extent(pem);
    bool stopped;

    if (!find_strict(pem, block->label, begin->number, &extent, fault) || !decode(pem, &extent, block, &stopped, fault))
        return false;

    fill_block(pem, &extent, block);
    if (begin->has_tail || extent.has_tail)
        note(pem, MTL_NOTE_DIRTY, begin->has_tail ? begin->number : extent.end_line, block->label,
             "blanks or other bytes follow the dashes");
    if (extent.swallowed_line != 0)
        note(pem, MTL_NOTE_TRUNCATED, extent.swallowed_line, block->label,
             "the block before has no END line: OpenSSL reads on to the next one, and this block is lost");
    else if (stopped)
        note(pem, MTL_NOTE_DIRTY, extent.end_line, block->label, "what follows a dash within the base64 is not read");
    return true;
}

static bool
read_human(struct mtl_pem *pem, const struct mtl_line *begin, struct mtl_pem_block *block, struct fault *fault)
{
    struct extent extent = start_extent(pem);
    bool stopped;

    if (!find_human(pem, block->label, begin->number, &extent, fault) || !decode(pem, &extent, block, &stopped, fault))
        return false;
    fill_block(pem, &extent, block);
    return true;
}

static bool
read_block(struct mtl_pem *pem, const struct mtl_line *begin, struct mtl_pem_block *block)
{
    struct mtl_lines start = pem->lines;
    struct fault refusal = {0}, fault = {0};
    bool fatal = !pem->is_refused;

    block->line = begin->number;
    if (fatal && read_strict(pem, begin, block, &refusal))
        return true;

    /* At most once per file, so going back keeps the whole linear. */
    if (fatal)
        pem->lines = start;
    pem->is_refused = true;
    bool is_read = read_human(pem, begin, block, &fault);
    if (fault.message == NULL)
        fault = refusal;
    if (fault.message != NULL) {
        struct mtl_source where = {.line = fault.line, .end_line = fault.line};
        where.label = label_text(pem->builder, block->label);
        mtl_builder_note(pem->builder, fault.kind, fatal ? MTL_REFUSED : MTL_HARMLESS, where, "%s", fault.message);
    }
    return is_read;
}

struct mtl_pem
mtl_pem_open(struct mtl_builder *builder, struct mtl_slice bytes)
{
    return (struct mtl_pem){
        .builder = builder,
        .lines = {.bytes = bytes, .number = 1},
        .is_start = true,
    };
}

bool
mtl_pem_next(struct mtl_pem *pem, struct mtl_pem_block *block)
{
    struct mtl_line begin;

    while (!pem->builder->is_full && next_begin(pem, &block->label, &begin)) {
        bool is_read = read_block(pem, &begin, block);

        pem->is_start = true;
        if (is_read)
            return true;
    }
    return false;
}

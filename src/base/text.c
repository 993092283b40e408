/* Growing text, hexadecimal, and untrusted bytes made safe to print. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

static void
reserve(struct mtl_text *text, size_t more)
{
    if (text->text != NULL && more < text->capacity - text->size)
        return;

    size_t capacity = (text->size + more + 1) * 2;
    char *larger = mtl_arena_alloc(text->arena, capacity);
    if (text->text != NULL)
        memcpy(larger, text->text, text->size);
    text->text = larger;
    text->capacity = capacity;
}

void
mtl_text_bytes(struct mtl_text *text, struct mtl_slice bytes)
{
    reserve(text, bytes.size);
    if (bytes.size > 0)
        memcpy(text->text + text->size, bytes.data, bytes.size);
    text->size += bytes.size;
    text->text[text->size] = '\0';
}

void
mtl_text_add(struct mtl_text *text, const char *addition)
{
    mtl_text_bytes(text, mtl_slice_text(addition));
}

void
mtl_text_printf(struct mtl_text *text, const char *format, ...)
{
    va_list arguments, again;

    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size >= 0) {
        reserve(text, (size_t)size);
        vsnprintf(text->text + text->size, (size_t)size + 1, format, again);
        text->size += (size_t)size;
    }
    va_end(again);
}

void
mtl_text_hex(struct mtl_text *text, struct mtl_slice bytes, size_t max)
{
    size_t shown = max != 0 && bytes.size > max ? max : bytes.size;

    mtl_text_add(text, "");
    for (size_t i = 0; i < shown; i++)
        mtl_text_printf(text, "%s%02x", i == 0 ? "" : ":", bytes.data[i]);
    if (shown < bytes.size)
        mtl_text_add(text, "...");
}

/* Length of the well-formed UTF-8 sequence at bytes (RFC 3629), or 0. */
static size_t
utf8_decode(struct mtl_slice bytes, uint32_t *character)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t lead = bytes.data[0];
    size_t size = lead < 0x80 ? 1 : lead >= 0xf0 && lead < 0xf8 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;

    if (size == 0 || size > bytes.size || lead >= 0xf8)
        return 0;
    *character = size == 1 ? lead : lead & (0x7fU >> size);
    for (size_t i = 1; i < size; i++) {
        if ((bytes.data[i] & 0xc0) != 0x80)
            return 0;
        *character = *character << 6 | (bytes.data[i] & 0x3f);
    }
    if (*character < smallest[size] || *character > 0x10ffff || (*character >= 0xd800 && *character <= 0xdfff))
        return 0;
    return size;
}

/* Control, formatting and bidirectional characters that could change how the rest of a line looks. */
static bool
is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f) || (c & 0xfffe) == 0xfffe;
}

/* "##[command]", "##vso[command]", "##teamcity[command]": orders to CI systems, wherever in a line they stand. */
static bool
is_second_hash(const struct mtl_text *text, uint32_t character)
{
    return character == '#' && text->size > 0 && text->text[text->size - 1] == '#';
}

char *
mtl_text_safe(struct mtl_arena *arena, struct mtl_slice bytes, size_t max)
{
    struct mtl_text text = {.arena = arena};

    mtl_text_add(&text, "");
    while (bytes.size > 0) {
        uint32_t character = 0;
        size_t size = utf8_decode(bytes, &character);

        if (max != 0 && text.size >= max) {
            mtl_text_add(&text, "...");
            break;
        }
        if (size == 0 || (size == 1 && (is_unsafe(character) || is_second_hash(&text, character))))
            mtl_text_printf(&text, "\\x%02X", bytes.data[0]);
        else if (is_unsafe(character))
            mtl_text_printf(&text, "\\u{%04X}", character);
        else
            mtl_text_bytes(&text, mtl_slice_of(bytes.data, size));
        size = size == 0 ? 1 : size;
        bytes = mtl_slice_of(bytes.data + size, bytes.size - size);
    }
    return text.text;
}

#define LONGEST_WORD 64U

const char *
mtl_text_shell_word(struct mtl_arena *arena, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+:,@%=-";
    struct mtl_text word = {.arena = arena};

    if (path[0] == '\0' || strcmp(mtl_text_safe(arena, mtl_slice_text(path), 0), path) != 0)
        return NULL;
    if (path[0] == '-')
        mtl_text_add(&word, "./");
    if (path[strspn(path, plain)] == '\0') {
        mtl_text_add(&word, path);
        return word.text;
    }
    mtl_text_add(&word, "'");
    for (const char *at = path; *at != '\0'; at++) {
        if (*at == '\'')
            mtl_text_add(&word, "'\\''");
        else
            mtl_text_bytes(&word, mtl_slice_of(at, 1));
    }
    mtl_text_add(&word, "'");
    return word.text;
}

static size_t
edit_distance(const char *a, const char *b)
{
    size_t row[LONGEST_WORD + 1], width = strlen(b);

    if (strlen(a) > LONGEST_WORD || width > LONGEST_WORD)
        return LONGEST_WORD;
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            size_t shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replaced < shorter ? replaced : shorter;
        }
    }
    return row[width];
}

const char *
mtl_text_underscored(struct mtl_arena *arena, const char *text)
{
    char *copy = mtl_arena_printf(arena, "%s", text);

    for (char *c = copy; *c != '\0'; c++)
        *c = *c == ' ' ? '_' : *c;
    return copy;
}

const char *
mtl_text_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    size_t best = strlen(word) / 3 + 2;

    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(word, candidates[i]);
        if (distance >= best)
            continue;
        best = distance;
        nearest = candidates[i];
    }
    return nearest;
}

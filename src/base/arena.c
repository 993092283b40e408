/* Arena allocation: chunks that grow, freed together. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CHUNK 16384U
#define LARGEST_CHUNK (1024U * 1024U)
#define ALIGNMENT (_Alignof(max_align_t))

struct chunk {
    struct chunk *next;
    size_t number; /* chunks of the arena before it */
    size_t size, used;
    max_align_t bytes[];
};

struct mtl_arena {
    struct chunk *chunks; /* the newest first */
    size_t next_size;
    size_t handed_out;
    size_t chunk_count; /* that there ever were */
};

static void
out_of_memory(void)
{
    fputs("mtlslint: out of memory\n", stderr);
    abort();
}

struct mtl_arena *
mtl_arena_new(void)
{
    struct mtl_arena *arena = calloc(1, sizeof(*arena));

    if (arena == NULL)
        out_of_memory();
    arena->next_size = FIRST_CHUNK;
    return arena;
}

void
mtl_arena_free(struct mtl_arena *arena)
{
    if (arena == NULL)
        return;
    for (struct chunk *chunk = arena->chunks, *next; chunk != NULL; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    free(arena);
}

struct mtl_arena_mark
mtl_arena_mark(const struct mtl_arena *arena)
{
    return (struct mtl_arena_mark){.chunk_count = arena->chunk_count,
                                   .used = arena->chunks == NULL ? 0 : arena->chunks->used,
                                   .handed_out = arena->handed_out};
}

void
mtl_arena_rewind(struct mtl_arena *arena, struct mtl_arena_mark mark)
{
    /* The first one is kept though it was not there yet: whoever rewinds to nothing does so again and again. */
    size_t kept = mark.chunk_count == 0 ? 1 : mark.chunk_count;
    struct chunk **at = &arena->chunks;

    while (*at != NULL) {
        struct chunk *chunk = *at;

        if (chunk->number < kept) {
            at = &chunk->next;
            continue;
        }
        *at = chunk->next;
        free(chunk);
    }
    arena->handed_out = mark.handed_out;
    if (arena->chunks == NULL)
        return;
    /* What is handed out is zeroed. */
    memset((unsigned char *)arena->chunks->bytes + mark.used, 0, arena->chunks->used - mark.used);
    arena->chunks->used = mark.used;
}

void
mtl_arena_adopt(struct mtl_arena *arena, struct mtl_arena *other)
{
    struct chunk **end = &arena->chunks;

    /* Behind the current chunk, which stays open. */
    while (*end != NULL)
        end = &(*end)->next;
    *end = other->chunks;
    arena->handed_out += other->handed_out;
    free(other);
}

/* A large object gets a chunk of its own, behind the current one, which stays open. */
static struct chunk *
add_chunk(struct mtl_arena *arena, size_t size)
{
    bool is_large = size > arena->next_size / 4;
    size_t capacity = is_large ? size : arena->next_size;
    struct chunk *chunk = calloc(1, sizeof(*chunk) + capacity);

    if (chunk == NULL)
        out_of_memory();
    chunk->size = capacity;
    chunk->number = arena->chunk_count++;
    if (is_large && arena->chunks != NULL) {
        chunk->next = arena->chunks->next;
        arena->chunks->next = chunk;
        return chunk;
    }
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    if (arena->next_size < LARGEST_CHUNK)
        arena->next_size *= 2;
    return chunk;
}

void *
mtl_arena_alloc(struct mtl_arena *arena, size_t size)
{
    struct chunk *chunk = arena->chunks;

    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (chunk == NULL || size > chunk->size - chunk->used)
        chunk = add_chunk(arena, size);

    void *bytes = (unsigned char *)chunk->bytes + chunk->used;
    chunk->used += size;
    arena->handed_out += size;
    return bytes;
}

void *
mtl_arena_array(struct mtl_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / 2 / size)
        out_of_memory();
    return mtl_arena_alloc(arena, count * size);
}

struct mtl_slice
mtl_arena_copy(struct mtl_arena *arena, struct mtl_slice bytes)
{
    uint8_t *copy = mtl_arena_alloc(arena, bytes.size);

    if (bytes.size > 0)
        memcpy(copy, bytes.data, bytes.size);
    return mtl_slice_of(copy, bytes.size);
}

char *
mtl_arena_strdup(struct mtl_arena *arena, const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(mtl_arena_alloc(arena, size), text, size);
}

char *
mtl_arena_printf(struct mtl_arena *arena, const char *format, ...)
{
    va_list arguments, again;

    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = mtl_arena_alloc(arena, size < 0 ? 1 : (size_t)size + 1);
    if (size > 0)
        vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text;
}

size_t
mtl_arena_used(const struct mtl_arena *arena)
{
    return arena->handed_out;
}

void *
mtl_arena_grow(struct mtl_arena *arena, void *items, size_t count, size_t *capacity, size_t item_size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 8 : *capacity * 2;

    void *larger = mtl_arena_array(arena, *capacity, item_size);
    if (count > 0)
        memcpy(larger, items, count * item_size);
    return larger;
}

/* Free lists of powers of two over large chunks, for libcrypto.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/quick_memory.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#define CLASSES 15 /* 16 bytes to 256 KiB */
#define CHUNK_SIZE (1024U * 1024U)
#define HEADER_SIZE 16 /* keeps blocks aligned for any type */

struct block {
    size_t class; /* CLASSES: from malloc */
    size_t size;  /* as asked for */
};
struct free_block {
    struct free_block *next;
};

static struct {
    struct free_block *free[CLASSES];
    char *chunk;
    size_t left;
} memory;

static size_t
class_of(size_t size)
{
    size_t class = 0;
    while (class < CLASSES && ((size_t)16 << class) < size)
        class ++;
    return class;
}

static struct block *
take(size_t class, size_t size)
{
    size_t need = HEADER_SIZE + ((size_t)16 << class);
    if (class == CLASSES)
        return malloc(HEADER_SIZE + size);
    if (memory.left < need) {
        memory.chunk = malloc(CHUNK_SIZE);
        memory.left = memory.chunk == NULL ? 0 : CHUNK_SIZE;
    }
    if (memory.left < need)
        return NULL;
    struct block *block = (struct block *)(void *)memory.chunk;
    memory.chunk += need;
    memory.left -= need;
    return block;
}

static void *
get(size_t size, const char *file, int line)
{
    size_t class = class_of(size);
    (void)file, (void)line;
    if (class < CLASSES && memory.free[class] != NULL) {
        struct free_block *reused = memory.free[class];
        memory.free[class] = reused->next;
        ((struct block *)(void *)((char *)reused - HEADER_SIZE))->size = size;
        return reused;
    }
    struct block *block = take(class, size);
    if (block == NULL)
        return NULL;
    *block = (struct block){.class = class, .size = size};
    return (char *)block + HEADER_SIZE;
}

static void
give(void *data, const char *file, int line)
{
    (void)file, (void)line;
    if (data == NULL)
        return;
    struct block *block = (struct block *)(void *)((char *)data - HEADER_SIZE);
    if (block->class == CLASSES) {
        free(block);
        return;
    }
    struct free_block *freed = data;
    freed->next = memory.free[block->class];
    memory.free[block->class] = freed;
}

static void *
resize(void *data, size_t size, const char *file, int line)
{
    if (data == NULL)
        return get(size, file, line);
    size_t old = ((struct block *)(void *)((char *)data - HEADER_SIZE))->size;
    void *moved = get(size, file, line);
    if (moved == NULL)
        return NULL;
    memcpy(moved, data, old < size ? old : size);
    give(data, file, line);
    return moved;
}

void
quick_memory_use(void)
{
    if (CRYPTO_set_mem_functions(get, resize, give) != 1)
        abort();
}

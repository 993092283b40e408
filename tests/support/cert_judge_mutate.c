/* SPDX-License-Identifier: Apache-2.0 */
/* A DER document as a tree of items, some of them changed. */
#include "support/cert_judge_mutate.h"

#include <string.h>

#define MAX_NODES 600
#define MAX_DEPTH 14
#define FILLER 16 /* octets of a replaced content */

enum length_form { LENGTH_MINIMAL, LENGTH_LONG, LENGTH_INDEFINITE, LENGTH_WRONG };

struct node {
    uint8_t tag;
    struct mtl_slice content; /* if there are no children */
    int first, next;          /* -1: none */
    enum length_form form;
    int times; /* 0: dropped, 2: doubled */
    uint8_t filler[FILLER];
    int trailing; /* octets of junk behind */
};

struct tree {
    struct node nodes[MAX_NODES];
    int count;
};

uint32_t
random_below(uint64_t *seed, size_t limit)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)((*seed >> 16) % limit);
}

static bool
read_header(struct mtl_slice bytes, uint8_t *tag, size_t *header, size_t *length)
{
    if (bytes.size < 2 || (bytes.data[0] & 0x1f) == 0x1f)
        return false;
    *tag = bytes.data[0];
    *length = bytes.data[1];
    *header = 2;
    if (*length >= 0x80) {
        size_t octets = *length & 0x7f;
        if (octets == 0 || octets > 3 || bytes.size < 2 + octets)
            return false;
        *length = 0;
        for (size_t i = 0; i < octets; i++)
            *length = *length << 8 | bytes.data[2 + i];
        *header += octets;
    }
    return *length <= bytes.size - *header;
}

/* The items that fill bytes exactly, as a list; -1 when they do not. */
static int
read_items(struct tree *tree, struct mtl_slice bytes, int depth)
{
    int first = -1, *link = &first, start = tree->count;
    size_t header, length;
    uint8_t tag;

    while (bytes.size > 0) {
        if (depth > MAX_DEPTH || tree->count == MAX_NODES || !read_header(bytes, &tag, &header, &length)) {
            tree->count = start;
            return -1;
        }
        int index = tree->count++;
        struct node *node = &tree->nodes[index];
        *node = (struct node){.tag = tag, .first = -1, .next = -1, .times = 1};
        node->content = mtl_slice_of(bytes.data + header, length);
        if (tag & 0x20 || tag == 0x04)
            node->first = read_items(tree, node->content, depth + 1);
        *link = index;
        link = &node->next;
        bytes = mtl_slice_of(bytes.data + header + length, bytes.size - header - length);
    }
    return first;
}

static void
change_content(uint64_t *seed, struct node *node)
{
    size_t size = node->content.size < FILLER ? node->content.size : FILLER;

    if (size > 0)
        memcpy(node->filler, node->content.data, size);
    size = random_below(seed, 4) == 0 ? random_below(seed, FILLER + 1) : size;
    if (size > 0)
        node->filler[random_below(seed, size)] = (uint8_t)random_below(seed, 256);
    if (size > 0 && random_below(seed, 4) == 0)
        node->filler[0] = (uint8_t)(random_below(seed, 2) * 0xff);
    node->content = mtl_slice_of(node->filler, size);
    node->first = -1;
}

static void
change_node(uint64_t *seed, struct tree *tree, struct node *node)
{
    static const uint8_t tags[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x10, 0x12, 0x13, 0x14, 0x16,
                                   0x17, 0x18, 0x1a, 0x1c, 0x1e, 0x30, 0x31, 0x80, 0x81, 0x82, 0x84, 0x86, 0x87,
                                   0x88, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0x9f, 0x1f, 0x00, 0x08, 0x24, 0x23};
    struct node *other = &tree->nodes[random_below(seed, (size_t)tree->count)];

    switch (random_below(seed, 10)) {
    case 0:
        node->tag = tags[random_below(seed, sizeof(tags))];
        break;
    case 1:
        node->tag ^= (uint8_t)(1U << random_below(seed, 8));
        break;
    case 2:
        node->times = (int)random_below(seed, 2) * 2;
        break;
    case 3:
        node->form = (enum length_form)random_below(seed, 4);
        break;
    case 4:
        node->trailing = (int)random_below(seed, 3);
        break;
    case 5: /* one item in the place of another; a leaf, because the tree must stay one */
        if (other->first == -1) {
            node->tag = other->tag;
            node->content = other->content;
            node->first = -1;
        }
        break;
    default:
        change_content(seed, node);
    }
}

struct writer {
    uint8_t *out;
    size_t size, used;
};

static void
put(struct writer *writer, const void *bytes, size_t size)
{
    if (size > 0 && writer->used + size <= writer->size)
        memcpy(writer->out + writer->used, bytes, size);
    writer->used += size;
}

static void
put_length(struct writer *writer, enum length_form form, size_t length)
{
    uint8_t octets[4] = {0x83, (uint8_t)(length >> 16), (uint8_t)(length >> 8), (uint8_t)length};

    if (form == LENGTH_INDEFINITE)
        put(writer, "\x80", 1);
    else if (form == LENGTH_LONG || length >= 0x10000)
        put(writer, octets, 4);
    else if (length >= 0x100)
        put(writer, (uint8_t[]){0x82, octets[2], octets[3]}, 3);
    else if (length >= 0x80)
        put(writer, (uint8_t[]){0x81, octets[3]}, 2);
    else
        put(writer, octets + 3, 1);
}

static void write_items(struct writer *writer, const struct tree *tree, int index);

/* What the items up to the last of a list take. */
static size_t
measure(const struct tree *tree, int index)
{
    struct writer nowhere = {0};

    write_items(&nowhere, tree, index);
    return nowhere.used;
}

static void
write_item(struct writer *writer, const struct tree *tree, const struct node *node, size_t length)
{
    put(writer, &node->tag, 1);
    put_length(writer, node->form, length + (node->form == LENGTH_WRONG));
    if (writer->size == 0)
        writer->used += length;
    else if (node->first != -1)
        write_items(writer, tree, node->first);
    else
        put(writer, node->content.data, node->content.size);
    if (node->form == LENGTH_INDEFINITE)
        put(writer, "\0\0", 2);
    put(writer, "\x05\x00", (size_t)node->trailing);
}

static void
write_items(struct writer *writer, const struct tree *tree, int index)
{
    for (; index != -1; index = tree->nodes[index].next) {
        const struct node *node = &tree->nodes[index];
        size_t length = node->first != -1 ? measure(tree, node->first) : node->content.size;
        for (int i = 0; i < node->times; i++)
            write_item(writer, tree, node, length);
    }
}

size_t
der_mutate(uint64_t *seed, struct mtl_slice der, uint8_t *out, size_t size)
{
    struct tree tree;
    struct writer writer = {.size = size};

    writer.out = out;
    tree.count = 0;
    int root = read_items(&tree, der, 0);
    if (root == -1)
        return 0;
    for (uint32_t changes = 1 + random_below(seed, 3); changes > 0; changes--)
        change_node(seed, &tree, &tree.nodes[random_below(seed, (size_t)tree.count)]);
    write_items(&writer, &tree, root);
    return writer.used <= size ? writer.used : 0;
}

/*
 * From libyaml's events to a tree, within limits, without recursion.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "project/tree.h"

#include <string.h>
#include <yaml.h>

/* A list or mapping that has not ended yet. */
struct open_node {
    struct mtl_node *node, *last;
    struct mtl_node *key; /* of a mapping: waits for its value */
};

struct builder {
    struct mtl_arena *arena;
    const char *path;
    struct mtl_error *error;
    struct open_node open[MTL_MAX_PROJECT_DEPTH];
    size_t depth, count;
    struct mtl_node *root;
    bool ended; /* one document was read */
};

const char *
mtl_node_text(const struct mtl_node *node)
{
    static const char *const texts[] = {
        [MTL_NODE_NULL] = "nothing", [MTL_NODE_BOOL] = "true or false", [MTL_NODE_NUMBER] = "a number",
        [MTL_NODE_TEXT] = "text",    [MTL_NODE_LIST] = "a list",        [MTL_NODE_MAP] = "a mapping",
    };

    return texts[node->kind];
}

/* ---- the core schema ------------------------------------------------------------------------------------------- */

static bool
is_one_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strcmp(text, *words) == 0)
            return true;
    }
    return false;
}

static size_t
count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?, which takes in the integers */
static bool
is_decimal(const char *text)
{
    size_t before, after = 0;

    text += *text == '-' || *text == '+';
    before = count_digits(text);
    text += before;
    if (*text == '.') {
        after = count_digits(text + 1);
        text += 1 + after;
    }
    if (before + after == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text += 1;
        text += *text == '-' || *text == '+';
        if (count_digits(text) == 0)
            return false;
        text += count_digits(text);
    }
    return *text == '\0';
}

static bool
is_number(const char *text)
{
    static const char *const words[] = {".inf",  ".Inf",  ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
                                        "-.Inf", "-.INF", ".nan", ".NaN",  ".NAN",  NULL};
    const char *digits = strncmp(text, "0x", 2) == 0 ? "0123456789abcdefABCDEF" : "01234567";

    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'o') && text[2] != '\0')
        return text[2 + strspn(text + 2, digits)] == '\0';
    return is_decimal(text) || is_one_of(text, words);
}

static enum mtl_node_kind
resolve(const char *text)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const booleans[] = {"true", "True", "TRUE", "false", "False", "FALSE", NULL};

    if (is_one_of(text, nulls))
        return MTL_NODE_NULL;
    if (is_one_of(text, booleans))
        return MTL_NODE_BOOL;
    return is_number(text) ? MTL_NODE_NUMBER : MTL_NODE_TEXT;
}

/* ---- building -------------------------------------------------------------------------------------------------- */

static unsigned
line_of(const yaml_event_t *event)
{
    return (unsigned)event->start_mark.line + 1;
}

static bool
refuse(struct builder *builder, unsigned line, const char *hint, const char *what)
{
    return mtl_error_set(builder->error, builder->path, line, hint, "%s", what);
}

static void
append(struct open_node *parent, struct mtl_node *node)
{
    if (parent->last == NULL)
        parent->node->first = node;
    else
        parent->last->next = node;
    parent->last = node;
    parent->node->count++;
}

/* Puts the node where it belongs: the root, an item, a key, or a key's value. */
static bool
place(struct builder *builder, struct mtl_node *node)
{
    struct open_node *parent = builder->depth == 0 ? NULL : &builder->open[builder->depth - 1];

    if (parent == NULL) {
        builder->root = node;
        return true;
    }
    /* Whatever is open has a node. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
    if (parent->node->kind == MTL_NODE_LIST) {
        append(parent, node);
        return true;
    }
    if (parent->key != NULL) {
        parent->key->value = node;
        parent->key = NULL;
        return true;
    }
    if (node->kind != MTL_NODE_TEXT)
        return mtl_error_set(builder->error, builder->path, node->line, "Put it in quotes, or correct the indentation.",
                             "a key is %s where text is due", mtl_node_text(node));
    append(parent, node);
    parent->key = node;
    return true;
}

/* NULL after an error. */
static struct mtl_node *
make(struct builder *builder, const yaml_event_t *event, enum mtl_node_kind kind, const yaml_char_t *anchor,
     const yaml_char_t *tag)
{
    struct mtl_node *node;

    if (anchor != NULL)
        refuse(builder, line_of(event), "Write the value out where it is needed.", "anchors are not read here");
    else if (tag != NULL)
        refuse(builder, line_of(event), "Leave it out; put text that looks like a number in quotes.",
               "tags are not read here");
    else if (builder->count == MTL_MAX_PROJECT_VALUES)
        mtl_error_set(builder->error, builder->path, line_of(event), NULL, "more than %u values",
                      MTL_MAX_PROJECT_VALUES);
    if (anchor != NULL || tag != NULL || builder->count == MTL_MAX_PROJECT_VALUES)
        return NULL;
    builder->count++;
    node = mtl_arena_alloc(builder->arena, sizeof(*node));
    node->kind = kind;
    node->line = line_of(event);
    return node;
}

static bool
add_scalar(struct builder *builder, const yaml_event_t *event)
{
    struct mtl_node *node = make(builder, event, MTL_NODE_TEXT, event->data.scalar.anchor, event->data.scalar.tag);

    if (node == NULL)
        return false;
    node->text = (const char *)mtl_arena_copy(builder->arena,
                                              mtl_slice_of(event->data.scalar.value, event->data.scalar.length + 1))
                     .data;
    node->size = event->data.scalar.length;
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        node->kind = resolve(node->text);
    return place(builder, node);
}

static bool
open_node(struct builder *builder, struct mtl_node *node)
{
    if (node == NULL || !place(builder, node))
        return false;
    if (builder->depth == MTL_MAX_PROJECT_DEPTH)
        return mtl_error_set(builder->error, builder->path, node->line, NULL,
                             "lists and mappings are nested more than %u deep", MTL_MAX_PROJECT_DEPTH);
    builder->open[builder->depth++] = (struct open_node){.node = node};
    return true;
}

static bool
take_event(struct builder *builder, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return !builder->ended ||
               refuse(builder, line_of(event), "Put all into one, without '---' in between.", "a second document");
    case YAML_DOCUMENT_END_EVENT:
        builder->ended = true;
        return true;
    case YAML_ALIAS_EVENT:
        return refuse(builder, line_of(event), "Write the value out where it is needed.", "aliases are not read here");
    case YAML_SCALAR_EVENT:
        return add_scalar(builder, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_node(builder, make(builder, event, MTL_NODE_LIST, event->data.sequence_start.anchor,
                                       event->data.sequence_start.tag));
    case YAML_MAPPING_START_EVENT:
        return open_node(builder, make(builder, event, MTL_NODE_MAP, event->data.mapping_start.anchor,
                                       event->data.mapping_start.tag));
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder->depth--;
        return true;
    default:
        return true;
    }
}

/* ---- parsing --------------------------------------------------------------------------------------------------- */

/* Of bytes that are no text there is no mark, but an offset. */
static unsigned
line_at(struct mtl_slice bytes, size_t offset)
{
    unsigned line = 1;

    for (size_t i = 0; i < offset && i < bytes.size; i++)
        line += bytes.data[i] == '\n';
    return line;
}

static bool
refuse_syntax(struct builder *builder, const yaml_parser_t *parser, struct mtl_slice bytes)
{
    const char *problem = parser->problem == NULL ? "it cannot be read" : parser->problem;

    if (parser->error == YAML_READER_ERROR)
        return mtl_error_set(builder->error, builder->path, line_at(bytes, parser->problem_offset),
                             "Write it as UTF-8.", "is not YAML: %s", problem);
    if (parser->error == YAML_MEMORY_ERROR)
        return refuse(builder, 0, NULL, "out of memory");
    return mtl_error_set(builder->error, builder->path, (unsigned)parser->problem_mark.line + 1,
                         "Look at the indentation and the quotes there and in the line above.", "is not YAML: %s%s%s",
                         parser->context == NULL ? "" : parser->context, parser->context == NULL ? "" : ": ", problem);
}

static bool
take_all(struct builder *builder, yaml_parser_t *parser, struct mtl_slice bytes)
{
    bool at_end = false;

    while (!at_end) {
        yaml_event_t event;
        bool taken;

        if (!yaml_parser_parse(parser, &event))
            return refuse_syntax(builder, parser, bytes);
        taken = take_event(builder, &event);
        at_end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (!taken)
            return false;
    }
    return true;
}

bool
mtl_tree_parse(struct mtl_arena *arena, const char *path, struct mtl_slice bytes, const struct mtl_node **root,
               struct mtl_error *error)
{
    struct builder builder = {.arena = arena, .path = path, .error = error};
    yaml_parser_t parser;
    bool done;

    if (bytes.size > MTL_MAX_PROJECT_SIZE)
        return mtl_error_set(error, path, 0, NULL, "is larger than %u KiB", MTL_MAX_PROJECT_SIZE >> 10);
    if (!yaml_parser_initialize(&parser))
        return refuse(&builder, 0, NULL, "out of memory");
    yaml_parser_set_input_string(&parser, bytes.data == NULL ? (const unsigned char *)"" : bytes.data, bytes.size);
    done = take_all(&builder, &parser, bytes);
    yaml_parser_delete(&parser);
    *root = builder.root;
    return done;
}

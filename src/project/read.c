/*
 * From the tree to the structs, by the table of keys.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "project/values.h"
#include "store/file.h"

#include <string.h>

#define MAX_KEYS 16U /* of one section */
#define MAX_SHOWN 60U

static bool read_section(struct mtl_reader *reader, const struct mtl_key_table *table, const struct mtl_node *node,
                         void *out);

/* ---- lists ----------------------------------------------------------------------------------------------------- */

static bool
check_count(struct mtl_reader *reader, const struct mtl_key *key, const struct mtl_node *node)
{
    if (node->count > MTL_MAX_PROJECT_ITEMS)
        return mtl_error_set(reader->error, reader->path, node->line, NULL, "%s has more than %u entries", key->name,
                             MTL_MAX_PROJECT_ITEMS);
    if (node->count == 0)
        return mtl_error_set(reader->error, reader->path, node->line, "Give an entry, or leave the key out.",
                             "%s is empty", key->name);
    return true;
}

static bool
refuse_kind(struct mtl_reader *reader, const char *key, const struct mtl_node *node, const char *due)
{
    return mtl_error_set(reader->error, reader->path, node->line, "See docs/PROJECT-FILE.md for an example.",
                         "%s is %s where %s is due", mtl_text_safe(reader->arena, mtl_slice_text(key), MAX_SHOWN),
                         mtl_node_text(node), due);
}

/* One text, or a list of them. */
static bool
read_texts(struct mtl_reader *reader, const struct mtl_key *key, const struct mtl_node *node,
           struct mtl_project_texts *out)
{
    bool is_list = node->kind == MTL_NODE_LIST;
    const struct mtl_node *item = is_list ? node->first : node;
    struct mtl_project_text *items;

    if (is_list && !check_count(reader, key, node))
        return false;
    items = mtl_arena_array(reader->arena, is_list ? node->count : 1, sizeof(*items));
    *out = (struct mtl_project_texts){.items = items, .line = node->line};
    for (; item != NULL; item = is_list ? item->next : NULL) {
        struct mtl_project_text *text = &items[out->count++];

        if (key->kind == MTL_KEY_VERSIONS ? !mtl_value_version(reader, key->name, item, text)
                                          : !mtl_value_text(reader, key->name, item, text))
            return false;
    }
    return true;
}

/* ---- sections -------------------------------------------------------------------------------------------------- */

static void
set_list(const struct mtl_key *key, void *out, const void *items, size_t count)
{
    memcpy((char *)out + key->offset, &items, sizeof(items));
    memcpy((char *)out + key->count_offset, &count, sizeof(count));
}

static bool
read_sections(struct mtl_reader *reader, const struct mtl_key *key, const struct mtl_node *node, void *out)
{
    char *items;
    size_t count = 0;

    if (node->kind != MTL_NODE_LIST)
        return refuse_kind(reader, key->name, node, "a list");
    if (!check_count(reader, key, node))
        return false;
    items = mtl_arena_array(reader->arena, node->count, key->section->size);
    for (const struct mtl_node *item = node->first; item != NULL; item = item->next) {
        if (!read_section(reader, key->section, item, items + count++ * key->section->size))
            return false;
    }
    set_list(key, out, items, count);
    return true;
}

/* Twice the same name? There are no more than MTL_MAX_PROJECT_ITEMS. */
static bool
check_unique(struct mtl_reader *reader, const struct mtl_node *node, const struct mtl_node *name)
{
    for (const struct mtl_node *earlier = node->first; earlier != name; earlier = earlier->next) {
        if (mtl_slice_equal(mtl_slice_of(earlier->text, earlier->size), mtl_slice_of(name->text, name->size)))
            return mtl_error_set(reader->error, reader->path, name->line, "Rename or remove one of them.",
                                 "'%s' is given twice, first in line %u",
                                 mtl_text_safe(reader->arena, mtl_slice_text(name->text), MAX_SHOWN), earlier->line);
    }
    return true;
}

/* NAMED and LEVELS: both fill structs that begin with their name. */
static bool
read_named(struct mtl_reader *reader, const struct mtl_key *key, const struct mtl_node *node, void *out)
{
    size_t size = key->kind == MTL_KEY_NAMED ? key->section->size : sizeof(struct mtl_project_severity);
    char *items;
    size_t count = 0;

    if (node->kind != MTL_NODE_MAP)
        return refuse_kind(reader, key->name, node, "a mapping");
    if (!check_count(reader, key, node))
        return false;
    items = mtl_arena_array(reader->arena, node->count, size);
    for (const struct mtl_node *name = node->first; name != NULL; name = name->next) {
        void *item = items + count++ * size;
        struct mtl_project_text text;

        if (!mtl_value_text(reader, key->name, name, &text) || !check_unique(reader, node, name))
            return false;
        if (key->kind == MTL_KEY_NAMED
                ? !read_section(reader, key->section, name->value, item)
                : !mtl_value_choice(reader, key, name->value, &((struct mtl_project_severity *)item)->level))
            return false;
        memcpy(item, &text, sizeof(text));
    }
    set_list(key, out, items, count);
    return true;
}

static bool
read_value(struct mtl_reader *reader, const struct mtl_key *key, const struct mtl_node *node, void *section)
{
    void *out = (char *)section + key->offset;

    switch (key->kind) {
    case MTL_KEY_TEXT:
        return mtl_value_text(reader, key->name, node, out);
    case MTL_KEY_PATH:
        return mtl_value_path(reader, key->name, node, out);
    case MTL_KEY_CHOICE:
        return mtl_value_choice(reader, key, node, out);
    case MTL_KEY_HASH:
        return mtl_value_hash(reader, key->name, node, out);
    case MTL_KEY_DATE:
        return mtl_value_date(reader, key->name, node, out);
    case MTL_KEY_DURATION:
        return mtl_value_duration(reader, key->name, node, out);
    case MTL_KEY_NUMBER:
        return mtl_value_number(reader, key->name, node, out);
    case MTL_KEY_TEXTS:
    case MTL_KEY_VERSIONS:
        return read_texts(reader, key, node, out);
    case MTL_KEY_SECTION:
        return node->kind == MTL_NODE_MAP ? read_section(reader, key->section, node, out)
                                          : refuse_kind(reader, key->name, node, "a mapping");
    case MTL_KEY_SECTIONS:
        return read_sections(reader, key, node, section);
    case MTL_KEY_NAMED:
    case MTL_KEY_LEVELS:
        return read_named(reader, key, node, section);
    }
    return false;
}

/* ---- keys ------------------------------------------------------------------------------------------------------ */

static bool
refuse_unknown(struct mtl_reader *reader, const struct mtl_key_table *table, const struct mtl_node *key)
{
    const char *names[MAX_KEYS];
    struct mtl_text list = {.arena = reader->arena};
    const char *safe = mtl_text_safe(reader->arena, mtl_slice_text(key->text), MAX_SHOWN);
    const char *nearest;

    for (size_t i = 0; i < table->count; i++) {
        names[i] = table->keys[i].name;
        mtl_text_printf(&list, "%s%s", i == 0 ? "Known: " : ", ", names[i]);
    }
    nearest = mtl_text_nearest(key->text, names, table->count);
    if (nearest != NULL)
        return mtl_error_set(reader->error, reader->path, key->line, NULL, "%s has no key '%s'; did you mean '%s'?",
                             table->what, safe, nearest);
    return mtl_error_set(reader->error, reader->path, key->line, list.text, "%s has no key '%s'", table->what, safe);
}

static size_t
find_key(const struct mtl_key_table *table, const struct mtl_node *node)
{
    size_t i = 0;

    while (i < table->count &&
           (strlen(table->keys[i].name) != node->size || strcmp(table->keys[i].name, node->text) != 0))
        i++;
    return i;
}

static bool
check_required(struct mtl_reader *reader, const struct mtl_key_table *table, const struct mtl_node *node,
               const unsigned *seen)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->keys[i].required && seen[i] == 0)
            return mtl_error_set(reader->error, reader->path, node->line, table->keys[i].about, "%s lacks the key '%s'",
                                 table->what, table->keys[i].name);
    }
    return true;
}

static bool
read_section(struct mtl_reader *reader, const struct mtl_key_table *table, const struct mtl_node *node, void *out)
{
    unsigned seen[MAX_KEYS] = {0}; /* the line of each key; as deep as the tables are this calls itself */
    const struct mtl_project_text name = {.line = node->line};

    if (node->kind != MTL_NODE_MAP)
        return refuse_kind(reader, table->what, node, "a mapping");
    memcpy(out, &name, sizeof(name));
    for (const struct mtl_node *key = node->first; key != NULL; key = key->next) {
        size_t i = find_key(table, key);

        if (i == table->count)
            return refuse_unknown(reader, table, key);
        if (seen[i] != 0)
            return mtl_error_set(reader->error, reader->path, key->line, "Remove one of them.",
                                 "the key '%s' is given twice, first in line %u", table->keys[i].name, seen[i]);
        seen[i] = key->line;
        if (!read_value(reader, &table->keys[i], key->value, out))
            return false;
    }
    return check_required(reader, table, node, seen);
}

/* ---- the file -------------------------------------------------------------------------------------------------- */

bool
mtl_project_parse(struct mtl_arena *arena, const char *path, struct mtl_slice bytes, const struct mtl_project **project,
                  struct mtl_error *error)
{
    struct mtl_project *out = mtl_arena_alloc(arena, sizeof(*out));
    struct mtl_reader reader = {.arena = arena, .path = path, .error = error};
    const char *slash = strrchr(path, '/');
    const struct mtl_node *root = NULL;

    reader.folder = slash == NULL ? "" : mtl_arena_printf(arena, "%.*s", (int)(slash - path) + 1, path);
    if (!mtl_tree_parse(arena, path, bytes, &root, error))
        return false;
    if (root != NULL && root->kind != MTL_NODE_NULL && !read_section(&reader, &mtl_project_keys, root, out))
        return false;
    out->path = path;
    out->folder = reader.folder;
    out->remarks = mtl_remarks_find(arena, path, bytes, &out->remark_count);
    *project = out;
    return true;
}

bool
mtl_project_load(struct mtl_arena *arena, const char *path, const struct mtl_project **project, struct mtl_error *error)
{
    struct mtl_file file;

    path = mtl_arena_strdup(arena, path);
    return mtl_file_read_at_most(arena, path, MTL_MAX_PROJECT_SIZE, &file, error) &&
           mtl_project_parse(arena, path, mtl_slice_of(file.bytes, file.size), project, error);
}

const struct mtl_project_handshake *
mtl_project_handshake_find(const struct mtl_project *project, const char *name)
{
    for (size_t i = 0; i < project->handshake_count; i++) {
        if (strcmp(project->handshakes[i].name.text, name) == 0)
            return &project->handshakes[i];
    }
    return NULL;
}

/* Lines of recipes and cases, taken apart.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/attributes.h"

#include <string.h>

/* Ends the word at rest in place, with its quotes taken out. NULL when a quote is left open. */
static char *
cut_word(char *rest, char **word)
{
    char *to = rest;
    bool quoted = false;

    *word = rest;
    while (*rest != '\0' && (quoted || strchr(" \t\r\n", *rest) == NULL)) {
        if (*rest == '"')
            quoted = !quoted;
        else
            *to++ = *rest;
        rest++;
    }
    if (quoted)
        return NULL;
    if (*rest != '\0')
        rest++;
    *to = '\0';
    return rest;
}

bool
attributes_parse(struct mtl_arena *arena, const char *line, struct attributes *attributes)
{
    char *rest = mtl_arena_strdup(arena, line);

    attributes->count = 0;
    for (;;) {
        rest += strspn(rest, " \t\r\n");
        if (*rest == '\0' || *rest == '#')
            return true;
        if (attributes->count == MAX_ATTRIBUTES)
            return false;
        char *word;
        rest = cut_word(rest, &word);
        if (rest == NULL)
            return false;
        char *equals = strchr(word, '=');
        struct attribute *item = &attributes->items[attributes->count++];
        *item = (struct attribute){.key = word};
        if (equals != NULL && equals != word) {
            *equals = '\0';
            item->value = equals + 1;
        }
    }
}

const char *
attributes_get(const struct attributes *attributes, const char *key)
{
    for (size_t i = 0; i < attributes->count; i++)
        if (attributes->items[i].value != NULL && strcmp(attributes->items[i].key, key) == 0)
            return attributes->items[i].value;
    return NULL;
}

bool
attributes_flag(const struct attributes *attributes, const char *key)
{
    for (size_t i = 0; i < attributes->count; i++)
        if (attributes->items[i].value == NULL && strcmp(attributes->items[i].key, key) == 0)
            return true;
    return false;
}

bool
list_has(const char *list, const char *word)
{
    size_t size = strlen(word);
    while (list != NULL && *list != '\0') {
        size_t item = strcspn(list, ",");
        if (item == size && strncmp(list, word, size) == 0)
            return true;
        list += item + (list[item] == ',');
    }
    return false;
}

const char *
list_next(struct mtl_arena *arena, const char **list)
{
    if (*list == NULL || **list == '\0')
        return NULL;
    size_t size = strcspn(*list, ",");
    const char *word = mtl_arena_printf(arena, "%.*s", (int)size, *list);
    *list += size + ((*list)[size] == ',');
    return word;
}

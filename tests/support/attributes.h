/*
 * One line of a recipe or case: words, key=value pairs and flags, separated by blanks. Values with blanks are put in
 * double quotes; "#" begins a comment.
 */
#ifndef MTL_TESTS_SUPPORT_ATTRIBUTES_H
#define MTL_TESTS_SUPPORT_ATTRIBUTES_H

#include "base/base.h"

#define MAX_ATTRIBUTES 64

struct attribute {
    const char *key;
    const char *value; /* NULL: a flag */
};
struct attributes {
    struct attribute items[MAX_ATTRIBUTES];
    size_t count;
};

/* False when there are too many or a quote is left open. */
bool attributes_parse(struct mtl_arena *arena, const char *line, struct attributes *attributes);
/* The value of the first pair with that key; NULL if there is none. */
const char *attributes_get(const struct attributes *attributes, const char *key);
bool attributes_flag(const struct attributes *attributes, const char *key);
/* Is word one of the comma-separated words of the list? A NULL list is empty. */
bool list_has(const char *list, const char *word);
/* The next word of a comma-separated list, NULL at the end. */
const char *list_next(struct mtl_arena *arena, const char **list);

#endif

/*
 * A recipe file: lines for the mint, and "FILE = items" lines that say what is written where.
 */
#ifndef MTL_TESTS_SUPPORT_RECIPE_H
#define MTL_TESTS_SUPPORT_RECIPE_H

#include "base/base.h"
#include "support/keys.h"

/* Writes the files of a recipe beside it. False with error filled in: "path:line: what". */
bool recipe_run(struct key_pool *keys, const char *path, struct mtl_error *error);
/* The whole of a small file as text; NULL if it cannot be read. */
char *file_text(struct mtl_arena *arena, const char *path, size_t *size);

#endif

/*
 * A recipe file: lines for the mint, and "FILE = items" lines that say what is written where.
 */
#ifndef MTL_TESTS_SUPPORT_RECIPE_H
#define MTL_TESTS_SUPPORT_RECIPE_H

#include "base/base.h"
#include "support/keys.h"

/* Receives one file of a recipe. False with error filled in stops the run. */
typedef bool recipe_file(void *context, const char *path, struct mtl_slice content, struct mtl_error *error);
/* Mints a recipe and hands out its files. False with error filled in: "path:line: what". */
bool recipe_run(struct key_pool *keys, const char *path, recipe_file *file, void *context, struct mtl_error *error);
/* A recipe_file that writes; context is not used. */
recipe_file recipe_write_file;
/* The whole of a small file as text; NULL if it cannot be read. */
char *file_text(struct mtl_arena *arena, const char *path, size_t *size);

#endif

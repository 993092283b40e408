/* How many certificates of a file each reader of PEM loads. */
#ifndef MTL_LINT_READERS_H
#define MTL_LINT_READERS_H

#include "lint/lint.h"
#include "store/pem_readers.h"

size_t mtl_reader_loads(const struct mtl_pem_reader *reader, const struct mtl_pem_look *look);
/*
 * "of 3 certificates OpenSSL 3.0 loads 0, Go 1.26 loads 1": those that do not load all are named, and is_harmless is
 * set if there is none. NULL if something is odd in a way that was not recorded. Reads the file again.
 */
const char *mtl_readers_text(const struct mtl_lint *lint, const struct mtl_material *file, bool *is_harmless);

#endif

/* Directories of certificates, plain and hashed. Internal to src/store. */
#ifndef MTL_STORE_DIRECTORY_H
#define MTL_STORE_DIRECTORY_H

#include "store/store.h"

/*
 * A name like 5ed36f99.0 or 5ed36f99.r0 makes the directory hashed, which is what OpenSSL's CApath wants (c_rehash):
 * then only those are read, each hash from suffix 0 up to the first gap, and only PEM. Otherwise every regular file in
 * it is, subdirectories not. False only if the directory itself cannot be read.
 */
bool mtl_directory_read(struct mtl_arena *arena, const char *path, const struct mtl_opening *opening,
                        const struct mtl_material **material, struct mtl_error *error);

#endif

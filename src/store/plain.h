/* A directory while it is read, and the files of a plain one. Internal to src/store. */
#ifndef MTL_STORE_PLAIN_H
#define MTL_STORE_PLAIN_H

#include "store/builder.h"
#include "store/file.h"

struct mtl_reading {
    struct mtl_builder builder;
    const char *path;
    size_t size; /* bytes read so far */
    const char **folders;
    size_t folder_count, folder_capacity;
};

/*
 * The content of one file, under the limit that holds for the directory as for a file, in the arena; is_known: it is
 * known to be a regular file. False with a note.
 */
bool mtl_reading_take(struct mtl_reading *reading, struct mtl_arena *arena, const char *path, bool is_known,
                      struct mtl_file *file);

/* Reads every file, on so many threads at most: what comes of it does not tell how many there were. */
void mtl_reading_plain(struct mtl_reading *reading, const struct mtl_entry *entries, size_t count, unsigned jobs);

#endif

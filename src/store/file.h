/*
 * Regular files and directories, read with limits. Errors name the path as it was given. For src/store, for
 * src/lint to walk directories and to try out fixes, and for src/project.
 */
#ifndef MTL_STORE_FILE_H
#define MTL_STORE_FILE_H

#include "base/base.h"

struct mtl_file {
    uint8_t *bytes; /* in the arena */
    size_t size;
};

/* Is it a directory? False with an error if it is neither that nor a regular file, or cannot be looked at. */
bool mtl_path_look(const char *path, bool *is_directory, struct mtl_error *error);
/* Which file or directory a path names, whatever the path; false: none. */
struct mtl_path_id {
    uint64_t device, number;
};
bool mtl_path_identify(const char *path, struct mtl_path_id *id);
/* Is there anything of that name, even a link that leads nowhere? */
bool mtl_path_exists(const char *path);
/* The directory a path stands in: "a/b" of "a/b/c", "." of "c". */
const char *mtl_path_folder(struct mtl_arena *arena, const char *path);
/* "directory/name"; below "." the name alone, as a person would write it. */
char *mtl_path_join(struct mtl_arena *arena, const char *directory, const char *name);
/* Do the modes of a regular file and of its directory let everybody on the machine read it? */
bool mtl_path_is_open(struct mtl_arena *arena, const char *path);
/* Reads a regular file whole. What is no regular file is refused without being opened; nothing here ever blocks. */
bool mtl_file_read(struct mtl_arena *arena, const char *path, struct mtl_file *file, struct mtl_error *error);
/* The same, refusing what is larger than so many bytes; mtl_file_read() takes MTL_MAX_FILE_SIZE. */
bool mtl_file_read_at_most(struct mtl_arena *arena, const char *path, size_t most, struct mtl_file *file,
                           struct mtl_error *error);
/* The same for what has just been found to be a file: it is not looked at again. */
bool mtl_file_read_known(struct mtl_arena *arena, const char *path, struct mtl_file *file, struct mtl_error *error);
/* Overwrites what was read: private bytes do not outlive their parsing. */
void mtl_file_wipe(struct mtl_file *file);
/* What stands in a directory. */
struct mtl_entry {
    const char *name;
    bool is_file; /* a regular file; false: mtl_path_look() tells */
};
/* In byte order of the names, without "." and "..". */
bool mtl_directory_list(struct mtl_arena *arena, const char *path, const struct mtl_entry **entries, size_t *count,
                        struct mtl_error *error);

#endif

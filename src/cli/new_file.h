/* A file that appears only when it is complete, and never in the place of another by accident. */
#ifndef MTL_CLI_NEW_FILE_H
#define MTL_CLI_NEW_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Is there something of that name, if only a link that leads nowhere? */
bool mtl_file_exists(const char *path);
/* Do both lead to the same file or directory? */
bool mtl_file_is(const char *path, const char *other);
/*
 * Writes a file of that name, mode 0644 less the umask, from a temporary one beside it. What is there already is
 * replaced only if overwrite is set and it is a regular file; a link is replaced, not what it leads to. False after a
 * message; then nothing has changed.
 */
bool mtl_file_write(const char *path, const char *bytes, size_t size, bool overwrite);

#endif

/* New files, written whole or not at all. SPDX-License-Identifier: Apache-2.0 */
#include "cli/new_file.h"
#include "cli/options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
mtl_file_exists(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

bool
mtl_file_is(const char *path, const char *other)
{
    struct stat a, b;

    return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool
cannot(const char *path, const char *why)
{
    mtl_cannot("%s: cannot be written: %s", path, why);
    return false;
}

static bool
write_all(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(descriptor, bytes, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* Under its own name at last. A second name fails where one exists, even if it appeared just now; renaming would not.
 */
static bool
settle(const char *temporary, const char *path, bool overwrite)
{
    struct stat status;

    if (overwrite && stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        errno = EEXIST;
        return false;
    }
    if (overwrite)
        return rename(temporary, path) == 0;
    if (link(temporary, path) == 0)
        return unlink(temporary) == 0;
    /* Some file systems know no second names. */
    if (errno == EEXIST || mtl_file_exists(path))
        return false;
    return rename(temporary, path) == 0;
}

static bool
write_temporary(const char *temporary, const char *bytes, size_t size)
{
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    bool done;
    int why;

    if (descriptor < 0)
        return false;
    done = write_all(descriptor, bytes, size) && fsync(descriptor) == 0;
    why = errno;
    done = close(descriptor) == 0 && done;
    if (!done) {
        unlink(temporary);
        errno = why != 0 ? why : EIO;
    }
    return done;
}

bool
mtl_file_write(const char *path, const char *bytes, size_t size, bool overwrite)
{
    size_t room = strlen(path) + 32;
    char *temporary = malloc(room);
    bool done = false;
    int why;

    if (temporary == NULL)
        return cannot(path, "out of memory");
    snprintf(temporary, room, "%s.%ld.tmp", path, (long)getpid());
    errno = 0;
    done = write_temporary(temporary, bytes, size);
    if (done && !settle(temporary, path, overwrite)) {
        why = errno;
        unlink(temporary);
        errno = why;
        done = false;
    }
    why = errno;
    free(temporary);
    return done || cannot(path, strerror(why));
}

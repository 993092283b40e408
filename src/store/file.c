/* Regular files and directories, read with limits. SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE /* DT_REG */ /* NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#include "store/file.h"

#include "cert/cert.h"
#include "store/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB (1U << 20)

static bool
refuse_errno(const char *path, struct mtl_error *error)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return mtl_error_set(error, path, 0, NULL, "does not exist");
    case EACCES:
    case EPERM:
        return mtl_error_set(error, path, 0, NULL, "cannot be read: permission denied");
    default:
        return mtl_error_set(error, path, 0, NULL, "cannot be read: %s", strerror(errno));
    }
}

static bool
refuse_type(const char *path, mode_t mode, struct mtl_error *error)
{
    const char *what = S_ISFIFO(mode)                   ? "a FIFO"
                       : S_ISSOCK(mode)                 ? "a socket"
                       : S_ISCHR(mode) || S_ISBLK(mode) ? "a device"
                                                        : "a directory";

    return mtl_error_set(error, path, 0, "Only regular files are read: write its content to one.",
                         "is %s where a file is due", what);
}

bool
mtl_path_look(const char *path, bool *is_directory, struct mtl_error *error)
{
    struct stat status;

    if (path[0] == '\0')
        return mtl_error_set(error, path, 0, "Name a file or directory", "an empty text is no path");
    if (stat(path, &status) != 0)
        return refuse_errno(path, error);
    *is_directory = S_ISDIR(status.st_mode);
    return *is_directory || S_ISREG(status.st_mode) || refuse_type(path, status.st_mode, error);
}

bool
mtl_path_identify(const char *path, struct mtl_path_id *id)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return false;
    *id = (struct mtl_path_id){.device = (uint64_t)status.st_dev, .number = (uint64_t)status.st_ino};
    return true;
}

bool
mtl_path_exists(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

const char *
mtl_path_folder(struct mtl_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? "." : mtl_arena_printf(arena, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

bool
mtl_path_is_open(struct mtl_arena *arena, const char *path)
{
    const char *directory = mtl_path_folder(arena, path);
    struct stat status;

    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || (status.st_mode & S_IROTH) == 0)
        return false;
    return stat(directory, &status) == 0 && (status.st_mode & S_IXOTH) != 0;
}

/* Reads what is there, up to what the file's size was. */
static bool
read_all(int descriptor, struct mtl_file *file)
{
    size_t size = 0;

    while (size < file->size) {
        ssize_t count = read(descriptor, file->bytes + size, file->size - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        if (count == 0)
            break;
        size += (size_t)count;
    }
    file->size = size;
    return true;
}

static bool
read_open_file(struct mtl_arena *arena, const char *path, int descriptor, size_t most, struct mtl_file *file,
               struct mtl_error *error)
{
    struct stat status;

    if (fstat(descriptor, &status) != 0)
        return refuse_errno(path, error);
    if (!S_ISREG(status.st_mode))
        return refuse_type(path, status.st_mode, error);
    if (status.st_size > (off_t)most)
        return mtl_error_set(error, path, 0, NULL, "is larger than %zu %s", most >> (most < MIB ? 10 : 20),
                             most < MIB ? "KiB" : "MiB");

    file->size = (size_t)status.st_size;
    file->bytes = mtl_arena_alloc(arena, file->size);
    return read_all(descriptor, file) || refuse_errno(path, error);
}

/* The file may have been replaced since it was looked at: O_NONBLOCK, so that opening a FIFO cannot wait, and fstat().
 */
static bool
open_and_read(struct mtl_arena *arena, const char *path, size_t most, struct mtl_file *file, struct mtl_error *error)
{
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return refuse_errno(path, error);
    bool is_read = read_open_file(arena, path, descriptor, most, file, error);
    close(descriptor);
    return is_read;
}

bool
mtl_file_read_at_most(struct mtl_arena *arena, const char *path, size_t most, struct mtl_file *file,
                      struct mtl_error *error)
{
    bool is_directory = false;

    if (!mtl_path_look(path, &is_directory, error))
        return false;
    return is_directory ? refuse_type(path, S_IFDIR, error) : open_and_read(arena, path, most, file, error);
}

bool
mtl_file_read(struct mtl_arena *arena, const char *path, struct mtl_file *file, struct mtl_error *error)
{
    return mtl_file_read_at_most(arena, path, MTL_MAX_FILE_SIZE, file, error);
}

bool
mtl_file_read_known(struct mtl_arena *arena, const char *path, struct mtl_file *file, struct mtl_error *error)
{
    return open_and_read(arena, path, MTL_MAX_FILE_SIZE, file, error);
}

void
mtl_file_wipe(struct mtl_file *file)
{
    mtl_private_key_wipe(file->bytes, file->size);
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(((const struct mtl_entry *)a)->name, ((const struct mtl_entry *)b)->name);
}

static bool
list_open_directory(struct mtl_arena *arena, const char *path, DIR *directory, struct mtl_entry **entries,
                    size_t *count, struct mtl_error *error)
{
    const struct dirent *entry;
    size_t capacity = 0;

    for (errno = 0; (entry = readdir(directory)) != NULL; errno = 0) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (*count >= MTL_MAX_DIRECTORY_FILES)
            return mtl_error_set(error, path, 0, NULL, "holds more than %u files", MTL_MAX_DIRECTORY_FILES);
        *entries = mtl_arena_grow(arena, *entries, *count, &capacity, sizeof **entries);
        (*entries)[(*count)++] =
            (struct mtl_entry){.name = mtl_arena_strdup(arena, entry->d_name), .is_file = entry->d_type == DT_REG};
    }
    return errno == 0 || refuse_errno(path, error);
}

bool
mtl_directory_list(struct mtl_arena *arena, const char *path, const struct mtl_entry **entries, size_t *count,
                   struct mtl_error *error)
{
    DIR *directory = opendir(path);
    struct mtl_entry *list = NULL;

    *count = 0;
    if (directory == NULL)
        return refuse_errno(path, error);
    bool is_listed = list_open_directory(arena, path, directory, &list, count, error);
    closedir(directory);
    if (is_listed && *count > 1)
        qsort(list, *count, sizeof *list, compare_names);
    *entries = list;
    return is_listed;
}

char *
mtl_path_join(struct mtl_arena *arena, const char *directory, const char *name)
{
    size_t size = strlen(directory);
    const char *slash = size > 0 && directory[size - 1] == '/' ? "" : "/";

    if (strcmp(directory, ".") == 0)
        return mtl_arena_strdup(arena, name);
    return mtl_arena_printf(arena, "%s%s%s", directory, slash, name);
}

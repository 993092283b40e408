/*
 * The files of a plain directory, read on several threads: each takes so many files in a row at a time, and the parts
 * are joined in the order of the files.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "store/plain.h"

#include "base/work.h"
#include "store/material.h"

#include <stdatomic.h>

/* Files taken at a time. */
#define SHARE 64U

static const struct mtl_source whole_file = {.line = 1, .end_line = 1};

bool
mtl_reading_take(struct mtl_reading *reading, struct mtl_arena *arena, const char *path, bool is_known,
                 struct mtl_file *file)
{
    struct mtl_error error;

    if (reading->size > MTL_MAX_FILE_SIZE)
        mtl_error_set(&error, path, 0, NULL, "is left out: the directory holds more than %u MiB",
                      MTL_MAX_FILE_SIZE >> 20);
    else if (is_known ? mtl_file_read_known(arena, path, file, &error) : mtl_file_read(arena, path, file, &error)) {
        reading->size += file->size;
        return true;
    }
    mtl_builder_note(&reading->builder, MTL_NOTE_UNREADABLE, MTL_HARMLESS, whole_file, "%s", error.message);
    return false;
}

/* ---- one file ------------------------------------------------------------------------------------------------- */

static void
add_folder(struct mtl_reading *reading, const char *name)
{
    reading->folders = mtl_arena_grow(reading->builder.arena, (void *)reading->folders, reading->folder_count,
                                      &reading->folder_capacity, sizeof *reading->folders);
    reading->folders[reading->folder_count++] = name;
}

static size_t
count_things(const struct mtl_builder *builder)
{
    return builder->cert_count + builder->key_count + builder->crl_count + builder->note_count;
}

/* scratch: memory for the file's bytes. */
static void
read_one(struct mtl_reading *reading, const struct mtl_entry *entry, struct mtl_arena *scratch)
{
    struct mtl_builder *builder = &reading->builder;
    const char *path = mtl_path_join(builder->arena, reading->path, entry->name);
    struct mtl_arena_mark mark = mtl_arena_mark(scratch);
    size_t before;
    bool is_directory = false;
    struct mtl_file file;

    mtl_builder_enter(builder, path);
    bool is_known = entry->is_file || mtl_path_look(path, &is_directory, NULL);
    if (is_directory)
        add_folder(reading, entry->name);
    if (is_directory || !mtl_reading_take(reading, scratch, path, is_known, &file))
        return;

    before = count_things(builder);
    builder->is_lent = true;
    mtl_material_read_file(builder, &file);
    mtl_arena_rewind(scratch, mark);
    if (count_things(builder) == before)
        mtl_builder_note(builder, MTL_NOTE_IGNORED, MTL_HARMLESS, whole_file, "holds no certificate, key or CRL");
}

static void
read_in_turn(struct mtl_reading *reading, const struct mtl_entry *entries, size_t count)
{
    struct mtl_arena *scratch = mtl_arena_new();

    for (size_t i = 0; i < count; i++)
        read_one(reading, &entries[i], scratch);
    mtl_arena_free(scratch);
}

/* ---- all of them ---------------------------------------------------------------------------------------------- */

struct part {
    struct mtl_reading reading;
    bool is_cut; /* not read to its end, because the directory holds too much */
};
struct sharing {
    const struct mtl_reading *whole; /* what the parts are of; its path and passwords are theirs */
    const struct mtl_entry *entries;
    struct part *parts;                     /* one for each SHARE */
    struct mtl_arena *arenas[MTL_MAX_JOBS]; /* of each worker */
    struct mtl_arena *scratch[MTL_MAX_JOBS];
    atomic_size_t size; /* bytes that all have read */
};

static void
take(void *context, unsigned worker, size_t from, size_t to)
{
    struct sharing *sharing = context;
    struct part *part = &sharing->parts[from / SHARE];
    struct mtl_reading *reading = &part->reading;

    reading->builder.arena = sharing->arenas[worker];
    reading->builder.passwords = sharing->whole->builder.passwords;
    reading->path = sharing->whole->path;
    for (size_t i = from; i < to && !part->is_cut; i++) {
        size_t before = reading->size;

        read_one(reading, &sharing->entries[i], sharing->scratch[worker]);
        part->is_cut = atomic_fetch_add(&sharing->size, reading->size - before) > MTL_MAX_FILE_SIZE;
    }
}

/* False where a limit of the directory is met: what would be left out depends on all that comes before. */
static bool
join(struct mtl_reading *reading, const struct part *part)
{
    if (part->is_cut || reading->size + part->reading.size > MTL_MAX_FILE_SIZE ||
        !mtl_builder_join(&reading->builder, &part->reading.builder))
        return false;
    reading->size += part->reading.size;
    for (size_t i = 0; i < part->reading.folder_count; i++)
        add_folder(reading, part->reading.folders[i]);
    return true;
}

static void
read_shared(struct mtl_reading *reading, const struct mtl_work *work, unsigned crew)
{
    struct sharing *sharing = work->context;
    struct mtl_arena *arena = reading->builder.arena;

    for (unsigned i = 0; i < crew; i++) {
        sharing->arenas[i] = mtl_arena_new();
        sharing->scratch[i] = mtl_arena_new();
    }
    mtl_work_run(work, crew);
    for (unsigned i = 0; i < crew; i++) {
        mtl_arena_adopt(arena, sharing->arenas[i]);
        mtl_arena_free(sharing->scratch[i]);
    }
    for (size_t from = 0; from < work->count; from += SHARE) {
        size_t count = work->count - from < SHARE ? work->count - from : SHARE;

        if (!join(reading, &sharing->parts[from / SHARE]))
            read_in_turn(reading, sharing->entries + from, count);
    }
}

void
mtl_reading_plain(struct mtl_reading *reading, const struct mtl_entry *entries, size_t count, unsigned jobs)
{
    struct sharing sharing = {.whole = reading, .entries = entries};
    const struct mtl_work work = {.count = count, .share = SHARE, .take = take, .context = &sharing};
    unsigned crew = mtl_work_crew(&work, jobs);

    if (crew == 1) {
        read_in_turn(reading, entries, count);
        return;
    }
    sharing.parts = mtl_arena_array(reading->builder.arena, count / SHARE + 1, sizeof *sharing.parts);
    read_shared(reading, &work, crew);
}

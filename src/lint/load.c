/*
 * From paths to files: reads each path, splits directories into their files, tells what each is used for.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

struct file_list {
    struct mtl_arena *arena;
    struct mtl_input *files;
    size_t count, capacity;
};

/* ---- use ------------------------------------------------------------------------------------------------------ */

/*
 * A bundle holds an end-entity certificate, but not more roots than anything else: a trust store with one stray leaf
 * stays a trust store. A certificate that signed itself is an end entity only when it stands alone.
 */
enum mtl_use
mtl_use_tell(const struct mtl_material *material)
{
    size_t self_signed = 0;
    size_t end_entities = 0;

    for (size_t i = 0; i < material->cert_count; i++) {
        const struct mtl_cert *cert = material->certs[i].cert;

        self_signed += mtl_cert_is_self_signed(cert);
        end_entities += !mtl_rule_is_authority(cert);
    }
    if (material->cert_count == 0 && material->key_count > 0)
        return MTL_USE_KEY;
    if (material->cert_count == 0)
        return material->crl_count > 0 ? MTL_USE_CRL : MTL_USE_NOTHING;
    if (material->is_hashed || material->certs[0].entry == MTL_ENTRY_TRUSTED)
        return MTL_USE_STORE;
    if (material->certs[0].entry == MTL_ENTRY_KEY)
        return MTL_USE_BUNDLE;
    if (end_entities > 0 && (material->cert_count == 1 || self_signed * 2 <= material->cert_count))
        return MTL_USE_BUNDLE;
    return self_signed > 0 ? MTL_USE_STORE : MTL_USE_ISSUERS;
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

static void
add_file(struct file_list *list, const struct mtl_material *material, bool is_found)
{
    list->files = mtl_arena_grow(list->arena, list->files, list->count, &list->capacity, sizeof(*list->files));
    list->files[list->count++] =
        (struct mtl_input){.material = material, .use = mtl_use_tell(material), .is_found = is_found};
}

/* How far each list of a directory's material has been handed out. */
struct cursor {
    size_t cert, key, crl, note, remark;
};

static const char *
earlier(const char *path, const char *other)
{
    return path == NULL || strcmp(other, path) < 0 ? other : path;
}

static const char *
next_path(const struct mtl_material *all, const struct cursor *at)
{
    const char *path = NULL;

    if (at->cert < all->cert_count)
        path = earlier(path, all->certs[at->cert].source.path);
    if (at->key < all->key_count)
        path = earlier(path, all->keys[at->key].source.path);
    if (at->crl < all->crl_count)
        path = earlier(path, all->crls[at->crl].source.path);
    if (at->note < all->note_count)
        path = earlier(path, all->notes[at->note].source.path);
    if (at->remark < all->remark_count)
        path = earlier(path, all->remarks[at->remark].source.path);
    return path;
}

static const struct mtl_material *
take_file(struct mtl_arena *arena, const struct mtl_material *all, struct cursor *at, const char *path)
{
    struct mtl_material *file = mtl_arena_alloc(arena, sizeof(*file));
    struct cursor from = *at;

    while (at->cert < all->cert_count && strcmp(all->certs[at->cert].source.path, path) == 0)
        at->cert++;
    while (at->key < all->key_count && strcmp(all->keys[at->key].source.path, path) == 0)
        at->key++;
    while (at->crl < all->crl_count && strcmp(all->crls[at->crl].source.path, path) == 0)
        at->crl++;
    while (at->note < all->note_count && strcmp(all->notes[at->note].source.path, path) == 0)
        at->note++;
    while (at->remark < all->remark_count && strcmp(all->remarks[at->remark].source.path, path) == 0)
        at->remark++;
    *file = (struct mtl_material){
        .path = path,
        .certs = all->certs + from.cert,
        .cert_count = at->cert - from.cert,
        .keys = all->keys + from.key,
        .key_count = at->key - from.key,
        .crls = all->crls + from.crl,
        .crl_count = at->crl - from.crl,
        .notes = all->notes + from.note,
        .note_count = at->note - from.note,
        .remarks = all->remarks + from.remark,
        .remark_count = at->remark - from.remark,
    };
    return file;
}

/* A plain directory is so many files; a hashed one is a trust store as a whole. */
static void
add_material(struct file_list *list, const struct mtl_material *material, const struct mtl_ignored *ignored)
{
    struct cursor at = {0};
    const char *path;

    if (!material->is_directory || material->is_hashed) {
        add_file(list, material, false);
        return;
    }
    while ((path = next_path(material, &at)) != NULL) {
        const struct mtl_material *file = take_file(list->arena, material, &at, path);
        const char *slash = strrchr(path, '/');

        if (!mtl_is_ignored(ignored, slash == NULL ? path : slash + 1, false))
            add_file(list, file, true);
    }
}

/* A directory that cannot be read, as what a reader would have noted. */
static const struct mtl_material *
unreadable(struct mtl_arena *arena, const char *path, const struct mtl_error *error)
{
    struct mtl_material *material = mtl_arena_alloc(arena, sizeof(*material));
    struct mtl_note *note = mtl_arena_alloc(arena, sizeof(*note));

    *note = (struct mtl_note){
        .kind = MTL_NOTE_UNREADABLE,
        .source = {.path = path, .label = ""},
        .message = mtl_arena_strdup(arena, error->message),
    };
    *material = (struct mtl_material){.path = path, .notes = note, .note_count = 1};
    return material;
}

static const struct mtl_material *
load_directory(struct mtl_arena *arena, const struct mtl_opening *opening, const char *path)
{
    const struct mtl_material *material;
    struct mtl_error error;

    if (!mtl_material_open(arena, path, MTL_EXPECT_ANYTHING, opening, &material, &error))
        return unreadable(arena, path, &error);
    return material;
}

/* Everything below a plain directory. A queue: how deep it goes is not ours to say. */
static void
add_below(struct file_list *list, const struct mtl_opening *opening, const struct mtl_material *directory,
          const struct mtl_ignored *ignored)
{
    struct mtl_directories queue = {0};

    mtl_directories_below(list->arena, directory, ignored, &queue);
    for (size_t next = 0; next < queue.count; next++) {
        struct mtl_directory below = queue.items[next];
        const struct mtl_material *material = load_directory(list->arena, opening, below.path);

        add_material(list, material, below.ignored);
        mtl_directories_below(list->arena, material, below.ignored, &queue);
    }
}

static int
by_path(const void *left, const void *right)
{
    const struct mtl_input *a = left;
    const struct mtl_input *b = right;

    return strcmp(a->material->path, b->material->path);
}

/* Sorted; a file that was reached on two ways is kept once, and was named if one of them says so. */
static void
sort_files(struct file_list *list)
{
    size_t kept = 0;

    if (list->files == NULL)
        return;
    qsort(list->files, list->count, sizeof(*list->files), by_path);
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || by_path(&list->files[kept - 1], &list->files[i]) != 0)
            list->files[kept++] = list->files[i];
        else
            list->files[kept - 1].is_found &= list->files[i].is_found;
    }
    list->count = kept;
}

void
mtl_lint_hold(struct mtl_lint *lint, const struct mtl_input *files, size_t file_count)
{
    struct mtl_loaded_cert *all;
    size_t count = 0;

    for (size_t i = 0; i < file_count; i++)
        /* Without files the count is 0. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        count += files[i].material->cert_count;
    all = mtl_arena_array(lint->arena, count, sizeof(*all));
    count = 0;
    for (size_t i = 0; i < file_count; i++) {
        const struct mtl_material *material = files[i].material;

        if (material->cert_count > 0)
            memcpy(&all[count], material->certs, material->cert_count * sizeof(*all));
        count += material->cert_count;
    }
    lint->files = files;
    lint->file_count = file_count;
    lint->everything = mtl_pool_new(lint->arena, all, count, true);
    lint->copies = mtl_pool_new(lint->arena, all, count, false);
    lint->serials = mtl_serials_new(lint->arena, lint->everything);
    lint->issued = mtl_issued_new(lint);
    for (size_t i = 0; i < file_count && !lint->has_usable_root; i++)
        lint->has_usable_root = mtl_rule_has_usable_anchor(lint, files[i].material);
}

static const struct mtl_input *
mark_trust(struct file_list *list, const char *path)
{
    for (size_t i = 0; path != NULL && i < list->count; i++) {
        if (strcmp(list->files[i].material->path, path) != 0)
            continue;
        list->files[i].use = MTL_USE_STORE;
        list->files[i].is_declared = true;
        return &list->files[i];
    }
    return NULL;
}

bool
mtl_lint_load(struct mtl_arena *arena, const struct mtl_lint_request *request, struct mtl_lint *lint,
              const struct mtl_input **trust, struct mtl_error *error)
{
    const struct mtl_opening opening = {.passwords = request->passwords, .jobs = request->jobs};
    struct file_list list = {.arena = arena};
    const struct mtl_material *material;

    for (size_t i = 0; i < request->path_count; i++) {
        const struct mtl_ignored *ignored = NULL;

        if (!mtl_material_open(arena, request->paths[i], MTL_EXPECT_ANYTHING, &opening, &material, error))
            return false;
        if (material->is_directory && !material->is_hashed)
            ignored = mtl_ignored_at(arena, request->paths[i]);
        add_material(&list, material, ignored);
        add_below(&list, &opening, material, ignored);
    }
    if (request->trust != NULL) {
        /* Empty is allowed here: a rule reports it. A directory stays whole. */
        if (!mtl_material_open(arena, request->trust, MTL_EXPECT_ANYTHING, &opening, &material, error))
            return false;
        add_file(&list, material, false);
    }
    sort_files(&list);
    list.count = mtl_lint_leave_out(arena, request, list.files, list.count);
    mtl_declared_apply(arena, request, list.files, list.count);
    *trust = mark_trust(&list, request->trust);
    lint->arena = arena;
    mtl_lint_hold(lint, list.files, list.count);
    return true;
}

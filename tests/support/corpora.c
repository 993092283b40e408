/* SPDX-License-Identifier: Apache-2.0 */
/* Collects certificates: PEM and DER files by name, and every string of a JSON corpus that holds one. */
#include "support/corpora.h"

#include <dirent.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct loader {
    struct mtl_arena *arena;
    struct corpus corpus;
    const char *where;
    bool is_fixture;
    uint64_t *seen; /* hashes in an open table, 0 is free */
    size_t seen_size;
};

/* Issuing certificates are repeated in nearly every case of a corpus. */
static bool
is_new(struct loader *loader, struct mtl_slice der)
{
    uint64_t hash = mtl_slice_hash(der) | 1;
    size_t at = hash % loader->seen_size;

    while (loader->seen[at] != 0 && loader->seen[at] != hash)
        at = (at + 1) % loader->seen_size;
    if (loader->seen[at] == hash)
        return false;
    loader->seen[at] = hash;
    return true;
}

static void
add(struct loader *loader, struct mtl_slice der)
{
    struct corpus *corpus = &loader->corpus;

    if (corpus->count >= loader->seen_size / 2 || !is_new(loader, der))
        return;
    corpus->certs =
        mtl_arena_grow(loader->arena, corpus->certs, corpus->count, &corpus->capacity, sizeof(*corpus->certs));
    corpus->certs[corpus->count++] = (struct corpus_cert){
        .der = mtl_arena_copy(loader->arena, der), .where = loader->where, .is_fixture = loader->is_fixture};
}

static void
add_pem(struct loader *loader, const char *text, size_t size)
{
    BIO *bio = BIO_new_mem_buf(text, (int)size);
    char *name, *header;
    uint8_t *data;
    long length;

    while (PEM_read_bio(bio, &name, &header, &data, &length)) {
        if (strcmp(name, PEM_STRING_X509) == 0)
            add(loader, mtl_slice_of(data, (size_t)length));
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
    }
    BIO_free(bio);
}

/* BetterTLS: the base64 of the DER without any frame. */
static void
add_base64(struct loader *loader, const char *text, size_t size)
{
    uint8_t *data = mtl_arena_alloc(loader->arena, size + 4);
    int length = EVP_DecodeBlock(data, (const uint8_t *)text, (int)size);

    if (length <= 0)
        return;
    while (size > 0 && text[--size] == '=')
        length--;
    add(loader, mtl_slice_of(data, (size_t)length));
}

static void
add_json(struct loader *loader, const json_t *value)
{
    if (json_is_object(value)) {
        json_t *object = (json_t *)(uintptr_t)value;
        for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at))
            add_json(loader, json_object_iter_value(at));
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            add_json(loader, json_array_get(value, i));
    } else if (json_is_string(value)) {
        const char *text = json_string_value(value);
        size_t size = json_string_length(value);
        if (strstr(text, "-----BEGIN CERTIFICATE-----"))
            add_pem(loader, text, size);
        else if (size > 200 && size % 4 == 0 && strncmp(text, "MII", 3) == 0)
            add_base64(loader, text, size);
    }
}

static void
add_corpus(struct loader *loader, const char *name)
{
    const char *folder = getenv("MTL_CORPORA");
    char *path = mtl_arena_printf(loader->arena, "%s/%s", folder ? folder : MTL_SOURCE_DIR "/../shared/corpora", name);
    json_t *root = json_load_file(path, 0, NULL);

    loader->where = name;
    loader->is_fixture = false;
    if (root)
        add_json(loader, root);
    else
        printf("skipped: %s is absent\n", path);
    json_decref(root);
}

static void
add_file(struct loader *loader, const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = mtl_arena_alloc(loader->arena, size + 1);
    size_t length = file ? fread(bytes, 1, size, file) : 0;

    if (file)
        fclose(file);
    loader->where = path;
    if (length > 0 && bytes[0] == 0x30)
        add(loader, mtl_slice_of(bytes, length));
    else
        add_pem(loader, (const char *)bytes, length);
}

static bool
is_certificate_file(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && (strcmp(dot, ".pem") == 0 || strcmp(dot, ".der") == 0 || strcmp(dot, ".crt") == 0);
}

static int
is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void
add_folder(struct loader *loader, const char *folder, int depth)
{
    struct dirent **entries;
    struct stat status;
    int count = scandir(folder, &entries, is_visible, alphasort);

    for (int i = 0; i < count; i++) {
        const char *path = mtl_arena_printf(loader->arena, "%s/%s", folder, entries[i]->d_name);
        bool exists = lstat(path, &status) == 0;
        if (exists && S_ISDIR(status.st_mode) && depth < 8)
            add_folder(loader, path, depth + 1);
        else if (exists && S_ISREG(status.st_mode) && is_certificate_file(entries[i]->d_name))
            add_file(loader, path, (size_t)status.st_size);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

struct corpus
corpus_load(struct mtl_arena *arena)
{
    struct loader loader = {.arena = arena, .is_fixture = true, .seen_size = 65536};

    loader.seen = mtl_arena_array(arena, loader.seen_size, sizeof(*loader.seen));
    add_folder(&loader, MTL_SOURCE_DIR "/fixtures", 0);
    add_folder(&loader, MTL_SOURCE_DIR "/examples", 0);
    add_corpus(&loader, "limbo.json");
    add_corpus(&loader, "bettertls.json");
    return loader.corpus;
}

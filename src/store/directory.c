/* Directories of certificates, plain and hashed. SPDX-License-Identifier: Apache-2.0 */
#include "store/directory.h"

#include "store/file.h"
#include "store/material.h"
#include "store/plain.h"

#include <stdlib.h>
#include <string.h>

#define HASH_DIGITS 8
#define SUFFIX_DIGITS 9

static const struct mtl_source whole_file = {.line = 1, .end_line = 1};

/* ---- hashed --------------------------------------------------------------------------------------------------- */

/* "5ed36f99.0" or "5ed36f99.r0" */
struct hashed_name {
    const char *name;
    uint32_t hash;
    bool is_crl;
    uint32_t suffix;
};

/* A suffix as printf("%d") writes it. */
static bool
parse_suffix(const char *text, uint32_t *suffix)
{
    size_t digits = strspn(text, "0123456789");

    if (digits == 0 || digits > SUFFIX_DIGITS || text[digits] != '\0' || (text[0] == '0' && digits > 1))
        return false;
    *suffix = (uint32_t)strtoul(text, NULL, 10);
    return true;
}

/* As by_dir.c writes it: "%08lx.%s%d". */
static bool
parse_hashed_name(const char *name, struct hashed_name *hashed)
{
    if (strspn(name, "0123456789abcdef") != HASH_DIGITS || name[HASH_DIGITS] != '.')
        return false;

    const char *rest = name + HASH_DIGITS + 1;
    hashed->name = name;
    hashed->hash = (uint32_t)strtoul(name, NULL, 16);
    hashed->is_crl = *rest == 'r';
    return parse_suffix(rest + (hashed->is_crl ? 1 : 0), &hashed->suffix);
}

static int
compare_hashed(const void *left, const void *right)
{
    const struct hashed_name *a = left, *b = right;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    if (a->is_crl != b->is_crl)
        return a->is_crl ? 1 : -1;
    return a->suffix < b->suffix ? -1 : a->suffix > b->suffix;
}

/* X509_load_cert_file() keeps what it read before it met what it refuses, and reads nothing but PEM. */
static bool
is_read_by_openssl(const struct mtl_note *refusal, const struct mtl_source *source)
{
    return mtl_source_is_pem(source) && (refusal == NULL || source->line < refusal->source.line);
}

static bool
has_hash(struct mtl_slice name, uint32_t expected)
{
    uint32_t hash;

    return mtl_name_openssl_hash(name, &hash) && hash == expected;
}

static void
note_bad_name(struct mtl_builder *builder, struct mtl_source where, const char *what)
{
    mtl_builder_note(builder, MTL_NOTE_BAD_HASH_NAME, MTL_HARMLESS, where,
                     "%s, so OpenSSL does not find it; run: openssl rehash", what);
}

static void
keep_cert(struct mtl_builder *builder, const struct mtl_builder *file, const struct mtl_loaded_cert *loaded,
          const struct hashed_name *name)
{
    if (!is_read_by_openssl(file->chain_refusal, &loaded->source))
        note_bad_name(builder, loaded->source, "a certificate that is not read here as PEM");
    else if (!has_hash(mtl_cert_bytes(loaded->cert, loaded->cert->subject), name->hash))
        note_bad_name(builder, loaded->source, "the file's name is not the hash of the certificate's subject");
    else
        mtl_builder_cert(builder, loaded->cert, loaded->source, loaded->aux);
}

static void
keep_crl(struct mtl_builder *builder, const struct mtl_builder *file, const struct mtl_loaded_crl *loaded,
         const struct hashed_name *name)
{
    if (!is_read_by_openssl(file->refusal, &loaded->source))
        note_bad_name(builder, loaded->source, "a CRL that is not read here as PEM");
    else if (!has_hash(mtl_crl_bytes(loaded->crl, loaded->crl->issuer), name->hash))
        note_bad_name(builder, loaded->source, "the file's name is not the hash of the CRL's issuer");
    else
        mtl_builder_crl(builder, loaded->crl, loaded->source);
}

static void
read_hashed(struct mtl_reading *reading, const struct hashed_name *name)
{
    struct mtl_builder *builder = &reading->builder;
    const char *path = mtl_path_join(builder->arena, reading->path, name->name);
    struct mtl_builder found = {.arena = builder->arena, .path = path};
    struct mtl_file file;

    mtl_builder_enter(builder, path);
    if (!mtl_reading_take(reading, builder->arena, path, false, &file))
        return;
    mtl_builder_remarks(builder, mtl_slice_of(file.bytes, file.size));
    mtl_material_read_file(&found, &file);
    for (size_t i = 0; i < found.note_count; i++)
        mtl_builder_note(builder, found.notes[i].kind, found.notes[i].fatal ? MTL_REFUSED : MTL_HARMLESS,
                         found.notes[i].source, "%s", found.notes[i].message);
    for (size_t i = 0; i < found.cert_count && !name->is_crl; i++)
        keep_cert(builder, &found, &found.certs[i], name);
    for (size_t i = 0; i < found.crl_count && name->is_crl; i++)
        keep_crl(builder, &found, &found.crls[i], name);
}

/* by_dir.c counts up from 0 and stops at the first name that does not exist. */
static void
read_all_hashed(struct mtl_reading *reading, const struct hashed_name *names, size_t count)
{
    uint32_t due = 0;

    for (size_t i = 0; i < count; i++) {
        bool starts = i == 0 || names[i].hash != names[i - 1].hash || names[i].is_crl != names[i - 1].is_crl;

        due = starts ? 0 : due;
        if (names[i].suffix == due) {
            read_hashed(reading, &names[i]);
            due++;
        } else {
            mtl_builder_enter(&reading->builder, mtl_path_join(reading->builder.arena, reading->path, names[i].name));
            note_bad_name(&reading->builder, whole_file, "a lower number is missing");
        }
    }
}

/* ---- both ----------------------------------------------------------------------------------------------------- */

bool
mtl_directory_read(struct mtl_arena *arena, const char *path, const struct mtl_opening *opening,
                   const struct mtl_material **material, struct mtl_error *error)
{
    struct mtl_reading reading = {.builder = {.arena = arena, .passwords = opening->passwords}, .path = path};
    const struct mtl_entry *entries;
    size_t count, hashed_count = 0;

    if (!mtl_directory_list(arena, path, &entries, &count, error))
        return false;

    struct hashed_name *hashed = mtl_arena_array(arena, count, sizeof *hashed);
    for (size_t i = 0; i < count; i++)
        hashed_count += parse_hashed_name(entries[i].name, &hashed[hashed_count]) ? 1 : 0;
    if (hashed_count > 0) {
        qsort(hashed, hashed_count, sizeof *hashed, compare_hashed);
        read_all_hashed(&reading, hashed, hashed_count);
    } else {
        mtl_reading_plain(&reading, entries, count, opening->jobs);
    }

    struct mtl_material *result = mtl_arena_alloc(arena, sizeof *result);
    *result = *mtl_builder_finish(&reading.builder);
    result->path = path;
    result->is_directory = true;
    result->is_hashed = hashed_count > 0;
    result->folders = reading.folders;
    result->folder_count = reading.folder_count;
    result->refusal = result->chain_refusal = NULL;
    *material = result;
    return true;
}

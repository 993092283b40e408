/* Paths into material, with the errors that the caller's purpose calls for. SPDX-License-Identifier: Apache-2.0 */
#include "store/directory.h"
#include "store/file.h"
#include "store/material.h"

#include <string.h>

/* What is due, by enum mtl_expectation. */
static const char *const due[] = {
    [MTL_EXPECT_CHAIN] = "a certificate",
    [MTL_EXPECT_TRUST] = "a trusted certificate",
    [MTL_EXPECT_KEY] = "a private key",
    [MTL_EXPECT_CRL] = "a CRL",
    [MTL_EXPECT_SOMETHING] = "a certificate, private key or CRL",
    [MTL_EXPECT_ANYTHING] = "anything",
};

static size_t
count_due(const struct mtl_material *material, enum mtl_expectation expectation)
{
    switch (expectation) {
    case MTL_EXPECT_CHAIN:
    case MTL_EXPECT_TRUST:
        return material->cert_count;
    case MTL_EXPECT_KEY:
        return material->key_count;
    case MTL_EXPECT_CRL:
        return material->crl_count;
    case MTL_EXPECT_SOMETHING:
        if (!material->is_directory)
            return material->cert_count + material->key_count + material->crl_count;
        break;
    case MTL_EXPECT_ANYTHING:
        break;
    }
    return 1;
}

/* What it held cannot be used. */
static bool
is_broken(const struct mtl_note *note)
{
    return note->kind == MTL_NOTE_UNDECODABLE || note->kind == MTL_NOTE_TRUNCATED || note->kind == MTL_NOTE_LOCKED ||
           note->kind == MTL_NOTE_LEGACY;
}

/* The note that says best why nothing was found: what is broken before what is foreign; NULL if none does. */
static const struct mtl_note *
telling_note(const struct mtl_material *material)
{
    const struct mtl_note *found = NULL;

    for (size_t i = 0; i < material->note_count; i++) {
        const struct mtl_note *note = &material->notes[i];

        if (is_broken(note))
            return note;
        if (found == NULL && note->kind != MTL_NOTE_ENCRYPTED_KEY)
            found = note;
    }
    return found;
}

/* "holds a private key where a certificate is due" */
static bool
refuse_other(const struct mtl_source *source, const char *what, enum mtl_expectation expectation,
             struct mtl_error *error)
{
    return mtl_error_set(error, source->path, source->line, NULL, "holds %s where %s is due", what, due[expectation]);
}

static bool
refuse_note(const struct mtl_note *note, enum mtl_expectation expectation, struct mtl_error *error)
{
    const struct mtl_source *at = &note->source;
    bool is_sentence = strncmp(note->message, "is ", 3) == 0 || strncmp(note->message, "begins ", 7) == 0;

    if (is_sentence)
        return mtl_error_set(error, at->path, at->line, NULL, "%s", note->message);
    return mtl_error_set(error, at->path, at->line, NULL, "holds no usable %s: %s", strchr(due[expectation], ' ') + 1,
                         note->message);
}

static bool
refuse_empty(const struct mtl_material *material, enum mtl_expectation expectation, struct mtl_error *error)
{
    const struct mtl_note *note = telling_note(material);

    if (note != NULL && is_broken(note))
        return refuse_note(note, expectation, error);
    if (material->key_count > 0)
        return refuse_other(&material->keys[0].source, "a private key", expectation, error);
    if (material->cert_count > 0)
        return refuse_other(&material->certs[0].source, "a certificate", expectation, error);
    if (material->crl_count > 0)
        return refuse_other(&material->crls[0].source, "a CRL", expectation, error);
    if (note != NULL && !material->is_directory)
        return refuse_note(note, expectation, error);
    return mtl_error_set(error, material->path, 0, NULL, "holds no %s", strchr(due[expectation], ' ') + 1);
}

static bool
judge(const struct mtl_material *material, enum mtl_expectation expectation, struct mtl_error *error)
{
    size_t count = count_due(material, expectation);

    if (count == 0)
        return refuse_empty(material, expectation, error);
    if (expectation == MTL_EXPECT_KEY && count > 1)
        return mtl_error_set(error, material->path, material->keys[1].source.line, "Name a file with one key.",
                             "holds %zu private keys where one is due", count);
    return true;
}

static bool
load_file(struct mtl_arena *arena, const char *path, enum mtl_expectation expectation,
          const struct mtl_passwords *passwords, const struct mtl_material **material, struct mtl_error *error)
{
    struct mtl_builder builder = {.arena = arena, .path = path, .passwords = passwords};
    struct mtl_file file;

    if (!mtl_file_read(arena, path, &file, error))
        return false;
    if (file.size == 0 && expectation != MTL_EXPECT_ANYTHING)
        return mtl_error_set(error, path, 0, NULL, "is empty");
    mtl_material_read_file(&builder, &file);
    *material = mtl_builder_finish(&builder);
    return judge(*material, expectation, error);
}

bool
mtl_material_load(struct mtl_arena *arena, const char *path, enum mtl_expectation expectation,
                  const struct mtl_material **material, struct mtl_error *error)
{
    return mtl_material_open(arena, path, expectation, &(struct mtl_opening){0}, material, error);
}

bool
mtl_material_open(struct mtl_arena *arena, const char *path, enum mtl_expectation expectation,
                  const struct mtl_opening *opening, const struct mtl_material **material, struct mtl_error *error)
{
    bool is_directory;

    path = mtl_arena_strdup(arena, path);
    if (!mtl_path_look(path, &is_directory, error))
        return false;
    if (!is_directory)
        return load_file(arena, path, expectation, opening->passwords, material, error);
    if (expectation < MTL_EXPECT_SOMETHING && expectation != MTL_EXPECT_TRUST)
        return mtl_error_set(error, path, 0, NULL, "is a directory where a file with %s is due", due[expectation]);
    return mtl_directory_read(arena, path, opening, material, error) && judge(*material, expectation, error);
}

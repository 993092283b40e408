/*
 * Files of any kind: PEM that we load without objection, libcrypto loads with as many certificates.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "store/pem_flaws.h"
#include "store/store.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static void
check_source(const struct mtl_source *source, size_t lines)
{
    check(source->line >= 1 && source->line <= source->end_line && source->end_line <= lines, "lines out of range");
}

static void
check_places(const struct mtl_material *material, struct mtl_slice bytes)
{
    size_t lines = 1;

    for (size_t i = 0; i < bytes.size; i++)
        lines += bytes.data[i] == '\n';
    for (size_t i = 0; i < material->cert_count; i++) {
        check_source(&material->certs[i].source, lines);
        check(material->certs[i].source.ordinal == i + 1, "certificates are not numbered in order");
    }
    for (size_t i = 0; i < material->note_count; i++)
        check_source(&material->notes[i].source, lines);
}

static bool
is_pem_label(const char *label)
{
    return strcmp(label, "PKCS7") != 0 && strcmp(label, "PKCS #7 SIGNED DATA") != 0 && strcmp(label, "CMS") != 0;
}

/* Keys are left out: libcrypto refuses some for reasons that are none of a linter's. */
static void
check_with_libcrypto(const struct mtl_material *material, struct mtl_slice bytes)
{
    size_t ours = 0, theirs = 0;
    FILE *file = fmemopen((void *)(uintptr_t)bytes.data, bytes.size, "rb");
    BIO *bio = BIO_new_fp(file, BIO_CLOSE);
    STACK_OF(X509_INFO) *infos = PEM_X509_INFO_read_bio(bio, NULL, NULL, (void *)(uintptr_t) "");

    BIO_free(bio);
    ERR_clear_error();
    check(infos != NULL, "libcrypto refuses what we do not object to");
    for (int i = 0; i < sk_X509_INFO_num(infos); i++)
        theirs += sk_X509_INFO_value(infos, i)->x509 != NULL;
    for (size_t i = 0; i < material->cert_count; i++)
        ours += is_pem_label(material->certs[i].source.label);
    /* Those that it decodes and we do not. */
    for (size_t i = 0; i < material->note_count; i++)
        ours += material->notes[i].kind == MTL_NOTE_NOT_DER && is_pem_label(material->notes[i].source.label);
    check(ours == theirs, "libcrypto finds another number of certificates");
    sk_X509_INFO_pop_free(infos, X509_INFO_free);
}

/* DER and key stores fill their file: what looks like PEM in one that does not decode is not looked for. */
static bool
fills_file(const char *label)
{
    return label != NULL && (strcmp(label, "DER") == 0 || strcmp(label, "PKCS12") == 0 || strcmp(label, "JKS") == 0);
}

static bool
is_binary(const struct mtl_material *material)
{
    for (size_t i = 0; i < material->note_count; i++) {
        if (fills_file(material->notes[i].source.label))
            return true;
    }
    return material->cert_count > 0 && fills_file(material->certs[0].source.label);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_slice bytes = mtl_slice_of(data, size);
    const struct mtl_material *material = mtl_material_parse(arena, "input", bytes);
    struct mtl_pem_look look;

    check_places(material, bytes);
    if (mtl_pem_look_at(arena, bytes, material, &look))
        check(look.count <= MTL_MAX_PEM_BLOCKS, "more blocks than there is room for");
    if (size > 0 && material->refusal == NULL && material->key_count == 0 && !is_binary(material) &&
        material->note_count < MTL_MAX_NOTES)
        check_with_libcrypto(material, bytes);
    mtl_arena_free(arena);
    return 0;
}

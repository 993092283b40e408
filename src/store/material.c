/* Bytes of any format into material. SPDX-License-Identifier: Apache-2.0 */
#include "store/material.h"

#include "cert/der.h"
#include "store/content.h"
#include "store/pem.h"

#include <stdio.h>
#include <string.h>

#define COMMAND_SIZE 320
#define PATH_SHOWN 128

static const char certificate[] = "a certificate";

/* fault says why our reader refuses it; whoever reads it all the same is not refused the file. */
static void
note_fault(struct mtl_builder *builder, struct mtl_slice der, struct mtl_source where, const char *what,
           unsigned refused, const char *fault)
{
    if (what == certificate && der.size <= MTL_MAX_CERT_SIZE && mtl_cert_is_read_leniently(der))
        mtl_builder_note(builder, MTL_NOTE_NOT_DER, MTL_HARMLESS, where,
                         "a certificate that only lenient readers decode: %s", fault);
    else
        mtl_builder_note(builder, MTL_NOTE_UNDECODABLE, refused, where, "%s that does not decode: %s", what, fault);
}

/* The first object in der; what follows it is noted. False when not even its length can be read. */
static bool
take_object(struct mtl_builder *builder, struct mtl_slice der, struct mtl_source where, const char *what,
            unsigned refused, struct mtl_slice *object)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der reader = mtl_der_reader(der, &notes);
    struct mtl_der_item item;

    if (!mtl_der_next(&reader, &item)) {
        note_fault(builder, der, where, what, refused, notes.fault);
        return false;
    }
    if (item.whole.size < der.size)
        mtl_builder_note(builder, MTL_NOTE_TRAILING, MTL_HARMLESS, where, "%zu bytes follow %s",
                         der.size - item.whole.size, what);
    *object = item.whole;
    return true;
}

void
mtl_material_cert(struct mtl_builder *builder, struct mtl_slice der, struct mtl_source where, unsigned refused)
{
    const struct mtl_cert *cert;
    struct mtl_error error;
    struct mtl_slice object;

    if (!take_object(builder, der, where, certificate, refused, &object))
        return;
    if (mtl_cert_parse(builder->arena, object, &cert, &error))
        mtl_builder_cert(builder, cert, where, (struct mtl_aux_trust){0});
    else
        note_fault(builder, object, where, certificate, refused, error.message);
}

void
mtl_material_crl(struct mtl_builder *builder, struct mtl_slice der, struct mtl_source where, unsigned refused)
{
    const struct mtl_crl *crl;
    struct mtl_error error;
    struct mtl_slice object;

    if (!take_object(builder, der, where, "a CRL", refused, &object))
        return;
    if (mtl_crl_parse(builder->arena, object, &crl, &error))
        mtl_builder_crl(builder, crl, where);
    else
        note_fault(builder, object, where, "a CRL", refused, error.message);
}

void
mtl_material_key(struct mtl_builder *builder, struct mtl_slice der, struct mtl_source where, unsigned refused)
{
    const struct mtl_private_key *key;
    struct mtl_error error;
    struct mtl_slice object;

    if (!take_object(builder, der, where, "a private key", refused, &object))
        return;
    if (!mtl_private_key_parse(builder->arena, object, &key, &error)) {
        note_fault(builder, object, where, "a private key", refused, error.message);
        return;
    }
    mtl_builder_key(builder, key, where);
    if (key->encrypted)
        mtl_builder_note(builder, MTL_NOTE_ENCRYPTED_KEY, MTL_HARMLESS, where,
                         "the private key is encrypted, so it is not matched with a certificate");
}

static void
note_foreign(struct mtl_builder *builder, struct mtl_source where, const struct mtl_content *content)
{
    const char *path = mtl_text_safe(builder->arena, mtl_slice_text(builder->path), PATH_SHOWN);
    char command[COMMAND_SIZE] = "";

    if (content->convert != NULL)
        snprintf(command, sizeof command, content->convert, path);
    mtl_builder_note(builder, MTL_NOTE_UNSUPPORTED, MTL_HARMLESS, where, "is %s, which is not read%s%s", content->what,
                     content->convert != NULL ? " yet; convert it with: " : "", command);
}

static void
read_der(struct mtl_builder *builder, struct mtl_slice bytes, const struct mtl_content *content)
{
    struct mtl_source where = {.line = 1, .end_line = 1, .label = "DER"};

    switch (content->kind) {
    case MTL_CONTENT_CERT:
        mtl_material_cert(builder, bytes, where, MTL_HARMLESS);
        break;
    case MTL_CONTENT_CRL:
        mtl_material_crl(builder, bytes, where, MTL_HARMLESS);
        break;
    case MTL_CONTENT_KEY:
        mtl_material_key(builder, bytes, where, MTL_HARMLESS);
        break;
    case MTL_CONTENT_PKCS7:
        where.label = "PKCS7";
        mtl_material_pkcs7(builder, bytes, where);
        break;
    case MTL_CONTENT_PKCS12:
    case MTL_CONTENT_JKS:
        mtl_material_key_store(builder, bytes, where, content->kind == MTL_CONTENT_PKCS12);
        break;
    case MTL_CONTENT_FOREIGN:
        note_foreign(builder, where, content);
        break;
    case MTL_CONTENT_BROKEN:
        mtl_builder_note(builder, MTL_NOTE_UNDECODABLE, MTL_HARMLESS, where, "begins like DER and is not: %s",
                         content->what);
        break;
    case MTL_CONTENT_UNKNOWN:
        mtl_builder_note(builder, MTL_NOTE_IGNORED, MTL_HARMLESS, where, "is neither PEM nor DER of a known kind");
        break;
    }
}

/* Certificates and CRLs go on pointing into their bytes: those of lent ones are copied. */
static void
read_binary(struct mtl_builder *builder, struct mtl_slice bytes, const struct mtl_content *content)
{
    uint8_t *copy;

    if (!builder->is_lent || content->kind >= MTL_CONTENT_FOREIGN) {
        read_der(builder, bytes, content);
        return;
    }
    copy = mtl_arena_alloc(builder->arena, bytes.size);
    memcpy(copy, bytes.data, bytes.size);
    bytes = mtl_slice_of(copy, bytes.size);
    read_der(builder, bytes, content);
    if (!mtl_builder_borrows(builder, bytes))
        mtl_private_key_wipe(copy, bytes.size);
}

static bool
is_blank(struct mtl_slice bytes)
{
    size_t size = 0;

    while (size < bytes.size && bytes.data[size] != '\0' && strchr(" \t\r\n", bytes.data[size]) != NULL)
        size++;
    return size == bytes.size;
}

void
mtl_material_read(struct mtl_builder *builder, struct mtl_slice bytes)
{
    if (is_blank(bytes)) {
        mtl_builder_note(builder, MTL_NOTE_EMPTY, MTL_HARMLESS, (struct mtl_source){.line = 1, .end_line = 1},
                         "is empty");
        return;
    }
    builder->open_end = bytes.data[bytes.size - 1] != '\n';

    struct mtl_content content = mtl_content_of(bytes);
    bool fills_file = content.kind < MTL_CONTENT_FOREIGN && content.size == bytes.size;
    size_t begin = fills_file ? 0 : mtl_pem_find(bytes, "-----BEGIN ");
    /* Programs and archives hold the words, too: what git and grep take for binary is no PEM. */
    bool is_text = !fills_file && memchr(bytes.data, '\0', begin) == NULL;
    if (is_text)
        mtl_builder_remarks(builder, bytes);
    if (is_text && begin < bytes.size)
        mtl_material_pem(builder, bytes);
    else
        read_binary(builder, bytes, &content);
}

void
mtl_material_read_file(struct mtl_builder *builder, struct mtl_file *file)
{
    struct mtl_slice bytes = mtl_slice_of(file->bytes, file->size);

    mtl_material_read(builder, bytes);
    if (!mtl_builder_borrows(builder, bytes))
        mtl_file_wipe(file);
}

const struct mtl_material *
mtl_material_parse(struct mtl_arena *arena, const char *path, struct mtl_slice bytes)
{
    struct mtl_builder builder = {.arena = arena, .path = path};

    mtl_material_read(&builder, bytes);
    return mtl_builder_finish(&builder);
}

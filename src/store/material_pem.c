/* The blocks of a PEM file into material. SPDX-License-Identifier: Apache-2.0 */
#include "cert/der.h"
#include "store/aux_trust.h"
#include "store/labels.h"
#include "store/material.h"
#include "store/pem.h"

#include <string.h>

#define LABEL_SHOWN 64

static const char proc_type[] = "Proc-Type: 4,ENCRYPTED";

/* PEM_get_EVP_CIPHER_INFO(): a header is either that of encryption or refused. The cipher's name is not looked up. */
static bool
is_encrypted(const struct mtl_pem_block *block)
{
    return mtl_pem_find(block->header, proc_type) == 0 &&
           mtl_pem_find(block->header, "\nDEK-Info: ") < block->header.size;
}

/* PEM_X509_INFO_read_bio() tries to decode any block whose label speaks of a private key. */
static unsigned
refused_as_key(const struct mtl_pem_block *block)
{
    return mtl_pem_find(block->label, "PRIVATE KEY") < block->label.size ? MTL_REFUSED_AS_TRUST : MTL_HARMLESS;
}

/*
 * SSL_CTX_use_certificate_chain_file() reads the first certificate with d2i_X509_AUX(), whatever its label says: what
 * follows it must be trust settings. TRUSTED CERTIFICATE among the others is passed over.
 */
static bool
is_first_cert(const struct mtl_builder *builder)
{
    return builder->cert_count == builder->first_cert;
}

static struct mtl_slice
first_object(struct mtl_slice body)
{
    struct mtl_der reader = mtl_der_reader(body, &(struct mtl_der_notes){.relaxed = true});
    struct mtl_der_item item;

    return mtl_der_next(&reader, &item) ? item.whole : body;
}

static void
read_cert(struct mtl_builder *builder, const struct mtl_pem_block *block, struct mtl_source where)
{
    struct mtl_slice cert = first_object(block->body);
    struct mtl_slice rest = mtl_slice_of(cert.data + cert.size, block->body.size - cert.size);
    struct mtl_aux_trust aux;

    if (rest.size > 0)
        mtl_builder_note(builder, MTL_NOTE_TRAILING,
                         is_first_cert(builder) && !mtl_aux_trust_parse(rest, &aux) ? MTL_REFUSED_AS_CHAIN
                                                                                    : MTL_HARMLESS,
                         where, "%zu bytes follow a certificate", rest.size);
    mtl_material_cert(builder, cert, where, MTL_REFUSED);
}

static void
read_trusted_cert(struct mtl_builder *builder, const struct mtl_pem_block *block, struct mtl_source where)
{
    struct mtl_slice cert = first_object(block->body);
    struct mtl_slice rest = mtl_slice_of(cert.data + cert.size, block->body.size - cert.size);
    struct mtl_aux_trust aux = {0};
    unsigned refused = is_first_cert(builder) ? MTL_REFUSED : MTL_REFUSED_AS_TRUST;
    size_t before = builder->cert_count;

    if (rest.size > 0 && !mtl_aux_trust_parse(rest, &aux)) {
        mtl_builder_note(builder, MTL_NOTE_UNDECODABLE, refused, where, "trust settings that do not decode");
        return;
    }
    mtl_material_cert(builder, cert, where, refused);
    if (builder->cert_count > before)
        builder->certs[before].aux = aux;
}

static const char *
encrypted_format(const struct mtl_label *label)
{
    return strncmp(label->text, "RSA", 3) == 0   ? "encrypted PKCS#1"
           : strncmp(label->text, "EC ", 3) == 0 ? "encrypted SEC1"
                                                 : "encrypted";
}

/* Keys encrypted as RFC 1421 has it: nothing but the label is known. */
static void
read_encrypted_key(struct mtl_builder *builder, const struct mtl_label *label, struct mtl_source where)
{
    struct mtl_private_key *key = mtl_arena_alloc(builder->arena, sizeof *key);

    key->encrypted = true;
    key->format = encrypted_format(label);
    mtl_builder_key(builder, key, where);
    mtl_builder_note(builder, MTL_NOTE_ENCRYPTED_KEY, MTL_HARMLESS, where,
                     "the private key is encrypted, so it is not matched with a certificate");
}

static void
note_header(struct mtl_builder *builder, const struct mtl_label *label, struct mtl_source where)
{
    bool is_cert = label->kind == MTL_LABEL_CERT || label->kind == MTL_LABEL_TRUSTED_CERT;

    mtl_builder_note(builder, MTL_NOTE_DIRTY, is_cert ? MTL_REFUSED : MTL_REFUSED_AS_TRUST, where,
                     "a header that does not belong before this base64");
}

static void
read_key(struct mtl_builder *builder, const struct mtl_pem_block *block, const struct mtl_label *label,
         struct mtl_source where)
{
    bool is_left_alone = strcmp(label->text, "ENCRYPTED PRIVATE KEY") == 0;

    if (is_encrypted(block))
        read_encrypted_key(builder, label, where);
    else
        mtl_material_key(builder, block->body, where, is_left_alone ? MTL_HARMLESS : MTL_REFUSED_AS_TRUST);
}

static void
read_known(struct mtl_builder *builder, const struct mtl_pem_block *block, const struct mtl_label *label,
           struct mtl_source where)
{
    if (label->kind <= MTL_LABEL_KEY && block->header.size > 0 &&
        (label->kind != MTL_LABEL_KEY || !is_encrypted(block)))
        note_header(builder, label, where);

    switch (label->kind) {
    case MTL_LABEL_CERT:
        read_cert(builder, block, where);
        break;
    case MTL_LABEL_TRUSTED_CERT:
        read_trusted_cert(builder, block, where);
        break;
    case MTL_LABEL_CRL:
        mtl_material_crl(builder, block->body, where, MTL_REFUSED_AS_TRUST);
        break;
    case MTL_LABEL_KEY:
        read_key(builder, block, label, where);
        break;
    case MTL_LABEL_PKCS7:
        mtl_material_pkcs7(builder, block->body, where);
        break;
    case MTL_LABEL_QUIET:
        break;
    case MTL_LABEL_UNSUPPORTED:
        mtl_builder_note(builder, MTL_NOTE_UNSUPPORTED, refused_as_key(block), where, "%s, which is not read",
                         label->what);
        break;
    }
}

static void
note_unknown(struct mtl_builder *builder, const struct mtl_pem_block *block, struct mtl_source where)
{
    bool has_room = builder->note_count < MTL_MAX_NOTES;

    where.label = has_room ? mtl_text_safe(builder->arena, block->label, LABEL_SHOWN) : "unknown";
    mtl_builder_note(builder, MTL_NOTE_UNSUPPORTED, refused_as_key(block), where, "a block of an unknown kind");
}

/* Of certificates and CRLs the bytes stay where they are; of others nothing is kept, and they may be secret. */
static bool
is_kept(const struct mtl_label *label)
{
    return label != NULL && (label->kind <= MTL_LABEL_CRL || label->kind == MTL_LABEL_PKCS7);
}

void
mtl_material_pem(struct mtl_builder *builder, struct mtl_slice bytes)
{
    struct mtl_pem pem = mtl_pem_open(builder, bytes);
    struct mtl_pem_block block;

    while (mtl_pem_next(&pem, &block)) {
        const struct mtl_label *label = mtl_label_find(block.label);
        struct mtl_source where = {.line = block.line, .end_line = block.end_line};

        if (label != NULL) {
            where.label = label->text;
            read_known(builder, &block, label, where);
        } else {
            note_unknown(builder, &block, where);
        }
        if (!is_kept(label))
            mtl_private_key_wipe(block.storage, block.body.size);
    }
}

/* PKCS#12 and JKS into material, and what programs take from it. SPDX-License-Identifier: Apache-2.0 */
#include "cert/key_store.h"
#include "store/material.h"

#include <string.h>

#define PATH_SHOWN 128

/* Those that are not PEM; "CMS" is the label of a block, and what is in it still no block of its own. */
static const char *const not_pem[] = {"DER", "PKCS7", "CMS", "PKCS12", "JKS"};

bool
mtl_source_is_pem(const struct mtl_source *source)
{
    for (size_t i = 0; i < sizeof(not_pem) / sizeof(not_pem[0]); i++)
        if (strcmp(source->label, not_pem[i]) == 0)
            return false;
    return true;
}

bool
mtl_source_is_key_store(const struct mtl_source *source)
{
    return strcmp(source->label, "PKCS12") == 0 || strcmp(source->label, "JKS") == 0;
}

bool
mtl_material_is_key_store(const struct mtl_material *material)
{
    if (material == NULL || material->is_directory)
        return false;
    return (material->cert_count > 0 && mtl_source_is_key_store(&material->certs[0].source)) ||
           (material->key_count > 0 && mtl_source_is_key_store(&material->keys[0].source));
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static void
note_fault(struct mtl_builder *builder, struct mtl_source where, const struct mtl_key_store *store, const char *what)
{
    const char *path = mtl_text_safe(builder->arena, mtl_slice_text(builder->path), PATH_SHOWN);

    switch (store->fault) {
    case MTL_STORE_OPENED:
        break;
    case MTL_STORE_LOCKED:
        mtl_builder_note(builder, MTL_NOTE_LOCKED, MTL_HARMLESS, where,
                         "is %s that does not open: %s; write its password into a file, and name that with "
                         "--store-password-file",
                         what, store->why);
        break;
    case MTL_STORE_LEGACY:
        mtl_builder_note(builder, MTL_NOTE_LEGACY, MTL_HARMLESS, where,
                         "is %s encrypted with %s, which OpenSSL 3 does not do by default, so it was not opened; "
                         "convert it with: openssl pkcs12 -legacy -in %s -nodes -out new.pem",
                         what, store->why, path);
        break;
    case MTL_STORE_UNSUPPORTED:
        mtl_builder_note(builder, MTL_NOTE_UNSUPPORTED, MTL_HARMLESS, where, "is %s that is not read: %s", what,
                         store->why);
        break;
    case MTL_STORE_BROKEN:
        mtl_builder_note(builder, MTL_NOTE_UNDECODABLE, MTL_HARMLESS, where, "is %s that does not decode: %s", what,
                         store->why);
        break;
    }
}

static void
add_cert(struct mtl_builder *builder, const struct mtl_store_cert *cert, struct mtl_source where)
{
    const struct mtl_cert *parsed;

    if (mtl_cert_parse(builder->arena, cert->der, &parsed, NULL))
        mtl_builder_entry(builder, parsed, where, (enum mtl_store_entry)cert->entry);
    else
        mtl_material_cert(builder, cert->der, where, MTL_HARMLESS); /* says why it does not */
}

void
mtl_material_key_store(struct mtl_builder *builder, struct mtl_slice bytes, struct mtl_source where, bool is_pkcs12)
{
    struct mtl_key_store store;

    where.label = is_pkcs12 ? "PKCS12" : "JKS";
    if (is_pkcs12)
        mtl_pkcs12_read(builder->arena, bytes, builder->passwords, &store);
    else
        mtl_jks_read(builder->arena, bytes, &store);
    note_fault(builder, where, &store, is_pkcs12 ? "a PKCS#12 file" : "a Java key store");
    if (store.cut != NULL)
        mtl_builder_note(builder, MTL_NOTE_UNSUPPORTED, MTL_HARMLESS, where, "is a Java key store: %s", store.cut);
    for (size_t i = 0; i < store.cert_count; i++)
        add_cert(builder, &store.certs[i], where);
    for (size_t i = 0; i < store.key_count; i++)
        mtl_builder_locked_key(builder, store.keys[i].key, where, store.keys[i].is_locked);
    if (store.fault == MTL_STORE_OPENED && store.cut == NULL && store.cert_count + store.key_count == 0)
        mtl_builder_note(builder, MTL_NOTE_IGNORED, MTL_HARMLESS, where, "is %s without certificates and keys",
                         is_pkcs12 ? "a PKCS#12 file" : "a Java key store");
}

/* ---- using ------------------------------------------------------------------------------------------------------ */

const struct mtl_material *
mtl_material_presented(struct mtl_arena *arena, const struct mtl_material *material)
{
    struct mtl_material *view;
    size_t count = 1;

    if (!mtl_material_is_key_store(material) || material->cert_count == 0 || material->certs[0].entry != MTL_ENTRY_KEY)
        return material;
    while (count < material->cert_count && material->certs[count].entry == MTL_ENTRY_CHAIN)
        count++;
    if (count == material->cert_count)
        return material;
    view = mtl_arena_alloc(arena, sizeof(*view));
    *view = *material;
    view->cert_count = count;
    return view;
}

/* Collects what a file or directory holds. SPDX-License-Identifier: Apache-2.0 */
#include "store/builder.h"

#include <stdio.h>
#include <string.h>

#define MESSAGE_SIZE 512

void
mtl_builder_enter(struct mtl_builder *builder, const char *path)
{
    builder->path = path;
    builder->first_cert = builder->cert_count;
    builder->first_key = builder->key_count;
    builder->first_crl = builder->crl_count;
    builder->open_end = false;
}

static struct mtl_source
place(const struct mtl_builder *builder, struct mtl_source where, size_t ordinal)
{
    where.path = builder->path;
    where.open_end = builder->open_end;
    if (where.ordinal == 0)
        where.ordinal = (unsigned)ordinal;
    return where;
}

/* Is there room for one more object? Says once when there is not. */
static bool
has_room(struct mtl_builder *builder, struct mtl_source where)
{
    if (builder->is_full)
        return false;
    if (builder->cert_count + builder->key_count + builder->crl_count < MTL_MAX_FILE_CERTS)
        return true;

    builder->is_full = true;
    mtl_builder_note(builder, MTL_NOTE_UNSUPPORTED, MTL_HARMLESS, where,
                     "more than %u objects: from here on nothing is read", MTL_MAX_FILE_CERTS);
    return false;
}

static void
add_cert(struct mtl_builder *builder, const struct mtl_cert *cert, struct mtl_source where, struct mtl_aux_trust aux,
         enum mtl_store_entry entry)
{
    if (!has_room(builder, where))
        return;

    builder->certs = mtl_arena_grow(builder->arena, builder->certs, builder->cert_count, &builder->cert_capacity,
                                    sizeof *builder->certs);
    where = place(builder, where, builder->cert_count - builder->first_cert + 1);
    builder->certs[builder->cert_count++] =
        (struct mtl_loaded_cert){.cert = cert, .source = where, .aux = aux, .entry = (uint8_t)entry};
}

void
mtl_builder_cert(struct mtl_builder *builder, const struct mtl_cert *cert, struct mtl_source where,
                 struct mtl_aux_trust aux)
{
    add_cert(builder, cert, where, aux, MTL_ENTRY_NONE);
}

void
mtl_builder_entry(struct mtl_builder *builder, const struct mtl_cert *cert, struct mtl_source where,
                  enum mtl_store_entry entry)
{
    add_cert(builder, cert, where, (struct mtl_aux_trust){0}, entry);
}

void
mtl_builder_key(struct mtl_builder *builder, const struct mtl_private_key *key, struct mtl_source where)
{
    mtl_builder_locked_key(builder, key, where, false);
}

void
mtl_builder_locked_key(struct mtl_builder *builder, const struct mtl_private_key *key, struct mtl_source where,
                       bool is_locked)
{
    if (!has_room(builder, where))
        return;

    builder->keys = mtl_arena_grow(builder->arena, builder->keys, builder->key_count, &builder->key_capacity,
                                   sizeof *builder->keys);
    where = place(builder, where, builder->key_count - builder->first_key + 1);
    builder->keys[builder->key_count++] = (struct mtl_loaded_key){.key = key, .source = where, .is_locked = is_locked};
}

void
mtl_builder_crl(struct mtl_builder *builder, const struct mtl_crl *crl, struct mtl_source where)
{
    if (!has_room(builder, where))
        return;

    builder->crls = mtl_arena_grow(builder->arena, builder->crls, builder->crl_count, &builder->crl_capacity,
                                   sizeof *builder->crls);
    where = place(builder, where, builder->crl_count - builder->first_crl + 1);
    builder->crls[builder->crl_count++] = (struct mtl_loaded_crl){.crl = crl, .source = where};
}

/* Where it is the last one, it says so. */
static void
keep_note(struct mtl_builder *builder, struct mtl_note note)
{
    if (builder->note_count + 1 >= MTL_MAX_NOTES)
        note.message = mtl_arena_printf(builder->arena, "%s; further notes are left out", note.message);
    builder->notes = mtl_arena_grow(builder->arena, builder->notes, builder->note_count, &builder->note_capacity,
                                    sizeof *builder->notes);
    builder->notes[builder->note_count++] = note;
}

/* The first note that refuses is kept apart, because the list moves when it grows. */
static void
keep_refusal(struct mtl_builder *builder, const struct mtl_note *note, const struct mtl_note **refusal)
{
    struct mtl_note *copy;

    if (*refusal != NULL)
        return;
    copy = mtl_arena_alloc(builder->arena, sizeof *copy);
    *copy = *note;
    *refusal = copy;
}

static bool
is_news(const struct mtl_builder *builder, unsigned refused)
{
    return ((refused & MTL_REFUSED_AS_TRUST) != 0 && builder->refusal == NULL) ||
           ((refused & MTL_REFUSED_AS_CHAIN) != 0 && builder->chain_refusal == NULL);
}

void
mtl_builder_note(struct mtl_builder *builder, enum mtl_note_kind kind, unsigned refused, struct mtl_source where,
                 const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;

    if (builder->note_count >= MTL_MAX_NOTES && !is_news(builder, refused))
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    struct mtl_note note = {
        .kind = kind,
        .source = place(builder, where, 0),
        .message = mtl_arena_strdup(builder->arena, message),
        .fatal = (refused & MTL_REFUSED_AS_TRUST) != 0,
    };
    if ((refused & MTL_REFUSED_AS_TRUST) != 0)
        keep_refusal(builder, &note, &builder->refusal);
    if ((refused & MTL_REFUSED_AS_CHAIN) != 0)
        keep_refusal(builder, &note, &builder->chain_refusal);
    keep_note(builder, note);
}

static bool
is_within(struct mtl_slice part, struct mtl_slice whole)
{
    uintptr_t start = (uintptr_t)whole.data, at = (uintptr_t)part.data;

    return at >= start && at - start < whole.size;
}

bool
mtl_builder_borrows(const struct mtl_builder *builder, struct mtl_slice bytes)
{
    bool borrows = false;

    for (size_t i = builder->first_cert; i < builder->cert_count && !borrows; i++)
        borrows = is_within(builder->certs[i].cert->der, bytes);
    for (size_t i = builder->first_crl; i < builder->crl_count && !borrows; i++)
        borrows = is_within(builder->crls[i].crl->der, bytes);
    return borrows;
}

void
mtl_builder_remarks(struct mtl_builder *builder, struct mtl_slice bytes)
{
    size_t count;
    const struct mtl_remark *found = mtl_remarks_find(builder->arena, builder->path, bytes, &count);

    for (size_t i = 0; i < count; i++) {
        builder->remarks = mtl_arena_grow(builder->arena, builder->remarks, builder->remark_count,
                                          &builder->remark_capacity, sizeof *builder->remarks);
        builder->remarks[builder->remark_count++] = found[i];
    }
}

static size_t
count_objects(const struct mtl_builder *builder)
{
    return builder->cert_count + builder->key_count + builder->crl_count;
}

static bool
fits(const struct mtl_builder *builder, const struct mtl_builder *part)
{
    bool is_news = (part->refusal != NULL && builder->refusal == NULL) ||
                   (part->chain_refusal != NULL && builder->chain_refusal == NULL);

    if (builder->is_full || part->is_full || count_objects(builder) + count_objects(part) > MTL_MAX_FILE_CERTS)
        return false;
    return part->note_count < MTL_MAX_NOTES && (!is_news || builder->note_count + part->note_count < MTL_MAX_NOTES);
}

/* Both lists have items of that size. Returns the first one, longer. */
static void *
append(struct mtl_arena *arena, void *items, size_t *count, size_t *capacity, size_t size, const void *others,
       size_t other_count)
{
    size_t due = *count + other_count;

    if (other_count == 0)
        return items;
    if (due > *capacity) {
        void *larger;

        *capacity = due > 2 * *capacity ? due : 2 * *capacity;
        larger = mtl_arena_array(arena, *capacity, size);
        if (*count > 0)
            memcpy(larger, items, *count * size);
        items = larger;
    }
    memcpy((unsigned char *)items + *count * size, others, other_count * size);
    *count = due;
    return items;
}

bool
mtl_builder_join(struct mtl_builder *builder, const struct mtl_builder *part)
{
    struct mtl_arena *arena = builder->arena;

    if (!fits(builder, part))
        return false;
    builder->certs = append(arena, builder->certs, &builder->cert_count, &builder->cert_capacity,
                            sizeof *builder->certs, part->certs, part->cert_count);
    builder->keys = append(arena, builder->keys, &builder->key_count, &builder->key_capacity, sizeof *builder->keys,
                           part->keys, part->key_count);
    builder->crls = append(arena, builder->crls, &builder->crl_count, &builder->crl_capacity, sizeof *builder->crls,
                           part->crls, part->crl_count);
    builder->remarks = append(arena, builder->remarks, &builder->remark_count, &builder->remark_capacity,
                              sizeof *builder->remarks, part->remarks, part->remark_count);
    for (size_t i = 0; i < part->note_count && builder->note_count < MTL_MAX_NOTES; i++)
        keep_note(builder, part->notes[i]);
    if (builder->refusal == NULL)
        builder->refusal = part->refusal;
    if (builder->chain_refusal == NULL)
        builder->chain_refusal = part->chain_refusal;
    return true;
}

const struct mtl_material *
mtl_builder_finish(const struct mtl_builder *builder)
{
    struct mtl_material *material = mtl_arena_alloc(builder->arena, sizeof *material);

    *material = (struct mtl_material){
        .path = builder->path,
        .certs = builder->certs,
        .cert_count = builder->cert_count,
        .keys = builder->keys,
        .key_count = builder->key_count,
        .crls = builder->crls,
        .crl_count = builder->crl_count,
        .notes = builder->notes,
        .note_count = builder->note_count,
        .remarks = builder->remarks,
        .remark_count = builder->remark_count,
        .refusal = builder->refusal,
        .chain_refusal = builder->chain_refusal,
    };
    return material;
}

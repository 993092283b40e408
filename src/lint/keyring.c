/*
 * Which private key belongs to which bundle. Keys are compared by their public half only.
 *
 * A key in the same file, or in a file beside it with the same stem (orders.crt and orders.key, fullchain.pem and
 * privkey.pem), is meant for the bundle, so that a mismatch is a defect. A key anywhere else only helps to tell the
 * leaf.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

/* Keys that are tried on one bundle; honest files hold one or two. */
#define MAX_KEYS_TRIED 16U

struct named_key {
    const char *stem;
    const struct mtl_loaded_key *key;
};

struct mtl_keyring {
    struct named_key *by_stem;
    struct named_key *by_public_key;
    size_t count;
};

/* ---- stems ---------------------------------------------------------------------------------------------------- */

static const char *const endings[] = {
    ".pem",   ".crt",       ".cer",    ".cert",   ".key",  ".der",       ".p7b",       ".p7c",
    ".chain", ".fullchain", ".bundle", "-key",    "_key",  "-cert",      "_cert",      "-crt",
    "-chain", "_chain",     "-bundle", "_bundle", "-full", "-fullchain", "_fullchain", "-combined",
};
/* Names that say only what the file is, so that the directory is what the pair shares. */
static const char *const bare_names[] = {"key", "privkey", "private", "cert", "fullchain", "chain", "bundle"};

static bool
cut_ending(const char *name, size_t *size)
{
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t ending = strlen(endings[i]);

        if (*size <= ending || memcmp(name + *size - ending, endings[i], ending) != 0)
            continue;
        *size -= ending;
        return true;
    }
    return false;
}

/* "certs/orders-key.pem" and "certs/orders.crt" both have the stem "certs/orders". */
static size_t
stem_size(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t size = strlen(name);

    while (cut_ending(name, &size))
        continue;
    for (size_t i = 0; i < sizeof(bare_names) / sizeof(bare_names[0]); i++)
        if (strlen(bare_names[i]) == size && memcmp(name, bare_names[i], size) == 0)
            size = 0;
    return (size_t)(name - path) + size;
}

static const char *
stem_of(struct mtl_arena *arena, const char *path)
{
    return mtl_arena_printf(arena, "%.*s", (int)stem_size(path), path);
}

bool
mtl_rule_have_one_stem(const char *path, const char *other)
{
    size_t size = stem_size(path);

    return size == stem_size(other) && strncmp(path, other, size) == 0;
}

/* ---- the ring ------------------------------------------------------------------------------------------------- */

static int
by_stem(const void *left, const void *right)
{
    return strcmp(((const struct named_key *)left)->stem, ((const struct named_key *)right)->stem);
}

static int
by_public_key(const void *left, const void *right)
{
    const struct named_key *a = left;
    const struct named_key *b = right;

    return mtl_slice_compare(a->key->key->spki, b->key->key->spki);
}

const struct mtl_keyring *
mtl_keyring_new(const struct mtl_lint *lint)
{
    struct mtl_keyring *ring = mtl_arena_alloc(lint->arena, sizeof(*ring));
    size_t capacity = 0;

    for (size_t i = 0; i < lint->file_count; i++) {
        const struct mtl_material *material = lint->files[i].material;

        for (size_t k = 0; k < material->key_count; k++) {
            if (material->keys[k].key->spki.size == 0)
                continue;
            ring->by_stem = mtl_arena_grow(lint->arena, ring->by_stem, ring->count, &capacity, sizeof(*ring->by_stem));
            ring->by_stem[ring->count++] =
                (struct named_key){stem_of(lint->arena, material->keys[k].source.path), &material->keys[k]};
        }
    }
    if (ring->count == 0)
        return ring;
    ring->by_public_key = mtl_arena_array(lint->arena, ring->count, sizeof(*ring->by_public_key));
    memcpy(ring->by_public_key, ring->by_stem, ring->count * sizeof(*ring->by_stem));
    qsort(ring->by_stem, ring->count, sizeof(*ring->by_stem), by_stem);
    qsort(ring->by_public_key, ring->count, sizeof(*ring->by_public_key), by_public_key);
    return ring;
}

/* ---- pairing -------------------------------------------------------------------------------------------------- */

/* An end entity; or whatever a key store holds as the certificate of a key. */
static bool
may_be_leaf(const struct mtl_loaded_cert *cert)
{
    return cert->entry == MTL_ENTRY_KEY || !mtl_rule_is_authority(cert->cert);
}

bool
mtl_key_find_leaf(const struct mtl_material *bundle, const struct mtl_loaded_key *key, size_t *index)
{
    for (size_t i = 0; i < bundle->cert_count; i++) {
        const struct mtl_cert *cert = bundle->certs[i].cert;

        if (may_be_leaf(&bundle->certs[i]) && cert->key.type == key->key->key.type &&
            mtl_private_key_matches(key->key, cert)) {
            *index = i;
            return true;
        }
    }
    return false;
}

/* Takes the key if none was taken yet, or if it fits and the one taken did not. */
static void
offer(struct mtl_subject *subject, const struct mtl_loaded_key *key)
{
    size_t index;

    if (subject->key_fits || key->key->spki.size == 0)
        return;
    if (mtl_key_find_leaf(subject->material, key, &index)) {
        subject->leaf = index;
        subject->key_fits = true;
        subject->key = key;
    } else if (subject->key == NULL) {
        subject->key = key;
    }
}

static void
offer_beside(const struct mtl_lint *lint, const struct mtl_keyring *ring, struct mtl_subject *subject)
{
    const char *stem = stem_of(lint->arena, subject->material->path);
    size_t low = 0;
    size_t high = ring->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(ring->by_stem[middle].stem, stem) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = 0; i < MAX_KEYS_TRIED && low + i < ring->count; i++) {
        if (strcmp(ring->by_stem[low + i].stem, stem) != 0)
            return;
        offer(subject, ring->by_stem[low + i].key);
    }
}

static int
compare_spki(const void *cert, const void *entry)
{
    const struct mtl_cert *wanted = cert;

    return mtl_slice_compare(mtl_cert_bytes(wanted, wanted->spki), ((const struct named_key *)entry)->key->key->spki);
}

static void
find_by_public_key(const struct mtl_keyring *ring, struct mtl_subject *subject)
{
    const struct named_key *found = NULL;

    if (ring->count > 0)
        found =
            bsearch(mtl_subject_leaf(subject)->cert, ring->by_public_key, ring->count, sizeof(*found), compare_spki);
    if (found == NULL)
        return;
    subject->key = found->key;
    subject->key_fits = true;
}

void
mtl_keyring_pair(const struct mtl_lint *lint, const struct mtl_keyring *ring, struct mtl_subject *subject)
{
    const struct mtl_material *bundle = subject->material;

    subject->leaf = 0;
    while (subject->leaf < bundle->cert_count && !may_be_leaf(&bundle->certs[subject->leaf]))
        subject->leaf++;
    if (subject->leaf == bundle->cert_count)
        subject->leaf = 0;
    for (size_t i = 0; i < bundle->key_count && i < MAX_KEYS_TRIED; i++)
        offer(subject, &bundle->keys[i]);
    if (ring == NULL)
        return;
    if (bundle->key_count == 0)
        offer_beside(lint, ring, subject);
    if (subject->key == NULL)
        find_by_public_key(ring, subject);
}

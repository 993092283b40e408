/*
 * Certificates that lie in directories one by one: sorted into chains, and roots among roots.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CHAIN 32U
/* Certificates of one issuer's name that are looked at. */
#define MAX_ISSUED 64U

static bool
is_alone(const struct mtl_input *file)
{
    const struct mtl_material *material = file->material;

    return file->is_found && material->cert_count == 1 && material->key_count + material->crl_count == 0;
}

/* ---- what was issued by whom ------------------------------------------------------------------------------------ */

struct entry {
    uint64_t issuer_hash;
    const struct mtl_cert *cert;
};

struct mtl_issued {
    struct entry *entries; /* by hash */
    size_t count;
};

static int
compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    if (a->issuer_hash != b->issuer_hash)
        return a->issuer_hash < b->issuer_hash ? -1 : 1;
    return 0;
}

/* Somebody will ask for it: an intermediate, or an expired root. */
static bool
is_asked_for(const struct mtl_lint *lint, const struct mtl_input *file)
{
    if (!file->is_found)
        return false;
    return file->use == MTL_USE_ISSUERS ||
           (file->use == MTL_USE_STORE && is_alone(file) && mtl_rule_has_expired(lint, file->material->certs[0].cert));
}

const struct mtl_issued *
mtl_issued_new(const struct mtl_lint *lint)
{
    struct mtl_issued *issued = mtl_arena_alloc(lint->arena, sizeof(*issued));
    bool is_needed = false;

    for (size_t i = 0; i < lint->file_count && !is_needed; i++)
        is_needed = is_asked_for(lint, &lint->files[i]);
    if (!is_needed)
        return NULL;
    issued->count = mtl_pool_count(lint->everything);
    issued->entries = mtl_arena_array(lint->arena, issued->count, sizeof(*issued->entries));
    for (size_t i = 0; i < issued->count; i++) {
        const struct mtl_cert *cert = mtl_pool_at(lint->everything, i)->cert;

        issued->entries[i] = (struct entry){.issuer_hash = cert->issuer_hash, .cert = cert};
    }
    qsort(issued->entries, issued->count, sizeof(*issued->entries), compare_entries);
    return issued;
}

bool
mtl_rule_has_issued(const struct mtl_lint *lint, const struct mtl_cert *issuer, size_t count)
{
    const struct mtl_issued *issued = lint->issued;
    size_t low = 0, high = issued == NULL ? 0 : issued->count, end = high;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (issued->entries[middle].issuer_hash < issuer->subject_hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < end && i < low + MAX_ISSUED && count > 0; i++) {
        const struct entry *entry = &issued->entries[i];

        if (entry->issuer_hash != issuer->subject_hash)
            return false;
        count -= !mtl_cert_same(entry->cert, issuer) && mtl_rule_issued(lint, issuer, entry->cert);
    }
    return count == 0;
}

/* ---- chains ----------------------------------------------------------------------------------------------------- */

/* One that lies in a directory to complete chains with; NULL: a root, or it is sent or trusted where it stands. */
static const struct mtl_loaded_cert *
next_above(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    const struct mtl_loaded_cert *issuer = mtl_rule_intermediate_above(lint, cert);
    const struct mtl_input *file = issuer == NULL ? NULL : mtl_rule_file(lint, issuer->source.path);

    return file != NULL && file->is_found && file->use == MTL_USE_ISSUERS ? issuer : NULL;
}

static bool
is_among(const struct mtl_loaded_cert *const *chain, size_t count, const struct mtl_cert *cert)
{
    for (size_t i = 0; i < count; i++)
        if (mtl_cert_same(chain[i]->cert, cert))
            return true;
    return false;
}

static size_t
climb(const struct mtl_lint *lint, const struct mtl_loaded_cert *leaf, const struct mtl_loaded_cert **chain)
{
    const struct mtl_loaded_cert *next = leaf;
    size_t count = 0;

    while (next != NULL && count < MAX_CHAIN && !is_among(chain, count, next->cert)) {
        chain[count++] = next;
        next = next->cert->self_issued ? NULL : next_above(lint, next->cert);
    }
    return count;
}

const struct mtl_material *
mtl_loose_chain(const struct mtl_lint *lint, const struct mtl_input *file, const struct mtl_subject *subject)
{
    const struct mtl_loaded_cert *chain[MAX_CHAIN];
    struct mtl_loaded_cert *certs;
    struct mtl_material *sorted;
    size_t count;

    if (!is_alone(file) || subject->key != NULL || file->in_role[MTL_CLIENT] || file->in_role[MTL_SERVER])
        return subject->material;
    count = climb(lint, file->material->certs, chain);
    if (count == 1)
        return subject->material;
    certs = mtl_arena_array(lint->arena, count, sizeof(*certs));
    for (size_t i = 0; i < count; i++)
        certs[i] = *chain[i];
    sorted = mtl_arena_alloc(lint->arena, sizeof(*sorted));
    *sorted = *subject->material;
    sorted->certs = certs;
    sorted->cert_count = count;
    return sorted;
}

const struct mtl_loaded_cert *
mtl_rule_loose_issuer(const struct mtl_subject *subject)
{
    const struct mtl_material *material = subject->material;

    if (material->cert_count < 2 || strcmp(material->certs[0].source.path, material->certs[1].source.path) == 0)
        return NULL;
    return &material->certs[1];
}

/* ---- roots ------------------------------------------------------------------------------------------------------ */

bool
mtl_rule_is_spare_root(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    const struct mtl_input *file = mtl_rule_file(lint, subject->material->path);

    return file != NULL && is_alone(file) && file->use == MTL_USE_STORE && !file->is_declared &&
           lint->has_usable_root && !mtl_rule_has_issued(lint, file->material->certs[0].cert, 1);
}

/*
 * How certificates belong together: who may issue, who issued whom, what lies on a chain.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"
#include "store/file.h"
#include "store/ignored.h"

#include <stdlib.h>
#include <string.h>

/* Certificates of one name that are looked at. */
#define MAX_BEARERS 64U
/* Certificates in a chain; in case issuers go in circles. */
#define MAX_CHAIN 32U
/* Certificates of other files that one bundle's chains are followed through. */
#define MAX_FOLLOWED 1024U

const struct mtl_loaded_cert *
mtl_subject_leaf(const struct mtl_subject *subject)
{
    return &subject->material->certs[subject->leaf];
}

size_t
mtl_subject_index(const struct mtl_subject *subject, const struct mtl_loaded_cert *cert)
{
    const struct mtl_material *material = subject->material;
    size_t index = cert->source.ordinal - material->certs[0].source.ordinal;

    if (index < material->cert_count && material->certs[index].cert == cert->cert)
        return index;
    /* A chain put together from several files, which is short. */
    for (index = 0; index < material->cert_count && material->certs[index].cert != cert->cert;)
        index++;
    return index;
}

bool
mtl_rule_is_authority(const struct mtl_cert *cert)
{
    if (cert->is_ca || (cert->key_usage & MTL_KU_KEY_CERT_SIGN) != 0)
        return true;
    return cert->version < 3 && cert->self_issued;
}

/* Many rules ask of the same two certificates in a row. */
#define PAIR_SLOTS 64U
struct mtl_pairs {
    struct {
        const struct mtl_cert *issuer, *cert;
        bool issued;
    } slots[PAIR_SLOTS];
};

struct mtl_pairs *
mtl_pairs_new(struct mtl_arena *arena)
{
    return mtl_arena_alloc(arena, sizeof(struct mtl_pairs));
}

static bool
issued(const struct mtl_lint *lint, const struct mtl_cert *issuer, const struct mtl_cert *cert)
{
    enum mtl_issuer_match match = mtl_cert_may_issue(issuer, cert);

    /* No key verifies a signature whose algorithm is in dispute. */
    if (mtl_cert_algorithms_differ(cert))
        return match == MTL_ISSUER_OK && cert->authority_key_id.size > 0;
    /* What else is broken in one of them does not change who made it. */
    return (match == MTL_ISSUER_OK || match == MTL_ISSUER_MALFORMED) &&
           mtl_crypto_verify(lint->crypto, cert, issuer) == MTL_SIGNATURE_GOOD;
}

bool
mtl_rule_issued(const struct mtl_lint *lint, const struct mtl_cert *issuer, const struct mtl_cert *cert)
{
    size_t slot = (((uintptr_t)issuer >> 4) * 31 + ((uintptr_t)cert >> 4)) % PAIR_SLOTS;
    struct mtl_pairs *pairs = lint->pairs;

    if (pairs == NULL)
        return issued(lint, issuer, cert);
    if (pairs->slots[slot].issuer != issuer || pairs->slots[slot].cert != cert) {
        pairs->slots[slot].issued = issued(lint, issuer, cert);
        pairs->slots[slot].issuer = issuer;
        pairs->slots[slot].cert = cert;
    }
    return pairs->slots[slot].issued;
}

struct mtl_bearers
mtl_rule_bearers_of_issuer(const struct mtl_pool *pool, const struct mtl_cert *cert)
{
    return (struct mtl_bearers){.pool = pool, .name = mtl_cert_bytes(cert, cert->issuer), .hash = cert->issuer_hash};
}

struct mtl_bearers
mtl_rule_bearers_of_subject(const struct mtl_pool *pool, const struct mtl_cert *cert)
{
    return (struct mtl_bearers){.pool = pool, .name = mtl_cert_bytes(cert, cert->subject), .hash = cert->subject_hash};
}

const struct mtl_loaded_cert *
mtl_rule_next_bearer(struct mtl_bearers *bearers)
{
    if (bearers->count++ == MAX_BEARERS)
        return NULL;
    return mtl_pool_next(bearers->pool, bearers->name, bearers->hash, &bearers->cursor);
}

const struct mtl_loaded_cert *
mtl_rule_next_issuer(const struct mtl_lint *lint, struct mtl_bearers *bearers, const struct mtl_cert *cert)
{
    const struct mtl_loaded_cert *bearer;

    while ((bearer = mtl_rule_next_bearer(bearers)) != NULL) {
        if (!mtl_cert_same(bearer->cert, cert) && mtl_rule_issued(lint, bearer->cert, cert))
            return bearer;
    }
    return NULL;
}

const struct mtl_loaded_cert *
mtl_rule_issuer(const struct mtl_lint *lint, const struct mtl_pool *pool, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(pool, cert);

    return mtl_rule_next_issuer(lint, &bearers, cert);
}

const struct mtl_loaded_cert *
mtl_rule_unfit_issuer(const struct mtl_lint *lint, const struct mtl_subject *subject,
                      bool (*is_unfit)(const struct mtl_cert *issuer), const struct mtl_loaded_cert **signed_by_it)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        const struct mtl_loaded_cert *issuer = mtl_rule_issuer(lint, subject->pool, cert->cert);

        if (issuer == NULL || !is_unfit(issuer->cert) || mtl_cert_is_self_signed(issuer->cert))
            continue;
        *signed_by_it = cert;
        return issuer;
    }
    return NULL;
}

/* The certificate itself says which key signed it, and this is the key. */
static bool
is_named_by_key(const struct mtl_cert *bearer, const struct mtl_cert *cert)
{
    return cert->authority_key_id.size > 0 && bearer->subject_key_id.size > 0 &&
           mtl_slice_equal(mtl_cert_bytes(cert, cert->tbs_signature_alg),
                           mtl_cert_bytes(cert, cert->outer_signature_alg));
}

const struct mtl_loaded_cert *
mtl_rule_unverified_issuer(const struct mtl_lint *lint, const struct mtl_pool *pool, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(pool, cert);
    const struct mtl_loaded_cert *bearer;

    if (mtl_rule_issuer(lint, pool, cert) != NULL)
        return NULL;
    while ((bearer = mtl_rule_next_bearer(&bearers)) != NULL) {
        if (is_named_by_key(bearer->cert, cert) && mtl_cert_may_issue(bearer->cert, cert) == MTL_ISSUER_OK &&
            mtl_crypto_verify(lint->crypto, cert, bearer->cert) == MTL_SIGNATURE_BAD)
            return bearer;
    }
    return NULL;
}

const struct mtl_loaded_cert *
mtl_rule_misnamed_issuer(const struct mtl_lint *lint, const struct mtl_pool *pool, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(pool, cert);
    const struct mtl_loaded_cert *bearer;

    if (mtl_rule_issuer(lint, pool, cert) != NULL)
        return NULL;
    while ((bearer = mtl_rule_next_bearer(&bearers)) != NULL) {
        enum mtl_issuer_match match = mtl_cert_may_issue(bearer->cert, cert);

        if ((match == MTL_ISSUER_KEY_ID || match == MTL_ISSUER_SERIAL) &&
            mtl_crypto_verify(lint->crypto, cert, bearer->cert) == MTL_SIGNATURE_GOOD)
            return bearer;
    }
    return NULL;
}

const struct mtl_loaded_cert *
mtl_rule_intermediate_above(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(lint->everything, cert);
    const struct mtl_loaded_cert *first = NULL;
    const struct mtl_loaded_cert *issuer;

    while ((issuer = mtl_rule_next_issuer(lint, &bearers, cert)) != NULL) {
        if (mtl_cert_is_self_signed(issuer->cert))
            return NULL;
        if (first == NULL || (mtl_rule_has_expired(lint, first->cert) && !mtl_rule_has_expired(lint, issuer->cert)))
            first = issuer;
    }
    return first;
}

const struct mtl_loaded_cert *
mtl_rule_top_of_chain(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    const struct mtl_loaded_cert *top = mtl_subject_leaf(subject);

    for (size_t length = 0; length < MAX_CHAIN; length++) {
        const struct mtl_loaded_cert *issuer = mtl_rule_issuer(lint, subject->pool, top->cert);

        if (issuer == NULL || top->cert->self_issued)
            break;
        top = issuer;
    }
    return top;
}

bool
mtl_rule_is_complete_elsewhere(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_subject(lint->copies, cert);
    const struct mtl_loaded_cert *copy;

    while ((copy = mtl_rule_next_bearer(&bearers)) != NULL) {
        const struct mtl_input *file = mtl_cert_same(copy->cert, cert) ? mtl_rule_file(lint, copy->source.path) : NULL;

        for (size_t i = 0; file != NULL && i < file->material->cert_count && i < MAX_CHAIN; i++) {
            if (mtl_rule_issued(lint, file->material->certs[i].cert, cert))
                return true;
        }
    }
    return false;
}

const struct mtl_loaded_cert *
mtl_rule_successor(const struct mtl_lint *lint, const struct mtl_pool *pool, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_subject(pool, cert);
    const struct mtl_loaded_cert *twin;

    while ((twin = mtl_rule_next_bearer(&bearers)) != NULL) {
        if (mtl_rule_is_valid_twin(lint, twin->cert, cert) && twin->cert->not_after > cert->not_after)
            return twin;
    }
    return NULL;
}

/* ---- reachability --------------------------------------------------------------------------------------------- */

struct walk {
    const struct mtl_lint *lint;
    const struct mtl_subject *subject;
    bool *reached;                 /* per certificate of the bundle */
    const struct mtl_cert **queue; /* certificates whose issuers are still to be looked for */
    size_t count, capacity;
};

static void
enqueue(struct walk *walk, const struct mtl_cert *cert)
{
    walk->queue =
        mtl_arena_grow(walk->lint->arena, walk->queue, walk->count, &walk->capacity, sizeof(const struct mtl_cert *));
    walk->queue[walk->count++] = cert;
}

/* Takes all issuers from the bundle; from elsewhere only if the bundle has none. */
static void
follow(struct walk *walk, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(walk->subject->pool, cert);
    const struct mtl_loaded_cert *issuer;
    bool found = false;

    while ((issuer = mtl_rule_next_issuer(walk->lint, &bearers, cert)) != NULL) {
        size_t index = mtl_subject_index(walk->subject, issuer);

        found = true;
        if (!walk->reached[index])
            enqueue(walk, issuer->cert);
        walk->reached[index] = true;
    }
    if (found || cert->self_issued || walk->count > walk->subject->material->cert_count + MAX_FOLLOWED)
        return;
    issuer = mtl_rule_issuer(walk->lint, walk->lint->everything, cert);
    if (issuer != NULL)
        enqueue(walk, issuer->cert);
}

const bool *
mtl_subject_reachable(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    const struct mtl_material *material = subject->material;
    struct walk walk = {.lint = lint, .subject = subject};

    walk.reached = mtl_arena_array(lint->arena, material->cert_count, sizeof(bool));
    for (size_t i = 0; i < material->cert_count; i++) {
        if (i != subject->leaf && (subject->key_is_named || mtl_rule_is_authority(material->certs[i].cert)))
            continue;
        walk.reached[i] = true;
        enqueue(&walk, material->certs[i].cert);
    }
    for (size_t next = 0; next < walk.count; next++)
        follow(&walk, walk.queue[next]);
    return walk.reached;
}

const struct mtl_loaded_cert *
mtl_rule_blamed(const struct mtl_subject *subject)
{
    const struct mtl_verdict *verdict = subject->verdict;
    const struct mtl_path *path = verdict->path_count > 0 ? &verdict->paths[verdict->decisive] : NULL;

    if (path == NULL || verdict->failure.depth >= path->count)
        return &subject->material->certs[0];
    return path->certs[verdict->failure.depth];
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

static int
compare_path(const void *path, const void *file)
{
    return strcmp(path, ((const struct mtl_input *)file)->material->path);
}

bool
mtl_rule_is_open(const struct mtl_lint *lint, const char *path)
{
    return mtl_path_is_open(lint->arena, path);
}

bool
mtl_rule_is_in_repository(const struct mtl_lint *lint, const char *path)
{
    return mtl_is_in_repository(lint->arena, mtl_path_folder(lint->arena, path));
}

bool
mtl_rule_has_ending(const char *path, const char *ending)
{
    size_t size = strlen(path), wanted = strlen(ending);

    if (size <= wanted)
        return false;
    for (size_t i = 0; i < wanted; i++) {
        char c = path[size - wanted + i];

        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != ending[i])
            return false;
    }
    return true;
}

const struct mtl_input *
mtl_rule_file(const struct mtl_lint *lint, const char *path)
{
    if (lint->file_count == 0)
        return NULL;
    return bsearch(path, lint->files, lint->file_count, sizeof(*lint->files), compare_path);
}

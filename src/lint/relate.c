/*
 * How certificates belong together: who may issue, who issued whom, what lies on a chain.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

/* Certificates of one name that are tried as issuer of one certificate. */
#define MAX_CANDIDATES 64U
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
    return cert->source.ordinal - subject->material->certs[0].source.ordinal;
}

bool
mtl_rule_is_authority(const struct mtl_cert *cert)
{
    if (cert->is_ca || (cert->key_usage & MTL_KU_KEY_CERT_SIGN) != 0)
        return true;
    return cert->version < 3 && cert->self_issued;
}

bool
mtl_rule_issued(const struct mtl_lint *lint, const struct mtl_cert *issuer, const struct mtl_cert *cert)
{
    return mtl_cert_may_issue(issuer, cert) == MTL_ISSUER_OK &&
           mtl_crypto_verify(lint->crypto, cert, issuer) == MTL_SIGNATURE_GOOD;
}

const struct mtl_loaded_cert *
mtl_rule_next_issuer(const struct mtl_lint *lint, const struct mtl_pool *pool, const struct mtl_cert *cert,
                     size_t *cursor)
{
    struct mtl_slice name = mtl_cert_bytes(cert, cert->issuer);

    for (size_t tried = 0; tried < MAX_CANDIDATES; tried++) {
        const struct mtl_loaded_cert *candidate = mtl_pool_next(pool, name, cert->issuer_hash, cursor);

        if (candidate == NULL)
            return NULL;
        if (!mtl_cert_same(candidate->cert, cert) && mtl_rule_issued(lint, candidate->cert, cert))
            return candidate;
    }
    return NULL;
}

const struct mtl_loaded_cert *
mtl_rule_issuer(const struct mtl_lint *lint, const struct mtl_pool *pool, const struct mtl_cert *cert)
{
    size_t cursor = 0;

    return mtl_rule_next_issuer(lint, pool, cert, &cursor);
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
    size_t cursor = 0;

    for (size_t tried = 0; tried < MAX_CANDIDATES; tried++) {
        const struct mtl_loaded_cert *copy =
            mtl_pool_next(lint->everything, mtl_cert_bytes(cert, cert->subject), cert->subject_hash, &cursor);
        const struct mtl_input *file;

        if (copy == NULL)
            return false;
        file = mtl_cert_same(copy->cert, cert) ? mtl_rule_file(lint, copy->source.path) : NULL;
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
    size_t cursor = 0;

    for (size_t tried = 0; tried < MAX_CANDIDATES; tried++) {
        const struct mtl_loaded_cert *twin =
            mtl_pool_next(pool, mtl_cert_bytes(cert, cert->subject), cert->subject_hash, &cursor);

        if (twin == NULL)
            return NULL;
        if (twin->cert->not_before > lint->now || twin->cert->not_after <= cert->not_after ||
            mtl_rule_has_expired(lint, twin->cert))
            continue;
        if (mtl_slice_equal(mtl_cert_bytes(twin->cert, twin->cert->spki), mtl_cert_bytes(cert, cert->spki)))
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
    const struct mtl_loaded_cert *issuer;
    size_t cursor = 0;
    bool found = false;

    while ((issuer = mtl_rule_next_issuer(walk->lint, walk->subject->pool, cert, &cursor)) != NULL) {
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
        if (i != subject->leaf && mtl_rule_is_authority(material->certs[i].cert))
            continue;
        walk.reached[i] = true;
        enqueue(&walk, material->certs[i].cert);
    }
    for (size_t next = 0; next < walk.count; next++)
        follow(&walk, walk.queue[next]);
    return walk.reached;
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

static int
compare_path(const void *path, const void *file)
{
    return strcmp(path, ((const struct mtl_input *)file)->material->path);
}

const struct mtl_input *
mtl_rule_file(const struct mtl_lint *lint, const char *path)
{
    if (lint->file_count == 0)
        return NULL;
    return bsearch(path, lint->files, lint->file_count, sizeof(*lint->files), compare_path);
}

/*
 * The dates at which a verdict may turn: of the chains, of everything above them by name, of the CRLs.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/first_break.h"

#include <stdlib.h>

struct gathering {
    struct mtl_arena *arena;
    const struct mtl_pool *pool;
    const struct mtl_loaded_cert *certs[MTL_MAX_DATED_CERTS];
    size_t cert_count;
    mtl_time after, until;
    struct mtl_date *dates;
    size_t count, capacity;
};

static void
involve(struct gathering *gathering, const struct mtl_loaded_cert *cert)
{
    for (size_t i = 0; i < gathering->cert_count; i++) {
        if (mtl_cert_same(gathering->certs[i]->cert, cert->cert))
            return;
    }
    if (gathering->cert_count < MTL_MAX_DATED_CERTS)
        gathering->certs[gathering->cert_count++] = cert;
}

/* By name only: which of them a stack takes, it decides itself. */
static void
involve_issuers(struct gathering *gathering)
{
    for (size_t i = 0; i < gathering->cert_count; i++) {
        const struct mtl_cert *cert = gathering->certs[i]->cert;
        const struct mtl_loaded_cert *bearer;
        size_t cursor = 0;

        while (gathering->cert_count < MTL_MAX_DATED_CERTS &&
               (bearer = mtl_pool_next(gathering->pool, mtl_cert_bytes(cert, cert->issuer), cert->issuer_hash,
                                       &cursor)) != NULL)
            involve(gathering, bearer);
    }
}

static void
add_date(struct gathering *gathering, struct mtl_date date)
{
    if (date.at < gathering->after || date.at > gathering->until)
        return;
    gathering->dates = mtl_arena_grow(gathering->arena, gathering->dates, gathering->count, &gathering->capacity,
                                      sizeof(*gathering->dates));
    gathering->dates[gathering->count++] = date;
}

static bool
is_by_one_involved(const struct gathering *gathering, const struct mtl_crl *crl)
{
    for (size_t i = 0; i < gathering->cert_count; i++) {
        if (gathering->certs[i]->cert->issuer_hash == crl->issuer_hash)
            return true;
    }
    return false;
}

static void
add_crls(struct gathering *gathering, const struct mtl_material *material)
{
    for (size_t i = 0; i < material->crl_count; i++) {
        const struct mtl_loaded_crl *crl = &material->crls[i];

        if (!is_by_one_involved(gathering, crl->crl))
            continue;
        add_date(gathering, (struct mtl_date){.at = crl->crl->this_update, .kind = MTL_DATE_THIS_UPDATE, .crl = crl});
        if (crl->crl->has_next_update)
            add_date(gathering,
                     (struct mtl_date){.at = crl->crl->next_update, .kind = MTL_DATE_NEXT_UPDATE, .crl = crl});
    }
}

static const struct mtl_pool *
pool_of(struct mtl_arena *arena, const struct mtl_material *const *presented, size_t presented_count,
        const struct mtl_material *const *others, size_t other_count)
{
    size_t count = 0, at = 0;
    struct mtl_loaded_cert *certs;

    for (size_t i = 0; i < presented_count + other_count; i++) {
        const struct mtl_material *material = i < presented_count ? presented[i] : others[i - presented_count];

        count += material == NULL ? 0 : material->cert_count;
    }
    certs = mtl_arena_array(arena, count, sizeof(*certs));
    for (size_t i = 0; i < presented_count + other_count; i++) {
        const struct mtl_material *material = i < presented_count ? presented[i] : others[i - presented_count];

        for (size_t k = 0; material != NULL && k < material->cert_count; k++)
            certs[at++] = material->certs[k];
    }
    return mtl_pool_new(arena, certs, count, true);
}

/* Among equals as they were found: the leaf before its issuers, ends before CRLs. */
static int
by_time(const void *left, const void *right)
{
    const struct mtl_date *a = left, *b = right;

    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return 0;
}

struct mtl_dates
mtl_dates_of(struct mtl_arena *arena, const struct mtl_material *const *presented, size_t presented_count,
             const struct mtl_material *const *others, size_t other_count, mtl_time after, mtl_time until)
{
    struct gathering gathering = {.arena = arena, .after = after, .until = until};

    gathering.pool = pool_of(arena, presented, presented_count, others, other_count);
    for (size_t i = 0; i < presented_count; i++)
        for (size_t k = 0; presented[i] != NULL && k < presented[i]->cert_count; k++)
            involve(&gathering, &presented[i]->certs[k]);
    involve_issuers(&gathering);
    for (size_t i = 0; i < gathering.cert_count; i++) {
        const struct mtl_loaded_cert *cert = gathering.certs[i];

        add_date(&gathering,
                 (struct mtl_date){.at = cert->cert->not_before, .kind = MTL_DATE_NOT_BEFORE, .cert = cert});
        add_date(&gathering, (struct mtl_date){.at = cert->cert->not_after, .kind = MTL_DATE_NOT_AFTER, .cert = cert});
    }
    for (size_t i = 0; i < other_count; i++)
        if (others[i] != NULL)
            add_crls(&gathering, others[i]);
    if (gathering.count > 0)
        qsort(gathering.dates, gathering.count, sizeof(*gathering.dates), by_time);
    return (struct mtl_dates){.items = gathering.dates,
                              .count = gathering.count < MTL_MAX_DATES ? gathering.count : MTL_MAX_DATES};
}

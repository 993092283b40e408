/*
 * Dates: who has expired, who soon will, and who would be missed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

bool
mtl_rule_has_expired(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    if (lint->stack->policy.expires_at_not_after)
        return cert->not_after <= lint->now;
    return cert->not_after < lint->now;
}

bool
mtl_rule_lost_a_century(const struct mtl_cert *cert)
{
    const mtl_time year_2000 = INT64_C(946684800);
    bool is_short[2];

    if (cert->not_after >= year_2000 || cert->not_before < year_2000)
        return false;
    mtl_cert_validity_is_short(cert, is_short);
    return is_short[1];
}

bool
mtl_rule_expires_soon(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    mtl_time lifetime = cert->not_after - cert->not_before;
    int64_t notice = lifetime <= lint->horizon ? lifetime / 3 : lint->horizon;

    return !mtl_rule_has_expired(lint, cert) && cert->not_after - lint->now < notice;
}

bool
mtl_rule_has_usable_anchor(const struct mtl_lint *lint, const struct mtl_material *store)
{
    for (size_t i = 0; i < store->cert_count; i++) {
        const struct mtl_cert *cert = store->certs[i].cert;

        if (!mtl_rule_has_expired(lint, cert) && cert->not_before <= lint->now && mtl_cert_is_self_signed(cert))
            return true;
    }
    return false;
}

bool
mtl_rule_is_intermediate(const struct mtl_subject *subject, size_t index)
{
    const struct mtl_cert *cert = subject->material->certs[index].cert;

    return subject->reachable[index] && index != subject->leaf && mtl_rule_is_authority(cert) &&
           !mtl_cert_is_self_signed(cert);
}

bool
mtl_rule_is_valid_twin(const struct mtl_lint *lint, const struct mtl_cert *twin, const struct mtl_cert *cert)
{
    return !mtl_rule_has_expired(lint, twin) && twin->not_before <= lint->now &&
           mtl_slice_equal(mtl_cert_bytes(twin, twin->spki), mtl_cert_bytes(cert, cert->spki));
}

static bool
has_valid_twin(const struct mtl_lint *lint, const struct mtl_pool *pool, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_subject(pool, cert);
    const struct mtl_loaded_cert *twin;

    while ((twin = mtl_rule_next_bearer(&bearers)) != NULL) {
        if (mtl_rule_is_valid_twin(lint, twin->cert, cert))
            return true;
    }
    return false;
}

bool
mtl_rule_may_be_spared(const struct mtl_lint *lint, const struct mtl_subject *subject,
                       const struct mtl_cert *intermediate)
{
    const struct mtl_cert *leaf = mtl_subject_leaf(subject)->cert;

    if (has_valid_twin(lint, subject->pool, intermediate) || has_valid_twin(lint, lint->everything, intermediate))
        return true;
    return !mtl_rule_issued(lint, intermediate, leaf) && mtl_rule_issuer(lint, subject->pool, intermediate) == NULL;
}

/*
 * What a program finds wrong with its CRLs when it verifies them against its trust store as it loads them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

/* The first of that name is the only one tried. */
static const struct mtl_cert *
find_issuer(const struct mtl_material *trusts, const struct mtl_crl *crl)
{
    for (size_t i = 0; trusts != NULL && i < trusts->cert_count; i++) {
        const struct mtl_cert *cert = trusts->certs[i].cert;

        if (mtl_slice_equal(mtl_cert_bytes(cert, cert->subject), mtl_crl_bytes(crl, crl->issuer)))
            return cert;
    }
    return NULL;
}

static enum mtl_reason
refuse(const struct mtl_handshake_question *question, const struct mtl_material *trusts, const struct mtl_stack *stack,
       const struct mtl_crl *crl)
{
    const struct mtl_cert *issuer = find_issuer(trusts, crl);

    if (issuer == NULL || !issuer->is_ca)
        return MTL_REASON_CRL_ISSUER_MISSING;
    if (mtl_cert_has(issuer, MTL_EXT_KEY_USAGE) && (issuer->key_usage & MTL_KU_CRL_SIGN) == 0)
        return MTL_REASON_CRL_ISSUER_KEY_USAGE;
    if (mtl_crypto_verify_crl(question->crypto, crl, issuer) != MTL_SIGNATURE_GOOD)
        return MTL_REASON_CRL_SIGNATURE;
    if (question->now < crl->this_update && !stack->takes_early_crls)
        return MTL_REASON_CRL_NOT_YET_VALID;
    if (stack->policy.crls_need_next_update && !crl->has_next_update)
        return MTL_REASON_CRL_EXPIRED;
    return crl->has_next_update && crl->next_update < question->now ? MTL_REASON_CRL_EXPIRED : MTL_REASON_NONE;
}

enum mtl_reason
mtl_own_crls_refusal(const struct mtl_handshake_question *question, const struct mtl_material *trusted,
                     const struct mtl_side *side)
{
    enum mtl_reason reason = MTL_REASON_NONE;

    for (size_t i = 0; i < mtl_side_crl_count(side) && reason == MTL_REASON_NONE; i++)
        reason = refuse(question, trusted, side->stack, side->crls->crls[i].crl);
    return reason;
}

/*
 * Questions about CRLs: whose they are, who signed them, whether a newer one is there.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#define MAX_NAME 160U
/* CRLs of other files that one is compared with. */
#define MAX_COMPARED 4096U

const char *
mtl_rule_crl_issuer(const struct mtl_lint *lint, const struct mtl_crl *crl)
{
    return mtl_text_safe(lint->arena, mtl_slice_text(mtl_name_label(lint->arena, mtl_crl_bytes(crl, crl->issuer))),
                         MAX_NAME);
}

const struct mtl_loaded_cert *
mtl_rule_crl_signer(const struct mtl_lint *lint, const struct mtl_crl *crl, const struct mtl_loaded_cert **named)
{
    struct mtl_bearers bearers = {
        .pool = lint->everything, .name = mtl_crl_bytes(crl, crl->issuer), .hash = crl->issuer_hash};
    const struct mtl_loaded_cert *bearer;

    *named = NULL;
    while ((bearer = mtl_rule_next_bearer(&bearers)) != NULL) {
        if (*named == NULL)
            *named = bearer;
        if (mtl_crypto_verify_crl(lint->crypto, crl, bearer->cert) == MTL_SIGNATURE_GOOD)
            return bearer;
    }
    return NULL;
}

/* Is other about the same certificates, and valid longer? */
static bool
replaces(const struct mtl_crl *other, const struct mtl_crl *crl)
{
    return other->issuer_hash == crl->issuer_hash &&
           mtl_name_equal(mtl_crl_bytes(other, other->issuer), mtl_crl_bytes(crl, crl->issuer)) &&
           other->is_delta == crl->is_delta && other->idp_only_user == crl->idp_only_user &&
           other->idp_only_ca == crl->idp_only_ca && other->has_next_update && other->next_update > crl->next_update;
}

bool
mtl_rule_crl_is_replaced(const struct mtl_lint *lint, const struct mtl_loaded_crl *crl)
{
    size_t compared = 0;

    for (size_t i = 0; i < lint->file_count; i++) {
        const struct mtl_material *material = lint->files[i].material;

        for (size_t j = 0; j < material->crl_count && compared < MAX_COMPARED; j++, compared++)
            if (replaces(material->crls[j].crl, crl->crl))
                return true;
    }
    return false;
}

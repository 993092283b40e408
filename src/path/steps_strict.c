/*
 * What RFC 5280 asks of those who issue, and verifiers overlook unless they are told to be strict.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

#define BIT(number) (1U << (number))

/* 4.2.1.9 and 4.2.1.3 */
static enum mtl_reason
judge_role(const struct mtl_cert *cert)
{
    bool may_sign = (cert->key_usage & MTL_KU_KEY_CERT_SIGN) != 0;

    if (cert->path_length != -1 && !cert->is_ca)
        return MTL_REASON_PATH_LENGTH_OF_NO_CA;
    if (cert->path_length != -1 && !may_sign)
        return MTL_REASON_PATH_LENGTH_NO_CERT_SIGN;
    if (cert->is_ca && (cert->critical & BIT(MTL_EXT_BASIC_CONSTRAINTS)) == 0)
        return MTL_REASON_CA_FLAG_NOT_CRITICAL;
    if (cert->is_ca && !mtl_cert_has(cert, MTL_EXT_KEY_USAGE))
        return MTL_REASON_CA_NO_KEY_USAGE;
    return !cert->is_ca && may_sign ? MTL_REASON_CERT_SIGN_OF_NO_CA : MTL_REASON_NONE;
}

/* 4.1.2.4, 4.1.2.6 and 4.2.1.6 */
static enum mtl_reason
judge_names(const struct mtl_cert *cert)
{
    bool has_names = mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME);
    bool needs_subject = cert->is_ca || (cert->key_usage & MTL_KU_CRL_SIGN) != 0 || !has_names;
    bool is_nameless = mtl_name_is_empty(mtl_cert_bytes(cert, cert->subject));

    if (mtl_name_is_empty(mtl_cert_bytes(cert, cert->issuer)))
        return MTL_REASON_EMPTY_ISSUER;
    if (is_nameless && needs_subject)
        return MTL_REASON_NO_SUBJECT;
    if (is_nameless && (cert->critical & BIT(MTL_EXT_SUBJECT_ALT_NAME)) == 0)
        return MTL_REASON_EMPTY_SUBJECT;
    return has_names && mtl_cert_alt_name_types(cert) == 0 ? MTL_REASON_NO_ALT_NAMES : MTL_REASON_NONE;
}

/* 4.1.1.2, 4.2.1.1, 4.2.1.2 and 4.1.2.9 */
static enum mtl_reason
judge_fields(const struct mtl_cert *cert, bool is_last)
{
    if (mtl_cert_algorithms_differ(cert))
        return MTL_REASON_ALGORITHMS_DIFFER;
    if ((cert->critical & BIT(MTL_EXT_AUTHORITY_KEY_ID)) != 0)
        return MTL_REASON_AUTHORITY_KEY_ID_CRITICAL;
    if ((cert->critical & BIT(MTL_EXT_SUBJECT_KEY_ID)) != 0)
        return MTL_REASON_SUBJECT_KEY_ID_CRITICAL;
    if (cert->version < 3)
        return cert->present != 0 || cert->other_extensions != 0 ? MTL_REASON_OLD_WITH_EXTENSIONS : MTL_REASON_NONE;
    if (!is_last && cert->authority_key_id.size == 0)
        return MTL_REASON_NO_AUTHORITY_KEY_ID;
    return cert->is_ca && !mtl_cert_has(cert, MTL_EXT_SUBJECT_KEY_ID) ? MTL_REASON_NO_SUBJECT_KEY_ID : MTL_REASON_NONE;
}

/* In the order of OpenSSL's check_extensions() with X509_V_FLAG_X509_STRICT; a lone certificate is let pass. */
void
mtl_step_strict(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;
    enum mtl_reason reason = judge_role(cert);

    if (path->count == 1)
        return;
    if (reason == MTL_REASON_NONE)
        reason = judge_names(cert);
    if (reason == MTL_REASON_NONE)
        reason = judge_fields(cert, depth + 1 == path->count);
    if (reason != MTL_REASON_NONE)
        mtl_path_fail(judgement, path,
                      &(struct mtl_failure){.reason = reason, .step = MTL_STEP_STRICT, .depth = depth});
}

/*
 * Steps of verifiers to which extKeyUsage is another spelling of nsCertType: both together say what a certificate is
 * for, and what kind of CA an issuer is. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/forms.h"
#include "path/judgement.h"

#define BIT(extension) (1U << (extension))
#define ANY_LEAF (MTL_NS_SSL_CLIENT | MTL_NS_SSL_SERVER | MTL_NS_SMIME)

static void
fail(struct judgement *judgement, struct working_path *path, enum mtl_reason reason, enum mtl_step step, size_t depth)
{
    mtl_path_fail(judgement, path, &(struct mtl_failure){.reason = reason, .step = step, .depth = depth});
}

static bool
has_usable(const struct mtl_cert *cert, enum mtl_extension extension)
{
    return (cert->present & ~cert->malformed & BIT(extension)) != 0;
}

/* A purpose of a CA is one that it may issue for, of others what they may do. */
static unsigned
type_of_purposes(const struct mtl_cert *cert)
{
    static const struct {
        uint16_t purpose, leaf, ca;
    } types[] = {
        {MTL_EKU_EMAIL_PROTECTION, MTL_NS_SMIME, MTL_NS_SMIME_CA},
        {MTL_EKU_SERVER_AUTH, MTL_NS_SSL_SERVER, MTL_NS_SSL_CA},
        {MTL_EKU_NS_SGC, MTL_NS_SSL_SERVER, MTL_NS_SSL_CA},
        {MTL_EKU_CLIENT_AUTH, MTL_NS_SSL_CLIENT, MTL_NS_SSL_CA},
        {MTL_EKU_CODE_SIGNING, MTL_NS_OBJECT_SIGNING, MTL_NS_OBJECT_SIGNING_CA},
        {MTL_EKU_OCSP_SIGNING, MTL_NS_OCSP, MTL_NS_OCSP},
    };
    unsigned type = 0;

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if ((cert->extended_key_usage & types[i].purpose) != 0)
            type |= cert->is_ca ? types[i].ca : types[i].leaf;
    return type;
}

bool
mtl_path_type_of(const struct mtl_policy *policy, const struct mtl_cert *cert, unsigned wanted)
{
    bool is_spelled = has_usable(cert, MTL_EXT_EXTENDED_KEY_USAGE) || has_usable(cert, MTL_EXT_NETSCAPE_CERT_TYPE);
    bool is_ca = cert->is_ca || (cert->version < 3 && mtl_path_is_self_signed(policy, cert));
    unsigned type = ANY_LEAF | (is_ca ? MTL_NS_SSL_CA | MTL_NS_SMIME_CA | MTL_NS_OCSP : 0U);

    if (is_spelled)
        type = cert->netscape_cert_type | type_of_purposes(cert);
    return (type & wanted) != 0 || (wanted == MTL_NS_ANY_CA && is_ca);
}

bool
mtl_path_may_sign(const struct mtl_cert *cert)
{
    return !(has_usable(cert, MTL_EXT_KEY_USAGE) || mtl_cert_key_usage_is_empty(cert)) ||
           (cert->key_usage & MTL_KU_KEY_CERT_SIGN) != 0;
}

void
mtl_step_leaf_type(struct judgement *judgement, struct working_path *path, size_t depth)
{
    unsigned wanted = judgement->question->subject == MTL_CLIENT ? MTL_NS_SSL_CLIENT : MTL_NS_SSL_SERVER;

    if (depth == 0 && !mtl_path_type_of(judgement->policy, path->certs[0]->cert, wanted))
        fail(judgement, path, MTL_REASON_PURPOSE, MTL_STEP_LEAF_TYPE, 0);
}

void
mtl_step_leaf_key_usage(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_policy *policy = judgement->policy;
    const struct mtl_cert *cert = path->certs[depth]->cert;
    uint16_t wanted = policy->key_usage[judgement->question->subject];

    if (depth > 0 || !(has_usable(cert, MTL_EXT_KEY_USAGE) || mtl_cert_key_usage_is_empty(cert)))
        return;
    if (judgement->question->subject == MTL_SERVER && policy->server_key_usage != NULL)
        wanted = policy->server_key_usage[cert->key.type];
    if ((cert->key_usage & wanted) == 0)
        fail(judgement, path, MTL_REASON_KEY_USAGE, MTL_STEP_LEAF_KEY_USAGE, 0);
}

/* Trust makes a CA of a certificate that says nothing, but not of one that denies it. */
void
mtl_step_denies_ca(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if ((cert->malformed & BIT(MTL_EXT_BASIC_CONSTRAINTS)) != 0)
        fail(judgement, path, MTL_REASON_MALFORMED, MTL_STEP_DENIES_CA, depth);
    else if (mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS) && !cert->is_ca)
        fail(judgement, path, MTL_REASON_NOT_A_CA, MTL_STEP_DENIES_CA, depth);
}

void
mtl_step_ca_type(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_policy *policy = judgement->policy;
    const struct mtl_cert *cert = path->certs[depth]->cert;
    bool is_spelled =
        mtl_path_type_of(policy, cert, MTL_NS_SSL_CA | MTL_NS_SMIME_CA | MTL_NS_OBJECT_SIGNING_CA | MTL_NS_OCSP);

    if (path->anchored && depth + 1 == path->count)
        return;
    if (mtl_path_type_of(policy, cert, MTL_NS_SSL_CA) || (cert->is_ca && !is_spelled))
        return;
    fail(judgement, path, MTL_REASON_NOT_A_CA, MTL_STEP_CA_TYPE, depth);
}

void
mtl_step_untrusted_cert_sign(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (!(path->anchored && depth + 1 == path->count) && !mtl_path_may_sign(path->certs[depth]->cert))
        fail(judgement, path, MTL_REASON_NO_CERT_SIGN, MTL_STEP_UNTRUSTED_CERT_SIGN, depth);
}

/* RFC 5280 4.1.1.2 */
void
mtl_step_one_algorithm(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (!mtl_slice_equal(mtl_cert_bytes(cert, cert->tbs_signature_alg),
                         mtl_cert_bytes(cert, cert->outer_signature_alg)))
        fail(judgement, path, MTL_REASON_ALGORITHMS_DIFFER, MTL_STEP_ONE_ALGORITHM, depth);
}

void
mtl_step_named_usages(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;
    uint16_t wanted = judgement->policy->named_eku[judgement->question->subject];

    if (depth > 0 || wanted == 0)
        return;
    if (!mtl_cert_has(cert, MTL_EXT_KEY_USAGE))
        fail(judgement, path, MTL_REASON_NO_KEY_USAGE, MTL_STEP_NAMED_USAGES, 0);
    else if (!has_usable(cert, MTL_EXT_EXTENDED_KEY_USAGE) || (cert->extended_key_usage & wanted) == 0)
        fail(judgement, path, MTL_REASON_NO_EXTENDED_KEY_USAGE, MTL_STEP_NAMED_USAGES, 0);
}

void
mtl_step_named(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;
    size_t size;

    if (mtl_name_is_empty(mtl_cert_bytes(cert, cert->subject)))
        fail(judgement, path, MTL_REASON_NO_SUBJECT, MTL_STEP_NAMED, depth);
    else if (depth == 0 && (!mtl_cert_last_common_name(cert, &size) || size > judgement->policy->longest_common_name))
        fail(judgement, path, MTL_REASON_NO_COMMON_NAME, MTL_STEP_NAMED, 0);
}

/* Which certificates a decoder takes at all, before anything is judged; and the step on extensions.
 * SPDX-License-Identifier: Apache-2.0 */
#include "path/judgement.h"

#define BIT(number) (1U << (number))

static bool
has_loose_value(const struct mtl_reading *reading, const struct mtl_cert *cert)
{
    for (unsigned extension = 0; extension < MTL_EXT_COUNT; extension++) {
        if ((reading->sequence_extensions & cert->present & BIT(extension)) != 0 &&
            !mtl_cert_extension_is_sequence(cert, extension))
            return true;
    }
    return false;
}

static bool
has_malformed_value(const struct mtl_reading *reading, const struct mtl_cert *cert)
{
    uint32_t looked_at = reading->malformed_extensions & (reading->critical_only ? cert->critical : UINT32_MAX);

    if (reading->empty_key_usage_decodes && mtl_cert_key_usage_is_empty(cert))
        looked_at &= ~BIT(MTL_EXT_KEY_USAGE);
    if (reading->negative_path_length_decodes && mtl_cert_is_odd(cert, MTL_ODD_PATH_LENGTH_SIGN, 0))
        looked_at &= ~BIT(MTL_EXT_BASIC_CONSTRAINTS);
    return (cert->malformed & looked_at) != 0;
}

static bool
has_twice(const struct mtl_reading *reading, const struct mtl_cert *cert)
{
    if (!reading->refuses_duplicate_extensions)
        return (cert->duplicate & reading->unique_extensions) != 0;
    return cert->duplicate != 0 || cert->other_duplicate;
}

static bool
has_unknown_critical(const struct mtl_reading *reading, const struct mtl_cert *cert)
{
    return reading->critical_extensions != 0 &&
           (cert->other_critical || (cert->critical & ~reading->critical_extensions) != 0);
}

static bool
has_unknown_signature(const struct mtl_reading *reading, const struct mtl_cert *cert)
{
    const struct mtl_signature_algorithm *algorithm = &cert->signature_algorithm;

    return (reading->signature_keys != 0 && (reading->signature_keys & BIT(algorithm->key)) == 0) ||
           (reading->signature_digests != 0 && (reading->signature_digests & BIT(algorithm->digest)) == 0);
}

/* Is it in an extension that is not critical? */
static bool
is_uncritical(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned value)
{
    if (oddity == MTL_ODD_MORE_BEHIND || oddity == MTL_ODD_UNSOUND_NAME)
        return (cert->critical & BIT(value)) == 0;
    if (oddity >= MTL_ODD_CONSTRAINT_NONE)
        return (cert->critical & BIT(MTL_EXT_NAME_CONSTRAINTS)) == 0;
    return (oddity == MTL_ODD_PATH_LENGTH_SIGN || oddity == MTL_ODD_PATH_LENGTH_SIZE ||
            oddity == MTL_ODD_CA_PATH_LENGTH_SIZE) &&
           (cert->critical & BIT(MTL_EXT_BASIC_CONSTRAINTS)) == 0;
}

bool
mtl_reading_passes_over_extensions(const struct mtl_reading *reading, const struct mtl_cert *cert)
{
    return reading->old_have_no_extensions && cert->version < 3 && cert->extensions.size > 0;
}

const struct mtl_reading_oddity *
mtl_reading_find_oddity(const struct mtl_reading *reading, const struct mtl_cert *cert)
{
    struct mtl_cert bare;

    if (mtl_reading_passes_over_extensions(reading, cert)) {
        bare = mtl_cert_without_extensions(cert);
        cert = &bare;
    }
    for (size_t i = 0; i < reading->oddity_count; i++)
        if (mtl_cert_is_odd(cert, reading->oddities[i].oddity, reading->oddities[i].value) &&
            !(reading->critical_only && is_uncritical(cert, reading->oddities[i].oddity, reading->oddities[i].value)))
            return &reading->oddities[i];
    return NULL;
}

/* Extensions, and what is odd. */
static enum mtl_reason
refuse_values(const struct mtl_reading *reading, const struct mtl_cert *cert, bool is_anchor)
{
    const struct mtl_reading_oddity *oddity;

    if (has_malformed_value(reading, cert) || has_loose_value(reading, cert) ||
        (reading->refuses_odd_flags && cert->odd_critical))
        return MTL_REASON_MALFORMED;
    if ((!is_anchor || reading->critical_in_anchors) && has_unknown_critical(reading, cert))
        return MTL_REASON_CRITICAL_EXTENSION;
    if (reading->refuses_odd_constraints && mtl_cert_constrains_odd_addresses(cert))
        return MTL_REASON_CONSTRAINT_SYNTAX;
    oddity = mtl_reading_find_oddity(reading, cert);
    if (oddity != NULL && oddity->oddity == MTL_ODD_KEY_UNUSABLE && is_anchor && reading->leaves_keys_of_anchors)
        return MTL_REASON_NONE;
    return oddity != NULL && oddity->text != NULL ? MTL_REASON_MALFORMED : MTL_REASON_NONE;
}

enum mtl_reason
mtl_reading_refusal(const struct mtl_reading *reading, const struct mtl_cert *cert, bool is_anchor)
{
    struct mtl_cert bare;

    if (mtl_reading_passes_over_extensions(reading, cert)) {
        bare = mtl_cert_without_extensions(cert);
        cert = &bare;
    }
    if (reading->needs_version_3 && cert->version != 3 && !(is_anchor && cert->version == 1))
        return is_anchor ? MTL_REASON_MALFORMED : MTL_REASON_OLD_VERSION;
    if (reading->refuses_differing_algorithms && mtl_cert_algorithms_differ(cert))
        return MTL_REASON_ALGORITHMS_DIFFER;
    if (has_twice(reading, cert))
        return MTL_REASON_DUPLICATE_EXTENSION;
    if (reading->refuses_empty_issuer && mtl_name_is_empty(mtl_cert_bytes(cert, cert->issuer)))
        return MTL_REASON_EMPTY_ISSUER;
    if (reading->empty_subject_needs_critical_names && mtl_name_is_empty(mtl_cert_bytes(cert, cert->subject)) &&
        (cert->critical & BIT(MTL_EXT_SUBJECT_ALT_NAME)) == 0)
        return MTL_REASON_EMPTY_SUBJECT;
    if (has_unknown_signature(reading, cert))
        return MTL_REASON_ISSUER_KEY_UNSUPPORTED;
    if (is_anchor && reading->leaves_keys_of_anchors)
        return refuse_values(reading, cert, is_anchor);
    if (reading->keys != 0 && (reading->keys & BIT(cert->key.type)) == 0)
        return MTL_REASON_LEAF_KEY_UNSUPPORTED;
    if (reading->curves != 0 && cert->key.type == MTL_KEY_EC && (reading->curves & BIT(cert->key.curve)) == 0)
        return cert->key.curve == MTL_CURVE_EXPLICIT ? MTL_REASON_EXPLICIT_CURVE : MTL_REASON_UNKNOWN_CURVE;
    return refuse_values(reading, cert, is_anchor);
}

void
mtl_step_decodable_extensions(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_policy *policy = judgement->policy;
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (mtl_path_finds_malformed(policy, cert) || (cert->not_der & policy->der_extensions) != 0 ||
        (policy->path_length_bits != 0 && mtl_cert_is_odd(cert, MTL_ODD_PATH_LENGTH_SIZE, policy->path_length_bits)))
        mtl_path_fail(judgement, path,
                      &(struct mtl_failure){
                          .reason = MTL_REASON_MALFORMED, .step = MTL_STEP_DECODABLE_EXTENSIONS, .depth = depth});
}

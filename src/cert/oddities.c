/* What some verifiers refuse to read although others, and our own reader, take it. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/algorithms.h"
#include "cert/cert.h"
#include "cert/der.h"
#include "cert/extensions.h"
#include "cert/name.h"
#include "cert/odd_names.h"

#include <string.h>

/* ---- object identifiers ----------------------------------------------------------------------------------------- */

/* An arc of 2^31 or more: readers that keep arcs in a signed 32-bit number give up. */
static bool
has_huge_arc(struct mtl_slice oid)
{
    uint64_t arc = 0;

    for (size_t i = 0; i < oid.size; i++) {
        arc = arc << 7 | (oid.data[i] & 0x7fU);
        if (arc > INT32_MAX)
            return true;
        if ((oid.data[i] & 0x80) == 0)
            arc = 0;
    }
    return false;
}

static bool
extension_has_huge_arc(const struct mtl_cert *cert)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extensions), &notes), list;
    struct mtl_extension_item item;

    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &list))
        return false;
    while (!mtl_der_is_done(&list) && mtl_der_extension(&list, &item))
        if (has_huge_arc(item.oid))
            return true;
    return false;
}

static bool
purpose_has_huge_arc(const struct mtl_cert *cert)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[MTL_EXT_EXTENDED_KEY_USAGE]), &notes);
    struct mtl_der list;
    struct mtl_slice oid;

    if (!mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE) || !mtl_der_enter_list(&der, MTL_DER_SEQUENCE, &list))
        return false;
    while (!mtl_der_is_done(&list) && mtl_der_oid(&list, MTL_DER_OID, &oid))
        if (has_huge_arc(oid))
            return true;
    return false;
}

/* ---- strings in names ------------------------------------------------------------------------------------------- */

/* X.680 41.4, and the asterisk and ampersand that are found in practice. */
static bool
is_printable(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != 0 && strchr(" '()+,-./:=?*&", c) != NULL);
}

static bool
is_numeric(uint8_t c)
{
    return c == ' ' || mtl_is_digit(c);
}

static enum mtl_oddity
attribute_oddity(const struct mtl_attribute *attribute)
{
    struct mtl_slice content = attribute->value.content;

    if (has_huge_arc(attribute->type))
        return MTL_ODD_ATTRIBUTE_ARC;
    switch (attribute->value.tag) {
    case MTL_DER_PRINTABLE_STRING:
        return mtl_consists_of(content, is_printable) ? MTL_ODD_NOTHING : MTL_ODD_PRINTABLE_STRING;
    case MTL_DER_IA5_STRING:
        return mtl_consists_of(content, mtl_is_ascii) ? MTL_ODD_NOTHING : MTL_ODD_IA5_STRING;
    case MTL_DER_NUMERIC_STRING:
        return mtl_consists_of(content, is_numeric) ? MTL_ODD_NOTHING : MTL_ODD_NUMERIC_STRING;
    case MTL_DER_UTF8_STRING:
    case MTL_DER_TELETEX_STRING:
    case MTL_DER_BMP_STRING:
        return MTL_ODD_NOTHING;
    default:
        return MTL_ODD_STRING_TYPE;
    }
}

static bool
has_odd_attribute(const struct mtl_cert *cert, enum mtl_oddity oddity)
{
    const struct mtl_range names[] = {cert->issuer, cert->subject};

    for (size_t i = 0; i < 2; i++) {
        struct mtl_attributes walk;
        struct mtl_attribute attribute;

        mtl_attributes_start(&walk, mtl_cert_bytes(cert, names[i]));
        while (mtl_attributes_next(&walk, &attribute))
            if (attribute_oddity(&attribute) == oddity)
                return true;
    }
    return false;
}

/* ---- keys ------------------------------------------------------------------------------------------------------- */

struct rsa_numbers {
    struct mtl_slice modulus, exponent;
};

/* RFC 8017 A.1.1 */
static bool
read_rsa(const struct mtl_cert *cert, struct rsa_numbers *numbers)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->public_key), NULL), inner;

    return mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner) &&
           mtl_der_integer(&inner, MTL_DER_INTEGER, &numbers->modulus) &&
           mtl_der_integer(&inner, MTL_DER_INTEGER, &numbers->exponent) && numbers->exponent.size <= sizeof(int64_t);
}

static bool
is_even(struct mtl_slice integer)
{
    return (integer.data[integer.size - 1] & 1) == 0;
}

static bool
has_odd_rsa_key(const struct mtl_cert *cert, enum mtl_oddity oddity)
{
    struct rsa_numbers numbers;
    bool reads = read_rsa(cert, &numbers);
    int64_t exponent = reads ? mtl_der_small(numbers.exponent, INT32_MAX) : 0;

    if (oddity == MTL_ODD_RSA_KEY || !reads)
        return oddity == MTL_ODD_RSA_KEY && !reads;
    if (oddity == MTL_ODD_RSA_SIGN)
        return mtl_der_small(numbers.modulus, 1) <= 0;
    return is_even(numbers.modulus) || is_even(numbers.exponent) || exponent < 3 || exponent == INT32_MAX;
}

/* Of a key of unknown kind, since it has parameters; by the head of its SubjectPublicKeyInfo: 1.3.101.112. */
static bool
is_ed25519_with_parameters(const struct mtl_cert *cert)
{
    static const uint8_t ed25519[] = {0x2b, 0x65, 0x70};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->spki), NULL), info, algorithm;
    struct mtl_der_item oid;

    return cert->key.type == MTL_KEY_UNKNOWN && cert->key_parameters.size > 0 &&
           mtl_der_enter(&der, MTL_DER_SEQUENCE, &info) && mtl_der_enter(&info, MTL_DER_SEQUENCE, &algorithm) &&
           mtl_der_take(&algorithm, MTL_DER_OID, &oid) &&
           mtl_slice_equal(oid.content, mtl_slice_of(ed25519, sizeof ed25519));
}

static bool
has_odd_key(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned value)
{
    static const uint8_t null[] = {MTL_DER_NULL, 0};
    const struct mtl_key_info *key = &cert->key;
    struct mtl_slice point = mtl_cert_bytes(cert, cert->public_key);

    switch (oddity) {
    case MTL_ODD_RSA_PARAMETERS:
        return key->type == MTL_KEY_RSA &&
               !mtl_slice_equal(mtl_cert_bytes(cert, cert->key_parameters), mtl_slice_of(null, sizeof null));
    case MTL_ODD_RSA_KEY:
    case MTL_ODD_RSA_SIGN:
    case MTL_ODD_RSA_NUMBERS:
        return key->type == MTL_KEY_RSA && has_odd_rsa_key(cert, oddity);
    case MTL_ODD_RSA_BELOW:
        return key->type == MTL_KEY_RSA && key->bits < value;
    case MTL_ODD_RSA_ABOVE:
        return key->type == MTL_KEY_RSA && key->bits > value;
    case MTL_ODD_EC_FORM:
        return key->type == MTL_KEY_EC && (point.size == 0 || point.data[0] != 4);
    case MTL_ODD_EC_POINT:
        return key->type == MTL_KEY_EC && !mtl_cert_key_is_usable(cert);
    case MTL_ODD_KEY_TYPE:
        return key->type == (enum mtl_key_type)value;
    case MTL_ODD_KEY:
        return key->type == MTL_KEY_UNKNOWN || key->bits == 0;
    case MTL_ODD_KEY_UNUSABLE:
        return key->type == (enum mtl_key_type)value && !mtl_cert_key_is_usable(cert);
    case MTL_ODD_DSA_PARAMETERS:
        return key->type == MTL_KEY_DSA && key->bits == 0;
    case MTL_ODD_ED25519_PARAMETERS:
        return is_ed25519_with_parameters(cert);
    case MTL_ODD_ED25519_SIZE:
        return key->type == MTL_KEY_ED25519 && key->bits == 0;
    default:
        return false;
    }
}

/* ---- extensions ------------------------------------------------------------------------------------------------- */

static uint32_t
outer_tag(enum mtl_extension extension)
{
    switch (extension) {
    case MTL_EXT_KEY_USAGE:
    case MTL_EXT_NETSCAPE_CERT_TYPE:
        return MTL_DER_BIT_STRING;
    case MTL_EXT_SUBJECT_KEY_ID:
    case MTL_EXT_SCT_LIST:
        return MTL_DER_OCTET_STRING;
    case MTL_EXT_INHIBIT_ANY_POLICY:
        return MTL_DER_INTEGER;
    case MTL_EXT_OCSP_NO_CHECK:
        return MTL_DER_NULL;
    default:
        return MTL_DER_SEQUENCE;
    }
}

static bool
is_of_another_type(const struct mtl_cert *cert, enum mtl_extension extension)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[extension]), NULL);
    struct mtl_der_item item;
    struct mtl_der_bits bits;
    struct mtl_slice integer;

    if (!mtl_cert_has(cert, extension))
        return false;
    switch (outer_tag(extension)) {
    case MTL_DER_BIT_STRING:
        return !mtl_der_bit_string(&der, MTL_DER_BIT_STRING, &bits);
    case MTL_DER_INTEGER:
        return !mtl_der_integer(&der, MTL_DER_INTEGER, &integer);
    default:
        return !mtl_der_take(&der, outer_tag(extension), &item);
    }
}

static bool
has_odd_policy(const struct mtl_cert *cert)
{
    struct mtl_slice seen[64];
    size_t count = 0;
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[MTL_EXT_CERTIFICATE_POLICIES]), &notes);
    struct mtl_der list, policy;

    if (!mtl_cert_has(cert, MTL_EXT_CERTIFICATE_POLICIES) || !mtl_der_enter_list(&der, MTL_DER_SEQUENCE, &list))
        return false;
    /* of a list that nobody writes by hand, only the beginning */
    while (count < sizeof seen / sizeof *seen && !mtl_der_is_done(&list)) {
        if (!mtl_der_enter(&list, MTL_DER_SEQUENCE, &policy) || !mtl_der_oid(&policy, MTL_DER_OID, &seen[count]))
            return true;
        for (size_t i = 0; i < count; i++)
            if (mtl_slice_equal(seen[i], seen[count]))
                return true;
        count++;
    }
    return false;
}

/* Octets behind the extension's SEQUENCE, of which nobody can say what they mean. */
static bool
has_more_behind(const struct mtl_cert *cert, unsigned extension)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[extension]), &notes), list;

    return mtl_der_enter(&der, MTL_DER_SEQUENCE, &list) && !mtl_der_is_done(&der);
}

/* RFC 5280 4.2.1.9 */
static bool
has_odd_path_length(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned bits)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[MTL_EXT_BASIC_CONSTRAINTS]), &notes), list;
    struct mtl_slice length;
    bool is_ca;

    if (!mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS) || !mtl_der_enter(&der, MTL_DER_SEQUENCE, &list) ||
        (oddity == MTL_ODD_CA_PATH_LENGTH_SIZE && !mtl_der_is_next(&list, MTL_DER_BOOLEAN)) ||
        (mtl_der_is_next(&list, MTL_DER_BOOLEAN) && !mtl_der_boolean(&list, MTL_DER_BOOLEAN, &is_ca)) ||
        !mtl_der_is_next(&list, MTL_DER_INTEGER) || !mtl_der_integer(&list, MTL_DER_INTEGER, &length))
        return false;
    if (oddity == MTL_ODD_PATH_LENGTH_SIGN)
        return mtl_der_small(length, INT32_MAX) < 0;
    return mtl_der_small(length, INT64_C(1) << 53) >> bits > 0;
}

static bool
is_old_with_extensions(const struct mtl_cert *cert, unsigned value)
{
    if (cert->extensions.size == 0 || cert->version == 3)
        return false;
    return value == 0 ? cert->version < 3 : (cert->version == 1) == (value == 1);
}

/* ---- all of them ------------------------------------------------------------------------------------------------ */

static bool
has_odd_extension(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned value)
{
    uint32_t bit = 1U << (value & 31);

    switch (oddity) {
    case MTL_ODD_EXTENSION_ARC:
        return extension_has_huge_arc(cert);
    case MTL_ODD_PURPOSE_ARC:
        return purpose_has_huge_arc(cert);
    case MTL_ODD_CRITICAL_FLAG:
        return cert->odd_critical;
    case MTL_ODD_CRITICAL:
        return (cert->critical & bit) != 0;
    case MTL_ODD_TYPE:
        return is_of_another_type(cert, (enum mtl_extension)value);
    case MTL_ODD_VALUE:
        return (cert->malformed & bit) != 0;
    case MTL_ODD_NOT_DER:
        return (cert->not_der & bit) != 0;
    case MTL_ODD_IN_PART:
        return (cert->present & bit) != 0 && !mtl_extension_reads_in_part(cert, (enum mtl_extension)value);
    case MTL_ODD_MORE_BEHIND:
        return (cert->present & bit) != 0 && has_more_behind(cert, value);
    case MTL_ODD_EMPTY_NAME:
        return mtl_cert_has_empty_name(cert, (enum mtl_extension)value);
    case MTL_ODD_UNSOUND_NAME:
        return mtl_cert_has_unsound_name(cert, (enum mtl_extension)value);
    case MTL_ODD_POLICY:
        return has_odd_policy(cert);
    case MTL_ODD_PATH_LENGTH_SIGN:
    case MTL_ODD_PATH_LENGTH_SIZE:
    case MTL_ODD_CA_PATH_LENGTH_SIZE:
        return has_odd_path_length(cert, oddity, value);
    case MTL_ODD_ALT_NAME_TEXT:
    case MTL_ODD_ALT_NAME_SIZE:
    case MTL_ODD_ALT_NAME_URI:
        return mtl_has_odd_alt_name(cert, oddity, value);
    default: /* the constraints */
        return mtl_has_odd_constraint(cert, oddity, value);
    }
}

bool
mtl_oddity_is_of_key(enum mtl_oddity oddity)
{
    return oddity >= MTL_ODD_RSA_PARAMETERS && oddity <= MTL_ODD_KEY_UNUSABLE;
}

bool
mtl_cert_is_odd(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned value)
{
    switch (oddity) {
    case MTL_ODD_NOTHING:
        return false;
    case MTL_ODD_VERSION:
        return cert->version < 1 || cert->version > 3;
    case MTL_ODD_OLD_WITH_EXTENSIONS:
        return is_old_with_extensions(cert, value);
    case MTL_ODD_NEGATIVE_SERIAL:
        return (mtl_cert_bytes(cert, cert->serial).data[0] & 0x80) != 0;
    case MTL_ODD_ATTRIBUTE_ARC:
    case MTL_ODD_PRINTABLE_STRING:
    case MTL_ODD_IA5_STRING:
    case MTL_ODD_NUMERIC_STRING:
    case MTL_ODD_STRING_TYPE:
        return has_odd_attribute(cert, oddity);
    default:
        return mtl_oddity_is_of_key(oddity) ? has_odd_key(cert, oddity, value) : has_odd_extension(cert, oddity, value);
    }
}

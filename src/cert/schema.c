/* SPDX-License-Identifier: Apache-2.0 */
/* The second opinion: libtasn1 decodes certificate and extension values against pkix.asn, strict DER. */
#include "cert/schema.h"

#include "cert/algorithms.h"

#include <libtasn1.h>
#include <stdio.h>
#include <stdlib.h>

extern const asn1_static_node pkix_asn1_tab[];

/* libtasn1 takes quadratic time for long lists: 25,000 RDNs in 800 KiB take seconds. */
#define MAX_SIZE (256U * 1024U)

struct mtl_schema {
    asn1_node definitions;
};

/* Names of types in pkix.asn, by extension. */
static const char *const types[MTL_EXT_COUNT] = {
    [MTL_EXT_BASIC_CONSTRAINTS] = "BasicConstraints",
    [MTL_EXT_KEY_USAGE] = "KeyUsage",
    [MTL_EXT_EXTENDED_KEY_USAGE] = "ExtKeyUsageSyntax",
    [MTL_EXT_SUBJECT_ALT_NAME] = "GeneralNames",
    [MTL_EXT_ISSUER_ALT_NAME] = "GeneralNames",
    [MTL_EXT_SUBJECT_KEY_ID] = "SubjectKeyIdentifier",
    [MTL_EXT_AUTHORITY_KEY_ID] = "AuthorityKeyIdentifier",
    [MTL_EXT_NAME_CONSTRAINTS] = "NameConstraints",
    [MTL_EXT_CERTIFICATE_POLICIES] = "CertificatePolicies",
    [MTL_EXT_POLICY_MAPPINGS] = "PolicyMappings",
    [MTL_EXT_POLICY_CONSTRAINTS] = "PolicyConstraints",
    [MTL_EXT_INHIBIT_ANY_POLICY] = "InhibitAnyPolicy",
    [MTL_EXT_CRL_DISTRIBUTION_POINTS] = "CRLDistributionPoints",
    [MTL_EXT_FRESHEST_CRL] = "CRLDistributionPoints",
    [MTL_EXT_AUTHORITY_INFO_ACCESS] = "AuthorityInfoAccessSyntax",
    [MTL_EXT_NETSCAPE_CERT_TYPE] = "NetscapeCertType",
    [MTL_EXT_PROXY_CERT_INFO] = "ProxyCertInfo",
    [MTL_EXT_IP_ADDR_BLOCKS] = "IPAddrBlocks",
    [MTL_EXT_AUTONOMOUS_SYS] = "ASIdentifiers",
    [MTL_EXT_OCSP_NO_CHECK] = "OCSPNoCheck",
    [MTL_EXT_TLS_FEATURE] = "TLSFeatures",
    [MTL_EXT_SCT_LIST] = "SignedCertificateTimestampList",
};

struct mtl_schema *
mtl_schema_new(void)
{
    struct mtl_schema *schema = calloc(1, sizeof(*schema));

    if (!schema || asn1_array2tree(pkix_asn1_tab, &schema->definitions, NULL) != ASN1_SUCCESS) {
        fputs("mtlslint: out of memory\n", stderr);
        abort();
    }
    return schema;
}

void
mtl_schema_free(struct mtl_schema *schema)
{
    if (!schema)
        return;
    asn1_delete_structure(&schema->definitions);
    free(schema);
}

/* Decodes der as the type: a code of libtasn1. tree is to be deleted by the caller, whatever the code. */
static int
build_tree(const struct mtl_schema *schema, const char *type, struct mtl_slice der, asn1_node *tree)
{
    char name[64];
    char description[ASN1_MAX_ERROR_DESCRIPTION_SIZE];
    int size = (int)der.size;

    *tree = NULL;
    snprintf(name, sizeof(name), "PKIX.%s", type);
    int result = asn1_create_element(schema->definitions, name, tree);
    if (result != ASN1_SUCCESS)
        return result;
    return asn1_der_decoding2(tree, der.data, &size, ASN1_DECODE_FLAG_STRICT_DER, description);
}

static int
try_type(const struct mtl_schema *schema, const char *type, struct mtl_slice der)
{
    asn1_node tree;
    int result = build_tree(schema, type, der, &tree);

    asn1_delete_structure(&tree);
    return result;
}

/* The member of a broken certificate that is to blame: libtasn1 does not say. */
static const char *
find_broken_member(const struct mtl_schema *schema, struct mtl_slice der)
{
    static const struct {
        const char *name, *type;
        uint32_t tag; /* of an optional member: it is explicit */
    } members[] = {
        {"version", "Version", 0xa0},
        {"serialNumber", "CertificateSerialNumber", 0},
        {"signature", "AlgorithmIdentifier", 0},
        {"issuer", "RDNSequence", 0},
        {"validity", "Validity", 0},
        {"subject", "RDNSequence", 0},
        {"subjectPublicKeyInfo", "SubjectPublicKeyInfo", 0},
        {"extensions", "Extensions", 0xa3},
    };
    struct mtl_der reader = mtl_der_reader(der, NULL), certificate, tbs;
    struct mtl_der_item item;

    if (!mtl_der_enter(&reader, MTL_DER_SEQUENCE, &certificate) || !mtl_der_enter(&certificate, MTL_DER_SEQUENCE, &tbs))
        return "Certificate";
    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        if (members[i].tag != 0 && !mtl_der_is_next(&tbs, members[i].tag))
            continue;
        if (!mtl_der_next(&tbs, &item))
            return members[i].name;
        if (try_type(schema, members[i].type, members[i].tag != 0 ? item.content : item.whole) != ASN1_SUCCESS)
            return members[i].name;
    }
    return "Certificate";
}

static bool
explain(const struct mtl_schema *schema, struct mtl_slice der, int code, struct mtl_error *error)
{
    const char *what = find_broken_member(schema, der);

    return mtl_error_set(error, NULL, 0, NULL, "in the %s: not DER of its type (%s)", what, asn1_strerror(code));
}

bool
mtl_schema_decode_certificate(const struct mtl_schema *schema, struct mtl_slice der, struct mtl_error *error)
{
    int code = try_type(schema, "Certificate", der);

    return code == ASN1_SUCCESS || explain(schema, der, code, error);
}

bool
mtl_schema_decode_extension(const struct mtl_schema *schema, enum mtl_extension extension, struct mtl_slice value,
                            struct mtl_error *error)
{
    int code = try_type(schema, types[extension], value);

    if (code == ASN1_SUCCESS)
        return true;
    return mtl_error_set(error, NULL, 0, NULL, "in the extension's value: not DER of type %s (%s)", types[extension],
                         asn1_strerror(code));
}

/* A member of the nth extension of a decoded certificate as a part of der; false behind the last. */
static bool
find_member(asn1_node tree, struct mtl_slice der, unsigned n, const char *member, struct mtl_slice *content)
{
    char path[64];
    int start, end;
    struct mtl_der_item item;

    snprintf(path, sizeof(path), "tbsCertificate.extensions.?%u.%s", n, member);
    if (asn1_der_decoding_startEnd(tree, der.data, (int)der.size, path, &start, &end) != ASN1_SUCCESS)
        return false;
    struct mtl_der reader = mtl_der_reader(mtl_slice_of(der.data + start, (size_t)(end - start) + 1), NULL);
    if (!mtl_der_next(&reader, &item))
        return false;
    *content = item.content;
    return true;
}

static bool
decode_extensions(const struct mtl_schema *schema, asn1_node tree, struct mtl_slice der, struct mtl_error *error)
{
    struct mtl_slice oid, value;

    for (unsigned n = 1; find_member(tree, der, n, "extnID", &oid); n++) {
        enum mtl_extension extension = mtl_oid_extension(oid);
        if (extension == MTL_EXT_COUNT)
            continue;
        if (!find_member(tree, der, n, "extnValue", &value))
            return mtl_error_set(error, NULL, 0, NULL, "extension %u has no value", n);
        if (!mtl_schema_decode_extension(schema, extension, value, error))
            return false;
    }
    return true;
}

bool
mtl_schema_decode(const struct mtl_schema *schema, struct mtl_slice der, struct mtl_error *error)
{
    asn1_node tree = NULL;

    if (der.size > MAX_SIZE)
        return mtl_error_set(error, NULL, 0, NULL, "%zu bytes are too many for the schema", der.size);
    int code = build_tree(schema, "Certificate", der, &tree);
    bool fits = code == ASN1_SUCCESS ? decode_extensions(schema, tree, der, error) : explain(schema, der, code, error);
    asn1_delete_structure(&tree);
    return fits;
}

bool
mtl_schema_check(struct mtl_slice der, struct mtl_error *error)
{
    struct mtl_schema *schema = mtl_schema_new();
    bool fits = mtl_schema_decode(schema, der, error);

    mtl_schema_free(schema);
    return fits;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Extensions by hand, each known one well and badly; libcrypto and libtasn1 judge each one too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/assemble.h"
#include "support/der.h"

#define BIT(extension) (1U << (extension))
#define BASIC_CONSTRAINTS "2.5.29.19"
#define KEY_USAGE "2.5.29.15"
#define EXTENDED_KEY_USAGE "2.5.29.37"
#define SUBJECT_ALT_NAME "2.5.29.17"
#define SUBJECT_KEY_ID "2.5.29.14"
#define AUTHORITY_KEY_ID "2.5.29.35"
#define NAME_CONSTRAINTS "2.5.29.30"
#define CRL_DISTRIBUTION_POINTS "2.5.29.31"
#define PROXY_CERT_INFO "1.3.6.1.5.5.7.1.14"
#define NETSCAPE_CERT_TYPE "2.16.840.1.113730.1.1"

static const struct mtl_cert *
with_extension(struct assembly *state, const char *oid, struct mtl_slice content)
{
    struct parts parts = state->parts;

    parts.extensions = der_extension(state->arena, oid, 0, content);
    return assemble_accepted(state, &parts);
}

static bool
is_malformed(struct assembly *state, const char *oid, struct mtl_slice content)
{
    const struct mtl_cert *cert = with_extension(state, oid, content);

    assert_int_not_equal(cert->present, 0);
    return cert->malformed != 0;
}
static void
basic_constraints_are_read(void **state)
{
    struct assembly *shared = *state;
    const struct mtl_cert *cert = with_extension(shared, BASIC_CONSTRAINTS, BYTES(0x30, 0x03, 0x01, 0x01, 0xff));

    assert_true(cert->is_ca && cert->path_length == -1);
    cert = with_extension(shared, BASIC_CONSTRAINTS, BYTES(0x30, 0x00));
    assert_true(!cert->is_ca && mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS));
    cert = with_extension(shared, BASIC_CONSTRAINTS, BYTES(0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x05));
    assert_true(cert->is_ca && cert->path_length == 5);
    cert = with_extension(shared, BASIC_CONSTRAINTS, BYTES(0x30, 0x03, 0x01, 0x01, 0x00));
    assert_true(!cert->is_ca && cert->malformed == 0 && cert->not_der == 0);
    cert = with_extension(shared, BASIC_CONSTRAINTS, BYTES(0x30, 0x07, 0x02, 0x05, 0x7f, 0xff, 0xff, 0xff, 0xff));
    assert_int_equal(cert->path_length, INT32_MAX);
    assert_true(is_malformed(shared, BASIC_CONSTRAINTS, BYTES(0x30, 0x03, 0x02, 0x01, 0xff)));
    assert_true(is_malformed(shared, BASIC_CONSTRAINTS, BYTES(0x30, 0x02, 0x05, 0x00)));
    assert_true(is_malformed(shared, BASIC_CONSTRAINTS, mtl_slice_of("", 0)));
}

static void
what_is_not_der_in_an_extension_is_read_and_noted(void **state)
{
    struct assembly *shared = *state;
    const struct mtl_cert *cert = with_extension(shared, BASIC_CONSTRAINTS, BYTES(0x30, 0x03, 0x01, 0x01, 0x01));

    assert_true(cert->is_ca && cert->malformed == 0);
    assert_int_equal(cert->not_der, BIT(MTL_EXT_BASIC_CONSTRAINTS));
    cert = with_extension(shared, KEY_USAGE, BYTES(0x03, 0x02, 0x07, 0xff));
    assert_int_equal(cert->key_usage, MTL_KU_DIGITAL_SIGNATURE);
    assert_int_equal(cert->not_der, BIT(MTL_EXT_KEY_USAGE));
    cert = with_extension(shared, SUBJECT_KEY_ID, BYTES(0x04, 0x01, 0x05, 0x00));
    assert_int_equal(cert->not_der, BIT(MTL_EXT_SUBJECT_KEY_ID));
    cert = with_extension(shared, SUBJECT_KEY_ID, BYTES(0x04, 0x81, 0x01, 0x05));
    assert_int_equal(cert->not_der, BIT(MTL_EXT_SUBJECT_KEY_ID));
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->subject_key_id), BYTES(0x05)));
}

static void
key_usage_is_read_and_must_not_be_empty(void **state)
{
    struct assembly *shared = *state;

    assert_int_equal(with_extension(shared, KEY_USAGE, BYTES(0x03, 0x02, 0x01, 0x06))->key_usage,
                     MTL_KU_KEY_CERT_SIGN | MTL_KU_CRL_SIGN);
    assert_int_equal(with_extension(shared, KEY_USAGE, BYTES(0x03, 0x03, 0x07, 0x80, 0x80))->key_usage,
                     MTL_KU_DIGITAL_SIGNATURE | MTL_KU_DECIPHER_ONLY);
    assert_true(is_malformed(shared, KEY_USAGE, BYTES(0x03, 0x01, 0x00)));
    assert_true(is_malformed(shared, KEY_USAGE, BYTES(0x03, 0x02, 0x00, 0x00)));
    assert_true(is_malformed(shared, KEY_USAGE, BYTES(0x04, 0x02, 0x01, 0x06)));
}

static void
purposes_are_read(void **state)
{
    static const struct {
        const char *oid;
        unsigned usage;
    } purposes[] = {
        {"1.3.6.1.5.5.7.3.1", MTL_EKU_SERVER_AUTH},
        {"1.3.6.1.5.5.7.3.2", MTL_EKU_CLIENT_AUTH},
        {"1.3.6.1.5.5.7.3.3", MTL_EKU_CODE_SIGNING},
        {"1.3.6.1.5.5.7.3.4", MTL_EKU_EMAIL_PROTECTION},
        {"1.3.6.1.5.5.7.3.8", MTL_EKU_TIME_STAMPING},
        {"1.3.6.1.5.5.7.3.9", MTL_EKU_OCSP_SIGNING},
        {"2.5.29.37.0", MTL_EKU_ANY},
        {"1.3.6.1.4.1.311.10.3.3", MTL_EKU_MS_SGC},
        {"2.16.840.1.113730.4.1", MTL_EKU_NS_SGC},
        {"1.3.6.1.5.5.7.3.17", MTL_EKU_OTHER},
    };
    struct assembly *shared = *state;
    struct der all = der_new(shared->arena);

    for (size_t i = 0; i < sizeof(purposes) / sizeof(purposes[0]); i++) {
        struct der one = der_new(shared->arena);
        der_oid(&one, DER_OID, purposes[i].oid);
        der_oid(&all, DER_OID, purposes[i].oid);
        struct mtl_slice list = der_encode(shared->arena, DER_SEQUENCE, der_slice(&one));
        assert_int_equal(with_extension(shared, EXTENDED_KEY_USAGE, list)->extended_key_usage, purposes[i].usage);
    }
    struct mtl_slice list = der_encode(shared->arena, DER_SEQUENCE, der_slice(&all));
    assert_int_equal(with_extension(shared, EXTENDED_KEY_USAGE, list)->extended_key_usage, (1 << 10) - 1);
    assert_int_equal(with_extension(shared, EXTENDED_KEY_USAGE, BYTES(0x30, 0x00))->extended_key_usage, 0);
    assert_true(is_malformed(shared, EXTENDED_KEY_USAGE, BYTES(0x30, 0x02, 0x06, 0x00)));
}

static void
key_identifiers_are_read(void **state)
{
    struct assembly *shared = *state;
    struct mtl_slice directory = der_encode(shared->arena, DER_CONSTRUCTED | 4, shared->parts.issuer);
    struct der names = der_new(shared->arena), akid = der_new(shared->arena);
    const struct mtl_cert *cert = with_extension(shared, SUBJECT_KEY_ID, BYTES(0x04, 0x00));

    assert_non_null(mtl_cert_bytes(cert, cert->subject_key_id).data);
    assert_int_equal(cert->subject_key_id.size, 0);
    der_text(&names, DER_CONTEXT | 2, "not.a.directory");
    der_raw(&names, directory);
    der_raw(&names, der_encode(shared->arena, DER_CONSTRUCTED | 4, shared->parts.subject));
    der_value(&akid, DER_CONTEXT | 0, BYTES(0xca, 0xfe));
    der_value(&akid, DER_CONSTRUCTED | 1, der_slice(&names));
    der_integer(&akid, DER_CONTEXT | 2, 99);
    cert = with_extension(shared, AUTHORITY_KEY_ID, der_encode(shared->arena, DER_SEQUENCE, der_slice(&akid)));
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->authority_key_id), BYTES(0xca, 0xfe)));
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->authority_issuer), shared->parts.issuer));
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->authority_serial), BYTES(99)));
    cert = with_extension(shared, AUTHORITY_KEY_ID, BYTES(0x30, 0x00));
    assert_null(mtl_cert_bytes(cert, cert->authority_key_id).data);
    assert_true(is_malformed(shared, AUTHORITY_KEY_ID, BYTES(0x30, 0x02, 0x83, 0x00)));
}

static void
an_extension_that_occurs_twice_is_malformed_and_not_decoded(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    struct mtl_slice ca = der_extension(shared->arena, BASIC_CONSTRAINTS, 0, BYTES(0x30, 0x03, 0x01, 0x01, 0xff));
    struct der list = der_new(shared->arena);

    der_raw(&list, ca);
    der_raw(&list, ca);
    parts.extensions = der_slice(&list);
    const struct mtl_cert *cert = assemble_accepted(shared, &parts);
    assert_int_equal(cert->duplicate, BIT(MTL_EXT_BASIC_CONSTRAINTS));
    assert_int_equal(cert->malformed, BIT(MTL_EXT_BASIC_CONSTRAINTS));
    assert_false(cert->is_ca);
    assert_true(mtl_cert_has_malformed_extension(cert));
}

static void
critical_flags_are_kept(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    struct mtl_slice key_id = BYTES(0x04, 0x01, 0x05);

    parts.extensions = der_extension(shared->arena, SUBJECT_KEY_ID, 0xff, key_id);
    const struct mtl_cert *cert = assemble_accepted(shared, &parts);
    assert_int_equal(cert->critical, BIT(MTL_EXT_SUBJECT_KEY_ID));
    assert_false(cert->other_critical || cert->odd_critical);
    parts.extensions = der_extension(shared->arena, "1.2.3.4", 0xff, mtl_slice_text("anything"));
    cert = assemble_accepted(shared, &parts);
    assert_true(cert->other_critical && cert->other_extensions == 1 && cert->present == 0);
    parts.extensions = der_extension(shared->arena, "1.2.3.4", 0x01, mtl_slice_text("anything"));
    cert = assemble_accepted(shared, &parts);
    assert_true(cert->other_critical && cert->odd_critical);
}

static void
names_in_extensions_are_looked_into(void **state)
{
    struct assembly *shared = *state;

    assert_false(is_malformed(shared, SUBJECT_ALT_NAME, BYTES(0x30, 0x03, 0x82, 0x01, 'a')));
    assert_false(is_malformed(shared, SUBJECT_ALT_NAME, BYTES(0x30, 0x00)));
    assert_true(is_malformed(shared, SUBJECT_ALT_NAME, BYTES(0x30, 0x03, 0x89, 0x01, 'a')));
    assert_true(is_malformed(shared, SUBJECT_ALT_NAME, BYTES(0x30, 0x04, 0xa4, 0x02, 0x31, 0x00)));
    assert_false(is_malformed(shared, NAME_CONSTRAINTS, BYTES(0x30, 0x00)));
    assert_false(is_malformed(shared, NAME_CONSTRAINTS, BYTES(0x30, 0x07, 0xa0, 0x05, 0x30, 0x03, 0x82, 0x01, 'a')));
    assert_true(is_malformed(shared, NAME_CONSTRAINTS, BYTES(0x30, 0x05, 0x30, 0x03, 0x82, 0x01, 'a')));
}

static void
a_distribution_point_names_a_place_or_an_issuer(void **state)
{
    struct assembly *shared = *state;

    assert_true(is_malformed(shared, CRL_DISTRIBUTION_POINTS, BYTES(0x30, 0x02, 0x30, 0x00)));
    assert_true(is_malformed(shared, CRL_DISTRIBUTION_POINTS, BYTES(0x30, 0x04, 0x30, 0x02, 0xa2, 0x00)));
    assert_false(
        is_malformed(shared, CRL_DISTRIBUTION_POINTS, BYTES(0x30, 0x07, 0x30, 0x05, 0xa2, 0x03, 0x86, 0x01, 'a')));
    assert_false(is_malformed(shared, CRL_DISTRIBUTION_POINTS,
                              BYTES(0x30, 0x09, 0x30, 0x07, 0xa0, 0x05, 0xa0, 0x03, 0x86, 0x01, 'a')));
}

static void
a_proxy_certificate_has_no_alternative_name(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    struct mtl_slice info = BYTES(0x30, 0x06, 0x30, 0x04, 0x06, 0x02, 0x2a, 0x03);
    struct der list = der_new(shared->arena);

    assert_false(is_malformed(shared, PROXY_CERT_INFO, info));
    der_raw(&list, der_extension(shared->arena, PROXY_CERT_INFO, 0xff, info));
    der_raw(&list, der_extension(shared->arena, SUBJECT_ALT_NAME, 0, BYTES(0x30, 0x03, 0x82, 0x01, 'a')));
    parts.extensions = der_slice(&list);
    assert_int_equal(assemble_accepted(shared, &parts)->malformed, BIT(MTL_EXT_PROXY_CERT_INFO));
}

static void
netscape_types_are_read(void **state)
{
    struct assembly *shared = *state;

    assert_int_equal(with_extension(shared, NETSCAPE_CERT_TYPE, BYTES(0x03, 0x02, 0x02, 0x84))->netscape_cert_type,
                     MTL_NS_SSL_CLIENT | MTL_NS_SSL_CA);
}

static void
thousands_of_extensions_are_read(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    struct mtl_slice one = der_extension(shared->arena, "1.2.3.4", 0, mtl_slice_of("", 0));
    struct der list = der_new(shared->arena);
    const struct mtl_cert *cert;

    for (size_t i = 0; i < 70000; i++)
        der_raw(&list, one);
    parts.extensions = der_slice(&list);
    assert_true(mtl_cert_parse(shared->arena, assemble(shared, &parts), &cert, NULL));
    assert_int_equal(cert->other_extensions, UINT16_MAX);
}

static void
extensions_may_be_empty_or_in_a_version_1_certificate(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;

    parts.extensions = mtl_slice_of("", 0);
    assert_non_null(
        mtl_cert_bytes(assemble_accepted(shared, &parts), assemble_accepted(shared, &parts)->extensions).data);
    parts.version = (struct mtl_slice){0};
    parts.extensions = der_extension(shared->arena, SUBJECT_KEY_ID, 0, BYTES(0x04, 0x01, 0x05));
    assert_int_equal(assemble_accepted(shared, &parts)->present, BIT(MTL_EXT_SUBJECT_KEY_ID));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(basic_constraints_are_read),
        cmocka_unit_test(what_is_not_der_in_an_extension_is_read_and_noted),
        cmocka_unit_test(key_usage_is_read_and_must_not_be_empty),
        cmocka_unit_test(purposes_are_read),
        cmocka_unit_test(key_identifiers_are_read),
        cmocka_unit_test(an_extension_that_occurs_twice_is_malformed_and_not_decoded),
        cmocka_unit_test(critical_flags_are_kept),
        cmocka_unit_test(names_in_extensions_are_looked_into),
        cmocka_unit_test(a_distribution_point_names_a_place_or_an_issuer),
        cmocka_unit_test(a_proxy_certificate_has_no_alternative_name),
        cmocka_unit_test(netscape_types_are_read),
        cmocka_unit_test(thousands_of_extensions_are_read),
        cmocka_unit_test(extensions_may_be_empty_or_in_a_version_1_certificate),
    };
    return cmocka_run_group_tests(tests, assembly_set_up, assembly_tear_down);
}

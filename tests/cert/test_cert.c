/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates put together by hand, well and badly; libcrypto and libtasn1 judge each one too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/assemble.h"
#include "support/der.h"

#define SUBJECT_KEY_ID "2.5.29.14"
#define AUTHORITY_KEY_ID "2.5.29.35"
#define BASIC_CONSTRAINTS "2.5.29.19"

/* ---- the shell -------------------------------------------------------------------------------------------------- */

static void
every_field_is_where_it_is(void **state)
{
    struct assembly *shared = *state;
    const struct mtl_cert *cert = assemble_accepted(shared, &shared->parts);
    const struct parts *parts = &shared->parts;

    assert_int_equal(cert->version, 3);
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->issuer), parts->issuer));
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->subject), parts->subject));
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->spki), parts->spki));
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->tbs_signature_alg), parts->inner_algorithm));
    assert_true(mtl_slice_equal(mtl_cert_bytes(cert, cert->signature), BYTES(0xaa, 0xbb)));
    assert_int_equal(cert->not_before, 1767225600);
    assert_int_equal(cert->not_after, 1798761600);
    assert_int_equal(cert->key.type, MTL_KEY_EC);
    assert_int_equal(cert->key.curve, MTL_CURVE_P256);
    assert_int_equal(cert->key.bits, 256);
    assert_int_equal(cert->signature_algorithm.key, MTL_KEY_EC);
    assert_int_equal(cert->signature_algorithm.digest, MTL_DIGEST_SHA256);
    assert_null(mtl_cert_bytes(cert, cert->extensions).data);
    assert_int_equal(cert->path_length, -1);
    assert_false(cert->self_issued);
}

static void
versions_are_kept_whatever_they_are(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;

    parts.version = (struct mtl_slice){0};
    assert_int_equal(assemble_accepted(shared, &parts)->version, 1);
    parts.version = BYTES(0xa0, 0x03, 0x02, 0x01, 0x00);
    assert_int_equal(assemble_accepted(shared, &parts)->version, 1);
    parts.version = BYTES(0xa0, 0x03, 0x02, 0x01, 0x03);
    assert_int_equal(assemble_accepted(shared, &parts)->version, 4);
    parts.version = BYTES(0xa0, 0x04, 0x02, 0x02, 0x01, 0x00);
    assert_int_equal(assemble_accepted(shared, &parts)->version, 255);
    parts.version = BYTES(0xa0, 0x03, 0x02, 0x01, 0xff);
    assert_int_equal(assemble_accepted(shared, &parts)->version, 0);
    parts.version = BYTES(0xa0, 0x00);
    assemble_refused(shared, &parts, "in the version");
}

static void
serial_numbers_may_be_zero_negative_or_huge(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    uint8_t huge[2 + 100] = {0x02, 100, 0x7f};

    parts.serial = mtl_slice_of(huge, sizeof(huge));
    assert_int_equal(assemble_accepted(shared, &parts)->serial.size, 100);
    parts.serial = BYTES(0x02, 0x01, 0x00);
    assemble_accepted(shared, &parts);
    parts.serial = BYTES(0x02, 0x02, 0xff, 0x7f);
    assemble_accepted(shared, &parts);
    parts.serial = BYTES(0x02, 0x00);
    assemble_refused(shared, &parts, "in the serialNumber: the integer is empty");
    parts.serial = BYTES(0x02, 0x02, 0x00, 0x01);
    assemble_refused(shared, &parts, "in the serialNumber: the integer is not minimal");
}

static void
times_are_utc_or_generalized(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;

    parts.validity = der_validity(shared->arena, DER_GENERALIZED_TIME, "20260101000000Z", "99991231235959Z");
    assert_int_equal(assemble_accepted(shared, &parts)->not_after, 253402300799);
    parts.validity = der_validity(shared->arena, DER_UTC_TIME, "500101000000Z", "491231235959Z");
    assert_true(assemble_accepted(shared, &parts)->not_before <
                assemble_accepted(shared, &parts)->not_after - INT64_C(3000000000));
    parts.validity = der_validity(shared->arena, DER_GENERALIZED_TIME, "20260101000000.0Z", "99991231235959Z");
    assemble_refused(shared, &parts, "in the validity");
    parts.validity = der_validity(shared->arena, DER_UTC_TIME, "2601010000Z", "270101000000Z");
    assemble_refused(shared, &parts, "in the validity");
}

static void
unique_identifiers_are_skipped(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;

    parts.unique_ids = BYTES(0x81, 0x02, 0x00, 0xff, 0x82, 0x02, 0x04, 0xf0);
    assemble_accepted(shared, &parts);
    parts.unique_ids = BYTES(0x82, 0x02, 0x00, 0xff, 0x81, 0x02, 0x00, 0xff);
    assemble_refused(shared, &parts, "in the extensions");
}

static void
nothing_may_follow(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    char where[32];

    parts.behind_all = BYTES(0x00);
    snprintf(where, sizeof(where), "at byte %zu: ", assemble(shared, &parts).size - 1);
    assemble_refused(shared, &parts, where);
    assemble_refused(shared, &parts, "in the Certificate: something follows");
    parts.behind_all = (struct mtl_slice){0};
    parts.behind_tbs = BYTES(0x05, 0x00);
    assemble_refused(shared, &parts, "in the extensions");
    parts = shared->parts;
    parts.signature = BYTES(0x03, 0x02, 0x00, 0xaa, 0x05, 0x00);
    assemble_refused(shared, &parts, "in the signatureValue: something follows");
}

static void
every_cut_is_refused_and_says_where(void **state)
{
    struct assembly *shared = *state;
    struct mtl_slice der = assemble(shared, &shared->parts);
    const struct mtl_cert *cert;

    for (size_t size = 0; size < der.size; size++) {
        struct mtl_error error = {0};
        assert_false(mtl_cert_parse(shared->arena, mtl_slice_of(der.data, size), &cert, &error));
        assert_ptr_equal(strstr(error.message, "at byte "), error.message);
    }
    assert_false(mtl_cert_parse(shared->arena, (struct mtl_slice){0}, &cert, NULL));
}

static void
ber_around_the_fields_is_refused(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    struct mtl_error error = {0};
    const struct mtl_cert *cert;
    struct mtl_slice der = assemble(shared, &shared->parts);
    struct der indefinite = der_new(shared->arena);

    der_raw(&indefinite, BYTES(0x30, 0x80));
    der_raw(&indefinite, mtl_slice_of(der.data + 4, der.size - 4));
    der_raw(&indefinite, BYTES(0x00, 0x00));
    assert_false(mtl_cert_parse(shared->arena, der_slice(&indefinite), &cert, &error));
    assert_string_equal(error.message, "at byte 0: in the Certificate: the length is indefinite");
    parts.serial = BYTES(0x02, 0x81, 0x01, 0x07);
    assemble_refused(shared, &parts, "in the serialNumber: the length is not minimal");
    parts = shared->parts;
    parts.signature = BYTES(0x03, 0x02, 0x01, 0x01);
    assemble_refused(shared, &parts, "in the signatureValue: unused bits are not zero");
}

static void
a_subject_may_have_64_kib(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    uint8_t *text = mtl_arena_alloc(shared->arena, 65536);

    memset(text, 'x', 65536);
    parts.subject = der_common_name(shared->arena, DER_UTF8_STRING, mtl_slice_of(text, 65536));
    assert_true(assemble_accepted(shared, &parts)->subject.size > 65536);
}

static void
a_certificate_above_the_limit_is_refused(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    uint8_t *text = mtl_arena_alloc(shared->arena, MTL_MAX_CERT_SIZE);

    memset(text, 'x', MTL_MAX_CERT_SIZE);
    parts.subject = der_common_name(shared->arena, DER_UTF8_STRING, mtl_slice_of(text, MTL_MAX_CERT_SIZE));
    assemble_refused(shared, &parts, "more than a certificate may have");
}

static void
names_that_are_no_text_are_refused(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;

    parts.subject = der_common_name(shared->arena, DER_UTF8_STRING, BYTES(0xc0, 0x80));
    assemble_refused(shared, &parts, "in the subject");
    assert_int_equal(cert_judge(shared->judge, assemble(shared, &parts)), CERT_BOTH_REFUSE);
    parts.subject = BYTES(0x30, 0x00);
    assemble_accepted(shared, &parts);
    parts.issuer = BYTES(0x31, 0x00);
    assemble_refused(shared, &parts, "in the issuer");
}

static void
a_certificate_takes_at_most_1_kib_beside_its_der(void **state)
{
    struct assembly *shared = *state;
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_slice der = assemble(shared, &shared->parts);
    const struct mtl_cert *cert;

    for (size_t i = 0; i < 1000; i++)
        assert_true(mtl_cert_parse(arena, der, &cert, NULL));
    assert_true(mtl_arena_used(arena) <= 1000 * 1024U);
    assert_true(mtl_arena_used(arena) >= 1000 * sizeof(*cert));
    mtl_arena_free(arena);
}

/* ---- keys and algorithms ---------------------------------------------------------------------------------------- */

static void
keys_are_told_apart(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    struct der ed25519 = der_new(shared->arena), unknown = der_new(shared->arena);
    uint8_t key[35] = {0x03, 33, 0x00, 0x11};
    const struct mtl_cert *cert;

    der_oid(&ed25519, DER_OID, "1.3.101.112");
    parts.spki = der_sequence(shared->arena, der_encode(shared->arena, DER_SEQUENCE, der_slice(&ed25519)),
                              mtl_slice_of(key, sizeof(key)));
    cert = assemble_accepted(shared, &parts);
    assert_true(cert->key.type == MTL_KEY_ED25519 && cert->key.bits == 256);
    der_oid(&unknown, DER_OID, "1.2.3.4");
    parts.spki = der_sequence(shared->arena, der_encode(shared->arena, DER_SEQUENCE, der_slice(&unknown)),
                              mtl_slice_of(key, sizeof(key)));
    assert_int_equal(assemble_accepted(shared, &parts)->key.type, MTL_KEY_UNKNOWN);
    parts.spki = der_from_hex(shared->arena, "301b300d06092a864886f70d0101010500030a003007020200b1020103");
    cert = assemble_accepted(shared, &parts);
    assert_true(cert->key.type == MTL_KEY_RSA && cert->key.bits == 8 && cert->key.exponent == 3);
}

static void
the_digest_of_rsassa_pss_is_in_its_parameters(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;

    parts.outer_algorithm = der_from_hex(shared->arena, "300d06092a864886f70d01010a3000");
    assert_int_equal(assemble_accepted(shared, &parts)->signature_algorithm.digest, MTL_DIGEST_SHA1);
    parts.outer_algorithm = der_from_hex(shared->arena, "301c06092a864886f70d01010a300fa00d300b0609608648016503040202");
    assert_int_equal(assemble_accepted(shared, &parts)->signature_algorithm.digest, MTL_DIGEST_SHA384);
    parts.outer_algorithm = der_from_hex(shared->arena, "300b06092a864886f70d01010a");
    assert_int_equal(assemble_accepted(shared, &parts)->signature_algorithm.digest, MTL_DIGEST_NONE);
}

/* ---- who may have issued whom ----------------------------------------------------------------------------------- */

/* Our verdict, which must be libcrypto's. */
static enum mtl_issuer_match
match(struct assembly *state, const struct parts *issuer, const struct parts *subject)
{
    const struct mtl_cert *our_issuer = assemble_accepted(state, issuer),
                          *our_subject = assemble_accepted(state, subject);
    const uint8_t *at = our_issuer->der.data;
    X509 *their_issuer = d2i_X509(NULL, &at, (long)our_issuer->der.size);

    at = our_subject->der.data;
    X509 *their_subject = d2i_X509(NULL, &at, (long)our_subject->der.size);
    assert_true(cert_judge_pair(state->judge, our_issuer, their_issuer, our_subject, their_subject));
    X509_free(their_issuer);
    X509_free(their_subject);
    return mtl_cert_may_issue(our_issuer, our_subject);
}

static void
an_issuer_matches_by_name_key_identifiers_and_key_type(void **state)
{
    struct assembly *shared = *state;
    struct parts issuer = shared->parts, subject = shared->parts;

    assert_int_equal(match(shared, &issuer, &subject), MTL_ISSUER_NAME);
    issuer.subject = der_common_name(shared->arena, DER_PRINTABLE_STRING, mtl_slice_text(" ISSUER "));
    assert_int_equal(match(shared, &issuer, &subject), MTL_ISSUER_OK);
    issuer.extensions = der_extension(shared->arena, SUBJECT_KEY_ID, 0, BYTES(0x04, 0x01, 0x05));
    subject.extensions = der_extension(shared->arena, AUTHORITY_KEY_ID, 0, BYTES(0x30, 0x03, 0x80, 0x01, 0x05));
    assert_int_equal(match(shared, &issuer, &subject), MTL_ISSUER_OK);
    subject.extensions = der_extension(shared->arena, AUTHORITY_KEY_ID, 0, BYTES(0x30, 0x03, 0x80, 0x01, 0x06));
    assert_int_equal(match(shared, &issuer, &subject), MTL_ISSUER_KEY_ID);
    subject.extensions = der_extension(shared->arena, AUTHORITY_KEY_ID, 0, BYTES(0x30, 0x03, 0x82, 0x01, 0x06));
    assert_int_equal(match(shared, &issuer, &subject), MTL_ISSUER_SERIAL);
    subject.extensions = der_extension(shared->arena, AUTHORITY_KEY_ID, 0, BYTES(0x30, 0x01));
    assert_int_equal(match(shared, &issuer, &subject), MTL_ISSUER_MALFORMED);
}

static void
the_key_must_fit_the_algorithm_inside(void **state)
{
    struct assembly *shared = *state;
    struct parts issuer = shared->parts, subject = shared->parts;

    issuer.subject = issuer.issuer;
    subject.outer_algorithm = der_from_hex(shared->arena, "300d06092a864886f70d01010b0500");
    assert_int_equal(match(shared, &issuer, &subject), MTL_ISSUER_OK);
    subject.inner_algorithm = subject.outer_algorithm;
    assert_int_equal(match(shared, &issuer, &subject), MTL_ISSUER_KEY_TYPE);
}

static void
self_signed_needs_more_than_the_name(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;

    parts.subject = parts.issuer;
    const struct mtl_cert *cert = assemble_accepted(shared, &parts);
    assert_true(cert->self_issued && mtl_cert_is_self_signed(cert));
    parts.extensions = der_extension(shared->arena, AUTHORITY_KEY_ID, 0, BYTES(0x30, 0x03, 0x82, 0x01, 0x06));
    cert = assemble_accepted(shared, &parts);
    assert_true(cert->self_issued && !mtl_cert_is_self_signed(cert));
}

/* ---- the schema ------------------------------------------------------------------------------------------------- */

static void
the_schema_names_what_is_wrong(void **state)
{
    struct assembly *shared = *state;
    struct parts parts = shared->parts;
    struct mtl_error error = {0};

    assert_true(mtl_schema_check(assemble(shared, &parts), NULL));
    parts.validity = BYTES(0x30, 0x02, 0x05, 0x00);
    assert_false(mtl_schema_check(assemble(shared, &parts), &error));
    assert_non_null(strstr(error.message, "in the validity"));
    parts.validity = shared->parts.validity;
    parts.extensions = der_extension(shared->arena, BASIC_CONSTRAINTS, 0, BYTES(0x30, 0x02, 0x05, 0x00));
    assert_false(mtl_schema_check(assemble(shared, &parts), &error));
    assert_non_null(strstr(error.message, "BasicConstraints"));
    parts = shared->parts;
    parts.subject =
        der_encode(shared->arena, DER_SEQUENCE, mtl_slice_of(mtl_arena_alloc(shared->arena, 300000), 300000));
    assert_false(mtl_schema_check(assemble(shared, &parts), &error));
    assert_non_null(strstr(error.message, "too many for the schema"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_where_it_is),
        cmocka_unit_test(versions_are_kept_whatever_they_are),
        cmocka_unit_test(serial_numbers_may_be_zero_negative_or_huge),
        cmocka_unit_test(times_are_utc_or_generalized),
        cmocka_unit_test(unique_identifiers_are_skipped),
        cmocka_unit_test(nothing_may_follow),
        cmocka_unit_test(every_cut_is_refused_and_says_where),
        cmocka_unit_test(ber_around_the_fields_is_refused),
        cmocka_unit_test(a_subject_may_have_64_kib),
        cmocka_unit_test(a_certificate_above_the_limit_is_refused),
        cmocka_unit_test(names_that_are_no_text_are_refused),
        cmocka_unit_test(a_certificate_takes_at_most_1_kib_beside_its_der),
        cmocka_unit_test(keys_are_told_apart),
        cmocka_unit_test(the_digest_of_rsassa_pss_is_in_its_parameters),
        cmocka_unit_test(an_issuer_matches_by_name_key_identifiers_and_key_type),
        cmocka_unit_test(the_key_must_fit_the_algorithm_inside),
        cmocka_unit_test(self_signed_needs_more_than_the_name),
        cmocka_unit_test(the_schema_names_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, assembly_set_up, assembly_tear_down);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Hand-made certificates, and cmocka's assertions about them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/assemble.h"
#include "support/der.h"

struct mtl_slice
der_sequence(struct mtl_arena *arena, struct mtl_slice a, struct mtl_slice b)
{
    struct der der = der_new(arena);
    size_t start = der_open(&der, DER_SEQUENCE);

    der_raw(&der, a);
    der_raw(&der, b);
    der_close(&der, start);
    return der_slice(&der);
}

struct mtl_slice
der_encode(struct mtl_arena *arena, unsigned tag, struct mtl_slice content)
{
    struct der der = der_new(arena);

    der_value(&der, tag, content);
    return der_slice(&der);
}

/* CN=text */
struct mtl_slice
der_common_name(struct mtl_arena *arena, unsigned tag, struct mtl_slice text)
{
    struct mtl_slice type = BYTES(0x06, 0x03, 0x55, 0x04, 0x03);

    struct mtl_slice attribute = der_sequence(arena, type, der_encode(arena, tag, text));
    return der_encode(arena, DER_SEQUENCE, der_encode(arena, DER_SET, attribute));
}

struct mtl_slice
der_validity(struct mtl_arena *arena, unsigned tag, const char *not_before, const char *not_after)
{
    return der_sequence(arena, der_encode(arena, tag, mtl_slice_text(not_before)),
                        der_encode(arena, tag, mtl_slice_text(not_after)));
}

/* The base point of P-256 (SEC 2, 2.4.2): a valid key. */
static struct mtl_slice
p256_spki(struct mtl_arena *arena)
{
    return der_from_hex(arena,
                        "3059301306072a8648ce3d020106082a8648ce3d030107034200046b17d1f2e12c4247f8bce6e563a440f277"
                        "037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb640"
                        "6837bf51f5");
}

int
assembly_set_up(void **state)
{
    static struct assembly shared;
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_slice ecdsa_sha256 = BYTES(0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);

    shared = (struct assembly){.arena = arena, .judge = cert_judge_new()};
    shared.parts = (struct parts){
        .version = mtl_arena_copy(arena, BYTES(0xa0, 0x03, 0x02, 0x01, 0x02)),
        .serial = mtl_arena_copy(arena, BYTES(0x02, 0x01, 0x07)),
        .inner_algorithm = mtl_arena_copy(arena, ecdsa_sha256),
        .issuer = der_common_name(arena, DER_UTF8_STRING, mtl_slice_text("issuer")),
        .validity = der_validity(arena, DER_UTC_TIME, "260101000000Z", "270101000000Z"),
        .subject = der_common_name(arena, DER_UTF8_STRING, mtl_slice_text("subject")),
        .spki = p256_spki(arena),
        .outer_algorithm = mtl_arena_copy(arena, ecdsa_sha256),
        .signature = mtl_arena_copy(arena, BYTES(0x03, 0x03, 0x00, 0xaa, 0xbb)),
    };
    *state = &shared;
    return 0;
}

int
assembly_tear_down(void **state)
{
    struct assembly *shared = *state;

    cert_judge_free(shared->judge);
    mtl_arena_free(shared->arena);
    return 0;
}

struct mtl_slice
assemble(struct assembly *assembly, const struct parts *parts)
{
    struct der der = der_new(assembly->arena);
    size_t certificate = der_open(&der, DER_SEQUENCE), tbs = der_open(&der, DER_SEQUENCE);

    der_raw(&der, parts->version);
    der_raw(&der, parts->serial);
    der_raw(&der, parts->inner_algorithm);
    der_raw(&der, parts->issuer);
    der_raw(&der, parts->validity);
    der_raw(&der, parts->subject);
    der_raw(&der, parts->spki);
    der_raw(&der, parts->unique_ids);
    if (parts->extensions.data)
        der_value(&der, DER_CONSTRUCTED | 3, der_encode(assembly->arena, DER_SEQUENCE, parts->extensions));
    der_raw(&der, parts->behind_tbs);
    der_close(&der, tbs);
    der_raw(&der, parts->outer_algorithm);
    der_raw(&der, parts->signature);
    der_close(&der, certificate);
    der_raw(&der, parts->behind_all);
    return der_slice(&der);
}

/* Parses, and lets libcrypto and libtasn1 compare. */
const struct mtl_cert *
assemble_accepted(struct assembly *assembly, const struct parts *parts)
{
    const struct mtl_cert *cert = NULL;
    struct mtl_error error = {0};
    struct mtl_slice der = assemble(assembly, parts);

    if (!mtl_cert_parse(assembly->arena, der, &cert, &error))
        fail_msg("%s", error.message);
    if (cert_judge(assembly->judge, der) != CERT_SAME)
        fail_msg("%s", assembly->judge->difference);
    return cert;
}

void
assemble_refused(struct assembly *assembly, const struct parts *parts, const char *message)
{
    const struct mtl_cert *cert = NULL;
    struct mtl_error error = {0};

    assert_false(mtl_cert_parse(assembly->arena, assemble(assembly, parts), &cert, &error));
    if (!strstr(error.message, message))
        fail_msg("\"%s\" is not in \"%s\"", message, error.message);
}

/* An Extension; critical is the BOOLEAN's octet, 0 leaves it out. */
struct mtl_slice
der_extension(struct mtl_arena *arena, const char *oid, uint8_t critical, struct mtl_slice content)
{
    struct der der = der_new(arena);
    size_t start = der_open(&der, DER_SEQUENCE);

    der_oid(&der, DER_OID, oid);
    if (critical != 0)
        der_value(&der, DER_BOOLEAN, mtl_slice_of(&critical, 1));
    der_value(&der, DER_OCTET_STRING, content);
    der_close(&der, start);
    return der_slice(&der);
}

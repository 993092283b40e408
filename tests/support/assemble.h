/*
 * Certificates put together from encodings of their members, well or badly, for tests of the parser. The judges of
 * cert_judge.h look at each accepted one too.
 */
#ifndef MTL_TESTS_SUPPORT_ASSEMBLE_H
#define MTL_TESTS_SUPPORT_ASSEMBLE_H

#include "cert/cert.h"
#include "support/cert_judge.h"

#define BYTES(...) mtl_slice_of((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* Encodings of the members of a certificate, in order; absent ones are left out. */
struct parts {
    struct mtl_slice version, serial, inner_algorithm, issuer, validity, subject, spki, unique_ids, extensions;
    struct mtl_slice outer_algorithm, signature, behind_tbs, behind_all;
};

struct assembly {
    struct mtl_arena *arena;
    struct cert_judge *judge;
    struct parts parts; /* correct; a test changes its copy */
};

/* For cmocka: *state becomes a struct assembly. */
int assembly_set_up(void **state);
int assembly_tear_down(void **state);

struct mtl_slice assemble(struct assembly *assembly, const struct parts *parts);
/* Fails the test unless we, libcrypto and libtasn1 accept it with the same fields. */
const struct mtl_cert *assemble_accepted(struct assembly *assembly, const struct parts *parts);
/* Fails the test unless we refuse it with words that contain message. */
void assemble_refused(struct assembly *assembly, const struct parts *parts, const char *message);

/* Encodings. */
struct mtl_slice der_encode(struct mtl_arena *arena, unsigned tag, struct mtl_slice content);
struct mtl_slice der_sequence(struct mtl_arena *arena, struct mtl_slice a, struct mtl_slice b);
struct mtl_slice der_common_name(struct mtl_arena *arena, unsigned tag, struct mtl_slice text); /* a Name */
struct mtl_slice der_validity(struct mtl_arena *arena, unsigned tag, const char *not_before, const char *not_after);
/* An Extension; critical is the BOOLEAN's octet, 0 leaves it out. */
struct mtl_slice der_extension(struct mtl_arena *arena, const char *oid, uint8_t critical, struct mtl_slice content);

#endif

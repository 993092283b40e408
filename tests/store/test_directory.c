/* Files and directories: what OpenSSL's CApath finds is found. SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include "support/mint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

struct world {
    struct mtl_arena *arena;
    struct key_pool *keys;
    struct mint mint;
    char directory[64];
};

static int
set_up(void **state)
{
    struct world *world = test_calloc(1, sizeof *world);

    world->arena = mtl_arena_new();
    world->keys = *state;
    world->mint = mint_new(world->arena, world->keys);
    snprintf(world->directory, sizeof world->directory, "/tmp/mtl-test-XXXXXX");
    *state = world;
    return mkdtemp(world->directory) != NULL && mint_line(&world->mint, "a1 self-signed subject=CN=A ca") &&
                   mint_line(&world->mint, "a2 self-signed subject=CN=A ca") &&
                   mint_line(&world->mint, "b self-signed subject=CN=B ca") &&
                   mint_line(&world->mint, "crl crla issuer=a1 revoked=b")
               ? 0
               : -1;
}

static int
tear_down(void **state)
{
    struct world *world = *state;
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", world->directory);
    int status = system(command);
    mtl_arena_free(world->arena);
    test_free(world);
    return status;
}

/* Reading keys takes longer than all the rest, so all tests share them. */
static int
open_keys(void **state)
{
    *state = key_pool_new();
    return 0;
}

static int
close_keys(void **state)
{
    key_pool_free(*state);
    return 0;
}

static const char *
path_of(struct world *world, const char *name)
{
    return mtl_arena_printf(world->arena, "%s/%s", world->directory, name);
}

static void
write_bytes(struct world *world, const char *name, struct mtl_slice bytes)
{
    FILE *file = fopen(path_of(world, name), "wb");

    assert_non_null(file);
    if (bytes.size > 0)
        assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    fclose(file);
}

static X509 *
decoded(struct world *world, const char *name)
{
    struct mtl_slice bytes = mint_find(&world->mint, name)->der;
    const unsigned char *at = bytes.data;

    return d2i_X509(NULL, &at, (long)bytes.size);
}

/* "<hash of the subject>.<suffix>", the hash by libcrypto. */
static const char *
hashed_name(struct world *world, const char *name, const char *suffix)
{
    X509 *x509 = decoded(world, name);
    unsigned long hash = X509_subject_name_hash(x509);

    X509_free(x509);
    return mtl_arena_printf(world->arena, "%08lx.%s", hash, suffix);
}

static void
put(struct world *world, const char *file, const char *items)
{
    write_bytes(world, file, mint_pem(&world->mint, items));
}

static const struct mtl_material *
load(struct world *world)
{
    const struct mtl_material *material = NULL;
    struct mtl_error error;

    if (!mtl_material_load(world->arena, world->directory, MTL_EXPECT_ANYTHING, &material, &error))
        fail_msg("%s: %s", error.path, error.message);
    assert_true(material->is_directory);
    return material;
}

/* How many certificates or CRLs libcrypto has after it was asked for every subject there is. */
static size_t
libcrypto_loads(struct world *world, X509_LOOKUP_TYPE type)
{
    static const char *const names[] = {"a1", "b"};
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    size_t count = 0;

    assert_int_equal(X509_STORE_load_path(store, world->directory), 1);
    assert_int_equal(X509_STORE_CTX_init(context, store, NULL, NULL), 1);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        X509 *x509 = decoded(world, names[i]);
        X509_OBJECT *object = X509_OBJECT_new();
        X509_STORE_CTX_get_by_subject(context, type, X509_get_subject_name(x509), object);
        X509_OBJECT_free(object);
        X509_free(x509);
    }
    STACK_OF(X509_OBJECT) *objects = X509_STORE_get0_objects(store);
    for (int i = 0; i < sk_X509_OBJECT_num(objects); i++)
        count += X509_OBJECT_get_type(sk_X509_OBJECT_value(objects, i)) == type;
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    ERR_clear_error();
    return count;
}

static void
assert_as_libcrypto(struct world *world, const struct mtl_material *material, size_t certs, size_t crls)
{
    assert_true(material->is_hashed);
    assert_int_equal(libcrypto_loads(world, X509_LU_X509), certs);
    assert_int_equal(libcrypto_loads(world, X509_LU_CRL), crls);
    assert_int_equal(material->cert_count, certs);
    assert_int_equal(material->crl_count, crls);
}

/* ---- plain ------------------------------------------------------------------------------------------------------ */

static void
plain_directory_is_read_in_byte_order(void **state)
{
    struct world *world = *state;
    put(world, "b.pem", "b");
    put(world, "a.pem", "a2 a1");
    put(world, "Z.pem", "crla");
    write_bytes(world, "readme.txt", mtl_slice_text("hello\n"));
    assert_int_equal(mkdir(path_of(world, "deeper"), 0777), 0);
    put(world, "deeper/b.pem", "b");

    const struct mtl_material *material = load(world);
    assert_false(material->is_hashed);
    assert_int_equal(material->cert_count, 3);
    assert_int_equal(material->crl_count, 1);
    assert_string_equal(material->certs[0].source.path, path_of(world, "a.pem"));
    assert_int_equal(material->certs[1].source.ordinal, 2);
    assert_string_equal(material->certs[2].source.path, path_of(world, "b.pem"));
    assert_int_equal(material->certs[2].source.ordinal, 1);
    assert_int_equal(material->note_count, 1);
    assert_int_equal(material->notes[0].kind, MTL_NOTE_IGNORED);
    assert_string_equal(material->notes[0].source.path, path_of(world, "readme.txt"));
}

static void
fifo_in_a_directory_is_noted_and_not_opened(void **state)
{
    struct world *world = *state;
    put(world, "a.pem", "a1");
    assert_int_equal(mkfifo(path_of(world, "pipe.pem"), 0666), 0);
    assert_int_equal(symlink("nowhere", path_of(world, "dangling.pem")), 0);

    const struct mtl_material *material = load(world);
    assert_int_equal(material->cert_count, 1);
    assert_int_equal(material->note_count, 2);
    assert_int_equal(material->notes[0].kind, MTL_NOTE_UNREADABLE);
    assert_int_equal(material->notes[1].kind, MTL_NOTE_UNREADABLE);
    assert_string_equal(material->notes[1].message, "is a FIFO where a file is due");
}

/* ---- hashed ----------------------------------------------------------------------------------------------------- */

static void
hashed_directory_takes_only_hashed_names(void **state)
{
    struct world *world = *state;
    put(world, hashed_name(world, "a1", "0"), "a1");
    put(world, hashed_name(world, "a1", "1"), "a2");
    put(world, hashed_name(world, "a1", "r0"), "crla");
    put(world, "b.pem", "b");

    const struct mtl_material *material = load(world);
    assert_as_libcrypto(world, material, 2, 1);
    assert_int_equal(material->note_count, 0);
    assert_true(mtl_slice_equal(material->certs[0].cert->der, mint_find(&world->mint, "a1")->der));
}

static void
numbers_after_a_gap_are_not_read(void **state)
{
    struct world *world = *state;
    put(world, hashed_name(world, "a1", "0"), "a1");
    put(world, hashed_name(world, "a1", "2"), "a2");
    put(world, hashed_name(world, "b", "1"), "b");

    const struct mtl_material *material = load(world);
    assert_as_libcrypto(world, material, 1, 0);
    assert_int_equal(material->note_count, 2);
    assert_int_equal(material->notes[0].kind, MTL_NOTE_BAD_HASH_NAME);
}

static void
dangling_link_is_no_gap(void **state)
{
    struct world *world = *state;
    assert_int_equal(symlink("nowhere", path_of(world, hashed_name(world, "a1", "0"))), 0);
    put(world, hashed_name(world, "a1", "1"), "a1");
    write_bytes(world, hashed_name(world, "a1", "2"), mtl_slice_text("no certificate"));
    put(world, hashed_name(world, "a1", "3"), "a2");

    assert_as_libcrypto(world, load(world), 2, 0);
}

static void
wrong_hash_is_noted_and_not_used(void **state)
{
    struct world *world = *state;
    put(world, "00000000.0", "a1");
    put(world, hashed_name(world, "b", "0"), "b");

    const struct mtl_material *material = load(world);
    assert_as_libcrypto(world, material, 1, 0);
    assert_int_equal(material->note_count, 1);
    assert_int_equal(material->notes[0].kind, MTL_NOTE_BAD_HASH_NAME);
    assert_string_equal(material->notes[0].source.path, path_of(world, "00000000.0"));
}

static void
der_in_a_hashed_directory_is_not_used(void **state)
{
    struct world *world = *state;
    write_bytes(world, hashed_name(world, "a1", "0"), mint_find(&world->mint, "a1")->der);
    put(world, hashed_name(world, "a1", "1"), "a2");

    assert_as_libcrypto(world, load(world), 1, 0);
}

static void
certificates_before_a_broken_block_are_used(void **state)
{
    struct world *world = *state;
    struct mtl_slice pem = mint_pem(&world->mint, "a1 a2");
    char *text = mtl_arena_printf(world->arena, "%.*s", (int)pem.size, (const char *)pem.data);
    char *second = strstr(strstr(text, "-----END"), "-----BEGIN");

    second[40] = '#';
    write_bytes(world, hashed_name(world, "a1", "0"), mtl_slice_text(text));
    assert_as_libcrypto(world, load(world), 1, 0);
}

static void
names_that_only_look_hashed_are_not(void **state)
{
    struct world *world = *state;
    put(world, "ABCDEF01.0", "a1"); /* upper case */
    put(world, "abcdef0.0", "a2");  /* seven digits */
    put(world, "abcdef01.00", "b"); /* as no %d writes it */

    const struct mtl_material *material = load(world);
    assert_false(material->is_hashed);
    assert_int_equal(material->cert_count, 3);
}

/* ---- errors of loading ------------------------------------------------------------------------------------------ */

static void
assert_error(struct world *world, const char *file, enum mtl_expectation expectation, unsigned line,
             const char *message)
{
    const struct mtl_material *material;
    struct mtl_error error;
    const char *path = path_of(world, file);

    assert_false(mtl_material_load(world->arena, path, expectation, &material, &error));
    assert_string_equal(error.path, path);
    assert_int_equal(error.line, line);
    assert_string_equal(error.message, message);
}

static void
errors_say_what_is_there_and_what_is_due(void **state)
{
    struct world *world = *state;
    put(world, "cert.pem", "a1");
    put(world, "key.pem", "key:a1");
    put(world, "two.pem", "key:a1 key:b");
    put(world, "crl.pem", "crla");
    write_bytes(world, "empty.pem", (struct mtl_slice){0});
    write_bytes(world, "text.pem", mtl_slice_text("\nhello\n"));
    write_bytes(world, "broken.pem",
                mtl_slice_text("\n-----BEGIN CERTIFICATE-----\nQU#D\n-----END CERTIFICATE-----\n"));

    assert_error(world, "none.pem", MTL_EXPECT_CHAIN, 0, "does not exist");
    assert_error(world, "", MTL_EXPECT_CHAIN, 0, "is a directory where a file with a certificate is due");
    assert_error(world, "empty.pem", MTL_EXPECT_CHAIN, 0, "is empty");
    assert_error(world, "key.pem", MTL_EXPECT_CHAIN, 1, "holds a private key where a certificate is due");
    assert_error(world, "key.pem", MTL_EXPECT_TRUST, 1, "holds a private key where a trusted certificate is due");
    assert_error(world, "cert.pem", MTL_EXPECT_KEY, 1, "holds a certificate where a private key is due");
    assert_error(world, "crl.pem", MTL_EXPECT_CHAIN, 1, "holds a CRL where a certificate is due");
    assert_error(world, "cert.pem", MTL_EXPECT_CRL, 1, "holds a certificate where a CRL is due");
    assert_error(world, "text.pem", MTL_EXPECT_CHAIN, 1, "is neither PEM nor DER of a known kind");
    assert_error(world, "broken.pem", MTL_EXPECT_CHAIN, 3, "holds no usable certificate: not base64");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(plain_directory_is_read_in_byte_order),
        TEST(fifo_in_a_directory_is_noted_and_not_opened),
        TEST(hashed_directory_takes_only_hashed_names),
        TEST(numbers_after_a_gap_are_not_read),
        TEST(dangling_link_is_no_gap),
        TEST(wrong_hash_is_noted_and_not_used),
        TEST(der_in_a_hashed_directory_is_not_used),
        TEST(certificates_before_a_broken_block_are_used),
        TEST(names_that_only_look_hashed_are_not),
        TEST(errors_say_what_is_there_and_what_is_due),
    };

    return cmocka_run_group_tests(tests, open_keys, close_keys);
}

/* PEM as libcrypto writes it. SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/pem.h>

static void
any_size_is_written_as_libcrypto_does(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    uint8_t bytes[400];

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i * 151 + 7);
    for (size_t size = 1; size <= sizeof(bytes); size++) {
        struct mtl_text text = {.arena = arena};
        BIO *bio = BIO_new(BIO_s_mem());
        char *expected;

        assert_true(PEM_write_bio(bio, "CERTIFICATE", "", bytes, (long)size) > 0);
        mtl_pem_add(&text, "CERTIFICATE", mtl_slice_of(bytes, size));
        assert_int_equal(BIO_get_mem_data(bio, &expected), text.size);
        assert_memory_equal(text.text, expected, text.size);
        BIO_free(bio);
    }
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_size_is_written_as_libcrypto_does)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

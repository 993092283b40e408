/* Names against libcrypto: one Name after another, each compared with the one before.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "cert/name.h"
#include "fuzz/der_mutator.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>

static void
require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "not as in libcrypto: %s\n", what);
    abort();
}

static X509_NAME *
judge_decodes(struct mtl_slice der)
{
    const unsigned char *at = der.data;
    X509_NAME *name = d2i_X509_NAME(NULL, &at, (long)der.size);

    ERR_clear_error();
    return name;
}

static void
check_text(struct mtl_slice name)
{
    struct mtl_arena *arena = mtl_arena_new();
    const char *texts[] = {mtl_name_text(arena, name), mtl_name_label(arena, name)};

    for (size_t i = 0; i < 2; i++) {
        for (const char *at = texts[i]; *at != '\0'; at++)
            require((unsigned char)*at >= ' ' && *at != 0x7f, "text holds a control character");
    }
    mtl_arena_free(arena);
}

/* previous and its judge are those of the Name before, or absent. */
static void
check_name(struct mtl_slice name, X509_NAME *judge, struct mtl_slice previous, X509_NAME *judge_previous)
{
    uint32_t hash;

    require(judge != NULL, "it does not decode");
    require(mtl_name_is_empty(name) == (X509_NAME_entry_count(judge) == 0), "empty");
    require(mtl_name_openssl_hash(name, &hash) && hash == X509_NAME_hash_ex(judge, NULL, NULL, NULL), "hash");
    if (judge_previous != NULL) {
        bool same = X509_NAME_cmp(judge, judge_previous) == 0;
        require(mtl_name_equal(name, previous) == same, "equal");
        require((mtl_name_hash(name) == mtl_name_hash(previous)) == same, "our hash");
    }
    check_text(name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_der reader = mtl_der_reader(mtl_slice_of(data, size), NULL);
    struct mtl_slice name, previous = {0};
    X509_NAME *judge_previous = NULL;
    uint64_t hash;

    mtl_attributes_count(mtl_slice_of(data, size)); /* also what does not decode */
    while (!mtl_der_is_done(&reader) && mtl_name_read(&reader, &name, &hash)) {
        X509_NAME *judge = judge_decodes(name);
        check_name(name, judge, previous, judge_previous);
        X509_NAME_free(judge_previous);
        judge_previous = judge;
        previous = name;
    }
    X509_NAME_free(judge_previous);
    return 0;
}

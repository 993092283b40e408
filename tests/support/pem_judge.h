/*
 * libcrypto as the judge of our PEM reader: the blocks before the first refusal are the same, byte for byte, and both
 * refuse or both do not.
 */
#ifndef MTL_TESTS_SUPPORT_PEM_JUDGE_H
#define MTL_TESTS_SUPPORT_PEM_JUDGE_H

#include "store/pem.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>

/* The next block by libcrypto: 1 read, 0 the end, -1 refused. */
static int
judge_next(BIO *bio, char **name, unsigned char **data, long *size)
{
    char *header = NULL;

    ERR_clear_error();
    int is_read = PEM_read_bio(bio, name, &header, data, size);
    OPENSSL_free(header);
    if (is_read)
        return 1;
    return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE ? 0 : -1;
}

static int
our_next(struct mtl_pem *pem, struct mtl_pem_block *block)
{
    bool is_read = mtl_pem_next(pem, block);

    return pem->builder->refusal != NULL ? -1 : is_read ? 1 : 0;
}

static const char *
judge_block(struct mtl_pem *pem, BIO *bio, bool *go_on)
{
    struct mtl_pem_block block;
    unsigned char *data = NULL;
    char *name = NULL;
    long size = 0;
    const char *disagreement = NULL;
    int theirs = judge_next(bio, &name, &data, &size), ours = our_next(pem, &block);

    *go_on = false;
    if (theirs != ours)
        disagreement = theirs < 0   ? "libcrypto refuses, we do not"
                       : ours < 0   ? "we refuse, libcrypto does not"
                       : theirs > 0 ? "libcrypto finds one more block"
                                    : "we find one more block";
    else if (ours > 0 && (!mtl_slice_equal(block.label, mtl_slice_text(name)) ||
                          !mtl_slice_equal(block.body, mtl_slice_of(data, (size_t)size))))
        disagreement = "the blocks differ";
    else
        *go_on = ours > 0;
    OPENSSL_free(name);
    OPENSSL_free(data);
    return disagreement;
}

/* NULL, or how we disagree. A file that OpenSSL would read, so fgets() and not memory. */
static inline const char *
pem_judge(struct mtl_slice bytes)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_builder builder = {.arena = arena, .path = "input"};
    struct mtl_pem pem = mtl_pem_open(&builder, bytes);
    FILE *file = fmemopen((void *)(uintptr_t)bytes.data, bytes.size, "rb");
    BIO *bio = BIO_new_fp(file, BIO_CLOSE);
    const char *disagreement = NULL;
    bool go_on = bytes.size > 0;

    while (go_on && disagreement == NULL)
        disagreement = judge_block(&pem, bio, &go_on);
    BIO_free(bio);
    mtl_arena_free(arena);
    return disagreement;
}

#endif

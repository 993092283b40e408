/*
 * The cost of judging 10,000 leaves of one CA, per leaf, against the signature check that no verifier can avoid:
 * EVP_DigestVerify with the issuer's key already decoded.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

#include "bench/bench.h"
#include "path/path.h"
#include "stack/stack.h"
#include "store/store.h"
#include "support/mint.h"

enum { LEAVES = 10000, ROUNDS = 5 };

struct population {
    const struct mtl_material *ca;
    struct mtl_loaded_cert *leaves;
};

static void
die(const char *what)
{
    fprintf(stderr, "bench_judge: %s\n", what);
    exit(2);
}

static void
recipe(struct mint *mint, const char *line)
{
    if (!mint_line(mint, line))
        die(mint->error);
}

static struct population
mint_population(struct mtl_arena *arena, struct key_pool *keys, const char *key_type)
{
    struct mint mint = mint_new(arena, keys);
    recipe(&mint, mtl_arena_printf(arena, "ca self-signed ca ku=keyCertSign key=%s", key_type));
    recipe(&mint, "leaf issuer=ca not-ca ku=digitalSignature eku=clientAuth dns=leaf.example");

    struct population made = {.ca = mtl_material_parse(arena, "ca.pem", mint_pem(&mint, "ca")),
                              .leaves = mtl_arena_array(arena, LEAVES, sizeof *made.leaves)};
    for (size_t i = 0; i < LEAVES; i++) {
        recipe(&mint, mtl_arena_printf(arena,
                                       "leaf%zu issuer=ca key-of=leaf not-ca ku=digitalSignature "
                                       "eku=clientAuth dns=leaf%zu.example",
                                       i, i));
        if (!mtl_cert_parse(arena, mint.items[mint.count - 1].der, &made.leaves[i].cert, NULL))
            die("a leaf does not parse");
    }
    return made;
}

/* One arena for all verdicts, as in a session that lints 10,000 leaves. */
static double
judge_all_us(const struct population *population)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_question question = {
        .policy = &mtl_stack_find("openssl-3.0")->policy,
        .store = mtl_store_new(arena, &population->ca, 1),
        .subject = MTL_CLIENT,
        .depth = -1,
        .now = 1790000000, /* September 2026 */
        .budget = mtl_default_budget,
        .crypto = mtl_crypto_new(arena),
    };
    double start = bench_now_us();
    for (size_t i = 0; i < LEAVES; i++) {
        question.presented = (struct mtl_chain){.certs = &population->leaves[i], .count = 1};
        if (!mtl_path_judge(arena, &question)->accepted)
            die("a good leaf is not accepted");
    }
    double spent = bench_now_us() - start;
    if (mtl_crypto_verifications(question.crypto) < LEAVES)
        die("fewer signatures were checked than there are leaves");
    mtl_crypto_free(question.crypto);
    mtl_arena_free(arena);
    return spent / LEAVES;
}

static double
verify_all_us(const struct population *population)
{
    const uint8_t *der = population->ca->certs[0].cert->der.data;
    X509 *ca = d2i_X509(NULL, &der, (long)population->ca->certs[0].cert->der.size);
    EVP_PKEY *key = X509_get0_pubkey(ca);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    double start = bench_now_us();
    for (size_t i = 0; i < LEAVES; i++) {
        const struct mtl_cert *leaf = population->leaves[i].cert;
        struct mtl_slice signature = mtl_cert_bytes(leaf, leaf->signature);
        struct mtl_slice tbs = mtl_cert_bytes(leaf, leaf->tbs);
        if (EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) != 1 ||
            EVP_DigestVerify(context, signature.data, signature.size, tbs.data, tbs.size) != 1)
            die("a signature does not verify");
    }
    double spent = bench_now_us() - start;
    EVP_MD_CTX_free(context);
    X509_free(ca);
    return spent / LEAVES;
}

static void
measure(struct key_pool *keys, const char *key_type)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct population population = mint_population(arena, keys, key_type);
    double judged[ROUNDS];
    double verified[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++) {
        judged[i] = judge_all_us(&population);
        verified[i] = verify_all_us(&population);
    }
    bench_at_most(mtl_arena_printf(arena, "a leaf of 10,000, CA with %s", key_type), "judged",
                  bench_median(judged, ROUNDS), "bare signature check", bench_median(verified, ROUNDS), 1.5);
    mtl_arena_free(arena);
}

int
main(void)
{
    struct key_pool *keys = key_pool_new();
    measure(keys, "ec:P-256");
    measure(keys, "rsa:2048");
    key_pool_free(keys);
    return 0;
}

/*
 * What one certificate costs to read: ours, d2i_X509 (with X509_free), libtasn1 against the schema; over a
 * sample of all the certificates there are. SPDX-License-Identifier: Apache-2.0
 */
#include "bench/bench.h"
#include "cert/schema.h"
#include "support/corpora.h"

#include <openssl/x509.h>

#define SAMPLE 512    /* certificates, spread over all there are */
#define ROUNDS 7      /* the median counts */
#define OUR_REPEATS 8 /* ours is too fast for one pass */

struct workload {
    struct mtl_slice certs[SAMPLE];
    size_t count;
    struct mtl_schema *schema;
    bool failed;
};

static void
parse_ours(struct workload *work)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_cert *cert;

    for (size_t i = 0; i < OUR_REPEATS * work->count; i++)
        work->failed |= !mtl_cert_parse(arena, work->certs[i % work->count], &cert, NULL);
    mtl_arena_free(arena);
}

static void
parse_libcrypto(struct workload *work)
{
    for (size_t i = 0; i < work->count; i++) {
        const uint8_t *at = work->certs[i].data;
        X509 *cert = d2i_X509(NULL, &at, (long)work->certs[i].size);
        work->failed |= !cert;
        X509_free(cert);
    }
}

static void
parse_libtasn1(struct workload *work)
{
    for (size_t i = 0; i < work->count; i++)
        work->failed |= !mtl_schema_decode_certificate(work->schema, work->certs[i], NULL);
}

static double
microseconds_each(struct workload *work, void (*parse)(struct workload *), size_t repeats)
{
    double samples[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        double start = bench_now_us();
        parse(work);
        samples[i] = (bench_now_us() - start) / (double)(repeats * work->count);
    }
    return bench_median(samples, ROUNDS);
}

static void
choose(struct workload *work, const struct corpus *corpus)
{
    const struct mtl_cert *cert;
    struct mtl_arena *arena = mtl_arena_new();
    size_t step = corpus->count > SAMPLE ? corpus->count / SAMPLE : 1;

    for (size_t i = 0; i < corpus->count && work->count < SAMPLE; i += step) {
        if (mtl_cert_parse(arena, corpus->certs[i].der, &cert, NULL))
            work->certs[work->count++] = corpus->certs[i].der;
    }
    mtl_arena_free(arena);
}

int
main(void)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct workload work = {.schema = mtl_schema_new()};
    struct corpus corpus = corpus_load(arena);

    choose(&work, &corpus);
    if (work.count == 0) {
        fputs("bench_parse: found no certificate\n", stderr);
        return EXIT_FAILURE;
    }
    double ours = microseconds_each(&work, parse_ours, OUR_REPEATS);
    double libcrypto = microseconds_each(&work, parse_libcrypto, 1);
    double libtasn1 = microseconds_each(&work, parse_libtasn1, 1);
    printf("parse: ours %.2f us, d2i_X509 %.1f us, ratio %.0f (target: at least 30)%s\n", ours, libcrypto,
           libcrypto / ours, libcrypto / ours >= 30 ? "" : "  MISSED");
    printf("parse: ours %.2f us, libtasn1 %.1f us, ratio %.0f, over %zu certificates\n", ours, libtasn1,
           libtasn1 / ours, work.count);
    mtl_schema_free(work.schema);
    mtl_arena_free(arena);
    return work.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

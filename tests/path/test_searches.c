/* The searches that differ from one stack to another, each with the rules of a stack that has it. What must come of a
 * bundle is what the recording named beside it shows of the real library; the path is the one that its source takes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "path/path.h"
#include "stack/stack.h"
#include "support/mint.h"

#define NOW 1764547200 /* 2025-12-01 */

static const char *const recipe[] = {
    "root self-signed subject=CN=R ca ku=keyCertSign,cRLSign",
    "mid issuer=root subject=CN=M ca ku=keyCertSign,cRLSign",
    "old key-of=mid issuer=root subject=CN=M ca ku=keyCertSign,cRLSign not-before=2018-01-01 not-after=2019-01-01",
    "leaf issuer=mid dns=payments.example",
    "d1 issuer=root subject=CN=D1 ca ku=keyCertSign",
    "d2 issuer=d1 subject=CN=D2 ca ku=keyCertSign",
    "d3 issuer=d2 subject=CN=D3 ca ku=keyCertSign",
    "deep issuer=d3 dns=payments.example",
    "wrong issuer=mid dns=payments.example aki=wrong",
    "other self-signed subject=CN=O ca ku=keyCertSign",
    "cross issuer=other key-of=root subject=CN=R ca ku=keyCertSign,cRLSign",
    NULL,
};

struct expected {
    const char *presented, *trusted;
    const char *path;       /* leaf to anchor; NULL: rejected */
    const char *recordings; /* scenarios of fixtures/recordings, for the reader */
};

static struct mtl_chain
pick(struct mtl_arena *arena, const struct mint *mint, const char *names)
{
    struct mtl_loaded_cert *certs = mtl_arena_array(arena, 16, sizeof(*certs));
    char *word, *rest = mtl_arena_strdup(arena, names);
    struct mtl_chain chain = {.certs = certs};

    while ((word = strtok_r(rest, " ", &rest)) != NULL) {
        const struct minted *minted = mint_find(mint, word);
        assert_non_null(minted);
        assert_true(mtl_cert_parse(arena, minted->der, &certs[chain.count++].cert, NULL));
    }
    return chain;
}

static void
expect_path(const struct mtl_path *path, struct mtl_chain expected, const char *names)
{
    if (path->count != expected.count)
        fail_msg("%s: a path of %zu certificates", names, path->count);
    for (size_t i = 0; i < path->count; i++)
        if (!mtl_cert_same(path->certs[i]->cert, expected.certs[i].cert))
            fail_msg("%s: another certificate at %zu", names, i);
}

static void
expect(const char *stack, const struct expected *cases, size_t count)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct key_pool *keys = key_pool_new();
    struct mint mint = mint_new(arena, keys);

    for (const char *const *line = recipe; *line != NULL; line++)
        if (!mint_line(&mint, *line))
            fail_msg("%s: %s", *line, mint.error);
    for (size_t i = 0; i < count; i++) {
        struct mtl_chain anchors = pick(arena, &mint, cases[i].trusted);
        struct mtl_question question = {
            .policy = &mtl_stack_find(stack)->policy,
            .presented = pick(arena, &mint, cases[i].presented),
            .store = mtl_store_of(arena, anchors.certs, anchors.count, NULL, 0),
            .subject = MTL_SERVER,
            .depth = -1,
            .now = NOW,
            .budget = mtl_default_budget,
            .crypto = crypto,
        };
        const struct mtl_verdict *verdict = mtl_path_judge(arena, &question);

        if (verdict->accepted != (cases[i].path != NULL))
            fail_msg("%s: %s under %s: %s", stack, cases[i].presented, cases[i].trusted,
                     verdict->accepted ? "accepted" : mtl_reason_slug(verdict->failure.reason));
        if (cases[i].path != NULL)
            expect_path(&verdict->paths[verdict->decisive], pick(arena, &mint, cases[i].path), cases[i].presented);
    }
    mtl_crypto_free(crypto);
    key_pool_free(keys);
    mtl_arena_free(arena);
}
#define EXPECT(stack, cases) expect(stack, cases, sizeof(cases) / sizeof((cases)[0]))

/* sun.security.validator.PKIXValidator: the chain as it came, or else what a CertPathBuilder makes of it. */
static void
what_is_not_in_order_is_searched(void **state)
{
    static const struct expected cases[] = {
        {"leaf mid", "root", "leaf mid root", "basics/works"},
        {"leaf", "root", NULL, "basics/server-lone-leaf"},
        {"deep d1 d2 d3", "root", "deep d3 d2 d1 root", "building/server-reversed"},
        {"leaf old mid", "root", "leaf mid root", "building/server-expired-twin-first"},
        {"leaf mid old", "root", "leaf mid root", "building/server-expired-twin-last"},
        {"leaf leaf mid", "root", "leaf mid root", "building/server-duplicate-leaf"},
        {"wrong mid", "root", "wrong mid root", "building/server-wrong-key-id"},
        {"leaf mid cross", "other", "leaf mid cross other", "building/server-cross-to-trusted"},
    };

    (void)state;
    EXPECT("java-17", cases);
}

/* Mbed TLS 2.28 x509_crt.c x509_crt_verify_chain(): parents are looked for behind the child, and nobody comes back. */
static void
issuers_are_looked_for_onwards(void **state)
{
    static const struct expected cases[] = {
        {"leaf mid", "root", "leaf mid root", "basics/works"},
        {"leaf", "root", NULL, "basics/server-lone-leaf"},
        {"deep d1 d2 d3", "root", NULL, "building/server-reversed"},
        {"leaf old mid", "root", "leaf mid root", "building/server-expired-twin-first"},
        {"leaf mid old", "root", "leaf mid root", "building/server-expired-twin-last"},
        {"leaf leaf mid", "root", "leaf mid root", "building/server-duplicate-leaf"},
        {"wrong mid", "root", "wrong mid root", "building/server-wrong-key-id"},
        {"leaf mid cross", "other", "leaf mid cross other", "building/server-cross-to-trusted"},
        {"leaf", "leaf", NULL, "basics/server-leaf-as-anchor"},
    };

    (void)state;
    EXPECT("mbedtls-2.28", cases);
}

/* GnuTLS 3.7 common.c _gnutls_sort_clist(), verify-high.c: in order, cut where it is trusted, and nothing else. */
static void
a_sorted_chain_is_taken_as_it_is(void **state)
{
    static const struct expected cases[] = {
        {"leaf mid", "root", "leaf mid root", "basics/works"},
        {"leaf", "root", NULL, "basics/server-lone-leaf"},
        {"deep d1 d2 d3", "root", "deep d3 d2 d1 root", "building/server-reversed"},
        {"leaf old mid", "root", NULL, "building/server-expired-twin-first"},
        {"leaf mid old", "root", "leaf mid root", "building/server-expired-twin-last"},
        {"wrong mid", "root", NULL, "building/server-wrong-key-id"},
        {"leaf mid cross", "other", "leaf mid cross other", "building/server-cross-to-trusted"},
        {"leaf", "leaf", "leaf", "basics/server-leaf-as-anchor"},
    };

    (void)state;
    EXPECT("gnutls-3.7", cases);
}

/* NSS 3.87 certvfy.c, nsspki certificate.c nssCertificateArray_FindBestCertificate() */
static void
the_best_issuer_at_hand_is_taken(void **state)
{
    static const struct expected cases[] = {
        {"leaf mid", "root", "leaf mid root", "basics/works"},
        {"leaf", "root", NULL, "basics/server-lone-leaf"},
        {"deep d1 d2 d3", "root", "deep d3 d2 d1 root", "building/server-reversed"},
        {"leaf old mid", "root", "leaf mid root", "building/server-expired-twin-first"},
        {"leaf mid old", "root", "leaf mid root", "building/server-expired-twin-last"},
        {"wrong mid", "root", NULL, "building/server-wrong-key-id"},
        {"leaf mid cross", "other", "leaf mid cross other", "building/server-cross-to-trusted"},
        {"leaf", "leaf", NULL, "basics/server-leaf-as-anchor"},
    };

    (void)state;
    EXPECT("nss-3.87", cases);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_in_order_is_searched),
        cmocka_unit_test(issuers_are_looked_for_onwards),
        cmocka_unit_test(a_sorted_chain_is_taken_as_it_is),
        cmocka_unit_test(the_best_issuer_at_hand_is_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

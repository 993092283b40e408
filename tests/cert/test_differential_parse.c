/* SPDX-License-Identifier: Apache-2.0 */
/* Our parser against libcrypto and libtasn1, over all certificates there are and over mutations of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/cert_judge.h"
#include "support/cert_judge_mutate.h"
#include "support/corpora.h"

#define MUTATIONS 6000
#define NEIGHBOURS 8 /* certificates of one case of a corpus lie beside each other */

struct state {
    struct mtl_arena *arena;
    struct corpus corpus;
    struct cert_judge *judge;
};

static int
set_up(void **state)
{
    static struct state shared;

    shared.arena = mtl_arena_new();
    shared.corpus = corpus_load(shared.arena);
    shared.judge = cert_judge_new();
    *state = &shared;
    return 0;
}

static int
tear_down(void **state)
{
    struct state *shared = *state;

    cert_judge_free(shared->judge);
    mtl_arena_free(shared->arena);
    return 0;
}

static void
print_laxities(const struct cert_judge *judge)
{
    for (int i = 0; i < CERT_LAX_COUNT; i++) {
        if (judge->laxities[i] > 0)
            printf("  known difference, %zu times: %s\n", judge->laxities[i], cert_laxity_text((enum cert_laxity)i));
    }
}

static void
print_hex(struct mtl_slice der)
{
    for (size_t i = 0; i < der.size; i++)
        printf("%02x", der.data[i]);
    printf("\n");
}

static void
every_certificate_of_the_corpora_reads_the_same(void **state)
{
    struct state *shared = *state;
    size_t counts[4] = {0};

    for (size_t i = 0; i < shared->corpus.count; i++) {
        const struct corpus_cert *cert = &shared->corpus.certs[i];
        enum cert_judgement judgement = cert_judge(shared->judge, cert->der);
        counts[judgement]++;
        if (judgement == CERT_DIFFERENT)
            fail_msg("certificate %zu of %s: %s", i, cert->where, shared->judge->difference);
        if (judgement == CERT_STRICTER)
            printf("  %s: we refuse what libcrypto reads: %s\n", cert->where, shared->judge->refusal);
        if (judgement != CERT_SAME && !cert->is_fixture)
            fail_msg("certificate %zu of %s: %s", i, cert->where, shared->judge->refusal);
    }
    printf("certificates: %zu, read the same: %zu, refused by both: %zu, by us alone: %zu\n", shared->corpus.count,
           counts[CERT_SAME], counts[CERT_BOTH_REFUSE], counts[CERT_STRICTER]);
    print_laxities(shared->judge);
}

struct both {
    const struct mtl_cert *ours;
    X509 *theirs;
};

static struct both
parse_both(struct mtl_arena *arena, struct mtl_slice der)
{
    struct both both = {0};
    const uint8_t *at = der.data;

    if (mtl_cert_parse(arena, der, &both.ours, NULL))
        both.theirs = d2i_X509(NULL, &at, (long)der.size);
    return both;
}

static void
neighbours_may_issue_each_other_as_libcrypto_says(void **state)
{
    struct state *shared = *state;
    struct both near[NEIGHBOURS] = {0};
    size_t pairs = 0, matches = 0;

    for (size_t i = 0; i < shared->corpus.count; i++) {
        struct both *slot = &near[i % NEIGHBOURS];
        X509_free(slot->theirs);
        *slot = parse_both(shared->arena, shared->corpus.certs[i].der);
        for (size_t j = 0; slot->theirs && j < NEIGHBOURS; j++) {
            if (!near[j].theirs)
                continue;
            pairs += 2;
            matches += mtl_cert_may_issue(near[j].ours, slot->ours) == MTL_ISSUER_OK;
            matches += mtl_cert_may_issue(slot->ours, near[j].ours) == MTL_ISSUER_OK;
            if (!cert_judge_pair(shared->judge, near[j].ours, near[j].theirs, slot->ours, slot->theirs) ||
                !cert_judge_pair(shared->judge, slot->ours, slot->theirs, near[j].ours, near[j].theirs))
                fail_msg("certificate %zu and one of the %d before it: %s", i, NEIGHBOURS, shared->judge->difference);
        }
    }
    for (size_t j = 0; j < NEIGHBOURS; j++)
        X509_free(near[j].theirs);
    printf("pairs: %zu, of which the one may have issued the other: %zu\n", pairs, matches);
}

/* One to three changes without regard to structure: a bit, an octet, a step up or down (tags and lengths), or the end
 * cut off. */
static struct mtl_slice
mutate_bytes(uint64_t *seed, struct mtl_slice der, uint8_t *bytes)
{
    size_t size = der.size;

    memcpy(bytes, der.data, size);
    for (uint32_t changes = 1 + random_below(seed, 3); changes > 0; changes--) {
        uint8_t *at = &bytes[random_below(seed, size)];
        switch (random_below(seed, 8)) {
        case 0:
        case 1:
        case 2:
            *at ^= (uint8_t)(1U << random_below(seed, 8));
            break;
        case 3:
        case 4:
            *at = (uint8_t)random_below(seed, 256);
            break;
        case 5:
            ++*at;
            break;
        case 6:
            --*at;
            break;
        default:
            size -= random_below(seed, 64) == 0 ? random_below(seed, size) : 0;
        }
    }
    return mtl_slice_of(bytes, size);
}

static struct mtl_slice
mutate(uint64_t *seed, struct mtl_slice der, uint8_t *bytes, size_t room)
{
    size_t size = random_below(seed, 4) == 0 ? 0 : der_mutate(seed, der, bytes, room);

    return size > 0 ? mtl_slice_of(bytes, size) : mutate_bytes(seed, der, bytes);
}

static void
what_we_accept_of_mutations_libcrypto_accepts_with_the_same_fields(void **state)
{
    struct state *shared = *state;
    uint64_t seed = 0x9e3779b97f4a7c15U;
    size_t counts[4] = {0};

    if (shared->corpus.count == 0)
        skip();
    memset(shared->judge->laxities, 0, sizeof(shared->judge->laxities));
    for (size_t i = 0; i < MUTATIONS; i++) {
        struct mtl_slice der = shared->corpus.certs[random_below(&seed, shared->corpus.count)].der;
        size_t room = 2 * der.size + 256;
        struct mtl_slice mutant = mutate(&seed, der, mtl_arena_alloc(shared->arena, room), room);
        enum cert_judgement judgement = cert_judge(shared->judge, mutant);
        counts[judgement]++;
        if (judgement != CERT_DIFFERENT)
            continue;
        print_hex(mutant);
        fail_msg("mutation %zu: %s", i, shared->judge->difference);
    }
    printf("mutations: %d, read the same: %zu, refused by both: %zu, by us alone: %zu\n", MUTATIONS, counts[CERT_SAME],
           counts[CERT_BOTH_REFUSE], counts[CERT_STRICTER]);
    print_laxities(shared->judge);
    assert_true(counts[CERT_SAME] > MUTATIONS / 4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_certificate_of_the_corpora_reads_the_same),
        cmocka_unit_test(neighbours_may_issue_each_other_as_libcrypto_says),
        cmocka_unit_test(what_we_accept_of_mutations_libcrypto_accepts_with_the_same_fields),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* Certificate policies against X509_verify_cert() with X509_V_FLAG_POLICY_CHECK, on random chains. MTL_SEED and
 * MTL_COUNT choose others. SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <openssl/objects.h>
#include <openssl/x509_vfy.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "path/path.h"
#include "support/mint.h"
#include "support/quick_memory.h"
#include "support/random.h"

#define NOW 1764547200 /* 2025-12-01 */
#define DEFAULT_SEED 20261124
#define DEFAULT_COUNT 3000
#define MAX_CAS 4

/* ---- chains ----------------------------------------------------------------------------------------------------- */

/* 1.2.3.n, and anyPolicy */
static const char *const names[] = {"1.2.3.1", "1.2.3.2", "1.2.3.3", "2.5.29.32.0"};
static const char *const encodings[] = {"06032a0301", "06032a0302", "06032a0303", "0604551d2000"};

struct chance {
    struct mtl_arena *arena;
    struct test_random random;
    size_t ca_count;
    size_t subject; /* whose name the last one has: that of the certificate with this number */
    unsigned long flags;
    bool has_flaws;
    struct mtl_text recipe;
};

/* Which there are, as a mask. */
static unsigned
add_policies(struct chance *chance)
{
    const char *separator = " policies=";
    unsigned added = 0;

    for (size_t i = 0; i < 4; i++) {
        if (!random_chance(&chance->random, i == 3 ? 35 : 55))
            continue;
        mtl_text_printf(&chance->recipe, "%s%s", separator, names[i]);
        separator = ",";
        added |= 1U << i;
        if (random_chance(&chance->random, 2)) { /* twice, which is forbidden */
            mtl_text_printf(&chance->recipe, ",%s", names[i]);
            chance->has_flaws = true;
        }
    }
    return added;
}

/*
 * libcrypto 3.0 does not look at mappings where there are no policies. It also errs where a policy is mapped that only
 * anyPolicy stands for: it keeps the old name, and lets it pass where anyPolicy is inhibited (6.1.4 (b), 6.1.3 (d)).
 */
static void
add_mappings(struct chance *chance, unsigned policies)
{
    struct mtl_text hex = {.arena = chance->arena};
    size_t size = 0, count = 1 + random_below(&chance->random, 3);

    for (size_t i = 0; i < count; i++) {
        size_t most = random_chance(&chance->random, 4) ? 4 : 3;
        size_t from = random_below(&chance->random, most), to = random_below(&chance->random, most);
        const char *issuer = encodings[from], *subject = encodings[to];
        if (from < 3 && (policies & 1U << from) == 0 && (policies & 1U << 3) != 0)
            issuer = encodings[policies == 1U << 3 ? 3 : (policies & 1) != 0 ? 0 : (policies & 2) != 0 ? 1 : 2];
        chance->has_flaws = chance->has_flaws || issuer == encodings[3] || subject == encodings[3];
        size_t inner = (strlen(issuer) + strlen(subject)) / 2;
        mtl_text_printf(&hex, "30%02zx%s%s", inner, issuer, subject);
        size += inner + 2;
    }
    mtl_text_printf(&chance->recipe, " raw-mappings=30%02zx%s", size, hex.text);
}

static void
add_limits(struct chance *chance)
{
    struct test_random *random = &chance->random;
    bool demands = random_chance(random, 35), inhibits = random_chance(random, 20);

    if (demands || inhibits)
        mtl_text_printf(&chance->recipe, " raw-constraints=30%02x", (demands ? 3 : 0) + (inhibits ? 3 : 0));
    if (demands)
        mtl_text_printf(&chance->recipe, "8001%02zx", random_below(random, 4));
    if (inhibits)
        mtl_text_printf(&chance->recipe, "8101%02zx", random_below(random, 3));
    if (random_chance(random, 20))
        mtl_text_printf(&chance->recipe, " raw-inhibit=0201%02zx", random_below(random, 3));
}

static void
add_certificate(struct chance *chance, size_t number)
{
    bool is_leaf = number == chance->ca_count;
    unsigned policies = 0;

    if (number == 0 || !random_chance(&chance->random, 15)) /* otherwise it is self-issued */
        chance->subject = number;
    mtl_text_printf(&chance->recipe, "c%zu issuer=", number);
    mtl_text_printf(&chance->recipe, number == 0 ? "root" : "c%zu", number - 1);
    mtl_text_printf(&chance->recipe, " subject=CN=%zu%s", chance->subject, is_leaf ? "" : " ca");
    if (random_chance(&chance->random, 88))
        policies = add_policies(chance);
    if (!is_leaf && policies != 0 && random_chance(&chance->random, 35))
        add_mappings(chance, policies);
    if (!is_leaf || random_chance(&chance->random, 10))
        add_limits(chance);
    mtl_text_printf(&chance->recipe, "\n");
}

static struct chance
make_chain(struct mtl_arena *arena, uint64_t seed)
{
    static const unsigned long flags[] = {X509_V_FLAG_EXPLICIT_POLICY, X509_V_FLAG_INHIBIT_MAP,
                                          X509_V_FLAG_INHIBIT_ANY};
    struct chance chance = {.arena = arena, .random = {seed * 2 + 1}, .recipe = {.arena = arena}};

    chance.ca_count = 1 + random_below(&chance.random, MAX_CAS);
    for (size_t i = 0; i < 3; i++)
        if (random_chance(&chance.random, i == 0 ? 30 : 12))
            chance.flags |= flags[i];
    mtl_text_printf(&chance.recipe, "root self-signed subject=CN=R ca raw-constraints=3003800100\n");
    for (size_t i = 0; i <= chance.ca_count; i++)
        add_certificate(&chance, i);
    return chance;
}

static void
mint_chain(struct mint *mint, const struct chance *chance)
{
    char *line, *rest = mtl_arena_strdup(chance->arena, chance->recipe.text);

    while ((line = strtok_r(rest, "\n", &rest)) != NULL)
        if (!mint_line(mint, line))
            fail_msg("%s: %s", line, mint->error);
}

static struct mtl_slice
der_of(struct mint *mint, size_t number)
{
    char name[24];

    snprintf(name, sizeof(name), "c%zu", number);
    return mint_find(mint, name)->der;
}

/* ---- what they say ---------------------------------------------------------------------------------------------- */

static X509 *
decode(struct mtl_slice der)
{
    const unsigned char *at = der.data;
    X509 *cert = d2i_X509(NULL, &at, (long)der.size);

    assert_non_null(cert);
    return cert;
}

/* A code, with any policy acceptable to the user. */
static int
their_verdict(struct mint *mint, const struct chance *chance)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *chain = sk_X509_new_null();
    X509 *leaf = decode(der_of(mint, chance->ca_count)), *root = decode(mint_find(mint, "root")->der);

    for (size_t i = 0; i < chance->ca_count; i++)
        sk_X509_push(chain, decode(der_of(mint, i)));
    X509_STORE_add_cert(store, root);
    assert_true(X509_STORE_CTX_init(context, store, leaf, chain));
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(parameters, NOW);
    X509_VERIFY_PARAM_add0_policy(parameters, OBJ_nid2obj(NID_any_policy));
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_POLICY_CHECK | chance->flags);
    int code = X509_verify_cert(context) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    sk_X509_pop_free(chain, X509_free);
    X509_free(leaf);
    X509_free(root);
    return code;
}

static enum mtl_reason
our_verdict(struct mint *mint, const struct chance *chance)
{
    static const enum mtl_step steps[] = {MTL_STEP_POLICIES, MTL_STEP_END};
    static const struct mtl_phase phases[] = {{.direction = MTL_ROOT_TO_LEAF, .steps = steps}};
    const struct mtl_policy policy = {
        .search = MTL_SEARCH_FIRST_ISSUER,
        .key_ids_are_binding = true,
        .default_depth = MAX_CAS,
        .policies = {.demands_policy = (chance->flags & X509_V_FLAG_EXPLICIT_POLICY) != 0,
                     .allows_no_map = (chance->flags & X509_V_FLAG_INHIBIT_MAP) != 0,
                     .allows_no_any = (chance->flags & X509_V_FLAG_INHIBIT_ANY) != 0,
                     .flaws_fail = true,
                     .self_issued_leaf_is_free = true},
        .phases = phases,
        .phase_count = 1,
    };
    struct mtl_crypto *crypto = mtl_crypto_new(chance->arena);
    struct mtl_loaded_cert certs[MAX_CAS + 1] = {0}, root = {0};

    for (size_t i = 0; i <= chance->ca_count; i++)
        assert_true(mtl_cert_parse(chance->arena, der_of(mint, chance->ca_count - i), &certs[i].cert, NULL));
    assert_true(mtl_cert_parse(chance->arena, mint_find(mint, "root")->der, &root.cert, NULL));
    const struct mtl_question question = {
        .policy = &policy,
        .presented = {certs, chance->ca_count + 1},
        .store = mtl_store_of(chance->arena, &root, 1, NULL, 0),
        .depth = -1,
        .now = NOW,
        .budget = mtl_default_budget,
        .crypto = crypto,
    };
    const struct mtl_verdict *verdict = mtl_path_judge(chance->arena, &question);
    assert_null(verdict->undetermined);
    mtl_crypto_free(crypto);
    return verdict->accepted ? MTL_REASON_NONE : verdict->failure.reason;
}

/* Of several failures libcrypto finds another one first. */
static bool
agree(const struct chance *chance, enum mtl_reason ours, int theirs)
{
    if (chance->has_flaws)
        return (ours == MTL_REASON_NONE) == (theirs == X509_V_OK);
    return theirs == (ours == MTL_REASON_NONE             ? X509_V_OK
                      : ours == MTL_REASON_POLICY_MISSING ? X509_V_ERR_NO_EXPLICIT_POLICY
                                                          : X509_V_ERR_INVALID_POLICY_EXTENSION);
}

static uint64_t
wish(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

static void
random_policies_are_judged_as_libcrypto_judges_them(void **state)
{
    struct key_pool *keys = key_pool_new();
    uint64_t seed = wish("MTL_SEED", DEFAULT_SEED), count = wish("MTL_COUNT", DEFAULT_COUNT);
    size_t by_reason[MTL_REASON_COUNT] = {0}, different = 0;

    (void)state;
    for (uint64_t i = 0; i < count; i++) {
        struct mtl_arena *arena = mtl_arena_new();
        struct chance chance = make_chain(arena, seed + i);
        struct mint mint = mint_new(arena, keys);
        mint_chain(&mint, &chance);
        int theirs = their_verdict(&mint, &chance);
        enum mtl_reason ours = our_verdict(&mint, &chance);
        by_reason[ours]++;
        if (!agree(&chance, ours, theirs) && different++ < 5)
            printf("MTL_SEED=%" PRIu64 " MTL_COUNT=1: we %s, libcrypto %s\nflags %lx\n%s\n", seed + i,
                   mtl_reason_sentence(ours), X509_verify_cert_error_string(theirs), chance.flags, chance.recipe.text);
        mtl_arena_free(arena);
    }
    key_pool_free(keys);
    printf("%zu accepted, %zu without a policy, %zu with flaws, %zu that map anyPolicy\n", by_reason[MTL_REASON_NONE],
           by_reason[MTL_REASON_POLICY_MISSING], by_reason[MTL_REASON_POLICY_FLAWED],
           by_reason[MTL_REASON_POLICY_ANY_MAPPED]);
    assert_int_equal(different, 0);
    if (count >= DEFAULT_COUNT) {
        assert_true(by_reason[MTL_REASON_NONE] > 500 && by_reason[MTL_REASON_POLICY_MISSING] > 500);
        assert_true(by_reason[MTL_REASON_POLICY_FLAWED] > 50 && by_reason[MTL_REASON_POLICY_ANY_MAPPED] > 50);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_policies_are_judged_as_libcrypto_judges_them),
    };
    quick_memory_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

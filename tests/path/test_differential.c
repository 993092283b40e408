/* The policy of OpenSSL 3.0 against X509_verify_cert() on random chains. MTL_SEED and MTL_COUNT choose others; with
 * MTL_COUNT=1 the case is printed as a recipe.
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/x509_vfy.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/differential.h"
#include "support/mint.h"
#include "support/quick_memory.h"
#include "support/random_chains.h"

#define DEFAULT_SEED 20261123
#define DEFAULT_COUNT 21000

/* What the generator must bring about: every code that a verifier set up as libssl does can give for our reasons. */
static const int due[] = {
    X509_V_OK,
    X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
    X509_V_ERR_UNABLE_TO_GET_CRL,
    X509_V_ERR_CERT_SIGNATURE_FAILURE,
    X509_V_ERR_CRL_SIGNATURE_FAILURE,
    X509_V_ERR_CERT_NOT_YET_VALID,
    X509_V_ERR_CERT_HAS_EXPIRED,
    X509_V_ERR_CRL_NOT_YET_VALID,
    X509_V_ERR_CRL_HAS_EXPIRED,
    X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
    X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
    X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
    X509_V_ERR_CERT_CHAIN_TOO_LONG,
    X509_V_ERR_CERT_REVOKED,
    X509_V_ERR_INVALID_CA,
    X509_V_ERR_PATH_LENGTH_EXCEEDED,
    X509_V_ERR_INVALID_PURPOSE,
    X509_V_ERR_CERT_REJECTED,
    X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION,
    X509_V_ERR_KEYUSAGE_NO_CRL_SIGN,
    X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION,
    X509_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED,
    X509_V_ERR_DIFFERENT_CRL_SCOPE,
    X509_V_ERR_PERMITTED_VIOLATION,
    X509_V_ERR_EXCLUDED_VIOLATION,
    X509_V_ERR_SUBTREE_MINMAX,
    X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE,
    X509_V_ERR_UNSUPPORTED_NAME_SYNTAX,
    X509_V_ERR_HOSTNAME_MISMATCH,
    X509_V_ERR_IP_ADDRESS_MISMATCH,
    X509_V_ERR_EE_KEY_TOO_SMALL,
    X509_V_ERR_CA_KEY_TOO_SMALL,
    X509_V_ERR_CA_MD_TOO_WEAK,
    X509_V_ERR_EC_KEY_EXPLICIT_PARAMS,
};

static uint64_t
wish(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

static const char *
story(struct mtl_arena *arena, const struct random_case *chance, uint64_t seed)
{
    char now[MTL_TIME_TEXT_SIZE];
    return mtl_arena_printf(
        arena,
        "  MTL_SEED=%" PRIu64 " MTL_COUNT=1; faults: %s\n%s  presented: %s\n  trusted: %s\n"
        "  crls: %s%s\n  certificate of the %s, host %s, depth %d, at %s",
        seed, chance->faults, chance->recipe, chance->presented, chance->trusted, chance->crls,
        chance->check_revocation ? " (checked)" : "", chance->subject == MTL_CLIENT ? "client" : "server",
        chance->host == NULL ? "(none)" : chance->host, chance->depth, mtl_time_text(chance->now, now));
}

static bool
mint_lines(struct mint *mint, char *recipe)
{
    for (char *line = recipe; *line != '\0';) {
        char *end = line;
        while (*end != '\n')
            end++;
        *end = '\0';
        if (!mint_line(mint, line))
            return false;
        line = end + 1;
    }
    return true;
}

static void
run_one(struct differential *tally, struct key_pool *keys, uint64_t seed)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct random_case chance = random_case_make(arena, seed);
    struct mint mint = mint_new(arena, keys);

    if (!mint_lines(&mint, mtl_arena_strdup(arena, chance.recipe)))
        fail_msg("seed %" PRIu64 " cannot be minted: %s\n%s", seed, mint.error, chance.recipe);
    struct judge_case question = {
        .presented = mint_pem(&mint, chance.presented),
        .trusted = mint_pem(&mint, chance.trusted),
        .crls = mint_pem(&mint, chance.crls),
        .subject = chance.subject,
        .host = chance.host,
        .check_revocation = chance.check_revocation,
        .depth = chance.depth,
        .now = chance.now,
    };
    if (mint.error[0] != '\0')
        fail_msg("seed %" PRIu64 ": %s", seed, mint.error);
    const char *name = mtl_arena_printf(arena, "random/%" PRIu64, seed);
    differential_case(tally, name, &question, story(arena, &chance, seed));
    mtl_arena_free(arena);
}

static void
random_chains_are_judged_as_libcrypto_judges_them(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    struct differential tally = differential_new(arena, "random chains");
    uint64_t seed = wish("MTL_SEED", DEFAULT_SEED), count = wish("MTL_COUNT", DEFAULT_COUNT);
    (void)state;

    printf("random chains: seeds from %" PRIu64 ", judged by %s\n", seed, OpenSSL_version(OPENSSL_VERSION));
    for (uint64_t i = 0; i < count; i++)
        run_one(&tally, keys, seed + i);
    bool good = differential_report(&tally);
    for (size_t i = 0; count >= DEFAULT_COUNT && i < sizeof due / sizeof due[0]; i++) {
        if (tally.by_code[due[i]] == 0)
            print_error("code %d (%s) never came up\n", due[i], X509_verify_cert_error_string(due[i]));
        good = good && tally.by_code[due[i]] > 0;
    }
    key_pool_free(keys);
    mtl_arena_free(arena);
    assert_true(good);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_chains_are_judged_as_libcrypto_judges_them),
    };
    quick_memory_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

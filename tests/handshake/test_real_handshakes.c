/* Predictions against libssl on both sides, for every scenario and both versions of TLS. MTL_CASE=text takes only
 * scenarios whose name holds it; MTL_DUMP=1 prints what really happened.
 * SPDX-License-Identifier: Apache-2.0 */
#include <openssl/x509_vfy.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/differential.h"
#include "support/handshake_case.h"
#include "support/real_handshake.h"
#include "support/recipe.h"

#define LEAST_SCENARIOS 80

/* What differs between one prediction and what happened, as lines. */
struct comparison {
    const struct mtl_transcript *predicted;
    const struct real_handshake *real;
    struct mtl_text differences;
};

static void
expect_number(struct comparison *comparison, const char *what, long predicted, long real)
{
    if (predicted != real)
        mtl_text_printf(&comparison->differences, "  %s: predicted %ld, really %ld\n", what, predicted, real);
}

static long
real_outcome(const struct real_handshake *real)
{
    if (real->rejected)
        return MTL_HANDSHAKE_REJECTED;
    return real->established ? MTL_ESTABLISHED : MTL_UNDETERMINED;
}

static void
compare_rejection(struct comparison *comparison)
{
    const struct mtl_transcript *predicted = comparison->predicted;
    const struct real_handshake *real = comparison->real;
    const struct real_side *judge = &real->sides[real->rejected_by];

    expect_number(comparison, "rejected by (0 client, 1 server)", predicted->rejected_by, real->rejected_by);
    expect_number(comparison, "does not start", predicted->local, real->local);
    expect_number(comparison, "alert", predicted->alert, real->alert < 0 ? 0 : real->alert);
    if (!real->local)
        expect_number(comparison, "after the client's connect", predicted->moment == MTL_MOMENT_AFTER_HANDSHAKE,
                      real->after_handshake);
    /* A side that cannot send its own chain has not judged any; a message refused for its size is never received. */
    if (real->local || predicted->reason == MTL_REASON_OWN_CHAIN_WEAK || predicted->reason == MTL_REASON_TOO_LARGE)
        return;
    if (predicted->at_message == NULL || strstr(predicted->at_message, judge->last_message) == NULL)
        mtl_text_printf(&comparison->differences, "  at message: predicted %s, really %s\n",
                        predicted->at_message == NULL ? "none" : predicted->at_message, judge->last_message);
    if (judge->verify_result == X509_V_OK)
        return;
    expect_number(comparison, "error of the verifier", predicted->native == NULL ? 0 : predicted->native->native_code,
                  judge->verify_result);
    expect_number(comparison, "depth of the error", predicted->native_depth, judge->verify_depth);
}

static bool
any_holds(const char *const *lines, const char *text)
{
    for (size_t i = 0; lines != NULL && lines[i] != NULL; i++)
        if (strstr(lines[i], text) != NULL)
            return true;
    return false;
}

static void
expect_seen(struct comparison *comparison, const char *who, const char *const *lines, const char *text)
{
    if (any_holds(lines, text))
        return;
    mtl_text_printf(&comparison->differences, "  the %s logs \"%s\", which was not predicted; predicted:\n", who, text);
    for (size_t i = 0; lines != NULL && lines[i] != NULL; i++)
        mtl_text_printf(&comparison->differences, "    %s\n", lines[i]);
}

static bool
files_are_broken(const struct comparison *comparison)
{
    return comparison->predicted->reason == MTL_REASON_UNDECODABLE;
}

static void
compare_logs(struct comparison *comparison)
{
    for (int role = MTL_CLIENT; role <= MTL_SERVER; role++) {
        const struct real_side *side = &comparison->real->sides[role];
        const char *who = role == MTL_CLIENT ? "client" : "server";
        const char *const *lines =
            role == MTL_CLIENT ? comparison->predicted->client_sees : comparison->predicted->server_sees;
        const struct mtl_side *files =
            role == MTL_CLIENT ? comparison->predicted->client : comparison->predicted->server;
        /* What libcrypto leaves in the queue below libssl's own entry differs with the key and with what is broken in
         * a file; it is not predicted. */
        for (size_t i = 0; side->errors[i] != NULL; i++)
            if (strstr(side->errors[i], ":SSL routines:") != NULL || (!side->started && !files_are_broken(comparison)))
                expect_seen(comparison, who, lines, side->errors[i]);
        if (side->failed && side->verify_result != X509_V_OK && files->verify != MTL_VERIFY_NONE)
            expect_seen(comparison, who, lines, X509_verify_cert_error_string(side->verify_result));
    }
}

static void
compare_sent(struct comparison *comparison, enum mtl_role role)
{
    const struct real_side *real = &comparison->real->sides[role];
    const struct mtl_chain *sent = &comparison->predicted->sent[role];
    const char *what = role == MTL_CLIENT ? "certificates sent by the client" : "certificates sent by the server";

    if (!real->sent_certificate)
        return;
    expect_number(comparison, what, (long)sent->count, (long)real->sent_count);
    for (size_t i = 0; i < sent->count && i < real->sent_count; i++)
        if (!mtl_slice_equal(sent->certs[i].cert->der, real->sent[i]))
            mtl_text_printf(&comparison->differences, "  %s: number %zu is another\n", what, i);
}

static const char *
compare(struct mtl_arena *arena, const struct mtl_transcript *predicted, const struct real_handshake *real)
{
    struct comparison comparison = {.predicted = predicted, .real = real, .differences = {.arena = arena}};

    expect_number(&comparison, "outcome (0 established, 1 rejected, 2 neither)", predicted->outcome,
                  real_outcome(real));
    if (predicted->outcome == MTL_UNDETERMINED)
        mtl_text_printf(&comparison.differences, "  undetermined: %s\n", predicted->why_undetermined);
    if (real->rejected && predicted->outcome == MTL_HANDSHAKE_REJECTED)
        compare_rejection(&comparison);
    if (predicted->client_sends >= 0 && !real->local)
        expect_number(&comparison, "the client sends a certificate", predicted->client_sends,
                      real->sides[MTL_CLIENT].sent_certificate);
    compare_logs(&comparison);
    compare_sent(&comparison, MTL_CLIENT);
    compare_sent(&comparison, MTL_SERVER);
    return comparison.differences.size > 0 ? comparison.differences.text : NULL;
}

struct tally {
    const char *known; /* fixtures/DIFFERENCES */
    unsigned handshakes, equal, known_different, different;
    unsigned established, by_client, by_server, not_started, after_connect;
    unsigned reasons[2][MTL_REASON_COUNT]; /* predicted, by the side that rejects */
};

static void
count(struct tally *tally, const struct real_handshake *real)
{
    tally->handshakes++;
    tally->established += real->established;
    tally->by_client += real->rejected && !real->local && real->rejected_by == MTL_CLIENT;
    tally->by_server += real->rejected && !real->local && real->rejected_by == MTL_SERVER;
    tally->not_started += real->local;
    tally->after_connect += real->after_handshake;
}

static void
run_version(struct tally *tally, const struct handshake_case *scenario, const struct mtl_handshake_question *question,
            enum mtl_tls tls)
{
    struct mtl_arena *arena = mtl_arena_new();
    const char *name = mtl_arena_printf(arena, "handshake/%s/%s", scenario->name, mtl_tls_text(tls));
    struct real_handshake real = real_handshake_run(arena, scenario, tls);

    count(tally, &real);
    if (getenv("MTL_DUMP") != NULL)
        real_handshake_dump(&real, scenario, tls);
    const struct mtl_transcript *predicted = mtl_handshake_predict(arena, question, tls);
    const char *differences = compare(arena, predicted, &real);
    if (predicted->outcome == MTL_HANDSHAKE_REJECTED)
        tally->reasons[predicted->rejected_by][predicted->reason]++;
    bool known = differential_is_known(tally->known, name);
    if (differences == NULL && known) {
        printf("%s does not differ any more: take it out of fixtures/DIFFERENCES\n", name);
        tally->different++;
    } else if (differences == NULL) {
        tally->equal++;
    } else if (known) {
        tally->known_different++;
    } else {
        tally->different++;
        printf("%s differs\n%s", name, differences);
    }
    mtl_arena_free(arena);
}

static void
run_scenario(struct tally *tally, const char *path)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct handshake_case scenario;
    struct mtl_handshake_question question;
    struct mtl_error error;

    if (!handshake_case_load(arena, path, &scenario, &error) ||
        !handshake_case_question(arena, &scenario, crypto, &question, &error))
        fail_msg("%s: %s:%u: %s", path, error.path, error.line, error.message);
    for (int tls = MTL_TLS12; tls <= MTL_TLS13; tls++)
        run_version(tally, &scenario, &question, (enum mtl_tls)tls);
    mtl_crypto_free(crypto);
    mtl_arena_free(arena);
}

/* Has libssl such a reason at all? Others belong to other stacks, see test_recordings.c. */
static bool
is_of_libssl(enum mtl_reason reason)
{
    switch (reason) {
    case MTL_REASON_NO_CERTIFICATE:
    case MTL_REASON_KEY_MISMATCH:
    case MTL_REASON_UNDECODABLE:
    case MTL_REASON_NO_SHARED_ALGORITHM:
    case MTL_REASON_OWN_CHAIN_WEAK:
    case MTL_REASON_TOO_LARGE:
        return true; /* outside the path, so without a code of libcrypto's */
    default:
        return mtl_stack_reason(mtl_stack_find("openssl-3.0"), reason) != NULL;
    }
}

/* Reasons that libssl cannot give in that role, or that another one always precedes. */
static bool
cannot_arise(enum mtl_role rejecting, enum mtl_reason reason)
{
    switch (reason) {
    case MTL_REASON_NAME_MISMATCH:
    case MTL_REASON_ADDRESS_MISMATCH:
        return rejecting == MTL_SERVER; /* servers expect no name */
    case MTL_REASON_NO_CERTIFICATE:
        return rejecting == MTL_CLIENT; /* a server without a certificate agrees on no algorithm first */
    case MTL_REASON_LEAF_UNVERIFIED:    /* that no issuer was found is decisive first */
    case MTL_REASON_CRL_ISSUER_MISSING:
    case MTL_REASON_ISSUER_KEY:        /* such an issuer is never taken */
    case MTL_REASON_NO_CERT_SIGN:      /* it is no CA, which is found out first */
    case MTL_REASON_PROXY_NAME:        /* proxies are refused for what they are before */
    case MTL_REASON_CONSTRAINT_SYNTAX: /* documented by libcrypto, returned nowhere */
        return true;
    default:
        return !is_of_libssl(reason);
    }
}

/* Scenarios must bring about every reason by both sides. */
static unsigned
missing_reasons(const struct tally *tally)
{
    unsigned missing = 0;
    for (int reason = MTL_REASON_NONE + 1; reason < MTL_REASON_COUNT; reason++) {
        for (int role = MTL_CLIENT; role <= MTL_SERVER; role++) {
            if (tally->reasons[role][reason] > 0 || cannot_arise((enum mtl_role)role, (enum mtl_reason)reason))
                continue;
            printf("no scenario in which the %s rejects for reason %d (%s)\n", role == MTL_CLIENT ? "client" : "server",
                   reason, mtl_reason_sentence((enum mtl_reason)reason));
            missing++;
        }
    }
    return missing;
}

static void
real_handshakes_end_as_predicted(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    const char *wish = getenv("MTL_CASE");
    size_t path_count, size;
    const char *const *paths = handshake_case_list(arena, &path_count);
    const char *known = file_text(arena, MTL_SOURCE_DIR "/fixtures/DIFFERENCES", &size);
    struct tally tally = {.known = known == NULL ? "" : known};
    (void)state;

    assert_true(path_count >= LEAST_SCENARIOS);
    for (size_t i = 0; i < path_count; i++)
        if (wish == NULL || strstr(paths[i], wish) != NULL)
            run_scenario(&tally, paths[i]);
    printf("%zu scenarios, %u real handshakes: %u as predicted, %u known to differ, %u differ\n", path_count,
           tally.handshakes, tally.equal, tally.known_different, tally.different);
    printf("  %u established, %u rejected by the client, %u by the server (%u after the client's connect), "
           "%u not started\n",
           tally.established, tally.by_client, tally.by_server, tally.after_connect, tally.not_started);
    unsigned missing = wish == NULL ? missing_reasons(&tally) : 0;
    mtl_arena_free(arena);
    assert_int_equal(missing, 0);
    assert_int_equal(tally.different, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_handshakes_end_as_predicted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Predictions against fixtures/recordings: what real stacks did when they met the observer, which presents whatever a
 * scenario says and verifies nothing. MTL_STACK=id takes one stack only, MTL_KNOWN=1 shows what is known to differ,
 * too. See tests/lab/README.md. SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "support/handshake_case.h"
#include "support/recipe.h"

#define FOLDER MTL_SOURCE_DIR "/fixtures/recordings"
#define LEAST_RECORDINGS 150 /* of a stack in one role without CRLs */
#define LEAST_PERCENT 98
#define MAX_RECORDINGS 100

/* How a prediction differs from its recording, the least first. */
enum difference { SAME, IN_WORDS, UNDETERMINED, OTHERWISE, DIFFERENCE_COUNT };

/* How often the predictions for one stack are right. */
struct score {
    const struct mtl_stack *stack; /* NULL: no profile yet */
    int depth;                     /* the limit that it was configured with; -1: its default */
    unsigned recordings, right, wrong, skipped;
    unsigned known[DIFFERENCE_COUNT]; /* as KNOWN says */
};

struct replay {
    const char *known; /* fixtures/recordings/KNOWN */
    struct recording *recordings;
    size_t recording_count;
    struct mtl_stack observer;
    struct mtl_stack_signing observer_signing[2][MTL_TLS_COUNT]; /* by role */
};

/* One recording beside its prediction. */
struct comparison {
    const json_t *recorded;
    const struct mtl_transcript *predicted;
    enum mtl_role role; /* of the stack */
    enum difference difference;
    struct mtl_text differences;
};

static const char *
text_of(const json_t *recorded, const char *field)
{
    return json_string_value(json_object_get(recorded, field));
}

/* ---- the observer as a stack ---------------------------------------------------------------------------------- */

/* libssl with a stand-in for its certificate: it can use any certificate whose key it can sign with. */
static void
describe_observer(struct replay *replay)
{
    const struct mtl_stack *libssl = mtl_stack_find("openssl-3.0");

    for (int tls = MTL_TLS12; tls <= MTL_TLS13; tls++) {
        struct mtl_stack_signing *signing = &replay->observer_signing[MTL_SERVER][tls];
        replay->observer_signing[MTL_CLIENT][tls] = libssl->signing[MTL_CLIENT][tls];
        replay->observer_signing[MTL_CLIENT][tls].keys |= 1U << MTL_KEY_UNKNOWN;
        *signing = libssl->signing[MTL_SERVER][tls];
        signing->keys |= 1U << MTL_KEY_UNKNOWN;
        signing->peer_needs_digital_signature |= signing->need_digital_signature;
        signing->need_digital_signature = 0;
    }
    replay->observer = *libssl;
    replay->observer.id = "observer";
    replay->observer.completes_chain_from_own_trust = false;
    replay->observer.refuses_own_weak_certificate = false;
    replay->observer.refuses_own_malformed_leaf = false;
    replay->observer.refuses_own_undecodable_files = false;
    replay->observer.signs_with_any_key = true;
    replay->observer.sends_blocks_undecoded = true;
    replay->observer.names_as_given = true;
    replay->observer.loadable_keys = UINT32_MAX;
    replay->observer.largest_certificate_message = 0;
    for (int role = MTL_CLIENT; role <= MTL_SERVER; role++)
        replay->observer.signing[role] = replay->observer_signing[role];
}

static void
seat_observer(struct replay *replay, const struct handshake_case *scenario, struct mtl_side *side)
{
    replay->observer.names_no_cas = scenario->names_no_cas;
    side->stack = &replay->observer;
    if (side->verify != MTL_VERIFY_NONE)
        side->verify = MTL_VERIFY_ASK;
}

/* ---- comparing ------------------------------------------------------------------------------------------------ */

static void
differs(struct comparison *comparison, enum difference how)
{
    if (comparison->predicted->outcome == MTL_UNDETERMINED)
        how = UNDETERMINED;
    if (how > comparison->difference)
        comparison->difference = how;
}

static void
expect_text(struct comparison *comparison, const char *field, const char *predicted)
{
    const char *recorded = text_of(comparison->recorded, field);

    if (recorded == NULL ? predicted == NULL : predicted != NULL && strcmp(recorded, predicted) == 0)
        return;
    differs(comparison, OTHERWISE);
    mtl_text_printf(&comparison->differences, "  %s: predicted %s, recorded %s\n", field,
                    predicted == NULL ? "none" : predicted, recorded == NULL ? "none" : recorded);
}

static void
expect_number(struct comparison *comparison, const char *field, long predicted)
{
    long recorded = (long)json_integer_value(json_object_get(comparison->recorded, field));

    if (recorded == predicted)
        return;
    differs(comparison, OTHERWISE);
    mtl_text_printf(&comparison->differences, "  %s: predicted %ld, recorded %ld\n", field, predicted, recorded);
}

static void
expect_logged(struct comparison *comparison, const char *line)
{
    const json_t *log = json_object_get(comparison->recorded, "log");

    for (size_t i = 0; i < json_array_size(log); i++)
        if (strstr(json_string_value(json_array_get(log, i)), line) != NULL)
            return;
    differs(comparison, IN_WORDS);
    mtl_text_printf(&comparison->differences, "  predicted in its log, but not recorded: %s\n", line);
}

/* A stack whose words have no place for the text keeps it to itself. */
static bool
says_why(const struct mtl_stack *stack, enum mtl_role role)
{
    const char *const *words = role == MTL_CLIENT ? stack->words.rejects_server : stack->words.rejects_client;

    for (size_t i = 0; i < 4 && words[i] != NULL; i++)
        if (strstr(words[i], "{text}") != NULL)
            return true;
    return false;
}

static void
expect_words(struct comparison *comparison)
{
    const struct mtl_transcript *predicted = comparison->predicted;
    const char *const *lines = comparison->role == MTL_CLIENT ? predicted->client_sees : predicted->server_sees;
    const struct mtl_stack *rejecting =
        predicted->rejected_by == MTL_CLIENT ? predicted->client->stack : predicted->server->stack;

    if (predicted->outcome != MTL_HANDSHAKE_REJECTED)
        return;
    if (predicted->native != NULL && predicted->native->native_text != NULL && rejecting->leftover_word_count == 0 &&
        says_why(rejecting, predicted->rejected_by))
        expect_logged(comparison, predicted->native->native_text);
    for (size_t i = 0; lines[i] != NULL; i++)
        expect_logged(comparison, lines[i]);
}

static bool
was_seen(const json_t *recorded, const char *message)
{
    const json_t *messages = json_object_get(recorded, "messages");

    for (size_t i = 0; i < json_array_size(messages); i++)
        if (strcmp(json_string_value(json_array_get(messages, i)), message) == 0)
            return true;
    return false;
}

/* A client that was asked: did it send its certificate, or an empty message? */
static void
expect_answer(struct comparison *comparison)
{
    bool sent = was_seen(comparison->recorded, "< Certificate");
    bool withheld = was_seen(comparison->recorded, "< Certificate (empty)");

    if (comparison->role != MTL_CLIENT || !(sent || withheld) || comparison->predicted->client_sends == sent)
        return;
    differs(comparison, OTHERWISE);
    mtl_text_printf(&comparison->differences, "  the client %s its certificate, which was not predicted\n",
                    sent ? "sent" : "withheld");
}

static void
compare(struct comparison *comparison)
{
    const struct mtl_transcript *predicted = comparison->predicted;
    bool rejected = predicted->outcome == MTL_HANDSHAKE_REJECTED;

    expect_text(comparison, "outcome", mtl_outcome_text(predicted->outcome));
    if (predicted->outcome == MTL_UNDETERMINED)
        mtl_text_printf(&comparison->differences, "  undetermined: %s\n", predicted->why_undetermined);
    expect_text(comparison, "rejected_by",
                rejected ? predicted->rejected_by == MTL_CLIENT ? "client" : "server" : NULL);
    expect_text(comparison, "surface", mtl_surface_text(predicted->surface));
    expect_number(comparison, "alert", predicted->alert);
    if (rejected || json_integer_value(json_object_get(comparison->recorded, "http_status")) >= 400)
        expect_number(comparison, "http_status", predicted->http_status);
    if (predicted->rejected_by == comparison->role) /* the observer's own moment is when it rejects */
        expect_text(comparison, "moment", mtl_moment_text(predicted->moment));
    expect_words(comparison);
    expect_answer(comparison);
}

/* KNOWN has lines "STACK SCENARIO ROLE TLS: reason". */
static bool
is_known(const struct replay *replay, const char *name)
{
    size_t size = strlen(name);

    for (const char *line = replay->known; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, size) == 0 && line[size] == ':')
            return true;
    }
    return false;
}

static void
count(const struct replay *replay, struct score *score, const char *name, const struct comparison *comparison)
{
    bool known = is_known(replay, name);

    score->recordings++;
    if (comparison->difference == SAME)
        score->right++;
    if (comparison->difference == SAME && !known)
        return;
    if (known)
        score->known[comparison->difference]++;
    if (known && comparison->difference == SAME)
        printf("%s stands in KNOWN, but is predicted rightly\n", name);
    else if (!known || getenv("MTL_KNOWN") != NULL)
        printf("%s differs\n%s", name, comparison->differences.text);
    score->wrong += known == (comparison->difference == SAME);
}

/* ---- replaying ------------------------------------------------------------------------------------------------ */

/* What was recorded of one stack. */
struct recording {
    const char *id, *version;
    json_t *header, *scenarios; /* {"family/scenario": [lines]} */
    struct score score;
};

static void
read_recording(struct mtl_arena *arena, const char *folder, const char *id, struct recording *recording)
{
    FILE *file = fopen(mtl_arena_printf(arena, "%s/%s.jsonl", folder, id), "r");
    assert_non_null(file);
    *recording = (struct recording){.id = id, .header = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)};
    assert_string_equal(text_of(recording->header, "stack"), id);
    recording->version = text_of(recording->header, "version");
    recording->score.stack = mtl_stack_find(id);
    const json_t *depth = json_object_get(recording->header, "depth");
    recording->score.depth = depth == NULL ? -1 : (int)json_integer_value(depth);
    recording->scenarios = json_object();
    for (json_t *line; (line = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)) != NULL;) {
        json_t *lines = json_object_get(recording->scenarios, text_of(line, "scenario"));
        if (lines == NULL) {
            lines = json_array();
            json_object_set_new(recording->scenarios, text_of(line, "scenario"), lines);
        }
        json_array_append_new(lines, line);
    }
    if (fgetc(file) != EOF)
        fail_msg("%s.jsonl: a line does not parse", id);
    fclose(file);
}

static void
replay_line(struct replay *replay, struct score *score, const struct handshake_case *scenario,
            struct mtl_handshake_question question, const json_t *recorded)
{
    struct mtl_arena *arena = mtl_arena_new();
    const char *tls = text_of(recorded, "tls"), *role_name = text_of(recorded, "role");
    enum mtl_role role = strcmp(role_name, "client") == 0 ? MTL_CLIENT : MTL_SERVER;
    struct comparison comparison = {.recorded = recorded, .role = role, .differences = {.arena = arena}};

    question.sides[role].stack = score->stack;
    if (question.sides[role].depth < 0)
        question.sides[role].depth = score->depth;
    seat_observer(replay, scenario, &question.sides[1 - role]);
    comparison.predicted = mtl_handshake_predict(arena, &question, strcmp(tls, "1.2") == 0 ? MTL_TLS12 : MTL_TLS13);
    compare(&comparison);
    count(replay, score, mtl_arena_printf(arena, "%s %s %s %s", score->stack->id, scenario->name, role_name, tls),
          &comparison);
    mtl_arena_free(arena);
}

/* Loads a scenario once for all stacks. */
static void
replay_scenario(struct replay *replay, const char *path)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct mtl_handshake_question question;
    struct handshake_case scenario;
    struct mtl_error error;

    if (!handshake_case_load(arena, path, &scenario, &error) ||
        !handshake_case_question(arena, &scenario, crypto, &question, &error))
        fail_msg("%s: %s", path, error.message);
    for (size_t i = 0; i < replay->recording_count; i++) {
        struct recording *recording = &replay->recordings[i];
        const json_t *lines = json_object_get(recording->scenarios, scenario.name);
        for (size_t j = 0; j < json_array_size(lines); j++) {
            const json_t *line = json_array_get(lines, j);
            if (json_object_get(line, "skipped") != NULL)
                recording->score.skipped++;
            else if (recording->score.stack != NULL)
                replay_line(replay, &recording->score, &scenario, question, line);
            else
                recording->score.recordings++;
        }
    }
    mtl_crypto_free(crypto);
    mtl_arena_free(arena);
}

/* Prints the score of one stack; false if it is not good enough. */
static bool
is_good_enough(const struct recording *recording)
{
    const struct score *score = &recording->score;

    if (score->stack == NULL) {
        printf("%s %s: %u recordings, no profile yet\n", recording->id, recording->version, score->recordings);
        return true;
    }
    printf("%s %s: %u of %u; known to be undetermined %u, otherwise %u, in other words %u; %u skipped\n", recording->id,
           recording->version, score->right, score->recordings, score->known[UNDETERMINED], score->known[OTHERWISE],
           score->known[IN_WORDS], score->skipped);
    assert_true(score->recordings >= LEAST_RECORDINGS);
    return score->recordings > 0 && score->wrong == 0 && score->right * 100 >= score->recordings * LEAST_PERCENT;
}

static void
find_recordings(struct mtl_arena *arena, const char *folder, struct replay *replay)
{
    const char *wish = getenv("MTL_STACK");
    struct dirent **entries;
    int entry_count = scandir(folder, &entries, NULL, alphasort);

    for (int i = 0; i < entry_count; i++) {
        char *end = strstr(entries[i]->d_name, ".jsonl");
        if (end != NULL) {
            *end = '\0';
            assert_true(replay->recording_count < MAX_RECORDINGS);
            if (wish == NULL || strcmp(wish, entries[i]->d_name) == 0)
                read_recording(arena, folder, mtl_arena_printf(arena, "%s", entries[i]->d_name),
                               &replay->recordings[replay->recording_count++]);
        }
        free(entries[i]);
    }
    free(entries);
    assert_true(replay->recording_count > 0 || wish != NULL);
}

static void
replay_all(const char *folder, const char *const *list(struct mtl_arena *, size_t *))
{
    struct mtl_arena *arena = mtl_arena_new();
    struct replay *replay = mtl_arena_alloc(arena, sizeof *replay);
    size_t size, path_count;
    const char *const *paths = list(arena, &path_count);
    unsigned bad = 0;

    replay->known = file_text(arena, FOLDER "/KNOWN", &size);
    replay->recordings = mtl_arena_array(arena, MAX_RECORDINGS, sizeof *replay->recordings);
    describe_observer(replay);
    find_recordings(arena, folder, replay);
    for (size_t i = 0; i < path_count; i++)
        replay_scenario(replay, paths[i]);
    for (size_t i = 0; i < replay->recording_count; i++) {
        bad += !is_good_enough(&replay->recordings[i]);
        json_decref(replay->recordings[i].header);
        json_decref(replay->recordings[i].scenarios);
    }
    mtl_arena_free(arena);
    assert_int_equal(bad, 0);
}

static void
stacks_behave_as_predicted(void **state)
{
    (void)state;
    replay_all(FOLDER, handshake_case_list);
}

static void
random_combinations_are_predicted(void **state)
{
    (void)state;
    replay_all(FOLDER "/random", handshake_case_list_random);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stacks_behave_as_predicted),
        cmocka_unit_test(random_combinations_are_predicted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

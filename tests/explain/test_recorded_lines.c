/* Every distinct text that a real stack or the observer logged, and what really happened when it did: the first meaning
 * must be one of these.
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "explain/explain.h"

#define FOLDER MTL_SOURCE_DIR "/fixtures/recordings"
#define LEAST_TEXTS 500
#define MOST_PERHAPS 5 /* per cent of the texts */

/* What happened, as bits: of enum mtl_saying, for the side that logged it. */
#define BIT(saying) (1U << (saying))

static const char *
text_of(const json_t *recorded, const char *field)
{
    return json_string_value(json_object_get(recorded, field));
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

/* Who has not seen its peer's Certificate message cannot have rejected anything but its own files. */
static unsigned
rejection(const json_t *recorded, bool is_peer)
{
    if (text_of(recorded, "moment") == NULL) /* it ended before its first message */
        return BIT(MTL_SAYS_OWN_FAULT) | BIT(MTL_SAYS_ELSEWHERE);
    if (was_seen(recorded, is_peer ? "< Certificate" : "> Certificate") ||
        was_seen(recorded, is_peer ? "< Certificate (empty)" : "> Certificate (empty)"))
        return BIT(MTL_SAYS_REJECTS);
    return BIT(MTL_SAYS_OWN_FAULT) | BIT(MTL_SAYS_ELSEWHERE); /* or the protocol */
}

static unsigned
what_happened(const json_t *recorded, bool is_peer)
{
    const char *role = text_of(recorded, "role"), *by = text_of(recorded, "rejected_by");

    if (by == NULL)
        return BIT(MTL_SAYS_CONNECTED);
    if ((strcmp(role, by) == 0) == is_peer)
        return text_of(recorded, "surface") == NULL || strcmp(text_of(recorded, "surface"), "alert") == 0
                   ? BIT(MTL_SAYS_IS_REJECTED)
                   : BIT(MTL_SAYS_PERHAPS);
    return rejection(recorded, is_peer);
}

/* {"text": {"sayings": bits, "alerts": [..]}} of one recording. */
static void
note(json_t *texts, const json_t *recorded, const char *field, bool is_peer)
{
    const json_t *log = json_object_get(recorded, field);

    for (size_t i = 0; i < json_array_size(log); i++) {
        const char *text = json_string_value(json_array_get(log, i));
        json_t *known = json_object_get(texts, text);
        if (known == NULL) {
            known = json_pack("{s:i,s:{}}", "sayings", 0, "alerts");
            json_object_set_new(texts, text, known);
        }
        json_int_t sayings = json_integer_value(json_object_get(known, "sayings"));
        json_object_set_new(known, "sayings", json_integer(sayings | what_happened(recorded, is_peer)));
        if (json_is_integer(json_object_get(recorded, "alert"))) {
            char alert[16];
            snprintf(alert, sizeof alert, "%d", (int)json_integer_value(json_object_get(recorded, "alert")));
            json_object_set_new(json_object_get(known, "alerts"), alert, json_true());
        }
    }
}

static json_t *
read_texts(const char *id, bool peers)
{
    char path[512];
    snprintf(path, sizeof path, FOLDER "/%s.jsonl", id);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    json_t *texts = json_object(), *recorded;
    while ((recorded = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)) != NULL) {
        note(texts, recorded, peers ? "peer_log" : "log", peers);
        json_decref(recorded);
    }
    if (fgetc(file) != EOF)
        fail_msg("%s: a line does not parse", path);
    fclose(file);
    return texts;
}

/* Lines that a program logs also when the handshake succeeds, and its greetings. */
static bool
is_no_error(const char *text, const json_t *known)
{
    return (json_integer_value(json_object_get(known, "sayings")) & BIT(MTL_SAYS_CONNECTED)) != 0 ||
           strncmp(text, "Processed ", strlen("Processed ")) == 0 || strcmp(text, "no error: Success") == 0;
}

static bool
is_right(const struct mtl_meaning *meaning, const json_t *known)
{
    char alert[16];
    unsigned sayings = (unsigned)json_integer_value(json_object_get(known, "sayings"));

    if (meaning->or_the_other && (sayings & (BIT(MTL_SAYS_REJECTS) | BIT(MTL_SAYS_OWN_FAULT))) != 0)
        return true;
    if (meaning->saying == MTL_SAYS_PERHAPS) /* never wrong, but see MOST_PERHAPS */
        return true;
    if (meaning->saying == MTL_SAYS_ELSEWHERE) /* the alert unrecognized_name */
        return json_object_get(json_object_get(known, "alerts"), "112") != NULL ||
               (sayings & BIT(MTL_SAYS_ELSEWHERE)) != 0;
    if ((sayings & BIT(meaning->saying)) == 0)
        return false;
    if (meaning->saying != MTL_SAYS_IS_REJECTED || meaning->alert == 0)
        return true;
    snprintf(alert, sizeof alert, "%u", (unsigned)meaning->alert);
    return json_object_get(json_object_get(known, "alerts"), alert) != NULL;
}

static unsigned
check_texts(const struct mtl_dictionary *dictionary, const char *id, json_t *texts, unsigned *count, unsigned *perhaps)
{
    const char *text;
    json_t *known;
    unsigned wrong = 0;

    json_object_foreach(texts, text, known)
    {
        if (is_no_error(text, known))
            continue;
        struct mtl_arena *arena = mtl_arena_new();
        struct mtl_explanation explanation = mtl_explain(arena, dictionary, text);
        ++*count;
        *perhaps += explanation.count > 0 && explanation.meanings[0].saying == MTL_SAYS_PERHAPS;
        if (explanation.count == 0 || !is_right(&explanation.meanings[0], known)) {
            wrong++;
            printf("%s: %s: %s\n", id, text, explanation.count == 0 ? "not recognised" : "the first meaning is wrong");
            printf("    happened %x", (unsigned)json_integer_value(json_object_get(known, "sayings")));
            if (explanation.count > 0)
                printf(", said %d, alert %u", (int)explanation.meanings[0].saying,
                       (unsigned)explanation.meanings[0].alert);
            printf("\n");
        }
        mtl_arena_free(arena);
    }
    json_decref(texts);
    return wrong;
}

static void
every_recorded_text_is_explained_as_it_happened(void **state)
{
    struct dirent **entries;
    int entry_count = scandir(FOLDER, &entries, NULL, alphasort);
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_dictionary *dictionary = mtl_dictionary_new(arena);
    unsigned wrong = 0, count = 0, perhaps = 0;
    (void)state;

    for (int i = 0; i < entry_count; i++) {
        char *end = strstr(entries[i]->d_name, ".jsonl");
        if (end != NULL) {
            *end = '\0';
            wrong +=
                check_texts(dictionary, entries[i]->d_name, read_texts(entries[i]->d_name, false), &count, &perhaps);
            wrong += check_texts(dictionary, "the observer", read_texts(entries[i]->d_name, true), &count, &perhaps);
        }
        free(entries[i]);
    }
    free(entries);
    mtl_arena_free(arena);
    printf("%u distinct texts, %u explained as it happened, %u of them only as a failed connection\n", count,
           count - wrong, perhaps);
    assert_true(count >= LEAST_TEXTS);
    assert_int_equal(wrong, 0);
    assert_true(perhaps * 100 <= count * MOST_PERHAPS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_recorded_text_is_explained_as_it_happened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

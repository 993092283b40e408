/*
 * The words of one stack, each as it would be logged.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/parts.h"

#include <string.h>

#define LEAST_WORDS 8U /* octets of a row's bare text that say enough without the line around it */

/* What is gathered, and of whom. */
struct search {
    struct mtl_phrases *phrases;
    const struct mtl_stack *stack;
};

static void
add(const struct search *search, const char *words, const struct mtl_stack_reason *row,
    const struct mtl_stack_alert_words *alert, struct mtl_meaning meaning)
{
    struct mtl_phrases *phrases = search->phrases;
    struct mtl_pattern pattern;

    if (words == NULL)
        return;
    if (search->stack->words.of_any_end != NULL && strcmp(words, search->stack->words.of_any_end) == 0)
        meaning = (struct mtl_meaning){
            .saying = MTL_SAYS_PERHAPS,
            .speakers = meaning.speakers,
            .what = "Every connection leaves this line that ends early: a rejected certificate does, and so do a port "
                    "scan and a health check.",
            .look = "the error that the client got",
        };
    pattern = mtl_pattern_of(phrases->arena, words, row, alert);
    if (mtl_pattern_size(&pattern) < LEAST_WORDS)
        return;
    phrases->items =
        mtl_arena_grow(phrases->arena, phrases->items, phrases->count, &phrases->capacity, sizeof *phrases->items);
    phrases->items[phrases->count++] = (struct mtl_phrase){pattern, meaning, search->stack};
}

static struct mtl_meaning
rejecting(enum mtl_role speaker, enum mtl_reason reason)
{
    struct mtl_meaning meaning = {.saying = MTL_SAYS_REJECTS, .speakers = 1U << speaker};

    meaning.reasons[reason] = true;
    return meaning;
}

static void
add_reason(const struct search *search, enum mtl_role speaker, enum mtl_reason reason, const char *words)
{
    add(search, words, NULL, NULL, rejecting(speaker, reason));
}

/* ---- rejections of a certificate ------------------------------------------------------------------------------ */

static bool
has_text(const char *words)
{
    return strstr(words, "{text}") != NULL || strstr(words, "{text_}") != NULL || strstr(words, "{list}") != NULL;
}

static bool
names_reason(const char *words)
{
    return has_text(words) || strstr(words, "{name}") != NULL || strstr(words, "{code}") != NULL;
}

/* Without its text the line would be anybody's. */
static bool
fills(const struct mtl_stack_reason *row, const char *words)
{
    return ((row->native_text != NULL && row->native_text[0] != '\0') || !has_text(words)) &&
           (row->native_name != NULL || strstr(words, "{name}") == NULL);
}

static void
add_lines(const struct search *search, enum mtl_role speaker, const char *const *lines, size_t most)
{
    for (size_t i = 0; i < most && lines[i] != NULL; i++) {
        struct mtl_meaning meaning = {.saying = MTL_SAYS_REJECTS, .speakers = 1U << speaker, .any_reason = true};

        if (!names_reason(lines[i])) {
            add(search, lines[i], NULL, NULL, meaning);
            continue;
        }
        for (size_t j = 0; j < search->stack->reason_count; j++)
            if (fills(&search->stack->reasons[j], lines[i]))
                add(search, lines[i], &search->stack->reasons[j], NULL,
                    rejecting(speaker, search->stack->reasons[j].reason));
        for (size_t j = 0; j < search->stack->search_reason_count; j++)
            add(search, lines[i], &search->stack->search_reasons[j], NULL,
                rejecting(speaker, search->stack->search_reasons[j].reason));
        if (search->stack->search_failure != NULL)
            add(search, lines[i], search->stack->search_failure, NULL, meaning);
    }
}

/* The text and the name of a reason by themselves, in whatever line they stand. */
static void
add_bare_reasons(const struct search *search)
{
    for (size_t i = 0; i < search->stack->reason_count; i++) {
        const struct mtl_stack_reason *row = &search->stack->reasons[i];
        struct mtl_meaning meaning = rejecting(MTL_CLIENT, row->reason);

        meaning.or_the_other = true;
        meaning.speakers = search->stack->roles == 0 ? MTL_BOTH_ROLES : search->stack->roles;
        add(search, row->native_text, NULL, NULL, meaning);
        add(search, row->native_name, NULL, NULL, meaning);
    }
}

static void
add_unreadable(const struct search *search, enum mtl_role speaker)
{
    static const enum mtl_reason reasons[] = {
        MTL_REASON_UNDECODABLE,       MTL_REASON_MALFORMED,     MTL_REASON_DUPLICATE_EXTENSION,
        MTL_REASON_ALGORITHMS_DIFFER, MTL_REASON_UNKNOWN_CURVE, MTL_REASON_EXPLICIT_CURVE,
        MTL_REASON_CONSTRAINT_SYNTAX,
    };
    struct mtl_meaning meaning = {.saying = MTL_SAYS_REJECTS, .speakers = 1U << speaker};

    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        meaning.reasons[reasons[i]] = true;
    add(search, search->stack->words.unreadable[speaker], NULL, NULL, meaning);
}

static void
add_trip(const struct search *search, enum mtl_role speaker, enum mtl_reason reason)
{
    add(search, search->stack->words.trips, mtl_stack_reason(search->stack, reason), NULL, rejecting(speaker, reason));
}

static void
add_role(const struct search *search, enum mtl_role speaker)
{
    const struct mtl_stack *stack = search->stack;
    const struct mtl_stack_words *words = &stack->words;

    add_lines(search, speaker, speaker == MTL_CLIENT ? words->rejects_server : words->rejects_client, 4);
    if (speaker == MTL_SERVER)
        add_lines(search, speaker, words->rejects_issuer, 4);
    add_unreadable(search, speaker);
    add_reason(search, speaker, MTL_REASON_TOO_LARGE, words->too_large);
    add_reason(search, speaker, MTL_REASON_TOO_LARGE, words->too_many);
    add_trip(search, speaker, MTL_REASON_CONSTRAINT_EMPTY_DOMAIN);
    add_trip(search, speaker, MTL_REASON_NOTHING_TRUSTED);
    for (size_t i = 0; i < stack->leftover_word_count; i++)
        if (stack->leftover_words[i].role == speaker)
            add_reason(search, speaker, stack->leftover_words[i].reason, stack->leftover_words[i].line);
    for (int tls = 0; stack->proof != NULL && tls < MTL_TLS_COUNT; tls++)
        add_reason(search, speaker, MTL_REASON_PROOF, stack->proof->line[speaker][tls]);
}

/* ---- everything else ------------------------------------------------------------------------------------------ */

static void
add_cannot_sign(const struct search *search)
{
    struct mtl_meaning meaning = {.saying = MTL_SAYS_OWN_FAULT, .speakers = MTL_BOTH_ROLES};

    meaning.reasons[MTL_REASON_NO_SHARED_ALGORITHM] = true;
    add(search, search->stack->words.cannot_sign, NULL, NULL, meaning);
}

static void
add_own(const struct search *search, uint32_t speakers, const struct mtl_stack_own_words *own, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mtl_meaning meaning = {.saying = MTL_SAYS_OWN_FAULT, .speakers = speakers};

        meaning.reasons[own[i].reason] = true;
        for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
            add(search, own[i].line[tls], NULL, NULL, meaning);
    }
}

static void
add_alerts(const struct search *search)
{
    for (size_t i = 0; i < search->stack->alert_word_count; i++) {
        const struct mtl_stack_alert_words *alert = &search->stack->alert_words[i];
        struct mtl_meaning meaning = {.saying = MTL_SAYS_IS_REJECTED, .speakers = MTL_BOTH_ROLES, .alert = alert->code};

        add(search, search->stack->words.alert_line, NULL, alert, meaning);
        add(search, search->stack->words.client_alert_line, NULL, alert, meaning);
        if (strstr(alert->phrase, "alert") != NULL || strstr(alert->phrase, "ALERT") != NULL)
            add(search, alert->phrase, NULL, NULL, meaning);
    }
}

void
mtl_phrases_add_stack(struct mtl_phrases *phrases, const struct mtl_stack *stack)
{
    struct search search = {phrases, stack};
    const struct mtl_stack_words *words = &stack->words;
    struct mtl_meaning connected = {.saying = MTL_SAYS_CONNECTED, .speakers = MTL_BOTH_ROLES};

    add_role(&search, MTL_CLIENT);
    add_role(&search, MTL_SERVER);
    for (size_t i = 0; i < 4 && words->no_certificate[i] != NULL; i++)
        add_reason(&search, MTL_SERVER, MTL_REASON_NO_CERTIFICATE, words->no_certificate[i]);
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        add_reason(&search, MTL_SERVER, MTL_REASON_NO_CERTIFICATE, words->no_certificate_in[tls]);
    for (size_t i = 0; i < 4 && words->not_for_signing[i] != NULL; i++)
        add_reason(&search, MTL_CLIENT, MTL_REASON_NO_SHARED_ALGORITHM, words->not_for_signing[i]);
    add_reason(&search, MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, words->wrong_curve);
    add_reason(&search, MTL_CLIENT, MTL_REASON_TOO_LARGE, words->client_too_large);
    add_reason(&search, MTL_CLIENT, MTL_REASON_LEAF_KEY_UNSUPPORTED, words->no_leaf_key);
    add_cannot_sign(&search);
    add_bare_reasons(&search);
    add_own(&search, stack->client_own_word_count > 0 ? 1U << MTL_SERVER : MTL_BOTH_ROLES, stack->own_words,
            stack->own_word_count);
    add_own(&search, 1U << MTL_CLIENT, stack->client_own_words, stack->client_own_word_count);
    add_alerts(&search);
    add(&search, words->established, NULL, NULL, connected);
}

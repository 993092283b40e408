/*
 * What each side logs, in the words of its stack.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

void
mtl_lines_add(struct mtl_arena *arena, struct mtl_lines *lines, const char *line)
{
    lines->items = mtl_arena_grow(arena, lines->items, lines->count, &lines->capacity, sizeof *lines->items);
    lines->items[lines->count++] = line;
}

const char *const *
mtl_lines_end(struct mtl_arena *arena, struct mtl_lines *lines)
{
    mtl_lines_add(arena, lines, NULL);
    return lines->items;
}

static bool
verdict_failed(const struct mtl_verdict *verdict, enum mtl_reason reason)
{
    const struct mtl_path *path = &verdict->paths[verdict->decisive];

    for (size_t i = 0; i < path->failure_count; i++)
        if (path->failures[i].reason == reason)
            return true;
    return false;
}

static const struct mtl_stack_alert_words *
find_alert_words(const struct mtl_stack *stack, uint8_t code)
{
    for (size_t i = 0; i < stack->alert_word_count; i++)
        if (stack->alert_words[i].code == code)
            return &stack->alert_words[i];
    return NULL;
}

/* The stack's texts for all that failed on the decisive path, each once. */
static const char *
all_texts(const struct mtl_scene *scene, const struct mtl_stack *stack, const char *before_first, const char *between)
{
    const struct mtl_verdict *verdict = scene->out->verdict[scene->out->rejected_by];
    struct mtl_text texts = {.arena = scene->arena};

    mtl_text_add(&texts, "");
    for (size_t i = 0; i < stack->reason_count; i++) {
        const char *text = stack->reasons[i].native_text;

        if (text != NULL && verdict_failed(verdict, stack->reasons[i].reason) && strstr(texts.text, text) == NULL)
            mtl_text_printf(&texts, "%s%s", texts.size == 0 ? before_first : between, text);
    }
    return texts.text;
}

/* The value of one placeholder, or NULL if there is no such placeholder. */
static const char *
placeholder(const struct mtl_scene *scene, const struct mtl_stack *stack, struct mtl_slice name)
{
    const struct mtl_stack_alert_words *words = find_alert_words(stack, scene->out->alert);
    const struct mtl_stack_reason *native = scene->out->native;
    struct mtl_arena *arena = scene->arena;

    if (mtl_slice_equal(name, mtl_slice_text("{alert}")))
        return words == NULL ? mtl_alert_name(scene->out->alert) : words->phrase;
    if (mtl_slice_equal(name, mtl_slice_text("{number}")))
        return mtl_arena_printf(arena, "%08X", words == NULL ? 0U : (unsigned)words->number);
    if (mtl_slice_equal(name, mtl_slice_text("{number_decimal}")))
        return mtl_arena_printf(arena, "%u", words == NULL ? 0U : (unsigned)words->number);
    if (mtl_slice_equal(name, mtl_slice_text("{alert_code}")))
        return mtl_arena_printf(arena, "%u", (unsigned)scene->out->alert);
    if (native == NULL)
        return NULL;
    if (mtl_slice_equal(name, mtl_slice_text("{code}")))
        return mtl_arena_printf(arena, "%d", native->native_code);
    if (mtl_slice_equal(name, mtl_slice_text("{name}")))
        return native->native_name;
    if (mtl_slice_equal(name, mtl_slice_text("{text}")))
        return native->native_text;
    if (mtl_slice_equal(name, mtl_slice_text("{text_}")))
        return mtl_text_underscored(arena, native->native_text);
    if (mtl_slice_equal(name, mtl_slice_text("{texts}")))
        return all_texts(scene, stack, " ", " ");
    if (mtl_slice_equal(name, mtl_slice_text("{list}")))
        return all_texts(scene, stack, "", ", ");
    if (mtl_slice_equal(name, mtl_slice_text("{depth}")))
        return mtl_arena_printf(arena, "%d", scene->out->native_depth);
    return NULL;
}

static const char *
fill_in(const struct mtl_scene *scene, const struct mtl_stack *stack, const char *line)
{
    struct mtl_text text = {.arena = scene->arena};

    while (*line != '\0') {
        size_t plain = strcspn(line, "{"), size;
        const char *value;

        mtl_text_bytes(&text, mtl_slice_of(line, plain));
        line += plain;
        if (*line == '\0')
            break;
        size = strcspn(line, "}") + 1;
        value = placeholder(scene, stack, mtl_slice_of(line, size));
        mtl_text_add(&text, value == NULL ? "?" : value);
        line += size;
    }
    return text.text;
}

static void
add_line(const struct mtl_scene *scene, const struct mtl_stack *stack, struct mtl_lines *lines, const char *line)
{
    if (line != NULL)
        mtl_lines_add(scene->arena, lines, fill_in(scene, stack, line));
}

/* True if the stack has words for it. */
static bool
add_own_words(const struct mtl_scene *scene, const struct mtl_stack *stack, struct mtl_lines *lines,
              enum mtl_reason reason, bool at_start)
{
    bool of_client = scene->out->rejected_by == MTL_CLIENT && stack->client_own_word_count > 0;
    const struct mtl_stack_own_words *words = of_client ? stack->client_own_words : stack->own_words;
    size_t count = of_client ? stack->client_own_word_count : stack->own_word_count;
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        if (words[i].reason != reason || words[i].at_start != at_start)
            continue;
        add_line(scene, stack, lines, words[i].line[at_start ? 0 : scene->tls]);
        any = true;
    }
    return any;
}

/* Algorithms that differ make a signature bad before anything is computed. */
static bool
leaves_note(const struct mtl_path *path, const struct mtl_failure *failure, enum mtl_reason reason)
{
    const struct mtl_cert *cert = failure->depth < path->count ? path->certs[failure->depth]->cert : NULL;

    if (failure->reason != reason || reason != MTL_REASON_SIGNATURE || cert == NULL)
        return failure->reason == reason;
    return mtl_slice_equal(mtl_cert_bytes(cert, cert->tbs_signature_alg),
                           mtl_cert_bytes(cert, cert->outer_signature_alg));
}

/* Once an issuer came from the trust store, those that were sent are not looked at any more. */
static bool
was_looked_at(const struct mtl_path *path, const struct mtl_candidate *candidate)
{
    size_t issuer = candidate->subject_depth + 1;

    return candidate->trusted || (candidate->subject_depth < path->presented_count &&
                                  (issuer >= path->count || issuer < path->presented_count));
}

static bool
met_malformed(const struct mtl_verdict *verdict, const struct mtl_path *path)
{
    for (size_t i = 0; i < path->count; i++)
        if (mtl_cert_has_malformed_extension(path->certs[i]->cert))
            return true;
    for (size_t i = 0; i < verdict->candidate_count; i++)
        if (verdict->candidates[i].refusal == MTL_REFUSED_MALFORMED && was_looked_at(path, &verdict->candidates[i]))
            return true;
    return false;
}

/* Of a key that does not decode a verifier may say that it is weak; what is left tells. */
static bool
met_undecodable_key(const struct mtl_verdict *verdict, const struct mtl_path *path)
{
    for (size_t i = 1; i < path->count; i++)
        if (!mtl_cert_key_is_usable(path->certs[i]->cert))
            return true;
    for (size_t i = 0; i < verdict->candidate_count; i++)
        if (verdict->candidates[i].refusal == MTL_REFUSED_KEY_TYPE && was_looked_at(path, &verdict->candidates[i]) &&
            !mtl_cert_key_is_usable(verdict->candidates[i].cert->cert))
            return true;
    return false;
}

/* A verifier that stops at the first failure has seen no other one. */
static bool
has_failed(const struct mtl_scene *scene, enum mtl_reason reason)
{
    const struct mtl_verdict *verdict = scene->out->verdict[scene->out->rejected_by];
    const struct mtl_path *path = &verdict->paths[verdict->decisive];
    bool goes_on = scene->question->sides[scene->out->rejected_by].stack->policy.last_failure_decides;

    if (reason == MTL_REASON_MALFORMED && met_malformed(verdict, path))
        return true;
    if (reason == MTL_REASON_ISSUER_KEY && met_undecodable_key(verdict, path))
        return true;
    if (mtl_reason_is_name(reason)) /* the program asks for the name when nothing else is wrong */
        goes_on = false;
    for (size_t i = 0; goes_on && i < path->failure_count; i++)
        if (leaves_note(path, &path->failures[i], reason))
            return true;
    return leaves_note(path, &verdict->failure, reason);
}

/* What the library noted on the way comes up when the program looks for an error. */
static bool
say_leftover(const struct mtl_scene *scene, const struct mtl_stack *stack, struct mtl_lines *lines)
{
    for (size_t i = 0; i < stack->leftover_word_count; i++) {
        const struct mtl_stack_leftover_words *words = &stack->leftover_words[i];

        bool is_said = words->reason != MTL_REASON_MALFORMED || stack->malformed_left_in == 0 ||
                       (stack->malformed_left_in >> scene->tls & 1) != 0;

        if (!is_said || words->role != scene->out->rejected_by || !has_failed(scene, words->reason))
            continue;
        add_line(scene, stack, lines, words->line);
        return true;
    }
    return false;
}

static const char *
proof_line(const struct mtl_scene *scene, const struct mtl_stack_proof *proof)
{
    enum mtl_role owner = mtl_other_role(scene->out->rejected_by);
    const struct mtl_cert *leaf = scene->out->sent[owner].certs[0].cert;

    if (!mtl_side_key_is_alike(mtl_scene_side(scene, owner), MTL_TLS13)) /* what it says may depend on the curve */
        return NULL;
    return proof->rsa_line != NULL && leaf->key.type == MTL_KEY_RSA ? proof->rsa_line
                                                                    : proof->line[scene->out->rejected_by][scene->tls];
}

/* The rejections that have one line of their own. */
static bool
say_one_line(const struct mtl_scene *scene, const struct mtl_stack *stack, struct mtl_lines *lines)
{
    const struct mtl_stack_words *words = &stack->words;
    enum mtl_role by = scene->out->rejected_by;
    bool is_late = scene->stage == MTL_STAGE_CLIENT_DONE || scene->stage == MTL_STAGE_AFTERWARDS;
    const char *line;

    if (scene->broken)
        return true; /* what it says depends on how the block is broken */
    if (scene->unreadable && words->unreadable_late != NULL && is_late)
        line = words->unreadable_late;
    else if (scene->unreadable)
        line = words->unreadable[by];
    else if (scene->out->reason == MTL_REASON_TOO_LARGE)
        line = by == MTL_CLIENT && words->client_too_large != NULL ? words->client_too_large : words->too_large;
    else if (words->trips != NULL && (scene->out->reason == MTL_REASON_CONSTRAINT_EMPTY_DOMAIN ||
                                      scene->out->reason == MTL_REASON_NOTHING_TRUSTED))
        line = words->trips;
    else if (scene->out->reason == MTL_REASON_TOO_MANY)
        line = words->too_many;
    else if (scene->out->reason == MTL_REASON_LEAF_KEY_UNSUPPORTED && words->no_leaf_key != NULL)
        line = words->no_leaf_key;
    else if (scene->out->reason == MTL_REASON_NO_CERTIFICATE && words->no_certificate_in[scene->tls] != NULL)
        line = words->no_certificate_in[scene->tls];
    else if (scene->out->reason == MTL_REASON_PROOF)
        line = proof_line(scene, stack->proof);
    else if (scene->out->rejected_by == scene->out->certificate_owner && words->cannot_sign != NULL &&
             (scene->stage == MTL_STAGE_SERVER_PROOF || scene->stage == MTL_STAGE_CLIENT_VERIFY))
        line = words->cannot_sign;
    else if ((scene->stage == MTL_STAGE_CLIENT_VERIFY || scene->stage == MTL_STAGE_SERVER_PROOF) &&
             words->wrong_curve != NULL)
        line = words->wrong_curve;
    else
        return false;
    add_line(scene, stack, lines, line);
    return true;
}

/* In TLS 1.2 a server waits for the client's Certificate while the client looks at its own. */
static const char *
alert_line(const struct mtl_scene *scene, const struct mtl_stack *stack, enum mtl_role role)
{
    bool instead = role == MTL_SERVER && scene->tls == MTL_TLS12 && scene->asks_client;

    if (role == MTL_CLIENT && scene->stage == MTL_STAGE_HELLO && scene->out->alert == 40 &&
        stack->words.refused_hello != NULL)
        return stack->words.refused_hello;
    if (role == MTL_CLIENT && scene->tls == MTL_TLS13 && scene->stage >= MTL_STAGE_CLIENT_CERTIFICATE &&
        stack->words.alert_line_afterwards != NULL)
        return stack->words.alert_line_afterwards;
    if (role == MTL_CLIENT && stack->words.client_alert_line != NULL)
        return stack->words.client_alert_line;
    if (role == MTL_SERVER && stack->words.server_alert_line_in[scene->tls] != NULL)
        return stack->words.server_alert_line_in[scene->tls];
    return instead && stack->words.alert_not_certificate != NULL ? stack->words.alert_not_certificate
                                                                 : stack->words.alert_line;
}

static void
say_rejecting(const struct mtl_scene *scene, const struct mtl_stack *stack, struct mtl_lines *lines)
{
    const struct mtl_stack_words *words = &stack->words;
    const char *const *list = scene->out->rejected_by == MTL_CLIENT ? words->rejects_server : words->rejects_client;

    if (scene->not_for_signing) {
        add_line(scene, stack, lines, stack->usage->line[scene->out->rejected_by][scene->tls]);
        return;
    }
    switch (scene->stage) {
    case MTL_STAGE_START:
        add_own_words(scene, stack, lines, scene->out->reason, true);
        return;
    case MTL_STAGE_HELLO:
        if (scene->misses_scheme && words->cannot_sign != NULL)
            add_line(scene, stack, lines, words->cannot_sign);
        else
            add_own_words(scene, stack, lines, scene->out->reason, false);
        return;
    case MTL_STAGE_SERVER_SENDS:
    case MTL_STAGE_CLIENT_SENDS:
        if (!add_own_words(scene, stack, lines, scene->out->reason, false))
            add_own_words(scene, stack, lines, scene->own_weakness, true);
        return;
    case MTL_STAGE_SERVER_PROOF:
    case MTL_STAGE_SERVER_FLIGHT:
    case MTL_STAGE_CLIENT_VERIFY:
        list = words->not_for_signing;
        break;
    case MTL_STAGE_SERVER_CERTIFICATE:
    case MTL_STAGE_CLIENT_DONE:
    case MTL_STAGE_CLIENT_CERTIFICATE:
    case MTL_STAGE_AFTERWARDS:
    case MTL_STAGE_DONE:
        break;
    }
    if (say_one_line(scene, stack, lines))
        return;
    if (list == words->rejects_client && scene->out->native_depth > 0 && words->rejects_issuer[0] != NULL)
        list = words->rejects_issuer;
    if (scene->out->reason == MTL_REASON_NO_CERTIFICATE)
        list = words->no_certificate;
    if (scene->out->native != NULL && say_leftover(scene, stack, lines))
        return;
    for (size_t i = 0; i < sizeof words->rejects_client / sizeof *words->rejects_client && list[i] != NULL; i++)
        add_line(scene, stack, lines, list[i]);
}

static const char *const *
lines_of(const struct mtl_scene *scene, enum mtl_role role)
{
    const struct mtl_stack *stack = scene->question->sides[role].stack;
    struct mtl_lines lines = {0};

    if (scene->out->outcome == MTL_ESTABLISHED)
        add_line(scene, stack, &lines, stack->words.established);
    if (scene->out->outcome == MTL_HANDSHAKE_REJECTED && scene->out->rejected_by == role)
        say_rejecting(scene, stack, &lines);
    if (scene->out->outcome == MTL_HANDSHAKE_REJECTED && scene->out->rejected_by != role &&
        scene->out->surface == MTL_SURFACE_ALERT)
        add_line(scene, stack, &lines, alert_line(scene, stack, role));
    return mtl_lines_end(scene->arena, &lines);
}

void
mtl_scene_write_words(struct mtl_scene *scene)
{
    scene->out->client_sees = lines_of(scene, MTL_CLIENT);
    scene->out->server_sees = lines_of(scene, MTL_SERVER);
}

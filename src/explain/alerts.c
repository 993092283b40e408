/*
 * Alerts in words of any program: by number, by name; and which reasons a stack answers with an alert.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_ALERT 255

/* RFC 8446 6.2 names alerts with underscores; programs write them with blanks, hyphens, or run together. */
static const char *
skip_name(const char *text, const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name == '_') {
            text += *text == '_' || *text == ' ' || *text == '-';
            continue;
        }
        if (*text++ != *name)
            return NULL;
    }
    return text;
}

static size_t
find_name(const char *lower, const char *name)
{
    for (const char *at = lower; *at != '\0'; at++) {
        const char *end = skip_name(at, name);

        if (end != NULL && !isalnum((unsigned char)*end) && (at == lower || !isalnum((unsigned char)at[-1])))
            return (size_t)(end - at);
    }
    return 0;
}

/* What may stand between an alert and its number. */
static const char *
skip_words(const char *text)
{
    static const char *const words[] = {"number ", "code is ", "was received: "};

    text += strspn(text, " :=[(");
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return text + strlen(words[i]);
    return text;
}

/* "alert number 48", "alert 48", "alert(48)", "alert [48]", "alert code is 48" */
static long
find_number(const char *lower, size_t *matched)
{
    for (const char *at = strstr(lower, "alert"); at != NULL; at = strstr(at + 1, "alert")) {
        const char *digits = skip_words(at + strlen("alert"));

        if (isdigit((unsigned char)*digits) && !isdigit((unsigned char)digits[1 + isdigit((unsigned char)digits[1])])) {
            *matched = (size_t)(digits - at) + 2;
            return strtol(digits, NULL, 10);
        }
    }
    return 0;
}

/* What an alert means beyond the tables of stacks; some are never about a certificate. */
static const struct {
    uint8_t code;
    bool elsewhere;
    const char *what, *look;
} notes[] = {
    {40, false, "A TLS 1.2 server says so when it requires a certificate and gets none, or has none that fits.", NULL},
    {70, false, "Most often the versions of TLS that the two sides allow do not overlap.", NULL},
    {80, false, "The peer failed inside; Apache httpd says so when SSLVerifyDepth is exceeded.", NULL},
    {86, true, "inappropriate_fallback: a retry with a lower version met a server that has a higher one.",
     "the TLS versions that both sides allow"},
    {112, true, "unrecognized_name: the server has no certificate or host configured for the name asked for (SNI).",
     "the name the client connects to, and the server's list of hosts"},
    {116, false, "A TLS 1.3 server requires a certificate and got none: the client has none, or withheld it.", NULL},
    {120, true, "no_application_protocol: the two sides share no protocol in ALPN.", "the ALPN lists of both sides"},
};

static void
tell(struct mtl_meaning meaning, uint8_t alert, mtl_meaning_found *found, void *context)
{
    meaning.alert = alert;
    for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
        if (notes[i].code != alert)
            continue;
        meaning.what = notes[i].what;
        meaning.look = notes[i].look;
        if (notes[i].elsewhere)
            meaning.saying = MTL_SAYS_ELSEWHERE;
    }
    found(context, &meaning);
}

void
mtl_match_alert(const char *lower, mtl_meaning_found *found, void *context)
{
    struct mtl_meaning meaning = {.saying = MTL_SAYS_IS_REJECTED, .speakers = MTL_BOTH_ROLES};
    long number;

    if ((strstr(lower, "alert") == NULL && strstr(lower, "remote error") == NULL) ||
        strstr(lower, "alert was generated") != NULL ||
        strstr(lower, "sent fatal ssl alert") != NULL) /* by this side */
        return;
    number = find_number(lower, &meaning.matched);
    if (number > 0 && number <= LARGEST_ALERT && strcmp(mtl_alert_name((uint8_t)number), "unassigned") != 0) {
        meaning.matched += find_name(lower, mtl_alert_name((uint8_t)number));
        tell(meaning, (uint8_t)number, found, context);
        return;
    }
    for (int code = 1; code <= LARGEST_ALERT; code++) {
        const char *name = mtl_alert_name((uint8_t)code);

        if (strcmp(name, "unassigned") == 0 || (meaning.matched = find_name(lower, name)) == 0)
            continue;
        tell(meaning, (uint8_t)code, found, context);
    }
}

/* ---- from alerts to reasons ----------------------------------------------------------------------------------- */

static bool
mark(bool reasons[MTL_REASON_COUNT], enum mtl_reason reason, const uint8_t alerts[MTL_TLS_COUNT], uint8_t alert)
{
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        if (alerts[tls] == alert)
            return reasons[reason] = true;
    return false;
}

static bool
mark_one(bool reasons[MTL_REASON_COUNT], enum mtl_reason reason, uint8_t own, uint8_t alert)
{
    return own == alert && (reasons[reason] = true);
}

bool
mtl_alert_reasons(const struct mtl_stack *stack, enum mtl_role role, uint8_t alert, bool reasons[MTL_REASON_COUNT])
{
    bool any = false;

    memset(reasons, 0, MTL_REASON_COUNT * sizeof(*reasons));
    if (!mtl_stack_plays(stack, role) || stack->keeps_alerts)
        return false;
    if ((stack->judges_late & MTL_LATE_CHAIN) == 0)
        for (size_t i = 0; i < stack->reason_count; i++)
            any |= mark(reasons, stack->reasons[i].reason, stack->reasons[i].alert[role], alert);
    any |= mark_one(reasons, MTL_REASON_UNDECODABLE, stack->undecodable_alert[role], alert);
    any |= mark_one(reasons, MTL_REASON_TOO_LARGE, stack->too_large_alert, alert);
    if (stack->proof != NULL) {
        any |= mark(reasons, MTL_REASON_PROOF, stack->proof->alert[role], alert);
        any |= mark(reasons, MTL_REASON_PROOF, stack->proof->misfit_alert[role], alert);
    }
    if (role == MTL_CLIENT)
        any |= mark_one(reasons, MTL_REASON_LEAF_KEY_UNSUPPORTED, stack->leaf_key_alert, alert);
    if (role == MTL_CLIENT)
        return mark_one(reasons, MTL_REASON_NO_SHARED_ALGORITHM, stack->not_for_signing_alert, alert) || any;
    if ((stack->judges_late & MTL_LATE_ABSENCE) == 0)
        any |= mark(reasons, MTL_REASON_NO_CERTIFICATE, stack->no_certificate_alert, alert);
    any |= mark(reasons, MTL_REASON_NO_SHARED_ALGORITHM, stack->no_shared_algorithm_alert, alert);
    return mark(reasons, MTL_REASON_NO_SHARED_ALGORITHM, stack->wrong_curve_alert, alert) || any;
}

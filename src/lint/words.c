/*
 * Texts that many rules need: names, dates, and what a stack answers.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <inttypes.h>
#include <string.h>

/* Bytes of a name shown in a finding. */
#define MAX_NAME 160U
#define MAX_PATH_TEXT 300U
/* Octets shown of an encoding. */
#define MAX_HEX 24U
/* Stacks named in a finding. */
#define MAX_STACKS_TEXT 5U

static const char *
shorten(const struct mtl_lint *lint, char *text)
{
    return text[0] == '\0' ? "(empty)" : mtl_text_safe(lint->arena, mtl_slice_text(text), MAX_NAME);
}

/* The first name a peer would look for, of a certificate whose subject is empty; NULL if there is none. */
static const char *
alt_name(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;

    while (mtl_general_names_next(&names, &name)) {
        if (name.type == MTL_GN_DNS || name.type == MTL_GN_URI || name.type == MTL_GN_EMAIL)
            return mtl_text_safe(lint->arena, name.value, MAX_NAME);
    }
    return NULL;
}

const char *
mtl_rule_label(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    struct mtl_slice subject = mtl_cert_bytes(cert, cert->subject);
    const char *name = mtl_name_is_empty(subject) ? alt_name(lint, cert) : NULL;

    return name != NULL ? name : shorten(lint, mtl_name_label(lint->arena, subject));
}

const char *
mtl_rule_subject(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    return shorten(lint, mtl_name_text(lint->arena, mtl_cert_bytes(cert, cert->subject)));
}

const char *
mtl_rule_issuer_name(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    return shorten(lint, mtl_name_text(lint->arena, mtl_cert_bytes(cert, cert->issuer)));
}

const char *
mtl_rule_general_name(const struct mtl_lint *lint, const struct mtl_general_name *name)
{
    const char *text = mtl_general_name_text(lint->arena, name);

    return mtl_arena_printf(lint->arena, "%s %s", mtl_general_name_kind(name->type),
                            mtl_text_safe(lint->arena, mtl_slice_text(text), MAX_NAME));
}

const char *
mtl_rule_path(const struct mtl_lint *lint, const char *path)
{
    return mtl_text_safe(lint->arena, mtl_slice_text(path), MAX_PATH_TEXT);
}

/* "12 days", in the unit that says enough. */
static const char *
distance_text(const struct mtl_lint *lint, int64_t seconds)
{
    const int64_t hour = 3600;
    const int64_t day = 24 * hour;
    const int64_t year = 365 * day;

    if (seconds >= 2 * year)
        return mtl_arena_printf(lint->arena, "%" PRId64 " years", seconds / year);
    if (seconds >= 2 * day)
        return mtl_arena_printf(lint->arena, "%" PRId64 " days", seconds / day);
    return mtl_arena_printf(lint->arena, "%" PRId64 " hours", seconds / hour);
}

const char *
mtl_rule_time(const struct mtl_lint *lint, mtl_time time)
{
    char text[MTL_TIME_TEXT_SIZE];

    mtl_time_text(time, text);
    if (time > lint->now)
        return mtl_arena_printf(lint->arena, "%s (in %s)", text, distance_text(lint, time - lint->now));
    return mtl_arena_printf(lint->arena, "%s (%s ago)", text, distance_text(lint, lint->now - time));
}

const char *
mtl_rule_key_id(const struct mtl_lint *lint, const struct mtl_cert *cert, struct mtl_range key_id)
{
    struct mtl_text text = {.arena = lint->arena};

    if (key_id.size == 0)
        return "none";
    mtl_text_hex(&text, mtl_cert_bytes(cert, key_id), 8);
    return text.text;
}

const char *
mtl_rule_hex(const struct mtl_lint *lint, struct mtl_slice bytes)
{
    struct mtl_text text = {.arena = lint->arena};

    mtl_text_hex(&text, bytes, MAX_HEX);
    return text.text;
}

const char *
mtl_rule_extensions(const struct mtl_lint *lint, uint32_t mask)
{
    struct mtl_text text = {.arena = lint->arena};

    for (unsigned i = 0; i < MTL_EXT_COUNT; i++)
        if ((mask & 1U << i) != 0)
            mtl_text_printf(&text, "%s%s", text.size > 0 ? ", " : "", mtl_extension_names[i]);
    return text.size > 0 ? text.text : "none";
}

const char *
mtl_rule_purposes(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    static const struct {
        uint16_t bit;
        const char *name;
    } purposes[] = {
        {MTL_EKU_SERVER_AUTH, "serverAuth"},
        {MTL_EKU_CLIENT_AUTH, "clientAuth"},
        {MTL_EKU_CODE_SIGNING, "codeSigning"},
        {MTL_EKU_EMAIL_PROTECTION, "emailProtection"},
        {MTL_EKU_TIME_STAMPING, "timeStamping"},
        {MTL_EKU_OCSP_SIGNING, "OCSPSigning"},
        {MTL_EKU_ANY, "anyExtendedKeyUsage"},
        {MTL_EKU_MS_SGC, "msSGC"},
        {MTL_EKU_NS_SGC, "nsSGC"},
        {MTL_EKU_OTHER, "purposes other than of TLS"},
    };
    struct mtl_text text = {.arena = lint->arena};

    for (size_t i = 0; i < sizeof(purposes) / sizeof(purposes[0]); i++) {
        if ((cert->extended_key_usage & purposes[i].bit) == 0)
            continue;
        mtl_text_printf(&text, "%s%s", text.size > 0 ? ", " : "", purposes[i].name);
    }
    return text.size > 0 ? text.text : "no purpose";
}

const char *
mtl_rule_chain(const struct mtl_lint *lint, const struct mtl_verdict *verdict)
{
    const enum mtl_reason reason = verdict->failure.reason;
    struct mtl_text text = {.arena = lint->arena};
    const struct mtl_path *path;

    if (verdict->path_count == 0)
        return "none";
    path = &verdict->paths[verdict->decisive];
    for (size_t i = 0; i < path->count && i < 8; i++)
        mtl_text_printf(&text, "%s%s", i > 0 ? " -> " : "", mtl_rule_label(lint, path->certs[i]->cert));
    if (path->count > 8)
        mtl_text_printf(&text, " and %zu more", path->count - 8);
    if (reason == MTL_REASON_NO_ISSUER || reason == MTL_REASON_NO_ISSUER_OF_ANCHOR)
        mtl_text_add(&text, " -> no issuer");
    return text.text;
}

const char *
mtl_hits_text(struct mtl_arena *arena, const struct mtl_hits *hits)
{
    struct mtl_text text = {.arena = arena};

    if (hits->count == hits->asked)
        return mtl_arena_printf(arena, "all %zu stacks", hits->asked);
    if (hits->count == 0)
        return mtl_arena_printf(arena, "none of %zu stacks", hits->asked);
    for (size_t i = 0; i < hits->count && i < MAX_STACKS_TEXT; i++)
        mtl_text_printf(&text, "%s%s", i > 0 ? ", " : "", hits->stacks[i]->id);
    if (hits->count > MAX_STACKS_TEXT)
        mtl_text_printf(&text, " and %zu more", hits->count - MAX_STACKS_TEXT);
    mtl_text_printf(&text, " (%zu of %zu stacks)", hits->count, hits->asked);
    return text.text;
}

const char *
mtl_rule_peers(const struct mtl_subject *subject)
{
    if (!subject->role_known)
        return "peers";
    return subject->role == MTL_SERVER ? "clients" : "servers";
}

/* "alert certificate_expired (45)"; "no alert" */
static const char *
alert_text(const struct mtl_lint *lint, uint8_t alert)
{
    if (alert == 0)
        return "no alert";
    return mtl_arena_printf(lint->arena, "alert %s (%d)", mtl_alert_name(alert), alert);
}

/* "sends alert certificate_expired (45)"; without any, what its peer sees instead, which *moment then tells of. */
static const char *
answer_text(const struct mtl_lint *lint, const struct mtl_stack_reason *row, enum mtl_role rejecting,
            const char **moment)
{
    uint8_t tls12 = row->alert[rejecting][MTL_TLS12];
    uint8_t tls13 = row->alert[rejecting][MTL_TLS13];

    if (tls12 == 0 && tls13 == 0 && rejecting == MTL_SERVER && lint->stack->http_status != 0) {
        *moment = "The handshake has succeeded by then.";
        return mtl_arena_printf(lint->arena, "answers the request with HTTP %d", lint->stack->http_status);
    }
    if (tls12 == 0 && tls13 == 0) {
        *moment = "Its peer is not told why.";
        return "ends the connection without an alert";
    }
    if (tls12 == tls13)
        return mtl_arena_printf(lint->arena, "sends %s", alert_text(lint, tls13));
    return mtl_arena_printf(lint->arena, "sends %s, in TLS 1.2 %s", alert_text(lint, tls13), alert_text(lint, tls12));
}

static const char *
native_text(const struct mtl_lint *lint, const struct mtl_stack_reason *row)
{
    if (row->native_name == NULL)
        return "";
    if (row->native_code == 0)
        return mtl_arena_printf(lint->arena, " and logs %s", row->native_name);
    return mtl_arena_printf(lint->arena, " and logs %s (%d)", row->native_name, row->native_code);
}

const char *
mtl_rejection_text(const struct mtl_lint *lint, const struct mtl_subject *subject, enum mtl_reason reason)
{
    const struct mtl_stack_reason *row = mtl_stack_reason(lint->stack, reason);
    enum mtl_role rejecting = subject->role_known && subject->role == MTL_SERVER ? MTL_CLIENT : MTL_SERVER;
    const char *who = "peer";
    const char *moment = "If that peer is a server, a TLS 1.3 client learns of it only at its first read.";
    const char *answer;

    if (row == NULL)
        return mtl_arena_printf(lint->arena, "What %s answers to this is not known.", lint->stack->title);
    if (subject->scope == MTL_SCOPE_STORE) {
        who = "program";
        moment = "Its peers see the alert and nothing else.";
    } else if (subject->role_known && rejecting == MTL_CLIENT) {
        who = "client";
        moment = "It happens during the handshake, in TLS 1.2 and 1.3.";
    } else if (subject->role_known) {
        who = "server";
        moment = "In TLS 1.3 the client's connect has returned by then; it fails at its first read.";
    }
    answer = answer_text(lint, row, rejecting, &moment);
    return mtl_arena_printf(lint->arena, "A %s with %s%s %s%s. %s", who, lint->stack->title,
                            subject->scope == MTL_SCOPE_STORE ? " that trusts this store" : "", answer,
                            native_text(lint, row), moment);
}

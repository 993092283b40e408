/* Looking stacks and alerts up. The table itself is written at build time. SPDX-License-Identifier: Apache-2.0 */
#include "stack/stack.h"

#include <string.h>

extern const struct mtl_stack *const mtl_stack_table[];
extern const size_t mtl_stack_table_count;

const char *
mtl_tls_text(enum mtl_tls tls)
{
    return tls == MTL_TLS13 ? "1.3" : "1.2";
}

/* RFC 8446 6 and RFC 5246 7.2; the codes that a certificate decision can end in, and their neighbours. */
static const struct mtl_alert alerts[] = {
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {22, "record_overflow"},
    {40, "handshake_failure"},
    {41, "no_certificate_RESERVED"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
};

const char *
mtl_alert_name(uint8_t code)
{
    for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++) {
        if (alerts[i].code == code)
            return alerts[i].name;
    }
    return "unassigned";
}

/* "openssl" of "openssl-3.0", "gnutls-serv" of "gnutls-serv-3.7"; the whole of an id that names no version. */
size_t
mtl_stack_alias_size(const char *id)
{
    for (const char *dash = strchr(id, '-'); dash != NULL; dash = strchr(dash + 1, '-')) {
        if (dash[1] >= '0' && dash[1] <= '9')
            return (size_t)(dash - id);
    }
    return strlen(id);
}

static bool
is_alias(const char *alias, const char *id)
{
    return strlen(alias) == mtl_stack_alias_size(id) && strncmp(alias, id, strlen(alias)) == 0;
}

/* What was recorded is preferred to what was only read. */
static bool
is_better(const struct mtl_stack *stack, const struct mtl_stack *found)
{
    return found == NULL || stack->evidence <= found->evidence;
}

bool
mtl_stack_plays(const struct mtl_stack *stack, enum mtl_role role)
{
    return stack->roles == 0 || (stack->roles >> role & 1) != 0;
}

bool
mtl_stack_speaks(const struct mtl_stack *stack, enum mtl_tls tls)
{
    return stack->tls_versions == 0 || (stack->tls_versions >> tls & 1) != 0;
}

/* The table is in order of id, so the last of an alias is the newest. */
const struct mtl_stack *
mtl_stack_find(const char *id)
{
    const struct mtl_stack *found = NULL;

    for (size_t i = 0; i < mtl_stack_table_count; i++) {
        if (strcmp(mtl_stack_table[i]->id, id) == 0)
            return mtl_stack_table[i];
        if (is_alias(id, mtl_stack_table[i]->id) && is_better(mtl_stack_table[i], found))
            found = mtl_stack_table[i];
    }
    return found;
}

const struct mtl_stack *
mtl_stack_find_for(const char *id, enum mtl_role role)
{
    const struct mtl_stack *any = mtl_stack_find(id), *found = NULL;

    if (any == NULL || strcmp(any->id, id) == 0)
        return any;
    for (size_t i = 0; i < mtl_stack_table_count; i++) {
        const struct mtl_stack *stack = mtl_stack_table[i];

        if (is_alias(id, stack->id) && mtl_stack_plays(stack, role) && is_better(stack, found))
            found = stack;
    }
    return found == NULL ? any : found;
}

size_t
mtl_stack_count(void)
{
    return mtl_stack_table_count;
}

const struct mtl_stack *
mtl_stack_at(size_t index)
{
    return mtl_stack_table[index];
}

const struct mtl_stack *
mtl_stack_next_surveyed(size_t *cursor)
{
    while (*cursor < mtl_stack_table_count) {
        const struct mtl_stack *stack = mtl_stack_table[(*cursor)++];

        if (stack->evidence != MTL_EVIDENCE_ASSUMED)
            return stack;
    }
    return NULL;
}

size_t
mtl_stack_surveyed_count(void)
{
    size_t cursor = 0, count = 0;

    while (mtl_stack_next_surveyed(&cursor) != NULL)
        count++;
    return count;
}

const struct mtl_stack_reason *
mtl_stack_reason(const struct mtl_stack *stack, enum mtl_reason reason)
{
    for (size_t i = 0; i < stack->reason_count; i++) {
        if (stack->reasons[i].reason == reason)
            return &stack->reasons[i];
    }
    return NULL;
}

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

/* An alias is an id cut short at a dash: "openssl" finds the last of "openssl-3.0", "openssl-3.5". */
static bool
is_alias(const char *alias, const char *id)
{
    size_t size = strlen(alias);

    return size > 0 && strncmp(alias, id, size) == 0 && id[size] == '-';
}

const struct mtl_stack *
mtl_stack_find(const char *id)
{
    const struct mtl_stack *found = NULL;

    for (size_t i = 0; i < mtl_stack_table_count; i++) {
        if (strcmp(mtl_stack_table[i]->id, id) == 0)
            return mtl_stack_table[i];
        if (is_alias(id, mtl_stack_table[i]->id))
            found = mtl_stack_table[i];
    }
    return found;
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

const struct mtl_stack_reason *
mtl_stack_reason(const struct mtl_stack *stack, enum mtl_reason reason)
{
    for (size_t i = 0; i < stack->reason_count; i++) {
        if (stack->reasons[i].reason == reason)
            return &stack->reasons[i];
    }
    return NULL;
}

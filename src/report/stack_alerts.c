/*
 * What a peer gets from a stack: for each reason that fails a chain, and for other faults in a handshake.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/stack_page.h"
#include "report/stacks.h"

#include <string.h>

/* ---- other faults --------------------------------------------------------------------------------------------- */

/* One cell for both versions, of what each of them shows. */
static const char *
join(struct mtl_arena *arena, const struct mtl_stack *stack, const char *const shown[MTL_TLS_COUNT])
{
    bool speaks_both = mtl_stack_speaks(stack, MTL_TLS12) && mtl_stack_speaks(stack, MTL_TLS13);

    if (!speaks_both || strcmp(shown[MTL_TLS12], shown[MTL_TLS13]) == 0)
        return shown[mtl_stack_speaks(stack, MTL_TLS12) ? MTL_TLS12 : MTL_TLS13];
    return mtl_arena_printf(arena, "%s, %s", shown[MTL_TLS12], shown[MTL_TLS13]);
}

static const char *
number(struct mtl_arena *arena, uint8_t alert)
{
    return alert == 0 ? "close" : mtl_arena_printf(arena, "%u", (unsigned)alert);
}

static const char *
of_both(struct mtl_arena *arena, const struct mtl_stack *stack, const uint8_t alerts[MTL_TLS_COUNT])
{
    const char *const shown[MTL_TLS_COUNT] = {number(arena, alerts[MTL_TLS12]), number(arena, alerts[MTL_TLS13])};

    return join(arena, stack, shown);
}

static const char *
of_proof(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role,
         const struct mtl_stack_proof *proof)
{
    const char *shown[MTL_TLS_COUNT];

    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        shown[tls] = proof->surface[role][tls] == MTL_SURFACE_RESET ? "reset" : number(arena, proof->alert[role][tls]);
    return join(arena, stack, shown);
}

static const char *
proof_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role)
{
    return stack->proof == NULL ? "" : of_proof(arena, stack, role, stack->proof);
}

static const char *
usage_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role)
{
    if (stack->usage != NULL && stack->usage_only_in_tls12)
        return number(arena, stack->usage->alert[role][MTL_TLS12]);
    if (stack->usage != NULL)
        return of_proof(arena, stack, role, stack->usage);
    if (stack->proof_needs_digital_signature != 0)
        return number(arena, stack->proof_usage_alert);
    return role == MTL_CLIENT && stack->not_for_signing_alert != 0 ? number(arena, stack->not_for_signing_alert) : "";
}

static const char *
unreadable_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role)
{
    return stack->undecodable_alert[role] == 0 ? "" : number(arena, stack->undecodable_alert[role]);
}

static const char *
size_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role)
{
    (void)role;
    return stack->largest_certificate_message == 0 ? "" : number(arena, stack->too_large_alert);
}

static const char *
count_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role)
{
    return stack->most_certificates == 0 && stack->most_received[role] == 0 ? "" : number(arena, stack->too_many_alert);
}

static const char *
no_scheme_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role)
{
    return role == MTL_CLIENT ? "" : of_both(arena, stack, stack->no_shared_algorithm_alert);
}

static const char *
own_absence_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role)
{
    const uint8_t *own = stack->no_own_certificate_alert, *unusable = stack->no_shared_algorithm_alert;
    uint8_t alerts[MTL_TLS_COUNT];

    if (role == MTL_CLIENT || stack->refuses_absent_certificate)
        return "";
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        alerts[tls] = own[tls] != 0 ? own[tls] : unusable[tls];
    return of_both(arena, stack, alerts);
}

static const char *
absence_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role)
{
    if (role == MTL_CLIENT)
        return "";
    if ((stack->judges_late & MTL_LATE_ABSENCE) != 0 && mtl_stack_reason(stack, MTL_REASON_NO_CERTIFICATE) != NULL)
        return of_both(arena, stack, mtl_stack_reason(stack, MTL_REASON_NO_CERTIFICATE)->alert[MTL_SERVER]);
    if ((stack->judges_late & MTL_LATE_ABSENCE) != 0 && stack->late_moment == MTL_LATE_REQUEST)
        return stack->http_status == 0 ? "its protocol" : mtl_arena_printf(arena, "HTTP %d", stack->http_status);
    return of_both(arena, stack, stack->no_certificate_alert);
}

const struct mtl_other_fault mtl_other_faults[MTL_OTHER_FAULT_COUNT] = {
    {MTL_REASON_NO_CERTIFICATE, "a server gets none", absence_shown},
    {MTL_REASON_NO_CERTIFICATE, "a server has none", own_absence_shown},
    {MTL_REASON_NO_SHARED_ALGORITHM, "a server cannot use the one it has", no_scheme_shown},
    {MTL_REASON_PROOF, "the handshake is signed with a key that is not the certificate's", proof_shown},
    {MTL_REASON_PURPOSE, "the key usage of a leaf that signs the handshake lacks digitalSignature", usage_shown},
    {MTL_REASON_UNDECODABLE, "a certificate cannot be read, whatever the reason", unreadable_shown},
    {MTL_REASON_TOO_LARGE, "the chain sent is larger than the receiver takes", size_shown},
    {MTL_REASON_TOO_MANY, "more certificates were sent than the receiver takes", count_shown},
};

const char *
mtl_fault_shown(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role,
                const struct mtl_other_fault *fault)
{
    bool is_open = stack->evidence == MTL_EVIDENCE_ASSUMED && fault->reason != MTL_REASON_NO_CERTIFICATE;

    const char *shown = is_open || !mtl_stack_plays(stack, role) ? "" : fault->shown(arena, stack, role);

    return shown[0] != '\0' && stack->keeps_alerts ? "close" : shown;
}

/* ---- the section ---------------------------------------------------------------------------------------------- */

enum { COLUMNS = 4 };
static const size_t widths[COLUMNS] = {26, 12, 12, 0};

static void
add_reasons(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    static const char *const head[COLUMNS] = {"reason", "client", "server", "its own words"};

    mtl_sheet_row(sheet, true, head, widths, COLUMNS);
    for (size_t i = 0; i < stack->reason_count; i++) {
        const struct mtl_stack_reason *row = &stack->reasons[i];
        const char *text = row->native_text == NULL ? "" : row->native_text;
        const char *cells[COLUMNS] = {
            mtl_reason_slug(row->reason),
            mtl_shown_in_both(arena, stack, MTL_CLIENT, row->alert[MTL_CLIENT]),
            mtl_shown_in_both(arena, stack, MTL_SERVER, row->alert[MTL_SERVER]),
            row->native_code == 0 ? text : mtl_arena_printf(arena, "%d: %s", row->native_code, text),
        };
        mtl_sheet_row(sheet, false, cells, widths, COLUMNS);
    }
}

static void
add_other_faults(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    static const char *const head[COLUMNS] = {"reason", "client", "server", "when"};

    mtl_sheet_row(sheet, true, head, widths, COLUMNS);
    for (size_t i = 0; i < MTL_OTHER_FAULT_COUNT; i++) {
        const struct mtl_other_fault *fault = &mtl_other_faults[i];
        const char *shown[2];

        for (int role = 0; role < 2; role++)
            shown[role] = mtl_fault_shown(arena, stack, (enum mtl_role)role, fault);
        if (shown[MTL_CLIENT][0] == '\0' && shown[MTL_SERVER][0] == '\0')
            continue;
        mtl_sheet_row(
            sheet, false,
            (const char *[COLUMNS]){mtl_reason_slug(fault->reason), shown[MTL_CLIENT], shown[MTL_SERVER], fault->when},
            widths, COLUMNS);
    }
}

void
mtl_sheet_alerts(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    mtl_sheet_section(sheet, "Alerts");
    mtl_sheet_paragraph(sheet,
                        "By number, as a client and as a server; \"40, 116\" is TLS 1.2 and TLS 1.3, close and reset "
                        "are no alerts.");
    mtl_sheet_gap(sheet);
    add_reasons(sheet, stack);
    mtl_sheet_gap(sheet);
    mtl_sheet_paragraph(sheet, "And where no chain is judged:");
    mtl_sheet_gap(sheet);
    add_other_faults(sheet, stack);
}

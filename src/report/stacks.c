/*
 * All stacks: as a list, and as one table of alerts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/stacks.h"
#include "report/json.h"
#include "report/sheet.h"
#include "report/stack_page.h"

#include <string.h>

/* ---- words ---------------------------------------------------------------------------------------------------- */

const char *
mtl_roles_text(const struct mtl_stack *stack)
{
    bool client = mtl_stack_plays(stack, MTL_CLIENT), server = mtl_stack_plays(stack, MTL_SERVER);

    return client && server ? "client and server" : client ? "client" : "server";
}

const char *
mtl_versions_text(const struct mtl_stack *stack)
{
    bool old = mtl_stack_speaks(stack, MTL_TLS12), new = mtl_stack_speaks(stack, MTL_TLS13);

    return old && new ? "1.2 and 1.3" : old ? "1.2" : "1.3";
}

const char *
mtl_stack_alias(struct mtl_arena *arena, const struct mtl_stack *stack)
{
    const char *alias = mtl_arena_printf(arena, "%.*s", (int)mtl_stack_alias_size(stack->id), stack->id);

    if (strcmp(alias, stack->id) == 0)
        return NULL;
    return mtl_stack_find(alias) == stack ? alias : NULL;
}

static const char *
alert_text(struct mtl_arena *arena, uint8_t alert)
{
    return alert == 0 ? "close" : mtl_arena_printf(arena, "%u", (unsigned)alert);
}

static const char *
shown_as(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role, uint8_t alert)
{
    bool is_late = role == MTL_SERVER && (stack->judges_late & MTL_LATE_CHAIN) != 0;

    if (is_late && stack->late_moment == MTL_LATE_REQUEST)
        return mtl_arena_printf(arena, "HTTP %d", stack->http_status);
    return alert_text(arena, alert);
}

const char *
mtl_shown_in_both(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role,
                  const uint8_t alerts[MTL_TLS_COUNT])
{
    const char *old = shown_as(arena, stack, role, alerts[MTL_TLS12]);
    const char *new = shown_as(arena, stack, role, alerts[MTL_TLS13]);

    if (!mtl_stack_plays(stack, role))
        return "";
    if (!mtl_stack_speaks(stack, MTL_TLS13) || strcmp(old, new) == 0)
        return old;
    return mtl_stack_speaks(stack, MTL_TLS12) ? mtl_arena_printf(arena, "%s, %s", old, new) : new;
}

/* ---- the list ------------------------------------------------------------------------------------------------- */

/* Of the table in Markdown; the text has the first five, with the title as the last. */
enum { COLUMNS = 7, TEXT_COLUMNS = 5 };
static const size_t widths[COLUMNS] = {20, 16, 19, 13, 0, 0, 0};

static void
add_list(struct mtl_sheet *sheet)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    static const char *const head[COLUMNS] = {"id", "also", "role", "TLS", "what", "version", "evidence"};
    size_t columns = sheet->markdown ? COLUMNS : TEXT_COLUMNS;

    mtl_sheet_row(sheet, true, head, widths, columns);
    for (size_t i = 0; i < mtl_stack_count(); i++) {
        const struct mtl_stack *stack = mtl_stack_at(i);
        const char *alias = mtl_stack_alias(arena, stack), *evidence = mtl_evidence_text(stack->evidence);
        bool is_plain = sheet->markdown || stack->evidence == MTL_EVIDENCE_RECORDED;
        const char *cells[COLUMNS] = {
            stack->id,
            alias == NULL ? "" : alias,
            mtl_roles_text(stack),
            mtl_versions_text(stack),
            is_plain ? stack->title : mtl_arena_printf(arena, "%s [%s]", stack->title, evidence),
            stack->versions,
            evidence,
        };
        mtl_sheet_row(sheet, false, cells, widths, columns);
    }
}

/* ---- the table of alerts -------------------------------------------------------------------------------------- */

static bool
any_knows(enum mtl_reason reason)
{
    for (size_t i = 0; i < mtl_stack_count(); i++)
        if (mtl_stack_reason(mtl_stack_at(i), reason) != NULL)
            return true;
    return false;
}

/* "client / server"; one value where both are the same, or only one is played. */
static const char *
both_roles(struct mtl_arena *arena, const struct mtl_stack *stack, const char *client, const char *server)
{
    if (!mtl_stack_plays(stack, MTL_CLIENT) || strcmp(client, server) == 0)
        return server;
    return mtl_stack_plays(stack, MTL_SERVER) ? mtl_arena_printf(arena, "%s / %s", client, server) : client;
}

static const char *
alert_cell(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_reason reason)
{
    const struct mtl_stack_reason *row = mtl_stack_reason(stack, reason);

    if (row == NULL)
        return "";
    return both_roles(arena, stack, mtl_shown_in_both(arena, stack, MTL_CLIENT, row->alert[MTL_CLIENT]),
                      mtl_shown_in_both(arena, stack, MTL_SERVER, row->alert[MTL_SERVER]));
}

/* A role to which it does not apply is left out. */
static const char *
fault_cell(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_other_fault *fault)
{
    const char *client = mtl_fault_shown(arena, stack, MTL_CLIENT, fault);
    const char *server = mtl_fault_shown(arena, stack, MTL_SERVER, fault);

    if (client[0] == '\0' && mtl_stack_plays(stack, MTL_SERVER))
        return server;
    return server[0] == '\0' && mtl_stack_plays(stack, MTL_CLIENT) ? client : both_roles(arena, stack, client, server);
}

static void
add_table_head(struct mtl_sheet *sheet, const char **cells, const size_t *no_widths)
{
    cells[0] = "reason";
    for (size_t i = 0; i < mtl_stack_count(); i++)
        cells[i + 1] = mtl_stack_at(i)->id;
    mtl_sheet_row(sheet, true, cells, no_widths, mtl_stack_count() + 1);
}

static void
add_alerts(struct mtl_sheet *sheet)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    size_t count = mtl_stack_count();
    const char **cells = mtl_arena_array(arena, count + 1, sizeof(*cells));
    size_t *no_widths = mtl_arena_array(arena, count + 1, sizeof(*no_widths));

    add_table_head(sheet, cells, no_widths);
    for (int reason = MTL_REASON_NONE + 1; reason < MTL_REASON_COUNT; reason++) {
        if (!any_knows((enum mtl_reason)reason))
            continue;
        cells[0] = mtl_arena_printf(arena, "%s: %s", mtl_reason_slug((enum mtl_reason)reason),
                                    mtl_reason_sentence((enum mtl_reason)reason));
        for (size_t i = 0; i < count; i++)
            cells[i + 1] = alert_cell(arena, mtl_stack_at(i), (enum mtl_reason)reason);
        mtl_sheet_row(sheet, false, cells, no_widths, count + 1);
    }
    for (size_t row = 0; row < MTL_OTHER_FAULT_COUNT; row++) {
        const struct mtl_other_fault *fault = &mtl_other_faults[row];

        cells[0] = mtl_arena_printf(arena, "%s: %s", mtl_reason_slug(fault->reason), fault->when);
        for (size_t i = 0; i < count; i++)
            cells[i + 1] = fault_cell(arena, mtl_stack_at(i), fault);
        mtl_sheet_row(sheet, false, cells, no_widths, count + 1);
    }
}

static void
add_readme(struct mtl_sheet *sheet)
{
    mtl_sheet_title(sheet, "TLS stacks");
    mtl_sheet_paragraph(sheet, "Printed from the tables that predict handshakes; do not edit. Each stack has a page of "
                               "its own, named after its id. An alias means the newest that was recorded.");
    mtl_sheet_gap(sheet);
    add_list(sheet);
    mtl_sheet_section(sheet, "Alerts");
    mtl_sheet_paragraph(
        sheet, "What the peer gets when a chain fails for a reason: the number of the alert, close or reset (the "
               "connection ends without one), or an HTTP status. \"42 / 48\" is a client's and a server's; "
               "\"40, 116\" that of TLS 1.2 and of TLS 1.3. A reason that a stack does not know is blank: "
               "there the prediction is undetermined, or the stack takes the certificate. The last rows are of "
               "faults for which no chain is judged.");
    mtl_sheet_gap(sheet);
    add_alerts(sheet);
}

bool
mtl_report_stacks_text(struct mtl_arena *arena, const struct mtl_report_options *options, mtl_write *write,
                       void *context)
{
    struct mtl_sheet sheet = mtl_sheet_new(arena, options);

    if (sheet.markdown)
        add_readme(&sheet);
    else
        add_list(&sheet);
    return mtl_page_write(&sheet.page, write, context);
}

/* ---- JSON ----------------------------------------------------------------------------------------------------- */

bool
mtl_report_stacks_json(struct mtl_arena *arena, mtl_write *write, void *context)
{
    json_t *document = json_object(), *stacks = json_array();

    for (size_t i = 0; i < mtl_stack_count(); i++) {
        const struct mtl_stack *stack = mtl_stack_at(i);
        json_t *object = json_object();

        json_object_set_new(object, "id", json_string(stack->id));
        json_object_set_new(object, "alias", mtl_json_text(arena, mtl_stack_alias(arena, stack)));
        json_object_set_new(object, "title", json_string(stack->title));
        json_object_set_new(object, "versions", json_string(stack->versions));
        json_object_set_new(object, "evidence", json_string(mtl_evidence_text(stack->evidence)));
        json_object_set_new(object, "client", json_boolean(mtl_stack_plays(stack, MTL_CLIENT)));
        json_object_set_new(object, "server", json_boolean(mtl_stack_plays(stack, MTL_SERVER)));
        json_array_append_new(stacks, object);
    }
    json_object_set_new(document, "schema", json_string("mtlslint/stacks/1"));
    json_object_set_new(document, "stacks", stacks);
    return mtl_json_write(document, write, context);
}

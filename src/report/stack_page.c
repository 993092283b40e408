/*
 * The page of one stack: what it checks and what not, its alerts, its words, its evidence.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/sheet.h"
#include "report/stacks.h"
#include "report/traits.h"

#include <string.h>

/* ---- checks --------------------------------------------------------------------------------------------------- */

/* Before the names of the steps; a way of running that has no words yet says nothing. */
static const char *const directions[] = {
    [MTL_LEAF_ONLY] = "of the leaf",
    [MTL_LEAF_TO_ROOT] = "of each certificate, leaf first",
    [MTL_ROOT_TO_LEAF] = "of each certificate, root first",
    [MTL_ISSUED_TO_LEAF] = "of each certificate below the trusted one, root first",
};
static const char *const scopes[] = {
    [MTL_SCOPE_PATH] = NULL,
    [MTL_SCOPE_CANDIDATE] = "of each possible issuer and the certificate below it; one that fails is passed over",
    [MTL_SCOPE_EXTENSION] = "of each issuer and the certificate below it, as it is found",
};

static const char *
subject_of(const struct mtl_phase *phase)
{
    if ((size_t)phase->scope < sizeof(scopes) / sizeof(scopes[0]) && scopes[phase->scope] != NULL)
        return scopes[phase->scope];
    if ((size_t)phase->direction < sizeof(directions) / sizeof(directions[0]))
        return directions[phase->direction];
    return "of each certificate";
}

/* Marks in a list of steps, from MTL_STEP_COUNT + 1 on, say what the steps behind them are about. */
static const char *const marks[] = {
    [MTL_STEP_UNLESS_FAILED - MTL_STEP_COUNT] = "if nothing has failed: ",
    [MTL_STEP_OF_ISSUER - MTL_STEP_COUNT] = "of its issuer: ",
    [MTL_STEP_OF_LEAF - MTL_STEP_COUNT] = "if it is the leaf, again: ",
};

static const char *
steps_text(struct mtl_arena *arena, const enum mtl_step *steps)
{
    struct mtl_text text = {.arena = arena};
    const char *separator = "";

    for (; *steps != MTL_STEP_END; steps++) {
        size_t mark = *steps > MTL_STEP_COUNT ? (size_t)(*steps - MTL_STEP_COUNT) : 0;

        if (mark >= sizeof(marks) / sizeof(marks[0]))
            continue;
        if (mark > 0 && text.size > 0 && separator[0] == ',')
            separator = "; ";
        mtl_text_printf(&text, "%s%s", separator, mark > 0 ? marks[mark] : mtl_step_name(*steps));
        separator = mark > 0 ? "" : ", ";
    }
    return text.size == 0 ? "nothing" : text.text;
}

static void
add_checks(struct mtl_sheet *sheet, const struct mtl_policy *policy)
{
    struct mtl_arena *arena = sheet->page.text.arena;

    mtl_sheet_section(sheet, "What it checks, in this order");
    for (int after = 0; after <= 1; after++)
        for (size_t i = 0; i < policy->phase_count; i++) {
            const struct mtl_phase *phase = &policy->phases[i];

            if (phase->before_building == (after == 1))
                continue;
            mtl_sheet_item(sheet, mtl_arena_printf(arena, "%s%s: %s.",
                                                   phase->before_building ? "before any issuer is looked for, " : "",
                                                   subject_of(phase), steps_text(arena, phase->steps)));
        }
}

/* Steps of the same name are one check, made in another way; END is the name of building, which all do. */
static bool
is_first_of_its_name(enum mtl_step step)
{
    for (int earlier = MTL_STEP_END; earlier < (int)step; earlier++)
        if (strcmp(mtl_step_name((enum mtl_step)earlier), mtl_step_name(step)) == 0)
            return false;
    return true;
}

static void
add_unchecked(struct mtl_sheet *sheet, const struct mtl_policy *policy)
{
    mtl_sheet_section(sheet, "What it does not check");
    for (int step = MTL_STEP_END + 1; step < MTL_STEP_COUNT; step++)
        if (!mtl_policy_runs(policy, (enum mtl_step)step) && is_first_of_its_name((enum mtl_step)step))
            mtl_sheet_item(sheet, mtl_step_name((enum mtl_step)step));
}

/* ---- which certificates it can use ---------------------------------------------------------------------------- */

static void
add_signing(struct mtl_sheet *sheet, const struct mtl_stack *stack, enum mtl_role role)
{
    struct mtl_arena *arena = sheet->page.text.arena;

    if (stack->signing[role] == NULL || !mtl_stack_plays(stack, role))
        return;
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++) {
        const struct mtl_stack_signing *signing = &stack->signing[role][tls];

        if (!mtl_stack_speaks(stack, (enum mtl_tls)tls))
            continue;
        mtl_sheet_item(
            sheet,
            mtl_arena_printf(
                arena, "As a %s in TLS %s it can use: %s; EC on %s.", role == MTL_CLIENT ? "client" : "server",
                mtl_tls_text((enum mtl_tls)tls),
                mtl_mask_text(arena, signing->keys, mtl_key_names, sizeof(mtl_key_names) / sizeof(char *)),
                mtl_mask_text(arena, signing->curves, mtl_curve_names, sizeof(mtl_curve_names) / sizeof(char *))));
    }
}

/* ---- alerts --------------------------------------------------------------------------------------------------- */

enum { COLUMNS = 4 };
static const size_t widths[COLUMNS] = {26, 12, 12, 0};

static void
add_alerts(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    static const char *const head[COLUMNS] = {"reason", "client", "server", "its own words"};

    mtl_sheet_section(sheet, "Alerts");
    mtl_sheet_paragraph(sheet,
                        "By number, as a client and as a server; \"40, 116\" is TLS 1.2 and TLS 1.3, close is no "
                        "alert.");
    mtl_sheet_gap(sheet);
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
    if (mtl_stack_plays(stack, MTL_SERVER)) {
        const char *cells[COLUMNS] = {"no-certificate", "", mtl_absence_shown(arena, stack), ""};

        mtl_sheet_row(sheet, false, cells, widths, COLUMNS);
    }
}

/* ---- log lines ------------------------------------------------------------------------------------------------ */

static void
add_lines(struct mtl_sheet *sheet, const char *when, const char *const *lines, size_t most)
{
    if (most == 0 || lines[0] == NULL)
        return;
    mtl_sheet_gap(sheet);
    mtl_sheet_paragraph(sheet, when);
    if (sheet->markdown)
        mtl_sheet_gap(sheet);
    for (size_t i = 0; i < most && lines[i] != NULL; i++)
        mtl_sheet_verbatim(sheet, lines[i]);
}

static void
add_own_lines(struct mtl_sheet *sheet, const struct mtl_stack *stack, bool at_start, const char *when)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    const char **lines = mtl_arena_array(arena, stack->own_word_count * MTL_TLS_COUNT, sizeof(*lines));
    size_t count = 0;

    for (size_t i = 0; i < stack->own_word_count; i++)
        for (size_t tls = 0; stack->own_words[i].at_start == at_start && tls < MTL_TLS_COUNT; tls++)
            if (stack->own_words[i].line[tls] != NULL)
                lines[count++] = mtl_arena_printf(arena, "%s: %s", mtl_reason_slug(stack->own_words[i].reason),
                                                  stack->own_words[i].line[tls]);
    add_lines(sheet, when, lines, count);
}

static void
add_alert_lines(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    const char **lines = mtl_arena_array(arena, stack->alert_word_count, sizeof(*lines));

    for (size_t i = 0; i < stack->alert_word_count; i++)
        lines[i] = mtl_arena_printf(arena, "%u %s: %s", (unsigned)stack->alert_words[i].code,
                                    mtl_alert_name(stack->alert_words[i].code), stack->alert_words[i].phrase);
    add_lines(sheet, "Its phrases for alerts:", lines, stack->alert_word_count);
}

static void
add_words(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    const struct mtl_stack_words *words = &stack->words;

    mtl_sheet_section(sheet, "Log lines");
    mtl_sheet_paragraph(sheet, "{code}, {name}, {text} and {depth} are those of the reason, {alert} and {number} its "
                               "phrase and number for an alert.");
    if (mtl_stack_plays(stack, MTL_CLIENT))
        add_lines(sheet, "The client that rejects:", words->rejects_server, 4);
    if (mtl_stack_plays(stack, MTL_SERVER)) {
        add_lines(sheet, "The server that rejects:", words->rejects_client, 4);
        add_lines(sheet, "The server that gets no certificate:", words->no_certificate, 4);
    }
    add_lines(sheet, "The side that gets an alert:", &words->alert_line, words->alert_line == NULL ? 0 : 1);
    add_alert_lines(sheet, stack);
    add_own_lines(sheet, stack, true, "Of its own files, when it loads them:");
    add_own_lines(sheet, stack, false, "Of its own files, during the handshake:");
}

/* ---- the page ------------------------------------------------------------------------------------------------- */

static void
add_head(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    const char *alias = mtl_stack_alias(arena, stack);
    static const char *const evidence[] = {
        [MTL_EVIDENCE_RECORDED] = "Recorded from the running stack",
        [MTL_EVIDENCE_SOURCE] = "Read in its source, not recorded",
        [MTL_EVIDENCE_ASSUMED] = "Told from documents, not recorded",
    };

    mtl_sheet_title(sheet, mtl_arena_printf(arena, "%s: %s", stack->id, stack->title));
    mtl_sheet_paragraph(sheet, mtl_arena_printf(arena, "%s: %s. As %s, in TLS %s.%s%s%s", evidence[stack->evidence],
                                                stack->versions, mtl_roles_text(stack), mtl_versions_text(stack),
                                                alias == NULL ? "" : " Also found as ", alias == NULL ? "" : alias,
                                                alias == NULL ? "" : "."));
}

bool
mtl_report_stack_text(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_report_options *options,
                      mtl_write *write, void *context)
{
    struct mtl_sheet sheet = mtl_sheet_new(arena, options);

    add_head(&sheet, stack);
    add_checks(&sheet, &stack->policy);
    add_unchecked(&sheet, &stack->policy);
    mtl_sheet_traits(&sheet, stack, &mtl_policy_traits);
    mtl_sheet_traits(&sheet, stack, &mtl_name_traits);
    mtl_sheet_traits(&sheet, stack, &mtl_constraint_traits);
    mtl_sheet_traits(&sheet, stack, &mtl_reading_traits);
    mtl_sheet_traits(&sheet, stack, &mtl_endpoint_traits);
    mtl_sheet_section(&sheet, "Certificates of its own");
    add_signing(&sheet, stack, MTL_CLIENT);
    add_signing(&sheet, stack, MTL_SERVER);
    add_alerts(&sheet, stack);
    add_words(&sheet, stack);
    return mtl_page_write(&sheet.page, write, context);
}

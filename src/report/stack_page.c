/*
 * The page of one stack: its evidence, what it can use, its words; the rest stands in files of its own.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/stack_page.h"
#include "report/sheet.h"
#include "report/stacks.h"
#include "report/traits.h"

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
add_own_lines(struct mtl_sheet *sheet, const struct mtl_stack_own_words *words, size_t word_count, bool at_start,
              const char *when)
{
    struct mtl_arena *arena = sheet->page.text.arena;
    const char **lines = mtl_arena_array(arena, word_count * MTL_TLS_COUNT, sizeof(*lines));
    size_t count = 0;

    for (size_t i = 0; i < word_count; i++)
        for (size_t tls = 0; words[i].at_start == at_start && tls < MTL_TLS_COUNT; tls++)
            if (words[i].line[tls] != NULL)
                lines[count++] =
                    mtl_arena_printf(arena, "%s: %s", mtl_reason_slug(words[i].reason), words[i].line[tls]);
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
    add_lines(sheet, "Instead, a client that gets an alert:", &words->client_alert_line,
              words->client_alert_line == NULL ? 0 : 1);
    add_alert_lines(sheet, stack);
    add_own_lines(sheet, stack->own_words, stack->own_word_count, true, "Of its own files, when it loads them:");
    add_own_lines(sheet, stack->own_words, stack->own_word_count, false, "Of its own files, during the handshake:");
    add_own_lines(sheet, stack->client_own_words, stack->client_own_word_count, true,
                  "Instead, a client of its own files:");
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
    if (stack->evidence == MTL_EVIDENCE_ASSUMED)
        mtl_sheet_paragraph(sheet, "What its documents leave open is undetermined: rare keys, digests and extensions, "
                                   "several issuers of one name, issuers that would be fetched. `all` leaves it out: "
                                   "it is asked by its name.");
}

bool
mtl_report_stack_text(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_report_options *options,
                      mtl_write *write, void *context)
{
    struct mtl_sheet sheet = mtl_sheet_new(arena, options);

    add_head(&sheet, stack);
    mtl_sheet_checks(&sheet, stack);
    mtl_sheet_traits(&sheet, stack, &mtl_policy_traits);
    mtl_sheet_traits(&sheet, stack, &mtl_name_traits);
    mtl_sheet_traits(&sheet, stack, &mtl_constraint_traits);
    if (mtl_policy_runs(&stack->policy, MTL_STEP_POLICIES))
        mtl_sheet_traits(&sheet, stack, &mtl_certificate_policy_traits);
    mtl_sheet_traits(&sheet, stack, &mtl_reading_traits);
    mtl_sheet_traits(&sheet, stack, &mtl_endpoint_traits);
    mtl_sheet_section(&sheet, "Certificates of its own");
    add_signing(&sheet, stack, MTL_CLIENT);
    add_signing(&sheet, stack, MTL_SERVER);
    mtl_sheet_alerts(&sheet, stack);
    add_words(&sheet, stack);
    return mtl_page_write(&sheet.page, write, context);
}

/*
 * The rules from their metadata: as a list, as the page of `mtlslint explain`, and as docs/RULES.md.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/report.h"
#include "report/sheet.h"

#include <string.h>

#define INDENT 2U
#define NAME_COLUMNS 28

const char *
mtl_scope_text(struct mtl_arena *arena, unsigned scopes)
{
    static const struct {
        enum mtl_scope scope;
        const char *text;
    } texts[] = {
        {MTL_SCOPE_FILE, "any file"},
        {MTL_SCOPE_BUNDLE, "bundles"},
        {MTL_SCOPE_STORE, "trust stores"},
        {MTL_SCOPE_CERT, "any certificate"},
        {MTL_SCOPE_PAIR, "bundles together with --trust"},
        {MTL_SCOPE_HANDSHAKE, "handshakes of the project file"},
        {MTL_SCOPE_SUPPRESSION, "lines that suppress findings"},
    };
    struct mtl_text text = {.arena = arena};

    mtl_text_add(&text, "");
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if ((scopes & texts[i].scope) != 0)
            mtl_text_printf(&text, "%s%s", text.size > 0 ? ", " : "", texts[i].text);
    }
    return text.text;
}

bool
mtl_report_rules_text(struct mtl_arena *arena, const struct mtl_report_options *options, mtl_write *write,
                      void *context)
{
    const struct mtl_rule *const *rules = mtl_rules_by_code(arena);
    struct mtl_page page = mtl_page_new(arena, options);

    for (; *rules != NULL; rules++) {
        mtl_page_add(&page, MTL_INK_BOLD, (*rules)->code);
        mtl_page_add(&page, MTL_INK_PLAIN,
                     mtl_arena_printf(arena, "  %-7s  %-*s %s", mtl_severity_text((*rules)->severity), NAME_COLUMNS,
                                      (*rules)->name, (*rules)->title));
        mtl_page_end_line(&page);
    }
    return mtl_page_write(&page, write, context);
}

static void
add_part(struct mtl_page *page, const char *title, const char *words)
{
    mtl_page_end_line(page);
    mtl_page_add(page, MTL_INK_BOLD, title);
    mtl_page_end_line(page);
    mtl_page_blanks(page, INDENT);
    mtl_page_words(page, MTL_INK_PLAIN, INDENT, words);
}

/* As it is: what is behind "$" is a command. */
static void
add_example(struct mtl_page *page, const char *title, const char *lines)
{
    mtl_page_end_line(page);
    mtl_page_add(page, MTL_INK_BOLD, title);
    mtl_page_end_line(page);
    for (size_t size; *lines != '\0'; lines += size + 1) {
        size = strcspn(lines, "\n");
        mtl_page_blanks(page, INDENT);
        mtl_page_add(page, MTL_INK_PLAIN, mtl_arena_printf(page->text.arena, "%.*s", (int)size, lines));
        mtl_page_end_line(page);
    }
}

bool
mtl_report_rule_text(struct mtl_arena *arena, const struct mtl_rule *rule, const struct mtl_report_options *options,
                     mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);

    mtl_page_add(&page, MTL_INK_BOLD, mtl_arena_printf(arena, "%s %s", rule->code, rule->name));
    mtl_page_end_line(&page);
    mtl_page_words(&page, MTL_INK_PLAIN, 0, rule->title);
    add_part(&page, "Severity",
             mtl_arena_printf(arena, "%s; looks at %s", mtl_severity_text(rule->severity),
                              mtl_scope_text(arena, rule->scopes)));
    add_part(&page, "Why", rule->rationale);
    add_part(&page, "Fix", rule->fix);
    add_part(&page, "References", rule->references);
    add_part(&page, "Since", mtl_rule_page(rule)->since);
    add_example(&page, "An example that is wrong", mtl_rule_page(rule)->fires);
    add_example(&page, "And one that is right", mtl_rule_page(rule)->quiet);
    return mtl_page_write(&page, write, context);
}

static void
add_markdown_part(struct mtl_text *text, const char *title, const char *words)
{
    mtl_text_printf(text, "\n**%s.** ", title);
    mtl_markdown_add(text, words);
    mtl_text_add(text, "\n");
}

static void
add_markdown_example(struct mtl_text *text, const char *title, const char *lines)
{
    mtl_text_printf(text, "\n**%s.**\n\n```text\n%s```\n", title, lines);
}

bool
mtl_report_rules_markdown(struct mtl_arena *arena, const struct mtl_report_options *options, mtl_write *write,
                          void *context)
{
    const struct mtl_rule *const *rules = mtl_rules_by_code(arena);
    struct mtl_page page = mtl_page_new(arena, options);
    struct mtl_text *text = &page.text;

    mtl_text_add(
        text, "# Rules\n\nPrinted by `mtlslint rules --format md`; do not edit. `mtlslint explain CODE` prints one "
              "of them.\n\nThe severity is the usual one; some rules lower or raise it, as their text says. The "
              "examples are the first cases in fixtures/rules: what the files are made of (fixtures/README.md has the "
              "grammar), the command and what it finds. Which TLS stacks are hit depends on the files: each finding "
              "names them.\n\n"
              "| code | name | severity | title |\n|---|---|---|---|\n");
    for (size_t i = 0; rules[i] != NULL; i++)
        mtl_text_printf(text, "| [%s](#mtl%s-%s) | %s | %s | %s |\n", rules[i]->code, rules[i]->code + 3,
                        rules[i]->name, rules[i]->name, mtl_severity_text(rules[i]->severity), rules[i]->title);
    for (size_t i = 0; rules[i] != NULL; i++) {
        mtl_text_printf(text, "\n## %s %s\n\n%s. Severity: %s. Looks at %s.\n", rules[i]->code, rules[i]->name,
                        rules[i]->title, mtl_severity_text(rules[i]->severity),
                        mtl_scope_text(arena, rules[i]->scopes));
        add_markdown_part(text, "Why", rules[i]->rationale);
        add_markdown_part(text, "Fix", rules[i]->fix);
        add_markdown_part(text, "References", rules[i]->references);
        add_markdown_part(text, "Since", mtl_rule_page(rules[i])->since);
        add_markdown_example(text, "An example that is wrong", mtl_rule_page(rules[i])->fires);
        add_markdown_example(text, "And one that is right", mtl_rule_page(rules[i])->quiet);
    }
    return mtl_page_write(&page, write, context);
}

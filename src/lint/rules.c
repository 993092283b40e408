/*
 * The table of rules, looked up.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct mtl_rule *
mtl_rule_find(const char *word)
{
    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        const struct mtl_rule *rule = mtl_rule_table[i];

        if (strcasecmp(rule->code, word) == 0 || strcasecmp(rule->name, word) == 0)
            return rule;
    }
    return NULL;
}

const struct mtl_rule_page *
mtl_rule_page(const struct mtl_rule *rule)
{
    static const struct mtl_rule_page empty = {.name = "", .since = "", .fires = "", .quiet = ""};

    for (size_t i = 0; i < mtl_rule_page_count; i++)
        if (strcmp(mtl_rule_pages[i].name, rule->name) == 0)
            return &mtl_rule_pages[i];
    return &empty; /* a test fails then: it has no cases */
}

static int
by_code(const void *left, const void *right)
{
    const struct mtl_rule *a = *(const struct mtl_rule *const *)left;
    const struct mtl_rule *b = *(const struct mtl_rule *const *)right;

    return strcmp(a->code, b->code);
}

const struct mtl_rule *const *
mtl_rules_by_code(struct mtl_arena *arena)
{
    const struct mtl_rule **rules = mtl_arena_array(arena, mtl_rule_table_count + 1, sizeof(*rules));

    memcpy(rules, mtl_rule_table, mtl_rule_table_count * sizeof(*rules));
    qsort(rules, mtl_rule_table_count, sizeof(*rules), by_code);
    return rules;
}

const char *
mtl_severity_text(enum mtl_severity severity)
{
    static const char *const texts[] = {[MTL_INFO] = "info", [MTL_WARNING] = "warning", [MTL_ERROR] = "error"};

    return texts[severity];
}

const char *
mtl_use_text(enum mtl_use use)
{
    static const char *const texts[] = {
        [MTL_USE_NOTHING] = "nothing",       [MTL_USE_BUNDLE] = "bundle", [MTL_USE_STORE] = "trust store",
        [MTL_USE_ISSUERS] = "intermediates", [MTL_USE_KEY] = "key",       [MTL_USE_CRL] = "CRL",
    };

    return texts[use];
}

/*
 * Findings that are known already, left out of a result.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

static int
by_fingerprint(const void *left, const void *right)
{
    const struct mtl_known *a = left;
    const struct mtl_known *b = right;

    return strcmp(a->fingerprint, b->fingerprint);
}

/* Of one fingerprint the gravest first. */
static int
by_fingerprint_and_severity(const void *left, const void *right)
{
    const struct mtl_known *a = left;
    const struct mtl_known *b = right;
    int order = by_fingerprint(a, b);

    return order != 0 ? order : (int)b->severity - (int)a->severity;
}

/* Sorted, each fingerprint once: two reports may have been joined. */
static size_t
sort_known(struct mtl_known *known, size_t count)
{
    size_t kept = 0;

    if (count > 0)
        qsort(known, count, sizeof(*known), by_fingerprint_and_severity);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || by_fingerprint(&known[kept - 1], &known[i]) != 0)
            known[kept++] = known[i];
    }
    return kept;
}

static bool
is_known(const struct mtl_known *known, size_t count, const struct mtl_finding *finding)
{
    const struct mtl_known wanted = {.fingerprint = finding->fingerprint};
    const struct mtl_known *found = NULL;

    if (count > 0)
        found = bsearch(&wanted, known, count, sizeof(*known), by_fingerprint);
    return found != NULL && finding->severity <= found->severity;
}

const struct mtl_lint_result *
mtl_lint_hide(struct mtl_arena *arena, const struct mtl_lint_result *result, struct mtl_known *known, size_t count)
{
    struct mtl_lint_result *out = mtl_arena_alloc(arena, sizeof(*out));
    const struct mtl_finding **kept = mtl_arena_array(arena, result->finding_count, sizeof(*kept));

    count = sort_known(known, count);
    *out = *result;
    out->findings = kept;
    out->finding_count = 0;
    for (size_t i = 0; i < result->finding_count; i++) {
        if (!is_known(known, count, result->findings[i]))
            kept[out->finding_count++] = result->findings[i];
    }
    out->hidden += result->finding_count - out->finding_count;
    return out;
}

/*
 * Baselines: whatever the bytes are, what is taken for known has a fingerprint and a level, and a finding is hidden
 * exactly if one of them has its fingerprint and is no less grave.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/baseline.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Is it hidden, by the slow way? */
static bool
covers(const struct mtl_known *known, size_t count, const struct mtl_finding *finding)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i].fingerprint, finding->fingerprint) == 0 && finding->severity <= known[i].severity)
            return true;
    }
    return false;
}

static void
try_one(struct mtl_arena *arena, const struct mtl_known *known, size_t count, const char *fingerprint,
        enum mtl_severity severity)
{
    struct mtl_known *copy = mtl_arena_array(arena, count, sizeof(*copy)); /* it gets sorted */
    const struct mtl_finding finding = {.fingerprint = fingerprint, .severity = severity};
    const struct mtl_finding *findings[] = {&finding};
    const struct mtl_lint_result result = {.findings = findings, .finding_count = 1};
    const struct mtl_lint_result *rest;

    if (count > 0)
        memcpy(copy, known, count * sizeof(*copy));
    rest = mtl_lint_hide(arena, &result, copy, count);
    if (rest->finding_count + rest->hidden != 1 || covers(known, count, &finding) != (rest->hidden == 1))
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_known *known;
    struct mtl_error error;
    size_t count;

    if (mtl_baseline_parse(arena, "input", mtl_slice_of(data, size), &known, &count, &error)) {
        for (size_t i = 0; i < count && i < 8; i++) {
            try_one(arena, known, count, known[i].fingerprint, MTL_INFO);
            try_one(arena, known, count, known[i].fingerprint, MTL_ERROR);
        }
        try_one(arena, known, count, "00", MTL_WARNING);
    } else if (error.message[0] == '\0') {
        abort();
    }
    mtl_arena_free(arena);
    return 0;
}

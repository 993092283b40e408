/*
 * Reports of earlier runs, read back: which findings were known then.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/baseline.h"
#include "report/json.h"
#include "store/file.h"

#include <string.h>

#define HINT "Write it with: mtlslint check --write-baseline FILE PATH..."

static bool
read_finding(struct mtl_arena *arena, const json_t *finding, struct mtl_known *known)
{
    const char *fingerprint = json_string_value(json_object_get(finding, "fingerprint"));
    const char *severity = json_string_value(json_object_get(finding, "severity"));

    if (fingerprint == NULL || severity == NULL || !mtl_severity_find(severity, &known->severity))
        return false;
    known->fingerprint = mtl_arena_strdup(arena, fingerprint);
    return true;
}

static bool
read_document(struct mtl_arena *arena, const char *path, const json_t *document, struct mtl_known **known,
              size_t *count, struct mtl_error *error)
{
    const char *schema = json_string_value(json_object_get(document, "schema"));
    const json_t *findings = json_object_get(document, "findings");

    if (schema == NULL || strcmp(schema, "mtlslint/check/1") != 0 || !json_is_array(findings))
        return mtl_error_set(error, path, 0, HINT, "is no JSON report of mtlslint check");
    *count = json_array_size(findings);
    *known = mtl_arena_array(arena, *count, sizeof(**known));
    for (size_t i = 0; i < *count; i++) {
        if (!read_finding(arena, json_array_get(findings, i), &(*known)[i]))
            return mtl_error_set(error, path, 0, HINT, "finding %zu has no fingerprint or no severity", i + 1);
    }
    return true;
}

bool
mtl_baseline_parse(struct mtl_arena *arena, const char *path, struct mtl_slice bytes, struct mtl_known **known,
                   size_t *count, struct mtl_error *error)
{
    json_error_t reason;
    json_t *document = json_loadb((const char *)bytes.data, bytes.size, 0, &reason);
    bool done;

    if (document == NULL)
        return mtl_error_set(error, path, reason.line > 0 ? (unsigned)reason.line : 0, HINT, "is no JSON: %.100s",
                             reason.text);
    done = read_document(arena, path, document, known, count, error);
    json_decref(document);
    return done;
}

bool
mtl_baseline_read(struct mtl_arena *arena, const char *path, struct mtl_known **known, size_t *count,
                  struct mtl_error *error)
{
    struct mtl_file file;

    return mtl_file_read(arena, path, &file, error) &&
           mtl_baseline_parse(arena, path, mtl_slice_of(file.bytes, file.size), known, count, error);
}

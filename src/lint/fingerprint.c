/*
 * What identifies a finding from run to run: for baselines, and for programs that compare one report with the next.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

/* ---- paths ---------------------------------------------------------------------------------------------------- */

/* The last part of what is written; "" if there is none. */
static const char *
last_part(const struct mtl_text *text)
{
    const char *slash = strrchr(text->text, '/');

    return slash != NULL ? slash + 1 : text->text;
}

static void
drop_last_part(struct mtl_text *text)
{
    size_t size = (size_t)(last_part(text) - text->text);

    text->size = size > 1 ? size - 1 : size;
    text->text[text->size] = '\0';
}

static void
add_part(struct mtl_text *text, const char *part, size_t size)
{
    bool is_parent = size == 2 && strncmp(part, "..", 2) == 0;
    bool is_at_top = text->size == 0 || strcmp(text->text, "/") == 0;

    if (size == 0 || (size == 1 && part[0] == '.') || (is_parent && strcmp(text->text, "/") == 0))
        return;
    if (is_parent && !is_at_top && strcmp(last_part(text), "..") != 0) {
        drop_last_part(text);
        return;
    }
    mtl_text_add(text, is_at_top ? "" : "/");
    mtl_text_bytes(text, mtl_slice_of(part, size));
}

static struct mtl_text
normalize(struct mtl_arena *arena, const char *path)
{
    struct mtl_text text = {.arena = arena};

    mtl_text_add(&text, path[0] == '/' ? "/" : "");
    while (*path != '\0') {
        size_t size = strcspn(path, "/");

        add_part(&text, path, size);
        path += size + (path[size] == '/');
    }
    return text;
}

const char *
mtl_lint_path(struct mtl_arena *arena, const char *path, const char *root)
{
    struct mtl_text normal = normalize(arena, path);
    struct mtl_text top = normalize(arena, root != NULL ? root : "");
    const char *rest = normal.text + top.size;

    if (normal.size == 0)
        return ".";
    if (top.size == 0 || strncmp(normal.text, top.text, top.size) != 0)
        return normal.text;
    if (*rest == '\0')
        return ".";
    if (*rest != '/' && strcmp(top.text, "/") != 0)
        return normal.text;
    return *rest == '/' ? rest + 1 : rest;
}

/* ---- fingerprints --------------------------------------------------------------------------------------------- */

/* With the NUL: no two lists of fields read alike. */
static void
add_field(struct mtl_text *text, const char *field)
{
    mtl_text_bytes(text, mtl_slice_of(field, strlen(field) + 1));
}

static void
add_identity(struct mtl_text *text, const struct mtl_finding *finding)
{
    const struct mtl_source *source = &finding->places[0].source;
    uint8_t digest[32];

    if (finding->cert != NULL) {
        mtl_cert_sha256(finding->cert, digest);
        mtl_text_bytes(text, mtl_slice_of(digest, sizeof(digest)));
    } else {
        add_field(text, source->label != NULL ? source->label : "");
        mtl_text_printf(text, "%u", source->ordinal);
    }
}

static const char *
fingerprint(struct mtl_arena *arena, const struct mtl_finding *finding, const char *root)
{
    struct mtl_text text = {.arena = arena};
    struct mtl_text hex = {.arena = arena};
    uint8_t digest[32];

    add_field(&text, finding->rule->code);
    add_field(&text, mtl_lint_path(arena, finding->places[0].source.path, root));
    add_field(&text, finding->against != NULL ? mtl_lint_path(arena, finding->against, root) : "");
    if (finding->connection != NULL)
        add_field(&text, finding->connection);
    add_identity(&text, finding);
    mtl_sha256(mtl_slice_of(text.text, text.size), digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        mtl_text_printf(&hex, "%02x", digest[i]);
    return hex.text;
}

struct marked {
    struct mtl_finding *finding;
    size_t index;
};

static int
by_fingerprint(const void *left, const void *right)
{
    const struct marked *a = left;
    const struct marked *b = right;
    int order = strcmp(a->finding->fingerprint, b->finding->fingerprint);

    if (order != 0)
        return order;
    return a->index < b->index ? -1 : 1;
}

static void
tell_apart(struct mtl_arena *arena, struct marked *marked, size_t count)
{
    const char *previous = "";
    unsigned repetition = 1;

    for (size_t i = 0; i < count; i++) {
        struct mtl_finding *finding = marked[i].finding;

        repetition = strcmp(finding->fingerprint, previous) == 0 ? repetition + 1 : 1;
        previous = finding->fingerprint;
        if (repetition > 1)
            finding->fingerprint = mtl_arena_printf(arena, "%s-%u", previous, repetition);
    }
}

void
mtl_findings_mark(struct mtl_arena *arena, struct mtl_finding *const *findings, size_t count, const char *root)
{
    struct marked *marked = mtl_arena_array(arena, count, sizeof(*marked));
    size_t new = 0;

    for (size_t i = 0; i < count; i++) {
        if (findings[i]->fingerprint != NULL)
            continue;
        findings[i]->fingerprint = fingerprint(arena, findings[i], root);
        marked[new ++] = (struct marked){.finding = findings[i], .index = i};
    }
    if (new > 0)
        qsort(marked, new, sizeof(*marked), by_fingerprint);
    tell_apart(arena, marked, new);
}

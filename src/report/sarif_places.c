/*
 * Paths as SARIF has them (3.4 artifactLocation): URI references, never absolute ones.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/sarif.h"

#include <string.h>

#define SOURCE_ROOT "%SRCROOT%"
#define FILE_SYSTEM "FILESYSTEM"

/* RFC 3986 2.3 unreserved, and the slash. A colon is not among them: "a:b" would be a scheme. */
static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

static const char *
uri_text(struct mtl_arena *arena, const char *path)
{
    struct mtl_text text = {.arena = arena};

    mtl_text_add(&text, "");
    while (*path != '\0') {
        size_t size = strspn(path, plain);

        mtl_text_bytes(&text, mtl_slice_of(path, size));
        path += size;
        if (*path != '\0')
            mtl_text_printf(&text, "%%%02X", (unsigned char)*path++);
    }
    return text.text;
}

json_t *
mtl_sarif_artifact(struct mtl_arena *arena, const char *path, const char *root)
{
    const char *relative = mtl_lint_path(arena, path, root);
    bool is_absolute = relative[0] == '/';
    json_t *artifact = json_object();

    json_object_set_new(artifact, "uri", json_string(uri_text(arena, relative + is_absolute)));
    json_object_set_new(artifact, "uriBaseId", json_string(is_absolute ? FILE_SYSTEM : SOURCE_ROOT));
    return artifact;
}

json_t *
mtl_sarif_bases(struct mtl_arena *arena)
{
    json_t *bases = json_object();
    json_t *source_root = json_object();
    json_t *file_system = json_object();

    /* Where the root lies is different on every machine, and none of a report's business. */
    json_object_set_new(source_root, "description", mtl_sarif_message(arena, "The folder in which mtlslint ran."));
    json_object_set_new(file_system, "uri", json_string("file:///"));
    json_object_set_new(bases, SOURCE_ROOT, source_root);
    json_object_set_new(bases, FILE_SYSTEM, file_system);
    return bases;
}

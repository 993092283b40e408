/* Project files: whatever is in them, the reader keeps to its limits, and what it hands out is complete.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "project/project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of arena for each byte of the file, and for the error messages. */
#define MOST_PER_BYTE 400U
#define MOST_AT_REST (1U << 20)

static void
require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "wrong: %s\n", what);
    abort();
}

static void
check_text(const struct mtl_project_text *text, bool required)
{
    require(text->text != NULL || !required, "a text is missing");
    require(text->text == NULL || (text->line > 0 && text->text[0] != '\0'), "a text without line or letters");
}

static void
check_side(const struct mtl_project_side *side, bool is_server)
{
    check_text(&side->cert, is_server);
    check_text(&side->trust, false);
    check_text(&side->verify, false);
    require(side->name.line > 0 && side->depth.value >= 0 && side->depth.value <= 1000, "a side's line or depth");
    for (size_t i = 0; i < side->stacks.count; i++)
        check_text(&side->stacks.items[i], true);
}

static void
check_project(const struct mtl_project *project)
{
    for (size_t i = 0; i < project->handshake_count; i++) {
        const struct mtl_project_handshake *handshake = &project->handshakes[i];

        check_text(&handshake->name, true);
        check_side(&handshake->client, false);
        check_side(&handshake->server, true);
        require(mtl_project_handshake_find(project, handshake->name.text) == handshake, "a name given twice");
    }
    for (size_t i = 0; i < project->store_count; i++)
        check_text(&project->stores[i].path, true);
    for (size_t i = 0; i < project->ignore_count; i++) {
        check_text(&project->ignores[i].rule, true);
        check_text(&project->ignores[i].reason, true);
    }
    require(project->horizon.line == 0 || project->horizon.value > 0, "a horizon of nothing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_project *project = NULL;
    struct mtl_error error = {.line = 0};

    if (mtl_project_parse(arena, "a/.mtlslint.yaml", mtl_slice_of(data, size), &project, &error))
        check_project(project);
    else
        require(error.message[0] != '\0' && strcmp(error.path, "a/.mtlslint.yaml") == 0, "an error without words");
    require(mtl_arena_used(arena) <= MOST_AT_REST + MOST_PER_BYTE * size, "more memory than the file deserves");
    mtl_arena_free(arena);
    return 0;
}

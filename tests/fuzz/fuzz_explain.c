/* Lines of logs: whatever is in them, the explanation keeps to its line and its tables.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "wrong: %s\n", what);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct mtl_arena *words;
    static const struct mtl_dictionary *dictionary;
    struct mtl_arena *arena = mtl_arena_new();
    char *line = mtl_arena_alloc(arena, size + 1);
    struct mtl_explanation explanation;

    if (words == NULL) {
        words = mtl_arena_new();
        dictionary = mtl_dictionary_new(words);
    }
    for (size_t i = 0; i < size; i++)
        line[i] = data[i] == '\0' ? ' ' : (char)data[i];
    explanation = mtl_explain(arena, dictionary, line);
    for (size_t i = 0; i < explanation.count; i++) {
        const struct mtl_meaning *meaning = &explanation.meanings[i];
        require(meaning->matched > 0 && meaning->matched <= strlen(line), "more is matched than there is");
        require(i == 0 || meaning[-1].matched >= meaning->matched, "the likeliest is not first");
        require((meaning->speakers & 3U) != 0, "nobody says it");
        require(meaning->alert == 0 || strcmp(mtl_alert_name(meaning->alert), "unassigned") != 0, "no such alert");
    }
    mtl_arena_free(arena);
    return 0;
}

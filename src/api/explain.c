/* Lines of logs in, their meaning out. SPDX-License-Identifier: Apache-2.0 */
#include "report/explain.h"
#include "api/session.h"
#include "handshake/handshake.h"

#include <string.h>

/* Groups while they are gathered. */
struct gathering {
    struct mtl_arena *arena, *scratch; /* scratch: of the line at hand */
    const struct mtl_dictionary *dictionary;
    struct group {
        struct mtl_explanation explanation;
        const char *line;
        size_t *numbers;
        size_t count, capacity;
    } * groups;
    size_t count, capacity, lines, unknown;
};

static bool
is_blank(const char *line)
{
    return line[strspn(line, " \t\r\n")] == '\0';
}

/* Not text: what a log does not hold, and a file of another kind does. Tabs and colours are. */
static bool
is_noise(const char *line)
{
    for (; *line != '\0' && *line != '\n'; line++) {
        unsigned char octet = (unsigned char)*line;

        if (octet < 0x20 && octet != '\t' && octet != '\r' && octet != 0x1b)
            return true;
    }
    return false;
}

static bool
mean_the_same(const struct mtl_meaning *a, const struct mtl_meaning *b)
{
    return a->saying == b->saying && a->alert == b->alert && a->speakers == b->speakers &&
           a->any_reason == b->any_reason && a->or_the_other == b->or_the_other && a->what == b->what &&
           memcmp(a->reasons, b->reasons, sizeof(a->reasons)) == 0 &&
           memcmp(a->stacks, b->stacks, mtl_stack_count() * sizeof(*a->stacks)) == 0;
}

static struct group *
group_for(struct gathering *gathering, struct mtl_explanation explanation, const char *line)
{
    /* the explanation at hand lives no longer than the line */
    for (size_t i = 0; i < gathering->count; i++)
        if (mean_the_same(&gathering->groups[i].explanation.meanings[0], &explanation.meanings[0]))
            return &gathering->groups[i];
    gathering->groups = mtl_arena_grow(gathering->arena, gathering->groups, gathering->count, &gathering->capacity,
                                       sizeof *gathering->groups);
    gathering->groups[gathering->count] = (struct group){
        .explanation = mtl_explain(gathering->arena, gathering->dictionary, line),
        .line = mtl_text_safe(gathering->arena, mtl_slice_of(line, strcspn(line, "\r\n")), 0),
    };
    return &gathering->groups[gathering->count++];
}

static void
add_line(struct gathering *gathering, const char *line, size_t number)
{
    struct mtl_arena_mark mark = mtl_arena_mark(gathering->scratch);
    struct mtl_explanation explanation;
    struct group *group;

    if (is_blank(line))
        return;
    gathering->lines++;
    if (is_noise(line)) {
        gathering->unknown++;
        return;
    }
    explanation = mtl_explain(gathering->scratch, gathering->dictionary, line);
    if (explanation.count == 0) {
        gathering->unknown++;
    } else {
        group = group_for(gathering, explanation, line);
        group->numbers =
            mtl_arena_grow(gathering->arena, group->numbers, group->count, &group->capacity, sizeof *group->numbers);
        group->numbers[group->count++] = number;
    }
    mtl_arena_rewind(gathering->scratch, mark);
}

static void
add_lines(struct gathering *gathering, const char *const *lines, size_t count)
{
    gathering->scratch = mtl_arena_new();
    (void)mtl_arena_alloc(gathering->scratch, 1); /* taking back all would give up the memory with every line */
    for (size_t i = 0; i < count; i++)
        add_line(gathering, lines[i], i + 1);
    mtl_arena_free(gathering->scratch);
}

static struct mtl_explained_log
finish(const struct gathering *gathering, const struct mtl_handshake *handshake)
{
    struct mtl_explained *groups = mtl_arena_array(gathering->arena, gathering->count, sizeof *groups);

    for (size_t i = 0; i < gathering->count; i++)
        groups[i] = (struct mtl_explained){.explanation = gathering->groups[i].explanation,
                                           .line = gathering->groups[i].line,
                                           .numbers = gathering->groups[i].numbers,
                                           .count = gathering->groups[i].count};
    return (struct mtl_explained_log){.groups = groups,
                                      .group_count = gathering->count,
                                      .line_count = gathering->lines,
                                      .unknown_count = gathering->unknown,
                                      .handshake = handshake};
}

bool
mtl_report_explanation(struct mtl_session *session, const char *const *lines, size_t count,
                       const struct mtl_handshake *handshake, const struct mtl_report_options *options,
                       mtl_write *write, void *context, size_t *recognised)
{
    struct gathering gathering = {.arena = session->arena, .dictionary = mtl_dictionary_new(session->arena)};
    bool is_text = strcmp(options->format, "text") == 0;
    struct mtl_explained_log log;

    *recognised = 0;
    if (!is_text && strcmp(options->format, "json") != 0) {
        mtl_error_set(&session->error, NULL, 0, "It is text or json", "unknown format '%.60s'", options->format);
        return mtl_session_fail(session);
    }
    if (handshake != NULL && handshake->matrix != NULL) {
        mtl_error_set(&session->error, NULL, 0, "Give the stacks that logged it",
                      "a line is not explained for all stacks");
        return mtl_session_fail(session);
    }
    add_lines(&gathering, lines, count);
    log = finish(&gathering, handshake);
    *recognised = log.line_count - log.unknown_count;
    return is_text ? mtl_report_explained_text(session->arena, &log, options, write, context)
                   : mtl_report_explained_json(session->arena, &log, write, context);
}

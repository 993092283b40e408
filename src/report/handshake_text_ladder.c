/*
 * The ladder of messages in two columns, an arrow at the end of each flight, as RFC 8446 figure 1 draws it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/handshake_text.h"

#include <string.h>

#define LEFT 4U
#define ARROW_SIZE 12U

#define LEAST_ARROW_COLUMN 28U

static void
add_arrow(struct mtl_page *page, enum mtl_role sender, bool is_rejection)
{
    static const char *const ascii[2][2] = {
        [MTL_CLIENT] = {"----------->", "-----X----->"},
        [MTL_SERVER] = {"<-----------", "<-----X-----"},
    };
    static const char *const drawn[2][2] = {
        [MTL_CLIENT] = {"───────────►", "─────✗─────►"},
        [MTL_SERVER] = {"◄───────────", "◄─────✗─────"},
    };
    const char *arrow = page->unicode ? drawn[sender][is_rejection] : ascii[sender][is_rejection];

    mtl_page_add(page, is_rejection ? MTL_INK_RED : MTL_INK_DIM, arrow);
}

static enum mtl_ink
ink_of(const struct mtl_event *event)
{
    if (event->is_rejection)
        return MTL_INK_RED;
    return event->optional ? MTL_INK_DIM : MTL_INK_PLAIN;
}

/* Where everything stands. */
struct ladder {
    struct mtl_page *page;
    size_t arrow, right; /* columns of the arrows and of the server's messages */
};

static const char *
text_of(struct mtl_arena *arena, const struct mtl_event *event)
{
    if (event->detail == NULL)
        return event->message;
    return mtl_arena_printf(arena, "%s%s %s", event->message, event->is_rejection ? "" : ":",
                            mtl_text_safe(arena, mtl_slice_text(event->detail), 0));
}

/* An arrow stands on the last line of a flight only, so that a client's certificates may run across the middle. */
static void
add_event(const struct ladder *ladder, const struct mtl_event *event, bool ends_flight)
{
    struct mtl_page *page = ladder->page;
    const char *text = text_of(page->text.arena, event);
    size_t used = LEFT;

    mtl_page_blanks(page, LEFT);
    if (event->sender == MTL_CLIENT && !ends_flight) {
        mtl_page_words(page, ink_of(event), LEFT + 2, text);
        return;
    }
    if (event->sender == MTL_CLIENT) {
        mtl_page_add(page, ink_of(event), text);
        used += mtl_text_columns(text);
    }
    mtl_page_blanks(page, used < ladder->arrow ? ladder->arrow - used : 1);
    if (ends_flight)
        add_arrow(page, event->sender, event->is_rejection);
    else
        mtl_page_blanks(page, ARROW_SIZE);
    mtl_page_blanks(page, 2);
    if (event->sender == MTL_SERVER)
        mtl_page_words(page, ink_of(event), ladder->right, text);
    else
        mtl_page_end_line(page);
}

/* "orders (client)", but not "the client (client)" */
static const char *
head_of(struct mtl_arena *arena, const struct mtl_side *side, const char *role)
{
    return strncmp(side->label, "the ", 4) == 0 ? side->label : mtl_arena_printf(arena, "%s (%s)", side->label, role);
}

static void
add_heads(const struct ladder *ladder, const struct mtl_transcript *transcript)
{
    struct mtl_page *page = ladder->page;
    const char *client = head_of(page->text.arena, transcript->client, "client");
    size_t used = LEFT + mtl_text_columns(client);

    mtl_page_blanks(page, LEFT);
    mtl_page_add(page, MTL_INK_BOLD, client);
    mtl_page_blanks(page, used < ladder->right ? ladder->right - used : 1);
    mtl_page_add(page, MTL_INK_BOLD, head_of(page->text.arena, transcript->server, "server"));
    mtl_page_end_line(page);
}

static bool
ends_flight(const struct mtl_transcript *transcript, size_t index)
{
    const struct mtl_event *event = &transcript->events[index];

    return index + 1 == transcript->event_count || event[1].sender != event->sender || event[1].is_rejection;
}

/* Behind the longest message of the client that an arrow follows. */
static struct ladder
lay_out(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    struct ladder ladder = {.page = page, .arrow = LEAST_ARROW_COLUMN};

    for (size_t i = 0; i < transcript->event_count; i++) {
        size_t columns = LEFT + mtl_text_columns(text_of(page->text.arena, &transcript->events[i])) + 2;

        if (transcript->events[i].sender == MTL_CLIENT && ends_flight(transcript, i) && columns > ladder.arrow)
            ladder.arrow = columns;
    }
    ladder.right = ladder.arrow + ARROW_SIZE + 2;
    return ladder;
}

void
mtl_page_ladder(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    struct ladder ladder = lay_out(page, transcript);

    if (transcript->event_count == 0)
        return;
    add_heads(&ladder, transcript);
    for (size_t i = 0; i < transcript->event_count; i++) {
        if (transcript->events[i].is_rejection && transcript->moment >= MTL_MOMENT_AFTER_HANDSHAKE &&
            transcript->rejected_by == MTL_SERVER) {
            mtl_page_blanks(page, LEFT);
            mtl_page_add(page, MTL_INK_YELLOW, "(connected, as far as it knows)");
            mtl_page_end_line(page);
        }
        add_event(&ladder, &transcript->events[i], ends_flight(transcript, i));
    }
    mtl_page_end_line(page);
}

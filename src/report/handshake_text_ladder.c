/*
 * The ladder of messages in two columns, an arrow at the end of each flight, as RFC 8446 figure 1 draws it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/handshake_text.h"

#define LEFT 4U
#define ARROW_SIZE 12U

#define ARROW_COLUMN 28U /* behind the longest message of a client that ends a flight */
#define RIGHT (ARROW_COLUMN + ARROW_SIZE + 2)

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
add_event(struct mtl_page *page, const struct mtl_event *event, bool ends_flight)
{
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
    mtl_page_blanks(page, used < ARROW_COLUMN ? ARROW_COLUMN - used : 1);
    if (ends_flight)
        add_arrow(page, event->sender, event->is_rejection);
    else
        mtl_page_blanks(page, ARROW_SIZE);
    mtl_page_blanks(page, 2);
    if (event->sender == MTL_SERVER)
        mtl_page_words(page, ink_of(event), RIGHT, text);
    else
        mtl_page_end_line(page);
}

static void
add_heads(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    const char *client = mtl_arena_printf(page->text.arena, "%s (client)", transcript->client->label);

    mtl_page_blanks(page, LEFT);
    mtl_page_add(page, MTL_INK_BOLD, client);
    mtl_page_blanks(page, LEFT + mtl_text_columns(client) < RIGHT ? RIGHT - LEFT - mtl_text_columns(client) : 1);
    mtl_page_add(page, MTL_INK_BOLD, mtl_arena_printf(page->text.arena, "%s (server)", transcript->server->label));
    mtl_page_end_line(page);
}

void
mtl_page_ladder(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    const struct mtl_event *events = transcript->events;

    if (transcript->event_count == 0)
        return;
    add_heads(page, transcript);
    for (size_t i = 0; i < transcript->event_count; i++) {
        bool last = i + 1 == transcript->event_count;
        bool ends_flight = last || events[i + 1].sender != events[i].sender || events[i + 1].is_rejection;

        if (events[i].is_rejection && transcript->moment == MTL_MOMENT_AFTER_HANDSHAKE) {
            mtl_page_blanks(page, LEFT);
            mtl_page_add(page, MTL_INK_YELLOW, "(connected, as far as it knows)");
            mtl_page_end_line(page);
        }
        add_event(page, &events[i], ends_flight);
    }
    mtl_page_end_line(page);
}

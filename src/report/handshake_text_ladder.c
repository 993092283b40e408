/*
 * The ladder of messages in two columns, an arrow at the end of each flight, as RFC 8446 figure 1 draws it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/handshake_text.h"

#include <string.h>

#define LEFT 4U
#define ARROW_SIZE 12U

/* Where the server's column begins; the client's messages are short, the server's certificates may be many. */
static size_t
right_column(const struct mtl_page *page)
{
    return page->width / 2 + ARROW_SIZE / 2;
}

static size_t
arrow_column(const struct mtl_page *page)
{
    return right_column(page) - ARROW_SIZE - 1;
}

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

static void
add_event(struct mtl_page *page, const struct mtl_event *event, bool ends_flight)
{
    const char *name = event->message;
    size_t used = LEFT;

    if (event->is_rejection && event->detail != NULL)
        name = mtl_arena_printf(page->text.arena, "%s %s", event->message, event->detail);
    mtl_page_blanks(page, LEFT);
    if (event->sender == MTL_CLIENT) {
        mtl_page_add(page, ink_of(event), name);
        used += mtl_text_columns(name);
    }
    if (ends_flight) {
        mtl_page_blanks(page, used < arrow_column(page) ? arrow_column(page) - used : 1);
        add_arrow(page, event->sender, event->is_rejection);
        used = right_column(page) - 1;
    }
    if (event->sender == MTL_SERVER) {
        mtl_page_blanks(page, right_column(page) - used);
        mtl_page_add(page, ink_of(event), name);
    }
    mtl_page_end_line(page);
}

/* Below its message, in the same column, wrapped there. */
static void
add_detail(struct mtl_page *page, const struct mtl_event *event)
{
    size_t column = (event->sender == MTL_CLIENT ? LEFT : right_column(page)) + 2, width = page->width;

    if (event->detail == NULL || event->is_rejection)
        return;
    if (event->sender == MTL_CLIENT)
        page->width = arrow_column(page) - 1;
    mtl_page_blanks(page, column);
    mtl_page_words(page, MTL_INK_DIM, column, mtl_text_safe(page->text.arena, mtl_slice_text(event->detail), 0));
    page->width = width;
}

static void
add_heads(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    const char *client = mtl_arena_printf(page->text.arena, "%s (client)", transcript->client->label);

    mtl_page_blanks(page, LEFT);
    mtl_page_add(page, MTL_INK_BOLD, client);
    mtl_page_blanks(page, LEFT + mtl_text_columns(client) < right_column(page)
                              ? right_column(page) - LEFT - mtl_text_columns(client)
                              : 1);
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
        add_detail(page, &events[i]);
    }
    mtl_page_end_line(page);
}

/*
 * Strings and output of JSON reports.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/json.h"

json_t *
mtl_json_text(struct mtl_arena *arena, const char *text)
{
    json_t *string;

    if (text == NULL)
        return json_null();
    string = json_string(text);
    return string != NULL ? string : json_string(mtl_text_safe(arena, mtl_slice_text(text), 0));
}

json_t *
mtl_json_path(struct mtl_arena *arena, const char *path)
{
    return json_string(mtl_text_safe(arena, mtl_slice_text(path), 0));
}

struct sink {
    mtl_write *write;
    void *context;
};

static int
pass_on(const char *bytes, size_t size, void *data)
{
    const struct sink *sink = data;

    return sink->write(sink->context, bytes, size) ? 0 : -1;
}

static bool
dump(json_t *document, size_t style, mtl_write *write, void *context)
{
    struct sink sink = {.write = write, .context = context};
    bool done = json_dump_callback(document, pass_on, &sink, style) == 0 && write(context, "\n", 1);

    json_decref(document);
    return done;
}

bool
mtl_json_write(json_t *document, mtl_write *write, void *context)
{
    return dump(document, JSON_INDENT(2), write, context);
}

bool
mtl_json_write_line(json_t *document, mtl_write *write, void *context)
{
    return dump(document, JSON_COMPACT, write, context);
}

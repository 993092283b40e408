/*
 * Single values: text, paths, choices, numbers, dates, durations.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "project/values.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NUMBER 1000
#define MAX_SHOWN 60U /* bytes of a value in a message */

static const char *
shown(const struct mtl_reader *reader, const char *text)
{
    return mtl_text_safe(reader->arena, mtl_slice_text(text), MAX_SHOWN);
}

static bool
refuse_kind(struct mtl_reader *reader, const char *key, const struct mtl_node *node, const char *due)
{
    const char *hint = node->kind == MTL_NODE_NULL                                    ? "Give it, or leave the key out."
                       : node->kind == MTL_NODE_NUMBER || node->kind == MTL_NODE_BOOL ? "Put it in quotes."
                                                                                      : "";

    return mtl_error_set(reader->error, reader->path, node->line, hint, "%s is %s where %s is due", shown(reader, key),
                         mtl_node_text(node), due);
}

static bool
refuse_form(struct mtl_reader *reader, const char *key, const struct mtl_node *node, const char *what, const char *hint)
{
    return mtl_error_set(reader->error, reader->path, node->line, hint, "%s: '%s' is %s", key,
                         shown(reader, node->text), what);
}

/* ---- texts ----------------------------------------------------------------------------------------------------- */

static bool
has_control(const struct mtl_node *node)
{
    for (size_t i = 0; i < node->size; i++) {
        if ((unsigned char)node->text[i] < 0x20 || node->text[i] == 0x7f)
            return true;
    }
    return false;
}

bool
mtl_value_text(struct mtl_reader *reader, const char *key, const struct mtl_node *node, struct mtl_project_text *out)
{
    if (node->kind != MTL_NODE_TEXT)
        return refuse_kind(reader, key, node, "text");
    if (node->size == 0)
        return mtl_error_set(reader->error, reader->path, node->line, "Give it, or leave the key out.",
                             "%s is an empty text", shown(reader, key));
    if (has_control(node))
        return mtl_error_set(reader->error, reader->path, node->line, "Write it on one line, without tabs.",
                             "%s holds a control character", shown(reader, key));
    *out = (struct mtl_project_text){.text = node->text, .line = node->line};
    return true;
}

bool
mtl_value_path(struct mtl_reader *reader, const char *key, const struct mtl_node *node, struct mtl_project_text *out)
{
    if (!mtl_value_text(reader, key, node, out))
        return false;
    while (strncmp(out->text, "./", 2) == 0 && out->text[2] != '\0')
        out->text += 2 + strspn(out->text + 2, "/");
    if (out->text[0] != '/')
        out->text = mtl_arena_printf(reader->arena, "%s%s", reader->folder, out->text);
    return true;
}

bool
mtl_value_choice(struct mtl_reader *reader, const struct mtl_key *key, const struct mtl_node *node,
                 struct mtl_project_text *out)
{
    struct mtl_text list = {.arena = reader->arena};
    size_t count = 0;

    if (!mtl_value_text(reader, key->name, node, out))
        return false;
    for (; key->choices[count] != NULL; count++) {
        if (strcmp(key->choices[count], node->text) == 0)
            return true;
        mtl_text_printf(&list, "%s%s", count == 0 ? "It is one of: " : ", ", key->choices[count]);
    }
    return refuse_form(reader, key->name, node, "unknown", list.text);
}

bool
mtl_value_hash(struct mtl_reader *reader, const char *key, const struct mtl_node *node, struct mtl_project_text *out)
{
    const size_t prefix = strlen("sha256:");
    size_t digits;

    if (!mtl_value_text(reader, key, node, out))
        return false;
    digits = strncmp(node->text, "sha256:", prefix) == 0 ? strspn(node->text + prefix, "0123456789abcdefABCDEF") : 0;
    if (digits >= 16 && digits <= 64 && node->text[prefix + digits] == '\0')
        return true;
    return refuse_form(reader, key, node, "no hash of a certificate",
                       "Write sha256: and at least 16 hexadecimal digits; mtlslint show prints them.");
}

/* ---- numbers --------------------------------------------------------------------------------------------------- */

static double
number_of(const struct mtl_node *node)
{
    if (strncmp(node->text, "0o", 2) == 0)
        return (double)strtoull(node->text + 2, NULL, 8);
    if (strncmp(node->text, "0x", 2) == 0)
        return (double)strtoull(node->text + 2, NULL, 16);
    return strtod(node->text, NULL);
}

bool
mtl_value_number(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                 struct mtl_project_number *out)
{
    double number;

    if (node->kind != MTL_NODE_NUMBER)
        return mtl_error_set(reader->error, reader->path, node->line, "Write it without quotes: 2",
                             "%s is %s where a number is due", key, mtl_node_text(node));
    number = strpbrk(node->text, "nN") == NULL ? number_of(node) : -1; /* not .inf and .nan */
    if (!(number >= 0 && number <= MAX_NUMBER) || number != (double)(int64_t)number)
        return refuse_form(reader, key, node, "no whole number from 0 to 1000", NULL);
    *out = (struct mtl_project_number){.value = (int64_t)number, .line = node->line};
    return true;
}

bool
mtl_value_version(struct mtl_reader *reader, const char *key, const struct mtl_node *node, struct mtl_project_text *out)
{
    static const struct {
        const char *text;
        double number;
    } versions[] = {{"1.2", 1.2}, {"1.3", 1.3}};
    struct mtl_node text = *node;

    if (node->kind == MTL_NODE_NUMBER)
        text.kind = MTL_NODE_TEXT;
    if (!mtl_value_text(reader, key, &text, out))
        return false;
    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        out->text = versions[i].text;
        if (strcmp(node->text, out->text) == 0 ||
            (node->kind == MTL_NODE_NUMBER && number_of(node) == versions[i].number))
            return true;
    }
    return refuse_form(reader, key, node, "no TLS version that can be predicted", "It is 1.2 or 1.3");
}

static bool
fits(const char *text, const char *form)
{
    for (; *form != '\0'; form++, text++) {
        if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
            return false;
    }
    return *text == '\0';
}

bool
mtl_value_date(struct mtl_reader *reader, const char *key, const struct mtl_node *node, struct mtl_project_number *out)
{
    struct mtl_project_text text = {.text = ""};
    int year, month, day;

    if (!mtl_value_text(reader, key, node, &text))
        return false;
    if (fits(text.text, "0000-00-00") && (text.text[0] == '1' || text.text[0] == '2')) {
        year = (int)strtol(text.text, NULL, 10);
        month = (int)strtol(text.text + 5, NULL, 10);
        day = (int)strtol(text.text + 8, NULL, 10);
        out->line = node->line;
        if (mtl_time_from_civil(year, month, day, 0, 0, 0, &out->value))
            return true;
    }
    return refuse_form(reader, key, node, "no date", "Write it as 2027-03-01");
}

bool
mtl_value_duration(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                   struct mtl_project_number *out)
{
    const int64_t hour = 3600;
    const char *units = "hdwy", *unit;
    const int64_t seconds[] = {hour, 24 * hour, 7 * 24 * hour, 365 * 24 * hour};
    struct mtl_project_text text = {.text = ""};
    size_t digits;

    if (!mtl_value_text(reader, key, node, &text))
        return false;
    digits = strspn(text.text, "0123456789");
    unit = digits > 0 && digits <= 5 && text.text[0] != '0' && text.text[digits] != '\0'
               ? strchr(units, text.text[digits])
               : NULL;
    if (unit == NULL || text.text[digits + 1] != '\0')
        return refuse_form(reader, key, node, "no duration", "Write it as 30d, 12h, 8w or 1y");
    *out =
        (struct mtl_project_number){.value = strtol(text.text, NULL, 10) * seconds[unit - units], .line = node->line};
    return true;
}

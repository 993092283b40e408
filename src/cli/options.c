/* Options of subcommands. SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include "base/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MESSAGE_SIZE 2048
#define NAME_SIZE 64
#define MAX_OPTIONS 64

static const char *const formats[] = {"text", "json", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};

/* All that a subcommand takes, and how far its arguments are read. */
struct parser {
    const char *command;
    struct mtl_option options[MAX_OPTIONS];
    size_t count;
    int argc;
    char **argv;
    int next;
};

/* ---- messages ------------------------------------------------------------------------------------------------- */

enum mtl_exit
mtl_cannot(const char *format, ...)
{
    struct mtl_arena *arena = mtl_arena_new();
    char message[MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    fprintf(stderr, "mtlslint: %s\n", mtl_text_safe(arena, mtl_slice_text(message), 0));
    mtl_arena_free(arena);
    return MTL_EXIT_CANNOT;
}

static bool complain(const struct parser *parser, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool
complain(const struct parser *parser, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    mtl_cannot("%s: %s", parser->command, message);
    return false;
}

static bool
refuse_unknown(const struct parser *parser, const char *argument)
{
    const char *names[MAX_OPTIONS];
    char name[NAME_SIZE];

    for (size_t i = 0; i < parser->count; i++)
        names[i] = parser->options[i].name;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(argument + 2, "="), argument + 2);
    const char *nearest = argument[1] == '-' ? mtl_text_nearest(name, names, parser->count) : NULL;
    if (nearest != NULL)
        return complain(parser, "unknown option '%s'; did you mean '--%s'?", argument, nearest);
    return complain(parser, "unknown option '%s'; see: mtlslint %s --help", argument, parser->command);
}

static bool
refuse_choice(const struct parser *parser, const struct mtl_option *option, const char *value, size_t count)
{
    const char *nearest = mtl_text_nearest(value, option->choices, count);
    char list[MESSAGE_SIZE] = "";
    size_t size = 0;

    if (nearest != NULL)
        return complain(parser, "--%s: unknown value '%s'; did you mean '%s'?", option->name, value, nearest);
    for (size_t i = 0; i < count && size < sizeof list; i++)
        size += (size_t)snprintf(list + size, sizeof list - size, "%s%s", i > 0 ? ", " : "", option->choices[i]);
    return complain(parser, "--%s: unknown value '%s'; it is one of: %s", option->name, value, list);
}

/* ---- parsing -------------------------------------------------------------------------------------------------- */

static const struct mtl_option *
find_name(const struct parser *parser, const char *name, size_t size)
{
    for (size_t i = 0; i < parser->count; i++) {
        if (strlen(parser->options[i].name) == size && strncmp(parser->options[i].name, name, size) == 0)
            return &parser->options[i];
    }
    return NULL;
}

static const struct mtl_option *
find_letter(const struct parser *parser, char letter)
{
    for (size_t i = 0; i < parser->count; i++) {
        if (parser->options[i].letter == letter)
            return &parser->options[i];
    }
    return NULL;
}

static bool
check_choice(const struct parser *parser, const struct mtl_option *option, const char *value)
{
    size_t count = 0;

    if (option->choices == NULL)
        return true;
    for (; option->choices[count] != NULL; count++) {
        if (strcmp(option->choices[count], value) == 0)
            return true;
    }
    return refuse_choice(parser, option, value, count);
}

/* value is what is attached to the option; NULL: the next argument is the value. */
static bool
take_option(struct parser *parser, const struct mtl_option *option, const char *value)
{
    if (option->flag != NULL) {
        if (value != NULL)
            return complain(parser, "--%s takes no value", option->name);
        *option->flag = true;
        return true;
    }
    if (value == NULL && parser->next < parser->argc)
        value = parser->argv[parser->next++];
    if (value == NULL)
        return complain(parser, "--%s needs a value", option->name);
    if (option->take != NULL)
        return check_choice(parser, option, value) && option->take(option->context, value);
    if (option->list != NULL) {
        option->list->items[option->list->count++] = value;
        return check_choice(parser, option, value);
    }
    if (*option->text != NULL)
        return complain(parser, "--%s is given twice", option->name);
    *option->text = value;
    return check_choice(parser, option, value);
}

static bool
take_argument(struct parser *parser, const char *argument)
{
    const struct mtl_option *option;
    const char *value;

    if (argument[1] != '-') {
        option = find_letter(parser, argument[1]);
        value = argument[2] != '\0' ? argument + 2 : NULL;
    } else {
        size_t size = strcspn(argument + 2, "=");
        option = find_name(parser, argument + 2, size);
        value = argument[2 + size] == '=' ? argument + 2 + size + 1 : NULL;
    }
    return option != NULL ? take_option(parser, option, value) : refuse_unknown(parser, argument);
}

static bool
parse(struct parser *parser, int *operand_count)
{
    bool options_end = false;

    while (parser->next < parser->argc) {
        char *argument = parser->argv[parser->next++];
        bool is_option = !options_end && argument[0] == '-' && argument[1] != '\0';

        if (is_option && strcmp(argument, "--") == 0)
            options_end = true;
        else if (!is_option)
            parser->argv[++*operand_count] = argument;
        else if (!take_argument(parser, argument))
            return false;
    }
    return true;
}

/* ---- for completion ------------------------------------------------------------------------------------------- */

static const char *
offers(const struct mtl_option *option)
{
    if (option->flag != NULL)
        return "flag";
    if (option->offers != NULL)
        return option->offers;
    return option->choices != NULL ? "choice" : "word";
}

static bool
list_options(const struct parser *parser)
{
    for (size_t i = 0; i < parser->count; i++) {
        const struct mtl_option *option = &parser->options[i];

        if (find_name(parser, option->name, strlen(option->name)) != option)
            continue; /* the subcommand's own takes precedence */
        printf("%s --%s -%.1s %s", parser->command, option->name, &option->letter, offers(option));
        for (size_t j = 0; option->choices != NULL && option->choices[j] != NULL; j++)
            printf(" %s", option->choices[j]);
        putchar('\n');
    }
    return false;
}

bool
mtl_options_parse(const struct mtl_option *options, size_t count, struct mtl_common_options *common, int argc,
                  char **argv, int *operand_count)
{
    const struct mtl_option shared[] = {
        {.name = "format", .letter = 'f', .text = &common->format, .choices = formats},
        {.name = "output", .letter = 'o', .offers = "file", .text = &common->output},
        {.name = "color", .text = &common->color, .choices = colors},
    };
    size_t shared_count = sizeof shared / sizeof shared[0];
    struct parser parser = {.command = argv[0], .count = count + shared_count, .argc = argc, .argv = argv, .next = 1};

    if (count + shared_count > MAX_OPTIONS)
        abort();
    if (count > 0)
        memcpy(parser.options, options, count * sizeof *options);
    memcpy(parser.options + count, shared, sizeof shared);
    *common = (struct mtl_common_options){0};
    *operand_count = 0;
    if (argc == 2 && strcmp(argv[1], MTL_LIST_OPTIONS) == 0)
        return list_options(&parser);
    if (!parse(&parser, operand_count))
        return false;
    common->format = common->format != NULL ? common->format : formats[0];
    common->color = common->color != NULL ? common->color : colors[0];
    return true;
}

/* ---- values --------------------------------------------------------------------------------------------------- */

bool
mtl_option_number(const char *name, const char *text, int least, int most, int *value)
{
    char *end;

    if (text == NULL)
        return true;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || number < least || number > most) {
        mtl_cannot("--%s: '%s' is no number from %d to %d", name, text, least, most);
        return false;
    }
    *value = (int)number;
    return true;
}

bool
mtl_option_time(const char *name, const char *text, int64_t *result)
{
    struct mtl_error error;

    *result = (int64_t)time(NULL);
    if (text == NULL || mtl_time_parse(text, *result, result, &error))
        return true;
    mtl_cannot("--%s: %s%s%s", name, error.message, error.hint[0] != '\0' ? ". " : "", error.hint);
    return false;
}

bool
mtl_option_horizon(const char *text, int64_t *horizon)
{
    char offset[32];
    struct mtl_error error;

    if (text == NULL)
        return true;
    /* "30d" is the distance of "+30d" from nothing. */
    if (snprintf(offset, sizeof(offset), "+%s", text) < (int)sizeof(offset) &&
        mtl_time_parse(offset, 0, horizon, &error) && *horizon > 0)
        return true;
    mtl_cannot("--horizon: '%s' is not a duration; give one such as 30d, 12h or 8w", text);
    return false;
}

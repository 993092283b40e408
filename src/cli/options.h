/*
 * The options of a subcommand, declared as data and parsed in one place: --name VALUE, --name=VALUE, -x VALUE, -xVALUE,
 * flags, "--" before operands. What is wrong is said on stderr in one sentence, with the nearest name that exists.
 */
#ifndef MTL_CLI_OPTIONS_H
#define MTL_CLI_OPTIONS_H

#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The values of an option that may be given more than once. items has room for every argument of the command line. */
struct mtl_option_list {
    const char **items;
    size_t count;
};

struct mtl_option {
    const char *name;             /* "server-name", given as --server-name */
    char letter;                  /* 's' for -s; 0: none */
    const char **text;            /* receives the value; the option may be given once. NULL: see flag */
    const char *const *choices;   /* the values allowed, NULL-terminated; NULL: any */
    const char *offers;           /* for completion: "file", "stack", "rule", "format"; NULL: choices, or nothing */
    bool *flag;                   /* set when given; for options without a value */
    struct mtl_option_list *list; /* instead of text: receives each value */
    bool (*take)(void *context, const char *value); /* instead of text: called with each value; false after a message */
    void *context;
};

/*
 * What every subcommand takes: -f/--format text|json, -o/--output FILE, --color auto|always|never. An option of the
 * subcommand's own with the same name takes precedence.
 */
struct mtl_common_options {
    const char *format; /* "text" unless given */
    const char *output; /* NULL: standard output */
    const char *color;  /* "auto" unless given */
};

/*
 * A subcommand whose only argument is this prints its options instead, for completion; mtl_options_parse() then returns
 * false. A line each: COMMAND --NAME -LETTER OFFERS, where the letter may be missing ("-") and the offers are "flag",
 * "word" (nothing to offer), "choice" and the values, or those of struct mtl_option.
 */
#define MTL_LIST_OPTIONS "--list-options"

/*
 * argv[0] is the subcommand. The operands are gathered at argv[1] and following, *operand_count of them. False after a
 * message: the caller returns MTL_EXIT_CANNOT.
 */
bool mtl_options_parse(const struct mtl_option *options, size_t count, struct mtl_common_options *common, int argc,
                       char **argv, int *operand_count);

/* A number from least to most; text NULL leaves *value alone. name is the option's, for the message. */
bool mtl_option_number(const char *name, const char *text, int least, int most, int *value);
/* A time as mtl_time_parse() takes it, relative to now; text NULL: now. */
bool mtl_option_time(const char *name, const char *text, int64_t *time);

/* A duration in seconds, such as "30d"; text NULL leaves *horizon alone. */
bool mtl_option_horizon(const char *text, int64_t *horizon);

/* "mtlslint: ..." on stderr, whatever it contains made safe to print. Returns MTL_EXIT_CANNOT. */
enum mtl_exit mtl_cannot(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

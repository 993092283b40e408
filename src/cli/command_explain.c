/*
 * mtlslint explain: the page of a rule, or the meaning of lines of a log.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli/handshake_options.h"
#include "cli/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: mtlslint explain CODE\n"
    "       mtlslint explain 'LOG LINE' [OPTIONS]\n"
    "       mtlslint explain - [OPTIONS] < LOG\n"
    "\n"
    "Explains a rule of mtlslint check, or what a line of a log says: who rejected whose certificate, what the reason "
    "can\n"
    "be in that TLS stack, where to look first, and what it is not. Lines that mean the same are explained once.\n"
    "\n"
    "  CODE                  as in a finding, MTL104, or the rule's name, missing-intermediate\n"
    "  LOG LINE              in quotes; several may be given\n"
    "  -                     lines from standard input\n"
    "  --client-cert FILE, --server-trust PATH ...   the two sides, as for mtlslint handshake: says which of the\n"
    "                        possible reasons holds for these files\n"
    "  -f, --format FORMAT   text (default) or json; of log lines\n"
    "  -o, --output FILE     write there instead of to standard output\n"
    "  --color WHEN          auto, always or never\n"
    "\n"
    "Exit status: 0 explained, 2 nothing in the lines is known, or the job could not be done.\n";

#define MOST_INPUT (64U * 1024U * 1024U) /* octets read from standard input */

/* ---- a rule --------------------------------------------------------------------------------------------------- */

static enum mtl_exit
explain_rule(struct mtl_session *session, const struct mtl_common_options *common, const char *rule)
{
    struct mtl_report_options report = {0};
    struct mtl_output output;
    bool reported;

    if (!mtl_output_open(&output, common, &report))
        return MTL_EXIT_CANNOT;
    reported = mtl_report_rule(session, rule, &report, mtl_output_write, &output);
    if (!reported && !output.is_broken)
        mtl_cannot("explain: %s", mtl_session_error(session));
    return mtl_output_close(&output, reported, reported ? MTL_EXIT_CLEAN : MTL_EXIT_CANNOT);
}

/* ---- standard input ------------------------------------------------------------------------------------------- */

/* The whole of it, ended by a NUL; the caller frees it. NULL after a message. */
static char *
read_input(void)
{
    size_t size = 0, capacity = 65536;
    char *text = malloc(capacity), *larger;

    while (text != NULL) {
        size += fread(text + size, 1, capacity - size - 1, stdin);
        if (size + 1 < capacity)
            break;
        larger = capacity > MOST_INPUT ? NULL : realloc(text, 2 * capacity);
        if (larger == NULL) {
            free(text);
            text = NULL;
        } else {
            text = larger;
            capacity *= 2;
        }
    }
    if (text == NULL || ferror(stdin)) {
        mtl_cannot("explain: standard input cannot be read, or is larger than 64 MiB");
        free(text);
        return NULL;
    }
    for (size_t i = 0; i < size; i++)
        if (text[i] == '\0')
            text[i] = ' ';
    text[size] = '\0';
    return text;
}

/* Ends each line in text with a NUL and points to it; the caller frees the list. NULL: out of memory. */
static const char **
split_lines(char *text, size_t *count)
{
    size_t most = 1;
    const char **lines;

    for (const char *at = text; *at != '\0'; at++)
        most += *at == '\n';
    lines = malloc(most * sizeof(*lines));
    for (*count = 0; lines != NULL && *text != '\0'; ++*count) {
        char *end = strchr(text, '\n');

        lines[*count] = text;
        if (end != NULL)
            *end = '\0';
        text = end == NULL ? text + strlen(text) : end + 1;
    }
    return lines;
}

/* ---- lines ---------------------------------------------------------------------------------------------------- */

static enum mtl_exit
explain_lines(struct mtl_session *session, const struct mtl_handshake_arguments *arguments, const char *const *lines,
              size_t count)
{
    const struct mtl_handshake *handshake = NULL;
    struct mtl_report_options report = {0};
    struct mtl_output output;
    size_t recognised;
    bool reported;

    if (!mtl_passwords_open(session, arguments->store_password_file))
        return MTL_EXIT_CANNOT;
    if (mtl_handshake_is_asked_for(arguments) && !mtl_handshake(session, &arguments->request, &handshake))
        return mtl_cannot("%s", mtl_session_error(session));
    if (!mtl_output_open(&output, &arguments->common, &report))
        return MTL_EXIT_CANNOT;
    reported =
        mtl_report_explanation(session, lines, count, handshake, &report, mtl_output_write, &output, &recognised);
    if (!reported && !output.is_broken)
        mtl_cannot("explain: %s", mtl_session_error(session));
    else if (recognised == 0)
        mtl_cannot("explain: nothing in %s is known; mtlslint rules lists the rules, mtlslint stacks ID the log lines "
                   "of a stack",
                   count == 1 ? "this line" : "these lines");
    return mtl_output_close(&output, reported, reported && recognised > 0 ? MTL_EXIT_CLEAN : MTL_EXIT_CANNOT);
}

static enum mtl_exit
explain_input(struct mtl_session *session, const struct mtl_handshake_arguments *arguments)
{
    char *text = read_input();
    enum mtl_exit status = MTL_EXIT_CANNOT;
    const char **lines;
    size_t count;

    if (text == NULL)
        return MTL_EXIT_CANNOT;
    lines = split_lines(text, &count);
    if (lines == NULL)
        mtl_cannot("out of memory");
    else
        status = explain_lines(session, arguments, lines, count);
    free(lines);
    free(text);
    return status;
}

/* A word that looks like a rule's: its page says what is near it. */
static bool
looks_like_rule(const char *word)
{
    bool is_name = strchr(word, '-') != NULL && word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';

    return mtl_is_rule(word) || is_name || strncmp(word, "MTL", 3) == 0 || strncmp(word, "mtl", 3) == 0;
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct mtl_handshake_arguments arguments = {0};
    enum mtl_exit status = MTL_EXIT_CANNOT;
    int operands;

    if (mtl_handshake_options_parse(argc, argv, &arguments, &operands)) {
        struct mtl_session *session = mtl_session_new();

        if (operands == 0)
            status =
                mtl_cannot("explain: give a rule, such as MTL104, a line of a log in quotes, or - for standard input");
        else if (operands == 1 && strcmp(argv[1], "-") == 0)
            status = explain_input(session, &arguments);
        else if (operands == 1 && looks_like_rule(argv[1]))
            status = explain_rule(session, &arguments.common, argv[1]);
        else
            status = explain_lines(session, &arguments, (const char *const *)&argv[1], (size_t)operands);
        mtl_session_free(session);
    }
    free(arguments.also.items);
    return status;
}

const struct mtl_command command_explain = {
    .name = "explain",
    .summary = "explain a rule of check, or a line of a log",
    .usage = usage,
    .offers = "rule",
    .run = run,
};

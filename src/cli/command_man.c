/* mtlslint man: manual pages as roff, from the help texts and the table of keys. SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "cli/output.h"
#include "mtlslint.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "usage: mtlslint man 1|5 [-o FILE]\n"
                            "\n"
                            "Prints a manual page: mtlslint(1), or mtlslint.yaml(5) on the project file. To read one\n"
                            "that is not installed: mtlslint man 1 | man -l -\n"
                            "\n"
                            "  -o, --output FILE     write there instead of to standard output\n"
                            "  --color WHEN          auto, always or never\n"
                            "\n"
                            "Exit status: 0 printed, 2 there is no such page or it could not be written.\n";

#define CONTINUED 12 /* so far in, a line goes on with what the option before it means */

static const char head[] = ".SH NAME\nmtlslint \\- predict TLS handshakes from files, and find what breaks them\n"
                           ".SH SYNOPSIS\n.B mtlslint\n.I COMMAND\n.RI [ ARGUMENTS ]\n.br\n.B mtlslint\n.RI [ PATH "
                           "...]\n.SH DESCRIPTION\n"
                           "Reads certificates, keys and trust stores, and predicts the TLS handshakes they make.\n"
                           "Without a command, it checks the paths, or the current directory.\n"
                           "It never connects to anything.\n.SH COMMANDS\n";
static const char tail[] = ".SH OPTIONS OF ALL COMMANDS\n.TP\n.BR \\-h \", \" \\-\\-help\ntells of the command.\n.TP\n"
                           ".BR \\-V \", \" \\-\\-version\nin place of a command: prints the version.\n"
                           ".SH EXIT STATUS\n0 nothing found, 1 something found, 2 the job could not be done;\n"
                           "the commands tell more.\n.SH SEE ALSO\n.BR mtlslint.yaml (5),\n.BR openssl-verify (1ssl)\n";

static void
put_text(FILE *stream, const char *text, size_t size)
{
    if (size > 0 && (*text == '.' || *text == '\''))
        fputs("\\&", stream);
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\\')
            fputs("\\e", stream);
        else if (text[i] == '-')
            fputs("\\-", stream);
        else
            fputc(text[i], stream);
    }
}

/* "  --role client|server  whose bundles": what is named, two blanks, what it means. */
static void
put_item(FILE *stream, const char *line, size_t size)
{
    size_t end = 0;

    while (end < size && !(line[end] == ' ' && end + 1 < size && line[end + 1] == ' '))
        end++;
    fputs(".TP\n\\fB", stream);
    put_text(stream, line, end);
    fputs("\\fR\n", stream);
    while (end < size && line[end] == ' ')
        end++;
    if (end == size)
        return;
    put_text(stream, line + end, size - end);
    fputc('\n', stream);
}

static void
put_line(FILE *stream, const char *line, size_t size, bool *in_usage)
{
    size_t indent = strspn(line, " ");

    if (size == 0) {
        fputs(*in_usage ? ".fi\n.PP\n" : ".PP\n", stream);
        *in_usage = false;
    } else if (*in_usage || indent == 0 || indent >= CONTINUED) {
        put_text(stream, line + indent, size - indent);
        fputc('\n', stream);
    } else {
        put_item(stream, line + indent, size - indent);
    }
}

static void
put_usage(FILE *stream, const char *text)
{
    static const char word[] = "usage: ";
    bool in_usage = strncmp(text, word, sizeof(word) - 1) == 0;

    if (in_usage)
        text += sizeof(word) - 1;
    fputs(in_usage ? ".nf\n" : "", stream);
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");

        put_line(stream, text, size, &in_usage);
        text += size + (text[size] == '\n');
    }
}

static bool
put_program(FILE *stream)
{
    fprintf(stream, ".TH MTLSLINT 1 \"\" \"mtlslint %s\"\n%s", mtl_version(), head);
    for (size_t i = 0; mtl_command_table[i] != NULL; i++) {
        fprintf(stream, ".SS %s\n", mtl_command_table[i]->name);
        put_usage(stream, mtl_command_table[i]->usage);
    }
    fputs(tail, stream);
    return ferror(stream) == 0;
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct mtl_common_options common;
    struct mtl_report_options report;
    struct mtl_output output;
    int count;
    bool done;

    if (!mtl_options_parse(NULL, 0, &common, argc, argv, &count))
        return MTL_EXIT_CANNOT;
    if (count != 1 || (strcmp(argv[1], "1") != 0 && strcmp(argv[1], "5") != 0))
        return mtl_cannot("man: name one page: 1 for mtlslint(1), or 5 for mtlslint.yaml(5)");
    if (!mtl_output_open(&output, &common, &report))
        return MTL_EXIT_CANNOT;
    if (argv[1][0] == '1') {
        done = put_program(output.stream);
    } else {
        struct mtl_session *session = mtl_session_new();

        done = mtl_report_project_manual(session, mtl_output_write, &output);
        mtl_session_free(session);
    }
    output.is_broken = output.is_broken || !done;
    return mtl_output_close(&output, done, MTL_EXIT_CLEAN);
}

const struct mtl_command command_man = {
    .name = "man",
    .summary = "print a manual page",
    .usage = usage,
    .offers = "choice 1 5",
    .run = run,
};

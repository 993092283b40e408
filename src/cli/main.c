/* mtlslint COMMAND ARGUMENTS, or mtlslint PATH for mtlslint check PATH. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"
#include "cli/command.h"
#include "cli/options.h"
#include "mtlslint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_COMMANDS 64

static const char about[] =
    "mtlslint: reads certificates, keys and trust stores, and predicts the TLS handshakes they make\n"
    "\n"
    "usage: mtlslint COMMAND [ARGUMENTS]\n"
    "       mtlslint [PATH...]          the same as: mtlslint check [PATH...]\n"
    "\n"
    "commands:\n";
static const char about_more[] =
    "\n"
    "mtlslint COMMAND --help tells more. Exit status: 0 nothing found, 1 something found,\n"
    "2 the job could not be done.\n";

static void
print_help(FILE *stream)
{
    fputs(about, stream);
    for (size_t i = 0; mtl_command_table[i] != NULL; i++)
        fprintf(stream, "  %-12s %s\n", mtl_command_table[i]->name, mtl_command_table[i]->summary);
    fputs(about_more, stream);
}

static const struct mtl_command *
find_command(const char *name)
{
    for (size_t i = 0; mtl_command_table[i] != NULL; i++) {
        if (strcmp(mtl_command_table[i]->name, name) == 0)
            return mtl_command_table[i];
    }
    return NULL;
}

static enum mtl_exit
refuse_command(const char *name)
{
    const char *names[MAX_COMMANDS];
    size_t count = 0;

    for (; count < MAX_COMMANDS && mtl_command_table[count] != NULL; count++)
        names[count] = mtl_command_table[count]->name;
    const char *nearest = mtl_text_nearest(name, names, count);
    if (nearest != NULL)
        return mtl_cannot("unknown command '%s'; did you mean '%s'?", name, nearest);
    return mtl_cannot("'%s' is neither a command nor a file that exists; see: mtlslint --help", name);
}

static bool
asks(int argc, char **argv, const char *letter, const char *name)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], letter) == 0 || strcmp(argv[i], name) == 0)
            return true;
    }
    return false;
}

/* Standard output may be a full disk even for a help text. */
static enum mtl_exit
finish(enum mtl_exit status)
{
    return fflush(stdout) == 0 ? status : MTL_EXIT_CANNOT;
}

static enum mtl_exit
run(const struct mtl_command *command, int argc, char **argv)
{
    if (!asks(argc, argv, "-h", "--help"))
        return command->run(argc, argv);
    fputs(command->usage, stdout);
    return finish(MTL_EXIT_CLEAN);
}

/* "mtlslint certs/" means "mtlslint check certs/", also without arguments: argv[0] gives way to the command's name. */
static enum mtl_exit
run_check(int argc, char **argv)
{
    char name[] = "check";
    const struct mtl_command *check = find_command(name);

    if (check == NULL)
        return refuse_command(name);
    argv[0] = name;
    return run(check, argc, argv);
}

static enum mtl_exit
help(int argc, char **argv)
{
    const struct mtl_command *command = argc > 2 && argv[2][0] != '-' ? find_command(argv[2]) : NULL;

    if (argc > 2 && argv[2][0] != '-' && command == NULL)
        return refuse_command(argv[2]);
    if (command != NULL)
        fputs(command->usage, stdout);
    else
        print_help(stdout);
    return finish(MTL_EXIT_CLEAN);
}

static enum mtl_exit
dispatch(int argc, char **argv)
{
    if (argc < 1) {
        print_help(stderr);
        return MTL_EXIT_CANNOT;
    }
    if (argc < 2)
        return run_check(argc, argv);
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        printf("mtlslint %s\n", mtl_version());
        return finish(MTL_EXIT_CLEAN);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)
        return help(argc, argv);

    const struct mtl_command *command = find_command(argv[1]);
    if (command != NULL)
        return run(command, argc - 1, argv + 1);
    if (argv[1][0] == '-' || access(argv[1], F_OK) == 0)
        return run_check(argc, argv);
    return refuse_command(argv[1]);
}

int
main(int argc, char **argv)
{
    /* The library takes nothing from openssl.cnf but how PKCS#12 is opened, which libcrypto does as the machine says: a
     * verdict must not depend on the machine it is made on. */
    if (setenv("OPENSSL_CONF", "", 1) != 0)
        return (int)mtl_cannot("out of memory");
    return (int)dispatch(argc, argv);
}

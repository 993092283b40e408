/* A subcommand: one file command_<name>.c each, found by CMake. */
#ifndef MTL_CLI_COMMAND_H
#define MTL_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

enum mtl_exit { MTL_EXIT_CLEAN = 0, MTL_EXIT_FINDINGS = 1, MTL_EXIT_CANNOT = 2 };

struct mtl_command {
    const char *name;    /* "handshake" */
    const char *summary; /* one line for the list of commands */
    const char *usage;   /* the whole help text */
    const char *offers;  /* for operands: as in struct mtl_option, or "handshake": names in the project file */
    enum mtl_exit (*run)(int argc, char **argv); /* argv[0] is the command's name */
};

extern const struct mtl_command *const mtl_command_table[]; /* NULL-terminated, in order of name */

#endif

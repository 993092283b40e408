/* mtlslint completion: completion for shells, from the tables of commands and options. SPDX-License-Identifier:
 * Apache-2.0 */
#include "cli/options.h"
#include "mtlslint.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "usage: mtlslint completion bash|zsh|fish\n"
                            "\n"
                            "Prints the completion of commands, options, their values, stacks, rules, and of the\n"
                            "names in the project file, for a shell:\n"
                            "\n"
                            "  bash   source <(mtlslint completion bash)\n"
                            "  zsh    mtlslint completion zsh > \"${fpath[1]}/_mtlslint\"\n"
                            "  fish   mtlslint completion fish | source\n"
                            "\n"
                            "Installed packages bring it along.\n"
                            "\n"
                            "Exit status: 0 printed, 2 the shell is unknown or the output could not be written.\n";

/* src/cli/completion/mtlslint.SHELL: the code that stands after the tables. */
extern const char mtl_text_completion_bash[], mtl_text_completion_zsh[], mtl_text_completion_fish[];

struct shell {
    const char *name;
    const char *head;            /* before the tables */
    const char *before, *behind; /* around the name of a table */
    const char *code;
};
static const struct shell shells[] = {
    {"bash", "", "_mtlslint_", "='", mtl_text_completion_bash},
    {"zsh", "#compdef mtlslint\n", "_mtlslint_", "='", mtl_text_completion_zsh},
    {"fish", "", "set -g _mtlslint_", " '", mtl_text_completion_fish},
};

static const char *
command_name(size_t index)
{
    return mtl_command_table[index] != NULL ? mtl_command_table[index]->name : NULL;
}

/* Words of the program's own tables: letters, digits, hyphens, dots. */
static void
print_words(const struct shell *shell, const char *what, const char *(*word)(size_t index))
{
    printf("%s%s%s", shell->before, what, shell->behind);
    for (size_t i = 0; word(i) != NULL; i++)
        printf("%s%s", i > 0 ? "\n" : "", word(i));
    puts("'");
}

/* A line for each option, and for what a command takes besides. */
static void
print_table(const struct shell *shell)
{
    char list[] = MTL_LIST_OPTIONS;

    printf("%stable%s", shell->before, shell->behind);
    for (size_t i = 0; mtl_command_table[i] != NULL; i++) {
        const struct mtl_command *command = mtl_command_table[i];
        char name[32];

        snprintf(name, sizeof(name), "%s", command->name);
        printf("%s - - %s\n", command->name, command->offers != NULL ? command->offers : "word");
        command->run(2, (char *[]){name, list, NULL});
    }
    puts("'");
}

static enum mtl_exit
print(const struct shell *shell)
{
    fputs(shell->head, stdout);
    print_words(shell, "commands", command_name);
    print_words(shell, "rules", mtl_rule_code);
    print_words(shell, "stacks", mtl_stack_id);
    print_words(shell, "formats", mtl_check_format);
    print_table(shell);
    fputs(shell->code, stdout);
    if (fflush(stdout) != 0 || ferror(stdout) != 0)
        return mtl_cannot("completion: standard output cannot be written");
    return MTL_EXIT_CLEAN;
}

static enum mtl_exit
run(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], MTL_LIST_OPTIONS) == 0)
        return MTL_EXIT_CLEAN; /* it has none */
    for (size_t i = 0; argc == 2 && i < sizeof(shells) / sizeof(shells[0]); i++) {
        if (strcmp(shells[i].name, argv[1]) == 0)
            return print(&shells[i]);
    }
    return mtl_cannot("completion: name one shell: bash, zsh or fish");
}

const struct mtl_command command_completion = {
    .name = "completion",
    .summary = "print the completion for a shell",
    .usage = usage,
    .offers = "choice bash zsh fish",
    .run = run,
};

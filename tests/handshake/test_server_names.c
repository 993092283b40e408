/* What profiles say of server_name is what was recorded of real clients, in fixtures/server-names/recorded.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stack/stack.h"

/* One line: of a name with a dot, of one without, of an address, was it asked for? */
struct recorded {
    char stack[32], dotted[16], plain[16], address[16];
};

static bool
next(FILE *file, struct recorded *line)
{
    char text[256];

    while (fgets(text, sizeof(text), file) != NULL) {
        if (text[0] == '#')
            continue;
        assert_int_equal(sscanf(text, "%31s %15s %15s %15s", line->stack, line->dotted, line->plain, line->address), 4);
        return true;
    }
    return false;
}

static FILE *
open_recorded(void)
{
    FILE *file = fopen(MTL_SOURCE_DIR "/fixtures/server-names/recorded", "r");

    assert_non_null(file);
    return file;
}

static bool
is_asked(const char *word)
{
    assert_true(strcmp(word, "asked") == 0 || strcmp(word, "none") == 0);
    return strcmp(word, "asked") == 0;
}

static void
every_profile_says_what_was_recorded(void **state)
{
    FILE *file = open_recorded();
    struct recorded line;

    (void)state;
    while (next(file, &line)) {
        const struct mtl_stack *stack = mtl_stack_find(line.stack);
        bool dotted, plain;

        assert_non_null(stack);
        dotted = stack->asks == MTL_ASKS || stack->asks == MTL_ASKS_WITH_DOT;
        plain = stack->asks == MTL_ASKS;
        if (is_asked(line.dotted) != dotted || is_asked(line.plain) != plain)
            fail_msg("%s: the profile says otherwise than the recording", line.stack);
    }
    fclose(file);
}

static bool
is_recorded(const char *id)
{
    FILE *file = open_recorded();
    struct recorded line;
    bool found = false;

    while (!found && next(file, &line))
        found = strcmp(line.stack, id) == 0;
    fclose(file);
    return found;
}

static void
nothing_is_said_that_was_not_recorded(void **state)
{
    (void)state;
    for (size_t i = 0; i < mtl_stack_count(); i++) {
        const struct mtl_stack *stack = mtl_stack_at(i);

        if ((stack->asks != MTL_ASKS_UNKNOWN) != is_recorded(stack->id))
            fail_msg("%s: a profile without a recording, or a recording that is not in the profile", stack->id);
    }
}

/* Advice names what to change; where nothing has to be or can be changed there is none. */
static void
what_makes_a_client_ask_is_told_where_something_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < mtl_stack_count(); i++) {
        const struct mtl_stack *stack = mtl_stack_at(i);
        bool can_be_told = stack->asks == MTL_ASKS_BY_SETTING || stack->asks == MTL_ASKS_BY_APPLICATION;

        if (can_be_told != (stack->asks_with != NULL))
            fail_msg("%s: asks_with does not go with asks", stack->id);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_profile_says_what_was_recorded),
        cmocka_unit_test(nothing_is_said_that_was_not_recorded),
        cmocka_unit_test(what_makes_a_client_ask_is_told_where_something_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

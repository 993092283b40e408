#!/usr/bin/env bash
# A stack is a table: the object of each src/stack/stack_*.c defines data and no function, and refers to no function.
# Compiled here without sanitizers, which would add functions of their own.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

data_only() {
    local source symbols bad=0 count=0
    for source in "$1"/src/stack/stack_*.c; do
        "${CC:-cc}" -std=c17 -O0 -Isrc -D_POSIX_C_SOURCE=200809L -c -o "$scratch/stack.o" "$source" || return 1
        symbols=$(nm "$scratch/stack.o" | awk '$(NF - 1) ~ /^[TtWwiU]$/ { print $NF }')
        [ -z "$symbols" ] || { echo "$source: not data:" $symbols; bad=1; }
        count=$((count + 1))
    done
    echo "$count stacks"
    return "$bad"
}

holds "every stack is data" data_only .
mkdir -p "$scratch/src/stack"
cat >"$scratch/src/stack/stack_clever.c" <<'END'
#include "stack/stack.h"
static int
clever(void)
{
    return 3;
}
int (*const stack_clever)(void) = clever;
END
catches "a stack with a function" "not data: clever" data_only "$scratch"

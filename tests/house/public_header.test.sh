#!/usr/bin/env bash
# include/mtlslint.h: at most 250 lines, compiles alone as C17 and C++17, and everything it declares is defined.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh
header=include/mtlslint.h

short() { [ "$(wc -l <"$1")" -le 250 ]; }
compiles() { # COMPILER STANDARD LANGUAGE HEADER
    "$1" "-std=$2" -x "$3" -Wall -Wextra -Wpedantic -Werror -fsyntax-only "$4"
}
declared() {
    without_comments "$1" | sed 's/^[^:]*:[0-9]*://' | grep -v '^ *typedef' | grep -o '\bmtl_[a-z0-9_]* *(' | tr -d ' (' | sort -u
}
all_defined() { # HEADER
    declared "$1" >"$scratch/declared"
    nm --defined-only -g "$BUILD/libmtlslint.a" | awk '$2 == "T" { print $3 }' | sort -u >"$scratch/defined"
    local missing
    missing=$(comm -23 "$scratch/declared" "$scratch/defined")
    echo "$(wc -l <"$scratch/declared") functions declared"
    [ -s "$scratch/declared" ] || return 1
    [ -z "$missing" ] || { echo "declared but not defined:" $missing; return 1; }
}

holds "at most 250 lines" short "$header"
holds "compiles alone as C17" compiles "${CC:-cc}" c17 c "$header"
if command -v "${CXX:-c++}" >/dev/null; then
    holds "compiles alone as C++17" compiles "${CXX:-c++}" c++17 c++ "$header"
else
    echo "skipped: C++17, there is no C++ compiler"
fi
holds "every declared function is defined" all_defined "$header"

{ cat "$header"; echo 'bool mtl_promise(struct mtl_session *session);'; } >"$scratch/promise.h"
catches "a declaration without a definition" "not defined: mtl_promise" all_defined "$scratch/promise.h"
echo 'size_t mtl_f(void);' >"$scratch/needy.h"
catches "a header that needs another" "size_t" compiles "${CC:-cc}" c17 c "$scratch/needy.h"

#!/usr/bin/env bash
# Functions of at most 60 lines, files of at most 500, rules of at most 80. Prints the medians, which should stay small.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

# In this style a function, and nothing else, opens with "{" in the first column. Its length counts both braces.
functions() {
    awk '
        /^{/ { start = FNR }
        /^}/ && start { print FNR - start + 1, FILENAME ":" start; start = 0 }' "$@"
}

distribution() { # WHAT LIMIT: numbers first on each line of stdin
    sort -n | awk -v what="$1" -v limit="$2" '
        { size[NR] = $1 }
        $1 > limit { print $2 ": " $1 " lines, more than " limit; bad = 1 }
        END {
            if (!NR) { print what ": none found"; exit 1 }
            print what ": " NR ", median " size[int((NR + 1) / 2)] ", p90 " size[int(NR * 0.9 + 0.5)] ", longest " size[NR] " lines"
            exit bad
        }'
}

lines() {
    awk '{ count[FILENAME] = FNR } END { for (file in count) print count[file], file }' "$@"
}

shape() {
    local -a product tests rules
    local bad=0
    mapfile -t product < <(find "$1/src" "$1/include" -name '*.[ch]')
    mapfile -t rules < <(find "$1/rules" -name '*.c')
    mapfile -t tests < <(find "$1/tests" -name '*.[ch]')
    functions "${product[@]}" "${rules[@]}" | distribution "functions of the product" 60 || bad=1
    functions "${tests[@]}" | distribution "functions of the tests" 60 || bad=1
    lines "${product[@]}" | distribution "files of the product" 500 || bad=1
    lines "${rules[@]}" | distribution "rules" 80 || bad=1
    return "$bad"
}

plant() { # FUNCTION-LINES FILE-LINES RULE-LINES
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree"/{src/base,include,rules,tests/base}
    awk -v n="$1" 'BEGIN { print "int\nf(void)\n{"; for (i = 2; i < n; i++) print "    ;"; print "}" }' >"$scratch/tree/src/base/f.c"
    awk -v n="$2" 'BEGIN { for (i = 0; i < n; i++) print "" }' >"$scratch/tree/src/base/g.c"
    awk -v n="$3" 'BEGIN { for (i = 0; i < n; i++) print "" }' >"$scratch/tree/rules/r.c"
    cp "$scratch/tree/src/base/f.c" "$scratch/tree/tests/base/test_f.c"
}

holds "functions, files and rules keep their limits" shape .
plant 60 500 80
holds "the limits themselves are permitted" shape "$scratch/tree"
plant 61 500 80
catches "a function of 61 lines" "f.c:3: 61 lines" shape "$scratch/tree"
plant 60 501 80
catches "a file of 501 lines" "g.c: 501 lines" shape "$scratch/tree"
plant 60 500 81
catches "a rule of 81 lines" "r.c: 81 lines" shape "$scratch/tree"

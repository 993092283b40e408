#!/usr/bin/env bash
# Each field of a stack's tables has a line in src/report/traits*.c: a sentence for the pages of stacks, or ELSEWHERE.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

structs=(mtl_policy mtl_name_policy mtl_constraint_policy mtl_policy_rules mtl_reading mtl_stack)

fields() { # STRUCT FILE...: the names of its fields, one a line
    local struct=$1
    shift
    cat "$@" | awk -v head="struct $struct {" '
        index($0, head) == 1 { inside = 1; next }
        inside && /^};/ { exit }
        !inside { next }
        {
            if (comment) {
                if (!(end = index($0, "*/"))) next
                $0 = substr($0, end + 2)
                comment = 0
            }
            while (start = index($0, "/*")) {
                rest = substr($0, start + 2)
                end = index(rest, "*/")
                comment = !end
                $0 = substr($0, 1, start - 1) (end ? substr(rest, end + 2) : "")
            }
            line = line $0
            if (line !~ /;[ \t]*$/) next
            n = split(line, names, /[,;]/)
            for (i = 1; i < n; i++) {
                sub(/(\[[^]]*\])+[ \t]*$/, "", names[i])
                sub(/[ \t]+$/, "", names[i])
                sub(/.*[ \t*]/, "", names[i])
                print names[i]
            }
            line = ""
        }'
}

all_have_words() { # ROOT
    local struct field bad=0 count=0 words
    words=$(cat "$1"/src/report/traits*.c | tr -d ' \n')
    for struct in "${structs[@]}"; do
        for field in $(fields "$struct" "$1"/src/cert/cert.h "$1"/src/path/path.h "$1"/src/path/policies.h "$1"/src/stack/stack.h); do
            count=$((count + 1))
            case $words in
            *"($struct,$field,"* | *"($struct,$field)"* | *"($struct,$field["*) ;;
            *) echo "no words for $field of struct $struct: add a line to src/report/traits.c"; bad=1 ;;
            esac
        done
    done
    echo "$count fields"
    [ "$count" -gt 80 ] || { echo "too few: the structs were not found"; bad=1; }
    return "$bad"
}

holds "every trait of a stack has words" all_have_words .
mkdir -p "$scratch/src"
cp -r src/cert src/path src/stack src/report "$scratch/src"
sed -i 's/^struct mtl_policy {/&\n    bool looks_away, \/* X_* from\n    what *\/ turns_back[2]; \/* Y_* *\/\n    int at_last;/' "$scratch/src/path/path.h"
catches "a trait without words" "no words for looks_away of struct mtl_policy" all_have_words "$scratch"
catches "one behind comments" "no words for at_last of struct mtl_policy" all_have_words "$scratch"
catches "one behind it, an array" "no words for turns_back of struct mtl_policy" all_have_words "$scratch"

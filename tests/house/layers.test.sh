#!/usr/bin/env bash
# src/LAYERS is obeyed by every #include of our own headers, and is itself a list in which a folder only names
# earlier ones. Rules see lint/rule.h and nothing else.
# SPDX-License-Identifier: Apache-2.0
. tests/house/house.sh

layers() {
    (cd "$1" && find src rules -name '*.[ch]' | sort | xargs awk '
        function violation(text) { print FILENAME ":" FNR ": " text; bad = 1 }
        FILENAME == "src/LAYERS" {
            if ($0 ~ /^#/ || NF == 0) next
            folder = $1
            if (!sub(/:$/, "", folder)) violation("expected \"folder: folders\"")
            for (i = 2; i <= NF; i++) {
                if (!($i in known)) violation(folder " names " $i ", which is not above it")
                allowed[folder, $i] = 1
            }
            known[folder] = 1
            next
        }
        FNR == 1 {
            files++
            count = split(FILENAME, part, "/")
            folder = part[1] == "rules" ? "rules" : part[2]
            if (part[1] == "src" && count != 3) violation("one level of folders below src")
            if (!(folder in known)) violation("folder " folder " is not in src/LAYERS")
        }
        /^[ \t]*#[ \t]*include[ \t]*"/ {
            split($0, quoted, "\"")
            header = quoted[2]
            if (header == "mtlslint.h") {
                if (folder !~ /^(report|api|cli)$/) violation("only report, api and cli include mtlslint.h")
                next
            }
            if (split(header, part, "/") != 2) { violation("\"" header "\" is not \"folder/file.h\""); next }
            if (folder == "rules") {
                if (header != "lint/rule.h") violation("a rule includes only lint/rule.h, not " header)
                next
            }
            if (part[1] != folder && !((folder, part[1]) in allowed))
                violation(folder " may not include " header)
        }
        END { print files " files looked at"; exit bad || files < 1 }' src/LAYERS)
}

plant() { # FILE LINE: one file in an otherwise clean tree
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/rules" "$scratch/tree/$(dirname "$1")"
    cp src/LAYERS "$scratch/tree/src/" 2>/dev/null || { mkdir -p "$scratch/tree/src"; cp src/LAYERS "$scratch/tree/src/"; }
    echo "$2" >"$scratch/tree/$1"
}

holds "every include obeys src/LAYERS" layers .
plant src/path/fine.c '#include "cert/cert.h"'
holds "a permitted include is permitted" layers "$scratch/tree"
plant src/path/upward.c '#include "stack/stack.h"'
catches "path includes stack" "path may not include stack" layers "$scratch/tree"
plant rules/nosy.c '#include "path/path.h"'
catches "a rule includes path" "a rule includes only" layers "$scratch/tree"
plant src/lint/borrowed.c '#include "mtlslint.h"'
catches "lint includes the public header" "only report, api and cli" layers "$scratch/tree"
plant src/cert/bare.c '#include "cert.h"'
catches "an include without a folder" "is not \"folder" layers "$scratch/tree"
plant src/surprise/new.c '#include "base/base.h"'
catches "a folder that LAYERS does not know" "is not in src/LAYERS" layers "$scratch/tree"

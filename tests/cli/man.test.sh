#!/usr/bin/env bash
# mtlslint man: both pages are formatted without a warning, and have every option of every command and every key of the
# published schema. MTLSLINT is the program.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
schema=$(pwd)/docs/mtlslint.schema.json
cd "$scratch"
die() { echo "FAIL: $*"; exit 1; }

for section in 1 5; do
    "$MTLSLINT" man "$section" -o "page.$section"
    groff -man -Tutf8 -ww "page.$section" >formatted 2>warnings || die "man $section: groff"
    [ ! -s warnings ] || { cat warnings; die "man $section: warnings"; }
    groff -man -Tascii -P-cbou -rLL=200n "page.$section" >"text.$section"
done
printf '.TH X 1\n.B \\(zz\n' | groff -man -Tutf8 -ww >formatted 2>warnings
[ -s warnings ] || die "groff warns of nothing"
echo "ok: groff has no warnings"

count=0
for command in $("$MTLSLINT" --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    grep -qx "   $command" text.1 || die "no section on $command"
    for option in $("$MTLSLINT" "$command" --list-options | cut -d' ' -f2); do
        grep -q -- "$option\b" text.1 || die "$command: $option is missing"
        count=$((count + 1))
    done
done
[ "$count" -gt 50 ] || die "only $count options"
echo "ok: $count options"

count=0
for key in $(jq -r '.. | objects | .properties? // empty | keys[]' "$schema" | sort -u); do
    grep -q "^ *$key (" text.5 || die "the key $key is missing"
    count=$((count + 1))
done
[ "$count" -gt 20 ] || die "only $count keys"
echo "ok: $count keys"

status=0
"$MTLSLINT" man 7 >out 2>err || status=$?
[ "$status" -eq 2 ] && [ ! -s out ] && grep -q 'mtlslint.yaml(5)' err || die "a page that there is not: $status"

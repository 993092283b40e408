#!/usr/bin/env bash
# docs/RULES.md is what the program prints, and explain knows every rule in it.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

fail() { echo "FAIL: $*"; exit 1; }

diff -u docs/RULES.md <("$MTLSLINT" rules --markdown) || fail "docs/RULES.md is not current: mtlslint rules --markdown -o docs/RULES.md"
echo "ok: docs/RULES.md is current"

codes=$("$MTLSLINT" rules | awk '{ print $1 }')
[ "$(wc -l <<<"$codes")" -eq "$(find rules -name '*.c' | wc -l)" ] || fail "rules does not list one line per file in rules/"
for code in $codes; do
    grep -q "^## $code " docs/RULES.md || fail "$code is not in docs/RULES.md"
    "$MTLSLINT" explain "$code" | grep -q "^$code " || fail "explain $code"
done
echo "ok: $(wc -l <<<"$codes") rules are listed and explained"

cmp <("$MTLSLINT" rules -f md) docs/RULES.md || fail "--format md is not --markdown"
cmp <("$MTLSLINT" rules) <("$MTLSLINT" rules --format table) || fail "table is not the default"
[ "$("$MTLSLINT" rules -f json | jq -r '.rules[].code')" = "$codes" ] || fail "JSON lists other rules"
"$MTLSLINT" rules -f json | jq -e '.schema == "mtlslint/rules/1" and
    all(.rules[]; [.code, .name, .title, .severity, .looks_at, .why, .fix, .references, .since, .example_wrong, .example_right] | all(type == "string" and . != ""))' >/dev/null ||
    fail "JSON lacks words"
for key in $("$MTLSLINT" rules -f json | jq -r '[paths[] | strings] | unique[]'); do
    grep -q "\`$key\`" docs/OUTPUT.md || fail "docs/OUTPUT.md does not name $key"
done
echo "ok: table, json and md say the same"

status=0
message=$("$MTLSLINT" explain missing-intermediat 2>&1) || status=$?
[ "$status" -eq 2 ] || fail "explain of an unknown rule: status $status"
grep -q "did you mean 'missing-intermediate'" <<<"$message" || fail "no suggestion: $message"
echo "ok: an unknown rule is refused with the nearest"

#!/usr/bin/env bash
# What findings offer to mend a bundle, carried out: shell commands, mtlslint fix and the edits of SARIF come to the same,
# for every rule's cases and for bundles with keys, comments and no last newline.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
root=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python=/usr/bin/python3
[ -x "$python" ] || python=python3
export MTLSLINT
total=(0 0 0)

fail() { echo "FAIL: $*"; exit 1; }
# carry_out FOLDER ARGUMENTS...: counts into total.
carry_out() {
    local status=0
    local -a counted
    cd "$1"
    shift
    "$MTLSLINT" check "$@" -f json -o "$scratch/json" -f sarif -o "$scratch/sarif" || status=$?
    [ "$status" -le 1 ] || fail "$PWD: $*: status $status"
    read -ra counted < <("$python" "$root/tests/report/apply_fixes.py" "$scratch/json" "$scratch/sarif") ||
        fail "$PWD: mtlslint check $*"
    for i in 0 1 2; do total[i]=$((total[i] + counted[i])); done
    cd "$root"
}

cp -r fixtures/rules "$scratch/rules"
for case in $(grep -lE '^ *(error|warning|info) MTL(1|501)' fixtures/rules/*/fires-*.case); do
    mapfile -t arguments < <(awk '
        /^ *expect:/ { exit }
        /^ *#/ || NF == 0 { next }
        $1 == "check:" { for (i = 2; i <= NF; i++) print $i; next }
        $1 == "strict:" { print "--strict"; next }
        $1 == "project:" { print "--config"; print $2; next }
        $1 == "open:" { next }
        { sub(/:$/, "", $1); print "--" $1; print $2 }' "$case")
    rule=${case%/*}
    carry_out "$scratch/rules/${rule##*/}" "${arguments[@]}"
done
echo "ok: of the rules' cases, ${total[0]} offers of mtlslint fix, ${total[1]} with shell commands, ${total[2]} with edits"
[ "${total[0]}" -ge 15 ] && [ "${total[1]}" -ge 15 ] && [ "${total[2]}" -ge 15 ] || fail "too few"

total=(0 0 0)
mkdir "$scratch/odd"
{
    echo '# the authority'
    cat fixtures/fix/issuing.pem
    echo '# the leaf'
    cat fixtures/fix/alone.pem
    echo '# the root'
    cat fixtures/fix/root.pem
    echo '# the end'
} >"$scratch/odd/commented.pem"
head -c -1 fixtures/fix/with-root.pem >"$scratch/odd/open-end.pem"
cp fixtures/fix/issuers.pem "$scratch/odd/"
carry_out "$scratch/odd" commented.pem issuers.pem --at 2026-06-01
carry_out "$scratch/odd" open-end.pem --at 2026-06-01
[ "${total[*]}" != "0 0 0" ] && [ "${total[2]}" -ge 2 ] || fail "comments and open ends: ${total[*]}"
echo "ok: comments stay where they are"

cp fixtures/fix/keyed.pem "$scratch/odd/"
carry_out "$scratch/odd" keyed.pem --at 2026-06-01
[ "$(jq '[.findings[] | select(.fix.mtlslint_fix != null)] | length' "$scratch/json")" -eq 0 ] || fail "mtlslint fix copies no key"
[ "$(jq '[.runs[].results[] | select(.fixes)] | length' "$scratch/sarif")" -eq 0 ] || fail "edits near a key"
openssl x509 -in fixtures/fix/alone.pem -outform der -out "$scratch/odd/alone.der"
rm "$scratch/odd/commented.pem" "$scratch/odd/keyed.pem" "$scratch/odd/open-end.pem"
carry_out "$scratch/odd" alone.der issuers.pem --at 2026-06-01
jq -e '[.findings[] | select(.code == "MTL104" and .fix.mtlslint_fix != null and .fix.commands == [])] | length == 1' "$scratch/json" >/dev/null ||
    fail "DER can be mended by mtlslint fix"
echo "ok: keys are left alone, DER is mended"

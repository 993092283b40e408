#!/usr/bin/env bash
# mtlslint stacks: the list, the page of each stack, and that sides take the stacks that can play them. MTLSLINT is the
# program.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
docs=$(pwd)/docs/JSON.md
leaf=$(pwd)/fixtures/handshake/basics/payments.pem
cd "$scratch"

die() { echo "FAIL: $*"; exit 1; }

"$MTLSLINT" stacks -f json >list.json
jq -e '.schema == "mtlslint/stacks/1" and (.stacks | length) > 3' list.json >/dev/null || die "no list"
mapfile -t ids < <(jq -r '.stacks[].id' list.json)
"$MTLSLINT" stacks >list
for id in "${ids[@]}"; do
    grep -q "^  $id " list || die "$id is not listed"
    "$MTLSLINT" stacks "$id" >page
    rest="What it does not check"
    grep -q "^  Told from documents" page && rest="What its documents leave open"
    for part in "What it checks" "$rest" "Alerts" "Log lines"; do
        grep -q "^$part" page || die "the page of $id lacks: $part"
    done
    ! grep -q $'\033' page || die "colour without a terminal"
    [ "$(awk 'length > 100 && !/^    /' page | wc -l)" -eq 0 ] || die "the page of $id is wider than 100 columns"
    "$MTLSLINT" stacks "$id" --markdown >page
    grep -q "^# $id: " page || die "no Markdown for $id"
done
for key in $(jq -r '.stacks[0] | keys[]' list.json); do
    sed -n '/^## mtlslint.stacks/,/^## Words/p' "$docs" | grep "\`$key\`" >page || die "docs/JSON.md lacks $key"
done
echo "ok: ${#ids[@]} stacks, each with its page"

"$MTLSLINT" stacks openssl >page
grep -q "^openssl-" page || die "an alias finds nothing"
"$MTLSLINT" stacks openssl-3.0 >page
grep -q "48  *48  *20: unable to get local issuer certificate" page || die "no alert"
echo "ok: an alias, an alert"

# takes ROLE STATUS: each stack as that side; a role it does not have is status 2 and one line that says so.
takes() {
    local role=$1 id status plays
    for id in "${ids[@]}"; do
        plays=$(jq -r --arg id "$id" ".stacks[] | select(.id == \$id) | .$role" list.json)
        status=0
        "$MTLSLINT" handshake --server-cert "$leaf" --"$role"-stack "$id" >out 2>err || status=$?
        if [ "$plays" = true ]; then
            [ ! -s err ] || { cat err; die "$id is no $role"; }
        else
            [ "$status" -eq 2 ] && [ ! -s out ] && grep -q "'$id' is a .*, never a $role" err || die "$id as $role: $status"
        fi
    done
    echo "ok: each stack that can be a $role is taken as one, and no other"
}
takes client
takes server

status=0
"$MTLSLINT" stacks go-1.27 2>err || status=$?
[ "$status" -eq 2 ] && grep -q "did you mean 'go-" err || die "an unknown stack"
status=0
"$MTLSLINT" stacks go -f json 2>err >out || status=$?
[ "$status" -eq 2 ] && [ ! -s out ] && grep -q "text or markdown" err || die "a page as JSON"
echo "ok: what cannot be done is said"

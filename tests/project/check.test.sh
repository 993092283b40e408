#!/usr/bin/env bash
# The project file as a user meets it: a broken handshake is found, its fix applied, and nothing is left; files that are
# missing and stacks that do not exist are errors with a line; options count more than the file.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
root=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "FAIL: $*"; exit 1; }
# expect STATUS PATTERN WHAT ARGUMENTS...
expect() {
    local status=0 wanted=$1 pattern=$2 what=$3 printed
    shift 3
    printed=$("$MTLSLINT" "$@" 2>&1) || status=$?
    [ "$status" -eq "$wanted" ] || fail "$what: status $status, not $wanted: $printed"
    grep -q -- "$pattern" <<<"$printed" || fail "$what: printed $printed"
    echo "ok: $what"
}
codes() { "$MTLSLINT" check -f json --at 2026-11-23 "$@" | jq -r '[.findings[].code] | unique | join(" ")' || true; }

cp -r "$root/examples/orders-payments" "$scratch/repo"
mkdir "$scratch/repo/.git"
cd "$scratch/repo"
at=(--at 2026-11-23)

# The fix, carried out: the commands, then the line of the place points at what they wrote.
expect 1 '\.mtlslint.yaml:11$' "the place is the line that names the trust store" check --select MTL502 "${at[@]}"
"$MTLSLINT" check -f json "${at[@]}" --select MTL502 >found.json || true
jq -r '.findings[0].fix.commands[]' found.json >fix.sh
sh -e fix.sh
written=$(sed 's/.*> //' fix.sh)
sed -i "$(jq -r '.findings[0].place.line' found.json)s|trust: .*|trust: $written|" .mtlslint.yaml
expect 0 '^no findings' "with its fix nothing is left" check --select MTL5,MTL6 "${at[@]}"
expect 0 'works until' "and the prediction says until when" handshake orders-to-payments "${at[@]}"
until=$("$MTLSLINT" handshake orders-to-payments "${at[@]}" -f json | jq -r .first_break.at)
for moment in "$until" "$until - 1 second"; do
    openssl verify -attime "$(date -u -d "$moment" +%s)" -purpose sslserver -CAfile orders/trust.pem -untrusted payments/chain.pem \
        payments/chain.pem && openssl verify -attime "$(date -u -d "$moment" +%s)" -purpose sslclient -CAfile "$written" \
        -untrusted orders/chain.pem orders/chain.pem
done >verified.txt 2>&1 || true
[ "$(grep -c ': OK$' verified.txt)" -eq 2 ] || fail "openssl verify sees another end than $until: $(cat verified.txt)"
grep -q 'certificate has expired' verified.txt || fail "openssl verify: $(cat verified.txt)"
echo "ok: openssl verify accepts both a second before, and not then"

# Wherever it is run from.
cp "$root/examples/orders-payments/.mtlslint.yaml" .
(cd orders && expect 1 '^  --> \.\./\.mtlslint.yaml:11$' "from a folder below" check --select MTL502 "${at[@]}")
expect 1 '^  --> \.mtlslint.yaml:11$' "of a file below" check orders/chain.pem --select MTL502 "${at[@]}"
[ "$(codes --select MTL5)" = "MTL502" ] || fail "from above: $(codes)"
[ "$(codes --select MTL5 --isolated)" = "" ] || fail "--isolated: $(codes --isolated)"
echo "ok: --isolated judges no handshake"

# A file is what the project says that it is: a lone root, named as what a side trusts or presents.
"$MTLSLINT" check -f json "${at[@]}" . | jq -r '.files[] | select(.use == "trust store") | .path' >stores.txt || true
grep -q 'clients-2025' stores.txt || fail "a declared store is none: $(cat stores.txt)"

# Who sends no server_name gets the default certificate; the finding says so, and what to set.
cp -r "$root/fixtures/outages/31-no-server-name" "$scratch/virtual"
virtual=(check "$scratch/virtual" --select MTL5 --at 2026-06-01 --config)
expect 1 'nginx 1.22 sends no server_name, so payments presents' "a proxy gets the default certificate" \
    "${virtual[@]}" "$scratch/virtual/proxy.yaml"
expect 1 'let the client send server_name (proxy_ssl_server_name on)' "and is told how to ask" \
    "${virtual[@]}" "$scratch/virtual/proxy.yaml"
sed 's/stack: nginx/&\n      sends_server_name: always/' "$scratch/virtual/proxy.yaml" >"$scratch/virtual/told.yaml"
expect 0 '^no findings' "once it asks nothing is left" "${virtual[@]}" "$scratch/virtual/told.yaml"
expect 1 'an IP address is no server_name, so payments presents' "so does whoever connects to an address" \
    "${virtual[@]}" "$scratch/virtual/address.yaml"
sed 's/stack: nginx/stack: mariadb/' "$scratch/virtual/proxy.yaml" >"$scratch/virtual/mute.yaml"
expect 1 'fix: let payments present .*server.pem' "one that cannot ask needs another default" \
    "${virtual[@]}" "$scratch/virtual/mute.yaml"
sed 's/default_cert: .*/default_cert: server.pem/' "$scratch/virtual/library.yaml" >"$scratch/virtual/same.yaml"
expect 0 '^no findings' "where both come to the same nothing is in doubt" "${virtual[@]}" "$scratch/virtual/same.yaml"
sed 's/default_cert: .*/default_key: server.pem/' "$scratch/virtual/proxy.yaml" >"$scratch/virtual/half.yaml"
expect 2 'half.yaml:2: a default_key without its certificate' "a key alone is an error" \
    "${virtual[@]}" "$scratch/virtual/half.yaml"
sed 's/default_cert: .*/default_cert: none.pem/' "$scratch/virtual/proxy.yaml" >"$scratch/virtual/gone.yaml"
expect 2 'gone.yaml:9: .*none.pem does not exist' "a file that is not there is one, with its line" \
    "${virtual[@]}" "$scratch/virtual/gone.yaml"

# Rules, horizon, and what options say against them.
cat >>.mtlslint.yaml <<'END'
rules:
  ignore: [intermediate-expiring, MTL203]
  severity: {MTL502: warning}
horizon: 10800d
END
expect 0 '^warning\[MTL502\]' "severity and ignore of the file" check "${at[@]}"
[[ " $(codes) " != *" MTL606 "* ]] || fail "ignored, and still there"
[[ " $(codes --ignore MTL502) " = *" MTL606 "* ]] || fail "--ignore does not replace the list of the file"
expect 1 '^error\[MTL502\]' "--severity before that of the file" check "${at[@]}" --severity MTL502=error
[[ " $(codes) " = *" MTL603 "* ]] || fail "the horizon of the file: $(codes)"
[[ " $(codes --horizon 1d) " != *" MTL603 "* ]] || fail "--horizon before that of the file"
[[ " $(MTLSLINT_HORIZON=1d codes) " != *" MTL603 "* ]] || fail "MTLSLINT_HORIZON before that of the file"
[[ " $(MTLSLINT_HORIZON=1d codes --horizon 10800d) " = *" MTL603 "* ]] || fail "--horizon before MTLSLINT_HORIZON"
echo "ok: options, environment, file"

# Files that are not looked at, from wherever it is run; unless they are named.
mkdir -p old/deep && head -n 3 orders/chain.pem >old/deep/broken.pem
cp "$root/examples/orders-payments/.mtlslint.yaml" .
[[ " $(codes) " = *" MTL002 "* ]] || fail "a broken file is not found: $(codes)"
echo 'ignore_paths: [old/]' >>.mtlslint.yaml
[[ " $(codes) " != *" MTL002 "* ]] || fail "ignore_paths does not count: $(codes)"
[[ " $(cd orders && codes ..) " != *" MTL002 "* ]] || fail "ignore_paths does not count from below"
[[ " $(cd old && codes .) " != *" MTL002 "* ]] || fail "ignore_paths does not count within"
[[ " $(codes old/deep/broken.pem) " = *" MTL002 "* ]] || fail "a file that is named was left out"
rm -r old
echo "ok: ignore_paths"

# What is wrong in it, with its line.
refuses() { # WHAT PATTERN SCRIPT
    cp "$root/examples/orders-payments/.mtlslint.yaml" .
    sed -i "$3" .mtlslint.yaml
    expect 2 "$2" "$1" check "${at[@]}"
}
refuses "a file that does not exist" '^mtlslint: \.mtlslint.yaml:9: payments/chian.pem does not exist' 's|payments/chain.pem|payments/chian.pem|'
refuses "a key where a certificate is due" '^mtlslint: \.mtlslint.yaml:9: payments/example-key.pem ' 's|payments/chain.pem|payments/example-key.pem|'
refuses "a stack that does not exist" "^mtlslint: \.mtlslint.yaml:12: unknown stack 'nginks'; did you mean 'nginx" 's|nginx|nginks|'
refuses "a stack in the wrong role" "^mtlslint: \.mtlslint.yaml:12: 'gnutls-cli-3.7' is a client, never a server" 's|nginx|gnutls-cli-3.7|'
refuses "a rule that does not exist" "^mtlslint: \.mtlslint.yaml:13: unknown rule 'MTL999'" '$arules: {ignore: MTL999}'
refuses "an unknown key" "^mtlslint: \.mtlslint.yaml:12: a server has no key 'stck'; did you mean 'stack'?" 's|stack:|stck:|'
expect 2 "names no handshake 'order-to-payments'; did you mean 'orders-to-payments'?" "a name that is not there" \
    handshake order-to-payments --config "$root/examples/orders-payments/.mtlslint.yaml"

# Options count more than the file for one handshake, too.
cp "$root/examples/orders-payments/.mtlslint.yaml" .
expect 0 'will establish' "--server-trust before the file" handshake orders-to-payments --server-trust payments/trust/clients-2026.pem "${at[@]}"
expect 1 '^TLS 1.3, ' "--tls before the file" handshake orders-to-payments --tls 1.3 "${at[@]}"

# Many handshakes share their files: each is read once, and nothing is quadratic.
{
    echo 'handshakes:'
    for ((i = 0; i < 500; i++)); do
        echo "  h$i: {client: {cert: orders/chain.pem, trust: orders/trust.pem}, server: {cert: payments/chain.pem, trust: payments/trust/clients-2026.pem}}"
    done
} >.mtlslint.yaml
timeout 120 "$MTLSLINT" check -q "${at[@]}" --select MTL502 || fail "500 handshakes: status $?"
echo "ok: 500 handshakes"

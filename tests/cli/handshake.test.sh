#!/usr/bin/env bash
# mtlslint handshake: exit status, formats, and that the commands it prints do what they promise. `openssl verify` judges
# the files that the printed commands write. MTLSLINT is the program.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
basics=$(pwd)/fixtures/handshake/basics
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
cp "$basics"/*.pem "$basics"/*.key "$scratch"
cd "$scratch"

die() { echo "FAIL: $*"; exit 1; }

working=(--client-cert orders.pem --client-key orders.key --client-trust server-root.pem
    --server-cert payments.pem --server-key payments.key --server-trust client-root.pem
    --server-name payments.example --at 2026-06-01)

# with OPTION VALUE...: the working command line with other values; a value of "" takes the option away.
with() {
    command=(handshake)
    local i
    for ((i = 0; i < ${#working[@]}; i += 2)); do
        local value=${working[i + 1]} j
        for ((j = 1; j <= $#; j += 2)); do
            [ "${!j}" != "${working[i]}" ] || { local k=$((j + 1)); value=${!k}; }
        done
        [ -z "$value" ] || command+=("${working[i]}" "$value")
    done
    while [ $# -gt 0 ]; do
        [[ " ${working[*]} " == *" $1 "* ]] || command+=("$1" "$2")
        shift 2
    done
}

# run STATUS: the report in $out.
run() {
    local status=0
    "$MTLSLINT" "${command[@]}" >out 2>err || status=$?
    [ "$status" -eq "$1" ] || { head -n 5 out err; die "${command[*]}: status $status instead of $1"; }
}

# says WHAT STATUS JQ EXPECTED: of the JSON report.
says() {
    command+=(-f json)
    run "$2"
    local found
    found=$(jq -r "$3" out)
    [ "$found" = "$4" ] || die "$1: \"$found\" instead of \"$4\""
    echo "ok: $1"
}
outcomes='[.predictions[] | [.tls, .outcome, .rejected_by, .alert.code, .moment, .reason] | map(. // "-") | join(" ")] | join("; ")'

# ---- exit status ---------------------------------------------------------------------------------------------------

with
says "a working pair is established" 0 "$outcomes" "1.2 established - - - -; 1.3 established - - - -"
with --server-trust old-root.pem
says "last year's client CA is a rejection, later in TLS 1.3" 1 "$outcomes" \
    "1.2 rejected server 48 handshake no-issuer; 1.3 rejected server 48 after_handshake no-issuer"
with --client-cert "" --client-key ""
says "no client certificate is 40 or 116" 1 "$outcomes" \
    "1.2 rejected server 40 handshake no-certificate; 1.3 rejected server 116 after_handshake no-certificate"
with --server-trust ""
says "what is not known is not judged" 2 "$outcomes" "1.2 undetermined - - - -; 1.3 undetermined - - - -"
with --server-trust old-root.pem --tls 1.3
says "one version can be chosen" 1 '[.predictions[].tls] | join(" ")' 1.3
with --client-cert "" --client-key "" --server-verify optional
says "an optional client certificate may be missing" 0 '[.predictions[].client_sends_certificate] | unique | join(" ")' false
with --client-trust old-root.pem --client-verify none
says "a client that verifies nothing accepts anything" 0 '[.predictions[].outcome] | unique | join(" ")' established
with --at 2070-01-01
says "time is an option" 1 '.at + " " + .predictions[0].reason' "2070-01-01T00:00:00Z expired"
with --client-depth 0
says "the depth is an option" 1 '.predictions[0].reason' depth
with --client-key payments.key
says "a foreign key keeps the client from starting" 1 "$outcomes" \
    "1.2 rejected client - - key-mismatch; 1.3 rejected client - - key-mismatch"

# refuses WHAT PATTERN ARGUMENTS...: status 2 and one line that says why.
refuses() {
    local what=$1 pattern=$2 status=0
    shift 2
    "$MTLSLINT" handshake "$@" >out 2>err || status=$?
    [ "$status" -eq 2 ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] || { head -n 5 out err; die "$what: status $status"; }
    grep -qE -- "$pattern" err || { cat err; die "$what: does not say $pattern"; }
    echo "ok: $what"
}
refuses "no certificate at all" "neither side has a certificate" --server-name a.example
refuses "an operand" "given with options" "${working[@]}" orders.pem
refuses "an unknown stack" "unknown stack 'openssl-3.1'; did you mean 'openssl-3.0'" "${working[@]}" --client-stack openssl-3.1
refuses "an unknown option" "did you mean '--client-cert'" --client-crt orders.pem
refuses "a bad time" "--at" "${working[@]::14}" --at soon
refuses "an unknown version" "did you mean|one of" "${working[@]}" --tls 1.1
refuses "a bad depth" "no number" "${working[@]}" --server-depth deep
refuses "a missing file" "gone.pem" "${working[@]}" --also gone.pem

# ---- text ----------------------------------------------------------------------------------------------------------

with --server-trust old-root.pem
run 1
! grep -q $'\033' out || die "colour without a terminal"
grep -q "^payments will reject orders' client certificate" out || die "no headline"
command+=(--color always)
run 1
grep -q $'\033' out || die "no colour though asked for"
with --server-trust old-root.pem --output report.txt
run 1
[ ! -s out ] && grep -q unknown_ca report.txt || die "the report did not go to its file"
echo "ok: colour only when asked for, output into a file"

# ---- all stacks ----------------------------------------------------------------------------------------------------

# httpd allows no intermediate unless it is told; s2n-tls counts the leaf, too
with --client-stack all --client-depth 2
says "a working pair works with all clients" 0 '.schema + " " + ([.groups[].outcome] | unique | join(" "))' \
    "mtlslint/matrix/1 established"
with --server-trust old-root.pem --server-stack all
says "each stack stands in one group" 1 \
    '[.groups[].blocks[].server_stacks[]] | sort == (unique) | tostring' true
with --server-trust "" --server-stack all
says "what no stack is told cannot be told" 2 '[.groups[].outcome] | unique | join(" ")' undetermined
with --client-stack all --server-stack all --server-trust old-root.pem
says "all with all counts every pair" 1 \
    '([.groups[].pairs] | add) == (.client_stacks | length) * (.server_stacks | length) | tostring' true
with --client-stack all --client-depth 2 --server-trust old-root.pem
run 1
grep -q "^fails with all [0-9]* client stacks: CA sent by the client: no issuer" out || { cat out; die "no headline"; }
grep -q "payments sends unknown_ca(48)" out || die "no alert"
echo "ok: a headline and the alert"

# ---- fixes ---------------------------------------------------------------------------------------------------------

# fixed WHAT FILE OPTION ROLE ANCHORS: runs the first fix's commands; with FILE for OPTION all is established, and openssl
# verify accepts that side's chain too.
fixed() {
    local what=$1 file=$2 option=$3 role=$4
    command+=(-f json)
    run 1
    jq -e '.predictions[1].fixes[0].verified' out >/dev/null || die "$what: no verified fix"
    jq -r '.predictions[1].fixes[0].commands[]' out >commands
    grep -q -- "$file" commands || { cat commands; die "$what: does not write $file"; }
    sh -eu commands
    with "$option" "$file" "${@:5}"
    says "$what" 0 '[.predictions[].outcome] | unique | join(" ")' established
    case $option in
    --*-cert) openssl verify -purpose "ssl$role" -attime 1780272000 -CAfile "$role-root.pem" -untrusted "$file" "$file" ;;
    *) openssl verify -purpose "ssl$role" -attime 1780272000 -CAfile "$file" -untrusted orders.pem orders.pem ;;
    esac >verdict 2>&1 || { cat verdict; die "$what: openssl verify disagrees"; }
}
cp client-mid.pem "the mid.pem"
with --client-cert orders-lone.pem --also "the mid.pem"
fixed "a missing intermediate is appended" orders-lone-complete.pem --client-cert client
with --client-cert orders-lone.pem --also all-of-it.pem
fixed "an intermediate is cut out of a large file" orders-lone-complete.pem --client-cert client
with --server-cert payments-lone.pem --also server-mid.pem
fixed "a server's intermediate is appended" payments-lone-complete.pem --server-cert server
with --server-trust old-root.pem --also client-root.pem
fixed "both client CAs are trusted" old-root-and-client-root.pem --server-trust client
printf '%s' "$(cat old-root.pem)" >open-end.pem
with --server-trust open-end.pem --also client-root.pem
fixed "a file that does not end with a newline is not glued to the next" open-end-and-client-root.pem --server-trust client
{ cat client-root.pem; printf '%s' "$(cat client-mid.pem)"; } >open-mid.pem
with --client-cert orders-lone.pem --also open-mid.pem
fixed "the last certificate of such a file is cut out whole" orders-lone-complete.pem --client-cert client
with --client-cert mid-first.pem
fixed "a bundle is put in order" mid-first-ordered.pem --client-cert client

# A point that is not on its curve: openssl s_client, too, ends with an error where it verifies nothing, since it checks
# the server's signature with that key.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout off.key -subj /CN=off -days 30 -outform DER \
    -out off.der 2>/dev/null
at=$(LC_ALL=C grep -obUaP '\x03\x42\x00\x04' off.der | head -n 1 | cut -d : -f 1)
openssl x509 -inform DER -in off.der -out off.pem
openssl x509 -in off.pem -noout -pubkey >/dev/null 2>&1 || die "openssl does not decode the key as it was"
printf '\x00\x00\x00\x00' | dd of=off.der bs=1 seek=$((at + 40)) conv=notrunc 2>dd.err
openssl x509 -inform DER -in off.der -out off.pem
! openssl x509 -in off.pem -noout -pubkey >/dev/null 2>&1 || die "openssl decodes a point that is not on its curve"
command=(handshake --server-cert off.pem --server-verify none --server-stack wolfssl --client-verify none)
run 2
grep -q 'the key of a leaf does not decode' out || die "a key that does not decode: $(cat out)"
echo "ok: a key that does not decode is no success where nothing is verified"
for stack in go java rustls; do
    command=(handshake --server-cert off.pem --server-key off.key --server-stack "$stack" --client-verify none)
    run 1
    grep -q 'will not start: the public key of its certificate (subjectPublicKeyInfo) does not decode' out ||
        die "a server's own key that does not decode, with $stack: $(cat out)"
done
echo "ok: of an own certificate it is said that it is the key that does not decode"

#!/usr/bin/env bash
# mtlslint explain 'LOG LINE': what it says of single lines, of many, with files, and of what it does not know.
# MTLSLINT is the program.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
basics=$(pwd)/fixtures/handshake/basics
cd "$scratch"

die() { echo "FAIL: $*"; cat out; exit 1; }

"$MTLSLINT" explain 'error:0A000418:SSL routines::tlsv1 alert unknown ca' >out || die "an alert is not explained"
grep -q "the peer rejected the side that logs this, with the alert unknown_ca(48)" out || die "no meaning"
grep -q "not .*this side's own trust store" out || die "it does not say what it is not"
[ "$(awk 'length > 100' out | wc -l)" -eq 0 ] || die "wider than 100 columns"
echo "ok: an alert"

"$MTLSLINT" explain 'dial tcp 192.0.2.10:443: i/o timeout' >out || die "a time-out is not explained"
grep -q "no matter of certificates" out || die "a time-out is taken for a trust problem"
echo "ok: a time-out"

status=0
"$MTLSLINT" explain 'listening on :8443' >out 2>&1 || status=$?
[ "$status" -eq 2 ] || die "an ordinary line ends with status $status"
grep -q "nothing in this line is known" out || die "it does not say that it knows nothing"
echo "ok: an ordinary line"

printf '%s\n' 'request started' 'x509: certificate signed by unknown authority' '' \
    'x509: certificate signed by unknown authority' 'tls: client didn'"'"'t provide a certificate' >log
"$MTLSLINT" explain - <log >out || die "standard input is not explained"
grep -q "^line 2 and 1 like it: " out || die "lines that mean the same are not put together"
grep -q "^line 5: " out || die "another line is not explained"
grep -q "1 of 4 lines are not about a handshake" out || die "what is not known is not counted"
"$MTLSLINT" explain -f json - <log >out
jq -e '.schema == "mtlslint/explain/1" and .lines == 4 and .not_recognised == 1 and
       (.explained[0].lines == [2, 4]) and .explained[0].meanings[0].saying == "rejects" and
       (.explained[0].meanings[0].reasons | index("no-issuer")) and
       (.explained[1].meanings[0].reasons == ["no-certificate"])' out >/dev/null || die "the JSON is wrong"
echo "ok: many lines, as text and as JSON"

# The client's root has been replaced, the server still trusts the old one.
sides=(--client-cert "$basics/orders.pem" --client-key "$basics/orders.key" --client-trust "$basics/server-root.pem"
    --server-cert "$basics/payments.pem" --server-key "$basics/payments.key" --server-trust "$basics/old-root.pem"
    --server-name payments.example --at 2026-06-01)
"$MTLSLINT" explain 'tlsv1 alert unknown ca' "${sides[@]}" >out || die "not explained for files"
grep -A3 "for these files" out | grep -q "payments will reject orders' client certificate" || die "it does not say which reason holds"
"$MTLSLINT" explain 'certificate has expired' "${sides[@]}" >out || die "not explained for other files"
grep -A3 "for these files" out | grep -q "none of these" || die "an expired certificate is found where there is none"
echo "ok: for files at hand"

printf 'tlsv1 alert unknown ca \033[31mred\033[0m\nconnection refused\n' | "$MTLSLINT" explain - >out
! grep -q $'\033' out || die "control characters of the log are printed"
"$MTLSLINT" explain MTL104 >out || die "a rule is not explained any more"
status=0
"$MTLSLINT" explain MTL9999 >out 2>&1 || status=$?
[ "$status" -eq 2 ] || die "an unknown rule ends with status $status"
status=0
"$MTLSLINT" explain 'unknown ca' --client-stack all --client-cert "$basics/orders.pem" >out 2>&1 || status=$?
[ "$status" -eq 2 ] || die "all stacks end with status $status"
head -c 200000 /dev/urandom | "$MTLSLINT" explain - >out 2>&1 || true
! grep -q $'\033' out || die "control characters of noise are printed"
echo "ok: control characters, rules, all stacks, noise"

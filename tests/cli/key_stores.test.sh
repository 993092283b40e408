#!/usr/bin/env bash
# Key stores on the command line: with the right password they are judged as the PEM they were made of, without it they
# are refused, and no password is ever printed. SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
fixtures=$PWD/fixtures/outages/22-trust-store-of-java
cp "$fixtures"/*.pem "$fixtures"/*.key "$fixtures"/*.p12 "$fixtures"/*.jks "$scratch"
cd "$scratch"
at=(--at 2026-06-01 --isolated)
password='pass word: "x" 4711'
printf '%s\n' other "$password" >passwords
openssl pkcs12 -export -in client.pem -inkey client.key -passout "pass:$password" -out own.p12

die() { echo "FAIL: $*"; exit 1; }

# gives WHAT STATUS TEXT COMMAND...: that exit status, and that text in what is printed.
gives() {
    local what=$1 status=$2 text=$3 actual=0
    shift 3
    "$@" >"$scratch/printed" 2>&1 || actual=$?
    [ "$actual" -eq "$status" ] || die "$what: exit status $actual: $(cat printed)"
    grep -qF -- "$text" printed || die "$what: not said: $text: $(cat printed)"
    ! grep -qF -- 4711 printed || die "$what: prints a password"
    echo "ok: $what"
}

handshake() {
    "$MTLSLINT" handshake "${at[@]}" --client-trust roots.pem --server-name payments.example "$@"
}
chain() { # FILE...: the certificates that mtlslint shows of a file
    "$MTLSLINT" show -f json "$@" | jq -c '[.objects[].sha256 | select(. != null)]'
}

gives "the right password" 0 "will establish" handshake --client-cert own.p12 --server-cert server.pem \
    --server-trust roots.pem --store-password-file passwords
gives "no password" 2 "does not open: it has a password of its own" handshake --client-cert own.p12 \
    --server-cert server.pem
echo wrong >wrong
gives "a wrong password" 2 "none of the passwords given opens it" handshake --client-cert own.p12 \
    --server-cert server.pem --store-password-file wrong
: >none
gives "a file without passwords" 2 "holds no password" handshake --client-cert own.p12 --server-cert server.pem \
    --store-password-file none
gives "legacy encryption" 2 "which OpenSSL 3 does not do by default" handshake --server-cert server.p12 \
    --server-trust legacy.p12 --client-cert client.pem
gives "a key of another certificate" 1 "does not belong" handshake --client-cert client.pem --client-key server.p12 \
    --server-cert server.pem --server-trust roots.pem
gives "a trust store as own" 2 "nothing of it is presented" handshake --server-cert trust.p12

for stack in java-17 java-25; do
    gives "a trust store without trusted entries, $stack" 1 "trustAnchors parameter must be non-empty" handshake \
        --client-cert client.jks --server-cert server.p12 --server-trust trust.p12 --server-stack "$stack"
    gives "one with a trusted entry, $stack" 0 "will establish" handshake --client-cert client.jks \
        --server-cert server.p12 --server-trust trust.jks --server-stack "$stack" --client-stack "$stack"
done
gives "a program that loads no key stores" 0 "converted to PEM" handshake --client-cert client.jks \
    --server-cert server.pem --server-trust trust.p12

[ "$(chain own.p12 --store-password-file passwords)" = "$(chain client.pem)" ] || die "PKCS#12 shows other certificates"
[ "$(chain client.jks)" = "$(chain client.pem)" ] || die "JKS shows other certificates"
echo "ok: the certificates shown are those that were put in"

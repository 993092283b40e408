#!/usr/bin/env bash
# What the machine's OpenSSL is configured to do changes no verdict: with a configuration that loads neither digests nor
# signatures, the output is the same. What the library does without the program is in tests/cert.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() { echo "FAIL: $*"; exit 1; }

printf '%s\n' 'openssl_conf = all' '[all]' 'providers = providers' '[providers]' 'base = base' '[base]' 'activate = 1' >"$scratch/openssl.cnf"
! OPENSSL_CONF=$scratch/openssl.cnf openssl dgst -sha256 /dev/null 2>/dev/null || die "the configuration takes nothing away"
says() {
    local files=fixtures/handshake/basics
    "$MTLSLINT" check --isolated --at 2026-06-01 fixtures/rules/missing_intermediate/{fullchain,root}.pem &&
        "$MTLSLINT" handshake --isolated --at 2026-06-01 --client-cert $files/orders.pem --client-key $files/orders.key \
            --client-trust $files/server-root.pem --server-cert $files/payments.pem --server-key $files/payments.key \
            --server-trust $files/client-root.pem &&
        "$MTLSLINT" show $files/payments.key && "$MTLSLINT" show $files/payments.pem
}
says >"$scratch/plain" || { cat "$scratch/plain"; die "a full chain"; }
OPENSSL_CONF=$scratch/openssl.cnf says >"$scratch/configured" || { cat "$scratch/configured"; die "with a configuration"; }
cmp "$scratch/plain" "$scratch/configured"
echo "ok: a configuration of OpenSSL changes nothing"

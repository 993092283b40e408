#!/usr/bin/env bash
# What the machine's OpenSSL is configured to do changes no verdict: with a configuration that loads neither digests nor
# signatures, the output is the same.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() { echo "FAIL: $*"; exit 1; }

printf '%s\n' 'openssl_conf = all' '[all]' 'providers = providers' '[providers]' 'base = base' '[base]' 'activate = 1' >"$scratch/openssl.cnf"
! OPENSSL_CONF=$scratch/openssl.cnf openssl dgst -sha256 /dev/null 2>/dev/null || die "the configuration takes nothing away"
says() {
    "$MTLSLINT" check --isolated --at 2026-06-01 fixtures/rules/missing_intermediate/{fullchain,root}.pem
}
says >"$scratch/plain" || { cat "$scratch/plain"; die "a full chain"; }
OPENSSL_CONF=$scratch/openssl.cnf says >"$scratch/configured" || { cat "$scratch/configured"; die "with a configuration"; }
cmp "$scratch/plain" "$scratch/configured"
echo "ok: a configuration of OpenSSL changes nothing"

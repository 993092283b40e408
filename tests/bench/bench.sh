#!/usr/bin/env bash
# bench.sh BUILD-DIR: every measure of a release build, one line each, ours beside what it is compared with.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
build=$1
cd "$(dirname "$0")/../.."
example=examples/orders-payments

read -r -d '' -a arguments <"$example/arguments" || true
"$build/tests/bench_process" "$build/mtlslint" "${arguments[@]}" -- openssl verify -purpose sslclient \
    -CAfile "$example/payments/trust/clients-2025.pem" -untrusted "$example/orders/chain.pem" "$example/orders/chain.pem"
"$build/tests/bench_parse"
"$build/tests/bench_judge"
basics=fixtures/handshake/basics
for root in client-root old-root; do # a pair that works, and one that does not
    "$build/tests/bench_stacks" $basics/orders.pem $basics/payments.pem $basics/server-root.pem $basics/$root.pem \
        payments.example
done
"$build/tests/bench_lint" "$build/mtlslint"

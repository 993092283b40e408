#!/usr/bin/env bash
# The bundled example: `openssl verify` judges the same files, and the prediction must agree with it, before the fix
# and after it.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
example=examples/orders-payments
chain=$example/orders/chain.pem
read -r -d '' -a arguments <"$example/arguments" || true

fail() { echo "FAIL: $*"; exit 1; }
openssl_says() { openssl verify -purpose sslclient -CAfile "$1" -untrusted "$chain" "$chain" 2>&1 || true; }
predict() { "$MTLSLINT" "$@" -f json; }

# "error 20 at 1 depth lookup: ..."
truth=$(openssl_says "$example/payments/trust/clients-2025.pem" | sed -n 's/^error \([0-9]*\) at \([0-9]*\) depth.*/\1 \2/p')
[ -n "$truth" ] || fail "openssl accepts the chain that the example says is rejected"
status=0
predicted=$(predict "${arguments[@]}") || status=$?
[ "$status" -eq 1 ] || fail "status $status, not 1"
for version in 1.2 1.3; do
    found=$(jq -r --arg tls "$version" '.predictions[] | select(.tls == $tls) |
        [.outcome, .rejected_by, .native_error.code, .native_error.depth] | join(" ")' <<<"$predicted")
    [ "$found" = "rejected server $truth" ] || fail "TLS $version: predicted \"$found\", openssl says \"$truth\""
done
echo "ok: rejected by the server with error ${truth/ / at depth }, as openssl verify says"

openssl_says "$example/payments/trust/clients-2026.pem" | grep -q ': OK$' || fail "openssl rejects the fixed example"
fixed=("${arguments[@]/clients-2025/clients-2026}")
predicted=$(predict "${fixed[@]}") || fail "with this year's CA: status $?"
[ "$(jq -r '[.predictions[].outcome] | unique | join(" ")' <<<"$predicted")" = established ] ||
    fail "with this year's CA: $predicted"
echo "ok: established with this year's CA, as openssl verify says"

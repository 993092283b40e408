#!/usr/bin/env bash
# The program as one file: it needs no shared library, runs where nothing else is, and says the same as the other one.
# It is linked from the objects of the release build.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
scratch=$(mktemp -d)
export LC_ALL=C
trap 'rm -rf "$scratch"' EXIT
die() { echo "FAIL: $*"; exit 1; }

release=$(dirname "$BUILD")/release
{ [ -e "$release/build.ninja" ] || cmake --preset release && cmake --build "$release" --target mtlslint_cli mtlslint_static; } >"$scratch/log" 2>&1 ||
    { cat "$scratch/log"; die "it does not build"; }
! grep -q 'warning:' "$scratch/log" || { cat "$scratch/log"; die "warnings"; }
program=$release/mtlslint-static
! readelf --dynamic --wide "$program" | grep 'NEEDED' || die "it needs shared libraries"
! readelf --program-headers --wide "$program" | grep 'INTERP' || die "it needs a dynamic loader"
echo "ok: it needs no shared library"

# An empty root, which has no locale either: as root, or as root of a user namespace where those are allowed.
enter=(chroot)
if ! chroot / true 2>/dev/null; then enter=(unshare --map-root-user chroot); fi
mkdir "$scratch/root" "$scratch/said"
cp -r fixtures/rules "$scratch/root/rules"
cp -r examples/orders-payments "$scratch/root/example"
cp "$program" "$scratch/root/mtlslint"
"${enter[@]}" "$scratch/root" /mtlslint --version >"$scratch/version" || die "it does not run in an empty root"
diff "$scratch/version" <("$release/mtlslint" --version) || die "another version"

# says NAME ARGUMENTS...: both say the same, and something.
says() {
    local name=$1 status=0 expected=0
    shift
    (cd "$scratch/root" && "$release/mtlslint" "$@") >"$scratch/said/$name" 2>&1 || expected=$?
    "${enter[@]}" "$scratch/root" /mtlslint "$@" >"$scratch/said/$name.static" 2>&1 || status=$?
    [ "$status" -eq "$expected" ] || { cat "$scratch/said/$name.static"; die "$*: status $status instead of $expected"; }
    [ -s "$scratch/said/$name" ] || die "$*: nothing"
    cmp "$scratch/said/$name" "$scratch/said/$name.static" || die "$*: says something else"
}
says json check rules --isolated --at 2026-06-01 --strict -f json
for format in sarif junit checkstyle; do says "$format" check rules/missing_intermediate --isolated --at 2026-06-01 -f "$format"; done
[ "$(jq '.findings | length' "$scratch/said/json")" -gt 100 ] || die "too few findings to compare"
says threads check rules/weak_digest --isolated --at 2026-06-01 --jobs 2
says handshakes handshake --at 2026-11-23 --config example/.mtlslint.yaml orders-to-payments
says stacks handshake --at 2026-11-23 --server-cert example/payments/chain.pem --client-trust example/orders/trust.pem --client-stack all
says show show rules
says nothing check nowhere
echo "ok: in an empty root it says what the other program says, in $(find "$scratch/said" -name '*.static' | wc -l) runs; it is $(($(stat -c %s "$program") >> 20)) MiB"
